//! What a template sees, looked up lazily: nothing is copied that is not asked for.

use std::{collections::BTreeSet, sync::Arc};

use minijinja::value::{DynObject, Object, Value as Mini};
use ventanilla_values::{Lang, Value};

use super::{convert::to_template, typed::Seen};

/// The slots that a flow can fill. Before they are filled they are none, not undefined.
pub(crate) type Names = BTreeSet<String>;

/// The frame's slots over the engine's own names over the world's content.
pub(crate) struct Scope {
    pub slots: Vec<(String, Value)>,
    pub declared: Arc<Names>,
    pub intent: Option<String>,
    pub lang: Lang,
    pub now: Arc<str>,
    pub content: Mini,
}

impl Scope {
    /// The engine's own names.
    pub(crate) const OWN: [&'static str; 3] = ["intent", "lang", "now"];

    pub(crate) fn slot(&self, name: &str) -> Option<&Value> {
        self.slots.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    fn seen(&self) -> Seen {
        Seen { lang: self.lang, now: Arc::clone(&self.now), content: self.content.clone() }
    }

    pub(crate) fn value(self: &Arc<Self>) -> Mini {
        Mini::from_dyn_object(DynObject::new(Arc::clone(self)))
    }
}

/// Personal text never reaches a log.
impl std::fmt::Debug for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope").field("declared", &self.declared).finish_non_exhaustive()
    }
}

impl Object for Scope {
    fn get_value(self: &Arc<Self>, key: &Mini) -> Option<Mini> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Mini> {
        if let Some(value) = self.slot(key) {
            return Some(to_template(value, &self.seen()));
        }
        match key {
            "intent" => return Some(Mini::from(self.intent.as_deref())),
            "lang" => return Some(Mini::from(self.lang.as_str())),
            "now" => return Some(Mini::from(&self.now)),
            _ if self.declared.contains(key) => return Some(Mini::from(())),
            _ => {}
        }
        let content = self.content.get_attr(key).ok()?;
        (!content.is_undefined()).then_some(content)
    }
}
