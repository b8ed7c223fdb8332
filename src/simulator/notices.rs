//! What Meta tells the town that is about no person: templates, the number's quality, the account, errors, and fields
//! nobody knows yet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Inner, UnknownCode, codes,
    envelope::Change,
    ids,
    templates::{Category, TemplateStatus},
};

/// One change of the account. The page's API takes the same as JSON, tagged by `type`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Notice {
    /// `event` is Meta's word: `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, `FLAGGED`, … The registry follows.
    TemplateStatus {
        name: String,
        language: String,
        event: String,
        #[serde(default)]
        reason: Option<String>,
    },
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`.
    TemplateQuality {
        name: String,
        language: String,
        previous: String,
        new: String,
    },
    TemplateCategory {
        name: String,
        language: String,
        previous: Category,
        new: Category,
    },
    /// `event`: `FLAGGED`, `UNFLAGGED`, `UPGRADE`, …; `current_limit`: `TIER_10K`, …
    NumberQuality {
        event: String,
        current_limit: String,
    },
    /// `decision`: `APPROVED`, `REJECTED`, …
    NumberName {
        decision: String,
        name: String,
    },
    /// `event`: `ACCOUNT_RESTRICTION`, `ACCOUNT_VIOLATION`, `DISABLED_UPDATE`, …, with Meta's other keys.
    AccountUpdate {
        event: String,
        #[serde(default)]
        details: Map<String, Value>,
    },
    /// `decision`: `APPROVED`, `REJECTED`, `PENDING`, …
    AccountReview {
        decision: String,
    },
    AccountAlert {
        alert: String,
        severity: String,
        text: String,
    },
    /// People that may be written to in 24 h outside their window.
    Capability {
        daily_limit: u32,
    },
    /// `event`: `PIN_CHANGED`, `PIN_RESET_REQUEST`, …
    Security {
        event: String,
    },
    /// `value.errors`: a documented error about no message.
    Errors {
        code: i32,
    },
    /// Any other field, its value as it is.
    Field {
        field: String,
        value: Value,
    },
}

impl Inner {
    pub(super) fn notify(&self, notice: Notice) -> Result<(), UnknownCode> {
        self.follow_notice(&notice);
        // Only changes of the account carry a time.
        let time = (!matches!(notice, Notice::Errors { .. })).then(|| (self.clock)() / 1000);
        let (field, value) = self.told(notice)?;
        self.tell_change(Change { field, value, time });
        Ok(())
    }

    /// The registry of templates is what Meta says it is.
    fn follow_notice(&self, notice: &Notice) {
        match notice {
            Notice::TemplateStatus { name, language, event, .. } => {
                let status = match event.as_str() {
                    "APPROVED" | "REINSTATED" => TemplateStatus::Approved,
                    "REJECTED" => TemplateStatus::Rejected,
                    "PAUSED" => TemplateStatus::Paused,
                    "DISABLED" => TemplateStatus::Disabled,
                    "PENDING" | "IN_APPEAL" => TemplateStatus::Pending,
                    _ => return,
                };
                self.templates.change(name, language, |template| template.status = status);
            }
            Notice::TemplateCategory { name, language, new, .. } => {
                self.templates.change(name, language, |template| template.category = *new);
            }
            _ => {}
        }
    }

    /// Field and value.
    fn told(&self, notice: Notice) -> Result<(Cow<'static, str>, Value), UnknownCode> {
        let (field, value) = match notice {
            Notice::TemplateStatus { name, language, event, reason } => (
                "message_template_status_update",
                about(&name, &language, [("event", event), ("reason", reason.unwrap_or("NONE".into()))]),
            ),
            Notice::TemplateQuality { name, language, previous, new } => (
                "message_template_quality_update",
                about(&name, &language, [("previous_quality_score", previous), ("new_quality_score", new)]),
            ),
            Notice::TemplateCategory { name, language, previous, new } => {
                let (previous, new) = (json!(previous), json!(new));
                let changed = [("previous_category", previous), ("new_category", new)];
                ("template_category_update", about(&name, &language, changed))
            }
            Notice::NumberQuality { event, current_limit } => {
                let value = self.number([("event", event), ("current_limit", current_limit)]);
                ("phone_number_quality_update", value)
            }
            Notice::NumberName { decision, name } => {
                let value = self.number([("decision", decision), ("requested_verified_name", name)]);
                ("phone_number_name_update", value)
            }
            Notice::Security { event } => ("security", self.number([("event", event)])),
            Notice::AccountUpdate { event, mut details } => {
                details.insert("event".to_owned(), event.into());
                ("account_update", details.into())
            }
            Notice::AccountReview { decision } => ("account_review_update", json!({"decision": decision})),
            Notice::AccountAlert { alert, severity, text } => (
                "account_alerts",
                json!({"alert_type": alert, "alert_severity": severity, "alert_description": text}),
            ),
            Notice::Capability { daily_limit } => {
                ("business_capability_update", json!({"max_daily_conversation_per_phone": daily_limit}))
            }
            Notice::Errors { code } => ("messages", self.errors(code)?),
            Notice::Field { field, value } => return Ok((Cow::Owned(field), value)),
        };
        Ok((Cow::Borrowed(field), value))
    }

    /// A value about the town's number.
    fn number<const N: usize>(&self, told: [(&str, String); N]) -> Value {
        let mut value = json!({"display_phone_number": self.account.display_phone});
        told.into_iter().for_each(|(key, text)| value[key] = text.into());
        value
    }

    fn errors(&self, code: i32) -> Result<Value, UnknownCode> {
        let mut error = codes::find(code).ok_or(UnknownCode(code))?.told();
        error["href"] = HREF.into();
        Ok(self.account.value_with("errors", json!([error])))
    }
}

const HREF: &str =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

/// A value about a template, whose id is the same after a restart.
fn about<V: Into<Value>, const N: usize>(name: &str, language: &str, told: [(&str, V); N]) -> Value {
    let mut value = json!({
        "message_template_id": ids::template_id(name, language),
        "message_template_name": name,
        "message_template_language": language,
    });
    told.into_iter().for_each(|(key, text)| value[key] = text.into());
    value
}
