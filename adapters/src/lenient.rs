//! Reading JSON that one person managed to spoil. Called by the adapters after the signature was checked; it
//! repairs only what would otherwise make a whole batch unreadable and never decides what a value means.

use std::borrow::Cow;

use serde_json::Value;

use crate::text::storable;

const ESCAPE: usize = 6;

/// The JSON text with invalid UTF-8 and unpaired surrogate escapes (`"\ud83d"` alone) replaced by U+FFFD:
/// `serde_json` would refuse the whole document, and with it up to a thousand messages of other people.
pub(crate) fn text(raw: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(raw) {
        Cow::Borrowed(valid) => repair_surrogates(valid),
        Cow::Owned(repaired) => Cow::Owned(repair_surrogates(&repaired).into_owned()),
    }
}

fn repair_surrogates(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let mut repaired: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (length, lone) = if *byte == b'\\' { escape_at(bytes, at) } else { (1, false) };
        let piece = bytes.get(at..at + length).unwrap_or(&[]);
        if lone && repaired.is_none() {
            repaired = bytes.get(..at).map(<[u8]>::to_vec);
        }
        if let Some(out) = &mut repaired {
            out.extend_from_slice(if lone { br"\ufffd" } else { piece });
        }
        at += length;
    }
    match repaired {
        None => Cow::Borrowed(json),
        Some(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// Length of the escape at `at`, and whether it is half of a surrogate pair.
fn escape_at(bytes: &[u8], at: usize) -> (usize, bool) {
    match unit_at(bytes, at) {
        Some(0xD800..=0xDBFF) => match unit_at(bytes, at + ESCAPE) {
            Some(0xDC00..=0xDFFF) => (2 * ESCAPE, false),
            _ => (ESCAPE, true),
        },
        Some(0xDC00..=0xDFFF) => (ESCAPE, true),
        // `\\`, `\"` and the like: both bytes, so that the second is not taken for the start of another escape.
        _ => ((bytes.len() - at).min(2), false),
    }
}

/// The UTF-16 unit that `\uXXXX` at this place stands for.
fn unit_at(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + ESCAPE)?.strip_prefix(br"\u")?;
    let digits = std::str::from_utf8(digits).ok().filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}

/// A string, or a number where the provider forgot the quotes; never empty.
pub(crate) fn word(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(storable(text.trim())).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A string as the person wrote it, blank or not.
pub(crate) fn phrase(value: Option<&Value>) -> Option<String> {
    value?.as_str().map(storable)
}

/// A number, or a string that holds one.
pub(crate) fn number(value: Option<&Value>) -> Option<f64> {
    let number = match value? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// Latitude and longitude in degrees, where there is such a place.
pub(crate) fn coordinates(lat: Option<&Value>, lon: Option<&Value>) -> Option<(f64, f64)> {
    let (lat, lon) = (number(lat)?, number(lon)?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

/// Unix milliseconds from seconds (or milliseconds, seen in the wild); `None` for what cannot be a moment of this
/// century or the next.
pub(crate) fn moment(value: Option<&Value>) -> Option<i64> {
    let told: i64 = word(value)?.parse().ok()?;
    match told {
        1..10_000_000_000 => Some(told * 1000),
        1_000_000_000_000..10_000_000_000_000 => Some(told),
        _ => None,
    }
}

/// A provider's own word (`poll_creation`) made safe to log and to store as a kind.
pub(crate) fn kind(value: Option<&Value>) -> Option<String> {
    let word = word(value)?;
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '_' };
    Some(word.chars().take(64).map(safe).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn half_a_surrogate_pair_becomes_a_replacement_mark_and_whole_ones_stay() {
        assert_eq!(text(br#"{"a":"\ud83d\ude00 \ud83d!"}"#), r#"{"a":"\ud83d\ude00 \ufffd!"}"#);
        assert_eq!(text(br#"["\ude00\ud83d\ud83d\ude00"]"#), r#"["\ufffd\ufffd\ud83d\ude00"]"#);
        assert_eq!(text(br#"["\\ud83d"]"#), r#"["\\ud83d"]"#);
        assert_eq!(text(b"[\"\\ud8"), "[\"\\ud8");
    }

    #[test]
    fn invalid_utf8_is_read_as_far_as_it_goes() {
        assert_eq!(text(b"[\"tel\xe9fono\"]"), "[\"tel\u{FFFD}fono\"]");
    }

    #[test]
    fn a_moment_is_seconds_or_milliseconds_as_text_or_number_and_never_nonsense() {
        let at = |value| moment(Some(&value));
        assert_eq!(at(json!("1795200000")), Some(1_795_200_000_000));
        assert_eq!(at(json!(1_795_200_000)), Some(1_795_200_000_000));
        assert_eq!(at(json!("1795200000123")), Some(1_795_200_000_123));
        for nonsense in [json!("ayer"), json!(-5), json!(0), json!(""), json!(9e300), json!([]), json!(null)]
        {
            assert_eq!(at(nonsense), None);
        }
    }
}
