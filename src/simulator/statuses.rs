//! The statuses of the town's messages, as webhooks carry them.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    bubble::Tick,
    codes::{self, Code},
    envelope::Sent,
    templates::Category,
};

pub(super) struct StatusUpdate {
    pub(super) sent: Arc<Sent>,
    pub(super) step: Step,
    /// Why it failed.
    pub(super) error: Option<&'static Code>,
    /// The phone ticks, the town never hears of it.
    pub(super) dropped: bool,
    /// Unix milliseconds; set when it leaves.
    pub(super) at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Step {
    Sent,
    Delivered,
    Read,
    /// The first time a voice note of ours is heard (since March 2026).
    Played,
    Failed,
}

impl Step {
    pub(super) fn tick(self) -> Option<Tick> {
        match self {
            Self::Sent => Some(Tick::Sent),
            Self::Delivered => Some(Tick::Delivered),
            Self::Read | Self::Played => Some(Tick::Read),
            Self::Failed => None,
        }
    }
}

#[derive(Serialize)]
pub(super) struct StatusEntry<'a> {
    id: &'a str,
    status: Step,
    timestamp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing: Option<Pricing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Value>,
}

#[derive(Serialize)]
struct Pricing {
    billable: bool,
    pricing_model: &'static str,
    category: &'static str,
    r#type: &'static str,
}

impl<'a> StatusEntry<'a> {
    pub(super) fn of(update: &'a StatusUpdate) -> Self {
        let (sent, failed) = (&*update.sent, update.step == Step::Failed);
        // Meta: the user id is left out of a failure when the message went to a phone.
        let tells_user = sent.by_user_id || !failed;
        Self {
            id: &sent.id,
            status: update.step,
            timestamp: (update.at / 1000).to_string(),
            recipient_id: sent.contact.shown_phone(),
            recipient_user_id: sent.contact.user_id.as_deref().filter(|_| tells_user),
            biz_opaque_callback_data: sent.callback.as_deref(),
            pricing: matches!(update.step, Step::Sent | Step::Delivered).then(|| Pricing::of(sent.category)),
            errors: failed.then(|| json!([update.error.unwrap_or(&codes::UNKNOWN).told()])),
        }
    }
}

impl Pricing {
    /// Answers within the window are free, templates are billed as regular.
    fn of(template: Option<Category>) -> Self {
        let (category, kind) = match template {
            None => ("service", "free_customer_service"),
            Some(category) => (category.price(), "regular"),
        };
        Self { billable: template.is_some(), pricing_model: "PMP", category, r#type: kind }
    }
}
