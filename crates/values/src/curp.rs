//! The CURP, the key of a person in Mexico's population register. Read only where a procedure needs it; whether the
//! register knows it is not this crate's matter.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{code_in_text, text};

/// A CURP of 18 characters in capitals, whose date of birth, state and check digit are right.
///
/// Source: Instructivo Normativo para la asignación de la Clave Única de Registro de Población (DOF, 18/10/2021).
///
/// ```
/// use ventanilla_values::{Curp, CurpError};
/// let curp = Curp::parse("hegg 560427 mvzrrl 04")?;
/// assert_eq!(curp.as_str(), "HEGG560427MVZRRL04");
/// assert_eq!(curp.born().map(|day| day.to_string()).as_deref(), Some("1956-04-27"));
/// assert_eq!(Curp::parse("HEGG560427MVZRRL05"), Err(CurpError::CheckDigit));
/// # Ok::<(), CurpError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Curp(String);

/// Why there is no CURP. Says nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CurpError {
    #[error("a CURP has 18 letters and digits, here are {found}")]
    Length { found: usize },
    #[error("this is not the form of a CURP: four letters, a date of birth, six letters and two digits")]
    Form,
    #[error("the CURP holds a date of birth that does not exist")]
    Date,
    /// Ask to look again: a character is wrong or two are swapped.
    #[error("the characters of the CURP do not fit together: one is wrong, or two are swapped")]
    CheckDigit,
}

const LENGTH: usize = 18;
/// Keys of the states, and NE for those born abroad.
const STATES: [&str; 33] = [
    "AS", "BC", "BS", "CC", "CL", "CM", "CS", "CH", "DF", "DG", "GT", "GR", "HG", "JC", "MC", "MN", "MS",
    "NT", "NL", "OC", "PL", "QT", "QR", "SP", "SL", "SR", "TC", "TS", "TL", "VZ", "YN", "ZS", "NE",
];

impl Curp {
    /// Reads a CURP that is the whole text: small letters, spaces and dashes are forgiven, and an O where a zero stands.
    pub fn parse(text: &str) -> Result<Self, CurpError> {
        let code = with_zeros(&compact(text));
        if code.chars().count() != LENGTH || !code.is_ascii() {
            return Err(CurpError::Length { found: code.chars().count() });
        }
        let parts = Parts::of(&code).filter(Parts::fit).ok_or(CurpError::Form)?;
        parts.born().ok_or(CurpError::Date)?;
        if check_digit(&code) != code.chars().last().and_then(|c| c.to_digit(10)) {
            return Err(CurpError::CheckDigit);
        }
        Ok(Self(code))
    }

    /// Reads the answer to a question for it: words around it are forgiven.
    pub fn find(text: &str) -> Result<Self, CurpError> {
        code_in_text::find(text, Self::parse)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The date of birth. The century is told by the 17th character: a digit up to 1999, a letter since 2000.
    pub fn born(&self) -> Option<NaiveDate> {
        Parts::of(&self.0)?.born()
    }
}

/// Letters and digits in capitals, without spaces, dashes and points.
pub(crate) fn compact(text: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && !text::is_stripped(*c) && !matches!(c, '-' | '.' | '–' | '_');
    text.chars().filter(seen).take(LENGTH + 1).flat_map(char::to_uppercase).collect()
}

/// Those whose year has more are of the last century: nobody had been born later when this was written.
const LATEST_YEAR: &str = "26";

/// The letter O is a zero in the date and at the end. The check digit is the same for both in the 17th place, which is
/// a letter for those born since 2000: there it is a zero where the letter would make a year to come.
fn with_zeros(code: &str) -> String {
    let to_come = code.get(4..6).is_some_and(|year| year.replace('O', "0").as_str() > LATEST_YEAR);
    let digit = |at: usize| (4..10).contains(&at) || at == 17 || (at == 16 && to_come);
    code.chars().enumerate().map(|(at, c)| if c == 'O' && digit(at) { '0' } else { c }).collect()
}

struct Parts<'a> {
    initials: &'a str,
    date: &'a str,
    sex: &'a str,
    state: &'a str,
    consonants: &'a str,
    homonym: &'a str,
}

impl<'a> Parts<'a> {
    fn of(code: &'a str) -> Option<Self> {
        Some(Self {
            initials: code.get(..4)?,
            date: code.get(4..10)?,
            sex: code.get(10..11)?,
            state: code.get(11..13)?,
            consonants: code.get(13..16)?,
            homonym: code.get(16..17)?,
        })
    }

    fn fit(&self) -> bool {
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase());
        letters(self.initials)
            && self.date.bytes().all(|b| b.is_ascii_digit())
            && matches!(self.sex, "H" | "M" | "X")
            && STATES.contains(&self.state)
            && letters(self.consonants)
            && self.homonym.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    }

    fn born(&self) -> Option<NaiveDate> {
        let century = if self.homonym.bytes().all(|b| b.is_ascii_digit()) { 1900 } else { 2000 };
        short_date(self.date, century)
    }
}

/// `yymmdd` in a century.
pub(crate) fn short_date(yymmdd: &str, century: i32) -> Option<NaiveDate> {
    let part = |range: std::ops::Range<usize>| yymmdd.get(range)?.parse::<u32>().ok();
    let year = century + i32::try_from(part(0..2)?).ok()?;
    NaiveDate::from_ymd_opt(year, part(2..4)?, part(4..6)?)
}

fn check_digit(code: &str) -> Option<u32> {
    const ORDER: &str = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    let value = |c: char| ORDER.chars().zip(0_u32..).find(|(known, _)| *known == c).map(|(_, n)| n);
    let weighted = code.chars().take(LENGTH - 1).zip((2..=18).rev());
    let sum = weighted.map(|(c, weight)| Some(value(c)? * weight)).sum::<Option<u32>>()?;
    Some((10 - sum % 10) % 10)
}

/// Without the person: `Curp(…)`.
impl fmt::Debug for Curp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Curp(…)")
    }
}

impl fmt::Display for Curp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Curp {
    type Err = CurpError;

    fn from_str(text: &str) -> Result<Self, CurpError> {
        Self::parse(text)
    }
}

impl Serialize for Curp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Curp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn small_letters_spaces_and_dashes_are_forgiven() {
        for text in
            ["BOXW310820HNERXN09", " boxw310820hnerxn09 ", "BOXW-310820-HNERXN-09", "B O X W 310820HNERXN0 9"]
        {
            assert_eq!(
                Curp::parse(text).map(|c| c.to_string()).as_deref(),
                Ok("BOXW310820HNERXN09"),
                "{text}"
            );
        }
    }

    #[test]
    fn the_letter_o_is_a_zero_where_no_letter_can_be() {
        for text in ["HEGG560427MVZRRLO4", "HEGG56O427MVZRRL04", "hegg56o427mvzrrlo4"] {
            let curp = Curp::parse(text).unwrap();
            assert_eq!(curp.as_str(), "HEGG560427MVZRRL04", "{text}");
            assert_eq!(curp.born().map(|day| day.to_string()).as_deref(), Some("1956-04-27"));
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        assert_eq!(Curp::parse("BOXW310820HNERXN0"), Err(CurpError::Length { found: 17 }));
        assert_eq!(Curp::parse("BOXW310820HZZRXN09"), Err(CurpError::Form));
        assert_eq!(Curp::parse("BOXW310230HNERXN09"), Err(CurpError::Date));
        assert_eq!(Curp::parse("BOXW310820HNERXN90"), Err(CurpError::CheckDigit));
        assert_eq!(Curp::parse("ÑOXW310820HNERXN09"), Err(CurpError::Length { found: 18 }));
    }

    #[test]
    fn it_hides_in_logs_and_is_stored_as_text() {
        let curp = Curp::parse("HEGG560427MVZRRL04").unwrap();
        assert_eq!(format!("{curp:?}"), "Curp(…)");
        let stored = serde_json::to_string(&curp).unwrap();
        assert_eq!(serde_json::from_str::<Curp>(&stored).unwrap(), curp);
        assert!(serde_json::from_str::<Curp>("\"HEGG560427MVZRRL03\"").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = Curp::parse(&text);
        }

        #[test]
        fn a_wrong_digit_in_the_date_is_noticed(at in 4_usize..10, digit in "[0-9]") {
            let right = "HEGG560427MVZRRL04";
            let mut wrong = right.to_owned();
            wrong.replace_range(at..=at, &digit);
            // Weights with a factor in common with 10 cannot tell every pair apart; most they do.
            prop_assume!(wrong != right && (18 - at) % 2 == 1 && 18 - at != 5);
            prop_assert!(Curp::parse(&wrong).is_err());
        }
    }
}
