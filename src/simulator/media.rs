//! Pictures and files: uploads get ids, ids get addresses that live five minutes, addresses want the bearer. In memory
//! and bounded; the page sees the same bytes without a bearer at `/simulator/media/{id}`.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    body::Body,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    Inner,
    attachment::{self, LARGEST},
    error::GraphError,
    faults::Fault,
};

const URL_LIFE_S: i64 = 5 * 60;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Ids in webhooks live 7 days, ids of uploads 30.
pub(super) const INBOUND_LIFE_MS: i64 = 7 * DAY_MS;
pub(super) const UPLOAD_LIFE_MS: i64 = 30 * DAY_MS;
/// What the simulator keeps; the oldest go first.
const SHELF_BYTES: usize = 256 << 20;
/// The largest body a media route takes: a document, and the form around it.
pub(super) const MAX_BODY: usize = LARGEST + (1 << 20);

/// One file.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) mime: String,
    bytes: Bytes,
    sha256: [u8; 32],
    /// Unix milliseconds.
    expires: i64,
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("mime", &self.mime)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

impl Item {
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn is_animated(&self) -> bool {
        attachment::is_animated(&self.bytes)
    }
}

#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Items>);

#[derive(Debug, Default)]
struct Items {
    by_id: HashMap<String, Arc<Item>>,
    oldest: VecDeque<String>,
    bytes: usize,
}

impl Shelf {
    fn put(&self, item: Arc<Item>) {
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        items.bytes += item.bytes.len();
        items.oldest.push_back(item.id.clone());
        items.by_id.insert(item.id.clone(), item);
        while items.bytes > SHELF_BYTES && items.oldest.len() > 1 {
            let Some(oldest) = items.oldest.pop_front() else { break };
            items.forget(&oldest);
        }
    }

    fn get(&self, id: &str, now: i64) -> Option<Arc<Item>> {
        let items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        items.by_id.get(id).filter(|item| now < item.expires).cloned()
    }

    fn delete(&self, id: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).forget(id);
    }
}

impl Items {
    fn forget(&mut self, id: &str) {
        self.bytes -= self.by_id.remove(id).map_or(0, |item| item.bytes.len());
    }
}

impl Inner {
    pub(super) fn shelve(&self, mime: &str, bytes: Bytes, life_ms: i64) -> Arc<Item> {
        let item = Arc::new(Item {
            id: self.ids.media(),
            mime: mime.to_owned(),
            sha256: Sha256::digest(&bytes).into(),
            bytes,
            expires: (self.clock)() + life_ms,
        });
        self.shelf.put(Arc::clone(&item));
        item
    }

    pub(super) fn item(&self, id: &str) -> Option<Arc<Item>> {
        self.shelf.get(id, (self.clock)())
    }

    /// What every kind of file has in a webhook: `mime_type`, `sha256`, `id`, mostly `url`.
    pub(super) fn inbound_media(&self, item: &Item) -> Value {
        let mut media = json!({
            "mime_type": item.mime,
            "sha256": BASE64_STANDARD.encode(item.sha256),
            "id": item.id,
        });
        if self.tuning.media_urls {
            media["url"] = self.media_url(&item.id, "&source=webhook").into();
        }
        media
    }

    fn media_url(&self, id: &str, note: &str) -> String {
        let (public, ext) = (&self.public_url, (self.clock)() / 1000 + URL_LIFE_S);
        format!(
            "{public}/simulator/lookaside/{id}?mid={id}{note}&ext={ext}&hash={}",
            self.media_hash(id, ext)
        )
    }

    /// Ties the expiry to the id, so that nobody writes a later one.
    fn media_hash(&self, id: &str, ext: i64) -> String {
        hex::encode(&self.signer.digest(format!("{id} {ext}").as_bytes())[..16])
    }

    fn describe(&self, item: &Item) -> Value {
        json!({
            "messaging_product": "whatsapp",
            "url": self.media_url(&item.id, ""),
            "mime_type": item.mime,
            "sha256": hex::encode(item.sha256),
            // Meta has been seen to write this number as a string.
            "file_size": item.bytes.len().to_string(),
            "id": item.id,
        })
    }

    fn owned_item(&self, id: &str, asserted: Option<&str>) -> Result<Arc<Item>, GraphError> {
        let ours = asserted.is_none_or(|number| number == self.account.phone_number_id);
        self.item(id).filter(|_| ours).ok_or_else(|| GraphError::unknown_object(id))
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Asserted {
    phone_number_id: Option<String>,
}

/// `GET /{media_id}`, or `GET /{phone_number_id}`, which health checks ask for.
pub(super) async fn describe(
    State(inner): State<Arc<Inner>>,
    Path((version, id)): Path<(String, String)>,
    Query(asserted): Query<Asserted>,
    headers: HeaderMap,
) -> Response {
    let answer = inner.entered(&version, &headers).and_then(|()| {
        if id == inner.account.phone_number_id {
            return Ok(json!({
                "verified_name": inner.town_name,
                "display_phone_number": inner.display_phone,
                "quality_rating": "GREEN",
                "id": id,
            }));
        }
        inner.owned_item(&id, asserted.phone_number_id.as_deref()).map(|item| inner.describe(&item))
    });
    inner.answer(answer.map(|body| Json(body).into_response()))
}

/// `DELETE /{media_id}`
pub(super) async fn delete(
    State(inner): State<Arc<Inner>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = inner.entered(&version, &headers).and_then(|()| inner.owned_item(&id, None));
    inner.answer(found.map(|item| {
        inner.shelf.delete(&item.id);
        Json(json!({"success": true})).into_response()
    }))
}

#[derive(Debug, Deserialize)]
pub(super) struct Ticket {
    ext: Option<i64>,
    hash: Option<String>,
}

/// The address a media id resolves to: the bearer again, and five minutes.
pub(super) async fn lookaside(
    State(inner): State<Arc<Inner>>,
    Path(id): Path<String>,
    Query(ticket): Query<Ticket>,
    headers: HeaderMap,
) -> Response {
    if !inner.bears_token(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let fresh = ticket.ext.is_some_and(|ext| {
        (inner.clock)() / 1000 < ext && ticket.hash.as_deref() == Some(inner.media_hash(&id, ext).as_str())
    });
    match inner.item(&id).filter(|_| fresh && !inner.faults.strikes(Fault::MediaGone)) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(item) if inner.faults.strikes(Fault::MediaTruncated) => truncated(&item),
        Some(item) if inner.faults.strikes(Fault::MediaOversized) => oversized(&item),
        Some(item) => picture(&item),
    }
}

/// Half of what the length says, then the connection ends.
fn truncated(item: &Item) -> Response {
    let half = item.bytes.slice(..item.len() / 2);
    let breaks = async {
        // The half leaves before the connection ends.
        tokio::task::yield_now().await;
        Err(std::io::Error::new(std::io::ErrorKind::ConnectionReset, "the simulator broke the file off"))
    };
    let body = Body::from_stream(stream::iter([Ok(half)]).chain(stream::once(breaks)));
    ([(header::CONTENT_TYPE, item.mime.clone()), (header::CONTENT_LENGTH, item.len().to_string())], body)
        .into_response()
}

/// More than Meta's largest file, whatever was told before.
fn oversized(item: &Item) -> Response {
    let chunk = Bytes::from_static(&[0; 1 << 16]);
    let body = stream::iter(vec![chunk; LARGEST / (1 << 16) + 1].into_iter().map(Ok::<_, Infallible>));
    ([(header::CONTENT_TYPE, item.mime.clone())], Body::from_stream(body)).into_response()
}

/// For the page: the same bytes, to be shown.
pub(super) async fn show(State(inner): State<Arc<Inner>>, Path(id): Path<String>) -> Response {
    inner.item(&id).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |item| picture(&item))
}

fn picture(item: &Item) -> Response {
    let headers = [(header::CONTENT_TYPE, item.mime.as_str()), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, item.bytes.clone()).into_response()
}
