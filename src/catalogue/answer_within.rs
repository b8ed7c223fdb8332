//! How soon people are to be answered: `answer_within` in `calendar.yaml`, and in `departments.yaml` where a department
//! promises something else. Counted in minutes of office hours; for somebody in danger the clock never stops.

use chrono::{DateTime, Days, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::{
    Catalogue,
    node::{Kind, Node},
    office::{LOOK_AHEAD_DAYS, Office},
    reader::{Fields, Reader},
};

/// Minutes. A promise of more than a week of open hours is none.
const LONGEST: f64 = 10_080.0;
/// Of a hundred parts of the time, so many may pass before somebody should hurry.
const AT_RISK_PERCENT: i32 = 75;

/// Minutes until somebody is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerWithin {
    /// The first time; of office hours.
    pub first: u32,
    /// Each later time; of office hours.
    pub next: u32,
    /// Whenever they are in danger; at any hour.
    pub crisis: u32,
}

impl Default for AnswerWithin {
    fn default() -> Self {
        Self { first: 15, next: 30, crisis: 5 }
    }
}

/// What a file says of it; the rest stands as it is elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promised {
    first: Option<u32>,
    next: Option<u32>,
    crisis: Option<u32>,
}

impl Promised {
    pub(super) fn over(self, standing: AnswerWithin) -> AnswerWithin {
        AnswerWithin {
            first: self.first.unwrap_or(standing.first),
            next: self.next.unwrap_or(standing.next),
            crisis: self.crisis.unwrap_or(standing.crisis),
        }
    }
}

/// `answer_within: {first: 15, next: 30, crisis: 5}`, of the calendar or of a department.
pub(super) fn read(reader: &Reader<'_>, node: &Node) -> Promised {
    let Some(fields) = reader.fields(node, "answer_within") else { return Promised::default() };
    fields.only(&["first", "next", "crisis"]);
    Promised {
        first: minutes(&fields, "first"),
        next: minutes(&fields, "next"),
        crisis: minutes(&fields, "crisis"),
    }
}

fn minutes(fields: &Fields<'_>, key: &str) -> Option<u32> {
    let node = fields.node(key)?;
    match node.kind {
        Kind::Number(minutes) if (1.0..=LONGEST).contains(&minutes) && minutes.fract() == 0.0 =>
        {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, 1 to 10080")]
            Some(minutes as u32)
        }
        _ => {
            let hint = format!("write whole minutes of office hours, 1 to {LONGEST}: {key}: 15");
            fields.reader.error(node.line, format!("{key} is no number of minutes"), hint);
            None
        }
    }
}

/// Who waits, for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// Id of a department; `None`: the town hall.
    pub department: Option<&'a str>,
    /// Somebody is in danger.
    pub crisis: bool,
    /// Nobody answered them before.
    pub first: bool,
}

/// Until when somebody is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// From then on somebody should hurry.
    pub at_risk: DateTime<Utc>,
    pub due: DateTime<Utc>,
}

impl Catalogue {
    /// How soon a department, or the town hall, answers.
    pub fn answer_within(&self, department: Option<&str>) -> AnswerWithin {
        let own = department.and_then(|id| self.department(id)).and_then(|one| one.answer_within);
        own.unwrap_or_default().over(self.answer_within)
    }

    /// Until when somebody who waits since a moment is to be answered; `None` where nothing opens in the next months.
    pub fn answer_due(&self, since: DateTime<Utc>, waiting: Waiting<'_>) -> Option<Due> {
        let within = self.answer_within(waiting.department);
        if waiting.crisis {
            let span = TimeDelta::minutes(i64::from(within.crisis));
            return Some(Due { at_risk: since + at_risk(span), due: since + span });
        }
        let span = TimeDelta::minutes(i64::from(if waiting.first { within.first } else { within.next }));
        let zone = self.town().timezone;
        let office = self.office_of(waiting.department);
        Some(Due {
            at_risk: office.after(since, at_risk(span), zone)?,
            due: office.after(since, span, zone)?,
        })
    }
}

fn at_risk(span: TimeDelta) -> TimeDelta {
    span * AT_RISK_PERCENT / 100
}

impl Office {
    /// When so much of the office's open time has passed since a moment: nights, breaks between shifts, holidays and
    /// closed spells do not count. `None` where nothing opens in the next months.
    pub fn after(&self, since: DateTime<Utc>, span: TimeDelta, zone: Tz) -> Option<DateTime<Utc>> {
        let (mut counted_to, mut left) = (since, span);
        let today = since.with_timezone(&zone).date_naive();
        let days = (0..=LOOK_AHEAD_DAYS).filter_map(|days| today.checked_add_days(Days::new(days)));
        for (opens, closes) in days.flat_map(|day| self.spells(day)) {
            let (opens, closes) = (instant(opens, zone).max(counted_to), instant(closes, zone));
            if closes <= opens {
                continue;
            }
            if left <= closes - opens {
                return Some(opens + left);
            }
            left -= closes - opens;
            counted_to = closes;
        }
        None
    }
}

/// A local time that a change of clocks leaves out is an hour later; of one that comes twice it is the first.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let at = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
    let found = at(local).or_else(|| at(local + TimeDelta::hours(1)));
    found.map_or_else(|| local.and_utc(), |found| found.with_timezone(&Utc))
}
