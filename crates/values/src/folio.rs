//! The folio: the number of a citizen report, made to be said over the phone and keyed on a dial pad. The reports
//! domain makes folios from random numbers, flows read what people answer. Whether a report exists is not its matter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{Lang, digits, number_words};

/// A town's prefix and eight digits in two groups: `PC-4827-1361`. The last digit is a Damm check digit: one wrong
/// digit, or two neighbours swapped, is always noticed.
///
/// ```
/// use ventanilla_values::{Folio, FolioError, Lang};
/// let folio = Folio::new("PC", 4_827_136)?;
/// assert_eq!(folio.to_string(), "PC-4827-1361");
/// assert_eq!(Folio::parse("mi folio es pc 48271361", "PC"), Ok(folio.clone()));
/// assert_eq!(Folio::parse("4827 1316", "PC"), Err(FolioError::CheckDigit));
/// assert_eq!(folio.spoken(Lang::ES), "cuarenta y ocho, veintisiete, trece, sesenta y uno");
/// # Ok::<(), FolioError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Folio {
    prefix: String,
    /// All eight digits.
    code: u32,
}

/// Why there is no folio. Says nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FolioError {
    #[error("the prefix of folios must be 2 to 4 capital letters A to Z, like PC")]
    Prefix,
    #[error("{number} is too large for a folio: it must be below 10,000,000")]
    TooLarge { number: u32 },
    /// Ask for the eight digits.
    #[error("a folio has 8 digits, here are {found}")]
    NotEightDigits { found: usize },
    /// Ask to look again: a digit is wrong or two are swapped.
    #[error("the digits of the folio do not fit together: one is wrong, or two are swapped")]
    CheckDigit,
}

const DIGITS: usize = 8;

impl Folio {
    /// From a number below 10,000,000; the check digit is added.
    pub fn new(prefix: &str, number: u32) -> Result<Self, FolioError> {
        check_prefix(prefix)?;
        if number >= 10_000_000 {
            return Err(FolioError::TooLarge { number });
        }
        let check = damm(&format!("{number:07}"));
        Ok(Self { prefix: prefix.to_owned(), code: number * 10 + u32::from(check) })
    }

    /// Reads the answer to "¿cuál es tu folio?": the prefix may be left out, spaces, dashes, look-alike letters (O, l,
    /// I) and words around it are forgiven, dictated digits are understood.
    pub fn parse(text: &str, prefix: &str) -> Result<Self, FolioError> {
        check_prefix(prefix)?;
        let groups = digits::groups(text, &prefix.to_ascii_lowercase());
        let all = digits::all(&groups);
        let mut wrong = None;
        for code in digits::codes(&groups, DIGITS).map(|(code, _)| code).chain([all.clone()]) {
            match Self::checked(&code, prefix) {
                Err(FolioError::CheckDigit) => wrong = Some(FolioError::CheckDigit),
                Err(_) => {}
                folio => return folio,
            }
        }
        Err(wrong.unwrap_or(FolioError::NotEightDigits { found: all.len() }))
    }

    /// The first folio inside any message. Eight digits alone may be a phone or a date: they count only behind the
    /// prefix or a word such as "folio" or "reporte".
    ///
    /// ```
    /// use ventanilla_values::Folio;
    /// let folio = Folio::find("Hola, ¿qué pasó con el PC-4827-1361? Gracias", "PC");
    /// assert_eq!(folio.map(|f| f.to_string()).as_deref(), Some("PC-4827-1361"));
    /// ```
    pub fn find(text: &str, prefix: &str) -> Option<Self> {
        check_prefix(prefix).ok()?;
        let groups = digits::groups(text, &prefix.to_ascii_lowercase());
        let mut meant = digits::codes(&groups, DIGITS).filter(|(_, first)| first.prefixed || first.named);
        meant.find_map(|(code, _)| Self::checked(&code, prefix).ok())
    }

    /// The digits in pairs, in words, for voice: "cuarenta y ocho, veintisiete, trece, sesenta y uno".
    pub fn spoken(&self, lang: Lang) -> String {
        number_words::spoken_in_pairs(&format!("{:08}", self.code), lang)
    }

    fn checked(code: &str, prefix: &str) -> Result<Self, FolioError> {
        if code.len() != DIGITS {
            return Err(FolioError::NotEightDigits { found: code.len() });
        }
        match code.parse() {
            Ok(number) if damm(code) == 0 => Ok(Self { prefix: prefix.to_owned(), code: number }),
            _ => Err(FolioError::CheckDigit),
        }
    }
}

fn check_prefix(prefix: &str) -> Result<(), FolioError> {
    let right = (2..=4).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase());
    if right { Ok(()) } else { Err(FolioError::Prefix) }
}

/// H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004), the quasigroup of order 10 with a zero diagonal.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// The check digit of a row of digits; 0 for a row that ends with its own.
fn damm(digits: &str) -> u8 {
    digits
        .bytes()
        .filter(u8::is_ascii_digit)
        .fold(0, |state, b| DAMM[usize::from(state)][usize::from(b - b'0')])
}

impl fmt::Display for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}-{:04}", self.prefix, self.code / 10_000, self.code % 10_000)
    }
}

impl fmt::Debug for Folio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads the canonical spelling, whatever the prefix: for what is stored, not for what people type.
impl FromStr for Folio {
    type Err = FolioError;

    fn from_str(text: &str) -> Result<Self, FolioError> {
        let (prefix, digits) = text.split_once('-').ok_or(FolioError::Prefix)?;
        Self::parse(digits, prefix)
    }
}

impl Serialize for Folio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Folio {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folio() -> Folio {
        Folio::new("PC", 4_827_136).unwrap()
    }

    /// The three laws of the table from which both promises follow for numbers of any length: a wrong digit changes
    /// the state, a changed state stays changed whatever follows, and a swap of neighbours changes the state.
    #[test]
    fn every_wrong_digit_and_every_swap_of_neighbours_is_noticed() {
        let step = |state: usize, digit: usize| usize::from(DAMM[state][digit]);
        for a in 0..10 {
            assert_eq!(step(a, a), 0, "the check digit leads to zero");
            for b in 0..10 {
                for c in 0..10 {
                    assert!(b == c || step(a, b) != step(a, c), "wrong digit");
                    assert!(b == c || step(b, a) != step(c, a), "the error is not forgotten");
                    assert!(b == c || step(step(a, b), c) != step(step(a, c), b), "swap");
                }
            }
        }
    }

    #[test]
    fn people_write_folios_in_many_ways() {
        for text in [
            "PC-4827-1361",
            "pc48271361",
            "4827 1361",
            "48271361",
            "48.27.13.61",
            "mi folio es PC 4827-1361",
            "Folio: 48271361",
            "folio48271361",
            "el folio es el 4827 1361, gracias",
            "P C 4827-1361",
            "PC-4827\u{200b}-1361",
            "\u{202e}PC‑4827–1361",
            "ＰＣ－４８２７－１３６１",
            "48Z71361 no, 48271361",
            "4827 I361",
            "PC-4827-l361",
            "4️⃣8️⃣2️⃣7️⃣1️⃣3️⃣6️⃣1️⃣",
            "cuarenta y ocho, veintisiete, trece, sesenta y uno",
            "48271361 del 3 de mayo",
            "4827 y luego 1361",
            "BC-4827-1361",
            "48271361 mil gracias",
        ] {
            assert_eq!(Folio::parse(text, "PC"), Ok(folio()), "{text}");
        }
    }

    #[test]
    fn the_error_says_what_to_ask() {
        let error = |text: &str| Folio::parse(text, "PC").unwrap_err();
        assert_eq!(error("4827-1316"), FolioError::CheckDigit);
        assert_eq!(error("PC-4827-136"), FolioError::NotEightDigits { found: 7 });
        assert_eq!(error("no lo tengo"), FolioError::NotEightDigits { found: 0 });
        assert_eq!(error(""), FolioError::NotEightDigits { found: 0 });
        assert_eq!(Folio::parse("48271361", "pc"), Err(FolioError::Prefix));
        assert_eq!(Folio::new("TOWNS", 1), Err(FolioError::Prefix));
        assert_eq!(Folio::new("PC", 10_000_000), Err(FolioError::TooLarge { number: 10_000_000 }));
    }

    #[test]
    fn a_folio_is_found_inside_a_message_and_a_phone_is_not_one() {
        for text in
            ["¿qué pasó con mi PC-4827-1361?", "mi reporte 48271361 sigue igual", "folio número 4827 1361"]
        {
            assert_eq!(Folio::find(text, "PC"), Some(folio()), "{text}");
        }
        for text in ["llámame al 4827-1361", "4827 1361", "folio 4827-1316", "998 123 4567", "hola"] {
            assert_eq!(Folio::find(text, "PC"), None, "{text}");
        }
    }

    #[test]
    fn four_megabytes_hold_no_folio() {
        assert!(Folio::parse(&"1 ".repeat(2_000_000), "PC").is_err());
        assert!(Folio::find(&"folio 12".repeat(500_000), "PC").is_none());
    }

    #[test]
    fn it_is_stored_as_its_spelling() {
        let stored = serde_json::to_string(&folio()).unwrap();
        assert_eq!(stored, r#""PC-4827-1361""#);
        assert_eq!(serde_json::from_str::<Folio>(&stored).unwrap(), folio());
        assert!(serde_json::from_str::<Folio>(r#""PC-4827-1362""#).is_err());
    }

    #[test]
    fn a_folio_ends_where_its_sentence_does() {
        for text in ["PC48271361.", "mi folio es pc 4827 1361", "pc 4827 1361", "¿cómo va PC-4827-1361?"] {
            assert!(Folio::find(text, "PC").is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = (Folio::parse(&text, "PC"), Folio::find(&text, "PC"), text.parse::<Folio>());
        }

        #[test]
        fn what_is_written_or_said_is_read_back(number in 0_u32..10_000_000, prefix in "[A-Z]{2,4}") {
            let folio = Folio::new(&prefix, number).unwrap();
            let written = folio.to_string();
            prop_assert_eq!(&written.parse::<Folio>(), &Ok(folio.clone()));
            prop_assert_eq!(&Folio::parse(&written, &prefix), &Ok(folio.clone()));
            prop_assert_eq!(&Folio::find(&format!("hola {written}, gracias"), &prefix), &Some(folio.clone()));
            for lang in [Lang::ES, Lang::EN] {
                prop_assert_eq!(&Folio::parse(&folio.spoken(lang), &prefix), &Ok(folio.clone()));
            }
        }

        #[test]
        fn one_wrong_digit_or_a_swap_is_refused(number in 0_u32..10_000_000, at in 0_usize..8, other in 0_u32..10) {
            let code = format!("{:08}", Folio::new("PC", number).unwrap().code);
            let mut wrong: Vec<char> = code.chars().collect();
            wrong[at] = char::from_digit(other, 10).unwrap();
            let mut swapped: Vec<char> = code.chars().collect();
            swapped.swap(at, (at + 1).min(7));
            for changed in [wrong, swapped] {
                let changed: String = changed.into_iter().collect();
                let read = Folio::parse(&changed, "PC");
                let noticed = read == Err(FolioError::CheckDigit);
                prop_assert_eq!(noticed, changed != code);
            }
        }
    }
}
