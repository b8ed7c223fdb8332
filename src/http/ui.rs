//! The pages, built by `web/` and embedded. `index.html` is never cached, hashed assets for ever.

use axum::{
    Router,
    http::{StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Pages;

const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Ventanilla</title>\
    <p>The server runs; its pages are not built yet. Run <code>bin/run</code>, or \
    <code>cd web &amp;&amp; npm ci &amp;&amp; npm run build</code> and build the server again.";

pub(super) fn router() -> Router {
    Router::new()
        .route("/", get(|| async { page("index.html") }))
        .route("/simulator", get(|| async { page("simulator.html") }))
        .route("/assets/{*file}", get(asset))
}

fn page(name: &str) -> Response {
    match Pages::get(name) {
        Some(file) => ([(header::CACHE_CONTROL, "no-cache")], Html(file.data)).into_response(),
        None => (StatusCode::OK, Html(NOT_BUILT)).into_response(),
    }
}

async fn asset(uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    let Some(file) = Pages::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, mime.as_ref()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, file.data).into_response()
}
