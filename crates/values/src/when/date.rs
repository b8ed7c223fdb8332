//! What a day is called, and which day that is.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Reader, reader::only};

use super::date_words;

/// A day as said. It becomes a date against the day on which it was said, in the town's time zone.
///
/// ```
/// use chrono::NaiveDate;
/// use ventanilla_values::DateExpression;
/// let friday = NaiveDate::from_ymd_opt(2026, 5, 15).unwrap();
/// let day = |text: &str| DateExpression::parse(text).and_then(|said| said.resolve(friday)).map(|d| d.to_string());
/// assert_eq!(day("el lunes que viene").as_deref(), Some("2026-05-18"));
/// assert_eq!(day("3/06").as_deref(), Some("2026-06-03"), "day before month");
/// assert_eq!(day("31/02"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateExpression {
    /// So many days from that day on: "hoy" is 0, "anteayer" -2, "en dos semanas" 14.
    Days(i32),
    /// So many months from that day on: "hace un año" is -12.
    Months(i32),
    Weekday {
        day: Weekday,
        which: Which,
    },
    /// The week so many weeks on: "la semana pasada" is -1. Its Monday.
    Week(i32),
    /// The month so many months on: "el mes que viene" is 1. Its first day.
    Month(i32),
    /// Its Saturday.
    Weekend(Which),
    /// "2020": its first day.
    Year(i32),
    /// "El 15 del mes pasado": the day of the month so many months on.
    DayOfMonthFrom {
        day: u32,
        months: i32,
    },
    /// "Enero": its first day.
    NamedMonth {
        month: u32,
        year: Option<i32>,
    },
    /// "El 15".
    DayOfMonth(u32),
    /// "15 de mayo".
    DayAndMonth {
        day: u32,
        month: u32,
    },
    /// "15/05/2026".
    Date(NaiveDate),
}

/// Which of the days of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// "El lunes": the next one; on a Monday the one in a week, since for today people say today.
    Plain,
    /// "Este lunes": the next one, today included.
    This,
    /// "El lunes que viene", "next Monday": the first one after today.
    Next,
    /// "El lunes pasado", "last Monday": the latest one before today.
    Last,
}

/// Far enough for any appointment and any birthday of a citizen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// Until when a day of some month or leap year is looked for.
const MONTHS_AHEAD: u32 = 8 * 12;

impl DateExpression {
    /// The one day of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        only(text, Self::read)
    }

    /// The day that begins here. Impossible dates ("31/02") are none.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        date_words::read(reader)
    }

    /// A date of the calendar, between 1900 and 2100.
    pub(super) fn date(year: i32, month: u32, day: u32) -> Option<Self> {
        YEARS.contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten().map(Self::Date)
    }

    /// A day that its month has, in leap years at least.
    pub(super) fn day_and_month(day: u32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self::DayAndMonth { day, month })
    }

    /// The date that is meant when it lies ahead, as in an appointment: what has no year or month is the next one,
    /// today included. `None` when the calendar has no such day.
    pub fn resolve(&self, today: NaiveDate) -> Option<NaiveDate> {
        match *self {
            Self::Weekday { day, which } => weekday(today, day, which),
            Self::NamedMonth { month, year: None } => on_or_after(today, 1, Some(month)),
            Self::DayOfMonth(day) => on_or_after(today, day, None),
            Self::DayAndMonth { day, month } => on_or_after(today, day, Some(month)),
            _ => self.resolve_fixed(today),
        }
    }

    /// The date that is meant when it has been, as in "desde el lunes": what has no year or month is the latest one,
    /// today included; a plain weekday is the latest before today.
    pub fn resolve_past(&self, today: NaiveDate) -> Option<NaiveDate> {
        match *self {
            Self::Weekday { day, which: Which::Plain } => weekday(today, day, Which::Last),
            Self::Weekday { day, which: Which::This } => within_a_week(today, day, -1, 0),
            Self::NamedMonth { month, year: None } => on_or_before(today, 1, Some(month)),
            Self::DayOfMonth(day) => on_or_before(today, day, None),
            Self::Weekend(Which::Plain) => within_a_week(today, Weekday::Sat, -1, 0),
            Self::DayAndMonth { day, month } => on_or_before(today, day, Some(month)),
            _ => self.resolve(today),
        }
    }

    /// What is the same, ahead or behind.
    fn resolve_fixed(&self, today: NaiveDate) -> Option<NaiveDate> {
        match *self {
            Self::Days(days) => shift_days(today, days),
            Self::Months(months) => shift_months(today, months),
            Self::Week(weeks) => {
                let monday = shift_days(today, -(today.weekday().num_days_from_monday() as i32))?;
                shift_days(monday, weeks.checked_mul(7)?)
            }
            Self::Month(months) => shift_months(today.with_day(1)?, months),
            Self::NamedMonth { month, year: Some(year) } => NaiveDate::from_ymd_opt(year, month, 1),
            Self::Date(date) => Some(date),
            Self::Weekend(which) => weekend(today, which),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::DayOfMonthFrom { day, months } => shift_months(today.with_day(1)?, months)?.with_day(day),
            _ => None,
        }
    }
}

fn shift_days(day: NaiveDate, by: i32) -> Option<NaiveDate> {
    let days = Days::new(u64::from(by.unsigned_abs()));
    if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

/// The 31st becomes the last day of a shorter month.
fn shift_months(day: NaiveDate, by: i32) -> Option<NaiveDate> {
    let months = Months::new(by.unsigned_abs());
    if by < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

fn weekday(today: NaiveDate, day: Weekday, which: Which) -> Option<NaiveDate> {
    match which {
        Which::Plain | Which::Next => within_a_week(today, day, 1, 1),
        Which::This => within_a_week(today, day, 1, 0),
        Which::Last => within_a_week(today, day, -1, 1),
    }
}

/// The Saturday of the weekend that it may be today, of the one after it, or of the one before.
fn weekend(today: NaiveDate, which: Which) -> Option<NaiveDate> {
    let nearest = match today.weekday() {
        Weekday::Sun => shift_days(today, -1)?,
        _ => within_a_week(today, Weekday::Sat, 1, 0)?,
    };
    match which {
        Which::Plain | Which::This => Some(nearest),
        Which::Next => within_a_week(today, Weekday::Sat, 1, 1),
        Which::Last => shift_days(nearest, -7),
    }
}

/// The nearest day of that name in a direction (1 or -1), at least so many days away.
fn within_a_week(today: NaiveDate, day: Weekday, step: i32, least: i32) -> Option<NaiveDate> {
    (least..least + 7).filter_map(|n| shift_days(today, n * step)).find(|date| date.weekday() == day)
}

fn on_or_after(today: NaiveDate, day: u32, month: Option<u32>) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let starts = (0..=MONTHS_AHEAD).filter_map(|n| first.checked_add_months(Months::new(n)));
    day_in(starts, day, month).find(|date| *date >= today)
}

fn on_or_before(today: NaiveDate, day: u32, month: Option<u32>) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let starts = (0..=MONTHS_AHEAD).filter_map(|n| first.checked_sub_months(Months::new(n)));
    day_in(starts, day, month).find(|date| *date <= today)
}

/// The day in each of the months that have it and have the right name.
fn day_in(
    months: impl Iterator<Item = NaiveDate>,
    day: u32,
    month: Option<u32>,
) -> impl Iterator<Item = NaiveDate> {
    months
        .filter(move |first| month.is_none_or(|m| first.month() == m))
        .filter_map(move |first| first.with_day(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn ahead(said: &str, today: &str, expected: &str) {
        let date = DateExpression::parse(said).and_then(|d| d.resolve(day(today)));
        assert_eq!(date, Some(day(expected)), "{said} on {today}");
    }

    #[track_caller]
    fn behind(said: &str, today: &str, expected: &str) {
        let date = DateExpression::parse(said).and_then(|d| d.resolve_past(day(today)));
        assert_eq!(date, Some(day(expected)), "{said} on {today}");
    }

    #[test]
    fn weekdays_cross_the_end_of_the_year() {
        // 31 December 2026 is a Thursday.
        ahead("el lunes", "2026-12-31", "2027-01-04");
        ahead("el jueves", "2026-12-31", "2027-01-07");
        ahead("este jueves", "2026-12-31", "2026-12-31");
        ahead("este viernes", "2026-12-31", "2027-01-01");
        ahead("next wednesday", "2026-12-31", "2027-01-06");
        ahead("el viernes pasado", "2027-01-01", "2026-12-25");
        behind("el lunes", "2027-01-01", "2026-12-28");
        behind("el viernes", "2027-01-01", "2026-12-25");
    }

    #[test]
    fn days_weeks_and_months_are_counted_from_the_day() {
        ahead("pasado mañana", "2026-12-30", "2027-01-01");
        ahead("anteayer", "2027-01-01", "2026-12-30");
        ahead("en quince días", "2026-12-20", "2027-01-04");
        ahead("dentro de dos semanas", "2026-02-20", "2026-03-06");
        ahead("hace tres días", "2026-01-02", "2025-12-30");
        ahead("hace un mes", "2026-03-31", "2026-02-28");
        ahead("in a year", "2024-02-29", "2025-02-28");
        ahead("la semana pasada", "2027-01-01", "2026-12-21");
        ahead("next month", "2026-12-31", "2027-01-01");
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest_ahead_or_behind() {
        ahead("15 de mayo", "2026-05-15", "2026-05-15");
        ahead("15 de mayo", "2026-05-16", "2027-05-15");
        behind("15 de mayo", "2026-05-14", "2025-05-15");
        ahead("el 31", "2026-02-10", "2026-03-31");
        behind("el 31", "2026-02-10", "2026-01-31");
        ahead("29 de febrero", "2026-01-01", "2028-02-29");
        behind("29 de febrero", "2026-01-01", "2024-02-29");
        behind("enero de 2020", "2026-01-01", "2020-01-01");
    }

    #[test]
    fn weekends_years_and_days_of_other_months_are_resolved() {
        // 18 November 2026 is a Wednesday, the 22nd a Sunday.
        ahead("este fin de semana", "2026-11-18", "2026-11-21");
        ahead("este fin de semana", "2026-11-22", "2026-11-21");
        ahead("el próximo fin de semana", "2026-11-22", "2026-11-28");
        behind("el fin de semana pasado", "2026-11-18", "2026-11-14");
        behind("el fin de semana pasado", "2026-11-22", "2026-11-14");
        behind("desde el fin de semana", "2026-11-18", "2026-11-14");
        behind("el 15 del mes pasado", "2027-01-02", "2026-12-15");
        behind("desde 2020", "2026-11-18", "2020-01-01");
        behind("desde navidad", "2026-11-18", "2025-12-25");
        let none = DateExpression::parse("el 31 del mes pasado").unwrap();
        assert_eq!(none.resolve_past(day("2026-12-05")), None);
    }

    #[test]
    fn the_end_of_the_calendar_is_survived() {
        for said in ["el 31", "el lunes", "en dos años", "el mes que viene", "ayer", "29 de febrero"] {
            let said = DateExpression::parse(said).unwrap();
            for today in [NaiveDate::MIN, NaiveDate::MAX] {
                let _ = (said.resolve(today), said.resolve_past(today));
            }
        }
        let far = [
            DateExpression::Days(i32::MIN),
            DateExpression::Week(i32::MAX),
            DateExpression::Months(i32::MIN),
        ];
        for said in far {
            assert_eq!(said.resolve(day("2026-01-01")), None);
        }
    }

    #[test]
    fn it_is_stored_and_read_again() {
        let said = DateExpression::Weekday { day: Weekday::Mon, which: Which::Next };
        let stored = serde_json::to_string(&said).unwrap();
        assert_eq!(stored, r#"{"weekday":{"day":"Mon","which":"next"}}"#);
        assert_eq!(serde_json::from_str::<DateExpression>(&stored).unwrap(), said);
    }
}
