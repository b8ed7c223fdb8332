//! What people of the town may do: roles are what an admin gives, permissions are what a route asks for.
//!
//! Each route names its one permission (`http/permit.rs`), so the list below is also the list of what can be denied.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody is in the town hall. One person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Attends chats.
    Agent,
    /// Sees every chat, helps and takes over, reads the figures.
    Supervisor,
    /// Attends the chats that were passed to their own departments.
    Department,
    /// Writes what the town says.
    Editor,
    /// Puts it live.
    Publisher,
    /// Teaches what people mean.
    Trainer,
    /// Reads the audit log, and changes nothing.
    Auditor,
    /// Of the transparency unit: attends what people ask about their own data.
    Privacy,
    /// Gives and takes accounts.
    Admin,
}

/// What a route asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Permission {
    /// See the queue and answer people.
    #[serde(rename = "chats.attend")]
    AttendChats,
    /// See the chats of all teams, also those of the bot.
    #[serde(rename = "chats.supervise")]
    SuperviseChats,
    /// Read the canned replies.
    #[serde(rename = "replies.read")]
    ReadReplies,
    /// Change the canned replies.
    #[serde(rename = "replies.edit")]
    EditReplies,
    /// Read the figures of the desk.
    #[serde(rename = "stats.read")]
    ReadStats,
    /// Invite people, change their roles, end their access.
    #[serde(rename = "staff.manage")]
    ManageStaff,
    /// Read the audit log.
    #[serde(rename = "audit.read")]
    ReadAudit,
    /// Make and revoke the keys of other systems.
    #[serde(rename = "keys.manage")]
    ManageKeys,
    /// Say what the bot learns from.
    #[serde(rename = "training.review")]
    ReviewTraining,
    /// See and move reports: who is of departments only, those of their own.
    #[serde(rename = "reports.work")]
    WorkReports,
    /// Say which words and photos of reports everybody may see.
    #[serde(rename = "reports.moderate")]
    ModerateReports,
    /// See private reports of their own departments.
    #[serde(rename = "reports.private")]
    PrivateReports,
    /// Decide what people ask about their own data: answer, refuse, erase.
    #[serde(rename = "privacy.work")]
    WorkPrivacy,
    /// Read ideas, complaints and what people think of places.
    #[serde(rename = "feedback.work")]
    WorkFeedback,
    /// File reports of others (Open311).
    #[serde(rename = "reports.file")]
    FileReports,
    /// Tell what becomes of reports that another system attends (Open311).
    #[serde(rename = "reports.update")]
    UpdateReports,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::Agent,
        Self::Supervisor,
        Self::Department,
        Self::Editor,
        Self::Publisher,
        Self::Trainer,
        Self::Auditor,
        Self::Privacy,
        Self::Admin,
    ];

    /// The name that is stored, sent and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Department => "department",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Trainer => "trainer",
            Self::Auditor => "auditor",
            Self::Privacy => "privacy",
            Self::Admin => "admin",
        }
    }

    pub fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Agent => &[P::AttendChats, P::ReadReplies, P::WorkReports],
            // A report about corruption is for those whom it is for, and not for who supervises them.
            Self::Department => {
                &[P::AttendChats, P::ReadReplies, P::WorkReports, P::ModerateReports, P::PrivateReports]
            }
            Self::Supervisor => &[
                P::AttendChats,
                P::SuperviseChats,
                P::ReadReplies,
                P::EditReplies,
                P::ReadStats,
                P::WorkReports,
                P::ModerateReports,
                P::WorkFeedback,
            ],
            Self::Editor | Self::Publisher => &[P::ReadReplies, P::EditReplies],
            Self::Trainer => &[P::ReviewTraining],
            Self::Auditor => &[P::ReadAudit, P::ReadStats],
            // An erasure cannot be undone: supervising chats is no reason to carry one out.
            Self::Privacy => &[P::WorkPrivacy],
            Self::Admin => {
                &[P::ManageStaff, P::ManageKeys, P::ReadAudit, P::ReadStats, P::WorkPrivacy, P::WorkFeedback]
            }
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            format!("'{name}' is no role: write one of {known}")
        })
    }
}

impl Permission {
    pub const ALL: [Self; 16] = [
        Self::AttendChats,
        Self::SuperviseChats,
        Self::ReadReplies,
        Self::EditReplies,
        Self::ReadStats,
        Self::ManageStaff,
        Self::ReadAudit,
        Self::ManageKeys,
        Self::ReviewTraining,
        Self::WorkReports,
        Self::ModerateReports,
        Self::PrivateReports,
        Self::WorkPrivacy,
        Self::WorkFeedback,
        Self::FileReports,
        Self::UpdateReports,
    ];

    /// The name that is stored, sent and written in the description of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AttendChats => "chats.attend",
            Self::SuperviseChats => "chats.supervise",
            Self::ReadReplies => "replies.read",
            Self::EditReplies => "replies.edit",
            Self::ReadStats => "stats.read",
            Self::ManageStaff => "staff.manage",
            Self::ReadAudit => "audit.read",
            Self::ManageKeys => "keys.manage",
            Self::ReviewTraining => "training.review",
            Self::WorkReports => "reports.work",
            Self::ModerateReports => "reports.moderate",
            Self::PrivateReports => "reports.private",
            Self::WorkPrivacy => "privacy.work",
            Self::WorkFeedback => "feedback.work",
            Self::FileReports => "reports.file",
            Self::UpdateReports => "reports.update",
        }
    }

    /// What a key of another system may be given. Chats are attended by people, and keys make no accounts.
    pub const FOR_SYSTEMS: [Self; 4] =
        [Self::ReadStats, Self::ReadAudit, Self::FileReports, Self::UpdateReports];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
        }
    }

    #[test]
    fn every_permission_is_given_by_some_role_or_key() {
        for permission in Permission::ALL {
            assert!(
                Permission::FOR_SYSTEMS.contains(&permission)
                    || Role::ALL.iter().any(|role| role.permissions().contains(&permission)),
                "nobody may {permission:?}"
            );
        }
    }
}
