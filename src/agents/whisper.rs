//! A supervisor's word to who attends a chat. It is a note: the citizen never hears it.

use super::{AgentError, By, hold::written, lines::Line};
use crate::{
    app::App,
    bus::DeskNews,
    store::{chat_log::Kind, handovers::HandoverRow},
};

/// Says something to who attends a chat, at once and loudly.
///
/// # Errors
/// When nobody attends it, or who whispers does so themselves; when it is empty or too long; when the database fails.
pub async fn whisper(app: &App, entry: &HandoverRow, by: &By, text: &str) -> Result<Line, AgentError> {
    if entry.closed_at.is_some() {
        return Err(AgentError::Closed);
    }
    let holder = entry.staff_id.filter(|holder| Some(*holder) != by.staff);
    let to = holder.ok_or(AgentError::NobodyAttends)?;
    let line = written(app, entry, by, Kind::Whisper, text).await?;
    app.bus.announce_desk(DeskNews::Whisper { chat: entry.id, to });
    Ok(line)
}
