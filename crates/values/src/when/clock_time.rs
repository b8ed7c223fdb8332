//! The answer to "at what time?" and "between which hours?": one time, or the two that it may be.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{DayPart, Hour, TimeExpression, keys};
use crate::{Reader, Reading, text, tokens};

/// From one time of a day to another of the same day, both as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub from: NaiveTime,
    /// Behind `from`. 23:59 is the end of the day.
    pub to: NaiveTime,
}

/// Why there is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TimeError {
    #[error("there is no time of day")]
    NoTime,
    #[error("there are several times")]
    Several,
    /// "En la tarde", where an hour is asked for.
    #[error("a part of the day is no hour")]
    Part,
    /// "De 9 a 1", where an hour is asked for.
    #[error("from one hour to another is no single hour")]
    Range,
    /// "A las 4", where from and until are asked for.
    #[error("one hour is no range")]
    NoRange,
    #[error("the range ends before it begins")]
    Backwards,
}

/// Longer than this nobody means "de 4 a 6".
const LONGEST_HOURS: i64 = 12;

/// The time of an answer: said, written, or pressed as `1630`. Where the half of the day was not said, `within` (the
/// hours of an office, say) decides if only one of the two lies in it; else both are given, to be asked.
///
/// ```
/// use chrono::NaiveTime;
/// use ventanilla_values::{Hours, Reading, TimeError, read_time};
/// let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
/// let office = Hours { from: at(8, 0), to: at(15, 0) };
/// assert_eq!(read_time("a las 4 y media de la tarde", None).unwrap().one(), Some(at(16, 30)));
/// assert!(read_time("a las 9", None) == Ok(Reading::Either(vec![at(9, 0), at(21, 0)])));
/// assert!(read_time("a las 9", Some(office)) == Ok(Reading::One(at(9, 0))));
/// assert_eq!(read_time("en la tarde", None), Err(TimeError::Part));
/// ```
pub fn read_time(text: &str, within: Option<Hours>) -> Result<Reading<NaiveTime>, TimeError> {
    if let Some(hour) = keys::time(text) {
        return Ok(chosen(possible(hour), within));
    }
    let written = with_colons(text);
    let mut said = expressions(&written);
    if said.is_empty() && !written.contains(':') {
        let bare = text::head(&written);
        let bare = ["a las ", "a la ", "las ", "la "]
            .iter()
            .find_map(|lead| bare.strip_prefix(lead))
            .unwrap_or(&bare);
        said = expressions(&format!("a las {bare}"));
    }
    match said.as_slice() {
        [] => Err(TimeError::NoTime),
        [TimeExpression::At(hour)] => Ok(chosen(possible(*hour), within)),
        // "En la mañana, a las 9".
        [TimeExpression::Part(part), TimeExpression::At(hour)]
        | [TimeExpression::At(hour), TimeExpression::Part(part)] => {
            let hour = if hour.sure { *hour } else { hour.in_part(*part) };
            Ok(Reading::One(hour.exact()))
        }
        [TimeExpression::Part(_)] => Err(TimeError::Part),
        [TimeExpression::Between { .. }] => Err(TimeError::Range),
        several => {
            let hour = |said: &TimeExpression| match said {
                TimeExpression::At(hour) if hour.sure => Some(hour.exact()),
                _ => None,
            };
            let hours: Option<Vec<NaiveTime>> = several.iter().map(hour).collect();
            hours.and_then(Reading::among).ok_or(TimeError::Several)
        }
    }
}

/// From when until when: "de 9 a 1", "entre 4 y 6 de la tarde", "toda la mañana", "a partir de las 10", "9-13". What
/// has no beginning or end takes it from `within`, else from the day. Morning is 6 to 12, afternoon 12 to 19.
///
/// ```
/// use ventanilla_values::{Reading, read_time_range};
/// let hours = read_time_range("de 9 a 1", None).unwrap().one().unwrap();
/// assert_eq!((hours.from.to_string().as_str(), hours.to.to_string().as_str()), ("09:00:00", "13:00:00"));
/// assert!(matches!(read_time_range("de 4 a 6", None), Ok(Reading::Either(both)) if both.len() == 2));
/// ```
pub fn read_time_range(text: &str, within: Option<Hours>) -> Result<Reading<Hours>, TimeError> {
    let folded = text::head(&with_colons(text));
    if let Some(whole) = whole_part(&folded, within) {
        return Ok(Reading::One(whole));
    }
    let dashed = folded.replace(['–', '—'], "-").replace('-', " a ");
    if let Some((from, to)) = dashed.trim_start_matches("de ").split_once(" a ")
        && let (Some(from), Some(to)) = (keys::time(from.trim()), keys::time(to.trim()))
    {
        return between(from, to, within);
    }
    let is_range = |said: &TimeExpression| matches!(said, TimeExpression::Between { .. });
    let mut said = expressions(&dashed);
    if !said.iter().any(is_range) {
        let led = ["de", "from"].map(|lead| expressions(&format!("{lead} {dashed}")));
        said = led.into_iter().find(|led| led.iter().any(is_range)).unwrap_or(said);
    }
    if !said.iter().any(is_range)
        && let Some(open) = open_ended(&folded, within)?
    {
        return Ok(open);
    }
    match said.as_slice() {
        [] => Err(TimeError::NoTime),
        [TimeExpression::Between { from, to }] => between(*from, *to, within),
        [TimeExpression::Between { from, to }, TimeExpression::Part(part)]
        | [TimeExpression::Part(part), TimeExpression::Between { from, to }] => {
            let put = |hour: &Hour| if hour.sure { *hour } else { hour.in_part(*part) };
            between(put(from), put(to), within)
        }
        [TimeExpression::Part(part)] => Ok(Reading::One(part.range())),
        [TimeExpression::At(_)] => Err(TimeError::NoRange),
        _ => Err(TimeError::Several),
    }
}

/// "4.30" is "4:30" in an answer.
fn with_colons(text: &str) -> String {
    let chars: Vec<char> = text::head(text).chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let point = |at: usize| {
        let two = digit(Some(at + 1)) && digit(Some(at + 2)) && !digit(Some(at + 3));
        digit(at.checked_sub(1)) && two
    };
    chars.iter().enumerate().map(|(at, c)| if *c == '.' && point(at) { ':' } else { *c }).collect()
}

/// Each different time of a text.
fn expressions(text: &str) -> Vec<TimeExpression> {
    let tokens = tokens(text);
    let (mut reader, mut found) = (Reader::new(&tokens), Vec::new());
    while !reader.is_done() {
        match TimeExpression::read(&mut reader) {
            Some(one) if found.contains(&one) => {}
            Some(one) => found.push(one),
            None => reader.skip(1),
        }
    }
    found
}

/// In which of the two halves of the day, the likelier first: by day.
fn possible(hour: Hour) -> Vec<NaiveTime> {
    let early = Hour { hour: hour.hour % 12, ..hour }.exact();
    let late = Hour { hour: hour.hour % 12 + 12, ..hour }.exact();
    match hour.hour {
        _ if hour.sure => vec![hour.exact()],
        7..=11 => vec![early, late],
        _ => vec![late, early],
    }
}

fn chosen(possible: Vec<NaiveTime>, within: Option<Hours>) -> Reading<NaiveTime> {
    let inside = |time: &&NaiveTime| within.is_some_and(|hours| (hours.from..=hours.to).contains(time));
    let fitting: Vec<NaiveTime> = possible.iter().filter(inside).copied().collect();
    match fitting.as_slice() {
        [one] => Reading::One(*one),
        _ => match possible.as_slice() {
            [one] => Reading::One(*one),
            _ => Reading::Either(possible),
        },
    }
}

fn between(from: Hour, to: Hour, within: Option<Hours>) -> Result<Reading<Hours>, TimeError> {
    let ends = |to: NaiveTime| if to == NaiveTime::MIN { last_minute() } else { to };
    let mut found: Vec<Hours> = Vec::new();
    for from in possible(from) {
        found.extend(possible(to).into_iter().map(|to| Hours { from, to: ends(to) }));
    }
    let both_sure = from.sure && to.sure;
    let sane = |hours: &Hours| {
        let length = (hours.to - hours.from).num_hours();
        hours.to > hours.from && (both_sure || length <= LONGEST_HOURS)
    };
    found.retain(sane);
    // "De 9 a 12" ends at noon: until midnight nobody says so.
    if found.len() > 1 {
        found.retain(|hours| hours.to != last_minute());
    }
    let inside = |hours: &&Hours| within.is_some_and(|w| w.from <= hours.from && hours.to <= w.to);
    let fitting: Vec<Hours> = found.iter().filter(inside).copied().collect();
    if let [one] = fitting.as_slice() {
        return Ok(Reading::One(*one));
    }
    // The shortest are meant: "de 9 a 5" is no night.
    found.sort_by_key(|hours| (hours.to - hours.from, hours.from < morning()));
    Reading::among(found).ok_or(TimeError::Backwards)
}

/// "Toda la mañana", "todo el día", "a cualquier hora".
fn whole_part(folded: &str, within: Option<Hours>) -> Option<Hours> {
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| folded.contains(phrase));
    if has(&["todo el dia", "cualquier hora", "a la hora que sea", "all day", "any time", "anytime"]) {
        return Some(within.unwrap_or(Hours { from: NaiveTime::MIN, to: last_minute() }));
    }
    let parts = [
        (["toda la madrugada", "all night long"], DayPart::SmallHours),
        (["toda la manana", "all morning"], DayPart::Morning),
        (["toda la tarde", "all afternoon"], DayPart::Afternoon),
        (["toda la noche", "all evening"], DayPart::Night),
    ];
    parts.iter().find(|(phrases, _)| has(phrases)).map(|(_, part)| part.range())
}

/// "A partir de las 10", "antes de las 12".
fn open_ended(folded: &str, within: Option<Hours>) -> Result<Option<Reading<Hours>>, TimeError> {
    let rest = |leads: &[&str]| {
        leads.iter().find_map(|lead| {
            folded.split_once(lead).filter(|(before, _)| before.len() <= 12).map(|(_, rest)| rest.to_owned())
        })
    };
    let whole = within.unwrap_or(Hours { from: NaiveTime::MIN, to: last_minute() });
    let after = rest(&["a partir de ", "despues de ", "desde ", "after ", "from "]);
    let before = rest(&["antes de ", "hasta ", "before ", "until "]);
    let (said, is_start) = match (after, before) {
        (Some(said), None) => (said, true),
        (None, Some(said)) => (said, false),
        _ => return Ok(None),
    };
    let Ok(times) = read_time(&said, within) else { return Ok(None) };
    let hours =
        |time: NaiveTime| if is_start { Hours { from: time, ..whole } } else { Hours { to: time, ..whole } };
    let possible = match times {
        Reading::One(time) => vec![hours(time)],
        Reading::Either(times) => times.into_iter().map(hours).collect(),
    };
    Reading::among(possible.into_iter().filter(|hours| hours.from < hours.to))
        .map(Some)
        .ok_or(TimeError::Backwards)
}

fn last_minute() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default()
}

fn morning() -> NaiveTime {
    NaiveTime::from_hms_opt(7, 0, 0).unwrap_or_default()
}

impl Hour {
    /// As the clock of 24 hours says it.
    fn exact(self) -> NaiveTime {
        NaiveTime::from_hms_opt(self.hour, self.minute, 0).unwrap_or_default()
    }
}

impl DayPart {
    /// A night ends at 23:59.
    fn range(self) -> Hours {
        let range = TimeExpression::Part(self).resolve();
        Hours { from: range.from, to: range.to.unwrap_or_else(last_minute) }
    }
}
