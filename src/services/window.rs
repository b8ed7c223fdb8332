//! Dates between which a service is open or costs less: once, or every year anew.

use chrono::{Datelike, NaiveDate};

use crate::catalogue::Text;

/// From a day until another, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    pub from: Day,
    pub until: Day,
    /// What holds in it: "20 % de descuento".
    pub what: Text,
}

/// A day of one year, or of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Once(NaiveDate),
    Yearly { month: u32, day: u32 },
}

impl Day {
    /// In a year. February 29 is the 28th where there is none.
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Once(date) => Some(date),
            Self::Yearly { month, day } => NaiveDate::from_ymd_opt(year, month, day)
                .or_else(|| NaiveDate::from_ymd_opt(year, month, day.saturating_sub(1))),
        }
    }
}

/// A window as it lies from a day on: the one that holds it, else the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// It holds the day.
    pub open: bool,
}

impl Window {
    /// `None` where it is over for good.
    pub fn on(&self, today: NaiveDate) -> Option<Stretch> {
        // One that begins in November and ends in February was begun last year.
        (today.year() - 1..=today.year() + 1).find_map(|year| {
            let from = self.from.in_year(year)?;
            let until = self.until.in_year(year).filter(|until| *until >= from);
            let until = until.or_else(|| self.until.in_year(year + 1))?;
            (until >= today).then(|| Stretch { from, until, open: from <= today })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn yearly(from: (u32, u32), until: (u32, u32)) -> Window {
        let on = |(month, day)| Day::Yearly { month, day };
        Window { from: on(from), until: on(until), what: Text::default() }
    }

    fn on(window: &Window, today: &str) -> (String, String, bool) {
        let stretch = window.on(day(today)).unwrap();
        (stretch.from.to_string(), stretch.until.to_string(), stretch.open)
    }

    fn said(from: &str, until: &str, open: bool) -> (String, String, bool) {
        (from.to_owned(), until.to_owned(), open)
    }

    #[test]
    fn a_yearly_window_is_open_or_comes_again() {
        let military = yearly((1, 2), (10, 15));
        assert_eq!(on(&military, "2026-01-02"), said("2026-01-02", "2026-10-15", true));
        assert_eq!(on(&military, "2026-10-15"), said("2026-01-02", "2026-10-15", true));
        assert_eq!(on(&military, "2026-10-16"), said("2027-01-02", "2027-10-15", false));
        assert_eq!(on(&military, "2027-01-01"), said("2027-01-02", "2027-10-15", false));
    }

    #[test]
    fn a_window_may_go_over_the_new_year() {
        let winter = yearly((11, 1), (2, 29));
        assert_eq!(on(&winter, "2026-12-24"), said("2026-11-01", "2027-02-28", true));
        assert_eq!(on(&winter, "2027-02-28"), said("2026-11-01", "2027-02-28", true));
        assert_eq!(on(&winter, "2027-03-01"), said("2027-11-01", "2028-02-29", false));
    }

    #[test]
    fn one_that_was_once_is_over_for_good() {
        let once = |date| Day::Once(day(date));
        let fair = Window { from: once("2026-11-20"), until: once("2026-11-25"), what: Text::default() };
        assert!(fair.on(day("2026-11-19")).is_some_and(|stretch| !stretch.open));
        assert!(fair.on(day("2026-11-25")).is_some_and(|stretch| stretch.open));
        assert_eq!(fair.on(day("2026-11-26")), None);
    }
}
