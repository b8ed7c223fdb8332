//! What was said, both ways, in the order it was said.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use ventanilla_adapters::{Body, Inbound, Message, SendError};

use super::{Result, all, json};

#[derive(Debug, Clone)]
pub struct Line {
    /// Unix milliseconds.
    pub at: i64,
    pub said: Said,
    /// Of a voice note: where its recording is, and what was heard.
    pub note: Option<Note>,
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
        message: Box<Message>,
        state: String,
        error: Option<SendError>,
    },
}

/// The last `limit` lines of a person's talk, oldest first.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn last(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<Line>> {
    let sql = "SELECT received_at AS at, 0 AS side, inbound_json AS said, '' AS author, COALESCE(t.state, '') AS state, \
                 NULL AS error, COALESCE(turn, 9223372036854775807) AS turn, 0 AS idx, t.media_id AS file, \
                 COALESCE(t.text, t.reason) AS heard \
               FROM inbox LEFT JOIN transcripts AS t ON t.inbox_id = inbox.id WHERE person_id = $1 \
               UNION ALL \
               SELECT created_at, 1, message_json, author, state, error_json, turn, idx + 1, NULL, NULL \
               FROM outbox WHERE person_id = $1 \
               ORDER BY turn DESC, side DESC, at DESC, idx DESC LIMIT $2";
    let rows = all(on, sql, [person.into(), limit.into()]).await?;
    rows.iter().rev().map(|row| read(row, person)).collect()
}

fn read(row: &QueryResult, person: Uuid) -> Result<Line> {
    let side: i64 = row.try_get("", "side")?;
    let text: String = row.try_get("", "said")?;
    let at = row.try_get("", "at")?;
    if side == 0 {
        let inbound: Inbound = json("inbox", person, &text)?;
        let state: String = row.try_get("", "state")?;
        let note = Note { file: row.try_get("", "file")?, text: row.try_get("", "heard")? };
        return Ok(Line { at, said: Said::Citizen(inbound.body), note: (!state.is_empty()).then_some(note) });
    }
    let error: Option<String> = row.try_get("", "error")?;
    let said = Said::Town {
        author: row.try_get("", "author")?,
        message: Box::new(json("outbox", person, &text)?),
        state: row.try_get("", "state")?,
        error: error.map(|error| json("outbox", person, &error)).transpose().unwrap_or(None),
    };
    Ok(Line { at, said, note: None })
}
