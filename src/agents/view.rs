//! The list of the desk: one row a chat.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{
    approval::Awaiting,
    lines::{Line, Who, lines},
    times::times,
};
use crate::{
    app::App,
    store::{
        self, StoreError,
        desk::{Counts, Queue, QueueRow, Viewer},
        handovers::HandoverRow,
    },
};

/// Characters of the last words that a row shows.
const SNIPPET: usize = 120;
/// Lines among which the citizen's last words are looked for.
pub(super) const LATELY: i64 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatState {
    /// Nobody attends it.
    Unanswered,
    /// Somebody does, and the citizen waits.
    Attended,
    /// It is the citizen's turn, or not yet time for a call.
    Waiting,
    Closed,
}

impl ChatState {
    pub(super) fn of(entry: &HandoverRow) -> Self {
        match entry {
            HandoverRow { closed_at: Some(_), .. } => Self::Closed,
            HandoverRow { agent: None, .. } => Self::Unanswered,
            HandoverRow { waiting_since: None, .. } => Self::Waiting,
            _ => Self::Attended,
        }
    }
}

/// Who attends a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Holder {
    /// `null` for who answers without an account: from the office's own phone, or the command line.
    pub id: Option<Uuid>,
    pub name: String,
}

impl Holder {
    pub(super) fn of(entry: &HandoverRow) -> Option<Self> {
        entry.agent.clone().map(|name| Self { id: entry.staff_id, name })
    }
}

/// A chat in a queue. Times are Unix milliseconds.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct ChatRow {
    pub id: Uuid,
    /// Grows with each thing that staff do to the chat; whoever acts says which one they saw.
    pub version: i64,
    /// As the channel tells it, where it does.
    pub person_name: Option<String>,
    #[schema(value_type = Option<String>)]
    pub channel: Option<Channel>,
    /// `es` or another language of the town.
    pub language: String,
    /// An intent, or the flow's own words.
    pub reason: String,
    /// `crisis` or `normal`.
    pub priority: String,
    pub state: ChatState,
    pub holder: Option<Holder>,
    /// Id of a department; `null`: everybody's.
    pub department: Option<String>,
    /// About what is private: only for those of the department who may read such.
    pub sensitive: bool,
    pub opened_at: i64,
    /// Since when the citizen waits for an answer of a person.
    pub waiting_since: Option<i64>,
    pub last_at: i64,
    /// What the citizen said last.
    pub snippet: String,
    /// Messages of the citizen since the last answer of a person.
    pub unread: i64,
    /// Where they want to be called.
    pub call_phone: Option<String>,
    /// They are to be called, until then.
    pub call_at: Option<i64>,
    /// When the answer or the call is due; nights and holidays do not count.
    pub due_at: Option<i64>,
    /// From then on somebody should hurry.
    pub at_risk_at: Option<i64>,
    /// The oldest answer in it that awaits approval.
    pub proposal: Option<Awaiting>,
}

/// What citizens say is theirs.
impl std::fmt::Debug for ChatRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChatRow")
            .field("id", &self.id)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// A page of a queue.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Listing {
    pub chats: Vec<ChatRow>,
    /// For the next page; `null` on the last.
    pub next: Option<String>,
    pub counts: QueueCounts,
}

/// How many chats stand in each queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct QueueCounts {
    pub unanswered: i64,
    pub mine: i64,
    pub team: i64,
    pub waiting: i64,
    pub calls: i64,
    /// Where an answer awaits approval; 0 for who approves none.
    pub approval: i64,
    /// Talks that the bot leads now; 0 for who supervises none.
    pub bot: i64,
}

impl From<Counts> for QueueCounts {
    fn from(counts: Counts) -> Self {
        let Counts { unanswered, mine, team, waiting, calls } = counts;
        Self { unanswered, mine, team, waiting, calls, approval: 0, bot: 0 }
    }
}

/// A page of a queue, from the chat number `offset`.
///
/// # Errors
/// When the database fails.
pub async fn listing(
    app: &App,
    viewer: &Viewer<'_>,
    queue: Queue,
    (limit, offset): (i64, i64),
) -> Result<Listing, StoreError> {
    let read = app.store.read();
    let mut rows = store::desk::page(read, viewer, queue, limit + 1, offset).await?;
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > full;
    rows.truncate(full);
    let mut chats = Vec::with_capacity(rows.len());
    for found in rows {
        chats.push(row(app, found).await?);
    }
    let counts = store::desk::counts(read, viewer).await?.into();
    Ok(Listing { chats, next: more.then(|| (offset + limit).to_string()), counts })
}

/// A row with its last words.
///
/// # Errors
/// When the database fails.
pub async fn row(app: &App, found: QueueRow) -> Result<ChatRow, StoreError> {
    let last = lines(app, found.entry.person_id, LATELY).await?;
    let theirs = last.iter().rfind(|line| line.who == Who::Citizen);
    let snippet = theirs.or(last.last()).map(words).unwrap_or_default();
    let QueueRow { entry, name, channel, lang } = found;
    let proposal = match entry.closed_at {
        None => store::proposals::waiting(app.store.read(), entry.id).await?.map(Awaiting::from),
        Some(_) => None,
    };
    let default = app.contents.active.catalogue.town().languages.first();
    let due = times(&app.contents.active.catalogue, &entry);
    let at_risk_at = entry.due_at.zip(due).map(|(due, times)| times.at_risk.min(due));
    Ok(ChatRow {
        id: entry.id,
        version: entry.version,
        person_name: name,
        channel,
        language: lang.as_ref().or(default).map(ToString::to_string).unwrap_or_default(),
        state: ChatState::of(&entry),
        holder: Holder::of(&entry),
        reason: entry.reason,
        priority: entry.priority,
        department: entry.department,
        opened_at: entry.opened_at,
        sensitive: entry.sensitive,
        waiting_since: entry.waiting_since,
        last_at: entry.last_at,
        snippet,
        unread: entry.unread,
        call_phone: entry.call_phone,
        call_at: entry.call_at,
        due_at: entry.due_at,
        at_risk_at,
        proposal,
    })
}

pub(super) fn words(line: &Line) -> String {
    let text = line.text.as_deref().or(line.transcript.as_deref()).unwrap_or_default();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(SNIPPET) {
        Some(_) => flat.chars().take(SNIPPET - 1).chain(['…']).collect(),
        None => flat,
    }
}
