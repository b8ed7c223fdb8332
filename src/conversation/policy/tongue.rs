//! Which language somebody asks for. Pure.

use ventanilla_values::{Lang, words};

/// How people call the languages that a town may speak. Folded.
const NAMES: [(Lang, &[&str]); 4] = [
    (Lang::ES, &["espanol", "spanish", "castellano", "cristiano"]),
    (Lang::EN, &["ingles", "english", "inglish", "gringo"]),
    (Lang::YUA, &["maya", "maaya", "mayan", "maayat"]),
    (Lang::PT, &["portugues", "portuguese"]),
];
/// What is said beside it when nothing else is said.
const BESIDE: [&str; 18] = [
    "en", "in", "el", "la", "a", "to", "por", "favor", "porfa", "porfavor", "xfa", "please", "pls", "plz",
    "idioma", "language", "mejor", "only",
];
/// Before a name they refuse it: "no entiendo inglés", "can't read Spanish", "me salió en inglés", "from English".
const REFUSES: [&str; 19] = [
    "no", "not", "ni", "sin", "without", "t", "dont", "cant", "doesnt", "never", "nunca", "poco", "why",
    "pq", "salio", "sale", "pique", "del", "from",
];
/// So many words before a name they still do.
const NEAR: usize = 5;

/// The language that a whole message names, with nothing but courtesy beside it: "maya", "English, please".
pub(super) fn named_alone(text: &str) -> Option<Lang> {
    let said = words(text);
    let mut named = said.iter().filter_map(|word| name(word));
    let lang = named.next().filter(|_| named.next().is_none())?;
    said.iter().all(|word| name(word).is_some() || BESIDE.contains(&word.as_str())).then_some(lang)
}

/// The language that is asked for: one that is named and not refused; where all are refused, the other one; where none is
/// named ("cambia el idioma"), the other one too.
pub(super) fn asked_for(text: &str, now: Lang) -> Option<Lang> {
    let mut refused = None;
    let mut wanted = None;
    for clause in text.split(['.', ',', ';', ':', '!', '?', '¿', '¡', '\n']) {
        let said = words(clause);
        let mut no = None;
        for (at, word) in said.iter().enumerate() {
            if REFUSES.contains(&word.as_str()) {
                no = Some(at);
            }
            let Some(lang) = name(word) else { continue };
            let denied = no.take().is_some_and(|no| at - no <= NEAR) || is_poor(&said, at, lang);
            let kept = if denied { &mut refused } else { &mut wanted };
            kept.get_or_insert(lang);
        }
    }
    let other = |lang| if lang == Lang::ES { Lang::EN } else { Lang::ES };
    let idiom = || words(text).iter().any(|word| matches!(word.as_str(), "idioma" | "lengua" | "language"));
    match (wanted, refused) {
        (Some(lang), _) => Some(lang),
        (None, Some(lang)) => Some(other(lang)),
        (None, None) => idiom().then(|| other(now)),
    }
}

fn name(word: &str) -> Option<Lang> {
    NAMES.iter().find(|(_, names)| names.contains(&word)).map(|(lang, _)| *lang)
}

/// "My Spanish is dead", "el inglés me mata", "inglés no".
fn is_poor(said: &[String], at: usize, lang: Lang) -> bool {
    let is = |at: Option<usize>, any: &[&str]| {
        at.and_then(|at| said.get(at)).is_some_and(|word| any.contains(&word.as_str()))
    };
    lang == Lang::ES && is(at.checked_sub(1), &["my", "mi"])
        || is(Some(at + 1), &["me", "no", "is", "esta", "sucks"]) && said.len() > at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_alone_is_named_and_one_in_a_sentence_is_not() {
        for (text, lang) in [
            ("maya", Some(Lang::YUA)),
            ("En maya", Some(Lang::YUA)),
            ("español", Some(Lang::ES)),
            ("ESPAÑOL POR FAVOR", Some(Lang::ES)),
            ("english please", Some(Lang::EN)),
            ("in English", Some(Lang::EN)),
            ("inglés", Some(Lang::EN)),
            ("Riviera Maya", None),
            ("no entiendo inglés", None),
            ("español o inglés", None),
            ("clases de inglés", None),
            ("", None),
        ] {
            assert_eq!(named_alone(text), lang, "{text}");
        }
    }

    #[test]
    fn what_is_refused_is_not_what_is_asked_for() {
        let now = Lang::ES;
        for (text, lang) in [
            ("no entiendo inglés", Some(Lang::ES)),
            ("no hablo español", Some(Lang::EN)),
            ("No hablo espanol, english?", Some(Lang::EN)),
            ("I don't speak Spanish", Some(Lang::EN)),
            ("my spanish is dead, english please", Some(Lang::EN)),
            ("mi español está muerto, english please", Some(Lang::EN)),
            ("no le entiendo al ingles ponlo en español", Some(Lang::ES)),
            ("en español, el inglés me mata", Some(Lang::ES)),
            ("ingles no. español", Some(Lang::ES)),
            ("español auxilio no english", Some(Lang::ES)),
            ("me salió todo en inglés, cámbialo", Some(Lang::ES)),
            ("switch to english", Some(Lang::EN)),
            ("cambia del inglés al español", Some(Lang::ES)),
            ("háblame en maya", Some(Lang::YUA)),
            ("mi papá no entiende nada de español, ¿le contesta en inglés?", Some(Lang::EN)),
            ("cambia el idioma", Some(Lang::EN)),
            ("nahuatl", None),
        ] {
            assert_eq!(asked_for(text, now), lang, "{text}");
        }
    }
}
