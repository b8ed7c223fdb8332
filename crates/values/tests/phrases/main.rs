//! Tables of what people answer, in Mexican Spanish and English, and what each answer means.

mod ages;
mod back;
mod days;
mod names;
mod ranges;
mod sentences;
mod times;

use chrono::{NaiveDate, NaiveTime};
use ventanilla_values::{Calendar, DateContext, DayOff, Reading, Tense};

/// A Friday.
pub fn today() -> NaiveDate {
    date("2026-05-15")
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Monday to Friday; the Monday after is a holiday.
pub fn calendar() -> Calendar {
    let day = date("2026-05-18");
    let pause = DayOff { from: date("2026-07-20"), to: date("2026-07-31"), name: "Vacaciones".into() };
    Calendar {
        off: vec![DayOff { from: day, to: day, name: "Día del Puerto".into() }, pause],
        ..Calendar::default()
    }
}

pub fn at(calendar: &Calendar, tense: Tense) -> DateContext<'_> {
    DateContext { today: today(), tense, calendar }
}

pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `a`, `a or b`, or the error.
pub fn shown<T, E: std::fmt::Debug>(read: Result<Reading<T>, E>, write: impl Fn(&T) -> String) -> String {
    match read {
        Ok(Reading::One(one)) => write(&one),
        Ok(Reading::Either(all)) => all.iter().map(write).collect::<Vec<_>>().join(" or "),
        Err(error) => format!("{error:?}"),
    }
}

/// Tells every phrase that means something else than the table says.
#[track_caller]
pub fn check(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, read(text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: {expected}, but read {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}
