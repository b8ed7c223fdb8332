//! Days and hours pressed on the keys of a phone, or typed without signs: `1505`, `15052026`, `1630`.

use chrono::{Datelike, NaiveDate};

use super::{DateExpression, Hour};
use crate::text;

/// The text, where it is digits and nothing else.
fn digits(text: &str) -> Option<String> {
    let text = text::head(text);
    let text = text.trim_end_matches('#');
    (!text.is_empty() && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

/// `15`, `1505`, `150526`, `15052026`: day, month, year.
pub(super) fn date(text: &str, today: NaiveDate) -> Option<DateExpression> {
    let row = digits(text)?;
    let part = |range: std::ops::Range<usize>| row.get(range)?.parse::<u32>().ok();
    match row.len() {
        1 | 2 => part(0..row.len()).filter(|day| (1..=31).contains(day)).map(DateExpression::DayOfMonth),
        4 => DateExpression::day_and_month(part(0..2)?, part(2..4)?),
        6 => {
            // "85" is 1985: nobody plans so far ahead.
            let century = today.year().div_euclid(100) * 100;
            let year = century + i32::try_from(part(4..6)?).ok()?;
            let year = if year > today.year() + 20 { year - 100 } else { year };
            DateExpression::date(year, part(2..4)?, part(0..2)?)
        }
        8 => DateExpression::date(i32::try_from(part(4..8)?).ok()?, part(2..4)?, part(0..2)?),
        _ => None,
    }
}

/// `4`, `16`, `430`, `1630`. A nought before it means the clock of 24 hours.
pub(super) fn time(text: &str) -> Option<Hour> {
    let row = digits(text).filter(|row| row.len() <= 4)?;
    let cut = if row.len() <= 2 { row.len() } else { row.len() - 2 };
    let (hour, minute) = row.split_at_checked(cut)?;
    let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    let read = Hour::new(hour.parse().ok()?, minute)?;
    Some(Hour { sure: read.sure || hour.starts_with('0'), ..read })
}
