//! One text -> Kannel's `sendsms`, and its answer -> [`Outcome`]. Called by `mod.rs`.

use bytes::Bytes;
use form_urlencoded::Serializer;
use hmac::{Hmac, KeyInit, Mac};
use http::{Request, Response, StatusCode};
use sha2::Sha256;

use crate::{
    Fault, Outcome, Outgoing, ProviderError, Retry, SendError,
    sms::{Encoding, KANNEL_STATUS, KannelConfig, Sms, SmsNumber, answer, person, segments},
};

/// Delivered, failed, buffered, taken by the network, refused by the network: all there is to hear.
const ALL_REPORTS: &str = "31";

/// The values of `dlr-mask` for a message that will not arrive: the code of our errors.
pub(super) const FAILED: i64 = 2;
pub(super) const REJECTED: i64 = 16;

/// How titles of Kannel's errors begin, so that they are told from other providers'.
pub(super) const PREFIX: &str = "Kannel: ";

impl Sms {
    /// A GET: Kannel refuses forms ("Invalid content-type").
    pub(in crate::sms) fn write_kannel(
        &self,
        from: &SmsNumber,
        outgoing: &Outgoing,
        text: &str,
    ) -> Result<Request<Bytes>, SendError> {
        let broken = || answer::never(Fault::Account, answer::BROKEN);
        let kannel = self.config.kannel.as_ref().ok_or_else(broken)?;
        let to = person::dialled(&outgoing.to.route)
            .ok_or_else(|| answer::never(Fault::Recipient, answer::NOT_A_PHONE))?;
        let report = status_url(kannel, &self.config.public_url, &from.number, &outgoing.reference)?;
        let mut query = Serializer::new(String::new());
        query.append_pair("username", &kannel.username).append_pair("password", &kannel.password);
        query.append_pair("from", &from.number).append_pair("to", &to).append_pair("text", text);
        query.append_pair("charset", "UTF-8").append_pair("coding", coding(text));
        if !kannel.smsc.is_empty() {
            query.append_pair("smsc", &kannel.smsc);
        }
        query.append_pair("dlr-mask", ALL_REPORTS).append_pair("dlr-url", &report);
        let url = format!("{}?{}", kannel.send_url, query.finish());
        Request::get(url).body(Bytes::new()).map_err(|_| broken())
    }
}

/// 0 is GSM-7 and 2 UCS-2: with the wrong one letters become `?`.
fn coding(text: &str) -> &'static str {
    match segments(text).encoding {
        Encoding::Gsm7 => "0",
        Encoding::Ucs2 => "2",
    }
}

/// Where Kannel reports what became of this message. Kannel fills in `%d` (what), `%A` (in the network's words) and
/// `%T` (when), so nothing else may hold a percent sign.
pub(super) fn status_url(
    kannel: &KannelConfig,
    public_url: &str,
    number: &str,
    reference: &str,
) -> Result<String, SendError> {
    if !reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)) {
        return Err(answer::never(
            Fault::Message,
            "La referencia del mensaje no es válida: avisa a soporte.",
        ));
    }
    let base = public_url.trim_end_matches('/');
    let key = key(&kannel.secret, reference);
    let number: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    Ok(format!("{base}{KANNEL_STATUS}?key={key}&ref={reference}&number={number}&type=%d&at=%T&answer=%A"))
}

/// Proof that we made this address: the secret itself would stand in the logs of the gateway, once for each message.
/// Empty where there is no secret.
pub(super) fn key(secret: &str, reference: &str) -> String {
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) if !secret.is_empty() => {
            hex::encode(mac.chain_update(reference.as_bytes()).finalize().into_bytes())
        }
        _ => String::new(),
    }
}

/// Reads Kannel's answer: a status and one line of plain text.
pub(in crate::sms) fn outcome(answer: &Response<Bytes>, reference: &str) -> Outcome {
    let said = String::from_utf8_lossy(answer.body());
    let failed = |error| Outcome::Failed(error);
    match answer.status() {
        // `0: Accepted for delivery`, or `3: Queued for later delivery` where the network is away.
        StatusCode::ACCEPTED if said.starts_with("0:") || said.starts_with("3:") => {
            Outcome::Accepted { provider_id: reference.to_owned() }
        }
        // "Temporal failure, try again later."
        StatusCode::SERVICE_UNAVAILABLE if said.starts_with("Temporal failure") => failed(answer::error(
            answer::asked_wait(answer).unwrap_or(Retry::Backoff),
            Fault::Provider,
            "El servidor de SMS (Kannel) está ocupado: el mensaje saldrá en unos segundos.",
        )),
        StatusCode::BAD_REQUEST => failed(refusal(&said)),
        StatusCode::NOT_FOUND => failed(answer::never(Fault::Account, answer::BROKEN)),
        _ => answer::by_status(answer),
    }
}

fn refusal(said: &str) -> SendError {
    let (fault, sentence) = if said.contains("white- and/or black-lists") {
        (
            Fault::Recipient,
            "El servidor de SMS (Kannel) no permite enviar a este teléfono: búscala por otro medio.",
        )
    } else if said.contains("Sender missing") {
        (
            Fault::Account,
            "El servidor de SMS (Kannel) no acepta nuestro número: hay que revisar su configuración.",
        )
    } else {
        (Fault::Message, "El servidor de SMS (Kannel) no aceptó la forma del mensaje: avisa a soporte.")
    };
    answer::never(fault, sentence)
}

/// What a report of failure means; `None` where it is no error of Kannel's.
pub(in crate::sms) fn explain(told: &ProviderError) -> Option<SendError> {
    let reason = told.title.strip_prefix(PREFIX)?;
    let (retry, fault, sentence) = match reason {
        "EXPIRED" => (
            Retry::Never,
            Fault::Recipient,
            "El teléfono de la persona estuvo apagado o sin señal hasta que venció el mensaje.",
        ),
        // SMPP: invalid destination.
        "0xb" => (
            Retry::Never,
            Fault::Recipient,
            "El teléfono de esta persona no es válido: pídele el número correcto.",
        ),
        // SMPP: queue full, throttled.
        "0x14" | "0x58" => (Retry::Backoff, Fault::Provider, answer::BUSY),
        // SMPP: system error.
        "0x8" => (Retry::Backoff, Fault::Provider, "La red de la compañía falló: lo intentamos de nuevo."),
        // SMPP: invalid source, bind failed, password, system id.
        "0xa" | "0xd" | "0xe" | "0xf" => (
            Retry::Never,
            Fault::Account,
            "La compañía no acepta nuestro número o nuestra clave: avisa a soporte.",
        ),
        _ if told.code == REJECTED => (
            Retry::Never,
            Fault::Message,
            "La compañía rechazó el mensaje: hay que revisar el texto y el número.",
        ),
        _ => (
            Retry::Never,
            Fault::Recipient,
            "La compañía no pudo entregar el mensaje: busca a la persona por otro medio.",
        ),
    };
    Some(SendError { code: Some(told.code), ..answer::error(retry, fault, sentence) })
}
