//! Whom a provider of identities knows: its id of somebody, and whose account that is.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, one, run};

/// Somebody as a provider knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// The provider's address.
    pub issuer: String,
    /// The provider's own id of them.
    pub subject: String,
    pub staff: Uuid,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// Links an account.
///
/// # Errors
/// [`super::StoreError::is_duplicate`] when the identity is somebody's, or the account has another of this provider;
/// else when the database fails.
pub async fn insert(unit: &Unit, row: &IdentityRow) -> Result<()> {
    let sql = "INSERT INTO staff_identities (town_id, issuer, subject, staff_id, created_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let values = [
        TOWN.into(),
        row.issuer.as_str().into(),
        row.subject.as_str().into(),
        row.staff.into(),
        row.created_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Whose an identity is.
///
/// # Errors
/// When the database fails.
pub async fn by_subject(
    on: &impl ConnectionTrait,
    issuer: &str,
    subject: &str,
) -> Result<Option<IdentityRow>> {
    let sql = "SELECT * FROM staff_identities WHERE town_id = $1 AND issuer = $2 AND subject = $3";
    one(on, sql, [TOWN.into(), issuer.into(), subject.into()]).await?.as_ref().map(read).transpose()
}

/// The identity that an account has with a provider.
///
/// # Errors
/// When the database fails.
pub async fn of_staff(on: &impl ConnectionTrait, staff: Uuid, issuer: &str) -> Result<Option<IdentityRow>> {
    let sql = "SELECT * FROM staff_identities WHERE staff_id = $1 AND issuer = $2";
    one(on, sql, [staff.into(), issuer.into()]).await?.as_ref().map(read).transpose()
}

/// Unlinks an account; `false` when it was not linked.
///
/// # Errors
/// When the database fails.
pub async fn remove(unit: &Unit, staff: Uuid, issuer: &str) -> Result<bool> {
    let sql = "DELETE FROM staff_identities WHERE staff_id = $1 AND issuer = $2";
    Ok(run(&**unit, sql, [staff.into(), issuer.into()]).await? > 0)
}

fn read(row: &QueryResult) -> Result<IdentityRow> {
    Ok(IdentityRow {
        issuer: row.try_get("", "issuer")?,
        subject: row.try_get("", "subject")?,
        staff: row.try_get("", "staff_id")?,
        created_at: row.try_get("", "created_at")?,
    })
}

/// The provider's id may be a number that the state knows somebody by.
impl std::fmt::Debug for IdentityRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityRow").field("staff", &self.staff).finish_non_exhaustive()
    }
}
