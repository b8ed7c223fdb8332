//! Which files Meta takes, and how large. Used by `send` and `upload`; what people may send us is in `media`.

use super::message::bare_mime;
use crate::{Files, MediaKind};

const KILOBYTE: usize = 1024;
const MEGABYTE: usize = 1024 * KILOBYTE;

/// What people of the town may send: the same tables as below, without what an office has no use for.
pub(super) const FILES: [Files; 3] = [
    Files { kind: MediaKind::Image, mimes: &["image/jpeg", "image/png"], bytes: limit(MediaKind::Image) },
    Files {
        kind: MediaKind::Audio,
        mimes: &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"],
        bytes: limit(MediaKind::Audio),
    },
    Files { kind: MediaKind::Document, mimes: Files::DOCUMENTS, bytes: limit(MediaKind::Document) },
];

/// Meta's table of supported media. Documents may be of any type.
pub(super) fn takes(kind: MediaKind, mime: &str) -> bool {
    let mime = bare_mime(mime.to_owned());
    match kind {
        MediaKind::Image => matches!(mime.as_str(), "image/jpeg" | "image/png"),
        MediaKind::Audio => {
            matches!(mime.as_str(), "audio/aac" | "audio/amr" | "audio/mpeg" | "audio/mp4" | "audio/ogg")
        }
        MediaKind::Video => matches!(mime.as_str(), "video/mp4" | "video/3gpp"),
        MediaKind::Sticker => mime == "image/webp",
        MediaKind::Document => is_mime(&mime),
    }
}

/// What a file of this type is sent as; `None` where it cannot be sent.
pub(super) fn kind_of(mime: &str) -> Option<MediaKind> {
    let kinds = [MediaKind::Image, MediaKind::Audio, MediaKind::Video, MediaKind::Sticker];
    let family = bare_mime(mime.to_owned());
    let seen_or_heard = ["image/", "audio/", "video/"].iter().any(|start| family.starts_with(start));
    let known = kinds.into_iter().find(|kind| takes(*kind, mime));
    known.or((!seen_or_heard && takes(MediaKind::Document, mime)).then_some(MediaKind::Document))
}

/// Largest file in bytes. A sticker that does not move has 100 KB, one that does 500: Meta looks, we do not.
pub(super) const fn limit(kind: MediaKind) -> usize {
    match kind {
        MediaKind::Image => 5 * MEGABYTE,
        MediaKind::Audio | MediaKind::Video => 16 * MEGABYTE,
        MediaKind::Document => 100 * MEGABYTE,
        MediaKind::Sticker => 500 * KILOBYTE,
    }
}

/// Meta: a voice note is Ogg with Opus.
pub(super) fn is_voice(mime: &str) -> bool {
    bare_mime(mime.to_owned()) == "audio/ogg"
}

/// `type/subtype` and nothing that could end a header's line.
fn is_mime(mime: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    mime.len() <= 100 && mime.split_once('/').is_some_and(|(kind, sort)| token(kind) && token(sort))
}

/// An id of Meta's, which may stand in an address.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_offered_is_taken_as_what_it_is() {
        for files in FILES {
            assert_eq!(files.bytes, limit(files.kind));
            for mime in files.mimes {
                assert_eq!(kind_of(mime), Some(files.kind), "{mime}");
            }
        }
    }
}
