//! What is known of a simulated person.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// What a webhook tells of a person. `user_id` is made up on first use; `hide_phone` is somebody who adopted a
/// username, whose number Meta no longer tells.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub wa_id: Arc<str>,
    pub name: String,
    pub user_id: Option<Arc<str>>,
    pub username: Option<String>,
    pub hide_phone: bool,
    /// Asked for no more marketing templates.
    pub marketing_stopped: bool,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("hide_phone", &self.hide_phone).finish_non_exhaustive()
    }
}

/// A change of profile: what is absent stays. An empty `user_id` takes it away (payloads before April 2026 had none).
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: Option<String>,
    pub user_id: Option<String>,
    pub username: Option<String>,
    pub hide_phone: Option<bool>,
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("hide_phone", &self.hide_phone).finish_non_exhaustive()
    }
}

impl Contact {
    /// Somebody of whom nothing is known but the number.
    pub(super) fn unknown(wa_id: &str) -> Self {
        let last_four: String = wa_id.chars().skip(wa_id.chars().count().saturating_sub(4)).collect();
        Self {
            wa_id: wa_id.into(),
            name: format!("Vecina {last_four}"),
            user_id: None,
            username: None,
            hide_phone: false,
            marketing_stopped: false,
        }
    }
}
