//! What a time of day is called, and which hours that is.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::{Reader, reader::only};

use super::time_words;

/// A time of day as said.
///
/// ```
/// use ventanilla_values::TimeExpression;
/// let time = TimeExpression::parse("a las 4 y media").unwrap().resolve();
/// assert_eq!((time.from.to_string().as_str(), time.sure), ("16:30:00", false));
/// assert!(TimeExpression::parse("4:30 pm").unwrap().resolve().sure);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeExpression {
    At(Hour),
    /// "Entre 4 y 5", "de 9 a 2".
    Between {
        from: Hour,
        to: Hour,
    },
    /// "En la tarde".
    Part(DayPart),
}

/// An hour as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// 0 to 23; 1 to 12 where the half of the day was not said.
    pub hour: u32,
    pub minute: u32,
    /// The half of the day was said: "pm", "de la tarde", "16:00".
    pub sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// Madrugada: midnight to six.
    SmallHours,
    /// Six to noon.
    Morning,
    /// Noon to seven, as Mexico says "tarde".
    Afternoon,
    /// Seven to midnight.
    Night,
}

/// From when, and until when where a range was said. A range of the night ends at 23:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRange {
    pub from: NaiveTime,
    pub to: Option<NaiveTime>,
    /// Nothing was guessed. Otherwise ask "¿de la mañana o de la tarde?" where it matters.
    pub sure: bool,
}

/// Without "am" or "pm" an hour from 1 to 6 is in the afternoon, and 7 to 12 as it is said: a town hall is open by day.
const LATEST_AFTERNOON: u32 = 6;

impl TimeExpression {
    /// The one time of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        only(text, Self::read)
    }

    /// The time that begins here.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        time_words::read(reader)
    }

    /// The hours that are meant. An hour whose half of the day was not said is in the afternoon from 1 to 6 and by
    /// morning from 7 on; the end of a range lies behind its beginning ("de 9 a 2" is 9:00 to 14:00).
    pub fn resolve(&self) -> TimeRange {
        match *self {
            Self::At(hour) => TimeRange { from: hour.time(), to: None, sure: hour.sure },
            Self::Between { from, to } => between(from, to),
            Self::Part(part) => {
                let (from, to) = part.hours();
                TimeRange {
                    from: at(from, 0),
                    to: Some(if to == 24 { at(23, 59) } else { at(to, 0) }),
                    sure: true,
                }
            }
        }
    }
}

fn between(from: Hour, to: Hour) -> TimeRange {
    // "De 4 a 5 pm": both are.
    let from =
        if to.sure && !from.sure && to.hour > 12 && from.hour + 12 < to.hour { from.later() } else { from };
    let (start, mut end) = (from.time(), to.time());
    if end <= start && !to.sure {
        end = to.later().time();
    }
    TimeRange { from: start, to: Some(end), sure: from.sure && to.sure }
}

impl Hour {
    /// `None` when the clock has no such hour.
    pub(super) fn new(hour: u32, minute: u32) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute, sure: hour == 0 || hour > 12 })
    }

    /// In the half of the day that was said.
    pub(super) fn in_part(self, part: DayPart) -> Self {
        let hour = match part {
            DayPart::SmallHours | DayPart::Morning if self.hour == 12 => 0,
            // "12 de la noche".
            DayPart::Night if self.hour == 12 => 0,
            DayPart::Afternoon | DayPart::Night if self.hour < 12 => self.hour + 12,
            _ => self.hour,
        };
        Self { hour, sure: true, ..self }
    }

    fn later(self) -> Self {
        Self { hour: if self.hour < 12 { self.hour + 12 } else { self.hour }, ..self }
    }

    fn time(self) -> NaiveTime {
        let guessed = !self.sure && (1..=LATEST_AFTERNOON).contains(&self.hour);
        at(if guessed { self.hour + 12 } else { self.hour }, self.minute)
    }
}

impl DayPart {
    fn hours(self) -> (u32, u32) {
        match self {
            Self::SmallHours => (0, 6),
            Self::Morning => (6, 12),
            Self::Afternoon => (12, 19),
            Self::Night => (19, 24),
        }
    }
}

fn at(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn means(said: &str, from: &str, to: &str, sure: bool) {
        let range = TimeExpression::parse(said).unwrap().resolve();
        let hours = |time: NaiveTime| time.to_string().chars().take(5).collect::<String>();
        let found = (hours(range.from), range.to.map(hours).unwrap_or_default(), range.sure);
        assert_eq!(found, (from.to_owned(), to.to_owned(), sure), "{said}");
    }

    #[test]
    fn an_ambiguous_hour_is_by_day() {
        means("a las 4", "16:00", "", false);
        means("a las 7", "07:00", "", false);
        means("a las 12", "12:00", "", false);
        means("a las 4 de la mañana", "04:00", "", true);
        means("4 pm", "16:00", "", true);
        means("12 am", "00:00", "", true);
        means("16:30", "16:30", "", true);
        means("a las 12 de la noche", "00:00", "", true);
    }

    #[test]
    fn a_range_goes_forward() {
        means("de 9 a 2", "09:00", "14:00", false);
        means("entre 4 y 5", "16:00", "17:00", false);
        means("entre las 11 y la 1", "11:00", "13:00", false);
        means("de 4 a 6 pm", "16:00", "18:00", false);
        means("de 8:00 a 16:00 hrs", "08:00", "16:00", false);
        means("en la tarde", "12:00", "19:00", true);
        means("por la noche", "19:00", "23:59", true);
    }

    #[test]
    fn it_is_stored_and_read_again() {
        for said in ["a las 4", "de 9 a 2", "en la tarde"] {
            let time = TimeExpression::parse(said).unwrap();
            let stored = serde_json::to_string(&time).unwrap();
            assert_eq!(serde_json::from_str::<TimeExpression>(&stored).unwrap(), time);
        }
    }
}
