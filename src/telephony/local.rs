//! Ears and mouth of this machine: Whisper hears, espeak-ng or a piper speaks.

use std::{fmt, path::Path, sync::Arc};

use anyhow::Context as _;
use ventanilla_speech::{
    Pcm,
    repair::HeardWord,
    speak::{Engine, Speaker, Tongue},
    voice,
    whisper::{Ask, HintUse, Language, Whisper, Word},
};
use ventanilla_values::Lang;

use super::engines::{Ears, Engines, Heard, Mouth, SpeechError};
use crate::{config::AudioSocket, listening::Vocabulary};

/// Opens the model and tries the voice: a telephone that cannot hear or speak must not ring. The words of the town are
/// expected in whatever is said, and what was heard is put right with them. `weights` is where the model is looked for
/// when the settings name none.
///
/// # Errors
/// With the sentence that says what to install.
pub fn open(set: &AudioSocket, weights: &Path, words: Vocabulary) -> anyhow::Result<Engines> {
    let folder = set.model_in(weights);
    let whisper = Whisper::open(&folder).with_context(|| {
        format!(
            "audiosocket.model: {} holds no model that can hear; docs/OPERATIONS.md says how to get one",
            folder.display()
        )
    })?;
    let mouth = Voice(Speaker::new(engine(set)));
    mouth.say("Hola.", Lang::ES).context(
        "audiosocket: this machine cannot speak: install espeak-ng (apt-get install espeak-ng), or check audiosocket.piper",
    )?;
    Ok(Engines::new(Arc::new(Model { whisper, words }), Arc::new(mouth), set.hearing_at_once))
}

fn engine(set: &AudioSocket) -> Engine {
    match &set.piper {
        None => Engine::EspeakNg,
        Some(piper) => Engine::Piper {
            program: piper.program.clone(),
            spanish: piper.spanish.clone(),
            english: piper.english.clone(),
        },
    }
}

struct Model {
    whisper: Whisper,
    words: Vocabulary,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("words", &self.words).finish_non_exhaustive()
    }
}

impl Ears for Model {
    fn hear(
        &self,
        sound: &[i16],
        lang: Lang,
        hints: &[String],
        stop: &dyn Fn() -> bool,
    ) -> Result<Heard, SpeechError> {
        // Whisper invents words where nobody speaks.
        let voice::Heard::Speech(speech) = voice::trim(&wide(sound)) else {
            return Ok(Heard::nothing());
        };
        let language = if lang == Lang::EN { Language::En } else { Language::Es };
        // What was just asked for comes first.
        let town = self.words.of(lang);
        let hints: Vec<String> = hints.iter().chain(&town.hints).cloned().collect();
        let ask = Ask { language, hints: &hints, hint_use: HintUse::default() };
        let heard =
            self.whisper.transcribe(&speech, &ask, stop).map_err(|err| SpeechError(err.to_string()))?;
        let words: Vec<HeardWord<'_>> = heard.words.iter().map(as_heard).collect();
        Ok(Heard::of(&words, &heard.text, heard.confidence, (lang != Lang::EN).then_some(town)))
    }
}

fn as_heard(word: &Word) -> HeardWord<'_> {
    HeardWord { text: &word.text, probability: word.probability }
}

#[derive(Debug)]
struct Voice(Speaker);

impl Mouth for Voice {
    fn say(&self, text: &str, lang: Lang) -> Result<Vec<i16>, SpeechError> {
        let tongue = if lang == Lang::EN { Tongue::En } else { Tongue::Es };
        self.0.say_slin(text, tongue).map_err(|err| SpeechError(err.to_string()))
    }
}

/// Neighbours on each side of which a sample between two others is made.
const NEIGHBOURS: usize = 12;

/// 8 kHz, 16 bits -> the 16 kHz that Whisper hears: each sample, and the one between it and the next, by a windowed
/// sinc. A straight line between them would do for people; Whisper hears worse by it.
fn wide(sound: &[i16]) -> Pcm {
    let level =
        |at: Option<usize>| at.and_then(|at| sound.get(at)).map_or(0.0, |&one| f32::from(one) / 32_768.0);
    let weights: [f32; NEIGHBOURS] = std::array::from_fn(weight);
    let between = |at: usize| -> f32 {
        let pairs = weights.iter().enumerate();
        pairs.map(|(n, weight)| weight * (level(at.checked_sub(n)) + level(Some(at + 1 + n)))).sum()
    };
    Pcm::new((0..sound.len()).flat_map(|at| [level(Some(at)), between(at)]).collect())
}

/// How much the n-th neighbour counts: sinc at n + ½, under a raised cosine.
#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn weight(n: usize) -> f32 {
    let x = std::f32::consts::PI * (n as f32 + 0.5);
    let window = 0.5 + 0.5 * (x / (NEIGHBOURS as f32 + 0.5)).cos();
    x.sin() / x * window
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Content, builtin};

    /// A tone of 1 kHz at 8 kHz is the same tone at 16 kHz.
    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a tone")]
    fn twice_as_many_samples_are_the_same_sound() {
        let tone = |rate: f32, n: usize| (n as f32 / rate * 1_000.0 * std::f32::consts::TAU).sin() * 0.5;
        let narrow: Vec<i16> = (0..400).map(|n| (tone(8_000.0, n) * 32_768.0) as i16).collect();
        let pcm = wide(&narrow);
        assert_eq!(pcm.samples().len(), 800);
        let middle = pcm.samples().iter().enumerate().skip(40).take(700);
        for (n, sample) in middle {
            assert!((sample - tone(16_000.0, n)).abs() < 0.01, "{n}: {sample}");
        }
        assert!(wide(&[]).samples().is_empty());
    }

    #[test]
    fn a_machine_that_cannot_hear_says_what_is_missing() {
        let mut config = crate::config::Config::from_toml("").unwrap();
        config.audiosocket.model = "/nowhere".into();
        let town = Content::compile(builtin()).unwrap();
        let words = Vocabulary::new(&town.catalogue, &town.phrases);
        let said = format!("{:#}", open(&config.audiosocket, Path::new("/weights"), words).unwrap_err());
        assert!(said.contains("audiosocket.model: /nowhere") && said.contains("OPERATIONS"), "{said}");
    }
}
