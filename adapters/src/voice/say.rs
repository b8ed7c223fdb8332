//! Words and who speaks them. Called by `send`.

use ventanilla_values::{Lang, spoken};

use super::{said::Words, xml::Element};
use crate::{Message, Spoken};

/// Characters of one `<Say>` that are safe.
const LONGEST_SAY: usize = 3000;
/// Twilio takes 500 hints of 100 characters.
const HINTS: usize = 500;
const LONGEST_HINT: usize = 100;

/// What is said, with neighbours of one language together. What was not written for the ear is said in the language of
/// the call.
pub(super) fn words(messages: &[Message], english: bool) -> Words {
    let mut words: Words = Vec::new();
    for message in messages {
        let (text, english) = match message {
            Message::Spoken(Spoken { text, lang, .. }) => (text.clone(), is_english(lang)),
            other => (spoken(other.text(), if english { Lang::EN } else { Lang::ES }), english),
        };
        let text = text.trim();
        match words.last_mut() {
            _ if text.is_empty() => {}
            Some((same, said)) if *same == english => {
                said.push_str(if said.ends_with(['.', '?', '!', ':', ',', ';', '…']) { " " } else { ". " });
                said.push_str(text);
            }
            _ => words.push((english, text.to_owned())),
        }
    }
    words
}

pub(super) fn say(words: &str, english: bool) -> Vec<Element> {
    let voice = if english { "Polly.Joanna-Neural" } else { "Polly.Mia-Neural" };
    let verb = |piece: String| {
        Element::new("Say").with("language", locale(english)).with("voice", voice).text(piece)
    };
    pieces(words, LONGEST_SAY).into_iter().map(verb).collect()
}

/// In parts of at most so many characters, cut behind a sentence or else behind a word.
pub(crate) fn pieces(words: &str, longest: usize) -> Vec<String> {
    let mut left: Vec<char> = words.trim().chars().collect();
    let mut pieces = Vec::new();
    while left.len() > longest {
        let head = left.get(..longest).unwrap_or_default();
        let gap = |at: &usize| head.get(*at) == Some(&' ');
        let sentence = |at: &usize| {
            gap(at) && at.checked_sub(1).and_then(|at| head.get(at)).is_some_and(|c| ".?!".contains(*c))
        };
        let places = || (1..head.len()).rev();
        let cut = places().find(sentence).or_else(|| places().find(gap)).unwrap_or(longest.max(1));
        let rest = left.split_off(cut);
        pieces.push(left.iter().collect::<String>());
        left = rest.into_iter().skip_while(|c| c.is_whitespace()).collect();
    }
    pieces.push(left.into_iter().collect());
    pieces.retain(|piece: &String| !piece.trim().is_empty());
    pieces
}

/// Separated by commas, hence without any.
pub(super) fn hints(hints: &[String]) -> String {
    let clean = |hint: &String| {
        let words: String = hint.chars().map(|c| if c == ',' || c.is_control() { ' ' } else { c }).collect();
        let words: Vec<&str> = words.split_whitespace().collect();
        words.join(" ").chars().take(LONGEST_HINT).collect::<String>()
    };
    let mut clean: Vec<String> = hints.iter().map(clean).filter(|hint| !hint.is_empty()).collect();
    clean.dedup();
    clean.truncate(HINTS);
    clean.join(", ")
}

pub(super) fn is_english(lang: &str) -> bool {
    lang == "en"
}

pub(super) fn locale(english: bool) -> &'static str {
    pick(english, "es-MX", "en-US")
}

pub(super) fn pick(english: bool, es: &'static str, en: &'static str) -> &'static str {
    if english { en } else { es }
}
