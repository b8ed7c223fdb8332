//! Where a follower of a report is told of it.

use uuid::Uuid;
use ventanilla_adapters::{Address, Channel};
use ventanilla_values::canonical;

use crate::{
    agents::on_channel,
    app::App,
    store::{
        self, StoreError, Unit,
        consents::{self, ConsentState, Purpose},
    },
};

/// On the channel where they filed it or joined; who did so in a call is written to by SMS if they agreed to that, else
/// by WhatsApp if they ever wrote there. `None`: nowhere. What is private leaves its channel for no other, and a stop
/// holds.
pub(super) async fn address(
    app: &App,
    unit: &Unit,
    person: Uuid,
    channel: Channel,
    private: bool,
) -> Result<Option<Address>, StoreError> {
    let found = match channel {
        Channel::Voice if private => None,
        Channel::Voice => after_call(app, unit, person).await?,
        channel => on_channel(&**unit, person, channel).await?,
    };
    let Some(address) = found.filter(|address| app.channels.get(address.channel).is_some()) else {
        return Ok(None);
    };
    let said = consents::state(&**unit, person, Purpose::CaseUpdates, address.channel).await?;
    Ok((said != Some(ConsentState::Withdrawn)).then_some(address))
}

async fn after_call(app: &App, unit: &Unit, person: Uuid) -> Result<Option<Address>, StoreError> {
    let agreed = consents::state(&**unit, person, Purpose::ContinueBySms, Channel::Sms).await?;
    if agreed == Some(ConsentState::Granted)
        && let Some((_, route)) = store::people::route_on(&**unit, person, Channel::Voice).await?
        && let Some(address) = app.channels.sms_address(&canonical(&route))
    {
        return Ok(Some(address));
    }
    on_channel(&**unit, person, Channel::Whatsapp).await
}
