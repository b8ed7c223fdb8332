//! Files that people send.

use serde_json::Value;

use super::Composed;
use crate::simulator::{
    Inner,
    attachment::Attachment,
    bubble::{FileView, View},
    media,
    said::{Attached, Said},
};

impl Inner {
    pub(super) fn file(&self, said: Said) -> Option<Composed> {
        let (kind, voice, attached) = match said {
            Said::Image(attached) => (Attachment::Image, false, attached),
            Said::Video(attached) => (Attachment::Video, false, attached),
            Said::Audio(attached) => (Attachment::Audio, false, attached),
            Said::Voice(attached) => (Attachment::Audio, true, attached),
            Said::Document(attached) => (Attachment::Document, false, attached),
            Said::Sticker(attached) => (Attachment::Sticker, false, attached),
            _ => return None,
        };
        Some(self.attach(kind, voice, attached))
    }

    fn attach(&self, kind: Attachment, voice: bool, attached: Attached) -> Composed {
        let Attached { mime_type, data, caption, filename } = attached;
        let item = self.shelve(&mime_type, data, media::INBOUND_LIFE_MS);
        let mut body = self.inbound_media(&item);
        match kind {
            Attachment::Audio => body["voice"] = voice.into(),
            Attachment::Sticker => body["animated"] = item.is_animated().into(),
            _ => told(&mut body, "caption", caption.as_deref()),
        }
        if kind == Attachment::Document {
            told(&mut body, "filename", filename.as_deref());
        }
        let view = View {
            media_url: Some(format!("/simulator/media/{}", item.id)),
            file: Some(FileView { mime_type: Some(mime_type), filename, voice }),
            ..View::of(kind.shown(), caption)
        };
        Composed::typed(kind.key(), body, view)
    }
}

/// Meta leaves out what there is not.
fn told(body: &mut Value, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        body[key] = value.into();
    }
}
