//! Pictures, sound and documents. Called by `content` and, for the head of a template, by `template`.

use serde_json::{Map, Value, json};

use super::{
    content::Content,
    limits::{ours, web_address, within},
};
use crate::{
    Attachment, AttachmentSource, Capabilities, MediaKind, SendError,
    text::cut,
    whatsapp::{formats, markup},
};

/// What a document may be called; longer names are cut by the phones anyway.
const MAX_FILENAME: usize = 240;

/// Meta: a caption has 1,024 characters; sound and stickers have none.
pub(super) fn write(text: &str, attachment: &Attachment, can: &Capabilities) -> Result<Content, SendError> {
    let (kind, mut media) = object(attachment)?;
    let caption = markup::whatsapp(text.trim());
    if !caption.is_empty() {
        if matches!(attachment.kind, MediaKind::Audio | MediaKind::Sticker) {
            let sentence =
                "WhatsApp no permite texto junto a un audio o un sticker: hay que mandarlo aparte.";
            return Err(ours(sentence.to_owned()));
        }
        within("El texto de la imagen o del documento", &caption, can.caption)?;
        media.insert("caption".to_owned(), json!(caption));
    }
    if attachment.kind == MediaKind::Audio && formats::is_voice(&attachment.mime) {
        // Shown as a voice note, with its waves, and not as a file.
        media.insert("voice".to_owned(), json!(true));
    }
    Ok((kind, Value::Object(media)))
}

/// `{id}` or `{link}`, for documents with a name.
pub(super) fn object(attachment: &Attachment) -> Result<(&'static str, Map<String, Value>), SendError> {
    if !formats::takes(attachment.kind, &attachment.mime) {
        let sentence = "WhatsApp no acepta archivos de este tipo: conviértelo a JPG, PNG, PDF, MP3 o MP4.";
        return Err(ours(sentence.to_owned()));
    }
    let (key, place) = place(&attachment.source)?;
    let mut media = Map::from_iter([(key.to_owned(), json!(place))]);
    let name = attachment.filename.as_deref().map(label).filter(|name| !name.is_empty());
    if let (MediaKind::Document, Some(name)) = (attachment.kind, name) {
        media.insert("filename".to_owned(), json!(name));
    }
    Ok((name_of(attachment.kind), media))
}

fn place(source: &AttachmentSource) -> Result<(&'static str, &str), SendError> {
    match source {
        AttachmentSource::Link(url) => web_address(url).map(|()| ("link", url.as_str())),
        AttachmentSource::Uploaded(id) if formats::is_id(id) => Ok(("id", id)),
        AttachmentSource::Uploaded(_) => {
            Err(ours("El archivo tiene un identificador que no es de WhatsApp: súbelo otra vez.".to_owned()))
        }
        AttachmentSource::File(_) => Err(ours(
            "El archivo todavía no se ha subido a WhatsApp: es una falla nuestra, avisa a soporte."
                .to_owned(),
        )),
    }
}

fn name_of(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
    }
}

/// A name and no path.
fn label(name: &str) -> String {
    let plain = |c: char| if c.is_control() || matches!(c, '/' | '\\') { '_' } else { c };
    cut(name.trim().chars().map(plain).collect::<String>().trim(), MAX_FILENAME)
}
