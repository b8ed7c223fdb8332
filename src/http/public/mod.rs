//! The pages for everybody: reports as a list, on a map and one by one, figures, and open data. Drawn here, so that they
//! work on an old phone and without JavaScript; only the map needs a script (`web/src/map`).
//!
//! What they say comes from [`crate::reports::public`] and from nowhere else.

mod data;
mod figures;
mod folio;
mod list;
mod locator;
mod map;
mod photo;
mod places;
mod report;
mod site;
mod view;
mod wanted;

use std::sync::Arc;

use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::app::App;
use site::Site;

/// Routes and what they share.
pub(super) fn router(app: Arc<App>) -> Router {
    let site = Arc::new(Site::new(app));
    let style = site.style.clone();
    Router::new()
        .route("/reportes", get(list::show))
        .route("/reportes/mapa", get(map::show))
        .route("/reportes/mapa/zonas.json", get(map::zones))
        .route("/reportes/mapa/puntos.json", get(map::points))
        .route("/reportes/cifras", get(figures::show))
        .route("/reportes/foto/{id}", get(photo::show))
        .route("/reportes/{folio}", get(report::show))
        .route("/folio", get(folio::show))
        .route("/datos", get(data::show))
        .route("/datos/lugares.csv", get(places::csv))
        .route("/datos/lugares.json", get(places::json))
        .route("/datos/{file}", get(data::download))
        .with_state(site)
        .route(
            &style,
            get(|| async {
                fixed("text/css; charset=utf-8", "public, max-age=31536000, immutable", site::STYLE)
            }),
        )
        // Browsers ask for it at every page that is no page of `web/`.
        .route("/favicon.ico", get(|| async { fixed("image/svg+xml", "public, max-age=86400", MARK) }))
}

const MARK: &str = include_str!("../../../web/src/ui/mark.svg");

fn fixed(kind: &'static str, cache: &'static str, body: &'static str) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)], body).into_response()
}
