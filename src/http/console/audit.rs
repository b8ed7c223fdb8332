//! The audit log, to read.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::invitations::names;
use crate::{
    app::App,
    http::{
        ApiError,
        input::Params,
        permit::{Permit, may::ReadAudit},
    },
    staff::keys,
    store::{
        self,
        audit::{AuditRow, Filter},
    },
};

const ROWS: i64 = 100;
const MOST_ROWS: i64 = 500;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only entries before this one.
    before: Option<i64>,
    /// `staff:<id>`, `key:<id>`, `cli:<user>` or `nobody`
    actor: Option<String>,
    /// An action, or its group: `session` finds `session.open`.
    action: Option<String>,
    /// At most 500; 100 without it.
    limit: Option<i64>,
}

/// Something that somebody did.
#[derive(Serialize, ToSchema)]
pub struct AuditEntry {
    /// Counts from 1 without a gap.
    seq: i64,
    /// Unix milliseconds.
    at: i64,
    actor: String,
    /// As it is now; `null` for who has no account.
    actor_name: Option<String>,
    action: String,
    subject: String,
    #[schema(value_type = Object)]
    detail: serde_json::Value,
}

#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    rows: Vec<AuditEntry>,
    /// `before` of the next page; `null` at the end.
    next: Option<i64>,
}

/// Who did what, newest first.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "audit", operation_id = "audit",
    security(("session" = ["audit.read"]), ("key" = ["audit.read"])),
    params(AuditQuery),
    responses((status = 200, body = AuditPage))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<ReadAudit>,
    Params(query): Params<AuditQuery>,
) -> Result<Json<AuditPage>, ApiError> {
    let limit = query.limit.unwrap_or(ROWS).clamp(1, MOST_ROWS);
    let filter = Filter {
        before: query.before.unwrap_or(i64::MAX),
        actor: query.actor.as_deref().unwrap_or_default(),
        action: query.action.as_deref().unwrap_or_default(),
        // One more tells whether there is a next page.
        limit: limit + 1,
    };
    let mut rows = store::audit::page(app.store.read(), &filter).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
    if more {
        rows.pop();
    }
    let next = rows.last().map(|row| row.seq).filter(|_| more);
    Ok(Json(AuditPage { rows: entries(&app, rows).await?, next }))
}

async fn entries(app: &App, rows: Vec<AuditRow>) -> Result<Vec<AuditEntry>, ApiError> {
    let mut names = names(app).await?;
    let keys = store::api_keys::list(app.store.read()).await?;
    names.extend(keys.into_iter().map(|key| (keys::named(key.id), key.name)));
    let entry = |row: AuditRow| AuditEntry {
        seq: row.seq,
        at: row.at,
        actor_name: names.get(&row.actor).cloned(),
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        detail: serde_json::from_str(&row.detail).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(entry).collect())
}
