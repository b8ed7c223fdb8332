//! Keys of other systems: a statistics office that reads the figures, an archive that reads the audit log. A key is
//! shown once, and reads only what its scopes say.

use std::fmt;

use serde_json::json;
use uuid::Uuid;

use super::{Permission, StaffError, accounts, note, token};
use crate::{
    app::App,
    store::{self, StoreError, api_keys::KeyRow},
};

/// So that a key is recognised where it does not belong: in a repository, in a log.
pub const PREFIX: &str = "vtk_";
/// Milliseconds after which it is written again that a key is used.
const USED_EVERY: i64 = 60 * 1000;

/// A key that was made.
#[derive(Clone)]
pub struct Made {
    pub key: KeyRow,
    /// `vtk_…`; it is nowhere else.
    pub secret: String,
}

/// How the audit log spells a key.
pub fn named(id: Uuid) -> String {
    format!("key:{id}")
}

/// Makes a key.
///
/// # Errors
/// [`StaffError::NotForSystems`], [`StaffError::NoName`]; else when the database fails.
pub async fn make(
    app: &App,
    actor: &str,
    name: &str,
    mut scopes: Vec<Permission>,
) -> Result<Made, StaffError> {
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() || scopes.iter().any(|scope| !Permission::FOR_SYSTEMS.contains(scope)) {
        return Err(StaffError::NotForSystems);
    }
    let (id, created_at) = (app.ids.next(), app.clock.now());
    let name = accounts::name_of(name)?;
    let key = KeyRow { id, name, scopes, created_at, last_used_at: None, revoked_at: None };
    let secret = format!("{PREFIX}{}", token::make(&app.ids));
    let unit = app.store.unit().await?;
    store::api_keys::insert(&unit, &key, &token::hash(&secret)).await?;
    note(app, &unit, actor, "key.make", &named(id), &json!({ "scopes": key.scopes })).await?;
    unit.commit().await?;
    Ok(Made { key, secret })
}

/// Revokes a key: its next request is refused.
///
/// # Errors
/// [`StaffError::NoSuch`]; else when the database fails.
pub async fn revoke(app: &App, actor: &str, id: Uuid) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    if !store::api_keys::revoke(&unit, id, app.clock.now()).await? {
        return Err(StaffError::NoSuch("key"));
    }
    note(app, &unit, actor, "key.revoke", &named(id), &json!({})).await?;
    Ok(unit.commit().await?)
}

/// The key of a request, and notes once a minute that it is used.
///
/// # Errors
/// When the database fails.
pub async fn of_secret(app: &App, secret: &str) -> Result<Option<KeyRow>, StoreError> {
    if !secret.starts_with(PREFIX) {
        return Ok(None);
    }
    let key = store::api_keys::by_token(app.store.read(), &token::hash(secret)).await?;
    let now = app.clock.now();
    if let Some(key) = &key
        && key.last_used_at.is_none_or(|last| now - last >= USED_EVERY)
    {
        let unit = app.store.unit().await?;
        store::api_keys::used(&unit, key.id, now).await?;
        unit.commit().await?;
    }
    Ok(key)
}

/// The secret stays out of logs.
impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Made({})", self.key.id)
    }
}
