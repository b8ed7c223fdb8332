//! Codes that stand in for a lost second factor, each once. Only keyed hashes are here.

use std::fmt;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, Unit, all, run};

/// The hash of a code.
#[derive(Clone, PartialEq, Eq)]
pub struct HashedCode {
    /// The key of the keyring that it was hashed with.
    pub key_id: String,
    pub hash: Vec<u8>,
}

/// Puts these in the place of all that somebody has; none takes all away.
///
/// # Errors
/// When the database fails.
pub async fn replace(unit: &Unit, staff: Uuid, codes: &[HashedCode]) -> Result<()> {
    run(&**unit, "DELETE FROM recovery_codes WHERE staff_id = $1", [staff.into()]).await?;
    for code in codes {
        let sql = "INSERT INTO recovery_codes (staff_id, key_id, hash) VALUES ($1, $2, $3)";
        run(&**unit, sql, [staff.into(), code.key_id.as_str().into(), code.hash.clone().into()]).await?;
    }
    Ok(())
}

/// The codes that somebody has left.
///
/// # Errors
/// When the database fails.
pub async fn left(on: &impl ConnectionTrait, staff: Uuid) -> Result<Vec<HashedCode>> {
    let sql = "SELECT key_id, hash FROM recovery_codes WHERE staff_id = $1";
    let rows = all(on, sql, [staff.into()]).await?;
    let read = |row: &sea_orm::QueryResult| -> Result<HashedCode> {
        Ok(HashedCode { key_id: row.try_get("", "key_id")?, hash: row.try_get("", "hash")? })
    };
    rows.iter().map(read).collect()
}

/// Uses a code up; `false` when somebody has no such code, or used it before.
///
/// # Errors
/// When the database fails.
pub async fn use_up(unit: &Unit, staff: Uuid, hash: &[u8]) -> Result<bool> {
    let sql = "DELETE FROM recovery_codes WHERE staff_id = $1 AND hash = $2";
    Ok(run(&**unit, sql, [staff.into(), hash.to_vec().into()]).await? > 0)
}

impl fmt::Debug for HashedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HashedCode(with key {})", self.key_id)
    }
}
