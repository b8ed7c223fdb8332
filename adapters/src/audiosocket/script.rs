//! What a call hears next, in pieces that are spoken one after the other: the first is heard while the second is made.

use std::fmt;

use crate::{
    Message, Then,
    voice::{
        said::{Said, filler, sorry},
        say::pieces,
    },
};

/// Characters of a piece at most: about fifteen seconds. Fixed sentences are then found again among those that were
/// spoken lately.
const LONGEST: usize = 240;

/// A sentence or some, for one voice.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub english: bool,
    /// It must be heard to the end: keys and words do not cut it short.
    pub must_hear: bool,
}

/// What is said to a person never reaches a log by `{:?}`.
impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Piece({} characters)", self.text.chars().count())
    }
}

/// The pieces in their order, and what comes then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub pieces: Vec<Piece>,
    pub then: Then,
    /// The language in which the call goes on.
    pub english: bool,
}

impl Script {
    /// Of what a turn said; `english` is the language of the call so far.
    pub fn of(messages: &[Message], english: bool) -> Self {
        let said = Said::of(messages, english);
        let held = said.held.iter().flat_map(|(english, words)| cut(words, *english, true));
        let free = said.free.iter().flat_map(|(english, words)| cut(words, *english, false));
        Self { pieces: held.chain(free).collect(), then: said.then, english: said.english }
    }

    /// While the answer is made; `waited` is how often the caller heard it already.
    pub fn filler(waited: u8, english: bool) -> Vec<Piece> {
        cut(filler(waited, english), english, true)
    }

    /// We cannot work now: a farewell with the number for emergencies.
    pub fn sorry(emergency: &str, english: bool) -> Self {
        Self { pieces: cut(&sorry(emergency, english), english, true), then: Then::HangUp, english }
    }
}

/// One sentence a piece where that is possible.
fn cut(words: &str, english: bool, must_hear: bool) -> Vec<Piece> {
    let mut sentences: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match sentences.last_mut() {
            Some(open) if !open.ends_with(['.', '?', '!', '…']) => {
                open.push(' ');
                open.push_str(word);
            }
            _ => sentences.push(word.to_owned()),
        }
    }
    let parts = sentences.iter().flat_map(|sentence| pieces(sentence, LONGEST));
    parts.map(|text| Piece { text, english, must_hear }).collect()
}
