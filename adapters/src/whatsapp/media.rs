//! Fetching a photo, a voice note or a file: ask Meta where it is, then fetch it from there. Called by `mod.rs`; it
//! must not send our token to a host that is not on the list, whatever an answer or a message says.

use bytes::Bytes;
use http::{Response, StatusCode, Uri};
use serde_json::Value;

use super::{WhatsApp, message::bare_mime};
use crate::{
    Fault, Media, MediaKind, MediaStep, Retry, SendError,
    lenient::{number, word},
};

const MEGABYTE: usize = 1024 * 1024;

/// Addresses live five minutes, so one may have died on the way: asking twice is enough.
const TRIES: u8 = 2;

/// What the answer belongs to. It travels in the request's extensions, since the adapter has no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Where { tries: u8 },
    File { tries: u8 },
}

impl WhatsApp {
    pub(super) fn fetch(&self, media: &Media, answer: Option<&Response<Bytes>>) -> MediaStep {
        let Some(answer) = answer else {
            return if media.source.starts_with("http") {
                self.download(&media.source, TRIES)
            } else {
                self.resolve(&media.source, 1)
            };
        };
        match asked(media, answer) {
            Asked::Where { tries } => self.located(media, answer, tries),
            Asked::File { tries } => self.downloaded(media, answer, tries),
        }
    }

    fn resolve(&self, id: &str, tries: u8) -> MediaStep {
        let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        if !plain {
            return gone(
                "WhatsApp dio un archivo sin identificador válido: pídele a la persona que lo reenvíe.",
            );
        }
        self.ask(&self.url(id), Asked::Where { tries })
    }

    fn located(&self, media: &Media, answer: &Response<Bytes>, tries: u8) -> MediaStep {
        let told: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let size = number(told.get("file_size")).unwrap_or_default();
        match (word(told.get("url")), answer.status()) {
            (Some(_), status) if status.is_success() && size > limit(media.kind) as f64 => {
                too_big(media.kind)
            }
            (Some(url), status) if status.is_success() => self.download(&url, tries),
            (_, status) => failed(status),
        }
    }

    fn download(&self, url: &str, tries: u8) -> MediaStep {
        if !self.may_visit(url) {
            return gone("WhatsApp mandó buscar el archivo en un sitio que no es suyo: no se abrió.");
        }
        self.ask(url, Asked::File { tries })
    }

    fn downloaded(&self, media: &Media, answer: &Response<Bytes>, tries: u8) -> MediaStep {
        match answer.status() {
            StatusCode::OK if answer.body().len() > limit(media.kind) => too_big(media.kind),
            StatusCode::OK if answer.body().is_empty() => failed(StatusCode::BAD_GATEWAY),
            StatusCode::OK => {
                MediaStep::Done { mime: mime(media, answer.body()), bytes: answer.body().clone() }
            }
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE if tries < TRIES => {
                self.resolve(&media.source, tries + 1)
            }
            status => failed(status),
        }
    }

    fn ask(&self, url: &str, asked: Asked) -> MediaStep {
        match self.get(url) {
            Some(mut request) => {
                request.extensions_mut().insert(asked);
                MediaStep::Fetch(request)
            }
            None => gone("La dirección del archivo no es válida: pídele a la persona que lo reenvíe."),
        }
    }

    /// `https` on Meta's hosts, where our messages go anyway, and whatever the configuration adds.
    fn may_visit(&self, url: &str) -> bool {
        let Ok(uri) = url.parse::<Uri>() else { return false };
        let Some(authority) = uri.authority().filter(|authority| !authority.as_str().contains('@')) else {
            return false;
        };
        let host = authority.host().to_ascii_lowercase();
        let listed = |allowed: &String| *allowed == host || allowed.as_str() == authority.as_str();
        let base = self.config.base_url.parse::<Uri>().unwrap_or_default();
        let known = base.scheme() == uri.scheme() && base.authority() == Some(authority)
            || self.config.media_hosts.iter().any(listed);
        match uri.scheme_str() {
            Some("https") => known || meta_owns(&host),
            Some("http") => known,
            _ => false,
        }
    }
}

fn meta_owns(host: &str) -> bool {
    matches!(host, "lookaside.fbsbx.com" | "graph.facebook.com") || host.ends_with(".whatsapp.net")
}

/// Without the memory, only an answer that names this very file can be Meta's directions to it; there is no second
/// try then.
fn asked(media: &Media, answer: &Response<Bytes>) -> Asked {
    answer.extensions().get().copied().unwrap_or_else(|| {
        let told: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let directions = told.get("url").is_some() && word(told.get("id")).as_ref() == Some(&media.source);
        if directions { Asked::Where { tries: TRIES } } else { Asked::File { tries: TRIES } }
    })
}

/// Meta: images up to 5 MB, sound and video up to 16. Larger documents exist, but none that a town hall asks for.
fn limit(kind: MediaKind) -> usize {
    match kind {
        MediaKind::Image => 5 * MEGABYTE,
        MediaKind::Sticker => MEGABYTE,
        MediaKind::Audio | MediaKind::Video | MediaKind::Document => 16 * MEGABYTE,
    }
}

/// What the first bytes say, and only then what was declared: a picture type that the bytes deny is not believed.
fn mime(media: &Media, bytes: &[u8]) -> String {
    let declared = bare_mime(media.mime.clone());
    match sniff(bytes) {
        Some(seen) => seen.to_owned(),
        None if matches!(declared.as_str(), "image/jpeg" | "image/png" | "image/webp") => {
            "application/octet-stream".to_owned()
        }
        None => declared,
    }
}

fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn too_big(kind: MediaKind) -> MediaStep {
    let megabytes = limit(kind) / MEGABYTE;
    gone(&format!("El archivo pesa más de {megabytes} MB: pídele a la persona uno más ligero."))
}

/// Nothing will bring this file.
fn gone(sentence: &str) -> MediaStep {
    let sentence = sentence.to_owned();
    MediaStep::Failed(SendError { retry: Retry::Never, fault: Fault::Message, code: None, sentence })
}

fn failed(status: StatusCode) -> MediaStep {
    let (retry, fault, sentence) = match status {
        StatusCode::UNAUTHORIZED => (
            Retry::Never,
            Fault::Account,
            "WhatsApp ya no acepta nuestra clave de acceso: hay que renovarla en la configuración.",
        ),
        StatusCode::TOO_MANY_REQUESTS => {
            (Retry::Backoff, Fault::Provider, "WhatsApp está ocupado: el archivo se bajará en un momento.")
        }
        status if status.is_server_error() => {
            (Retry::Backoff, Fault::Provider, "WhatsApp no entregó el archivo: lo intentamos de nuevo.")
        }
        _ => (
            Retry::Never,
            Fault::Provider,
            "WhatsApp ya no tiene el archivo: pídele a la persona que lo envíe otra vez.",
        ),
    };
    MediaStep::Failed(SendError { retry, fault, code: None, sentence: sentence.to_owned() })
}
