//! Links that let somebody choose a password, once: for somebody new, or for somebody who forgot theirs.

use std::fmt;

use sea_orm::{ConnectionTrait, QueryResult};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Result, StoreError, TOWN, Unit, all, json, one, run, to_json};
use crate::staff::{Abilities, Role};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    /// Somebody new.
    Invitation,
    /// Somebody who is there chooses another password.
    Password,
}

/// A link that was given out.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationRow {
    pub id: Uuid,
    pub kind: InvitationKind,
    /// Who is there already.
    pub staff: Option<Uuid>,
    /// In small letters.
    pub email: String,
    pub name: String,
    /// `es` or `en`.
    pub language: String,
    pub roles: Vec<Role>,
    pub departments: Vec<String>,
    pub abilities: Abilities,
    /// The actor, as the audit log spells it.
    pub invited_by: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub expires_at: i64,
}

impl InvitationKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Password => "password",
        }
    }
}

/// Adds a link, under the hash of its token. Older links to the same e-mail are void.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, row: &InvitationRow, token_hash: &str) -> Result<()> {
    let older =
        "UPDATE invitations SET closed_at = $3 WHERE town_id = $1 AND email = $2 AND closed_at IS NULL";
    run(&**unit, older, [TOWN.into(), row.email.as_str().into(), row.created_at.into()]).await?;
    let sql = "INSERT INTO invitations (id, town_id, kind, token_hash, staff_id, email, name, language, roles_json, \
               departments_json, invited_by, created_at, expires_at, abilities_json) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let values = [
        row.id.into(),
        TOWN.into(),
        row.kind.as_str().into(),
        token_hash.into(),
        row.staff.into(),
        row.email.as_str().into(),
        row.name.as_str().into(),
        row.language.as_str().into(),
        to_json(&row.roles).into(),
        to_json(&row.departments).into(),
        row.invited_by.as_str().into(),
        row.created_at.into(),
        row.expires_at.into(),
        to_json(&row.abilities).into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The link of a token, while it can be used.
///
/// # Errors
/// When the database fails.
pub async fn by_token(
    on: &impl ConnectionTrait,
    token_hash: &str,
    now: i64,
) -> Result<Option<InvitationRow>> {
    let sql = "SELECT * FROM invitations WHERE token_hash = $1 AND closed_at IS NULL AND expires_at > $2";
    one(on, sql, [token_hash.into(), now.into()]).await?.as_ref().map(read).transpose()
}

/// The links for somebody new that can be used, newest first.
///
/// # Errors
/// When the database fails.
pub async fn open(on: &impl ConnectionTrait, now: i64) -> Result<Vec<InvitationRow>> {
    let sql = "SELECT * FROM invitations WHERE town_id = $1 AND kind = 'invitation' AND closed_at IS NULL \
               AND expires_at > $2 ORDER BY created_at DESC, id DESC";
    all(on, sql, [TOWN.into(), now.into()]).await?.iter().map(read).collect()
}

/// Notes that a link was used or taken back; `false` when it was before.
///
/// # Errors
/// When the database fails.
pub async fn close(unit: &Unit, id: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE invitations SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
    Ok(run(&**unit, sql, [id.into(), now.into()]).await? > 0)
}

/// Voids the links of somebody who leaves.
///
/// # Errors
/// When the database fails.
pub async fn close_for(unit: &Unit, email: &str, now: i64) -> Result<()> {
    let sql = "UPDATE invitations SET closed_at = $3 WHERE town_id = $1 AND email = $2 AND closed_at IS NULL";
    run(&**unit, sql, [TOWN.into(), email.into(), now.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<InvitationRow> {
    let id: Uuid = row.try_get("", "id")?;
    let (kind, roles, departments): (String, String, String) =
        (row.try_get("", "kind")?, row.try_get("", "roles_json")?, row.try_get("", "departments_json")?);
    let abilities: String = row.try_get("", "abilities_json")?;
    Ok(InvitationRow {
        id,
        kind: kind_named(id, &kind)?,
        staff: row.try_get("", "staff_id")?,
        email: row.try_get("", "email")?,
        name: row.try_get("", "name")?,
        language: row.try_get("", "language")?,
        roles: json("invitations", id, &roles)?,
        departments: json("invitations", id, &departments)?,
        abilities: json("invitations", id, &abilities)?,
        invited_by: row.try_get("", "invited_by")?,
        created_at: row.try_get("", "created_at")?,
        expires_at: row.try_get("", "expires_at")?,
    })
}

fn kind_named(id: Uuid, name: &str) -> Result<InvitationKind> {
    let kinds = [InvitationKind::Invitation, InvitationKind::Password];
    kinds.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| StoreError::Unreadable {
        table: "invitations",
        id: id.to_string(),
        why: format!("'{name}' is no kind"),
    })
}

/// Names and addresses stay out of logs.
impl fmt::Debug for InvitationRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InvitationRow({}, {:?})", self.id, self.kind)
    }
}
