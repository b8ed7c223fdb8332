//! The answer to "which day?": one date, or the few that it may be.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use thiserror::Error;

use super::{Calendar, DateExpression, date_words, keys};
use crate::{Reader, Reading, TokenKind, text, tokens};

/// What a day is read against.
#[derive(Debug, Clone, Copy)]
pub struct DateContext<'a> {
    /// The day on which it is said, in the town's time zone.
    pub today: NaiveDate,
    pub tense: Tense,
    /// For "el próximo día hábil", and holidays that are named.
    pub calendar: &'a Calendar,
}

/// Where the day lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tense {
    /// Anywhere; what has no year or month is the next one.
    #[default]
    Any,
    /// Today or later: an appointment.
    Ahead,
    /// Today or earlier: a birthday, the day on which something happened.
    Behind,
}

/// Why there is no day. Says nothing of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateError {
    #[error("there is no day")]
    NoDay,
    #[error("there are several days")]
    Several,
    /// 31 February.
    #[error("the calendar has no such day")]
    Impossible,
    /// "La semana que entra".
    #[error("a week or a month is no day")]
    Week,
    #[error("the day is over")]
    Past,
    #[error("the day is yet to come")]
    Future,
    #[error("the range ends before it begins")]
    Backwards,
}

/// The day of an answer: said, written, or pressed as `ddmm` or `ddmmyyyy`.
///
/// A weekday that does not fit its date ("martes 4 de mayo", which is a Monday) and "hoy o mañana" are two days, of
/// which the person has to choose one.
///
/// ```
/// use chrono::NaiveDate;
/// use ventanilla_values::{Calendar, DateContext, DateError, Reading, Tense, read_date};
/// let today = NaiveDate::from_ymd_opt(2026, 5, 15).unwrap();
/// let calendar = Calendar::default();
/// let at = DateContext { today, tense: Tense::Ahead, calendar: &calendar };
/// let day = |text: &str| read_date(text, &at).map(|day| day.one().map(|day| day.to_string()));
/// assert_eq!(day("el lunes 18 de mayo").unwrap().as_deref(), Some("2026-05-18"));
/// assert_eq!(day("el próximo día hábil").unwrap().as_deref(), Some("2026-05-18"));
/// assert_eq!(day("31 de febrero"), Err(DateError::Impossible));
/// assert_eq!(day("la semana que entra"), Err(DateError::Week));
/// ```
pub fn read_date(text: &str, at: &DateContext) -> Result<Reading<NaiveDate>, DateError> {
    if let Some(pressed) = keys::date(text, at.today) {
        return resolved(pressed, at)
            .ok_or(DateError::Impossible)
            .and_then(|day| fits(Reading::One(day), at));
    }
    let tokens = tokens(text);
    let mut said = Vec::new();
    let mut reader = Reader::new(&tokens);
    while !reader.is_done() {
        match read_day(&mut reader, at) {
            Some(day) => said.push(day?),
            None => reader.skip(1),
        }
    }
    if said.is_empty()
        && let Some(day) = at.calendar.named(&text::split(&text::head(text)), at.today)
    {
        return Ok(Reading::One(day));
    }
    if said.is_empty() {
        return Err(if is_impossible(Reader::new(&tokens)) {
            DateError::Impossible
        } else {
            DateError::NoDay
        });
    }
    fits(combined(&said, at)?, at)
}

/// A day as it stands in a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Said {
    Weekday(Weekday, NaiveDate),
    Day(NaiveDate),
    /// "Lunes 3": the number.
    Number(u32),
}

/// The day that begins here; an error where a week or an impossible day does.
pub(super) fn read_day(r: &mut Reader<'_>, at: &DateContext) -> Option<Result<Said, DateError>> {
    if let Some(day) = r.attempt(|r| phrase(r, at)) {
        return Some(Ok(Said::Day(day)));
    }
    let before_is_weekday = date_words::is_weekday(r.word_at(-1));
    if before_is_weekday && let Some(day) = r.attempt(bare_number) {
        return Some(Ok(Said::Number(day)));
    }
    let expression = DateExpression::read(r)?;
    let day = match expression {
        DateExpression::Week(_)
        | DateExpression::Weekend(_)
        | DateExpression::Month(_)
        | DateExpression::NamedMonth { .. }
        | DateExpression::Year(_) => return Some(Err(DateError::Week)),
        _ => resolved(expression, at),
    };
    Some(day.ok_or(DateError::Impossible).map(|day| match expression {
        DateExpression::Weekday { day: weekday, .. } => {
            // "El lunes en ocho": the one after.
            let later = if r.take_phrase(&["en ocho dias", "en ocho"]) { 7 } else { 0 };
            Said::Weekday(weekday, day.checked_add_days(Days::new(later)).unwrap_or(day))
        }
        _ => Said::Day(day),
    }))
}

/// What is no [`DateExpression`]: it needs the calendar, or is said in answers only.
fn phrase(r: &mut Reader<'_>, at: &DateContext) -> Option<NaiveDate> {
    const WORKING: [&str; 11] = [
        "el proximo dia habil",
        "el siguiente dia habil",
        "el primer dia habil",
        "proximo dia habil",
        "siguiente dia habil",
        "the next business day",
        "next business day",
        "the next working day",
        "next working day",
        "el dia habil que sigue",
        "el siguiente dia laboral",
    ];
    if r.take_phrase(&WORKING) {
        return at.calendar.next_working(at.today);
    }
    let idioms = [("de hoy en ocho", 7), ("hoy en ocho", 7), ("de manana en ocho", 8), ("manana en ocho", 8)];
    if let Some(days) = r.take_listed(&idioms) {
        r.take(&["dias"]);
        return at.today.checked_add_days(Days::new(days));
    }
    if r.take_phrase(&["a fin de mes", "fin de mes", "end of the month"]) {
        let next = at.today.with_day(1)?.checked_add_months(chrono::Months::new(1))?;
        return next.pred_opt();
    }
    None
}

/// "3" behind "lunes", where no month and nothing that is counted follows.
fn bare_number(r: &mut Reader<'_>) -> Option<u32> {
    let day = r.take_digits(2).filter(|day| (1..=31).contains(day))?;
    let month = |word: &str| date_words::is_month(word);
    let goes_on = month(r.word()) || (matches!(r.word(), "de" | "del" | "of") && month(r.word_at(1)));
    (!goes_on && !r.is_glued()).then_some(day)
}

pub(super) fn resolved(expression: DateExpression, at: &DateContext) -> Option<NaiveDate> {
    match at.tense {
        Tense::Behind => expression.resolve_past(at.today),
        Tense::Any | Tense::Ahead => expression.resolve(at.today),
    }
}

/// What several words for days mean together: "mañana lunes", "lunes 3 de mayo", "hoy o mañana".
pub(super) fn combined(said: &[Said], at: &DateContext) -> Result<Reading<NaiveDate>, DateError> {
    if let [Said::Weekday(weekday, day), Said::Number(number)] = said {
        let fitting = weekday_and_number(*weekday, *number, at);
        let number = resolved(DateExpression::DayOfMonth(*number), at);
        let either = fitting.map_or_else(|| vec![Some(*day), number], |day| vec![Some(day)]);
        return Reading::among(either.into_iter().flatten()).ok_or(DateError::Impossible);
    }
    let days: Vec<NaiveDate> = said.iter().filter_map(|said| said.day()).collect();
    let named = |said: &Said| matches!(said, Said::Weekday(..));
    let dates: Vec<NaiveDate> = said.iter().filter(|said| !named(said)).filter_map(Said::day).collect();
    if let [date] = dates.as_slice()
        && said.iter().all(|said| said.fits(*date))
    {
        return Ok(Reading::One(*date));
    }
    Reading::among(days).ok_or(DateError::Several)
}

impl Said {
    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Weekday(_, day) | Self::Day(day) => Some(*day),
            Self::Number(_) => None,
        }
    }

    /// Whether it says nothing against a date.
    fn fits(&self, date: NaiveDate) -> bool {
        match self {
            Self::Weekday(weekday, _) => date.weekday() == *weekday,
            Self::Day(day) => *day == date,
            Self::Number(number) => date.day() == *number,
        }
    }
}

/// "Lunes 3": the month in which the 3rd is a Monday, near enough to be meant.
fn weekday_and_number(weekday: Weekday, number: u32, at: &DateContext) -> Option<NaiveDate> {
    const NEAR: u32 = 3;
    let first = at.today.with_day(1)?;
    let month = |n: u32| match at.tense {
        Tense::Behind => first.checked_sub_months(chrono::Months::new(n)),
        Tense::Any | Tense::Ahead => first.checked_add_months(chrono::Months::new(n)),
    };
    let ahead = |day: &NaiveDate| match at.tense {
        Tense::Behind => *day <= at.today,
        Tense::Any | Tense::Ahead => *day >= at.today,
    };
    (0..=NEAR).filter_map(|n| month(n)?.with_day(number)).find(|day| ahead(day) && day.weekday() == weekday)
}

/// Days on the wrong side of today are none; of two, the one on the right side is meant.
fn fits(reading: Reading<NaiveDate>, at: &DateContext) -> Result<Reading<NaiveDate>, DateError> {
    let (right, error): (fn(NaiveDate, NaiveDate) -> bool, _) = match at.tense {
        Tense::Any => return Ok(reading),
        Tense::Ahead => (|day, today| day >= today, DateError::Past),
        Tense::Behind => (|day, today| day <= today, DateError::Future),
    };
    let days = match reading {
        Reading::One(day) => vec![day],
        Reading::Either(days) => days,
    };
    Reading::among(days.into_iter().filter(|day| right(*day, at.today))).ok_or(error)
}

/// "31 de abril", "31/02": written like a day that there is not.
fn is_impossible(mut r: Reader<'_>) -> bool {
    while !r.is_done() {
        let digits = r.token().is_some_and(|token| token.kind == TokenKind::Digits);
        let month = date_words::is_month(r.word_at(1))
            || (matches!(r.word_at(1), "de" | "of") && date_words::is_month(r.word_at(2)));
        let figures = matches!(r.word_at(1), "/" | "-")
            && r.token_at(2).is_some_and(|token| token.kind == TokenKind::Digits);
        if digits && (month || figures) {
            return true;
        }
        r.skip(1);
    }
    false
}
