//! The name of a person, given names and surnames, as people of Mexico write it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Token, TokenKind,
    name_words::{LEADS, NO_NAMES, PARTICLES, TITLES, is_given, is_second_given},
    tokens,
};

/// Given names and surnames with capitals, particles small: `María del Carmen` `Pérez de la Cruz`. Which is which is
/// read by custom: the last two are surnames, unless one of them is a given name.
///
/// ```
/// use ventanilla_values::{FullName, NameError};
/// let name = FullName::parse("me llamo MA. DEL CARMEN PÉREZ DE LA CRUZ, gracias")?;
/// assert_eq!(name.to_string(), "Ma. del Carmen Pérez de la Cruz");
/// assert_eq!((name.given.as_str(), name.surnames.as_str()), ("Ma. del Carmen", "Pérez de la Cruz"));
/// assert_eq!(FullName::parse("Rosa"), Err(NameError::NoSurname));
/// assert_eq!(FullName::parse("Rosa 123"), Err(NameError::Digits));
/// # Ok::<(), NameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullName {
    pub given: String,
    pub surnames: String,
}

/// Why there is no name. Says nothing of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    #[error("this is no name of a person")]
    NoName,
    #[error("the surnames are missing")]
    NoSurname,
    #[error("a name has no digits")]
    Digits,
    #[error("this is too long for a name")]
    TooLong,
}

/// Words; the longest names of civil registers have fewer.
const MOST_WORDS: usize = 12;
impl FullName {
    /// The name of an answer: "me llamo …", titles and thanks around it are left out.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let tokens = tokens(text);
        let name = Name::within(text, without_leads(&tokens))?;
        name.split()
    }
}

/// Behind "me llamo", "Sra." and the like.
fn without_leads(mut tokens: &[Token]) -> &[Token] {
    loop {
        let begins = |lead: &&&[&str]| {
            tokens.len() >= lead.len() && lead.iter().zip(tokens).all(|(word, token)| token.folded == *word)
        };
        let greeting = |word: &str| {
            matches!(
                word,
                "hola" | "hi" | "hello" | "si" | "yes" | "claro" | "," | "." | ":" | "¿" | "yo" | "\n"
            )
        };
        let used = match tokens.first() {
            _ if let Some(lead) = LEADS.iter().find(begins) => lead.len(),
            Some(first) if TITLES.contains(&first.folded.as_str()) => {
                1 + usize::from(tokens.get(1).is_some_and(|next| next.folded == "."))
            }
            // "Soy la sra. …".
            Some(first) if matches!(first.folded.as_str(), "la" | "el") && titled(tokens) => 1,
            Some(first) if greeting(&first.folded) => 1,
            _ => return tokens,
        };
        tokens = tokens.get(used..).unwrap_or_default();
    }
}

fn titled(tokens: &[Token]) -> bool {
    tokens.get(1).is_some_and(|next| TITLES.contains(&next.folded.as_str()))
}

/// A name in pieces: each a word with the particles before it.
struct Name {
    pieces: Vec<Piece>,
}

#[derive(Default)]
struct Piece {
    /// "de la ", or nothing.
    particles: String,
    word: String,
    folded: String,
}

impl Name {
    fn within(text: &str, tokens: &[Token]) -> Result<Self, NameError> {
        let shouted = !text.chars().any(char::is_lowercase);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut piece = Piece::default();
        for (at, token) in tokens.iter().enumerate() {
            let word = token.folded.as_str();
            let written = text.get(token.span.clone()).unwrap_or_default();
            match token.kind {
                TokenKind::Digits => return Err(NameError::Digits),
                TokenKind::Word if word.chars().any(|c| c.is_ascii_digit()) => return Err(NameError::Digits),
                TokenKind::Sign if joins(tokens, at) => {
                    if let Some(last) = pieces.last_mut().filter(|_| piece.particles.is_empty()) {
                        last.word.push_str(written);
                    }
                }
                TokenKind::Sign if matches!(word, "?" | "¿") => return Err(NameError::NoName),
                // What follows a comma or a full stop is another sentence; signs around a name are nothing.
                TokenKind::Sign if pieces.is_empty() => {}
                TokenKind::Sign => break,
                TokenKind::Word if glued_behind_sign(tokens, at) => {
                    if let Some(last) = pieces.last_mut() {
                        last.word.push_str(&capitalised(written, shouted));
                    }
                }
                TokenKind::Word if is_particle(tokens, at, pieces.is_empty(), shouted) => {
                    piece.particles.push_str(&written.to_lowercase());
                    piece.particles.push(' ');
                }
                TokenKind::Word if NO_NAMES.contains(&word) || (word == "y" || word == "e") => break,
                TokenKind::Word => {
                    piece.word = capitalised(written, shouted);
                    piece.folded = word.to_owned();
                    pieces.push(std::mem::take(&mut piece));
                }
            }
        }
        match pieces.len() {
            0 => Err(NameError::NoName),
            _ if tokens.iter().filter(|token| token.kind == TokenKind::Word).count() > MOST_WORDS * 2 => {
                Err(NameError::TooLong)
            }
            n if n > MOST_WORDS => Err(NameError::TooLong),
            _ => Ok(Self { pieces }),
        }
    }

    fn split(&self) -> Result<FullName, NameError> {
        let count = self.pieces.len();
        let letters = |piece: &Piece| piece.word.chars().filter(|c| c.is_alphabetic()).count();
        if self.pieces.iter().any(|piece| letters(piece) == 0)
            || self.pieces.iter().all(|piece| letters(piece) < 2)
        {
            return Err(NameError::NoName);
        }
        if count < 2 {
            return Err(NameError::NoSurname);
        }
        // "María del Carmen" alone is no surname.
        let maria = self.pieces.first().is_some_and(|first| matches!(first.folded.as_str(), "maria" | "ma"));
        let least = if maria { 0 } else { 1 };
        // "José Luis": the second belongs to the first.
        let with_particle = |piece: &Piece| is_second_given(&piece.folded) && !piece.particles.is_empty();
        let mut given = 1;
        while given < count {
            let Some(piece) = self.pieces.get(given) else { break };
            let left = count - given;
            let belongs = if piece.particles.is_empty() {
                left > 2 || (left == 2 && is_given(&piece.folded))
            } else {
                with_particle(piece) && left > least
            };
            if !belongs {
                break;
            }
            given += 1;
        }
        if given == count {
            return Err(NameError::NoSurname);
        }
        let (given, surnames) = self.pieces.split_at_checked(given).ok_or(NameError::NoSurname)?;
        Ok(FullName { given: joined(given), surnames: joined(surnames) })
    }
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| format!("{}{}", piece.particles, piece.word)).collect::<Vec<_>>().join(" ")
}

/// The point of "Ma.", the dash of "García-Luna", the apostrophe of "O'Farrill".
fn joins(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.glued) else { return false };
    let before =
        at.checked_sub(1).and_then(|at| tokens.get(at)).filter(|before| before.kind == TokenKind::Word);
    let goes_on = tokens.get(at + 1).is_some_and(|next| next.glued && next.kind == TokenKind::Word);
    match token.folded.as_str() {
        "." => before.is_some_and(|before| before.folded.chars().count() <= 3) && tokens.len() > at + 1,
        "-" | "'" | "’" => before.is_some() && goes_on,
        _ => false,
    }
}

fn glued_behind_sign(tokens: &[Token], at: usize) -> bool {
    let glued = tokens.get(at).is_some_and(|token| token.glued);
    let sign = at
        .checked_sub(1)
        .and_then(|at| tokens.get(at))
        .is_some_and(|before| matches!(before.folded.as_str(), "-" | "'" | "’"));
    glued && sign && at > 1
}

/// "De la", "y" between surnames: a name goes on behind it.
fn is_particle(tokens: &[Token], at: usize, first: bool, shouted: bool) -> bool {
    let Some(token) = tokens.get(at).filter(|token| PARTICLES.contains(&token.folded.as_str())) else {
        return false;
    };
    let next = tokens.get(at + 1).filter(|next| next.kind == TokenKind::Word);
    let named = |next: &Token| !NO_NAMES.contains(&next.folded.as_str());
    let and = matches!(token.folded.as_str(), "y" | "e");
    // "Ana Pérez y vivo en el centro".
    !first && next.is_some_and(|next| named(next) && (!and || next.capital || shouted))
}

/// "PÉREZ", "pérez" -> "Pérez"; "McDonald" stays.
fn capitalised(written: &str, shouted: bool) -> String {
    let mixed = written.chars().skip(1).any(char::is_uppercase) && written.chars().any(char::is_lowercase);
    if mixed && !shouted {
        return written.to_owned();
    }
    let mut chars = written.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}", chars.as_str().to_lowercase())
}

/// Without the person: `FullName(…)`.
impl fmt::Debug for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FullName(…)")
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.given, self.surnames)
    }
}
