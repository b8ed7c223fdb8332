//! News of what went out: [`StatusUpdate`]. Stored as JSON like the inbox, so names are part of the schema.

use serde::{Deserialize, Serialize};

use crate::inbound::Channel;

/// News of a message that we sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusUpdate {
    pub channel: Channel,
    pub account: String,
    pub provider_id: String,
    /// Our own outbox id, where the provider gives it back (`biz_opaque_callback_data`).
    pub reference: Option<String>,
    pub state: DeliveryState,
    /// Unix milliseconds, where told.
    pub at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ProviderError>,
}

/// Ordered by rank: a later status never goes back (protocols.md 1.8). `Failed` is last only by name, see
/// [`DeliveryState::after`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Accepted,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl DeliveryState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
        }
    }

    /// The state after hearing `news`: evidence of delivery wins over a failure, whichever comes first, and
    /// nothing else goes backwards.
    pub fn after(self, news: Self) -> Self {
        let rank = |state| match state {
            Self::Accepted => 1,
            Self::Sent => 2,
            Self::Failed => 3,
            Self::Delivered => 4,
            Self::Read => 5,
        };
        if rank(news) > rank(self) { news } else { self }
    }
}

/// What a provider says went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderError {
    pub code: i64,
    pub title: String,
}
