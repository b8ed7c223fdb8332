//! One message as the REST side tells it, and the ranks of its statuses.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::DateTime;
use serde::Serialize;
use serde_json::{Value, json};

use crate::simulator::twilio::voice::params::rfc2822;

/// A text's status. Later evidence never goes back; a delivery outranks a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextStatus {
    /// Of a person's text: on its way to the town.
    Receiving,
    /// The town took it.
    Received,
    Accepted,
    Queued,
    Sent,
    Failed,
    Undelivered,
    Delivered,
}

impl TextStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Undelivered => "undelivered",
            Self::Delivered => "delivered",
        }
    }
}

#[derive(Clone)]
pub(super) struct Message {
    pub(super) sid: Arc<str>,
    pub(super) to: String,
    /// `None` until the Messaging Service chose.
    pub(super) from: Option<String>,
    pub(super) service: Option<String>,
    pub(super) body: String,
    pub(super) media: usize,
    pub(super) segments: usize,
    pub(super) reply: bool,
    pub(super) created: i64,
    pub(super) sent: Option<i64>,
    pub(super) updated: i64,
    pub(super) status: TextStatus,
    pub(super) error: Option<u32>,
}

impl Message {
    /// As fetched. A Messaging Service has neither chosen a sender nor counted segments at first.
    pub(super) fn json(&self, account: &str) -> Value {
        let uri = format!("/2010-04-01/Accounts/{account}/Messages/{}", self.sid);
        let fresh = self.status == TextStatus::Accepted;
        let priced = self.status >= TextStatus::Sent;
        json!({
            "account_sid": account,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": rfc2822(self.created),
            "date_sent": self.sent.map(rfc2822),
            "date_updated": rfc2822(self.updated),
            "direction": if self.reply { "outbound-reply" } else { "outbound-api" },
            "error_code": self.error,
            "error_message": null,
            "from": self.from,
            "messaging_service_sid": self.service,
            "num_media": self.media.to_string(),
            "num_segments": if fresh { "0".to_owned() } else { self.segments.to_string() },
            "price": priced.then(|| price(self.segments)),
            "price_unit": priced.then_some("USD"),
            "sid": self.sid,
            "status": self.status.name(),
            "subresource_uris": {"media": format!("{uri}/Media.json")},
            "to": self.to,
            "uri": format!("{uri}.json"),
        })
    }

    /// Sent on this day, `YYYY-MM-DD` in UTC.
    pub(super) fn sent_on(&self, day: &str) -> bool {
        let at = DateTime::from_timestamp_millis(self.sent.unwrap_or(self.created)).unwrap_or_default();
        at.format("%Y-%m-%d").to_string() == day
    }
}

/// A string, negative, with five decimals; the list price of a Mexican segment.
fn price(segments: usize) -> String {
    let hundred_thousandths = 6_150 * segments;
    format!("-{}.{:05}", hundred_thousandths / 100_000, hundred_thousandths % 100_000)
}

/// What the REST side remembers.
#[derive(Default)]
pub(in crate::simulator::twilio) struct Messages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_sid: HashMap<Arc<str>, Message>,
    oldest: VecDeque<Arc<str>>,
}

impl Messages {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep(&self, message: Message, most: usize) {
        let mut kept = self.kept();
        kept.oldest.push_back(Arc::clone(&message.sid));
        kept.by_sid.insert(Arc::clone(&message.sid), message);
        while kept.oldest.len() > most.max(1) {
            let Some(oldest) = kept.oldest.pop_front() else { break };
            kept.by_sid.remove(&oldest);
        }
    }

    pub(super) fn find(&self, sid: &str) -> Option<Message> {
        self.kept().by_sid.get(sid).cloned()
    }

    /// The newest first, at most 50.
    pub(super) fn list(&self, fits: impl Fn(&Message) -> bool) -> Vec<Message> {
        let kept = self.kept();
        let newest = kept.oldest.iter().rev().filter_map(|sid| kept.by_sid.get(sid));
        newest.filter(|message| fits(message)).take(50).cloned().collect()
    }

    pub(super) fn forget(&self, sid: &str) -> bool {
        self.kept().by_sid.remove(sid).is_some()
    }

    pub(super) fn change(&self, sid: &str, change: impl FnOnce(&mut Message)) -> Option<Message> {
        let mut kept = self.kept();
        let message = kept.by_sid.get_mut(sid)?;
        change(message);
        Some(message.clone())
    }
}
