//! Files that a colleague sends: taken in first, sent once with a message, in the chat and by whoever chose them.

use bytes::Bytes;
use serde::Serialize;
use tracing::warn;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::{Attachment, AttachmentSource, Channel, MediaKind, Outbound, capabilities};

use super::{ActError, AgentError, By, bare::bare, find::free_for, genuine::genuine};
use crate::{
    app::App,
    media,
    staff::{self, named},
    store::{self, Unit, handovers::HandoverRow, uploads::Upload},
};

/// Letters of a file's name that people read.
const LONGEST_NAME: usize = 100;
/// WhatsApp shows none; a screen reader reads so much in one breath.
pub const LONGEST_DESCRIPTION: usize = 300;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Image,
    Audio,
    Document,
}

/// Files of one kind that can be sent in a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Attachable {
    pub kind: FileKind,
    /// `image/jpeg` …
    pub types: Vec<String>,
    /// Largest file in bytes.
    pub bytes: usize,
}

/// A file that can be sent in this chat.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TakenIn {
    /// What the message that brings it names it by.
    pub id: Uuid,
    pub kind: FileKind,
    pub mime: String,
    pub name: String,
    pub bytes: i64,
}

/// File names tell of people.
impl std::fmt::Debug for TakenIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TakenIn").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// What can be sent on a channel, and how large.
pub(super) fn attachable(app: &App, channel: Option<Channel>) -> Vec<Attachable> {
    let most = app.config.desk.file_bytes();
    let files = channel.map_or(&[][..], |channel| capabilities(channel).files);
    let of_kind = |files: &ventanilla_adapters::Files| {
        Some(Attachable {
            kind: kind_of(files.kind)?,
            types: files.mimes.iter().map(|mime| (*mime).to_owned()).collect(),
            bytes: files.bytes.min(most),
        })
    };
    files.iter().filter_map(of_kind).collect()
}

/// The most that any file of this channel may have, in bytes: what is longer need not be read to its end.
pub fn largest(app: &App, channel: Option<Channel>) -> usize {
    attachable(app, channel).iter().map(|files| files.bytes).max().unwrap_or(0)
}

/// Takes a file in for a chat: what it is stands in its bytes, and a picture tells no more than what is seen on it.
///
/// # Errors
/// When somebody else attends the chat, the channel does not take it, it is not what its name says, or the disk or the
/// database fails.
pub async fn take_in(
    app: &App,
    entry: &HandoverRow,
    by: &By,
    name: &str,
    bytes: Bytes,
) -> Result<TakenIn, AgentError> {
    free_for(entry, by)?;
    let staff = by.staff.ok_or(ActError::NoFile)?;
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    let channel = conversation.channel.ok_or(ActError::NoFiles)?;
    let (kind, mime) = genuine(name, &bytes, capabilities(channel), app.config.desk.file_bytes())?;
    let bytes = bare(mime, bytes).ok_or(ActError::DisguisedFile)?;
    let kept = media::keep(app, entry.person_id, mime.to_owned(), &bytes).await;
    let file = kept.ok_or_else(|| store::StoreError::Commit("a file could not be written".to_owned()))?;
    let upload = Upload { media: file.id, handover: entry.id, staff, name: shown_name(name) };
    let unit = app.store.unit().await?;
    store::media::insert(&unit, &file, app.clock.now()).await?;
    store::uploads::insert(&unit, &upload, app.clock.now()).await?;
    let detail = serde_json::json!({ "media": file.id, "mime": mime, "bytes": file.bytes });
    staff::note(app, &unit, &named(staff), "chat.file", &format!("chat:{}", entry.id), &detail).await?;
    unit.commit().await?;
    let kind = kind_of(kind).ok_or(ActError::FileKind)?;
    Ok(TakenIn { id: file.id, kind, mime: file.mime, name: upload.name, bytes: file.bytes })
}

/// The attachment of a message: a file that they uploaded for this chat and have not sent. `described`: what it shows, for
/// people who do not see it.
///
/// # Errors
/// When there is no such file, the description is too long, or the database fails.
pub async fn attachment(
    app: &App,
    entry: &HandoverRow,
    by: &By,
    file: Uuid,
    described: &str,
) -> Result<Attachment, AgentError> {
    if described.chars().count() > LONGEST_DESCRIPTION {
        return Err(ActError::LongDescription(LONGEST_DESCRIPTION).into());
    }
    let upload = store::uploads::unsent(app.store.read(), file).await?;
    let own = |upload: &Upload| upload.handover == entry.id && Some(upload.staff) == by.staff;
    let upload = upload.filter(own).ok_or(ActError::NoFile)?;
    let known = store::media::by_id(app.store.read(), file).await?.ok_or(ActError::NoFile)?;
    let described = described.trim();
    Ok(Attachment {
        kind: kind_named(&known.mime),
        source: AttachmentSource::File(file.to_string()),
        mime: known.mime,
        described: if described.is_empty() { upload.name.clone() } else { described.to_owned() },
        filename: Some(upload.name),
    })
}

/// The message that takes its file along was stored: nobody sends it again.
pub(super) async fn sent(unit: &Unit, outbound: &Outbound, bubbles: &[Uuid]) -> Result<(), AgentError> {
    let (Some(file), Some(bubble)) = (file_of(outbound), bubbles.last()) else { return Ok(()) };
    match store::uploads::send(unit, file, *bubble).await? {
        true => Ok(()),
        false => Err(ActError::NoFile.into()),
    }
}

fn file_of(outbound: &Outbound) -> Option<Uuid> {
    match &outbound.attachment.as_ref()?.source {
        AttachmentSource::File(id) => id.parse().ok(),
        _ => None,
    }
}

/// Forgets what was uploaded before `before` (Unix ms) and never sent.
///
/// # Errors
/// When the database fails; a file that cannot be removed is told to the log.
pub async fn forget_unsent(app: &App, before: i64) -> Result<(), store::StoreError> {
    let unit = app.store.unit().await?;
    let files = store::uploads::forget_unsent(&unit, before).await?;
    unit.commit().await?;
    for file in files {
        if let Err(err) = app.media.remove(file).await {
            warn!(media.id = %file, "file {file}, which nobody sent, could not be removed: {err}");
        }
    }
    Ok(())
}

fn kind_of(kind: MediaKind) -> Option<FileKind> {
    match kind {
        MediaKind::Image => Some(FileKind::Image),
        MediaKind::Audio => Some(FileKind::Audio),
        MediaKind::Document => Some(FileKind::Document),
        MediaKind::Video | MediaKind::Sticker => None,
    }
}

fn kind_named(mime: &str) -> MediaKind {
    match mime.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Audio,
        _ => MediaKind::Document,
    }
}

/// A name without a path and without what would end a line.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    let clean = clean.trim();
    if clean.is_empty() { "archivo".to_owned() } else { clean.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_of_a_path() {
        assert_eq!(shown_name("C:\\Users\\rosa\\acta nacimiento.pdf"), "acta nacimiento.pdf");
        assert_eq!(shown_name("../../etc/passwd\r\nX: y"), "passwdX: y");
        assert_eq!(shown_name(" "), "archivo");
    }
}
