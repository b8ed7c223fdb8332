//! What stands beside a talk and is never sent: notes among colleagues, and what became of the chat.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, run};

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Written by a colleague for colleagues.
    Note,
    /// Somebody took the chat.
    Claimed,
    /// Somebody took it from somebody else; the text is the reason.
    TakenOver,
    /// To a colleague, a department or the queue; the text says to whom, and the note.
    Transferred,
    /// It ended; the text says how the bot went on.
    Closed,
    /// A call is to be made; the text says when (Unix ms), and the note after a colon.
    CallPlanned,
    /// It is not to be made any more.
    CallWithdrawn,
    /// It was made; the text says `reached` or `no_answer`.
    Called,
    /// A report was filed from it; the text is the folio.
    Filed,
    /// Something was added to a report; the text is its folio.
    Appended,
    /// The bot has it for one flow; the text is the flow's name.
    Lent,
    /// That flow is over.
    CameBack,
    /// The citizen is answered no more; the text is the reason.
    Blocked,
    /// They are answered again; the text is empty, or `danger` where they were in danger.
    Unblocked,
    /// A supervisor's word to who attends; nobody else is meant, and the citizen never hears it.
    Whisper,
    /// A supervisor came into a talk of the bot; the text is the reason.
    Joined,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Note,
        Self::Claimed,
        Self::TakenOver,
        Self::Transferred,
        Self::Closed,
        Self::CallPlanned,
        Self::CallWithdrawn,
        Self::Called,
        Self::Filed,
        Self::Appended,
        Self::Lent,
        Self::CameBack,
        Self::Blocked,
        Self::Unblocked,
        Self::Whisper,
        Self::Joined,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Claimed => "claimed",
            Self::TakenOver => "taken_over",
            Self::Transferred => "transferred",
            Self::Closed => "closed",
            Self::CallPlanned => "call_planned",
            Self::CallWithdrawn => "call_withdrawn",
            Self::Called => "called",
            Self::Filed => "filed",
            Self::Appended => "appended",
            Self::Lent => "lent",
            Self::CameBack => "came_back",
            Self::Blocked => "blocked",
            Self::Unblocked => "unblocked",
            Self::Whisper => "whisper",
            Self::Joined => "joined",
        }
    }

    fn from_column(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Self::Note)
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct LogLine {
    pub id: Uuid,
    pub handover: Uuid,
    pub person: Uuid,
    pub kind: Kind,
    pub staff: Option<Uuid>,
    pub said_by: String,
    pub text: String,
    /// Unix milliseconds.
    pub at: i64,
}

/// What colleagues write is about people.
impl std::fmt::Debug for LogLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogLine").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Writes a line.
///
/// # Errors
/// When the database fails.
pub async fn write(unit: &Unit, line: &LogLine) -> Result<()> {
    let sql = "INSERT INTO chat_log (id, town_id, handover_id, person_id, kind, staff_id, said_by, text, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        line.id.into(),
        TOWN.into(),
        line.handover.into(),
        line.person.into(),
        line.kind.as_str().into(),
        line.staff.into(),
        line.said_by.as_str().into(),
        line.text.as_str().into(),
        line.at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The last `limit` lines beside a person's talk, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn last(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<LogLine>> {
    let sql = "SELECT * FROM chat_log WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
    let rows = all(on, sql, [person.into(), limit.into()]).await?;
    rows.iter().rev().map(read).collect()
}

fn read(row: &QueryResult) -> Result<LogLine> {
    let kind: String = row.try_get("", "kind")?;
    Ok(LogLine {
        id: row.try_get("", "id")?,
        handover: row.try_get("", "handover_id")?,
        person: row.try_get("", "person_id")?,
        kind: Kind::from_column(&kind),
        staff: row.try_get("", "staff_id")?,
        said_by: row.try_get("", "said_by")?,
        text: row.try_get("", "text")?,
        at: row.try_get("", "created_at")?,
    })
}
