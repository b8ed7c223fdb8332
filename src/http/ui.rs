//! The pages, built by `web/` and embedded. `index.html` is never cached, hashed assets for ever; the chat that other
//! sites embed (`/widget.js`) keeps its name, so browsers ask each time whether theirs is still the newest.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::Value as Json;

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
        // The console has its own paths below; which of them exist is its business.
        .route("/console", get(|| async { page("console.html") }))
        .route("/console/{*path}", get(|| async { page("console.html") }))
        .route("/simulator", get(|| async { page("simulator.html") }))
        .route("/widget", get(|| async { page("widget/demo.html") }))
        .route("/widget.js", get(widget))
        .route("/assets/{*file}", get(asset))
}

/// A script of a page that is drawn by the server.
#[derive(Debug)]
pub(super) struct Built {
    pub script: String,
    pub styles: Vec<String>,
}

/// Where the build put a script and its styles; `None` where the pages are not built.
pub(super) fn built(source: &str) -> Option<Built> {
    let manifest: Json = serde_json::from_slice(&Pages::get("manifest.json")?.data).ok()?;
    let script = format!("/{}", manifest[source]["file"].as_str()?);
    Some(Built { script, styles: styles(&manifest, source) })
}

/// The styles of a script and of the chunks that it shares with others, each once.
fn styles(manifest: &Json, source: &str) -> Vec<String> {
    let listed = |chunk: &str, field: &str| -> Vec<String> {
        let names = manifest[chunk][field].as_array().into_iter().flatten();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let mut chunks = vec![source.to_owned()];
    let mut next = 0;
    while let Some(chunk) = chunks.get(next) {
        let imports = listed(chunk, "imports");
        for import in imports {
            if !chunks.contains(&import) {
                chunks.push(import);
            }
        }
        next += 1;
    }
    // What is shared comes first, so that a page may say it otherwise.
    chunks.iter().rev().flat_map(|chunk| listed(chunk, "css")).map(|file| format!("/{file}")).collect()
}

fn page(name: &str) -> Response {
    match Pages::get(name) {
        Some(file) => ([(header::CACHE_CONTROL, "no-cache")], Html(file.data)).into_response(),
        None => (StatusCode::OK, Html(NOT_BUILT)).into_response(),
    }
}

async fn asset(uri: Uri, request: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    let Some((file, encoding)) = packed(name, &request) else { return StatusCode::NOT_FOUND.into_response() };
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, mime.as_ref()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
    ];
    unpacked_by(encoding, (headers, file.data).into_response())
}

/// Says how a body is packed.
fn unpacked_by(encoding: Option<&'static str>, mut response: Response) -> Response {
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The chat for pages of other sites, packed where the browser can unpack it: it is read on slow lines.
async fn widget(request: HeaderMap) -> Response {
    let Some((file, encoding)) = packed("widget.js", &request) else {
        let why = "the chat is not built: cd web && npm ci && npm run build, then build the server again";
        return (StatusCode::NOT_FOUND, why).into_response();
    };
    let etag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let (status, body) = if has(&request, &header::IF_NONE_MATCH, &etag) {
        (StatusCode::NOT_MODIFIED, Body::empty())
    } else {
        (StatusCode::OK, Body::from(file.data))
    };
    unpacked_by(encoding, (status, widget_headers(), [(header::ETAG, etag)], body).into_response())
}

/// Any page may load it, also one that isolates itself (`Cross-Origin-Embedder-Policy`) or states its hash (SRI).
fn widget_headers() -> [(HeaderName, HeaderValue); 5] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ]
}

/// The smallest form that the build made of a file and the browser takes, with the name of its packing.
fn packed(name: &str, request: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (end, encoding) in [("br", "br"), ("gz", "gzip")] {
        if has(request, &header::ACCEPT_ENCODING, encoding)
            && let Some(file) = Pages::get(&format!("{name}.{end}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Some((Pages::get(name)?, None))
}

/// Whether a header that lists things names this one; what is refused with `q=0` is not named.
fn has(request: &HeaderMap, name: &HeaderName, wanted: &str) -> bool {
    let lists = request.get_all(name).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|entry| {
        let (entry, weight) = entry.split_once(';').unwrap_or((entry, ""));
        // A proxy that packs by itself makes strong tags weak.
        entry.trim().trim_start_matches("W/") == wanted
            && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(list: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(list))])
    }

    #[test]
    fn a_packing_is_used_only_where_it_is_wanted() {
        for (list, wanted) in [
            ("gzip, deflate, br", true),
            ("br;q=0.5", true),
            ("gzip;q=1.0,br", true),
            ("gzip", false),
            ("br;q=0, gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            assert_eq!(has(&accepting(list), &header::ACCEPT_ENCODING, "br"), wanted, "{list}");
        }
    }

    #[test]
    fn a_script_brings_the_styles_of_what_it_shares_with_others_each_once_and_its_own_last() {
        let manifest = serde_json::json!({
            "map.ts": { "file": "map.js", "imports": ["_library.js", "_bounds.js"], "css": ["map.css"] },
            "_library.js": { "file": "library.js", "imports": ["_bounds.js"], "css": ["library.css"] },
            "_bounds.js": { "file": "bounds.js", "imports": ["_library.js"] },
        });
        assert_eq!(styles(&manifest, "map.ts"), ["/library.css", "/map.css"]);
    }
}
