//! The SMS side: simulated phones, the REST interface the town sends by, and the webhooks it is told by.

pub(super) mod gsm;
pub(super) mod inbound;
pub(super) mod media;
pub(super) mod message;
mod optout;
mod page;
pub(super) mod phones;
mod refusal;
mod replies;
mod request;
mod rest;
pub(super) mod statuses;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

pub use self::{
    gsm::Encoding,
    message::TextStatus,
    optout::{Advanced, Keyword, OptOut},
    phones::{Reach, Text, TextEvent, TextNews},
};
use self::{media::Item, request::MOST_TEXT};
use super::{CannotWrite, Inner, phone};

impl Inner {
    /// A person writes.
    pub(super) fn sms(self: &Arc<Self>, phone: &str, text: &str) -> Result<Arc<str>, CannotWrite> {
        let phone = phone::key(phone)?;
        if text.trim().is_empty() {
            return Err(CannotWrite::Empty);
        }
        if text.chars().count() > MOST_TEXT {
            return Err(CannotWrite::TooLong);
        }
        Ok(self.writes(&phone, text, None))
    }

    /// A person sends a picture, with or without words.
    pub(super) fn sms_media(
        self: &Arc<Self>,
        phone: &str,
        text: &str,
        item: Item,
    ) -> Result<Arc<str>, CannotWrite> {
        let phone = phone::key(phone)?;
        if text.chars().count() > MOST_TEXT {
            return Err(CannotWrite::TooLong);
        }
        Ok(self.writes(&phone, text, Some(item)))
    }
}

pub(super) fn routes() -> Router<Arc<Inner>> {
    const ACCOUNT: &str = "/simulator/twilio/2010-04-01/Accounts/{account}";
    Router::new()
        .route(ACCOUNT, get(rest::account))
        .route(&format!("{ACCOUNT}/Messages.json"), post(rest::create).get(rest::list))
        .route(
            &format!("{ACCOUNT}/Messages/{{file}}"),
            get(rest::fetch).post(rest::redact).delete(rest::delete),
        )
        .route(
            &format!("{ACCOUNT}/Messages/{{message}}/Media/{{sid}}"),
            get(media::media).delete(media::delete_media),
        )
        .route(
            &format!("{ACCOUNT}/Recordings/{{file}}"),
            get(media::recording).delete(media::delete_recording),
        )
        .route("/simulator/twilio/storage/{sid}", get(media::storage))
        .route("/simulator/api/sms/{phone}/messages", get(page::history).post(page::write))
        .route("/simulator/api/sms/{phone}/events", get(page::events))
}
