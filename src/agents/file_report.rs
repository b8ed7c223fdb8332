//! Filing a report from a chat: what is known already stands in the form, the bot's own action files it, and the citizen
//! is told folio and PIN in the bot's words.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use uuid::Uuid;
use ventanilla_flows::{Gazetteer, Suspended};
use ventanilla_values::{Lang, Place, Value};

use super::{
    ActError, AgentError, By,
    find::{current, free_for},
    hold::log,
    reach::reachable,
    reply::{Says, Telling, tell},
};
use crate::{
    actions::{self, Asker},
    app::App,
    bus::DeskNews,
    catalogue::{AttributeKind, Category},
    conversation,
    store::{self, StoreError, Unit, chat_log::Kind, conversations::Conversation, handovers::HandoverRow},
};

/// Letters of a report's description: as many as the bot takes.
const LONGEST: usize = 1000;
const LONGEST_DETAIL: usize = 200;

/// What an agent wrote into the form.
#[derive(Clone, PartialEq)]
pub struct Form {
    /// Id of a category.
    pub category: String,
    pub description: String,
    pub place: Where,
    /// A photo that the citizen sent.
    pub photo: Option<Uuid>,
    /// Answers to the category's own questions.
    pub details: Map<String, Json>,
}

/// A pin, words, or both.
#[derive(Clone, PartialEq)]
pub struct Where {
    pub text: String,
    /// Latitude and longitude, degrees.
    pub pin: Option<(f64, f64)>,
}

/// What citizens say and where they are is theirs.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("category", &self.category).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Where {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Where(…)")
    }
}

/// Files a report in the citizen's name and tells them its folio and PIN; the chat is the agent's. Gives the folio and the
/// chat as it is now.
///
/// # Errors
/// When the form is not right, somebody else attends the chat, it changed meanwhile, the citizen cannot be told, or the
/// database fails.
pub async fn file_report(
    app: &Arc<App>,
    entry: HandoverRow,
    by: &By,
    form: &Form,
) -> Result<(String, HandoverRow), AgentError> {
    free_for(&entry, by)?;
    let catalogue = &app.contents.active.catalogue;
    let category = catalogue.category(&form.category).ok_or(ActError::NoCategory)?;
    let args = args(app, &entry, category, form).await?;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    super::lend::call_back(&unit, entry.person_id, app.clock.now()).await?;
    let conversation = store::conversations::load(&*unit, entry.person_id).await?;
    let filed = file(app, &unit, &conversation, &entry, args).await?;
    let words = words(app, &unit, &conversation, &entry, category, &filed).await?;
    log(app, &unit, &entry, by, Kind::Filed, &filed.folio).await?;
    let secrets = [filed.pin];
    let says = Says::Words(&words);
    let telling = Telling { says, secrets: &secrets, private: category.private, undo: 0, act: "reply" };
    let told = tell(app, &unit, entry, by, &telling).await?;
    unit.commit().await?;
    app.bus.outbox.wake(told.entry.person_id);
    app.bus.announce_desk(DeskNews::Person(told.entry.person_id));
    Ok((filed.folio, told.entry))
}

/// The action's arguments, as a flow would give them.
async fn args(app: &App, entry: &HandoverRow, category: &Category, form: &Form) -> Result<Json, AgentError> {
    let description = form.description.trim();
    if description.chars().count() > LONGEST {
        return Err(ActError::LongReport(LONGEST).into());
    }
    let place = place(app, &form.place)?;
    let details = answers(category, &form.details)?;
    if let Some(photo) = form.photo {
        is_theirs(app, entry, photo).await?;
    }
    Ok(json!({
        "category": category.id,
        "place": place,
        "description": description,
        "photo": form.photo,
        "details": details,
    }))
}

/// A photo that this citizen sent.
pub(super) async fn is_theirs(app: &App, entry: &HandoverRow, photo: Uuid) -> Result<(), AgentError> {
    let file = store::media::by_id(app.store.read(), photo).await?;
    let theirs = file.is_some_and(|file| file.person == entry.person_id && file.mime.starts_with("image/"));
    if theirs { Ok(()) } else { Err(ActError::NoPhoto.into()) }
}

/// As the bot takes it: somewhere in the municipality.
fn place(app: &App, said: &Where) -> Result<Place, ActError> {
    let catalogue = &app.contents.active.catalogue;
    let words = said.text.trim();
    let place = match said.pin {
        Some((lat, lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => {
            let place = catalogue.locate(lat, lon);
            if place.text == words { place } else { place.called(Some(words)) }
        }
        Some(_) => return Err(ActError::NoPlace),
        None => catalogue.find(words).ok_or(ActError::NoPlace)?,
    };
    if place.inside == Some(false) { Err(ActError::PlaceOutside) } else { Ok(place) }
}

/// The answers as the bot would have kept them; what nobody answered is left out.
fn answers(category: &Category, details: &Map<String, Json>) -> Result<Map<String, Json>, ActError> {
    details.iter().map(|(id, said)| Ok((id.clone(), answer(category, id, said)?))).collect()
}

fn answer(category: &Category, id: &str, said: &Json) -> Result<Json, ActError> {
    let asked = category.attributes.iter().find(|one| one.id == id).ok_or(ActError::NoSuchDetail)?;
    let words = said.as_str().map(str::trim);
    let fitting = match asked.kind {
        AttributeKind::Choice => {
            words.filter(|id| asked.options.iter().any(|option| option.id == *id)).map(Json::from)
        }
        AttributeKind::Text => words.filter(|text| text.chars().count() <= LONGEST_DETAIL).map(Json::from),
        // A page's field holds words.
        AttributeKind::Number => said.as_f64().or_else(|| words?.parse().ok()).map(Json::from),
    };
    fitting.ok_or(ActError::NoSuchDetail)
}

struct Filed {
    folio: String,
    pin: String,
}

async fn file(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    entry: &HandoverRow,
    args: Json,
) -> Result<Filed, AgentError> {
    let asker = Asker {
        person: entry.person_id,
        address: reachable(app, unit, conversation, entry).await?,
        turn: conversation.turn + 1,
        idx: 0,
        lang: lang(conversation),
        now: app.clock.now(),
        catalogue: &app.contents.active.catalogue,
    };
    let asked = Suspended { action: "file_report".to_owned(), args };
    let done = actions::run(app, unit, &asker, &asked).await?.into_result();
    let value = done.map_err(|why| StoreError::Commit(format!("the report was not filed: {why}")))?;
    let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Ok(Filed { folio: word("folio"), pin: word("pin") })
}

async fn words(
    app: &Arc<App>,
    unit: &Unit,
    conversation: &Conversation,
    entry: &HandoverRow,
    category: &Category,
    filed: &Filed,
) -> Result<Vec<ventanilla_adapters::Outbound>, AgentError> {
    let address = reachable(app, unit, conversation, entry).await?;
    let department = app.contents.active.catalogue.department(&category.department);
    let department = department.map(|one| one.name.get(lang(conversation)).to_owned()).unwrap_or_default();
    let slots = vec![
        ("report".to_owned(), Value::Json(json!({ "folio": filed.folio, "pin": filed.pin }))),
        ("department".to_owned(), Value::Text(department)),
    ];
    let flow = if category.private { "private_filed" } else { "report_filed" };
    Ok(conversation::told(app, conversation, address, flow, slots).await?)
}

fn lang(conversation: &Conversation) -> Lang {
    conversation.session.as_ref().map_or(Lang::ES, |session| session.lang)
}
