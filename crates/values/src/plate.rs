//! The plate of a vehicle of Mexico. States hand out several forms at once; only the order of letters and digits is
//! judged, since registers are not open.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::code_in_text;

/// Letters and digits of a plate in capitals, without dashes: `ABC123D`.
///
/// ```
/// use ventanilla_values::{Plate, PlateError};
/// assert_eq!(Plate::parse("abc-123-d")?.as_str(), "ABC123D");
/// assert_eq!(Plate::parse("12 34"), Err(PlateError));
/// # Ok::<(), PlateError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Plate(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this is no plate: it has letters and digits in groups, like ABC-123-D")]
pub struct PlateError;

/// Orders of letters (A) and digits (0): NOM-001-SCT-2-2000 and -2016, and Mexico City's own.
const FORMS: [&str; 16] = [
    "AAA000A", // cars since 2016
    "AAA0000", // cars before
    "000AAA",  // cars, Mexico City before 2014
    "A00AAA",  // cars, Mexico City
    "A00AA0",  // cars, Mexico City, since 2023
    "AA00000", // trucks before 2016
    "AA0000A", // trucks
    "A000AAA", // taxis
    "0000AAA", // taxis before
    "A00000",  // taxis, Mexico City
    "00AA0A",  // federal service
    "000AA0",  // federal service before
    "AAA00",   // motorcycles
    "AAA00A",  // motorcycles
    "00AAA0",  // motorcycles since 2016
    "0AAA0",   // motorcycles, Mexico City
];

impl Plate {
    /// Reads a plate that is the whole text: small letters, spaces, dashes and points are forgiven.
    pub fn parse(text: &str) -> Result<Self, PlateError> {
        let code = crate::curp::compact(text);
        if FORMS.contains(&form(&code).as_str()) { Ok(Self(code)) } else { Err(PlateError) }
    }

    /// Reads the answer to a question for it: words around it are forgiven.
    pub fn find(text: &str) -> Result<Self, PlateError> {
        code_in_text::find(text, Self::parse)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text can be nothing else than a plate: capitals and digits in the groups of a private car, with
    /// dashes, like `ABC-123-D`, `ABC-12-34` or `S12-ABC`.
    ///
    /// ```
    /// use ventanilla_values::Plate;
    /// assert!(Plate::is_unmistakable("ABC-123-D"));
    /// assert!(!Plate::is_unmistakable("abc 123 d"));
    /// ```
    pub fn is_unmistakable(text: &str) -> bool {
        matches!(form(text).as_str(), "AAA-000-A" | "AAA-00-00" | "A00-AAA")
    }
}

fn form(code: &str) -> String {
    let shape = |c: char| match c {
        'A'..='Z' => 'A',
        '0'..='9' => '0',
        _ => c,
    };
    code.chars().map(shape).collect()
}

/// Without the vehicle: `Plate(…)`.
impl fmt::Debug for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plate(…)")
    }
}

impl fmt::Display for Plate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Plate {
    type Err = PlateError;

    fn from_str(text: &str) -> Result<Self, PlateError> {
        Self::parse(text)
    }
}

impl Serialize for Plate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Plate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_of_cars_taxis_and_motorcycles_are_read() {
        for (text, plate) in [
            ("ABC-123-D", "ABC123D"),
            ("abc 12 34", "ABC1234"),
            ("S12-ABC", "S12ABC"),
            ("a123bcd", "A123BCD"),
            ("12-AB-3C", "12AB3C"),
            ("XYZ12", "XYZ12"),
            ("12ABC3", "12ABC3"),
        ] {
            assert_eq!(Plate::parse(text).map(|p| p.to_string()).as_deref(), Ok(plate), "{text}");
        }
    }

    #[test]
    fn what_has_another_form_is_no_plate() {
        for text in ["", "1234567", "ABCDEFG", "AB1", "ÑBC-123-D", "ABC-1234-DE", "🚗"] {
            assert_eq!(Plate::parse(text), Err(PlateError), "{text}");
        }
    }

    #[test]
    fn it_hides_in_logs_and_is_stored_as_text() {
        let plate = Plate::parse("ABC-123-D").unwrap();
        assert_eq!(format!("{plate:?}"), "Plate(…)");
        assert_eq!(serde_json::to_string(&plate).unwrap(), "\"ABC123D\"");
        assert_eq!(serde_json::from_str::<Plate>("\"ABC-123-D\"").unwrap(), plate);
    }
}
