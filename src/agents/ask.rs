//! Asking a citizen for something with one click, in their language and with what their channel has for it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use ventanilla_adapters::{Channel, Outbound, Wanted, capabilities};
use ventanilla_values::Lang;

use super::{
    ActError, AgentError, By, Replied,
    find::{current, free_for},
    reply::{Telling, tell, told},
};
use crate::{
    app::App,
    store::{self, handovers::HandoverRow},
};

/// What an agent may ask for with one click.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    Location,
    Photo,
    /// Their own number, where the channel can ask for it.
    Contact,
}

impl Ask {
    fn words(self, lang: Lang) -> Outbound {
        let (es, en, wanted) = match self {
            Self::Location => (
                "¿Dónde es? Mándame tu ubicación, o escríbeme la calle y la colonia.",
                "Where is it? Send me your location, or write me the street and the neighbourhood.",
                Wanted::Location,
            ),
            Self::Photo => {
                ("¿Me mandas una foto, por favor?", "Could you send me a photo, please?", Wanted::Photo)
            }
            Self::Contact => (
                "¿Me compartes tu número, para poder llamarte?",
                "Could you share your number, so that I can call you?",
                Wanted::Phone,
            ),
        };
        let text = if lang == Lang::EN { en } else { es };
        Outbound { text: text.to_owned(), wanted: Some(wanted), ..Outbound::default() }
    }
}

/// What can be asked for on a channel.
pub(super) fn askable(channel: Option<Channel>) -> Vec<Ask> {
    let Some(abilities) = channel.map(capabilities) else { return Vec::new() };
    let all = [
        (Ask::Location, !abilities.spoken),
        (Ask::Photo, abilities.photos),
        (Ask::Contact, abilities.contact_request),
    ];
    all.into_iter().filter_map(|(ask, can)| can.then_some(ask)).collect()
}

/// Asks the citizen for something that their channel can help with.
///
/// # Errors
/// When their channel has nothing for it, somebody else attends it, it changed meanwhile, or the database fails.
pub async fn ask(
    app: &App,
    entry: HandoverRow,
    by: &By,
    what: Ask,
    undo: i64,
) -> Result<Replied, AgentError> {
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    if !askable(conversation.channel).contains(&what) {
        return Err(ActError::NotAskable.into());
    }
    let lang = conversation.session.map_or(Lang::ES, |session| session.lang);
    free_for(&entry, by)?;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    // The town's own words: no supervisor reads them first.
    let replied = tell(app, &unit, entry, by, &Telling::words(&[what.words(lang)], undo)).await?;
    told(app, unit, replied).await
}
