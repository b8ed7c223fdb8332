//! What was said in a talk and noted beside it, line by line.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::{Attachment, AttachmentSource, Body, MediaKind, Message};

use super::By;
use crate::{
    app::App,
    store::{
        self, StoreError,
        chat_log::{Kind, LogLine},
        proposals::{ProposalRow, ProposalState},
        transcript::{Line as Told, Said},
    },
};

/// Lines that are shown at once: more than anybody reads before answering.
const LINES: i64 = 200;

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
    /// A call is promised: the text says when (Unix ms), and the note after a colon.
    CallPlanned,
    CallWithdrawn,
    /// The call was made: the text says `reached` or `no_answer`.
    Called,
    Filed,
    /// Something was added to a report; the text is its folio.
    Appended,
    Lent,
    CameBack,
    Blocked,
    Unblocked,
    /// A supervisor's word to who attends.
    Whisper,
    /// A supervisor came into the bot's talk; the text is the reason.
    Joined,
    /// An answer that awaits, or awaited, approval.
    Proposal,
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
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct File {
    pub id: Uuid,
    /// What a colleague's file is called.
    pub name: Option<String>,
    /// What it shows, in words.
    pub described: Option<String>,
}

/// Names of files tell of people.
impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("id", &self.id).finish_non_exhaustive()
    }
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
    /// With `proposal`: what became of it.
    pub proposal: Option<Proposal>,
}

/// What became of an answer that was proposed; the line's text is what its author wrote.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proposal {
    pub state: ProposalState,
    /// Who approved or returned it.
    pub decided_by: Option<String>,
    /// What was sent, where the supervisor changed it.
    pub sent_text: Option<String>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// The citizen wrote since.
    pub news: bool,
    /// Whoever looks wrote it.
    pub mine: bool,
    /// It waited until the chat was closed: it was never sent.
    pub over: bool,
}

/// What people say is theirs.
impl std::fmt::Debug for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proposal").field("state", &self.state).finish_non_exhaustive()
    }
}

/// What people say is theirs.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What was said and what was noted, in one line.
pub(super) async fn everything(app: &App, person: Uuid, by: &By) -> Result<Vec<Line>, StoreError> {
    let noted = store::chat_log::last(app.store.read(), person, LINES).await?;
    let mut all = lines(app, person, LINES).await?;
    all.extend(noted.iter().map(beside));
    let proposals = store::proposals::last(app.store.read(), person, LINES).await?;
    let approved = |line: &Line| {
        let of = |row: &&ProposalRow| row.sent_id == Some(line.id) && row.decided_by == by.staff;
        by.staff.is_some() && proposals.iter().any(|row| of(&row))
    };
    for line in &mut all {
        if line.author.as_deref() != Some(by.name.as_str()) && !approved(line) {
            line.undo_until = None;
        }
    }
    let open = store::handovers::open_of(app.store.read(), person).await?.map(|entry| entry.id);
    all.extend(proposals.iter().map(|row| proposed(row, by, Some(row.handover) != open)));
    // Whoever answers takes the chat in the same moment: that comes first.
    all.sort_by_key(|line| (line.at, line.who == Who::Agent));
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

/// An answer that was proposed, as `by` sees it. `over`: its chat is closed.
pub(super) fn proposed(row: &ProposalRow, by: &By, over: bool) -> Line {
    let proposal = Proposal {
        state: row.state,
        decided_by: row.decided_name.clone(),
        sent_text: row.sent_text.clone(),
        reason: row.reason.clone(),
        news: row.news && row.state == ProposalState::Waiting,
        mine: by.staff == Some(row.staff),
        over: over && row.state == ProposalState::Waiting,
    };
    Line {
        author: Some(row.said_by.clone()),
        text: Some(row.outbound.text.clone()).filter(|text| !text.is_empty()),
        media: row.outbound.attachment.as_ref().and_then(own_file),
        proposal: Some(proposal),
        ..Line::new(row.id, row.created_at, Who::Note, LineKind::Proposal)
    }
}

/// What stands beside the talk, as it is shown.
pub(super) fn beside(line: &LogLine) -> Line {
    let (who, kind) = match line.kind {
        Kind::Note => (Who::Note, LineKind::Note),
        Kind::Claimed => (Who::System, LineKind::Claimed),
        Kind::TakenOver => (Who::System, LineKind::TakenOver),
        Kind::Transferred => (Who::System, LineKind::Transferred),
        Kind::Closed => (Who::System, LineKind::Closed),
        Kind::CallPlanned => (Who::System, LineKind::CallPlanned),
        Kind::CallWithdrawn => (Who::System, LineKind::CallWithdrawn),
        Kind::Called => (Who::System, LineKind::Called),
        Kind::Filed => (Who::System, LineKind::Filed),
        Kind::Appended => (Who::System, LineKind::Appended),
        Kind::Lent => (Who::System, LineKind::Lent),
        Kind::CameBack => (Who::System, LineKind::CameBack),
        Kind::Blocked => (Who::System, LineKind::Blocked),
        Kind::Unblocked => (Who::System, LineKind::Unblocked),
        Kind::Whisper => (Who::Note, LineKind::Whisper),
        Kind::Joined => (Who::System, LineKind::Joined),
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
            proposal: None,
        }
    }
}

fn read(line: Told, now: i64) -> Line {
    match line.said {
        Said::Citizen(said) => {
            let Shown { kind, text, place } = body(&said);
            let (heard, file) = line.note.map(|note| (note.text, note.file)).unwrap_or_default();
            let media = file.or(line.photo).map(|id| File { id, name: None, described: None });
            let shown = Line::new(line.id, line.at, Who::Citizen, kind);
            Line { text, place, media, transcript: heard, ..shown }
        }
        Said::Town { author, said_by, goes_at, message, state, error } => {
            let agent = author == "agent";
            let who = if agent { Who::Agent } else { Who::Bot };
            let undoable = agent && state == "queued" && goes_at > now;
            let (kind, media) = sent_file(&message);
            Line {
                author: said_by,
                text: Some(message.text().to_owned()).filter(|text| !text.is_empty()),
                media,
                options: options(&message),
                problem: error.filter(|_| state == "failed").map(|error| error.sentence),
                delivery: Some(state),
                undo_until: undoable.then_some(goes_at),
                ..Line::new(line.id, line.at, who, kind)
            }
        }
    }
}

/// What a message of the town is, and the file of ours that it brings.
fn sent_file(message: &Message) -> (LineKind, Option<File>) {
    let Message::Media { attachment, .. } = message else { return (LineKind::Text, None) };
    match own_file(attachment) {
        Some(file) => (media_kind(attachment.kind), Some(file)),
        None => (LineKind::Text, None),
    }
}

/// The file of our store that goes with a message.
fn own_file(attachment: &Attachment) -> Option<File> {
    let AttachmentSource::File(id) = &attachment.source else { return None };
    let described = Some(attachment.described.clone());
    Some(File { id: id.parse().ok()?, name: attachment.filename.clone(), described })
}

fn options(message: &Message) -> Vec<String> {
    match message {
        Message::Buttons { buttons, .. } => buttons.iter().map(|choice| choice.label.clone()).collect(),
        Message::List { rows, .. } => rows.iter().map(|choice| choice.label.clone()).collect(),
        _ => Vec::new(),
    }
}

/// The words of a message; `None` where it has none.
pub(super) fn words_of(said: &Body) -> Option<String> {
    body(said).text
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
