//! Where somebody can be written to.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Channel};
use ventanilla_values::canonical;

use super::AgentError;
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        consents::{self, ConsentState, Purpose},
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
    },
};

/// An answer speaks of the matter that they talked of when they asked for a person.
pub(super) async fn is_private(app: &App, conversation: &Conversation) -> Result<bool, StoreError> {
    let library = app.contents.library(conversation.release.as_deref(), &app.store).await?;
    let mut flows = conversation.session.iter().flat_map(|session| &session.stack);
    let in_private = flows.any(|frame| library.flow(&frame.flow).is_none_or(|flow| flow.private));
    Ok(in_private || conversation.owner == Owner::Danger)
}

/// On the channel of their talk, wherever else somebody with the same phone wrote since. After a call that is by SMS,
/// for those who agreed to it.
pub(super) async fn reachable(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    entry: &HandoverRow,
) -> Result<Address, AgentError> {
    let person = conversation.person;
    let last = store::people::last_address(&**unit, person).await?.ok_or(AgentError::Unreachable)?;
    let channel = conversation.channel.unwrap_or(last.channel);
    if channel == Channel::Voice {
        return after_call(app, unit, entry, last).await;
    }
    if last.channel == channel {
        return Ok(last);
    }
    on_channel(&**unit, person, channel).await?.ok_or(AgentError::Unreachable)
}

/// Where a person last wrote from on a channel.
///
/// # Errors
/// When the database fails.
pub(crate) async fn on_channel(
    on: &impl ConnectionTrait,
    person: Uuid,
    channel: Channel,
) -> Result<Option<Address>, StoreError> {
    let Some((account, route)) = store::people::route_on(on, person, channel).await? else { return Ok(None) };
    let key = match channel {
        Channel::Webchat => AddressKey::Token(route.clone()),
        _ => AddressKey::Phone(canonical(&route)),
    };
    Ok(Some(Address { channel, account, key, route }))
}

async fn after_call(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    last: Address,
) -> Result<Address, AgentError> {
    let person = entry.person_id;
    let own = match &last.key {
        AddressKey::Phone(phone) => Some(phone.clone()),
        _ => store::handovers::phone_of(&**unit, person, Channel::Voice).await?,
    };
    let agreed = consents::state(&**unit, person, Purpose::ContinueBySms, Channel::Sms).await?;
    let text = own.as_deref().filter(|_| agreed == Some(ConsentState::Granted));
    let to = text.and_then(|phone| app.channels.sms_address(phone));
    to.ok_or_else(|| AgentError::CallThem(entry.call_phone.clone().or(own)))
}
