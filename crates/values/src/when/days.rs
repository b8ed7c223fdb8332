//! The answer to "from which day until which?".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{
    DateContext, DateError, DateExpression, Tense, date_words,
    day::{Said, combined, read_date, read_day},
};
use crate::{Reader, Reading, tokens};

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRange {
    pub from: NaiveDate,
    /// Not before `from`.
    pub to: NaiveDate,
}

/// The days of an answer: "del 3 al 8 de mayo", "de lunes a viernes", "la semana que entra", "este fin de semana",
/// "en mayo", "3-8 de mayo". One day is a range of one day.
///
/// ```
/// use chrono::NaiveDate;
/// use ventanilla_values::{Calendar, DateContext, Tense, read_date_range};
/// let today = NaiveDate::from_ymd_opt(2026, 4, 29).unwrap();
/// let calendar = Calendar::default();
/// let at = DateContext { today, tense: Tense::Ahead, calendar: &calendar };
/// let days = read_date_range("del 3 al 8 de mayo", &at).unwrap().one().unwrap();
/// assert_eq!((days.from.to_string().as_str(), days.to.to_string().as_str()), ("2026-05-03", "2026-05-08"));
/// ```
pub fn read_date_range(text: &str, at: &DateContext) -> Result<Reading<DateRange>, DateError> {
    let tokens = tokens(text);
    let mut reader = Reader::new(&tokens);
    while !reader.is_done() {
        if let Some(range) = reader.attempt(|r| spelled(r, at)) {
            return range.and_then(|range| fits(range, at)).map(Reading::One);
        }
        reader.skip(1);
    }
    let mut reader = Reader::new(&tokens);
    while !reader.is_done() {
        if let Some(range) = reader.attempt(|r| period(r, at)) {
            return fits(range, at).map(Reading::One);
        }
        reader.skip(1);
    }
    let day = read_date(text, at)?;
    Ok(day.map(|day| DateRange { from: day, to: day }))
}

fn fits(range: DateRange, at: &DateContext) -> Result<DateRange, DateError> {
    match at.tense {
        _ if range.to < range.from => Err(DateError::Backwards),
        // "Esta semana" has begun.
        Tense::Ahead if range.to < at.today => Err(DateError::Past),
        Tense::Ahead => Ok(DateRange { from: range.from.max(at.today), ..range }),
        Tense::Behind if range.from > at.today => Err(DateError::Future),
        Tense::Behind => Ok(DateRange { to: range.to.min(at.today), ..range }),
        Tense::Any => Ok(range),
    }
}

/// One end of a range.
enum End {
    Day(NaiveDate),
    Weekday(Weekday, NaiveDate),
    /// A day whose month the other end tells.
    Number(u32),
}

/// "Del … al …", "entre el … y el …", "3-8 de mayo".
fn spelled(r: &mut Reader<'_>, at: &DateContext) -> Option<Result<DateRange, DateError>> {
    let led = r.take(&["del", "de", "desde", "entre", "from", "between"]);
    // "De 9 a 1" are hours; "del 9 al 15", "entre el 9 y el 15" are days.
    let named = r.take(&["el", "los", "the"]).is_some() || led == Some("del");
    let from = end(r, at)?;
    let joint: &[&str] = match led {
        Some("entre" | "between") => &["y", "and", "a", "al"],
        Some(_) => &["a", "al", "hasta", "to", "until", "through", "-"],
        // "3-8 de mayo", "lunes a viernes"; a date in figures was taken whole.
        None => &["a", "al", "hasta", "to", "through", "-"],
    };
    r.take(joint)?;
    r.take_phrase(&["el", "los", "the"]);
    let to = end(r, at)?;
    range(from, to, named, at)
}

fn end(r: &mut Reader<'_>, at: &DateContext) -> Option<End> {
    r.take(&["dia", "the"]);
    let word = r.word();
    if date_words::is_weekday(word) {
        return weekday_end(r, at);
    }
    match r.attempt(|r| read_day(r, at)) {
        Some(Ok(Said::Day(day))) => Some(End::Day(day)),
        Some(Ok(Said::Weekday(weekday, day))) => Some(End::Weekday(weekday, day)),
        Some(Ok(Said::Number(number))) => Some(End::Number(number)),
        Some(Err(_)) => None,
        None => {
            let day = r.take_count(31).filter(|day| *day > 0)?;
            if r.is_glued() {
                r.take(&["st", "nd", "rd", "th", "ro", "o", "º"]);
            }
            Some(End::Number(day))
        }
    }
}

/// "Lunes", "lunes 3", "lunes 3 de mayo": the reader of single days leaves "de lunes a viernes" alone.
fn weekday_end(r: &mut Reader<'_>, at: &DateContext) -> Option<End> {
    let word = [r.token()?.clone()];
    r.skip(1);
    r.take(&[","]);
    let weekday = match DateExpression::read(&mut Reader::new(&word))? {
        DateExpression::Weekday { day, .. } => day,
        _ => return None,
    };
    let behind = match r.attempt(|r| read_day(r, at)) {
        Some(Ok(Said::Day(day))) => Some(End::Day(day)),
        Some(Ok(Said::Number(number))) => Some(End::Number(number)),
        _ => r.attempt(|r| r.take_digits(2).filter(|day| (1..=31).contains(day))).map(End::Number),
    };
    if behind.is_some() {
        return behind;
    }
    let day = combined(&[Said::Weekday(weekday, on_or_after(at.today, weekday)?)], at).ok()?.one()?;
    Some(End::Weekday(weekday, day))
}

fn on_or_after(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    (0..7).filter_map(|n| day.checked_add_days(Days::new(n))).find(|day| day.weekday() == weekday)
}

fn range(from: End, to: End, named: bool, at: &DateContext) -> Option<Result<DateRange, DateError>> {
    let made = |from, to| Some(Ok(DateRange { from, to }));
    match (from, to) {
        (End::Day(from) | End::Weekday(_, from), End::Day(to)) => made(from, to),
        (End::Day(from) | End::Weekday(_, from), End::Weekday(weekday, _)) => {
            made(from, on_or_after(from, weekday)?)
        }
        (End::Day(from) | End::Weekday(_, from), End::Number(to)) => made(from, after(from, to)?),
        (End::Number(from), End::Day(to) | End::Weekday(_, to)) => {
            // "Del 28 al 3 de mayo" begins in April.
            let same = to.with_day(from).filter(|day| *day <= to);
            let before = || to.with_day(1)?.checked_sub_months(Months::new(1))?.with_day(from);
            match same.or_else(before) {
                Some(from) => made(from, to),
                None => Some(Err(DateError::Impossible)),
            }
        }
        (End::Number(from), End::Number(to)) if named => {
            let from = super::day::resolved(DateExpression::DayOfMonth(from), at)?;
            made(from, after(from, to)?)
        }
        (End::Number(_), End::Number(_)) => None,
    }
}

/// The first day of that number on or after another.
fn after(from: NaiveDate, number: u32) -> Option<NaiveDate> {
    DateExpression::DayOfMonth(number).resolve(from)
}

/// "La semana que entra", "este fin de semana", "el mes que viene", "en mayo".
fn period(r: &mut Reader<'_>, at: &DateContext) -> Option<DateRange> {
    let expression = DateExpression::read(r)?;
    let from = super::day::resolved(expression, at)?;
    let to = match expression {
        DateExpression::Week(_) => from.checked_add_days(Days::new(6))?,
        DateExpression::Weekend(_) => from.succ_opt()?,
        DateExpression::Year(_) => from.with_month(12)?.with_day(31)?,
        // "El año pasado".
        DateExpression::Month(-12 | 12) => {
            let from = from.with_month(1)?;
            return Some(DateRange { from, to: from.with_month(12)?.with_day(31)? });
        }
        DateExpression::Month(_) | DateExpression::NamedMonth { .. } => {
            from.checked_add_months(Months::new(1))?.pred_opt()?
        }
        _ => return None,
    };
    Some(DateRange { from, to })
}
