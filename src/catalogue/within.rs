//! How soon reports are seen to: `within` at the top of `categories.yaml`, and in a category that promises something
//! else. Counted in working days, or in hours, of the department that attends them.

use std::borrow::Cow;

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{
    Catalogue,
    answer_within::{Due, instant},
    node::{Kind, Node},
    office::{LOOK_AHEAD_DAYS, Office},
    reader::{Fields, Reader},
};

/// More working days than these are no promise, and more than the calendar is looked ahead.
const MOST_DAYS: u32 = 60;
const MOST_HOURS: u32 = 300;
/// Of a hundred parts of the open time, so many may pass before somebody should hurry.
const AT_RISK_PERCENT: i32 = 75;

/// A promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Working days: until the department closes on the last of them. The day on which it begins does not count.
    Days(u32),
    /// Hours in which the department is open.
    Hours(u32),
}

impl Span {
    /// What a report that was opened again is given: half of it, a whole day or hour at least.
    #[must_use]
    pub fn half(self) -> Self {
        match self {
            Self::Days(days) => Self::Days(days.div_ceil(2)),
            Self::Hours(hours) => Self::Hours(hours.div_ceil(2)),
        }
    }
}

/// How soon a report of a category is seen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    /// Somebody says whose it is, where that is not known.
    pub classify: Span,
    /// Somebody of the town does something about it.
    pub respond: Span,
    /// The town says that it is done.
    pub resolve: Span,
}

impl Default for Within {
    fn default() -> Self {
        Self { classify: Span::Days(1), respond: Span::Days(5), resolve: Span::Days(15) }
    }
}

/// `within: {respond: 3d, resolve: 10d}`; what it leaves out stands as it is elsewhere.
pub(super) fn read(reader: &Reader<'_>, node: &Node, standing: Within) -> Within {
    let Some(fields) = reader.fields(node, "within") else { return standing };
    fields.only(&["classify", "respond", "resolve"]);
    let within = Within {
        classify: span(&fields, "classify").unwrap_or(standing.classify),
        respond: span(&fields, "respond").unwrap_or(standing.respond),
        resolve: span(&fields, "resolve").unwrap_or(standing.resolve),
    };
    if let (Span::Days(respond), Span::Days(resolve)) = (within.respond, within.resolve)
        && resolve < respond
    {
        let hint = "nobody resolves what nobody took up: make resolve at least as long as respond";
        reader.warning(node.line, format!("resolve ({resolve}d) is shorter than respond ({respond}d)"), hint);
    }
    within
}

fn span(fields: &Fields<'_>, key: &str) -> Option<Span> {
    let node = fields.node(key)?;
    let read = |text: &str| {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let number: u32 = number.trim().parse().ok()?;
        match unit {
            "d" => (1..=MOST_DAYS).contains(&number).then_some(Span::Days(number)),
            "h" => (1..=MOST_HOURS).contains(&number).then_some(Span::Hours(number)),
            _ => None,
        }
    };
    let span = match &node.kind {
        Kind::Text(text) => read(text.trim()),
        _ => None,
    };
    if span.is_none() {
        let hint = format!(
            "write working days ({key}: 3d, at most {MOST_DAYS}d) or office hours ({key}: 8h, at most {MOST_HOURS}h)"
        );
        fields.reader.error(node.line, format!("{key} is no promise"), hint);
    }
    span
}

impl Catalogue {
    /// How soon reports of a category are seen to. One that the catalogue does not know any more has what is usual.
    pub fn within(&self, category: &str) -> Within {
        self.category(category).map_or_else(Within::default, |category| category.within)
    }

    /// The hours and days off of a department, or of the town hall.
    pub fn office_of(&self, department: Option<&str>) -> Cow<'_, Office> {
        let own = department.and_then(|id| self.department(id)).and_then(|one| one.hours.clone());
        own.map_or(Cow::Borrowed(self.office()), |hours| Cow::Owned(self.office().with_hours(hours)))
    }

    /// Until when a department keeps a promise that is given at a moment; `None` where nothing opens in the next months.
    pub fn promise(&self, department: Option<&str>, since: DateTime<Utc>, span: Span) -> Option<Due> {
        let (office, zone) = (self.office_of(department), self.town().timezone);
        let due = match span {
            Span::Days(days) => office.end_of_working_day(since, days, zone)?,
            Span::Hours(hours) => office.after(since, TimeDelta::hours(i64::from(hours)), zone)?,
        };
        let open = office.open_between(since, due, zone);
        Some(Due { at_risk: office.after(since, open * AT_RISK_PERCENT / 100, zone)?, due })
    }

    /// A moment, later by the time that a department was open between two others.
    pub fn shifted(
        &self,
        department: Option<&str>,
        at: DateTime<Utc>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> DateTime<Utc> {
        let (office, zone) = (self.office_of(department), self.town().timezone);
        let open = office.open_between(from, to, zone);
        if open.is_zero() { at } else { office.after(at, open, zone).unwrap_or(at).max(at) }
    }
}

impl Office {
    /// How long it is open between two moments.
    pub fn open_between(&self, from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> TimeDelta {
        let (first, last) = (from.with_timezone(&zone).date_naive(), to.with_timezone(&zone).date_naive());
        let spells = first.iter_days().take_while(|day| *day <= last).flat_map(|day| self.spells(day));
        spells.fold(TimeDelta::zero(), |sum, (opens, closes)| {
            let (opens, closes) = (instant(opens, zone).max(from), instant(closes, zone).min(to));
            sum + (closes - opens).max(TimeDelta::zero())
        })
    }

    /// When it closes on the nth day on which it opens, after the day of a moment.
    fn end_of_working_day(&self, since: DateTime<Utc>, nth: u32, zone: Tz) -> Option<DateTime<Utc>> {
        let today = since.with_timezone(&zone).date_naive();
        let days = (1..=LOOK_AHEAD_DAYS).filter_map(|days| today.checked_add_days(Days::new(days)));
        let closes = days.filter_map(|day| self.spells(day).map(|(_, closes)| closes).last());
        closes.map(|closes| instant(closes, zone)).nth(usize::try_from(nth).ok()?.saturating_sub(1))
    }
}
