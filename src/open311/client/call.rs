//! One call to another endpoint.

use bytes::Bytes;
use http::{Method, Request, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use ventanilla_adapters::CallFailure;

use super::read::{List, text, tree};
use crate::{app::App, config::Open311Client, outbox::call};

/// Characters of what they say went wrong.
const LONGEST_PROBLEM: usize = 200;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// For people of the town; nothing of a report.
    pub(super) why: String,
    /// Whether there is no such thing there.
    pub(super) missing: bool,
    /// Whether it may have been taken although nobody said so.
    pub(super) unsure: bool,
}

impl Problem {
    fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), missing: false, unsure: false }
    }
}

/// Asks for something; `path` without the format.
pub(super) async fn get(
    app: &App,
    client: &Open311Client,
    path: &str,
    params: &[(&str, &str)],
) -> Result<Json, Problem> {
    let query = form(client, params);
    let url = format!("{}/{path}.{}?{query}", client.url, client.format.suffix());
    send(app, Method::GET, &url, Bytes::new()).await
}

/// An id of theirs as a part of a path.
pub(super) fn segment(id: &str) -> String {
    utf8_percent_encode(id, NON_ALPHANUMERIC).to_string()
}

/// Posts a form.
pub(super) async fn post(
    app: &App,
    client: &Open311Client,
    path: &str,
    params: &[(&str, &str)],
) -> Result<Json, Problem> {
    let url = format!("{}/{path}.{}", client.url, client.format.suffix());
    send(app, Method::POST, &url, form(client, params).into()).await
}

/// Some endpoints ask for the jurisdiction and the key with everything.
fn form(client: &Open311Client, params: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let always = [("jurisdiction_id", client.jurisdiction.as_str()), ("api_key", client.api_key.expose())];
    for (name, value) in always.iter().chain(params).filter(|(_, value)| !value.is_empty()) {
        form.append_pair(name, value);
    }
    form.finish()
}

async fn send(app: &App, method: Method, url: &str, body: Bytes) -> Result<Json, Problem> {
    let mut request = Request::builder().method(&method).uri(url);
    if method == Method::POST {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8");
    }
    let request = request.body(body).map_err(|_| Problem::new("the address is none"))?;
    let answer = call(&app.http, request).await.map_err(|failure| Problem {
        unsure: failure != CallFailure::NotConnected,
        ..Problem::new("it does not answer")
    })?;
    let (status, read) = (answer.status(), tree(answer.body()));
    if status.is_success() {
        return read
            .ok_or_else(|| Problem { unsure: true, ..Problem::new("it answered neither XML nor JSON") });
    }
    let said = read.as_ref().map(|read| List::ERRORS.items(read)).unwrap_or_default();
    let said = said.first().and_then(|error| text(error, "description")).unwrap_or_default();
    let why: String =
        format!("it answered {}: {said}", status.as_u16()).chars().take(LONGEST_PROBLEM).collect();
    Err(Problem { missing: matches!(status.as_u16(), 404 | 405 | 410 | 501), ..Problem::new(why) })
}
