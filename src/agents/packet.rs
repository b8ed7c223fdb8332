//! What spares the citizen to say it again: why the chat came, what the bot understood and learnt, what they filed.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::capabilities;
use ventanilla_flows::Session;
use ventanilla_intents::Ranked;
use ventanilla_values::{Lang, Value};

use super::lines::words_of;
use crate::{
    app::App,
    outbox::window_until,
    store::{self, StoreError, conversations::Conversation, handovers::HandoverRow},
};

const REPORTS: u64 = 5;
const INTENTS: usize = 3;
/// Flows that led to the queue, or offer something meanwhile: nothing to go on with.
const WAY_HERE: [&str; 3] = ["agent", "out_of_hours", "call_me_back"];
/// Who was attended within this time (milliseconds) before is a chat that is opened again.
pub(super) const LATELY: i64 = 24 * 3600 * 1000;

/// Why the chat came here and what is known of it.
#[derive(Clone, Serialize, ToSchema)]
pub struct Packet {
    /// The intent's title where the reason is one, else the flow's words.
    pub why: String,
    /// What the bot took the message for, likeliest first.
    pub intents: Vec<Guess>,
    /// The message that led here.
    pub said: Option<String>,
    pub slots: Vec<Filled>,
    /// Where the bot stopped.
    pub flow: Option<Stopped>,
    pub folios: Vec<Filed>,
    /// Who attended them in the 24 hours before, where somebody did.
    pub before: Option<Before>,
    pub consents: Vec<Allowed>,
    pub language: String,
    /// Where they can be called, in E.164.
    pub phone: Option<String>,
    /// Of channels that have one.
    pub window: Option<WindowClock>,
}

/// What citizens say is theirs.
impl std::fmt::Debug for Packet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packet").field("why", &self.why).finish_non_exhaustive()
    }
}

/// A meaning, with how likely it is (0 to 1).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Guess {
    pub name: String,
    pub label: String,
    pub confidence: f32,
}

/// What the bot learnt before it stopped.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct Filled {
    pub name: String,
    pub value: String,
}

/// Values are what citizens said.
impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filled").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The step at which the bot goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stopped {
    pub id: String,
    pub name: String,
    pub step: String,
}

/// A chat of theirs that was closed a short time before.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Before {
    /// The colleague.
    pub name: String,
    /// Unix milliseconds.
    pub closed_at: i64,
}

/// Names stay out of logs.
impl std::fmt::Debug for Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Before").field("closed_at", &self.closed_at).finish_non_exhaustive()
    }
}

/// A report of this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Filed {
    pub folio: String,
    pub category: String,
    pub state: String,
    pub filed_at: i64,
}

/// What they allowed us to send, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Allowed {
    pub purpose: String,
    pub state: String,
    pub at: i64,
}

/// Until when free text may be sent (Unix ms).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WindowClock {
    pub until: Option<i64>,
    pub open: bool,
}

/// What is known of a chat.
pub(super) async fn packet(
    app: &App,
    entry: &HandoverRow,
    conversation: &Conversation,
) -> Result<Packet, StoreError> {
    let read = app.store.read();
    let lang = conversation.session.as_ref().map_or(Lang::ES, |session| session.lang);
    let said = store::consents::message_of(read, entry.person_id, entry.turn).await?;
    let said = said.and_then(|inbound| words_of(&inbound.body));
    let stopped = conversation.session.as_ref().filter(|_| entry.closed_at.is_none());
    let consents = store::consents::history(read, entry.person_id).await?;
    Ok(Packet {
        why: title(app, &entry.reason, lang).unwrap_or_else(|| entry.reason.clone()),
        intents: said.as_deref().map(|text| guesses(app, text, lang)).unwrap_or_default(),
        said,
        slots: stopped.map(|session| filled(app, session)).unwrap_or_default(),
        flow: stopped.and_then(|session| standing(app, session)),
        before: before(app, entry).await?,
        folios: folios(app, entry.person_id, lang).await?,
        consents: consents
            .into_iter()
            .map(|row| Allowed {
                purpose: row.purpose.as_str().to_owned(),
                state: row.state.as_str().to_owned(),
                at: row.at,
            })
            .collect(),
        language: lang.to_string(),
        phone: store::handovers::phone_to_call(read, entry).await?,
        window: window(app, conversation),
    })
}

fn window(app: &App, conversation: &Conversation) -> Option<WindowClock> {
    let channel = conversation.channel?;
    capabilities(channel).window?;
    let opened = conversation.window.as_ref();
    let until = opened.and_then(|window| window_until(channel, &window.account, Some(window)));
    Some(WindowClock { until, open: until.is_some_and(|until| until > app.clock.now()) })
}

/// What the bot took a text for.
fn guesses(app: &App, text: &str, lang: Lang) -> Vec<Guess> {
    let understood = app.understanding.understand(text);
    let ranked = understood.ranked.iter().take(INTENTS);
    ranked.map(|one| guess(app, one, lang)).collect()
}

/// A meaning as people name it.
pub(super) fn guess(app: &App, one: &Ranked, lang: Lang) -> Guess {
    let label = title(app, &one.intent, lang).unwrap_or_else(|| one.intent.to_string());
    Guess { name: one.intent.to_string(), label, confidence: one.confidence }
}

/// How an intent is named to people.
fn title(app: &App, intent: &str, lang: Lang) -> Option<String> {
    let intents = &app.contents.active.phrases.intents;
    let found = intents.iter().find(|one| &*one.name == intent)?;
    found.title.get(&lang).or_else(|| found.title.get(&Lang::ES)).cloned()
}

/// What the flows asked for or were given, and what the talk is about. The rest is a flow's own bookkeeping.
fn filled(app: &App, session: &Session) -> Vec<Filled> {
    let library = &app.contents.active.library;
    let mut filled: Vec<Filled> = Vec::new();
    for frame in session.stack.iter().filter(|frame| !WAY_HERE.contains(&frame.flow.as_str())) {
        let Some(flow) = library.flow(&frame.flow) else { continue };
        let asked = |name: &str| flow.slots.iter().any(|slot| slot.name == name);
        let known =
            |name: &str| name == "category" || asked(name) || flow.given.iter().any(|one| one == name);
        for (name, value) in frame.slots.iter().filter(|(name, _)| known(name)) {
            let value = readable(value, session.lang);
            filled.extend(value.map(|value| Filled { name: name.clone(), value }));
        }
    }
    filled.dedup_by(|a, b| a == b);
    filled
}

/// A value in words; what has none (a list, a structure without a name) is left out.
fn readable(value: &Value, lang: Lang) -> Option<String> {
    let (yes, no) = if lang == Lang::EN { ("yes", "no") } else { ("sí", "no") };
    match value.to_json() {
        serde_json::Value::Null | serde_json::Value::Array(_) => None,
        serde_json::Value::Bool(flag) => Some(if flag { yes } else { no }.to_owned()),
        serde_json::Value::String(text) => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Object(fields) => {
            let names =
                ["text", "label", "name", "title", "id"].into_iter().filter_map(|key| fields.get(key));
            names.into_iter().find_map(|name| {
                let said = name.get(lang.as_str()).or_else(|| name.get("es")).unwrap_or(name);
                said.as_str().map(str::to_owned)
            })
        }
    }
}

/// The step at which the bot goes on: of the flow that asks, not of the one that handed over.
fn standing(app: &App, session: &Session) -> Option<Stopped> {
    let frame = session.stack.iter().rfind(|frame| !WAY_HERE.contains(&frame.flow.as_str()))?;
    let library = &app.contents.active.library;
    let name = library.flow(&frame.flow).map(|flow| flow.title(session.lang).to_owned());
    Some(Stopped {
        id: frame.flow.clone(),
        name: name.unwrap_or_else(|| frame.flow.clone()),
        step: frame.step.clone(),
    })
}

async fn before(app: &App, entry: &HandoverRow) -> Result<Option<Before>, StoreError> {
    let since = entry.opened_at - LATELY;
    let last = store::handovers::last_attended(app.store.read(), entry.person_id, since).await?;
    let other = last.filter(|last| last.id != entry.id);
    Ok(other.and_then(|last| Some(Before { name: last.agent?, closed_at: last.closed_at? })))
}

async fn folios(app: &App, person: Uuid, lang: Lang) -> Result<Vec<Filed>, StoreError> {
    let catalogue = &app.contents.active.catalogue;
    let own = store::reports::of_person(app.store.read(), person, REPORTS).await?;
    let named = |id: &str| {
        catalogue.category(id).map_or_else(|| id.to_owned(), |category| category.name.get(lang).to_owned())
    };
    Ok(own
        .into_iter()
        .map(|report| Filed {
            category: named(&report.category),
            folio: report.folio,
            state: report.state,
            filed_at: report.filed_at,
        })
        .collect())
}
