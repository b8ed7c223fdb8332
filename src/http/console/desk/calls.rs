//! Calls that are promised to citizens: planning one, taking it back, and saying what came of it.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{acts::row, to_act_on};
use crate::{
    agents::{self, By, Called, ChatRow, Plan},
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::AttendChats},
        problem::Problem,
    },
};

#[derive(Deserialize, ToSchema)]
pub struct NewCall {
    version: i64,
    /// Unix milliseconds; later than now, within 30 days.
    at: i64,
    /// With its ten digits, or with + and the country's code; without it the number that is known.
    phone: Option<String>,
    /// For who calls.
    #[serde(default)]
    note: String,
}

/// Promise a call, or change the one that is promised. The citizen is told when; the chat is due then, and not before.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/callback", tag = "desk", operation_id = "plan_call",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = NewCall,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`call_past`, `call_far`, `call_number` or `call_nowhere`"),
    )
)]
pub async fn plan(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<NewCall>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let plan = Plan { at: body.at, phone: body.phone, note: body.note };
    let entry = agents::plan_call(&app, entry, &By::from(&by.member), &plan).await?;
    row(&app, entry).await
}

#[derive(Deserialize, ToSchema)]
pub struct WithdrawCall {
    version: i64,
}

/// Take a promised call back. The citizen is told.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/callback/withdraw", tag = "desk", operation_id = "withdraw_call",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = WithdrawCall,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken`, `stale` or `no_call`"),
    )
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<WithdrawCall>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let entry = agents::withdraw_call(&app, entry, &By::from(&by.member)).await?;
    row(&app, entry).await
}

/// What came of a call.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    Reached,
    /// Nobody picked up; with `again_at`.
    NoAnswer,
}

#[derive(Deserialize, ToSchema)]
pub struct CallMade {
    version: i64,
    outcome: CallOutcome,
    /// With `no_answer`: when they are called again (Unix ms).
    again_at: Option<i64>,
}

/// Say what came of a promised call.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/callback/made", tag = "desk", operation_id = "call_made",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = CallMade,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken`, `stale` or `no_call`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`call_past` or `call_far`"),
    )
)]
pub async fn made(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<CallMade>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let outcome = match body.outcome {
        CallOutcome::Reached => Called::Reached,
        CallOutcome::NoAnswer => {
            let wanted = || ApiError::invalid("call_again", "say when they are called again");
            Called::NoAnswer { again_at: body.again_at.ok_or_else(wanted)? }
        }
    };
    let entry = agents::called(&app, entry, &By::from(&by.member), outcome).await?;
    row(&app, entry).await
}
