//! All that can be said about a provider. Read from the configuration by serde: a word that is not here, a pattern
//! that cannot be read and a `{field}` that nobody fills in are refused there.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;

use super::{HttpAuth, HttpFields, HttpSecret, Pattern, Place, Secret};

/// A provider with an HTTP interface.
///
/// ```toml
/// name = "Mensajería del Sureste"
///
/// [send]
/// url = "https://api.sms.example/v1/messages"
/// format = "json"
/// auth = { type = "bearer", token = "…" }
/// fields = { messages = [{ from = "{from}", to = "{to_digits}", text = "{text}", callback = "{status_url}" }] }
/// id = "/messages/0/id"
///
/// [[send.errors]]
/// pattern = "insufficient credit"
/// meaning = "account"
/// sentence = "Se acabó el saldo de SMS: hay que recargarlo."
///
/// [secret]
/// query = "key"
/// value = "…"
///
/// [receive]
/// id = "messageId"
/// from = "from"
/// to = "to"
/// text = "text"
///
/// [status]
/// state = "status"
/// delivered = ["DELIVRD"]
/// failed = ["UNDELIV", "EXPIRED", "REJECTD"]
/// ```
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// What staff read where something goes wrong.
    pub name: String,
    pub send: HttpSend,
    /// What the provider must know to be believed; without it nothing is received.
    #[serde(default)]
    pub secret: Option<HttpSecret>,
    /// Where the parts of an incoming message are; none where the provider only sends.
    #[serde(default)]
    pub receive: Option<HttpReceive>,
    /// Where the parts of a delivery report are; none where there are no reports.
    #[serde(default)]
    pub status: Option<HttpStatus>,
    /// A page that answers 200 while account and key work; asked with the same headers and `auth`.
    #[serde(default)]
    pub health_url: Option<String>,
}

impl HttpConfig {
    /// What serde cannot see and would fail only with the first message, each with the key it is about.
    pub fn problems(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let urls = [("send.url", Some(&self.send.url)), ("health_url", self.health_url.as_ref())];
        for (key, url) in urls.into_iter().filter_map(|(key, url)| Some((key, url?))) {
            let uri = url.parse::<http::Uri>().ok();
            if !uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("https" | "http"))) {
                wrong.push(format!("{key}: it is no address that begins with https://"));
            }
        }
        for (name, value) in &self.send.headers {
            let fits =
                name.parse::<http::HeaderName>().is_ok() && http::HeaderValue::from_str(&value.0).is_ok();
            if !fits {
                wrong.push(format!("send.headers.{name}: a header cannot have this name or this value"));
            }
        }
        if self.secret.is_none() && (self.receive.is_some() || self.status.is_some()) {
            wrong.push(
                "secret: without one nothing is received, so `receive` and `status` are in vain".to_owned(),
            );
        }
        let lists = [
            ("receive.list", self.receive.as_ref().and_then(|places| places.list.as_ref())),
            ("status.list", self.status.as_ref().and_then(|places| places.list.as_ref())),
        ];
        for (key, _) in lists.iter().filter(|(_, list)| list.is_some_and(|list| !list.starts_with('/'))) {
            wrong.push(format!("{key}: a JSON pointer begins with a slash"));
        }
        wrong
    }
}

/// How a message is sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSend {
    /// `https://…`
    pub url: String,
    #[serde(default)]
    pub method: HttpMethod,
    #[serde(default)]
    pub format: HttpFormat,
    /// More headers; their values are never shown.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    #[serde(default)]
    pub auth: Option<HttpAuth>,
    /// Names and values: see [`HttpFields`].
    pub fields: HttpFields,
    /// What `{encoding}` is for a text of GSM-7 letters, and for any other.
    #[serde(default = "encodings")]
    pub encodings: [String; 2],
    /// Statuses that mean "taken"; any 2xx where there are none.
    #[serde(default)]
    pub success: Vec<u16>,
    /// What the answer must hold beside; some providers say 200 to everything.
    #[serde(default)]
    pub success_pattern: Option<Pattern>,
    /// Where the answer has the provider's id. Without it messages are known by our reference alone.
    #[serde(default)]
    pub id: Option<Place>,
    /// What its errors mean; the first that fits counts.
    #[serde(default)]
    pub errors: Vec<HttpError>,
}

fn encodings() -> [String; 2] {
    ["gsm7".to_owned(), "ucs2".to_owned()]
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HttpMethod {
    #[default]
    Post,
    Get,
}

/// Where the fields of a request go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HttpFormat {
    #[default]
    Form,
    Json,
    Query,
}

/// What an answer or a report with this status, or these words, means.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawError")]
pub struct HttpError {
    pub status: Option<u16>,
    pub pattern: Option<Pattern>,
    pub meaning: HttpMeaning,
    /// What an agent reads, in Spanish; there is one for each meaning where it is left out.
    pub sentence: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HttpMeaning {
    /// Too many at once, or their server: again later.
    Retry,
    /// This phone cannot be reached.
    Recipient,
    /// This person does not want messages.
    OptedOut,
    /// Key, balance or number of ours: nothing goes out until somebody acts.
    Account,
    /// The message itself.
    Message,
}

/// Where a message of a person has its parts. A place is a field of form or query, or a JSON pointer (`/from`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpReceive {
    /// JSON pointer to a list of messages; the whole body is one where it is left out.
    #[serde(default)]
    pub list: Option<String>,
    pub id: Place,
    pub from: Place,
    /// Which number of ours; may be left out where there is only one.
    #[serde(default)]
    pub to: Option<Place>,
    pub text: Place,
    /// Unix seconds or milliseconds.
    #[serde(default)]
    pub at: Option<Place>,
    #[serde(default)]
    pub answer: HttpAnswer,
}

/// Where a delivery report has its parts. Our reference is in the query of `{status_url}`; a provider that calls one
/// address for all messages must say it, or its id, in the report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpStatus {
    #[serde(default)]
    pub list: Option<String>,
    #[serde(default)]
    pub id: Option<Place>,
    #[serde(default)]
    pub reference: Option<Place>,
    pub state: Place,
    #[serde(default)]
    pub at: Option<Place>,
    /// The reason of a failure; judged by the patterns of `send.errors`.
    #[serde(default)]
    pub error: Option<Place>,
    /// Words of `state`; capitals do not matter, and a word that is nowhere is ignored.
    #[serde(default)]
    pub accepted: Vec<String>,
    #[serde(default)]
    pub sent: Vec<String>,
    #[serde(default)]
    pub delivered: Vec<String>,
    #[serde(default)]
    pub read: Vec<String>,
    #[serde(default)]
    pub failed: Vec<String>,
    #[serde(default)]
    pub answer: HttpAnswer,
}

/// What the provider wants to hear when we have it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpAnswer {
    pub status: u16,
    pub content_type: String,
    pub body: String,
}

impl Default for HttpAnswer {
    fn default() -> Self {
        Self { status: 200, content_type: "text/plain; charset=utf-8".to_owned(), body: String::new() }
    }
}

impl fmt::Debug for HttpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpConfig").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Its address may hold a key.
impl fmt::Debug for HttpSend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSend").field("format", &self.format).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawError {
    status: Option<u16>,
    pattern: Option<Pattern>,
    meaning: HttpMeaning,
    sentence: Option<String>,
}

impl TryFrom<RawError> for HttpError {
    type Error = &'static str;

    fn try_from(raw: RawError) -> Result<Self, Self::Error> {
        let RawError { status, pattern, meaning, sentence } = raw;
        if status.is_none() && pattern.is_none() {
            return Err("an error needs a status or a pattern, else everything would be one");
        }
        Ok(Self { status, pattern, meaning, sentence })
    }
}
