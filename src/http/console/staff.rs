//! People of the town, for who gives and takes accounts.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::ManageStaff},
        problem::Problem,
    },
    staff::{
        Role,
        accounts::{self, Change},
        invitations, second_factor, sessions,
    },
    store,
};

/// Somebody who works here, or did.
#[derive(Serialize, ToSchema)]
pub struct StaffRow {
    id: Uuid,
    name: String,
    email: String,
    roles: Vec<Role>,
    departments: Vec<String>,
    /// In which they answer at the desk; empty: those of the town.
    #[schema(value_type = Vec<String>)]
    languages: Vec<Lang>,
    /// What they know about, in free words.
    skills: Vec<String>,
    /// What they write awaits approval.
    supervised: bool,
    active: bool,
    second_factor: bool,
    /// Unix milliseconds, to the minute.
    last_seen_at: Option<i64>,
    /// Unix milliseconds.
    created_at: i64,
}

impl From<store::staff::StaffRow> for StaffRow {
    fn from(row: store::staff::StaffRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: row.roles,
            departments: row.departments,
            languages: row.abilities.languages,
            skills: row.abilities.skills,
            supervised: row.abilities.supervised,
            active: row.active,
            second_factor: row.totp_since.is_some(),
            last_seen_at: row.last_seen_at,
            created_at: row.created_at,
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct StaffList {
    staff: Vec<StaffRow>,
}

/// Everybody, also who left.
#[utoipa::path(
    get, path = "/api/v1/staff", tag = "staff", operation_id = "staff",
    security(("session" = ["staff.manage"])),
    responses((status = 200, body = StaffList))
)]
pub async fn list(State(app): State<Arc<App>>, _: Permit<ManageStaff>) -> Result<Json<StaffList>, ApiError> {
    let rows = store::staff::list(app.store.read()).await?;
    Ok(Json(StaffList { staff: rows.into_iter().map(Into::into).collect() }))
}

/// What stays out stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct StaffChange {
    name: Option<String>,
    roles: Option<Vec<Role>>,
    departments: Option<Vec<String>>,
    /// Two or three small letters each.
    #[schema(value_type = Option<Vec<String>>)]
    languages: Option<Vec<Lang>>,
    /// At most 20, each of at most 40 letters.
    skills: Option<Vec<String>>,
    supervised: Option<bool>,
    /// `false` ends their access at once.
    active: Option<bool>,
}

/// Change somebody's name, roles, departments, languages or skills, have their answers read first, or end their access. It holds from their next request on.
#[utoipa::path(
    patch, path = "/api/v1/staff/{id}", tag = "staff", operation_id = "change_staff",
    security(("session" = ["staff.manage"])),
    params(("id" = Uuid, Path)),
    request_body = StaffChange,
    responses(
        (status = 200, body = StaffRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "nobody would be admin, or it is yourself"),
    )
)]
pub async fn change(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Id(id): Id,
    Body(body): Body<StaffChange>,
) -> Result<Json<StaffRow>, ApiError> {
    let StaffChange { name, roles, departments, languages, skills, supervised, active } = body;
    let change = Change { name, roles, departments, languages, skills, supervised, active };
    Ok(Json(accounts::change(&app, &by.actor(), id, change).await?.into()))
}

/// Sign somebody out everywhere.
#[utoipa::path(
    delete, path = "/api/v1/staff/{id}/sessions", tag = "staff", operation_id = "end_staff_sessions",
    security(("session" = ["staff.manage"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn end_sessions(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    sessions::end_all(&app, &by.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take the second factor of somebody away who lost their phone and their recovery codes.
#[utoipa::path(
    delete, path = "/api/v1/staff/{id}/second-factor", tag = "staff", operation_id = "remove_staff_second_factor",
    security(("session" = ["staff.manage"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn remove_second_factor(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    second_factor::remove(&app, &by.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link to hand on. It is shown once.
#[derive(Serialize, ToSchema)]
pub struct PasswordLink {
    link: String,
    /// Unix milliseconds.
    expires_at: i64,
}

/// A link with which somebody chooses another password.
#[utoipa::path(
    post, path = "/api/v1/staff/{id}/password-link", tag = "staff", operation_id = "password_link",
    security(("session" = ["staff.manage"])),
    params(("id" = Uuid, Path)),
    responses((status = 200, body = PasswordLink))
)]
pub async fn password_link(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Id(id): Id,
) -> Result<Json<PasswordLink>, ApiError> {
    let made = invitations::password_link(&app, &by.actor(), id).await?;
    Ok(Json(PasswordLink { link: made.link, expires_at: made.invitation.expires_at }))
}
