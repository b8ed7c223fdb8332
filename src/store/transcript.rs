//! What was said, both ways, in the order it was said.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use ventanilla_adapters::{Body, Inbound, Message, SendError};

use super::{Result, all, json};

#[derive(Debug, Clone)]
pub struct Line {
    /// Of its row in the inbox or the outbox.
    pub id: Uuid,
    /// Unix milliseconds.
    pub at: i64,
    pub said: Said,
    /// Of a voice note: where its recording is, and what was heard.
    pub note: Option<Note>,
    /// The photo that it brought.
    pub photo: Option<Uuid>,
}

/// What is known of a voice note.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    pub file: Option<Uuid>,
    /// What was understood, or why nothing was.
    pub text: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Note").field("file", &self.file).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
pub enum Said {
    Citizen(Body),
    /// By the bot or by an agent, and how far it got.
    Town {
        author: String,
        /// The colleague, where it was one with a name.
        said_by: Option<String>,
        /// When it goes or went, Unix ms: until then its author may take it back.
        goes_at: i64,
        message: Box<Message>,
        state: String,
        error: Option<SendError>,
    },
}

/// The last `limit` lines of a person's talk, oldest first. A secret that is said once (a PIN) is the citizen's alone: it is
/// masked here also while its message is still to go.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn last(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<Line>> {
    let sql = "SELECT inbox.id AS id, received_at AS at, 0 AS side, inbound_json AS said, '' AS author, NULL AS said_by, \
                 0 AS goes_at, COALESCE(t.state, '') AS state, NULL AS error, \
                 COALESCE(turn, 9223372036854775807) AS turn, 0 AS idx, t.media_id AS file, \
                 COALESCE(t.text, t.reason) AS heard, \
                 (SELECT m.id FROM media AS m WHERE m.inbox_id = inbox.id LIMIT 1) AS photo \
               FROM inbox LEFT JOIN transcripts AS t ON t.inbox_id = inbox.id WHERE inbox.person_id = $1 \
               UNION ALL \
               SELECT id, created_at, 1, COALESCE(masked_json, message_json), author, said_by, next_at, state, error_json, turn, idx + 1, \
                 NULL, NULL, NULL \
               FROM outbox WHERE person_id = $1 \
               ORDER BY turn DESC, side DESC, at DESC, idx DESC LIMIT $2";
    let rows = all(on, sql, [person.into(), limit.into()]).await?;
    rows.iter().rev().map(|row| read(row, person)).collect()
}

fn read(row: &QueryResult, person: Uuid) -> Result<Line> {
    let side: i64 = row.try_get("", "side")?;
    let text: String = row.try_get("", "said")?;
    let (id, at) = (row.try_get("", "id")?, row.try_get("", "at")?);
    if side == 0 {
        let inbound: Inbound = json("inbox", person, &text)?;
        let state: String = row.try_get("", "state")?;
        let note = Note { file: row.try_get("", "file")?, text: row.try_get("", "heard")? };
        let note = (!state.is_empty()).then_some(note);
        return Ok(Line {
            id,
            at,
            said: Said::Citizen(inbound.body),
            note,
            photo: row.try_get("", "photo")?,
        });
    }
    let error: Option<String> = row.try_get("", "error")?;
    let said = Said::Town {
        author: row.try_get("", "author")?,
        said_by: row.try_get("", "said_by")?,
        goes_at: row.try_get("", "goes_at")?,
        message: Box::new(json("outbox", person, &text)?),
        state: row.try_get("", "state")?,
        error: error.map(|error| json("outbox", person, &error)).transpose().unwrap_or(None),
    };
    Ok(Line { id, at, said, note: None, photo: None })
}
