//! What a file is, by its bytes: its name and what a browser calls it prove nothing. Pure.

use ventanilla_adapters::{Capabilities, Files, MediaKind};

use super::ActError;

/// What a file is, and what the channel takes of its kind. `most` is the town's own limit in bytes.
///
/// # Errors
/// When it is empty, is not what its name says, or the channel does not take it.
pub(super) fn genuine(
    name: &str,
    bytes: &[u8],
    channel: &Capabilities,
    most: usize,
) -> Result<(MediaKind, &'static str), ActError> {
    if channel.files.is_empty() {
        return Err(ActError::NoFiles);
    }
    if bytes.is_empty() {
        return Err(ActError::EmptyFile);
    }
    let real = infer::get(bytes).map(|found| usual(found.mime_type()));
    if family_of(name).is_some_and(|named| real.map(family) != Some(named)) {
        return Err(ActError::DisguisedFile);
    }
    let taken = |files: &&Files| real.is_some_and(|mime| files.mimes.contains(&mime));
    let (Some(mime), Some(files)) = (real, channel.files.iter().find(taken)) else {
        return Err(ActError::FileKind);
    };
    let limit = files.bytes.min(most);
    if bytes.len() > limit { Err(ActError::LargeFile(limit)) } else { Ok((files.kind, mime)) }
}

/// The providers' names for what has several.
fn usual(mime: &'static str) -> &'static str {
    match mime {
        "audio/m4a" => "audio/mp4",
        // Ogg with Opus is what the channels mean by it; with anything else in it nobody plays it.
        "audio/opus" => "audio/ogg",
        "audio/ogg" => "audio/vorbis",
        other => other,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Picture,
    Sound,
    Film,
    Pdf,
    Paper,
    Other,
}

fn family(mime: &str) -> Family {
    match mime.split('/').next() {
        Some("image") => Family::Picture,
        Some("audio") => Family::Sound,
        Some("video") => Family::Film,
        _ if mime == "application/pdf" => Family::Pdf,
        _ if Files::DOCUMENTS.contains(&mime) => Family::Paper,
        _ => Family::Other,
    }
}

/// What a name promises; `None` where it promises nothing that we know.
fn family_of(name: &str) -> Option<Family> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "heic" => Some(Family::Picture),
        "mp3" | "m4a" | "aac" | "ogg" | "oga" | "opus" | "wav" | "amr" => Some(Family::Sound),
        "pdf" => Some(Family::Pdf),
        "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "odt" | "ods" => Some(Family::Paper),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ventanilla_adapters::{Channel, capabilities};

    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const PDF: &[u8] = b"%PDF-1.7\n";
    const MANY: usize = 1 << 30;

    fn on_whatsapp(name: &str, bytes: &[u8]) -> Result<(MediaKind, &'static str), ActError> {
        genuine(name, bytes, capabilities(Channel::Whatsapp), MANY)
    }

    #[test]
    fn what_it_is_stands_in_its_bytes() {
        assert_eq!(on_whatsapp("plano.png", PNG), Ok((MediaKind::Image, "image/png")));
        assert_eq!(on_whatsapp("plano.JPG", PNG), Ok((MediaKind::Image, "image/png")));
        assert_eq!(on_whatsapp("sin nombre", PDF), Ok((MediaKind::Document, "application/pdf")));
        let voice = [b"OggS".as_slice(), &[0; 24], b"OpusHead", &[0; 20]].concat();
        assert_eq!(on_whatsapp("nota.ogg", &voice), Ok((MediaKind::Audio, "audio/ogg")));
    }

    #[test]
    fn what_hides_behind_another_name_is_found_out() {
        for disguised in [
            b"<!DOCTYPE html><script>1</script>".as_slice(),
            b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
            b"<?xml version=\"1.0\"?><svg/>",
            b"just words",
            PDF,
        ] {
            assert_eq!(on_whatsapp("foto.jpg", disguised), Err(ActError::DisguisedFile));
        }
        assert_eq!(on_whatsapp("acta.pdf", PNG), Err(ActError::DisguisedFile));
    }

    #[test]
    fn what_the_channel_does_not_take_is_refused_by_its_reason() {
        let gif = b"GIF89a\x01\0\x01\0";
        assert_eq!(on_whatsapp("risa.gif", gif), Err(ActError::FileKind));
        assert_eq!(on_whatsapp("programa.exe", b"MZ\x90\0\x03\0\0\0"), Err(ActError::FileKind));
        assert_eq!(on_whatsapp("página.html", b"<html></html>"), Err(ActError::FileKind));
        assert_eq!(on_whatsapp("foto.jpg", b""), Err(ActError::EmptyFile));
        assert_eq!(genuine("a.png", PNG, capabilities(Channel::Sms), MANY), Err(ActError::NoFiles));
        let small = genuine("a.png", PNG, capabilities(Channel::Webchat), 10);
        assert_eq!(small, Err(ActError::LargeFile(10)));
    }
}
