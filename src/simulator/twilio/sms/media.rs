//! Attachments and recordings: an address of the API that wants the password and sends on to a storage host, and the
//! storage host, which must not see the password. In memory and bounded.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::refusal::Refusal;
use crate::simulator::twilio::Inner;

/// What is kept; the oldest go first.
const SHELF_BYTES: usize = 64 << 20;

/// One file.
#[derive(Clone)]
pub(in crate::simulator::twilio) struct Item {
    pub(in crate::simulator::twilio) mime: String,
    pub(in crate::simulator::twilio) bytes: Bytes,
}

#[derive(Default)]
pub(in crate::simulator::twilio) struct Shelf(Mutex<Items>);

#[derive(Default)]
struct Items {
    by_sid: HashMap<Arc<str>, Item>,
    oldest: VecDeque<Arc<str>>,
    bytes: usize,
}

impl Shelf {
    pub(in crate::simulator::twilio) fn put(&self, sid: &Arc<str>, mime: &str, bytes: Bytes) {
        let mut items = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        items.bytes += bytes.len();
        items.oldest.push_back(Arc::clone(sid));
        items.by_sid.insert(Arc::clone(sid), Item { mime: mime.to_owned(), bytes });
        while items.bytes > SHELF_BYTES && items.oldest.len() > 1 {
            let Some(oldest) = items.oldest.pop_front() else { break };
            items.forget(&oldest);
        }
    }

    fn get(&self, sid: &str) -> Option<Item> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_sid.get(sid).cloned()
    }
}

impl Items {
    fn forget(&mut self, sid: &str) {
        self.bytes -= self.by_sid.remove(sid).map_or(0, |item| item.bytes.len());
    }
}

impl Inner {
    /// Keeps an attachment; its content type and address for the webhook.
    pub(super) fn attach(&self, message: &str, item: Item) -> (String, String) {
        let sid = self.sids.make("ME");
        self.shelf.put(&sid, &item.mime, item.bytes);
        let (public, account) = (&self.public_url, &self.account_sid);
        let url =
            format!("{public}/simulator/twilio/2010-04-01/Accounts/{account}/Messages/{message}/Media/{sid}");
        (item.mime, url)
    }

    fn owned(&self, account: &str, sid: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        self.entered(account, headers)?;
        let found = self.shelf.get(sid).is_some();
        if found {
            Ok(())
        } else {
            Err(Refusal::not_found(&format!("/2010-04-01/Accounts/{account}/…/{sid}")))
        }
    }

    fn send_on(&self, account: &str, sid: &str, headers: &HeaderMap) -> Response {
        let answer = self.owned(account, sid, headers).map(|()| {
            let to = format!("{}/simulator/twilio/storage/{sid}", self.public_url);
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        });
        self.answer(answer)
    }

    fn remove(&self, account: &str, sid: &str, headers: &HeaderMap) -> Response {
        let answer = self.owned(account, sid, headers).map(|()| {
            self.shelf.0.lock().unwrap_or_else(PoisonError::into_inner).forget(sid);
            StatusCode::NO_CONTENT.into_response()
        });
        self.answer(answer)
    }
}

/// `GET …/Messages/{sid}/Media/{sid}`
pub(super) async fn media(
    State(inner): State<Arc<Inner>>,
    Path((account, _, sid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    inner.send_on(&account, &sid, &headers)
}

pub(super) async fn delete_media(
    State(inner): State<Arc<Inner>>,
    Path((account, _, sid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    inner.remove(&account, &sid, &headers)
}

fn without_suffix(file: &str) -> &str {
    file.strip_suffix(".wav").or_else(|| file.strip_suffix(".json")).unwrap_or(file)
}

/// `GET …/Recordings/{sid}`, also with `.wav`
pub(super) async fn recording(
    State(inner): State<Arc<Inner>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    inner.send_on(&account, without_suffix(&file), &headers)
}

pub(super) async fn delete_recording(
    State(inner): State<Arc<Inner>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    inner.remove(&account, without_suffix(&file), &headers)
}

/// The storage host: no password, and it minds being shown one.
pub(super) async fn storage(
    State(inner): State<Arc<Inner>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
) -> Response {
    if headers.contains_key(header::AUTHORIZATION) {
        inner.counts.with(|stats| stats.passwords_leaked += 1);
    }
    match inner.shelf.get(&sid) {
        Some(item) => {
            let headers =
                [(header::CONTENT_TYPE, item.mime.as_str()), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
            (headers, item.bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
