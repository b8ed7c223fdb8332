//! People of the town who work with Ventanilla: who they are and what they may do.
//!
//! Called by the console's routes and the command line. Citizens are no staff: they are `store::people`. Whoever is let in
//! is asked for in `http/permit.rs`; here is what signing in, inviting, changing and leaving mean. Each act writes its row
//! of the audit log in its own unit of work.

pub mod abilities;
pub mod accounts;
pub mod chain;
mod error;
pub mod identity;
pub mod invitations;
pub mod keys;
mod password;
pub mod permission;
pub mod provider;
pub mod second_factor;
pub mod sessions;
pub mod sign_in;
mod throttle;
mod token;

use serde_json::Value;
use uuid::Uuid;

pub use abilities::Abilities;
pub use error::StaffError;
pub use password::{Passwords, WeakPassword};
pub use permission::{Permission, Role};
pub use throttle::Throttle;

use crate::{
    app::App,
    store::{
        StoreError, Unit,
        audit::{self, Act},
        staff::StaffRow,
    },
};

/// Somebody who is signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    pub id: Uuid,
    /// As colleagues see it.
    pub name: String,
    pub roles: Vec<Role>,
    /// Ids of `catalogue/departments.yaml`.
    pub departments: Vec<String>,
}

impl Member {
    /// Somebody with an account, as they are now.
    pub fn of(row: &StaffRow) -> Self {
        Self {
            id: row.id,
            name: row.name.clone(),
            roles: row.roles.clone(),
            departments: row.departments.clone(),
        }
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.permissions().contains(&permission))
    }

    /// Whether they attend the chats of all teams, and not only those of their own departments.
    pub fn sees_all_teams(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, Role::Agent | Role::Supervisor))
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member").field("id", &self.id).field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// How the audit log spells somebody of the town.
pub fn named(id: Uuid) -> String {
    format!("staff:{id}")
}

/// Writes what somebody did into the audit log, in the unit that does it.
///
/// # Errors
/// When the database fails.
pub async fn note(
    app: &App,
    unit: &Unit,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), StoreError> {
    audit::append(unit, &Act { actor, action, subject, detail }, app.clock.now()).await?;
    Ok(())
}
