//! The accounts of people of the town. Nobody is deleted: who leaves is no longer active, so that the audit log can
//! still say who they were.

use std::fmt;

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, json, one, run, to_json};
use crate::{
    keyring::Sealed,
    staff::{Abilities, Role},
};

/// Somebody who works with Ventanilla.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffRow {
    pub id: Uuid,
    /// In small letters; nobody else of the town has it.
    pub email: String,
    /// As colleagues see it.
    pub name: String,
    /// Of the pages: `es` or `en`.
    pub language: String,
    /// A PHC string (`$argon2id$…`). `None`: nobody can sign in.
    pub password_hash: Option<String>,
    /// The secret of the authenticator app.
    pub totp: Option<Sealed>,
    /// Since when the second factor is asked for, Unix milliseconds. `None`: not yet confirmed, or none.
    pub totp_since: Option<i64>,
    /// Number of the last 30 seconds whose code was used.
    pub totp_step: i64,
    pub roles: Vec<Role>,
    /// Ids of `catalogue/departments.yaml`.
    pub departments: Vec<String>,
    pub abilities: Abilities,
    pub active: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub last_seen_at: Option<i64>,
}

/// Adds somebody. Their second factor comes later.
///
/// # Errors
/// [`super::StoreError::is_duplicate`] when somebody has the e-mail; else when the database fails.
pub async fn insert(unit: &Unit, row: &StaffRow) -> Result<()> {
    let sql = "INSERT INTO staff (id, town_id, email, name, language, password_hash, roles_json, departments_json, \
               active, created_at, abilities_json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = [
        row.id.into(),
        TOWN.into(),
        row.email.as_str().into(),
        row.name.as_str().into(),
        row.language.as_str().into(),
        row.password_hash.clone().into(),
        to_json(&row.roles).into(),
        to_json(&row.departments).into(),
        row.active.into(),
        row.created_at.into(),
        to_json(&row.abilities).into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Somebody by their id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<StaffRow>> {
    let sql = "SELECT * FROM staff WHERE id = $1 AND town_id = $2";
    one(on, sql, [id.into(), TOWN.into()]).await?.as_ref().map(read).transpose()
}

/// Somebody by their e-mail, in small letters.
///
/// # Errors
/// When the database fails.
pub async fn by_email(on: &impl ConnectionTrait, email: &str) -> Result<Option<StaffRow>> {
    let sql = "SELECT * FROM staff WHERE town_id = $1 AND email = $2";
    one(on, sql, [TOWN.into(), email.into()]).await?.as_ref().map(read).transpose()
}

/// Everybody, also who left; in the order of their names.
///
/// # Errors
/// When the database fails.
pub async fn list(on: &impl ConnectionTrait) -> Result<Vec<StaffRow>> {
    let sql = "SELECT * FROM staff WHERE town_id = $1 ORDER BY name, id";
    all(on, sql, [TOWN.into()]).await?.iter().map(read).collect()
}

/// Writes name, language, roles, departments, abilities and whether they are active.
///
/// # Errors
/// When the database fails.
pub async fn update(unit: &Unit, row: &StaffRow) -> Result<()> {
    let sql = "UPDATE staff SET name = $2, language = $3, roles_json = $4, departments_json = $5, active = $6, \
               abilities_json = $7 \
               WHERE id = $1";
    let values = [
        row.id.into(),
        row.name.as_str().into(),
        row.language.as_str().into(),
        to_json(&row.roles).into(),
        to_json(&row.departments).into(),
        row.active.into(),
        to_json(&row.abilities).into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Writes the hash of a password.
///
/// # Errors
/// When the database fails.
pub async fn set_password(unit: &Unit, id: Uuid, hash: &str) -> Result<()> {
    run(&**unit, "UPDATE staff SET password_hash = $2 WHERE id = $1", [id.into(), hash.into()]).await?;
    Ok(())
}

/// Writes the secret of a second factor, not yet confirmed; `None` takes it away.
///
/// # Errors
/// When the database fails.
pub async fn set_totp(unit: &Unit, id: Uuid, sealed: Option<Sealed>) -> Result<()> {
    let sql =
        "UPDATE staff SET totp_key_id = $2, totp_sealed = $3, totp_since = NULL, totp_step = 0 WHERE id = $1";
    let (key_id, bytes) = sealed.map(|sealed| (sealed.key_id, sealed.bytes)).unzip();
    run(&**unit, sql, [id.into(), key_id.into(), bytes.into()]).await?;
    Ok(())
}

/// From now on the second factor is asked for.
///
/// # Errors
/// When the database fails.
pub async fn confirm_totp(unit: &Unit, id: Uuid, now: i64) -> Result<()> {
    run(&**unit, "UPDATE staff SET totp_since = $2 WHERE id = $1", [id.into(), now.into()]).await?;
    Ok(())
}

/// Notes that the code of these 30 seconds was used; `false` when it, or a later one, was used before.
///
/// # Errors
/// When the database fails.
pub async fn use_totp_step(unit: &Unit, id: Uuid, step: i64) -> Result<bool> {
    let sql = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    Ok(run(&**unit, sql, [id.into(), step.into()]).await? > 0)
}

/// Notes that they did something.
///
/// # Errors
/// When the database fails.
pub async fn seen(unit: &Unit, id: Uuid, now: i64) -> Result<()> {
    run(&**unit, "UPDATE staff SET last_seen_at = $2 WHERE id = $1", [id.into(), now.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<StaffRow> {
    let id: Uuid = row.try_get("", "id")?;
    let (roles, departments): (String, String) =
        (row.try_get("", "roles_json")?, row.try_get("", "departments_json")?);
    let abilities: String = row.try_get("", "abilities_json")?;
    let key_id: Option<String> = row.try_get("", "totp_key_id")?;
    let bytes: Option<Vec<u8>> = row.try_get("", "totp_sealed")?;
    Ok(StaffRow {
        id,
        email: row.try_get("", "email")?,
        name: row.try_get("", "name")?,
        language: row.try_get("", "language")?,
        password_hash: row.try_get("", "password_hash")?,
        totp: key_id.zip(bytes).map(|(key_id, bytes)| Sealed { key_id, bytes }),
        totp_since: row.try_get("", "totp_since")?,
        totp_step: row.try_get("", "totp_step")?,
        roles: json("staff", id, &roles)?,
        departments: json("staff", id, &departments)?,
        abilities: json("staff", id, &abilities)?,
        active: row.try_get("", "active")?,
        created_at: row.try_get("", "created_at")?,
        last_seen_at: row.try_get("", "last_seen_at")?,
    })
}

/// Names, addresses and hashes stay out of logs.
impl fmt::Debug for StaffRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StaffRow({}, {:?}, active: {})", self.id, self.roles, self.active)
    }
}
