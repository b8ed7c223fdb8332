//! When people answer: hours of a week, holidays, closed spells. Used for the town hall and for departments that
//! have hours of their own. Times are the town's local ones; the caller brings the clock.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{spoken, text::Text};

/// How far ahead the next opening is looked for.
pub(super) const LOOK_AHEAD_DAYS: u64 = 120;

#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    pub hours: Hours,
    pub holidays: Vec<Holiday>,
    pub closed: Vec<Closed>,
}

/// The spells of each day, Monday first, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours(pub [Vec<Spell>; 7]);

/// From one minute of the day to another, the last not included; 1440 is midnight at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    pub from: u32,
    pub to: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: Text,
}

/// A longer break, both days included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub notice: Text,
}

/// Whether a person answers now, and when next.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub open: bool,
    /// While open: when it closes. Local time.
    pub until: Option<NaiveDateTime>,
    /// While closed: when it opens. Local time; `None` when nothing opens in the next months.
    pub next_open: Option<NaiveDateTime>,
    /// "Atendemos de lunes a viernes de 8:00 a 15:00."
    pub hours_text: Text,
    /// While open "hoy hasta las 15:00", while closed "mañana lunes 23 a las 8:00".
    pub when_text: Text,
    /// As `when_text`, where somebody acts in the course of the day: while closed "mañana lunes 23 a partir de las
    /// 8:00".
    pub from_text: Text,
    /// The holiday or the notice that closes today.
    pub closed_because: Option<Text>,
}

impl Office {
    /// The status at a local time.
    pub fn status(&self, now: NaiveDateTime) -> Status {
        let until = self.closes_at(now);
        let next_open = if until.is_some() { None } else { self.opens_after(now) };
        Status {
            open: until.is_some(),
            until,
            next_open,
            hours_text: spoken::hours(&self.hours),
            when_text: match (until, next_open) {
                (Some(until), _) => spoken::until(now, until),
                (None, Some(next)) => spoken::next_open(now, next),
                (None, None) => spoken::not_soon(),
            },
            from_text: match (until, next_open) {
                (Some(until), _) => spoken::until(now, until),
                (None, Some(next)) => spoken::from(now, next),
                (None, None) => spoken::not_soon(),
            },
            closed_because: self.day_off(now.date()).cloned(),
        }
    }

    /// The same holidays with other hours: a department's.
    pub fn with_hours(&self, hours: Hours) -> Self {
        Self { hours, ..self.clone() }
    }

    /// The day that lies so many working days after another, which does not count itself. An office that never opens has
    /// no working days: then days are counted as they come.
    pub fn workdays_after(&self, day: NaiveDate, days: u32) -> NaiveDate {
        let Some(last) = days.checked_sub(1) else { return day };
        // Holidays and long breaks together never make more than two of three days free.
        let within = 3 * u64::from(days) + LOOK_AHEAD_DAYS;
        (1..=within)
            .filter_map(|ahead| day.checked_add_days(Days::new(ahead)))
            .filter(|day| self.spells(*day).next().is_some())
            .nth(last as usize)
            .unwrap_or(day + Days::new(u64::from(days)))
    }

    /// The end of the spell that holds this moment. A spell up to midnight goes on in one that begins there.
    fn closes_at(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        let (_, mut end) = self.spells(now.date()).find(|(from, to)| (*from..*to).contains(&now))?;
        while let Some((_, later)) = self.spells(end.date()).find(|(from, _)| *from == end) {
            // Open around the clock: a week ahead is as good as always.
            if later - now > TimeDelta::days(7) {
                break;
            }
            end = later;
        }
        Some(end)
    }

    fn opens_after(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        (0..=LOOK_AHEAD_DAYS)
            .filter_map(|days| now.date().checked_add_days(Days::new(days)))
            .flat_map(|day| self.spells(day))
            .map(|(from, _)| from)
            .find(|from| *from > now)
    }

    pub(super) fn spells(&self, day: NaiveDate) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let spells = if self.day_off(day).is_some() { &[] } else { self.hours.on(day) };
        let midnight = day.and_time(NaiveTime::MIN);
        let at = move |minutes: u32| midnight + TimeDelta::minutes(i64::from(minutes));
        spells.iter().map(move |spell| (at(spell.from), at(spell.to)))
    }

    fn day_off(&self, day: NaiveDate) -> Option<&Text> {
        let closed = self.closed.iter().find(|closed| (closed.from..=closed.to).contains(&day));
        let holiday = self.holidays.iter().find(|holiday| holiday.date == day);
        closed.map(|closed| &closed.notice).or(holiday.map(|holiday| &holiday.name))
    }
}

impl Hours {
    fn on(&self, day: NaiveDate) -> &[Spell] {
        let weekday = day.weekday().num_days_from_monday() as usize;
        self.0.get(weekday).map_or(&[], Vec::as_slice)
    }
}
