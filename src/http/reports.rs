//! Reports for everybody: the public state by folio, and the rest with the PIN.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json,
    extract::{ConnectInfo, Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use ventanilla_values::{Folio, Lang, Pin};

use super::{
    ApiError,
    input::{Body, Params},
    problem::Problem,
};
use crate::{
    app::App,
    reports::{self, PublicStatus},
    store,
};

const NO_SUCH: &str = "no report has this folio: check the eight digits";

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Language {
    /// `es` or `en`
    #[param(value_type = Option<String>)]
    pub(super) lang: Option<Lang>,
}

/// The public state of a report.
#[utoipa::path(
    get, path = "/api/v1/reports/{folio}", tag = "reports",
    security(()),
    params(("folio" = String, Path, description = "as said to the citizen; spaces and dashes are forgiven"), Language),
    responses(
        (status = 200, body = PublicStatus),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn public(
    State(app): State<Arc<App>>,
    Path(folio): Path<String>,
    Params(language): Params<Language>,
) -> Result<Json<PublicStatus>, ApiError> {
    let catalogue = &app.contents.active.catalogue;
    let lang = language.lang.unwrap_or(Lang::ES);
    let status = reports::public_status(app.store.read(), catalogue, &folio, lang).await?;
    status.map(Json).ok_or(ApiError::NotFound(NO_SUCH))
}

#[derive(Deserialize, ToSchema)]
pub struct Unlock {
    /// The six digits that were said once, when the report was filed.
    #[schema(example = "041927")]
    pin: String,
}

/// What only the person who filed it may see.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateReport {
    folio: String,
    category: String,
    state: String,
    /// As the citizen said it.
    #[schema(value_type = Object)]
    place: serde_json::Value,
    description: Option<String>,
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

/// The whole report, with its PIN.
#[utoipa::path(
    post, path = "/api/v1/reports/{folio}/unlock", tag = "reports",
    security(()),
    params(("folio" = String, Path)),
    request_body = Unlock,
    responses(
        (status = 200, body = PrivateReport),
        (status = 403, body = Problem, content_type = "application/problem+json", description = "wrong PIN"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many wrong PINs"),
    )
)]
pub async fn unlock(
    State(app): State<Arc<App>>,
    ConnectInfo(source): ConnectInfo<SocketAddr>,
    Path(folio): Path<String>,
    Body(body): Body<Unlock>,
) -> Result<Json<PrivateReport>, ApiError> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    let folio = Folio::parse(&folio, prefix).map_err(|_| ApiError::NotFound(NO_SUCH))?.to_string();
    let (source, now) = (source.ip().to_string(), app.clock.now());
    if !app.pin_attempts.allowed(&folio, &source, now) {
        return Err(ApiError::TooMany("too many wrong PINs: try again in a quarter of an hour"));
    }
    let row = store::reports::by_folio(app.store.read(), &folio).await?.ok_or(ApiError::NotFound(NO_SUCH))?;
    let pin = Pin::parse(&body.pin).map(|pin| pin.to_string()).unwrap_or_default();
    if !reports::pin_fits(&app, &row, &pin)? {
        app.pin_attempts.wrong(&folio, &source, now);
        return Err(ApiError::Forbidden("the PIN does not belong to this folio"));
    }
    Ok(Json(PrivateReport {
        folio: row.folio,
        category: row.category,
        state: row.state,
        place: serde_json::from_str(&row.place_json).unwrap_or_default(),
        description: row.description,
        details: serde_json::from_str(&row.details_json).unwrap_or_default(),
    }))
}
