//! What a tester turns: mishaps one by one, the plan, the templates, notices of the account; and the counts.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, PageError, parsed, phone};
use crate::simulator::{
    Inner,
    faults::{ErrorOnDemand, Fault, When},
    notices::Notice,
    plan::FaultPlan,
    templates::Template,
};

/// `fail` is a fault's name, or `error:` and a documented code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arm {
    fail: String,
    #[serde(default = "once")]
    times: u32,
    /// Of errors: as the answer, or as the status `failed`.
    when: Option<When>,
    /// Of errors: sends to this phone only.
    phone: Option<String>,
}

fn once() -> u32 {
    1
}

pub(in crate::simulator) async fn arm(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let Arm { fail, times, when, phone: to } = parsed(&body)?;
    if let Some(code) = fail.strip_prefix("error:") {
        let code = code.parse().map_err(|_| PageError::bad("fail: after \"error:\" comes a number."))?;
        to.as_deref().map(phone).transpose()?;
        let error = ErrorOnDemand { code, times, when: when.unwrap_or_default(), phone: to };
        inner.faults.arm_error(error).map_err(|error| PageError::bad(format!("{error}.")))?;
        return Ok(Json(json!({"fail": fail, "times": times})).into_response());
    }
    if when.is_some() || to.is_some() {
        return Err(PageError::bad("when and phone go with \"error:<code>\" only."));
    }
    let fault: Fault = serde_json::from_value(Value::String(fail))
        .map_err(|error| PageError::bad(format!("The body does not fit: {error}.")))?;
    inner.faults.arm(fault, times);
    Ok(Json(json!({"fail": fault, "times": times})).into_response())
}

pub(in crate::simulator) async fn disarm(State(inner): State<Arc<Inner>>) -> StatusCode {
    inner.faults.clear();
    StatusCode::NO_CONTENT
}

pub(in crate::simulator) async fn set_plan(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let plan: FaultPlan = parsed(&body)?;
    plan.check().map_err(|error| PageError::bad(format!("{error}.")))?;
    inner.dice.set(Some(plan));
    Ok(Json(plan).into_response())
}

pub(in crate::simulator) async fn plan(State(inner): State<Arc<Inner>>) -> Response {
    Json(inner.dice.plan()).into_response()
}

pub(in crate::simulator) async fn stop_plan(State(inner): State<Arc<Inner>>) -> StatusCode {
    inner.dice.set(None);
    StatusCode::NO_CONTENT
}

pub(in crate::simulator) async fn templates(State(inner): State<Arc<Inner>>) -> Response {
    Json(inner.templates.all()).into_response()
}

/// These templates, and no others.
pub(in crate::simulator) async fn set_templates(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let templates: Vec<Template> = parsed(&body)?;
    inner.templates.set(templates);
    Ok(Json(inner.templates.all()).into_response())
}

pub(in crate::simulator) async fn notice(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let notice: Notice = parsed(&body)?;
    inner.notify(notice).map_err(|error| PageError::bad(format!("{error}.")))?;
    Ok(StatusCode::ACCEPTED.into_response())
}

pub(in crate::simulator) async fn stats(State(inner): State<Arc<Inner>>) -> Response {
    Json(inner.counts.snapshot()).into_response()
}
