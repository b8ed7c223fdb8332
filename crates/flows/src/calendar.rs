//! The town's days off and its today, out of what templates see: the engine has no clock and reads no file.

use minijinja::Value as Mini;
use ventanilla_values::{Calendar, DayOff, Lang, NaiveDate};

/// The day of a moment (RFC 3339 with the town's offset).
pub(crate) fn today(now: &str) -> NaiveDate {
    now.get(..10).and_then(|day| day.parse().ok()).unwrap_or_default()
}

/// `office.workdays` (numbers, Monday is 1) and `office.days_off` (`from`, `to`, `name` per language). What the
/// content does not say is Monday to Friday, without holidays.
pub(crate) fn calendar(content: &Mini, lang: Lang) -> Calendar {
    let office = attr(content, "office");
    let list = |key: &str| attr(&office, key).try_iter().into_iter().flatten().collect::<Vec<_>>();
    let mut calendar = Calendar::default();
    let workdays = list("workdays");
    if !workdays.is_empty() {
        calendar.workdays = [1_i64, 2, 3, 4, 5, 6, 7].map(|day| workdays.contains(&Mini::from(day)));
    }
    calendar.off = list("days_off").iter().filter_map(|off| day_off(off, lang)).collect();
    calendar
}

fn day_off(off: &Mini, lang: Lang) -> Option<DayOff> {
    let day = |key: &str| attr(off, key).as_str()?.parse::<NaiveDate>().ok();
    let name = attr(off, "name");
    let in_lang = |lang: &str| attr(&name, lang).as_str().map(str::to_owned);
    let name = name.as_str().map(str::to_owned).or_else(|| in_lang(lang.as_str())).or_else(|| in_lang("es"));
    Some(DayOff { from: day("from")?, to: day("to")?, name: name? })
}

fn attr(value: &Mini, key: &str) -> Mini {
    value.get_attr(key).unwrap_or_default()
}
