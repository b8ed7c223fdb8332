//! How old somebody is: years that are completed, and months where a child is small.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Calendar, DateContext, Length, Reader, Reading, Tense, Unit, number, read_date, text, tokens};

/// Completed years, and the months beyond them where they were said.
///
/// ```
/// use chrono::NaiveDate;
/// use ventanilla_values::{Age, AgeError, Reading};
/// let today = NaiveDate::from_ymd_opt(2026, 5, 15).unwrap();
/// let years = |text: &str| Age::read(text, today).map(|age| age.one().map(|age| (age.years, age.months)));
/// assert_eq!(years("tengo 34 años"), Ok(Some((34, 0))));
/// assert_eq!(years("cumplo 60 en marzo"), Ok(Some((59, 0))));
/// assert_eq!(years("mi niño tiene ocho meses"), Ok(Some((0, 8))));
/// assert_eq!(years("no te digo"), Err(AgeError::NoAge));
/// assert!(matches!(Age::read("nací en 1964", today), Ok(Reading::Either(two)) if two.len() == 2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Age {
    pub years: u32,
    /// 0 to 11.
    #[serde(default)]
    pub months: u32,
}

/// Why there is no age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AgeError {
    #[error("there is no age")]
    NoAge,
    #[error("there are several ages")]
    Several,
    #[error("nobody is so old")]
    TooOld,
    #[error("the day of birth is yet to come")]
    NotBorn,
}

/// The oldest person that was ever verified lived 122 years.
const OLDEST: u32 = 122;

/// Before a birthday that is not there yet.
const SOON: [&str; 20] = [
    "voy a cumplir",
    "va a cumplir",
    "estoy por cumplir",
    "esta por cumplir",
    "por cumplir",
    "cumplo",
    "cumple",
    "cumplire",
    "cumplira",
    "ya casi cumplo",
    "ya casi",
    "casi",
    "voy para los",
    "i turn",
    "i will turn",
    "i ' ll be",
    "turning",
    "about to turn",
    "almost",
    "nearly",
];
/// Behind one, or on it.
const DONE: [&str; 8] = [
    "acabo de cumplir",
    "acaba de cumplir",
    "hoy cumplo",
    "hoy cumple",
    "ya cumpli",
    "cumpli",
    "just turned",
    "turned",
];
const NEWBORN: [&str; 7] = [
    "recien nacido",
    "recien nacida",
    "menos de 1 mes",
    "menos de un mes",
    "less than 1 month",
    "newborn",
    "new born",
];

impl Age {
    /// The age of an answer, on a day. A year of birth gives two: before the birthday and after it.
    pub fn read(text: &str, today: NaiveDate) -> Result<Reading<Self>, AgeError> {
        let tokens = tokens(text);
        if let Some(age) = birth(text, &tokens, today) {
            return age;
        }
        let (mut reader, mut found) = (Reader::new(&tokens), Vec::new());
        while !reader.is_done() {
            match reader.attempt(said) {
                Some(age) if found.contains(&age) => {}
                Some(age) => found.push(age),
                None => reader.skip(1),
            }
        }
        if found.is_empty() {
            found.extend(bare(text));
        }
        match found.as_slice() {
            [] => Err(AgeError::NoAge),
            [age] if age.years > OLDEST => Err(AgeError::TooOld),
            [age] => Ok(Reading::One(*age)),
            _ => Err(AgeError::Several),
        }
    }

    /// On a day, of somebody who was born on another.
    pub fn of(born: NaiveDate, today: NaiveDate) -> Option<Self> {
        let years = today.years_since(born)?;
        let months = (today.month() + 12 - born.month() - u32::from(today.day() < born.day())) % 12;
        Some(Self { years, months: if years < YOUNG { months } else { 0 } })
    }

    fn years(years: u32) -> Self {
        Self { years, months: 0 }
    }

    fn months(months: u32) -> Self {
        Self { years: months / 12, months: months % 12 }
    }
}

/// Up to here months are told.
const YOUNG: u32 = 3;

/// What begins here.
fn said(r: &mut Reader<'_>) -> Option<Age> {
    if r.take_phrase(&NEWBORN) {
        return Some(Age::years(0));
    }
    if r.take_phrase(&DONE) {
        r.take(&["los", "mis"]);
        let years = r.take_count(999)?;
        r.take(&["anos", "ano", "years"]);
        return Some(Age::years(years));
    }
    if r.take_phrase(&SOON) {
        r.take(&["los", "mis"]);
        let years = r.take_count(999).filter(|years| *years > 0)?;
        r.take(&["anos", "ano", "years"]);
        // "Hoy cumplo" was read above; "cumplo 60 hoy" ends so.
        let today = matches!(r.word(), "hoy" | "today");
        return Some(Age::years(if today { years } else { years - 1 }));
    }
    let length = r.attempt(dashed).or_else(|| Length::read(r))?;
    let months = in_months(length)?;
    let more = r.attempt(|r| {
        r.take(&["y", "con", "and", ","]);
        Length::read(r).filter(|more| more.unit == Unit::Months && length.unit == Unit::Years)
    });
    let months = months + more.and_then(in_months).unwrap_or(0);
    let young = months < YOUNG * 12 || more.is_some() || length.unit == Unit::Months;
    Some(if young { Age::months(months) } else { Age::years(months / 12) })
}

/// "34-year-old".
fn dashed(r: &mut Reader<'_>) -> Option<Length> {
    let years = r.take_count(999)?;
    r.take(&["-"])?;
    r.take(&["year"])?;
    Some(Length { amount: f64::from(years), unit: Unit::Years })
}

fn in_months(length: Length) -> Option<u32> {
    let months = match length.unit {
        Unit::Years => length.amount * 12.0,
        Unit::Months => length.amount,
        Unit::Weeks => length.amount * 7.0 / 30.0,
        Unit::Days => length.amount / 30.0,
        Unit::Hours => return None,
    };
    (0.0..=12_000.0).contains(&months).then_some(months.floor() as u32)
}

/// "62", "sesenta y dos", "soy de 62": years.
fn bare(text: &str) -> Option<Age> {
    let years = number(text).filter(|years| (0.0..=999.0).contains(years))?;
    match years.fract() {
        0.0 => Some(Age::years(years as u32)),
        0.5 => Some(Age::months((years * 12.0) as u32)),
        _ => None,
    }
}

/// "Nací el 3 de mayo de 1964", "1964".
fn birth(text: &str, tokens: &[crate::Token], today: NaiveDate) -> Option<Result<Reading<Age>, AgeError>> {
    let words = text::split(&text::head(text));
    let born =
        words.iter().any(|word| matches!(word.as_str(), "naci" | "nacio" | "nacido" | "nacida" | "born"));
    let recent = NEWBORN.iter().any(|phrase| words.join(" ").contains(phrase));
    if !born && words.len() > 1 || recent {
        return None;
    }
    let years = tokens.iter().filter(|token| token.folded.len() == 4);
    let year = years.filter_map(|token| token.folded.parse::<i32>().ok()).find(|year| *year >= 1900);
    let calendar = Calendar::default();
    let at = DateContext { today, tense: Tense::Behind, calendar: &calendar };
    if born && let Ok(Reading::One(day)) = read_date(text, &at) {
        return Some(Age::of(day, today).map(Reading::One).ok_or(AgeError::NotBorn));
    }
    let year = year?;
    let later = u32::try_from(today.year() - year).ok();
    Some(match later {
        None => Err(AgeError::NotBorn),
        Some(later) if later > OLDEST => Err(AgeError::TooOld),
        Some(later) => {
            let possible = [Some(later), later.checked_sub(1)].into_iter().flatten().map(Age::years);
            Reading::among(possible).ok_or(AgeError::NoAge)
        }
    })
}

/// Without the age: it may be somebody's.
impl fmt::Debug for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Age(…)")
    }
}
