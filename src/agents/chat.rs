//! One chat, as the desk shows it: what was said, and the packet that spares the citizen to say it again.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::{Body, MediaKind, Message, capabilities};
use ventanilla_flows::Session;
use ventanilla_values::{Lang, Value};

use super::{
    By, find,
    live::Looker,
    reply::Ask,
    view::{ChatRow, row},
};
use crate::{
    app::App,
    outbox::window_until,
    store::{
        self, StoreError,
        chat_log::{Kind, LogLine},
        conversations::Conversation,
        desk::QueueRow,
        handovers::HandoverRow,
        transcript::{Line as Told, Said},
    },
};

/// Lines that are shown at once: more than anybody reads before answering.
const LINES: i64 = 200;
const REPORTS: u64 = 5;
const INTENTS: usize = 3;
/// The slot that says what a report is about.
const CATEGORY: &str = "category";

/// A chat, open or closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Chat {
    #[serde(flatten)]
    pub row: ChatRow,
    pub packet: Packet,
    /// What was said and noted, oldest first.
    pub lines: Vec<Line>,
    /// Who looks at it now.
    pub viewers: Vec<Looker>,
    pub can: Can,
}

/// What whoever looks may do with it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Can {
    pub write: bool,
    /// Somebody else attends it: it can be taken over, with a reason.
    pub take_over: bool,
    pub close: bool,
    pub transfer: bool,
    /// What can be asked for with one click.
    pub ask: Vec<Asking>,
}

/// What can be asked for with one click.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    Location,
    Photo,
}

impl From<Asking> for Ask {
    fn from(asking: Asking) -> Self {
        match asking {
            Asking::Location => Self::Location,
            Asking::Photo => Self::Photo,
        }
    }
}

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
    pub consents: Vec<Allowed>,
    pub language: String,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Citizen,
    Bot,
    Agent,
    /// What became of the chat.
    System,
    /// A colleague, for colleagues.
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Text,
    Choice,
    Location,
    Image,
    Audio,
    File,
    Call,
    Note,
    Claimed,
    TakenOver,
    Transferred,
    Closed,
    /// Something that has no words: a sticker, a reaction.
    Other,
}

#[derive(Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Pin {
    pub lat: f64,
    pub lon: f64,
}

/// Where people are is theirs.
impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// A file that can be fetched by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct File {
    pub id: Uuid,
}

/// Something that was said, noted or done.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct Line {
    pub id: Uuid,
    /// Unix milliseconds.
    pub at: i64,
    pub who: Who,
    /// The colleague's name.
    pub author: Option<String>,
    pub kind: LineKind,
    pub text: Option<String>,
    pub place: Option<Pin>,
    pub media: Option<File>,
    /// What was heard in a voice note.
    pub transcript: Option<String>,
    /// What could be chosen.
    pub options: Vec<String>,
    /// `queued`, `sending`, `unsure`, `kept`, `accepted`, `sent`, `delivered`, `read` or `failed`.
    pub delivery: Option<String>,
    /// Why it failed, in a sentence.
    pub problem: Option<String>,
    /// Until then its author may take it back (Unix ms).
    pub undo_until: Option<i64>,
}

/// What people say is theirs.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A chat, with everything that spares the citizen to say it again.
///
/// # Errors
/// When the database fails.
pub async fn chat(app: &App, found: QueueRow, by: &By) -> Result<Chat, StoreError> {
    let entry = found.entry.clone();
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    Ok(Chat {
        packet: packet(app, &entry, &conversation).await?,
        lines: everything(app, entry.person_id, by).await?,
        viewers: app.desk.lookers(entry.id, app.clock.now()),
        can: can(&entry, &conversation, by),
        row: row(app, found).await?,
    })
}

fn can(entry: &HandoverRow, conversation: &Conversation, by: &By) -> Can {
    let open = entry.closed_at.is_none();
    let free = open && find::free_for(entry, by).is_ok();
    let abilities = conversation.channel.map(capabilities);
    let mut ask = Vec::new();
    if free && abilities.is_some_and(|can| !can.spoken) {
        ask.push(Asking::Location);
    }
    if free && abilities.is_some_and(|can| can.photos) {
        ask.push(Asking::Photo);
    }
    Can { write: free, take_over: open && !free, close: free, transfer: free, ask }
}

async fn packet(app: &App, entry: &HandoverRow, conversation: &Conversation) -> Result<Packet, StoreError> {
    let read = app.store.read();
    let lang = conversation.session.as_ref().map_or(Lang::ES, |session| session.lang);
    let said = store::consents::message_of(read, entry.person_id, entry.turn).await?;
    let said = said.and_then(|inbound| body(&inbound.body).text);
    let stopped = conversation.session.as_ref().filter(|_| entry.closed_at.is_none());
    let consents = store::consents::history(read, entry.person_id).await?;
    Ok(Packet {
        why: title(app, &entry.reason, lang).unwrap_or_else(|| entry.reason.clone()),
        intents: said.as_deref().map(|text| guesses(app, text, lang)).unwrap_or_default(),
        said,
        slots: stopped.map(|session| filled(app, session)).unwrap_or_default(),
        flow: stopped.and_then(|session| standing(app, session)),
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
    ranked
        .map(|one| Guess {
            name: one.intent.to_string(),
            label: title(app, &one.intent, lang).unwrap_or_else(|| one.intent.to_string()),
            confidence: one.confidence,
        })
        .collect()
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
    for frame in &session.stack {
        let Some(flow) = library.flow(&frame.flow) else { continue };
        let asked = |name: &str| flow.slots.iter().any(|slot| slot.name == name);
        let known = |name: &str| name == CATEGORY || asked(name) || flow.given.iter().any(|one| one == name);
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
    let frame = session.stack.last()?;
    let library = &app.contents.active.library;
    let name = library.flow(&frame.flow).map(|flow| flow.title(session.lang).to_owned());
    Some(Stopped {
        id: frame.flow.clone(),
        name: name.unwrap_or_else(|| frame.flow.clone()),
        step: frame.step.clone(),
    })
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

/// What was said and what was noted, in one line.
async fn everything(app: &App, person: Uuid, by: &By) -> Result<Vec<Line>, StoreError> {
    let noted = store::chat_log::last(app.store.read(), person, LINES).await?;
    let mut all = lines(app, person, LINES).await?;
    all.extend(noted.iter().map(beside));
    // Whoever answers takes the chat in the same moment: that comes first.
    all.sort_by_key(|line| (line.at, line.who == Who::Agent));
    for others in all.iter_mut().filter(|line| line.author.as_deref() != Some(by.name.as_str())) {
        others.undo_until = None;
    }
    Ok(all)
}

/// The last lines of a talk, oldest first: enough to find what was said a moment ago.
///
/// # Errors
/// When the database fails.
pub async fn last_lines(app: &App, person: Uuid) -> Result<Vec<Line>, StoreError> {
    lines(app, person, 20).await
}

/// The last lines of a talk, oldest first.
pub(super) async fn lines(app: &App, person: Uuid, limit: i64) -> Result<Vec<Line>, StoreError> {
    let told = store::transcript::last(app.store.read(), person, limit).await?;
    let now = app.clock.now();
    Ok(told.into_iter().map(|line| read(line, now)).collect())
}

/// What stands beside the talk, as it is shown.
pub(super) fn beside(line: &LogLine) -> Line {
    let (who, kind) = match line.kind {
        Kind::Note => (Who::Note, LineKind::Note),
        Kind::Claimed => (Who::System, LineKind::Claimed),
        Kind::TakenOver => (Who::System, LineKind::TakenOver),
        Kind::Transferred => (Who::System, LineKind::Transferred),
        Kind::Closed => (Who::System, LineKind::Closed),
    };
    let text = Some(line.text.clone()).filter(|text| !text.is_empty());
    Line { author: Some(line.said_by.clone()), text, ..Line::new(line.id, line.at, who, kind) }
}

impl Line {
    fn new(id: Uuid, at: i64, who: Who, kind: LineKind) -> Self {
        Self {
            id,
            at,
            who,
            author: None,
            kind,
            text: None,
            place: None,
            media: None,
            transcript: None,
            options: Vec::new(),
            delivery: None,
            problem: None,
            undo_until: None,
        }
    }
}

fn read(line: Told, now: i64) -> Line {
    match line.said {
        Said::Citizen(said) => {
            let Shown { kind, text, place } = body(&said);
            let (heard, file) = line.note.map(|note| (note.text, note.file)).unwrap_or_default();
            let media = file.or(line.photo).map(|id| File { id });
            let shown = Line::new(line.id, line.at, Who::Citizen, kind);
            Line { text, place, media, transcript: heard, ..shown }
        }
        Said::Town { author, said_by, goes_at, message, state, error } => {
            let agent = author == "agent";
            let who = if agent { Who::Agent } else { Who::Bot };
            let undoable = agent && state == "queued" && goes_at > now;
            Line {
                author: said_by,
                text: Some(message.text().to_owned()),
                options: options(&message),
                problem: error.filter(|_| state == "failed").map(|error| error.sentence),
                delivery: Some(state),
                undo_until: undoable.then_some(goes_at),
                ..Line::new(line.id, line.at, who, LineKind::Text)
            }
        }
    }
}

fn options(message: &Message) -> Vec<String> {
    match message {
        Message::Buttons { buttons, .. } => buttons.iter().map(|choice| choice.label.clone()).collect(),
        Message::List { rows, .. } => rows.iter().map(|choice| choice.label.clone()).collect(),
        _ => Vec::new(),
    }
}

struct Shown {
    kind: LineKind,
    text: Option<String>,
    place: Option<Pin>,
}

/// What a citizen's message shows.
fn body(said: &Body) -> Shown {
    let shown = |kind, text: Option<&str>| Shown { kind, text: text.map(str::to_owned), place: None };
    match said {
        Body::Text { text } | Body::Speech { text, .. } => shown(LineKind::Text, Some(text)),
        Body::Choice { title, .. } => shown(LineKind::Choice, Some(title)),
        Body::Location { lat, lon, .. } => {
            Shown { place: Some(Pin { lat: *lat, lon: *lon }), ..shown(LineKind::Location, None) }
        }
        Body::Media(media) => shown(media_kind(media.kind), media.caption.as_deref()),
        Body::Contact { phones, .. } => {
            Shown { text: Some(phones.join(", ")), ..shown(LineKind::Text, None) }
        }
        Body::Order { text } | Body::Edited { text, .. } | Body::Echo { text } => {
            shown(LineKind::Text, text.as_deref())
        }
        Body::Digits { digits, .. } => shown(LineKind::Call, Some(digits)),
        Body::Call { .. } | Body::Silence => shown(LineKind::Call, None),
        Body::Reaction { emoji, .. } => shown(LineKind::Other, emoji.as_deref()),
        Body::Form { .. } | Body::Revoked { .. } | Body::Unsupported { .. } => shown(LineKind::Other, None),
    }
}

fn media_kind(kind: MediaKind) -> LineKind {
    match kind {
        MediaKind::Image | MediaKind::Sticker => LineKind::Image,
        MediaKind::Audio => LineKind::Audio,
        _ => LineKind::File,
    }
}
