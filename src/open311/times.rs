//! Moments as Open311 spells them: always with a zone when we say them, with or without when others do.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, TimeZone as _};
use chrono_tz::Tz;

use super::{Fault, Params};

/// The longest span that may be asked for, and the one that is shown unasked.
pub const SPAN: i64 = 90 * 24 * 3600 * 1000;

/// `2026-11-23T10:00:00-06:00`, in the zone of the town. `at` is Unix ms.
pub fn text(at: i64, zone: Tz) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A moment as others write it, Unix ms. Without a zone it is the town's.
pub fn read(text: &str, zone: Tz) -> Option<i64> {
    // A plus sign that nobody encoded arrives as a space.
    let text = match text.rsplit_once(' ') {
        Some((moment, offset)) if moment.contains('T') => format!("{moment}+{offset}"),
        _ => text.to_owned(),
    };
    if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
        return Some(at.timestamp_millis());
    }
    if let Ok(at) = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(at.timestamp_millis());
    }
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S"))
        .ok()
        .or_else(|| day(&text))?;
    // An hour that a change of the clock makes twice is the first, one that it leaves out the next.
    let at = zone.from_local_datetime(&local).earliest();
    Some(at.unwrap_or_else(|| zone.from_utc_datetime(&local)).timestamp_millis())
}

/// A parameter that is a moment.
///
/// # Errors
/// 400, naming it.
pub fn param(params: &Params, name: &str, zone: Tz) -> Result<Option<i64>, Fault> {
    let Some(given) = params.get(name) else { return Ok(None) };
    read(given, zone).map(Some).ok_or_else(|| {
        Fault::bad(format!("{name}: escribe fecha y hora con zona, como 2026-01-31T09:05:00-06:00."))
    })
}

/// The span between two parameters: at most 90 days. Where one lacks, it is 90 days to or from the other; where both lack
/// there is none.
///
/// # Errors
/// 400 where a moment is none, the end comes before the start, or more than 90 days lie between.
pub fn span(
    params: &Params,
    (first, last): (&str, &str),
    now: i64,
    zone: Tz,
) -> Result<Option<RangeInclusive<i64>>, Fault> {
    let (start, end) = (param(params, first, zone)?, param(params, last, zone)?);
    let (start, end) = match (start, end) {
        (None, None) => return Ok(None),
        (Some(start), None) => (start, now.max(start).min(start.saturating_add(SPAN))),
        (None, Some(end)) => (end.saturating_sub(SPAN), end),
        (Some(start), Some(end)) => (start, end),
    };
    if start > end {
        return Err(Fault::bad(format!("{first} debe ser anterior a {last}.")));
    }
    if end.saturating_sub(start) > SPAN {
        return Err(Fault::bad(format!("Entre {first} y {last} puede haber 90 días como máximo.")));
    }
    Ok(Some(start..=end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = chrono_tz::America::Merida;

    #[test]
    fn every_moment_has_a_zone() {
        assert_eq!(text(1_795_449_600_000, ZONE), "2026-11-23T10:00:00-06:00");
        assert_eq!(text(1_795_449_600_000, Tz::UTC), "2026-11-23T16:00:00+00:00");
    }

    #[test]
    fn others_write_it_in_many_ways() {
        for given in [
            "2026-11-23T10:00:00-06:00",
            "2026-11-23T16:00:00Z",
            "2026-11-23T16:00:00 00:00",
            "2026-11-23T16:00:00.000+0000",
            "2026-11-23T10:00:00",
            "2026-11-23 10:00:00",
        ] {
            assert_eq!(read(given, ZONE), Some(1_795_449_600_000), "{given}");
        }
        assert_eq!(read("2026-11-23", ZONE), Some(1_795_449_600_000 - 10 * 3600 * 1000));
        for given in ["ayer", "2026-13-01", "", "2026", "23/11/2026"] {
            assert_eq!(read(given, ZONE), None, "{given}");
        }
    }
}
