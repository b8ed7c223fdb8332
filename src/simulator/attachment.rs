//! Kinds of files, the types Meta takes for each, and how large they may be. Read by uploads, by sends that name a
//! file, and by the people who send one.

use super::{bubble::Kind, error::GraphError};

const MIB: usize = 1 << 20;
const KIB: usize = 1 << 10;
/// The largest file Meta takes: a document.
pub(super) const LARGEST: usize = 100 * MIB;
const STICKER: usize = 100 * KIB;
const ANIMATED_STICKER: usize = 500 * KIB;

const DOCUMENTS: [&str; 8] = [
    "application/pdf",
    "text/plain",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];

/// As what a file is sent. The same JPEG may go as a picture or as a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attachment {
    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

/// A file as far as the rules care.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) mime: &'a str,
    pub(super) bytes: usize,
    pub(super) animated: bool,
}

impl Attachment {
    pub(super) fn named(kind: &str) -> Option<Self> {
        match kind {
            "image" => Some(Self::Image),
            "video" => Some(Self::Video),
            "audio" => Some(Self::Audio),
            "document" => Some(Self::Document),
            "sticker" => Some(Self::Sticker),
            _ => None,
        }
    }

    /// The key of its object in messages.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Sticker => "sticker",
        }
    }

    pub(super) fn shown(self) -> Kind {
        match self {
            Self::Image => Kind::Image,
            Self::Video => Kind::Video,
            Self::Audio => Kind::Audio,
            Self::Document => Kind::Document,
            Self::Sticker => Kind::Sticker,
        }
    }

    /// May this file be sent as this kind? Meta tells of a misfit as 131053.
    pub(super) fn takes(self, facts: Facts<'_>) -> Result<(), GraphError> {
        let (kind, mime) = (self.key(), essence(facts.mime));
        let own = kind_of(mime) == Some(self) || (self == Self::Document && kind_of(mime).is_some());
        if !own {
            return Err(GraphError::media(format!(
                "{kind}: a file of type {mime} cannot be sent as {kind}."
            )));
        }
        let most = self.most_bytes(facts.animated);
        if facts.bytes > most {
            let size = facts.bytes;
            return Err(GraphError::media(format!("{kind}: {size} bytes are more than the {most} allowed.")));
        }
        Ok(())
    }

    fn most_bytes(self, animated: bool) -> usize {
        match self {
            Self::Image => 5 * MIB,
            Self::Video | Self::Audio => 16 * MIB,
            Self::Document => LARGEST,
            Self::Sticker if animated => ANIMATED_STICKER,
            Self::Sticker => STICKER,
        }
    }
}

/// Meta: voice notes are Ogg with Opus inside, anything else is only a music file.
pub(super) fn is_voice(mime: &str) -> bool {
    essence(mime) == "audio/ogg"
}

/// The kind whose type this is; `None`: Meta does not take such files.
pub(super) fn kind_of(mime: &str) -> Option<Attachment> {
    match mime {
        "image/jpeg" | "image/png" => Some(Attachment::Image),
        "image/webp" => Some(Attachment::Sticker),
        "video/mp4" | "video/3gpp" => Some(Attachment::Video),
        "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg" => Some(Attachment::Audio),
        other => DOCUMENTS.contains(&other).then_some(Attachment::Document),
    }
}

/// How large an upload of this type may be, before it is known as what it will be sent.
pub(super) fn upload_limit(mime: &str) -> Option<usize> {
    kind_of(mime).map(|kind| kind.most_bytes(true))
}

/// A MIME type without its parameters.
pub(super) fn essence(mime: &str) -> &str {
    mime.split(';').next().unwrap_or_default().trim()
}

/// Animated WebP says so by a bit of its `VP8X` chunk.
pub(super) fn is_animated(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF")
        && bytes.get(8..16) == Some(b"WEBPVP8X")
        && bytes.get(20).is_some_and(|flags| flags & 0x02 != 0)
}
