//! The days on which the town works. Passed in as plain values: this crate reads no file and knows no holiday.

use chrono::{Datelike, Days, NaiveDate};

use crate::text;

/// Working days of the week, and days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Monday first.
    pub workdays: [bool; 7],
    pub off: Vec<DayOff>,
}

/// A holiday or a longer break, both days included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// As people are told it, in their language.
    pub name: String,
}

/// No town closes longer.
const LOOK_AHEAD: u64 = 120;

impl Default for Calendar {
    /// Monday to Friday, without holidays.
    fn default() -> Self {
        Self { workdays: [true, true, true, true, true, false, false], off: Vec::new() }
    }
}

impl Calendar {
    /// The holiday or break that a day belongs to.
    pub fn holiday(&self, day: NaiveDate) -> Option<&DayOff> {
        self.off.iter().find(|off| (off.from..=off.to).contains(&day))
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        let weekday = day.weekday().num_days_from_monday() as usize;
        self.workdays.get(weekday).copied().unwrap_or_default() && self.holiday(day).is_none()
    }

    /// The first working day after a day: "el próximo día hábil". `None` when there is none in the next months.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use ventanilla_values::{Calendar, DayOff};
    /// let day = |d| NaiveDate::from_ymd_opt(2026, 5, d).unwrap();
    /// let labour = DayOff { from: day(1), to: day(1), name: "Día del Trabajo".into() };
    /// let calendar = Calendar { off: vec![labour], ..Calendar::default() };
    /// assert_eq!(calendar.next_working(NaiveDate::from_ymd_opt(2026, 4, 30).unwrap()), Some(day(4)));
    /// ```
    pub fn next_working(&self, after: NaiveDate) -> Option<NaiveDate> {
        (1..=LOOK_AHEAD)
            .filter_map(|days| after.checked_add_days(Days::new(days)))
            .find(|day| self.is_working(*day))
    }

    /// The holiday that is named in a text ("el Día del Trabajo"), the first from a day on.
    pub(super) fn named(&self, said: &[String], from: NaiveDate) -> Option<NaiveDate> {
        let is_named = |off: &&DayOff| {
            let name = text::words(&off.name);
            !name.is_empty() && said.windows(name.len()).any(|words| words == name)
        };
        let single = self.off.iter().filter(|off| off.from == off.to && off.from >= from);
        single.filter(is_named).map(|off| off.from).min()
    }
}
