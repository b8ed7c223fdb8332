//! The map: points of what is asked for, and the town's own shapes to draw them on.

use std::sync::Arc;

use axum::{Json, extract::State};
use geojson::Geometry;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json_, json};
use utoipa::{IntoParams, ToSchema};

use super::which::Which;
use crate::{
    app::App,
    catalogue::Places,
    http::{
        ApiError,
        input::Params,
        permit::{Permit, may::WorkReports},
    },
    reports::{board, board::BoardRow},
    store::{
        self,
        board::{Bounds, Filter},
    },
};

/// More points than a map shows well.
const MOST: i64 = 1000;

/// What is seen of the map, in degrees.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Seen {
    south: f64,
    west: f64,
    north: f64,
    east: f64,
}

#[derive(Serialize, ToSchema)]
pub struct BoardPoints {
    /// In the order in which they are due.
    reports: Vec<BoardRow>,
    /// There are more than are shown: look closer.
    more: bool,
}

/// Reports with a pin in a part of the map.
#[utoipa::path(
    get, path = "/api/v1/board/points", tag = "board", operation_id = "board_points",
    security(("session" = ["reports.work"])),
    params(Which, Seen),
    responses((status = 200, body = BoardPoints))
)]
pub async fn points(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Params(which): Params<Which>,
    Params(seen): Params<Seen>,
) -> Result<Json<BoardPoints>, ApiError> {
    let Seen { south, west, north, east } = seen;
    if ![south, west, north, east].iter().all(|degrees| degrees.is_finite()) || south > north || west > east {
        return Err(ApiError::BadRequest("south is below north, west is left of east: degrees, WGS84"));
    }
    let (on, now, lang) = (app.store.read(), app.clock.now(), which.lang());
    let catalogue = &app.contents.active.catalogue;
    let filter = Filter { within: Some(Bounds { south, west, north, east }), ..which.filter(&by.member)? };
    let scope = board::scope(catalogue, &by.member);
    let mut rows = store::board::page(on, &scope, &filter, (None, MOST + 1), now).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > MOST);
    rows.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    rows.retain(|row| !row.private);
    let names = board::names(on).await?;
    let reports = rows.iter().map(|row| board::row(catalogue, &names, row, lang, now)).collect();
    Ok(Json(BoardPoints { reports, more }))
}

/// The limits of the municipality, its colonias and the departments' zones as a GeoJSON FeatureCollection. Each feature
/// has `kind`, `id` and `name`.
#[utoipa::path(
    get, path = "/api/v1/board/map", tag = "board", operation_id = "board_map",
    security(("session" = ["reports.work"])),
    responses((status = 200, body = serde_json::Value))
)]
pub async fn shapes(State(app): State<Arc<App>>, _: Permit<WorkReports>) -> Json<Json_> {
    Json(drawn(app.contents.active.catalogue.places()))
}

fn drawn(places: &Places) -> Json_ {
    let feature = |kind: &str, id: &str, name: &str, area: &geo::MultiPolygon| {
        let geometry = Geometry::from(area);
        json!({ "type": "Feature", "properties": { "kind": kind, "id": id, "name": name }, "geometry": geometry })
    };
    let town = places.municipality.iter().map(|area| feature("municipality", "municipality", "", area));
    let colonias = places.colonias.iter().map(|one| feature("colonia", &one.id, &one.name, &one.area));
    let zones = places.zones.iter().map(|one| feature("zone", &one.id, &one.name, &one.area));
    let features: Vec<Json_> = town.chain(colonias).chain(zones).collect();
    json!({ "type": "FeatureCollection", "features": features })
}
