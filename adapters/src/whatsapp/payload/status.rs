//! One status -> [`StatusUpdate`]. Called by `payload`; merging by rank is the server's
//! ([`DeliveryState::after`]), since statuses come late, twice and in any order.

use serde_json::Value;

use crate::{
    Channel, DeliveryState, Event, ProviderError, StatusUpdate,
    lenient::{kind, moment, word},
};

/// `None` for a status that says nothing to us. Recipient, price and conversation are informative, and each of them
/// is left out at times: none is read.
pub(super) fn read(update: &Value, account: &str) -> Result<Option<Event>, &'static str> {
    let provider_id = word(update.get("id")).ok_or("a status without an id")?;
    let name = kind(update.get("status")).ok_or("a status without a name")?;
    let Some(state) = state(&name) else { return Ok(None) };
    Ok(Some(Event::Status(StatusUpdate {
        channel: Channel::Whatsapp,
        account: account.to_owned(),
        provider_id,
        reference: word(update.get("biz_opaque_callback_data")),
        state,
        at: moment(update.get("timestamp")),
        error: update.get("errors").and_then(first_error),
    })))
}

/// Legacy names (`deleted`, `warning`) and those of the future change nothing.
fn state(name: &str) -> Option<DeliveryState> {
    match name {
        "sent" => Some(DeliveryState::Sent),
        "delivered" => Some(DeliveryState::Delivered),
        // Meta: `played` is a voice note of ours heard for the first time, which comes after `read`.
        "read" | "played" => Some(DeliveryState::Read),
        "failed" => Some(DeliveryState::Failed),
        _ => None,
    }
}

/// The first one with a code: the code alone says what to do.
fn first_error(errors: &Value) -> Option<ProviderError> {
    errors.as_array()?.iter().find_map(|error| {
        let code = word(error.get("code"))?.parse().ok()?;
        let title = word(error.get("title")).or_else(|| word(error.get("message"))).unwrap_or_default();
        Some(ProviderError { code, title })
    })
}
