//! Sends of a file by id or link: pictures, films, sounds, documents, stickers.

use super::{Content, LONG, web_address};
use crate::simulator::{
    attachment::Attachment,
    bubble::{FileView, View},
    error::GraphError,
    part::Part,
};

const CAPTION: usize = 1024;

/// A media id within a send, and what it has to be.
pub(in crate::simulator) struct Named {
    /// Where it stands, such as `image.id`.
    pub(in crate::simulator) place: String,
    pub(in crate::simulator) id: String,
    pub(in crate::simulator) kind: Attachment,
    /// It shall play as a voice note.
    pub(in crate::simulator) voice: bool,
}

pub(super) fn content(part: &Part<'_>, kind: Attachment) -> Result<Content, GraphError> {
    part.only(match kind {
        Attachment::Document => &["id", "link", "caption", "filename"],
        Attachment::Image | Attachment::Video => &["id", "link", "caption"],
        Attachment::Audio => &["id", "link", "voice"],
        Attachment::Sticker => &["id", "link"],
    })?;
    let caption = part.optional_text("caption", CAPTION)?.map(str::to_owned);
    let voice = part.optional_bool("voice")?.unwrap_or(false);
    let filename = part.optional_text("filename", LONG)?.map(str::to_owned);
    let (media_url, file) = named(part, kind, voice)?;
    let facts = FileView { filename, voice, ..FileView::default() };
    let view = View { media_url: Some(media_url), file: Some(facts), ..View::of(kind.shown(), caption) };
    Ok(Content::Shown { view: view.into(), files: file.into_iter().collect() })
}

/// Either an `id` of ours or a `link`: the address the page shows, and the id to look for. Meta fetches links when it
/// delivers; the simulator takes them on trust, since a test or a demo may be without a network.
pub(in crate::simulator) fn named(
    part: &Part<'_>,
    kind: Attachment,
    voice: bool,
) -> Result<(String, Option<Named>), GraphError> {
    match (part.optional_text("id", 64)?, part.get("link")) {
        (Some(id), None) => {
            let file = Named { place: part.name("id"), id: id.to_owned(), kind, voice };
            Ok((format!("/simulator/media/{id}"), Some(file)))
        }
        (None, Some(_)) => Ok((web_address(part, "link")?.to_owned(), None)),
        (Some(_), Some(_)) => {
            let key = kind.key();
            Err(GraphError::invalid(format!("{key}: give either id or link, not both.")))
        }
        (None, None) => Err(GraphError::missing(part.name("id"))),
    }
}
