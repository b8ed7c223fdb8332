//! One text -> the request that a configured provider wants, and its answer -> [`Outcome`]. Called by `mod.rs`.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{HeaderName, HeaderValue, Request, Response, header};
use serde_json::{Map, Value};

use super::{
    HttpAuth, HttpConfig, HttpError, HttpFormat, HttpMeaning, HttpMethod, HttpSend, SecretPlace,
    pattern::Said,
};
use crate::{
    Fault, Outcome, Outgoing, ProviderError, Retry, SendError,
    sms::{Encoding, HTTP_STATUS, Sms, SmsNumber, answer, person, segments},
    twilio::basic,
};

impl Sms {
    pub(in crate::sms) fn write_http(
        &self,
        from: &SmsNumber,
        outgoing: &Outgoing,
        text: &str,
    ) -> Result<Request<Bytes>, SendError> {
        let broken = || answer::never(Fault::Account, answer::BROKEN);
        let provider = self.config.http.as_ref().ok_or_else(broken)?;
        let to = person::dialled(&outgoing.to.route)
            .ok_or_else(|| answer::never(Fault::Recipient, answer::NOT_A_PHONE))?;
        let fields = provider.send.fields.filled(|name| {
            Some(match name {
                "to" => to.clone(),
                "to_digits" => digits(&to),
                "from" => from.number.clone(),
                "from_digits" => digits(&from.number),
                "text" => text.to_owned(),
                "reference" => outgoing.reference.clone(),
                "status_url" => status_url(provider, &self.config.public_url, from, &outgoing.reference),
                "encoding" => encoding(&provider.send, text),
                _ => return None,
            })
        });
        request(&provider.send, &fields).ok_or_else(broken)
    }

    /// The page that the configuration names.
    pub(in crate::sms) fn http_health(&self) -> Option<Request<Bytes>> {
        let provider = self.config.http.as_ref()?;
        let request = Request::get(provider.health_url.as_deref()?).body(Bytes::new()).ok()?;
        signed(&provider.send, request)
    }

    /// Reads the answer as the configuration says; what it leaves open may have been sent.
    pub(in crate::sms) fn http_outcome(&self, answer: &Response<Bytes>, reference: &str) -> Outcome {
        let Some(provider) = &self.config.http else { return Outcome::Unsure };
        let said = String::from_utf8_lossy(answer.body());
        let sure = provider.send.success_pattern.as_ref().map(|pattern| pattern.fits(&said));
        let taken = taken(&provider.send, answer);
        if taken && sure == Some(true) {
            return accepted(&provider.send, &said, reference);
        }
        let status = answer.status().as_u16();
        if let Some(error) = provider.send.errors.iter().find(|error| error.fits(Some(status), &said)) {
            return Outcome::Failed(error.explained(&provider.name, answer::asked_wait(answer)));
        }
        match sure {
            None if taken => accepted(&provider.send, &said, reference),
            _ if answer.status().is_client_error() => refused(provider, answer),
            _ => answer::by_status(answer),
        }
    }

    /// What the reason in a report means; `None` where it is no error of this provider's.
    pub(in crate::sms) fn explain_http(&self, told: &ProviderError) -> Option<SendError> {
        let provider = self.config.http.as_ref()?;
        let reason = told.title.strip_prefix(&prefix(provider))?;
        let known = provider.send.errors.iter().find(|error| error.fits(None, reason));
        let code = Some(told.code).filter(|code| *code != 0);
        let error = known.map_or_else(
            || answer::never(Fault::Recipient, &format!("{} no pudo entregar el mensaje.", provider.name)),
            |error| error.explained(&provider.name, None),
        );
        Some(SendError { code, ..error })
    }
}

/// How titles of this provider's errors begin, so that they are told from others'.
pub(super) fn prefix(provider: &HttpConfig) -> String {
    format!("{}: ", provider.name)
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn encoding(send: &HttpSend, text: &str) -> String {
    let [gsm7, ucs2] = &send.encodings;
    match segments(text).encoding {
        Encoding::Gsm7 => gsm7.clone(),
        Encoding::Ucs2 => ucs2.clone(),
    }
}

/// Where reports of this message are heard: with the secret where that stands in the query.
fn status_url(provider: &HttpConfig, public_url: &str, from: &SmsNumber, reference: &str) -> String {
    let mut query = Serializer::new(String::new());
    if let Some(secret) = &provider.secret
        && let SecretPlace::Query(name) = &secret.at
    {
        query.append_pair(name, &secret.value.0);
    }
    query.append_pair("number", &digits(&from.number)).append_pair("ref", reference);
    format!("{}{HTTP_STATUS}?{}", public_url.trim_end_matches('/'), query.finish())
}

fn request(send: &HttpSend, fields: &Map<String, Value>) -> Option<Request<Bytes>> {
    let (url, kind, body) = match send.format {
        HttpFormat::Form => (send.url.clone(), Some("application/x-www-form-urlencoded"), pairs(fields)),
        HttpFormat::Json => {
            (send.url.clone(), Some("application/json"), Value::Object(fields.clone()).to_string())
        }
        HttpFormat::Query => {
            let joint = if send.url.contains('?') { '&' } else { '?' };
            (format!("{}{joint}{}", send.url, pairs(fields)), None, String::new())
        }
    };
    let mut request = match send.method {
        HttpMethod::Post => Request::post(url),
        HttpMethod::Get => Request::get(url),
    };
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    signed(send, request.body(Bytes::from(body)).ok()?)
}

/// A list is its name several times; there is nothing deeper in a form.
fn pairs(fields: &Map<String, Value>) -> String {
    let mut out = Serializer::new(String::new());
    for (name, field) in fields {
        let values = match field {
            Value::Array(items) => items.iter().collect(),
            one => vec![one],
        };
        for value in values {
            match value {
                Value::String(text) => out.append_pair(name, text),
                other => out.append_pair(name, &other.to_string()),
            };
        }
    }
    out.finish()
}

fn signed(send: &HttpSend, mut request: Request<Bytes>) -> Option<Request<Bytes>> {
    let auth = match &send.auth {
        Some(HttpAuth::Basic { user, password }) => Some(basic(user, &password.0)?),
        Some(HttpAuth::Bearer { token }) => Some(secret(&format!("Bearer {}", token.0))?),
        None => None,
    };
    if let Some(auth) = auth {
        request.headers_mut().insert(header::AUTHORIZATION, auth);
    }
    for (name, value) in &send.headers {
        request.headers_mut().insert(name.parse::<HeaderName>().ok()?, secret(&value.0)?);
    }
    Some(request)
}

fn secret(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn taken(send: &HttpSend, answer: &Response<Bytes>) -> bool {
    let status = answer.status();
    if send.success.is_empty() { status.is_success() } else { send.success.contains(&status.as_u16()) }
}

fn accepted(send: &HttpSend, said: &str, reference: &str) -> Outcome {
    let Some(place) = &send.id else { return Outcome::Accepted { provider_id: reference.to_owned() } };
    let json: Value = serde_json::from_str(said).unwrap_or_default();
    let found = place.word(&Said::Json(&json)).or_else(|| place.word(&Said::Text(said)));
    found.map_or(Outcome::Unsure, |provider_id| Outcome::Accepted { provider_id })
}

/// A request that it does not want, for a reason that nobody wrote down.
fn refused(provider: &HttpConfig, answer: &Response<Bytes>) -> Outcome {
    match answer::by_status(answer) {
        Outcome::Unsure => {
            let sentence = format!(
                "{} no aceptó el mensaje ({}): avisa a soporte.",
                provider.name,
                answer.status().as_u16()
            );
            Outcome::Failed(answer::never(Fault::Message, &sentence))
        }
        known => known,
    }
}

impl HttpError {
    fn fits(&self, status: Option<u16>, said: &str) -> bool {
        let same = self.status.is_none_or(|wanted| Some(wanted) == status);
        same && self.pattern.as_ref().is_none_or(|pattern| pattern.fits(said))
    }

    fn explained(&self, provider: &str, wait: Option<Retry>) -> SendError {
        let (retry, fault, sentence) = match self.meaning {
            HttpMeaning::Retry => (
                wait.unwrap_or(Retry::Backoff),
                Fault::Provider,
                format!("{provider} está ocupado: el mensaje saldrá en unos minutos."),
            ),
            HttpMeaning::Recipient => (
                Retry::Never,
                Fault::Recipient,
                "Este teléfono no recibe SMS: busca a la persona por otro medio.".to_owned(),
            ),
            HttpMeaning::OptedOut => {
                (Retry::Never, Fault::OptedOut, "Esta persona pidió no recibir nuestros SMS.".to_owned())
            }
            HttpMeaning::Account => (
                Retry::Never,
                Fault::Account,
                format!("{provider} no acepta nuestra cuenta: hay que revisar la clave y el saldo."),
            ),
            HttpMeaning::Message => {
                (Retry::Never, Fault::Message, format!("{provider} no aceptó el mensaje: avisa a soporte."))
            }
        };
        answer::error(retry, fault, self.sentence.as_ref().unwrap_or(&sentence))
    }
}
