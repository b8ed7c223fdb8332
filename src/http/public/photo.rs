//! `/reportes/foto/{id}`: copies of photos that somebody of the town said may be shown. Every other one is nowhere.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;

use super::{site::Site, wanted::Wanted};
use crate::{
    picture,
    reports::copies::{self, Size},
    store,
};

/// A photo that is hidden again is gone everywhere a minute later.
const CACHE: &str = "public, max-age=60, must-revalidate";
/// Opened by itself, it is a picture and nothing else.
const POLICY: &str = "default-src 'none'; sandbox";

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Path(id): Path<String>,
    wanted: Wanted,
    request: HeaderMap,
) -> Response {
    let Ok(media) = id.parse::<Uuid>() else { return nowhere() };
    match store::photo_copies::is_shown(site.app.store.read(), media).await {
        Ok(true) => {}
        Ok(false) => return nowhere(),
        Err(err) => {
            tracing::error!("a photo could not be looked up: {err}");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    let size = if wanted.rest("s") == Some("1") { Size::Small } else { Size::Large };
    let file = copies::file(media, size);
    // A copy never changes: its name is its tag.
    let etag = format!("\"{}\"", file.simple());
    let headers = [
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::ETAG, etag.clone()),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    if request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    match site.app.media.get(file).await {
        Ok(bytes) => (headers, [(header::CONTENT_TYPE, picture::MIME)], bytes).into_response(),
        Err(_) => nowhere(),
    }
}

fn nowhere() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
