//! Keys of other systems, for who makes and revokes them.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::ManageKeys},
    },
    staff::{Permission, keys},
    store::{self, api_keys::KeyRow},
};

/// A key, without what it opens with.
#[derive(Serialize, ToSchema)]
pub struct Key {
    id: Uuid,
    name: String,
    scopes: Vec<Permission>,
    /// Unix milliseconds.
    created_at: i64,
    /// Unix milliseconds, to the minute.
    last_used_at: Option<i64>,
    /// Unix milliseconds.
    revoked_at: Option<i64>,
}

impl From<KeyRow> for Key {
    fn from(row: KeyRow) -> Self {
        let KeyRow { id, name, scopes, created_at, last_used_at, revoked_at } = row;
        Self { id, name, scopes, created_at, last_used_at, revoked_at }
    }
}

#[derive(Serialize, ToSchema)]
pub struct KeyList {
    keys: Vec<Key>,
}

/// All keys, also revoked ones.
#[utoipa::path(
    get, path = "/api/v1/keys", tag = "keys", operation_id = "keys",
    security(("session" = ["keys.manage"])),
    responses((status = 200, body = KeyList))
)]
pub async fn list(State(app): State<Arc<App>>, _: Permit<ManageKeys>) -> Result<Json<KeyList>, ApiError> {
    let rows = store::api_keys::list(app.store.read()).await?;
    Ok(Json(KeyList { keys: rows.into_iter().map(Into::into).collect() }))
}

#[derive(Deserialize, ToSchema)]
pub struct NewKey {
    /// What it is for.
    name: String,
    /// Some of `stats.read`, `audit.read`, `reports.file` and `reports.update`.
    scopes: Vec<Permission>,
}

/// A key with what it opens with, which is shown once.
#[derive(Serialize, ToSchema)]
pub struct MadeKey {
    key: Key,
    /// `vtk_…`, for the header `Authorization: Bearer`.
    secret: String,
}

/// Make a key.
#[utoipa::path(
    post, path = "/api/v1/keys", tag = "keys", operation_id = "make_key",
    security(("session" = ["keys.manage"])),
    request_body = NewKey,
    responses((status = 200, body = MadeKey))
)]
pub async fn make(
    State(app): State<Arc<App>>,
    by: Permit<ManageKeys>,
    Body(body): Body<NewKey>,
) -> Result<Json<MadeKey>, ApiError> {
    let made = keys::make(&app, &by.actor(), &body.name, body.scopes).await?;
    Ok(Json(MadeKey { key: made.key.into(), secret: made.secret }))
}

/// Revoke a key: its next request is refused.
#[utoipa::path(
    delete, path = "/api/v1/keys/{id}", tag = "keys", operation_id = "revoke_key",
    security(("session" = ["keys.manage"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn revoke(
    State(app): State<Arc<App>>,
    by: Permit<ManageKeys>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    keys::revoke(&app, &by.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
