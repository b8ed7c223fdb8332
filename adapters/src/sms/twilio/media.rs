//! Fetching a file of an MMS: ask Twilio, which answers with the address of a store, then fetch it there. Called by
//! `mod.rs`; it must give our key to Twilio alone, whatever a message or an answer says.

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri, header};

use crate::{
    Fault, Media, MediaStep, Retry, SendError,
    sms::answer::{self, ACCESS, error, never},
    twilio::TwilioConfig,
};

/// Twilio: 5 MB for all files of a message.
const MAX_BYTES: usize = 5 * 1024 * 1024;

/// Twilio sends us on once, its store perhaps again.
const MAX_HOPS: u8 = 3;

/// How often we were sent on; it travels in the request's extensions.
#[derive(Debug, Clone, Copy)]
struct Hops(u8);

pub(in crate::sms) fn step(
    account: &TwilioConfig,
    media: &Media,
    answer: Option<&Response<Bytes>>,
) -> MediaStep {
    let Some(answer) = answer else { return begin(account, &media.source) };
    match answer.status() {
        StatusCode::OK if answer.body().len() > MAX_BYTES => {
            failed(Fault::Message, "El archivo pesa más de 5 MB: pídele a la persona uno más ligero.")
        }
        StatusCode::OK if answer.body().is_empty() => MediaStep::Failed(later()),
        StatusCode::OK => MediaStep::Done { mime: mime(media, answer.body()), bytes: answer.body().clone() },
        status if status.is_redirection() => follow(account, answer),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => failed(Fault::Account, ACCESS),
        status if status.is_server_error() => MediaStep::Failed(later()),
        StatusCode::TOO_MANY_REQUESTS => {
            let retry = answer::asked_wait(answer).unwrap_or(Retry::Backoff);
            MediaStep::Failed(error(
                retry,
                Fault::Provider,
                "Twilio está ocupado: el archivo se bajará en un momento.",
            ))
        }
        _ => failed(
            Fault::Provider,
            "Twilio ya no tiene el archivo: pídele a la persona que lo envíe otra vez.",
        ),
    }
}

fn begin(account: &TwilioConfig, source: &str) -> MediaStep {
    match source.parse::<Uri>() {
        Ok(uri) if is_twilio(account, &uri) => match account.get(source) {
            Some(request) => fetch(request, 0),
            None => failed(Fault::Account, answer::BROKEN),
        },
        _ => failed(
            Fault::Message,
            "El mensaje mandó buscar el archivo en un sitio que no es de Twilio: no se abrió.",
        ),
    }
}

/// The next request, without our key: the address it leads to is signed in itself.
fn follow(account: &TwilioConfig, answer: &Response<Bytes>) -> MediaStep {
    let hops = answer.extensions().get().map_or(MAX_HOPS, |Hops(hops)| hops + 1);
    let told =
        answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let target = told.parse::<Uri>().ok().filter(|uri| may_visit(account, uri));
    let request = target.and_then(|uri| Request::get(uri).body(Bytes::new()).ok());
    match request {
        Some(request) if hops <= MAX_HOPS => fetch(request, hops),
        _ => failed(
            Fault::Provider,
            "Twilio mandó buscar el archivo en un sitio que no es seguro: no se abrió.",
        ),
    }
}

fn fetch(mut request: Request<Bytes>, hops: u8) -> MediaStep {
    request.extensions_mut().insert(Hops(hops));
    MediaStep::Fetch(request)
}

/// Where our messages go anyway, or Twilio's own interface in another region.
fn is_twilio(account: &TwilioConfig, uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let api = host == "api.twilio.com" || host.starts_with("api.") && host.ends_with(".twilio.com");
    is_base(account, uri) || api && uri.scheme_str() == Some("https") && plain(uri)
}

fn is_base(account: &TwilioConfig, uri: &Uri) -> bool {
    let base = account.base_url.parse::<Uri>().unwrap_or_default();
    base.authority().is_some() && base.scheme() == uri.scheme() && base.authority() == uri.authority()
}

/// A host of the public internet by its name, over TLS; or the configured one.
fn may_visit(account: &TwilioConfig, uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    // An address of digits, or a name without a dot, could be a machine of our own.
    let named = host.contains('.') && host.ends_with(|letter: char| letter.is_ascii_alphabetic());
    is_base(account, uri) || uri.scheme_str() == Some("https") && named && plain(uri)
}

/// No name and password, no port of its own.
fn plain(uri: &Uri) -> bool {
    uri.authority().is_some_and(|authority| !authority.as_str().contains('@') && authority.port().is_none())
}

/// What the first bytes say, and only then what was declared: a picture type that the bytes deny is not believed.
fn mime(media: &Media, bytes: &[u8]) -> String {
    let seen = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => "image/png",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        _ if media.mime.starts_with("image/") => "application/octet-stream",
        _ => &media.mime,
    };
    seen.to_owned()
}

fn failed(fault: Fault, sentence: &str) -> MediaStep {
    MediaStep::Failed(never(fault, sentence))
}

fn later() -> SendError {
    error(Retry::Backoff, Fault::Provider, "Twilio no entregó el archivo: lo intentamos de nuevo.")
}
