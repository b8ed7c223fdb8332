//! Phones: what people type and what channels send, in one spelling, so that the same phone is the same person on
//! every channel. Adapters read ids with it, flows slots of type `phone`. It knows nothing of who owns a phone.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{digits, text};

/// A phone in E.164, with plus sign. `{}` writes it whole, `{:?}` only its last two digits.
///
/// ```
/// use ventanilla_values::{Phone, PhoneError};
/// let phone = Phone::parse("mi cel es (998) 555-01 42", true)?;
/// assert_eq!(phone.to_string(), "+529985550142");
/// assert_eq!(phone.masked(), "••42");
/// assert_eq!(Phone::from_wa_id("5219985550142")?, phone);
/// # Ok::<(), PhoneError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

/// Why there is no phone. Says nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneError {
    #[error("there is no phone number: ask for its 10 digits")]
    NoNumber,
    /// Ask for all ten digits.
    #[error("a phone number has more than {digits} digits: ask for all 10, or for the country code")]
    TooShort { digits: usize },
    #[error("a phone number has fewer than {digits} digits: ask for one number of 10 digits")]
    TooLong { digits: usize },
    #[error("there are several phone numbers: ask for one")]
    Several,
    #[error("no phone has this number: ask to look again")]
    Unassigned,
}

/// E.164: at most 15 digits. Shorter than 8 none is international.
const SHORTEST: usize = 8;
const LONGEST: usize = 15;
/// Digits of a Mexican number without the country code (Plan Nacional de Numeración, 2019).
const MEXICAN: usize = 10;

impl Phone {
    /// Reads a phone from what a person wrote. Without a country code it is Mexican where `default_mx`; the old
    /// prefixes 01, 044, 045 and 1 are dropped.
    ///
    /// Mexican numbers are judged by their length only: new area codes open every year, and a phone refused wrongly
    /// is a person who is not called back. The others are checked against the numbering plans of the `phonenumber`
    /// crate. Its tables are decoded at the first such call and then kept: most of a second in an unoptimised build.
    pub fn parse(text: &str, default_mx: bool) -> Result<Self, PhoneError> {
        let mut written = written_numbers(&text::head(text));
        let longest = written.iter().map(|n| n.digits.len()).max().unwrap_or(0);
        written.retain(|n| n.digits.len() >= SHORTEST);
        if written.is_empty() {
            return dictated(text, default_mx, longest);
        }
        let mut phones: Vec<Result<Self, PhoneError>> =
            written.iter().map(|n| n.resolve(default_mx)).collect();
        phones.dedup();
        let mut right = phones.iter().flatten();
        match (right.next(), right.next()) {
            (Some(phone), None) => Ok(phone.clone()),
            (Some(_), Some(_)) => Err(PhoneError::Several),
            (None, _) => phones.swap_remove(0),
        }
    }

    /// From a WhatsApp id or the caller id of an SMS or call: country code and number, plus sign optional. Needs no
    /// tables: it is on the path of every message.
    pub fn from_wa_id(id: &str) -> Result<Self, PhoneError> {
        let digits = id.strip_prefix('+').unwrap_or(id);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneError::NoNumber);
        }
        match digits.len() {
            ..SHORTEST => Err(PhoneError::TooShort { digits: digits.len() }),
            SHORTEST..=LONGEST if digits.starts_with('0') => Err(PhoneError::Unassigned),
            SHORTEST..=LONGEST => Ok(Self(canonical(digits))),
            _ => Err(PhoneError::TooLong { digits: digits.len() }),
        }
    }

    /// E.164 with plus sign.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without plus sign, as WhatsApp and SMPP want it.
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }

    /// Its last two digits, for people who must recognise a phone but need not know it: `••42`.
    pub fn masked(&self) -> String {
        let mut last = self.0.chars().rev();
        let (two, one) = (last.next(), last.next());
        ["••".to_owned()].into_iter().chain(one.into_iter().chain(two).map(String::from)).collect()
    }
}

/// The identity key of an international number's digits, with plus sign. Mexico's `521` and ten digits is the same
/// phone as `52` and those ten; Argentina's `549` (mobile) is not the same as `54` (landline) and stays.
///
/// ```
/// use ventanilla_values::canonical;
/// assert_eq!(canonical("5219985550142"), "+529985550142");
/// assert_eq!(canonical("+5491155550142"), "+5491155550142");
/// ```
pub fn canonical(digits: &str) -> String {
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    match digits.strip_prefix("521").filter(|national| national.len() == MEXICAN) {
        Some(national) => format!("+52{national}"),
        None => format!("+{digits}"),
    }
}

/// A number as written: its digits, and whether it began with a plus sign.
#[derive(Default)]
struct Written {
    plus: bool,
    digits: String,
}

impl Written {
    fn resolve(&self, default_mx: bool) -> Result<Phone, PhoneError> {
        let abroad = self.digits.strip_prefix("00").filter(|_| !self.plus);
        match abroad {
            _ if self.plus => international(&self.digits),
            Some(digits) => international(digits),
            None if default_mx => mexican(&self.digits),
            None => international(&self.digits),
        }
    }
}

/// Rows of digits with what people put between them.
fn written_numbers(folded: &str) -> Vec<Written> {
    let mut numbers = vec![Written::default()];
    for c in folded.chars() {
        match (c, numbers.last_mut()) {
            ('0'..='9', Some(number)) => number.digits.push(c),
            (' ' | '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}', _) => {}
            _ => numbers.push(Written { plus: c == '+', digits: String::new() }),
        }
    }
    numbers.retain(|n| !n.digits.is_empty());
    numbers
}

/// "Nueve nueve ocho, cinco cincuenta y cinco …": by voice.
fn dictated(text: &str, default_mx: bool, written: usize) -> Result<Phone, PhoneError> {
    let digits = digits::all(&digits::groups(text, ""));
    match digits.len() {
        MEXICAN if default_mx => mexican(&digits),
        0 => Err(PhoneError::NoNumber),
        said => {
            Err(PhoneError::TooShort { digits: if written > 0 { written } else { said.min(SHORTEST - 1) } })
        }
    }
}

fn mexican(digits: &str) -> Result<Phone, PhoneError> {
    let national = ["", "01", "044", "045", "52", "521", "1"]
        .into_iter()
        .filter_map(|prefix| digits.strip_prefix(prefix))
        .find(|rest| rest.len() == MEXICAN && !rest.starts_with(['0', '1']));
    match national {
        // Eleven digits from 1 are dialled so in the United States as well; Mexico's old 1 only followed 52.
        Some(national) if digits.len() != MEXICAN + 1 => Ok(Phone(format!("+52{national}"))),
        _ if digits.len() <= MEXICAN => Err(PhoneError::TooShort { digits: digits.len() }),
        _ => international(digits),
    }
}

fn international(digits: &str) -> Result<Phone, PhoneError> {
    let phone = Phone::from_wa_id(digits)?;
    if let Some(national) = phone.0.strip_prefix("+52") {
        return match national.len() {
            ..MEXICAN => Err(PhoneError::TooShort { digits: digits.len() }),
            MEXICAN if !national.starts_with(['0', '1']) => Ok(phone),
            MEXICAN => Err(PhoneError::Unassigned),
            _ => Err(PhoneError::TooLong { digits: digits.len() }),
        };
    }
    let known = phonenumber::parse(None, &phone.0).map_err(|_| PhoneError::Unassigned)?;
    if !phonenumber::is_valid(&known) {
        return Err(PhoneError::Unassigned);
    }
    Ok(Phone(known.format().mode(phonenumber::Mode::E164).to_string()))
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

/// Reads what [`Phone`] wrote, or a provider's id: no words around it.
impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        Self::from_wa_id(text)
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        assert_eq!(Phone::parse(text, true).map(|p| p.to_string()), Ok(expected.to_owned()), "{text}");
    }

    #[test]
    fn a_mexican_phone_is_one_phone_however_it_is_written() {
        for text in [
            "9985550142",
            "998 555 0142",
            "(998) 555-01-42",
            "998.555.0142",
            "+52 998 555 0142",
            "52 998 555 0142",
            "+52 1 998 555 0142",
            "5219985550142",
            "044 998 555 0142",
            "045 9985550142",
            "01 998 555 0142",
            "0052 9985550142",
            "mi número es 998 555 0142, gracias",
            "99 85 55 01 42 📞",
            "\u{202a}+52 998 555 0142\u{202c}",
            "９９８５５５０１４２",
            "998 555 0142 ext 12",
            "998 555 0142 o sea +52 9985550142",
            "noventa y nueve, ochenta y cinco, cincuenta y cinco, cero uno, cuarenta y dos",
        ] {
            reads(text, "+529985550142");
        }
    }

    #[test]
    fn phones_of_other_countries_are_checked_against_their_plans() {
        reads("+1 (415) 555-2671", "+14155552671");
        reads("1 415 555 2671", "+14155552671");
        reads("+44 20 7946 0018", "+442079460018");
        reads("+54 9 11 5555 0142", "+5491155550142");
        reads("+502 5555 0142", "+50255550142");
        assert_eq!(Phone::parse("+1 111 111 1111", true), Err(PhoneError::Unassigned));
        assert_eq!(Phone::parse("+999 1234 5678", true), Err(PhoneError::Unassigned));
        assert_eq!(Phone::parse("14155552671", false).map(|p| p.to_string()), Ok("+14155552671".into()));
    }

    #[test]
    fn the_error_says_what_to_ask() {
        let error = |text: &str| Phone::parse(text, true).unwrap_err();
        assert_eq!(error("no tengo"), PhoneError::NoNumber);
        assert_eq!(error(""), PhoneError::NoNumber);
        assert_eq!(error("555 0142"), PhoneError::TooShort { digits: 7 });
        assert_eq!(error("998 555 014"), PhoneError::TooShort { digits: 9 });
        assert_eq!(error("+52 998 555 014"), PhoneError::TooShort { digits: 11 });
        assert_eq!(error("+52 998 555 01421"), PhoneError::TooLong { digits: 13 });
        assert_eq!(error("9985550142 o 9985550143"), PhoneError::Several);
        assert_eq!(error(&"9".repeat(30)), PhoneError::TooLong { digits: 30 });
    }

    #[test]
    fn ids_of_channels_need_no_tables() {
        let key = |id: &str| Phone::from_wa_id(id).map(|p| p.to_string());
        assert_eq!(key("5219985550142").as_deref(), Ok("+529985550142"));
        assert_eq!(key("+529985550142").as_deref(), Ok("+529985550142"));
        assert_eq!(key("52199855501").as_deref(), Ok("+52199855501"), "another length is left alone");
        assert_eq!(key("5491155550142").as_deref(), Ok("+5491155550142"));
        assert_eq!(key("1234567"), Err(PhoneError::TooShort { digits: 7 }));
        assert_eq!(key("1234567890123456"), Err(PhoneError::TooLong { digits: 16 }));
        assert_eq!(key("MX.13491208655302741918"), Err(PhoneError::NoNumber));
        assert_eq!(key("anonymous"), Err(PhoneError::NoNumber));
    }

    #[test]
    fn debug_and_masked_hide_the_number() {
        let phone = Phone::from_wa_id("5219985550142").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(••42)");
        assert_eq!(phone.digits(), "529985550142");
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), mx in any::<bool>()) {
            let _ = (Phone::parse(&text, mx), Phone::from_wa_id(&text));
        }

        #[test]
        fn any_digits_are_survived(text in "[+0-9 ()-]{0,24}", mx in any::<bool>()) {
            if let Ok(phone) = Phone::parse(&text, mx) {
                prop_assert_eq!(Phone::from_wa_id(phone.as_str()), Ok(phone));
            }
        }

        #[test]
        fn what_is_written_is_read_back(national in "[2-9][0-9]{9}") {
            let phone = Phone::parse(&national, true).unwrap();
            prop_assert_eq!(Phone::parse(&phone.to_string(), true), Ok(phone.clone()));
            let json = serde_json::to_string(&phone).unwrap();
            prop_assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), phone);
        }
    }
}
