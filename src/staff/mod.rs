//! People of the town who work with Ventanilla: who they are and what they may do.
//!
//! Called by the console's routes and the command line. Citizens are no staff: they are `store::people`.

pub mod permission;

use uuid::Uuid;

pub use permission::{Permission, Role};

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
