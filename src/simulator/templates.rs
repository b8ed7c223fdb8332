//! The account's templates: what was approved, and in which state each is. Sends are held against it, and changes of
//! state that Meta tells of change it too.

mod fit;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{error::GraphError, validate::Filled};

pub(super) use fit::Fitted;

/// One approved text. Placeholders are written as Meta writes them: `{{1}}`, `{{2}}` by position, or `{{nombre}}` by
/// name, one way in a whole template.
///
/// ```json
/// {"name": "recordatorio_cita", "language": "es_MX", "body": "Hola, {{nombre}}. Tu cita es el {{fecha}}.",
///  "buttons": [{"type": "quick_reply", "text": "Confirmar cita"}]}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub name: String,
    /// Such as `es_MX`, which is another language than `es`.
    pub language: String,
    #[serde(default)]
    pub status: TemplateStatus,
    #[serde(default)]
    pub category: Category,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
    pub body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<TemplateButton>,
}

impl Template {
    /// An approved utility template of a body alone.
    pub fn new(name: impl Into<String>, language: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            language: language.into(),
            status: TemplateStatus::default(),
            category: Category::default(),
            header: None,
            body: body.into(),
            footer: None,
            buttons: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TemplateStatus {
    #[default]
    Approved,
    Pending,
    Rejected,
    Paused,
    Disabled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Category {
    #[default]
    Utility,
    Marketing,
    Authentication,
}

impl Category {
    /// As `pricing.category` has it.
    pub(super) fn price(self) -> &'static str {
        match self {
            Self::Utility => "utility",
            Self::Marketing => "marketing",
            Self::Authentication => "authentication",
        }
    }
}

/// The header; its text may hold one placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename_all = "UPPERCASE", deny_unknown_fields)]
pub enum Header {
    Text { text: String },
    Image,
    Video,
    Document,
    Location,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum TemplateButton {
    QuickReply {
        text: String,
    },
    /// An address that ends in `{{1}}` wants its end with every send.
    Url {
        text: String,
        url: String,
    },
    PhoneNumber {
        text: String,
        phone_number: String,
    },
    CopyCode {
        text: String,
    },
    Flow {
        text: String,
    },
    RequestContactInfo {
        text: String,
    },
}

/// By name and language.
#[derive(Debug, Default)]
pub(super) struct Templates(Mutex<BTreeMap<(String, String), Template>>);

impl Templates {
    fn book(&self) -> MutexGuard<'_, BTreeMap<(String, String), Template>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These, and no others.
    pub(super) fn set(&self, templates: Vec<Template>) {
        let key = |template: &Template| (template.name.clone(), template.language.clone());
        *self.book() = templates.into_iter().map(|template| (key(&template), template)).collect();
    }

    pub(super) fn all(&self) -> Vec<Template> {
        self.book().values().cloned().collect()
    }

    /// What Meta's reviewers, or its quality watch, made of a template.
    pub(super) fn change(&self, name: &str, language: &str, change: impl FnOnce(&mut Template)) {
        if let Some(template) = self.book().get_mut(&(name.to_owned(), language.to_owned())) {
            change(template);
        }
    }

    /// The filled-in template as the phone shows it. `to_user`: it goes to a user id.
    pub(super) fn fit(&self, filled: Filled, to_user: bool) -> Result<Fitted, GraphError> {
        let template = self.sendable(&filled)?;
        // Meta: codes only go to phone numbers.
        if to_user && template.category == Category::Authentication {
            return Err(GraphError::usual(131_062));
        }
        fit::fit(&template, filled)
    }

    fn sendable(&self, filled: &Filled) -> Result<Template, GraphError> {
        let (name, language) = (&filled.name, &filled.language);
        let found = self.book().get(&(name.clone(), language.clone())).cloned();
        let missing =
            || GraphError::of(132_001, format!("template name ({name}) does not exist in {language}"));
        let template = found.ok_or_else(missing)?;
        match template.status {
            TemplateStatus::Approved => Ok(template),
            TemplateStatus::Paused => Err(GraphError::usual(132_015)),
            TemplateStatus::Disabled => Err(GraphError::usual(132_016)),
            // Meta does not tell a template under review from one that never was.
            TemplateStatus::Pending | TemplateStatus::Rejected => Err(missing()),
        }
    }
}
