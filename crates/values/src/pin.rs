//! The PIN of a report: what lets its owner see the private part. Said once; the server keeps only a hash of it,
//! made elsewhere. It is never logged.

use std::fmt;

use crate::{Lang, digits, number_words};

/// Six digits. `{}` writes them, `{:?}` does not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pin(u32);

const DIGITS: usize = 6;
const COUNT: u32 = 1_000_000;

impl Pin {
    /// From a number of a cryptographic source, evenly spread over all of `u32`: each PIN is then as likely as any
    /// other to within 0.03 %.
    ///
    /// ```
    /// use ventanilla_values::Pin;
    /// assert_eq!(Pin::from_random(3_000_042).to_string(), "000042");
    /// ```
    pub fn from_random(number: u32) -> Self {
        Self(number % COUNT)
    }

    /// Reads six digits, typed in any grouping or dictated; none when there are not six, or two different PINs.
    ///
    /// ```
    /// use ventanilla_values::Pin;
    /// assert_eq!(Pin::parse("mi pin es 123 456"), Some(Pin::from_random(123_456)));
    /// assert_eq!(Pin::parse("12345"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let groups = digits::groups(text, "");
        let mut codes: Vec<String> = digits::codes(&groups, DIGITS).map(|(code, _)| code).collect();
        let all = digits::all(&groups);
        if codes.is_empty() && all.len() == DIGITS {
            codes.push(all);
        }
        let first = codes.first()?;
        if codes.iter().any(|code| code != first) {
            return None;
        }
        first.parse().ok().map(Self)
    }

    /// The digits in pairs, in words, for voice: "doce, treinta y cuatro, cincuenta y seis".
    pub fn spoken(&self, lang: Lang) -> String {
        number_words::spoken_in_pairs(&self.to_string(), lang)
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_write_pins_in_many_ways() {
        for text in [
            "120456",
            "12 04 56",
            "1 2 0 4 5 6",
            "12O456",
            "NIP: 120-456.",
            "doce, cero cuatro, cincuenta y seis",
        ] {
            assert_eq!(Pin::parse(text), Some(Pin(120_456)), "{text}");
        }
        for text in ["", "12045", "1204567", "1 2 0 4 5 6 7", "123456 o 654321", "hola"] {
            assert_eq!(Pin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn debug_keeps_the_secret() {
        assert_eq!(format!("{:?}", Pin(123_456)), "Pin(…)");
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = Pin::parse(&text);
        }

        #[test]
        fn what_is_written_or_said_is_read_back(number in any::<u32>()) {
            let pin = Pin::from_random(number);
            prop_assert_eq!(Pin::parse(&pin.to_string()), Some(pin));
            prop_assert_eq!(Pin::parse(&pin.spoken(Lang::ES)), Some(pin));
            prop_assert_eq!(Pin::parse(&pin.spoken(Lang::EN)), Some(pin));
        }
    }
}
