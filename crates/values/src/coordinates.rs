//! A point on earth that somebody types: "19.4326, -99.1332". Whether the town lies there is not its matter.

use serde::{Deserialize, Serialize};

use crate::{Reader, TokenKind, reader::only};

/// Degrees, WGS84.
///
/// ```
/// use ventanilla_values::Coordinates;
/// let point = Coordinates::parse("estoy en 19.4326, -99.1332").unwrap();
/// assert_eq!((point.lat, point.lon), (19.4326, -99.1332));
/// assert_eq!(Coordinates::parse("19.4326 N 99.1332 W"), Some(point));
/// assert_eq!(Coordinates::parse("$19.50, $99.10"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    pub lat: f64,
    pub lon: f64,
}

/// Prices have two; three are a hundred metres.
const FEWEST_DECIMALS: usize = 3;
const MOST_DECIMALS: usize = 15;

impl Coordinates {
    /// The one point of a text.
    pub fn parse(text: &str) -> Option<Self> {
        only(text, Self::read)
    }

    /// The point that begins here; the latitude is first, without a sign where it is north.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.attempt(|r| {
            let inside = r.is_glued() && matches!(r.word_at(-1), "." | "," | ":" | "/" | "$");
            let lat = degrees(r, &["s", "sur", "south"], &["n", "norte", "north"]).filter(|_| !inside)?;
            r.take(&[",", ";"]);
            r.take(&["lon", "long", "lng", "longitud", "longitude"]);
            r.take(&[":", "="]);
            let lon = degrees(r, &["w", "o", "oeste", "west"], &["e", "este", "east"])?;
            (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Self { lat, lon })
        })
    }
}

/// "-99.1332", "99.1332° W".
fn degrees(r: &mut Reader<'_>, negative: &[&str], positive: &[&str]) -> Option<f64> {
    let minus = r.take(&["-", "−"]).is_some();
    let whole = r.take_digits(3)?;
    r.take(&["."]).filter(|_| r.is_glued() && r.token_at(-1).is_some_and(|point| point.glued))?;
    let decimals = r.token().filter(|token| {
        token.kind == TokenKind::Digits && (FEWEST_DECIMALS..=MOST_DECIMALS).contains(&token.folded.len())
    })?;
    r.skip(1);
    let degrees: f64 = format!("{whole}.{}", decimals.folded).parse().ok()?;
    r.take(&["°", "º"]);
    let turned = r.take(negative).is_some();
    r.take(positive);
    Some(if minus || turned { -degrees } else { degrees })
}

/// Without the point: it may be somebody's home.
impl std::fmt::Debug for Coordinates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Coordinates(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn points_are_read_as_maps_and_people_write_them() {
        for text in [
            "19.4326, -99.1332",
            "19.4326,-99.1332",
            "19.4326 -99.1332",
            "19.4326° N, 99.1332° O",
            "lat: 19.4326 lon: -99.1332",
            "https://maps.google.com/?q=19.4326,-99.1332",
        ] {
            assert_eq!(Coordinates::parse(text), Some(Coordinates { lat: 19.4326, lon: -99.1332 }), "{text}");
        }
    }

    #[test]
    fn what_is_no_point_is_none() {
        for text in [
            "",
            "19.4326",
            "19.43, 99.13",
            "95.4326, -99.1332",
            "19.4326, -199.1332",
            "$19.432, 99.133",
            "1.250.000, 3.500.000",
            "19.4326, -99.1332 o 18.9263, -91.1131",
            "mide 3.500 metros y 4.500 de fondo",
        ] {
            assert_eq!(Coordinates::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[0-9.,° -]{0,30}") {
            let _ = (Coordinates::parse(&text), Coordinates::parse(&like));
        }
    }
}
