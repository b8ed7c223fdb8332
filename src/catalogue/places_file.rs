//! `places.geojson`: drawn with any map editor, so its mistakes are those of drawing: rings that cross themselves,
//! latitude written first, a name left out.

use geo::{Contains, CoordsIter, MultiLineString, MultiPolygon, Point, Relate, Validation};
use geojson::Geometry;
use ventanilla_values::SourceFile;

use super::{
    node::{Kind, Node},
    place_text, place_words,
    places::{Colonia, Landmark, Places, Zone},
    reader::{Fields, Reader},
    streets::Street,
};

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile) -> Places {
    let mut places = Places::default();
    let Some(node) = reader.parse(source) else { return places };
    let Some(file) = reader.fields(&node, "the file") else { return places };
    if file.text("type").as_deref() != Some("FeatureCollection") {
        reader.error(file.line, "this is no FeatureCollection", "export the whole map as GeoJSON");
        return places;
    }
    for node in file.list("features") {
        if let Some(feature) = reader.fields(node, "the feature") {
            place(&feature, &mut places);
        }
    }
    if places.municipality.is_none() {
        let hint = "draw it and give it  kind: municipality ; without it no pin is known to be outside";
        reader.warning(0, "the limits of the municipality are missing", hint);
    }
    places
}

fn place(feature: &Fields<'_>, places: &mut Places) -> Option<()> {
    let reader = feature.reader;
    let Some(properties) = feature.node("properties") else {
        reader.error(feature.line, "the feature has no properties", "give it kind, id and name");
        return None;
    };
    let properties = reader.fields(properties, "properties")?;
    let (kind, id, name) = (properties.text("kind"), properties.id("id"), properties.text("name"));
    let geometry = geometry(feature);
    let (kind, id, name, geometry) = (kind?, id?, name?, geometry?);
    let names = names(&name, &properties);
    match kind.as_str() {
        "municipality" => places.municipality = Some(area(feature, geometry)?),
        "colonia" => {
            let area = area(feature, geometry)?;
            let taken = places.colonias.iter().any(|other| other.id == id);
            if new_id(feature, taken, &id) {
                apart(feature, &name, &area, places);
                places.colonias.push(Colonia { id, name, names, area });
            }
        }
        "landmark" => {
            let point = point(feature, geometry)?;
            let taken = places.landmarks.iter().any(|other| other.id == id);
            if new_id(feature, taken, &id) {
                let rated = properties.yes_no("rated", false);
                places.landmarks.push(Landmark { id, name, names, rated, lat: point.y(), lon: point.x() });
            }
        }
        "street" => {
            let line = line(feature, geometry)?;
            let taken = places.streets.iter().any(|other| other.id == id);
            if new_id(feature, taken, &id) {
                let names = names.into_iter().map(without_type).collect();
                places.streets.push(Street { id, name, names, line });
            }
        }
        "zone" => {
            let area = area(feature, geometry)?;
            let taken = places.zones.iter().any(|other| other.id == id);
            if new_id(feature, taken, &id) {
                places.zones.push(Zone { id, name, area });
            }
        }
        other => {
            let hint = "write municipality, colonia, street, landmark or zone";
            reader.error(properties.line_of("kind"), format!("there is no kind '{other}'"), hint);
        }
    }
    Some(())
}

fn names(name: &str, properties: &Fields<'_>) -> Vec<Vec<String>> {
    let also = properties.words("also");
    std::iter::once(name).chain(also.iter().map(String::as_str)).map(place_text::words).collect()
}

fn new_id(feature: &Fields<'_>, taken: bool, id: &str) -> bool {
    if taken {
        feature.reader.error(feature.line, format!("there are two '{id}'"), "give one of them another id");
    }
    !taken
}

/// The drawn shape, if its coordinates can be places of Mexico.
fn geometry(feature: &Fields<'_>) -> Option<geo::Geometry> {
    let reader = feature.reader;
    let Some(node) = feature.node("geometry") else {
        reader.error(feature.line, "the feature has no geometry", "draw it on the map");
        return None;
    };
    if !rings_close(feature, node) {
        return None;
    }
    let geometry = serde_json::from_value::<Geometry>(node.to_json())
        .map_err(|error| error.to_string())
        .and_then(|geometry| geo::Geometry::try_from(geometry).map_err(|error| error.to_string()))
        .map_err(|error| {
            reader.error(node.line, format!("the geometry cannot be read: {error}"), "draw it again")
        })
        .ok()?;
    let swapped = geometry.coords_iter().any(|at| at.y < -80.0 && (10.0..40.0).contains(&at.x));
    let sane =
        geometry.coords_iter().all(|at| (-180.0..=180.0).contains(&at.x) && (-90.0..=90.0).contains(&at.y));
    if swapped || !sane {
        reader.error(
            node.line,
            "the coordinates are not on the map",
            "GeoJSON writes longitude first: [-91.1, 18.9]",
        );
        return None;
    }
    Some(geometry)
}

/// RFC 7946: the first and the last position of a ring are the same. Readers close it silently; a ring that is cut
/// off was cut off by somebody.
fn rings_close(feature: &Fields<'_>, geometry: &Node) -> bool {
    let Some(fields) = feature.reader.fields(geometry, "the geometry") else { return false };
    if fields.text("type").as_deref() != Some("Polygon") {
        return true;
    }
    let open = |ring: &&Node| match &ring.kind {
        Kind::List(positions) => {
            positions.len() < 4 || positions.first().map(Node::to_json) != positions.last().map(Node::to_json)
        }
        _ => true,
    };
    if let Some(ring) = fields.list("coordinates").iter().find(open) {
        let hint = "the last position of a polygon repeats the first";
        feature.reader.error(ring.line, "the polygon is not closed", hint);
        return false;
    }
    true
}

fn area(feature: &Fields<'_>, geometry: geo::Geometry) -> Option<MultiPolygon> {
    let area = match geometry {
        geo::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        geo::Geometry::MultiPolygon(polygons) => polygons,
        _ => {
            feature.reader.error(feature.line, "this is no area", "draw it as a polygon");
            return None;
        }
    };
    if let Err(error) = area.check_validation() {
        let message = format!("the polygon cannot be used: {error}");
        feature.reader.error(feature.line, message, "its border must not cross itself: draw it again");
        return None;
    }
    Some(area)
}

/// Where a street runs. It has at least two points, which are not the same.
fn line(feature: &Fields<'_>, geometry: geo::Geometry) -> Option<MultiLineString> {
    let line = match geometry {
        geo::Geometry::LineString(line) => MultiLineString(vec![line]),
        geo::Geometry::MultiLineString(lines) => lines,
        _ => {
            feature.reader.error(
                feature.line,
                "this is no line",
                "draw the street as a line, from end to end",
            );
            return None;
        }
    };
    if line.check_validation().is_err() {
        feature.reader.error(feature.line, "the street has no length", "draw it from end to end");
        return None;
    }
    Some(line)
}

/// "Calle 20" is asked for as "20".
fn without_type(name: Vec<String>) -> Vec<String> {
    let typed = name.len() > 1 && name.first().is_some_and(|word| place_words::is_street_type(word));
    if typed { name.into_iter().skip(1).collect() } else { name }
}

fn point(feature: &Fields<'_>, geometry: geo::Geometry) -> Option<Point> {
    match geometry {
        geo::Geometry::Point(point) => Some(point),
        _ => {
            feature.reader.error(feature.line, "a landmark is no point", "mark it as a point");
            None
        }
    }
}

/// Colonias share borders, not ground; one outside the municipality is most likely drawn in the wrong place.
fn apart(feature: &Fields<'_>, name: &str, area: &MultiPolygon, places: &Places) {
    if places.municipality.as_ref().is_some_and(|limits| !area.0.iter().all(|part| limits.contains(part))) {
        let hint = "draw it again, or widen the limits";
        feature.reader.warning(feature.line, format!("{name} reaches out of the municipality"), hint);
    }
    // Interior meets interior.
    let overlaps = |other: &&Colonia| other.area.relate(area).matches("T********").unwrap_or(false);
    if let Some(other) = places.colonias.iter().find(overlaps) {
        let message = format!("{name} and {} overlap", other.name);
        feature.reader.warning(feature.line, message, "a pin in both belongs to the one that comes first");
    }
}
