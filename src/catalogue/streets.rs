//! The streets of the town: lines that cross. Names are compared by [`corner`](super::corner).

use geo::{Coord, Line, MultiLineString, line_intersection::line_intersection};

use super::{place_text::words, place_words::is_street_type};

#[derive(Debug, Clone)]
pub struct Street {
    pub id: String,
    pub name: String,
    /// Comparable words of its name and of what else people call it, without "calle".
    pub(super) names: Vec<Vec<String>>,
    pub line: MultiLineString,
}

/// Lines that are drawn by hand end a little before the street that they meet. Metres.
const GAP_M: f64 = 25.0;
/// Crossings nearer than this are one: the two lanes of an avenue. Metres.
const SAME_M: f64 = 60.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

impl Street {
    /// What people say after "calle" or "avenida": of "Avenida Juárez" "Juárez". `None` where that is a number, which
    /// nobody mishears for a name.
    pub fn spoken(&self) -> Option<&str> {
        let typed = |(kind, _): &(&str, &str)| words(kind).first().is_some_and(|word| is_street_type(word));
        let spoken = self.name.split_once(' ').filter(typed).map_or(&*self.name, |(_, rest)| rest.trim());
        words(spoken).iter().any(|word| word.parse::<u32>().is_err()).then_some(spoken)
    }

    /// Where it meets another; none where it does not.
    pub(super) fn crossings(&self, other: &Self) -> Vec<Coord> {
        let mut found = Vec::new();
        let mut add = |at: Coord| {
            if found.iter().all(|known| metres(*known, at) > SAME_M) {
                found.push(at);
            }
        };
        for one in lines(&self.line) {
            for two in lines(&other.line) {
                if let Some(crossing) = line_intersection(one, two) {
                    add(match crossing {
                        geo::line_intersection::LineIntersection::SinglePoint { intersection, .. } => {
                            intersection
                        }
                        geo::line_intersection::LineIntersection::Collinear { intersection } => {
                            intersection.start
                        }
                    });
                }
            }
        }
        for (ends, line) in [(self, other), (other, self)] {
            for end in ends.ends().filter(|end| lines(&line.line).any(|part| distance(*end, part) <= GAP_M)) {
                add(end);
            }
        }
        found
    }

    fn ends(&self) -> impl Iterator<Item = Coord> {
        self.line.0.iter().flat_map(|line| [line.0.first(), line.0.last()]).flatten().copied()
    }
}

fn lines(streets: &MultiLineString) -> impl Iterator<Item = Line> {
    streets.0.iter().flat_map(|line| line.lines())
}

pub(super) fn metres(one: Coord, other: Coord) -> f64 {
    let (dx, dy) = flat(one, other);
    dx.hypot(dy)
}

/// From one to the other, in metres east and north: exact enough within a town.
fn flat(one: Coord, other: Coord) -> (f64, f64) {
    let narrow = one.y.to_radians().cos();
    ((other.x - one.x) * narrow * METRES_PER_DEGREE, (other.y - one.y) * METRES_PER_DEGREE)
}

/// Metres from a point to a line.
fn distance(point: Coord, line: Line) -> f64 {
    let ((ax, ay), (bx, by)) = (flat(point, line.start), flat(point, line.end));
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
    (ax + along * dx).hypot(ay + along * dy)
}
