//! Colleagues: who takes chats now, and who looks at which.

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::seen_by;
use crate::{
    agents::live,
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::AttendChats},
    },
    staff::{Member, Permission},
    store::{self, staff::StaffRow},
};

/// Whether a colleague takes chats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Available,
    /// The desk is open and they take none.
    Away,
    /// No desk of theirs is open.
    Offline,
}

/// Somebody who attends chats.
#[derive(Serialize, ToSchema)]
pub struct Colleague {
    id: Uuid,
    name: String,
    status: Status,
    departments: Vec<String>,
    /// In which they answer; empty: those of the town.
    #[schema(value_type = Vec<String>)]
    languages: Vec<Lang>,
    skills: Vec<String>,
    /// What they write awaits approval.
    supervised: bool,
    /// They approve what others write: theirs never awaits it.
    supervises: bool,
    /// Open chats of theirs.
    chats: i64,
}

#[derive(Serialize, ToSchema)]
pub struct ColleagueList {
    colleagues: Vec<Colleague>,
}

/// Everybody who attends chats, by name.
#[utoipa::path(
    get, path = "/api/v1/desk/colleagues", tag = "desk", operation_id = "colleagues",
    security(("session" = ["chats.attend"])),
    responses((status = 200, body = ColleagueList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<AttendChats>,
) -> Result<Json<ColleagueList>, ApiError> {
    let loads: HashMap<Uuid, i64> = store::desk::loads(app.store.read()).await?.into_iter().collect();
    let staff = store::staff::list(app.store.read()).await?;
    let attends = |row: &StaffRow| row.active && Member::of(row).may(Permission::AttendChats);
    let mut colleagues: Vec<Colleague> = staff
        .into_iter()
        .filter(attends)
        .map(|row| Colleague {
            status: status_of(&app, row.id),
            chats: loads.get(&row.id).copied().unwrap_or(0),
            supervises: Member::of(&row).may(Permission::SuperviseChats),
            id: row.id,
            name: row.name,
            departments: row.departments,
            languages: row.abilities.languages,
            skills: row.abilities.skills,
            supervised: row.abilities.supervised,
        })
        .collect();
    colleagues.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Json(ColleagueList { colleagues }))
}

fn status_of(app: &App, staff: Uuid) -> Status {
    match (app.desk.is_here(staff), app.desk.is_away(staff)) {
        (false, _) => Status::Offline,
        (true, true) => Status::Away,
        (true, false) => Status::Available,
    }
}

#[derive(Deserialize, ToSchema)]
pub struct NewStatus {
    /// `available` or `away`.
    status: Status,
}

/// Say whether you take chats.
#[utoipa::path(
    put, path = "/api/v1/desk/status", tag = "desk", operation_id = "set_status",
    security(("session" = ["chats.attend"])),
    request_body = NewStatus,
    responses((status = 204))
)]
pub async fn status(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Body(body): Body<NewStatus>,
) -> StatusCode {
    live::set_status(&app, by.member.id, body.status == Status::Available);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize, ToSchema)]
pub struct Look {
    /// You write there now.
    typing: bool,
}

/// Say that you look at a chat: again every 20 seconds, and when you begin or stop writing.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/presence", tag = "desk", operation_id = "look",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Look,
    responses((status = 204))
)]
pub async fn look(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Look>,
) -> Result<StatusCode, ApiError> {
    seen_by(&app, &by.member, id).await?;
    live::look(&app, id, &by.member, body.typing, false);
    Ok(StatusCode::NO_CONTENT)
}

/// Say that you look at it no more.
#[utoipa::path(
    delete, path = "/api/v1/desk/chats/{id}/presence", tag = "desk", operation_id = "leave",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn leave(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    seen_by(&app, &by.member, id).await?;
    live::look(&app, id, &by.member, false, true);
    Ok(StatusCode::NO_CONTENT)
}
