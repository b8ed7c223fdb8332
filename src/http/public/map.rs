//! `/reportes/mapa`: the town's own colonias with the public points on them. The page is a list to who has no script; the
//! script fetches areas and points from here.

use std::{ops::RangeInclusive, sync::Arc};

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use geo::{Area as _, BoundingRect as _, MultiPolygon, Rect};
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, JsonObject};
use minijinja::{Value, context};
use serde_json::json;

use super::{
    site::Site,
    view::tone,
    wanted::{Wanted, address},
};
use crate::{
    http::{ApiError, ui},
    reports::{
        cell::cell,
        public::{Point, PublicReport},
    },
    store::{self, StoreError, public_reports::Bounds},
};

const PATH: &str = "/reportes/mapa";
pub(super) const GEOJSON: &str = "application/geo+json; charset=utf-8";
/// Reports of the list beside the map before a script fills it.
const LISTED: u64 = 20;
/// Points of a window.
const POINTS: usize = 2000;
/// In a large window only so many of the newest reports are looked at.
const DEEP: u64 = 50_000;
/// A window of at most so many rows of squares (111 m each), and so many squares, is searched square by square.
const ROWS: i64 = 24;
const SQUARES: i64 = 600;
/// Degrees by which a shown point may lie beside the exact one, see `reports::public`.
const ROUNDED: f64 = 0.000_6;

pub(super) async fn show(State(site): State<Arc<Site>>, wanted: Wanted) -> Response {
    let wanted = wanted.checked(site.catalogue());
    let filter = wanted.filter(site.catalogue().town().timezone, false);
    let rows = match store::public_reports::page(site.app.store.read(), &filter, None, LISTED).await {
        Ok(rows) => rows,
        Err(err) => return site.failed(PATH, &wanted, &err),
    };
    let reports = rows.into_iter().filter_map(|row| PublicReport::new(row, site.catalogue()));
    let lang = wanted.lang;
    let config = &site.app.config.public;
    let built = ui::built("src/map/map.ts");
    let said = context! {
        reports => reports.map(|report| site.report(&report, lang)).collect::<Value>(),
        filters => site.filters(&wanted),
        as_list => address("/reportes", &wanted.filters(), lang),
        all => address(PATH, &[], lang),
        zones => format!("{PATH}/zonas.json"),
        points => address(&format!("{PATH}/puntos.json"), &wanted.filters(), lang),
        tiles => config.tiles.as_str(),
        tiles_by => config.tiles_by.as_str(),
        script => built.as_ref().map(|built| built.script.as_str()),
        styles => built.as_ref().map(|built| built.styles.clone()).unwrap_or_default(),
    };
    let mut response = site.page("map.html", PATH, &wanted, said);
    if let Ok(policy) = HeaderValue::from_str(&policy(config.tiles_origin())) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The script of the map, its worker, and the server of the tiles where there is one.
fn policy(tiles: Option<&str>) -> String {
    let tiles = tiles.map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; \
         connect-src 'self'{tiles}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The limits of the town and its colonias, from `catalogue/places.geojson`.
pub(super) async fn zones(State(site): State<Arc<Site>>) -> Response {
    let places = site.catalogue().places();
    let limits = places.municipality.iter().map(|area| zone("municipality", "", area));
    let colonias = places.colonias.iter().map(|one| zone("colonia", &one.name, &one.area));
    let zones =
        FeatureCollection { bbox: None, features: limits.chain(colonias).collect(), foreign_members: None };
    let headers = [(header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, [(header::CONTENT_TYPE, GEOJSON)], GeoJson::from(zones).to_string()).into_response()
}

fn zone(kind: &str, name: &str, area: &MultiPolygon) -> Feature {
    let mut properties = JsonObject::new();
    properties.insert("kind".to_owned(), json!(kind));
    properties.insert("name".to_owned(), json!(name));
    properties.insert("size".to_owned(), json!(area.unsigned_area()));
    Feature {
        bbox: None,
        geometry: Some(Geometry::from(area)),
        id: None,
        properties: Some(properties),
        foreign_members: None,
    }
}

/// Points of a window (`bbox=west,south,east,north`), the newest first.
pub(super) async fn points(State(site): State<Arc<Site>>, wanted: Wanted) -> Result<Response, ApiError> {
    let wanted = wanted.checked(site.catalogue());
    if !wanted.mistakes.is_empty() {
        return Err(ApiError::invalid("filter", format!("this cannot be: {}", wanted.mistakes.join(", "))));
    }
    let bounds = match wanted.rest("bbox") {
        None => town(&site),
        Some(text) => bounds(text).ok_or_else(|| {
            ApiError::invalid("bbox", "write bbox=west,south,east,north in degrees: -91.2,18.8,-91.0,19.0")
        })?,
    };
    let (reports, complete) = within(&site, &wanted, bounds).await?;
    let features: Vec<_> = reports.iter().filter_map(|report| point(&site, report, &wanted)).collect();
    let body = json!({ "type": "FeatureCollection", "complete": complete, "features": features });
    let headers = [(header::CONTENT_TYPE, GEOJSON), (header::CACHE_CONTROL, "public, max-age=30")];
    Ok((headers, body.to_string()).into_response())
}

/// What lies in a window by its public point: asking with a smaller and smaller one tells no more than that.
async fn within(
    site: &Site,
    wanted: &Wanted,
    bounds: Bounds,
) -> Result<(Vec<PublicReport>, bool), StoreError> {
    let filter = wanted.filter(site.catalogue().town().timezone, false);
    let wide = Bounds {
        south: bounds.south - ROUNDED,
        west: bounds.west - ROUNDED,
        north: bounds.north + ROUNDED,
        east: bounds.east + ROUNDED,
    };
    let (squares, limit) = (squares(wide), POINTS as u64 + 1);
    let rows =
        store::public_reports::window(site.app.store.read(), &filter, wide, &squares, DEEP, limit).await?;
    let complete = rows.len() <= POINTS;
    let inside = |point: Point| {
        (bounds.south..=bounds.north).contains(&point.lat) && (bounds.west..=bounds.east).contains(&point.lon)
    };
    let reports = rows
        .into_iter()
        .take(POINTS)
        .filter_map(|row| PublicReport::new(row, site.catalogue()))
        .filter(|report| report.point.is_some_and(inside));
    Ok((reports.collect(), complete))
}

/// The squares of a small window, row by row; none of a large one.
fn squares(bounds: Bounds) -> Vec<RangeInclusive<i64>> {
    // Of a degree there are a thousand rows.
    let row = (cell(1.0, 0.0) - cell(0.0, 0.0)) / 1000;
    let (first, last) = (cell(bounds.south, bounds.west), cell(bounds.north, bounds.west));
    let wide = cell(bounds.south, bounds.east) - first;
    let rows = (last - first) / row + 1;
    if rows > ROWS || rows * (wide + 1) > SQUARES {
        return Vec::new();
    }
    (0..rows).map(|step| first + step * row).map(|west| west..=west + wide).collect()
}

fn bounds(text: &str) -> Option<Bounds> {
    let sides: Vec<f64> = text.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    let &[west, south, east, north] = sides.as_slice() else { return None };
    let on_earth = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north);
    (on_earth && west < east && south < north).then_some(Bounds { south, west, north, east })
}

/// Where nobody says: all that the town knows of itself, or the whole earth.
fn town(site: &Site) -> Bounds {
    let places = site.catalogue().places();
    let drawn = places.municipality.as_ref().and_then(|area| area.bounding_rect());
    let rect = drawn.unwrap_or_else(|| Rect::new((-180.0, -90.0), (180.0, 90.0)));
    Bounds { south: rect.min().y, west: rect.min().x, north: rect.max().y, east: rect.max().x }
}

fn point(site: &Site, report: &PublicReport, wanted: &Wanted) -> Option<serde_json::Value> {
    let (point, lang) = (report.point?, wanted.lang);
    let day = site.day(report.filed_at, lang).get_attr("words").ok()?.to_string();
    Some(json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [point.lon, point.lat] },
        "properties": {
            "folio": report.folio,
            "url": site.report_url(&report.folio, lang),
            "category": site.category_name(&report.category, lang),
            "state": report.state.label(lang),
            "tone": tone(report.state),
            "colonia": report.colonia.as_deref().and_then(|id| site.colonia_name(id)),
            "day": day,
            "people": report.people,
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_window_is_searched_by_squares_and_a_large_one_is_not() {
        let small = Bounds { south: 18.9201, west: -91.1201, north: 18.9259, east: -91.1101 };
        let found = squares(small);
        assert_eq!(found.len(), 6);
        assert!(found[2].contains(&cell(18.922_5, -91.115)));
        assert!(!found.iter().any(|range| range.contains(&cell(18.922_5, -91.122))));
        assert!(squares(Bounds { north: 19.2, ..small }).is_empty());
        assert!(squares(Bounds { east: -90.0, ..small }).is_empty());
    }

    #[test]
    fn only_a_window_on_earth_is_one() {
        assert!(bounds("-91.2,18.8,-91.0,19.0").is_some());
        for wrong in
            ["", "1,2,3", "1,2,3,4,5", "2,1,1,2", "a,b,c,d", "NaN,1,2,3", "-91,18,-90,inf", "-181,0,1,1"]
        {
            assert!(bounds(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn tiles_are_let_in_from_their_server_alone() {
        assert!(!policy(None).contains("http"));
        let policy = policy(Some("https://tiles.a.mx"));
        assert!(policy.contains("connect-src 'self' https://tiles.a.mx;"));
        assert!(policy.contains("script-src 'self';"));
    }
}
