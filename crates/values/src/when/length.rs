//! How long: "dos semanas", "mes y medio", "quince días", "three days".

use serde::{Deserialize, Serialize};

use crate::{Reader, reader::only};

/// A number of hours, days, weeks …: "un año y medio" is 1.5 years.
///
/// ```
/// use ventanilla_values::Length;
/// assert_eq!(Length::parse("como dos semanas").map(|l| l.days()), Some(14));
/// assert_eq!(Length::parse("mes y medio").map(|l| l.days()), Some(45));
/// assert_eq!(Length::parse("5 horas").map(|l| l.days()), Some(0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Length {
    pub amount: f64,
    pub unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// Longer than anybody waits.
const MOST: f64 = 1_000.0;

const UNITS: [(&str, Unit); 22] = [
    ("hora", Unit::Hours),
    ("horas", Unit::Hours),
    ("hrs", Unit::Hours),
    ("hour", Unit::Hours),
    ("hours", Unit::Hours),
    ("dia", Unit::Days),
    ("dias", Unit::Days),
    ("day", Unit::Days),
    ("days", Unit::Days),
    ("semana", Unit::Weeks),
    ("semanas", Unit::Weeks),
    ("semans", Unit::Weeks),
    ("week", Unit::Weeks),
    ("weeks", Unit::Weeks),
    ("mes", Unit::Months),
    ("meses", Unit::Months),
    ("month", Unit::Months),
    ("months", Unit::Months),
    ("ano", Unit::Years),
    ("anos", Unit::Years),
    ("year", Unit::Years),
    ("years", Unit::Years),
];

impl Unit {
    /// "Semanas", "months".
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.take_listed(&UNITS)
    }

    /// A month counts 30 days, a year 365.
    fn hours(self) -> f64 {
        match self {
            Self::Hours => 1.0,
            Self::Days => 24.0,
            Self::Weeks => 7.0 * 24.0,
            Self::Months => 30.0 * 24.0,
            Self::Years => 365.0 * 24.0,
        }
    }
}

impl Length {
    /// The one length of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        only(text, Self::read)
    }

    /// The length that begins here.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let length =
            reader.attempt(|r| half(r).or_else(|| r.attempt(counted)).or_else(|| r.attempt(one_and_half)))?;
        (0.0..=MOST).contains(&length.amount).then_some(length)
    }

    /// Whole days, rounded down.
    pub fn days(&self) -> u32 {
        (self.amount * self.unit.hours() / 24.0).floor().clamp(0.0, 1e6) as u32
    }
}

/// "Medio año", "half a year".
fn half(r: &mut Reader<'_>) -> Option<Length> {
    r.attempt(|r| {
        r.take_phrase(&["media", "medio", "half a", "half an"]).then_some(())?;
        Unit::read(r).map(|unit| Length { amount: 0.5, unit })
    })
}

/// "Tres meses y medio", "un par de días", "a couple of weeks", "a week".
fn counted(r: &mut Reader<'_>) -> Option<Length> {
    let amount = match r.take_phrase(&["a couple of", "a couple"]) {
        true => 2.0,
        false => r.attempt(|r| r.take(&["a", "an"]).map(|_| 1.0)).or_else(|| r.take_number())?,
    };
    r.take(&["de", "of", "-"]);
    if r.take(&["quincena", "quincenas", "fortnight"]).is_some() {
        return Some(Length { amount: amount * 15.0, unit: Unit::Days });
    }
    let unit = Unit::read(r)?;
    Some(Length { amount: amount + and_half(r), unit })
}

/// "Mes y medio".
fn one_and_half(r: &mut Reader<'_>) -> Option<Length> {
    let unit = Unit::read(r)?;
    Some(Length { amount: 1.0 + and_half(r), unit }).filter(|length| length.amount > 1.0)
}

fn and_half(r: &mut Reader<'_>) -> f64 {
    if r.take_phrase(&["y medio", "y media", "and a half"]) { 0.5 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_spanish_and_english() {
        for (text, days) in [
            ("15 días", 15),
            ("quince dias", 15),
            ("una semana", 7),
            ("un par de semanas", 14),
            ("mes y medio", 45),
            ("tres meses y medio", 105),
            ("medio año", 182),
            ("dos años", 730),
            ("48 horas", 2),
            ("three weeks", 21),
            ("a couple of days", 2),
            ("a month and a half", 45),
            ("half a year", 182),
            ("una quincena", 15),
            ("dos quincenas", 30),
        ] {
            assert_eq!(Length::parse(text).map(|l| l.days()), Some(days), "{text}");
        }
    }

    #[test]
    fn a_unit_alone_or_an_endless_number_is_no_length() {
        for text in ["", "semanas", "tres", "99999 años", "cada mes", "3 metros"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
    }
}
