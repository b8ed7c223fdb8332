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
}

impl Kind {
    const ALL: [Self; 5] = [Self::Note, Self::Claimed, Self::TakenOver, Self::Transferred, Self::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Claimed => "claimed",
            Self::TakenOver => "taken_over",
            Self::Transferred => "transferred",
            Self::Closed => "closed",
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
