//! Answers of Open311: a tree in the format that was asked for, with its exact type.

use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::open311::{
    Fault,
    node::{Fields, Node, to_json, to_xml},
};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Xml,
    Json,
}

impl Format {
    pub(super) fn mime(self) -> &'static str {
        match self {
            Self::Xml => "text/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// What is answered: the name of the root, which JSON drops, and the rest.
pub(super) struct Answer {
    pub(super) root: &'static str,
    pub(super) node: Node,
}

pub(super) fn of(status: StatusCode, format: Format, root: &str, node: &Node) -> Response {
    let body = match format {
        Format::Xml => to_xml(root, node),
        Format::Json => to_json(node).to_string(),
    };
    (status, [(header::CONTENT_TYPE, format.mime())], body).into_response()
}

pub(super) fn fault(format: Format, fault: &Fault) -> Response {
    let code = i64::from(fault.status);
    let error = |why: &String| {
        Fields::new().node("code", Node::Whole(code)).text("description", Some(why.as_str())).done()
    };
    let errors = Node::List("error", fault.errors.iter().map(error).collect());
    let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = of(status, format, "errors", &errors);
    if let Some(seconds) = fault.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What may be done with a path.
pub(super) fn options(takes_posts: bool) -> Response {
    let allowed = if takes_posts { "GET, HEAD, OPTIONS, POST" } else { "GET, HEAD, OPTIONS" };
    let mut response = (StatusCode::NO_CONTENT, [(header::ALLOW, allowed)]).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // Pages of others read; keys belong on servers.
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("7200"));
    response
}

/// Pages of others may read what everybody may read; what is posted is kept nowhere.
pub(super) fn tell_browsers(headers: &mut HeaderMap, method: &Method) {
    if *method == Method::POST {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    } else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}
