//! The RFC, the key of a taxpayer in Mexico: a person's has 13 characters, a company's 12.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{
    code_in_text,
    curp::{compact, short_date},
};

/// An RFC in capitals, whose date and check digit are right, or one of the two generic ones.
///
/// Source: SAT, Anexo 3 del algoritmo para generar el RFC con homoclave (digit modulo 11).
///
/// ```
/// use ventanilla_values::{Rfc, RfcError};
/// let rfc = Rfc::parse("gode-561231-gr8")?;
/// assert_eq!(rfc.as_str(), "GODE561231GR8");
/// assert!(!rfc.is_company() && !rfc.is_generic());
/// assert_eq!(Rfc::parse("GODE561231GR9"), Err(RfcError::CheckDigit));
/// # Ok::<(), RfcError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rfc(String);

/// Why there is no RFC. Says nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RfcError {
    #[error("an RFC has 13 letters and digits, or 12 for a company; here are {found}")]
    Length { found: usize },
    #[error("this is not the form of an RFC: three or four letters, a date and three letters or digits")]
    Form,
    #[error("the RFC holds a date that does not exist")]
    Date,
    /// Ask to look again: a character is wrong or two are swapped.
    #[error("the characters of the RFC do not fit together: one is wrong, or two are swapped")]
    CheckDigit,
}

/// Sales to the public, and to foreigners (SAT, Resolución Miscelánea Fiscal, regla 2.7.1.23).
const GENERIC: [&str; 2] = ["XAXX010101000", "XEXX010101000"];

impl Rfc {
    /// Reads an RFC that is the whole text: small letters, spaces and dashes are forgiven.
    pub fn parse(text: &str) -> Result<Self, RfcError> {
        let code = compact(text);
        let chars: Vec<char> = code.chars().collect();
        let letters = match chars.len() {
            12 => 3,
            13 => 4,
            found => return Err(RfcError::Length { found }),
        };
        if GENERIC.contains(&code.as_str()) {
            return Ok(Self(code));
        }
        check(&chars, letters)?;
        Ok(Self(code))
    }

    /// Reads the answer to a question for it: words around it are forgiven.
    pub fn find(text: &str) -> Result<Self, RfcError> {
        code_in_text::find(text, Self::parse)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Of a company or another body, not of a person.
    pub fn is_company(&self) -> bool {
        self.0.chars().count() == 12
    }

    /// It stands for anybody.
    pub fn is_generic(&self) -> bool {
        GENERIC.contains(&self.0.as_str())
    }
}

fn check(chars: &[char], letters: usize) -> Result<(), RfcError> {
    let (name, rest) = chars.split_at_checked(letters).ok_or(RfcError::Form)?;
    let (date, tail) = rest.split_at_checked(6).ok_or(RfcError::Form)?;
    let fits = name.iter().all(|c| c.is_ascii_uppercase() || matches!(c, 'Ñ' | '&'))
        && date.iter().all(char::is_ascii_digit)
        && tail.iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if !fits {
        return Err(RfcError::Form);
    }
    let date: String = date.iter().collect();
    // The century is not told.
    [1900, 2000].into_iter().find_map(|century| short_date(&date, century)).ok_or(RfcError::Date)?;
    if check_character(chars) == chars.last().copied() { Ok(()) } else { Err(RfcError::CheckDigit) }
}

/// The last character, from those before it; a company's begin with a space.
fn check_character(chars: &[char]) -> Option<char> {
    const ORDER: &str = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
    let value = |c: char| ORDER.chars().zip(0_u32..).find(|(known, _)| *known == c).map(|(_, n)| n);
    let missing = 13_usize.saturating_sub(chars.len());
    let padded = std::iter::repeat_n(' ', missing).chain(chars.iter().copied());
    let sum = padded.take(12).zip((2..=13).rev()).map(|(c, w)| Some(value(c)? * w)).sum::<Option<u32>>()?;
    match sum % 11 {
        0 => Some('0'),
        1 => Some('A'),
        rest => char::from_digit(11 - rest, 10),
    }
}

/// Without the person: `Rfc(…)`.
impl fmt::Debug for Rfc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rfc(…)")
    }
}

impl fmt::Display for Rfc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Rfc {
    type Err = RfcError;

    fn from_str(text: &str) -> Result<Self, RfcError> {
        Self::parse(text)
    }
}

impl Serialize for Rfc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Rfc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_and_companies_have_one() {
        for text in ["GODE561231GR8", "gode 561231 gr8", "SAT970701NN3", "cfe-370814-qi0", "PME380607P35"] {
            let rfc = Rfc::parse(text).unwrap();
            assert_eq!(rfc.is_company(), rfc.as_str().len() == 12, "{text}");
        }
    }

    #[test]
    fn the_generic_ones_are_known() {
        for text in ["XAXX010101000", "xexx 010101 000"] {
            assert!(Rfc::parse(text).unwrap().is_generic(), "{text}");
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        assert_eq!(Rfc::parse("GODE561231"), Err(RfcError::Length { found: 10 }));
        assert_eq!(Rfc::parse("G0DE561231GR8"), Err(RfcError::Form));
        assert_eq!(Rfc::parse("GODE561331GR8"), Err(RfcError::Date));
        assert_eq!(Rfc::parse("GODE561231RG8"), Err(RfcError::CheckDigit));
        assert_eq!(format!("{:?}", Rfc::parse("GODE561231GR8").unwrap()), "Rfc(…)");
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = Rfc::parse(&text);
        }

        #[test]
        fn what_is_right_is_stored_and_read_again(name in "[A-ZÑ&]{3,4}", tail in "[A-Z0-9]{2}") {
            let mut chars: Vec<char> = format!("{name}010203{tail}0").chars().collect();
            let right = check_character(&chars).unwrap();
            *chars.last_mut().unwrap() = right;
            let rfc: Rfc = chars.iter().collect::<String>().parse().unwrap();
            let stored = serde_json::to_string(&rfc).unwrap();
            prop_assert_eq!(serde_json::from_str::<Rfc>(&stored).unwrap(), rfc);
        }
    }
}
