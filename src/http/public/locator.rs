//! Where a report is, as a small drawing: the colonias around, and the public point. No map of anybody else.

use geo::{BoundingRect, Coord, MultiPolygon, Rect};
use minijinja::{Value, context};

use crate::{catalogue::Places, reports::public::Point};

/// Of the drawing, in its own units.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 200.0;
/// Degrees around a point that lies in no colonia: about 450 m.
const AROUND: f64 = 0.004;
/// What is left free around what is drawn, as a part of it.
const MARGIN: f64 = 0.12;

/// Areas with their outlines (`d` of an SVG path) and the point; `None` without a point.
pub(super) fn drawing(places: &Places, colonia: Option<&str>, point: Option<Point>) -> Option<Value> {
    let point = point?;
    let own = colonia.and_then(|id| places.colonia(id)).and_then(|one| one.area.bounding_rect());
    let scale = Scale::new(own, point);
    let areas: Vec<_> = places
        .colonias
        .iter()
        .filter(|one| one.area.bounding_rect().is_some_and(|area| scale.shows(area)))
        .map(|one| context! { outline => scale.outline(&one.area), own => colonia == Some(one.id.as_str()) })
        .collect();
    let (x, y) = scale.at(Coord { x: point.lon, y: point.lat });
    Some(context! { width => WIDTH, height => HEIGHT, areas => areas, x => place(x), y => place(y) })
}

/// Degrees to units of the drawing. A degree of longitude is narrower than one of latitude, all over the town by the same
/// part.
struct Scale {
    middle: Coord,
    /// Units of a degree of latitude.
    unit: f64,
    narrow: f64,
}

impl Scale {
    fn new(own: Option<Rect>, point: Point) -> Self {
        let around = Rect::new(
            Coord { x: point.lon - AROUND, y: point.lat - AROUND },
            Coord { x: point.lon + AROUND, y: point.lat + AROUND },
        );
        let shown = own.unwrap_or(around);
        let middle = shown.center();
        let narrow = middle.y.to_radians().cos();
        let (wide, high) = (shown.width() * narrow, shown.height());
        let unit = (WIDTH / wide.max(1e-6)).min(HEIGHT / high.max(1e-6)) / (1.0 + 2.0 * MARGIN);
        Self { middle, unit, narrow }
    }

    fn at(&self, coord: Coord) -> (f64, f64) {
        let x = WIDTH / 2.0 + (coord.x - self.middle.x) * self.narrow * self.unit;
        let y = HEIGHT / 2.0 - (coord.y - self.middle.y) * self.unit;
        (x, y)
    }

    fn shows(&self, area: Rect) -> bool {
        let ((left, bottom), (right, top)) = (self.at(area.min()), self.at(area.max()));
        right >= 0.0 && left <= WIDTH && bottom >= 0.0 && top <= HEIGHT
    }

    fn outline(&self, area: &MultiPolygon) -> String {
        let rings = area.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        let ring = |ring: &geo::LineString| {
            let points: Vec<String> = ring
                .coords()
                .map(|coord| {
                    let (x, y) = self.at(*coord);
                    format!("{} {}", place(x), place(y))
                })
                .collect();
            format!("M{}Z", points.join("L"))
        };
        rings.map(ring).collect()
    }
}

/// To a tenth of a unit.
fn place(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Content, builtin};

    #[test]
    fn the_point_stands_in_the_drawing_within_its_colonia() {
        let content = Content::compile(builtin()).unwrap();
        let places = content.catalogue.places();
        let point = Point { lat: 18.9263, lon: -91.1131 };
        let drawn = drawing(places, Some("centro"), Some(point)).unwrap();
        let number = |key: &str| f64::try_from(drawn.get_attr(key).unwrap()).unwrap();
        assert!((0.0..WIDTH).contains(&number("x")) && (0.0..HEIGHT).contains(&number("y")));
        let areas: Vec<_> = drawn.get_attr("areas").unwrap().try_iter().unwrap().collect();
        assert_eq!(areas.iter().filter(|area| area.get_attr("own").unwrap().is_true()).count(), 1);
        assert!(drawing(places, Some("centro"), None).is_none());
        assert!(drawing(places, None, Some(point)).is_some());
    }
}
