//! Squares of the globe as whole numbers, so that "what is near" is a few ranges of an ordinary index, the same on every
//! database.
//!
//! A square is a thousandth of a degree wide and high: 111 m from south to north, about 105 m from west to east in Mexico.
//! Squares of one row follow each other, so a row of squares is one range.

use std::ops::RangeInclusive;

use geo::{Distance, Haversine, Point};

/// Squares of a degree.
const PER_DEGREE: f64 = 1000.0;
/// Of a row: more than there are squares around the globe.
const ROW: i64 = 1_000_000;
/// Metres of a degree from south to north.
const DEGREE_M: f64 = 111_195.0;

/// The square of a point. Latitude and longitude in degrees, WGS84.
pub fn cell(lat: f64, lon: f64) -> i64 {
    row(lat) * ROW + column(lon)
}

/// The ranges of squares that hold everything within so many metres of a point, one a row, south first.
pub fn around(lat: f64, lon: f64, metres: f64) -> Vec<RangeInclusive<i64>> {
    let high = metres / DEGREE_M;
    // Towards the poles squares are narrower; the row nearest to a pole is the widest in degrees.
    let narrow = (lat.abs() + high).min(89.0).to_radians().cos();
    let wide = high / narrow;
    let (west, east) = (column(lon - wide), column(lon + wide));
    (row(lat - high)..=row(lat + high)).map(|row| row * ROW + west..=row * ROW + east).collect()
}

/// Metres between two points.
pub fn metres((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    Haversine.distance(Point::new(lon, lat), Point::new(other_lon, other_lat))
}

#[expect(clippy::cast_possible_truncation, reason = "180 000 squares from pole to pole")]
fn row(lat: f64) -> i64 {
    ((lat.clamp(-90.0, 90.0) + 90.0) * PER_DEGREE).floor() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "360 000 squares around the globe")]
fn column(lon: f64) -> i64 {
    ((lon.clamp(-180.0, 180.0) + 180.0) * PER_DEGREE).floor() as i64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_near_lies_in_the_squares_around(
            lat in -60.0..60.0_f64, lon in -170.0..170.0_f64,
            north in -1.0..1.0_f64, east in -1.0..1.0_f64, radius in 10.0..2000.0_f64,
        ) {
            let there = (lat + north * radius / DEGREE_M, lon + east * radius / DEGREE_M / lat.to_radians().cos());
            prop_assume!(metres((lat, lon), there) <= radius);
            let near = cell(there.0, there.1);
            prop_assert!(around(lat, lon, radius).iter().any(|range| range.contains(&near)));
        }
    }

    #[test]
    fn a_hundred_metres_are_a_few_squares() {
        let ranges = around(20.97, -89.62, 100.0);
        let squares: i64 = ranges.iter().map(|range| range.end() - range.start() + 1).sum();
        assert!(squares <= 9, "{squares}");
    }
}
