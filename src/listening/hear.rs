//! One recording, from bytes to what is understood. Blocks.

use ventanilla_speech::{
    decode::{Limits, decode},
    repair::HeardWord,
    voice::{self, trim},
};
use ventanilla_values::Lang;

use super::{
    Ask, Deaf, Listening, Words,
    pool::Pool,
    words::{Ready, Vocabulary},
};
use crate::store::transcripts::{NoteState, Outcome};

/// What a recording is heard with.
#[derive(Clone)]
pub(super) struct Setting {
    pub pool: std::sync::Arc<Pool>,
    pub words: std::sync::Arc<Vocabulary>,
    pub limits: Limits,
    pub sure_from: f32,
}

impl Setting {
    pub(super) fn of(listening: &Listening) -> Self {
        Self {
            pool: std::sync::Arc::clone(&listening.pool),
            words: std::sync::Arc::clone(&listening.words),
            limits: listening.limits,
            sure_from: listening.sure_from,
        }
    }
}

/// Hears a recording. `None` when nobody waits for it any more.
pub(super) fn hear(bytes: &[u8], lang: Lang, setting: &Setting, stop: &dyn Fn() -> bool) -> Option<Outcome> {
    let sound = match decode(bytes, &setting.limits) {
        Ok(sound) => sound,
        Err(error) => return Some(refused(error.to_string())),
    };
    let seconds = sound.seconds();
    let outcome = match trim(&sound) {
        voice::Heard::Silence => silent(),
        voice::Heard::Speech(speech) => {
            let Some(mut ears) = setting.pool.ears() else {
                return Some(Outcome { seconds, ..to_a_person("no hay pesos del reconocedor de voz") });
            };
            let vocabulary = setting.words.of(lang);
            let heard = ears.hear(&speech, &Ask { lang, hints: &vocabulary.hints, stop });
            setting.pool.give_back(ears);
            match heard {
                Ok(words) => understood(&words, (lang != Lang::EN).then_some(vocabulary), setting.sure_from),
                Err(Deaf::Stopped) => return None,
                Err(Deaf::Broken(why)) => to_a_person(&why),
            }
        }
    };
    Some(Outcome { seconds, ..outcome })
}

fn understood(heard: &Words, town: Option<&Ready>, sure_from: f32) -> Outcome {
    let raw = heard.words.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ");
    if raw.trim().is_empty() {
        return silent();
    }
    let words: Vec<HeardWord<'_>> =
        heard.words.iter().map(|(text, probability)| HeardWord { text, probability: *probability }).collect();
    // A repair is a better guess and no fact: who said it is asked.
    let (text, certain) = town.map_or_else(|| (raw.clone(), true), |town| town.put_right(&words));
    let (sure, confidence) = (heard.confidence >= sure_from && certain, heard.confidence);
    Outcome { state: NoteState::Heard, text, raw, confidence, sure, seconds: 0.0, reason: None }
}

fn silent() -> Outcome {
    Outcome::without_text(NoteState::Silent, "nadie habla en el audio")
}

pub(super) fn to_a_person(why: &str) -> Outcome {
    Outcome::without_text(NoteState::ToAPerson, why)
}

pub(super) fn refused(why: impl Into<String>) -> Outcome {
    Outcome::without_text(NoteState::Refused, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(words: &[(&str, f32)], confidence: f32) -> Outcome {
        let words = words.iter().map(|(text, probability)| ((*text).to_owned(), *probability)).collect();
        understood(&Words { words, confidence }, Some(&Ready::of_things(&["bache"])), 0.75)
    }

    #[test]
    fn what_was_heard_well_is_sure() {
        let outcome = heard(&[("Hay", 0.9), ("un", 0.9), ("bache.", 0.9)], 0.8);
        assert_eq!((outcome.text.as_str(), outcome.sure), ("Hay un bache.", true));
    }

    #[test]
    fn what_was_put_right_is_asked_about_and_the_raw_words_stay() {
        let outcome = heard(&[("Hay", 0.9), ("un", 0.9), ("baño.", 0.4)], 0.9);
        assert_eq!((outcome.text.as_str(), outcome.raw.as_str()), ("Hay un bache.", "Hay un baño."));
        assert!(!outcome.sure);
    }

    #[test]
    fn no_words_are_silence() {
        assert_eq!(heard(&[], 0.9).state, NoteState::Silent);
        assert_eq!(heard(&[(" ", 0.9)], 0.9).state, NoteState::Silent);
    }
}
