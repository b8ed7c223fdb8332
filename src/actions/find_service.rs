//! `find_service`: which service of the catalogue the person asks for, and what of it.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asker, Done};
use crate::services::{Part, Service, find, is_blank};

#[derive(Deserialize)]
pub(super) struct Args {
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    intent: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("intent", &self.intent).finish_non_exhaustive()
    }
}

pub(super) fn run(asker: &Asker<'_>, args: &Args) -> Done {
    let now = DateTime::from_timestamp_millis(asker.now).unwrap_or_default();
    let today = now.with_timezone(&asker.catalogue.town().timezone).date_naive();
    let words = args.words.as_deref().unwrap_or_default();
    let found = find(&asker.catalogue.services_on(today), words, args.intent.as_deref()).0;
    let option = |service: &&Service| {
        json!({
            "id": service.id,
            "label": service.name.get(asker.lang),
            "description": service.summary.get(asker.lang),
        })
    };
    Done::gives(json!({
        "count": found.len(),
        "first": found.first().map(|service| service.id.as_str()),
        "options": found.iter().map(option).collect::<Vec<Json>>(),
        // Nothing in them says what it is about.
        "blank": is_blank(words),
        "part": Part::asked_in(words).map(Part::name),
    }))
}
