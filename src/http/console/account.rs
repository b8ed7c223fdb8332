//! One's own account: name, language, password, and the devices that one is signed in on.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::me::Me;
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::SignedIn,
        problem::Problem,
    },
    staff::{
        accounts,
        sessions::{self, Caller},
        sign_in,
    },
    store::sessions::SessionRow,
};

/// Who I am, and what I may do.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "account", operation_id = "me",
    security(("session" = [])),
    responses((status = 200, body = Me))
)]
pub async fn show(State(app): State<Arc<App>>, who: SignedIn) -> Json<Me> {
    Json(Me::new(&app, &who.staff, &who.session))
}

/// What stays out stays as it is.
#[derive(Deserialize, ToSchema)]
pub struct MeChange {
    name: Option<String>,
    /// `es` or `en`
    language: Option<String>,
}

/// Change my name, or the language of the pages.
#[utoipa::path(
    patch, path = "/api/v1/me", tag = "account", operation_id = "change_me",
    security(("session" = [])),
    request_body = MeChange,
    responses((status = 200, body = Me))
)]
pub async fn change(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Body(body): Body<MeChange>,
) -> Result<Json<Me>, ApiError> {
    let staff = accounts::change_self(&app, who.id(), body.name, body.language).await?;
    Ok(Json(Me::new(&app, &staff, &who.session)))
}

#[derive(Deserialize, ToSchema)]
pub struct NewPassword {
    current: String,
    /// At least 12 letters.
    new: String,
}

/// Choose another password. All my other devices are signed out.
#[utoipa::path(
    put, path = "/api/v1/me/password", tag = "account", operation_id = "change_password",
    security(("session" = [])),
    request_body = NewPassword,
    responses(
        (status = 204),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "the current password is not right, or the new one is weak"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn password(
    State(app): State<Arc<App>>,
    who: SignedIn,
    caller: Caller,
    Body(body): Body<NewPassword>,
) -> Result<StatusCode, ApiError> {
    let changed = sign_in::change_password(&app, &who.session, &body.current, &body.new, &caller).await;
    changed.map_err(ApiError::of_signed_in)?;
    Ok(StatusCode::NO_CONTENT)
}

/// A device that somebody is signed in on.
#[derive(Serialize, ToSchema)]
pub struct Device {
    id: Uuid,
    /// `Firefox, Linux`; empty where it did not say.
    device: String,
    /// IP address of the log-in.
    address: String,
    /// Unix milliseconds.
    created_at: i64,
    /// Unix milliseconds, to the minute.
    last_seen_at: i64,
    /// Unix milliseconds.
    expires_at: i64,
    /// It is the one that asks.
    current: bool,
}

#[derive(Serialize, ToSchema)]
pub struct Devices {
    sessions: Vec<Device>,
}

impl Device {
    fn new(row: SessionRow, current: Uuid) -> Self {
        Self {
            current: row.id == current,
            id: row.id,
            device: row.device,
            address: row.address,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            expires_at: row.expires_at,
        }
    }
}

/// Where I am signed in.
#[utoipa::path(
    get, path = "/api/v1/me/sessions", tag = "account", operation_id = "my_sessions",
    security(("session" = [])),
    responses((status = 200, body = Devices))
)]
pub async fn sessions(State(app): State<Arc<App>>, who: SignedIn) -> Result<Json<Devices>, ApiError> {
    let rows = sessions::devices(&app, who.id()).await?;
    let sessions = rows.into_iter().map(|row| Device::new(row, who.session.id)).collect();
    Ok(Json(Devices { sessions }))
}

/// Sign out of one of my devices.
#[utoipa::path(
    delete, path = "/api/v1/me/sessions/{id}", tag = "account", operation_id = "end_my_session",
    security(("session" = [])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn end_session(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    sessions::end(&app, who.id(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
