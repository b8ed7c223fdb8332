//! `find_office`: which office of the town the person asks for, and how it stands at this moment.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done};
use crate::services::offices;

#[derive(Deserialize)]
pub(super) struct Args {
    #[serde(default)]
    words: Option<String>,
    /// An id: nothing is to be found.
    #[serde(default)]
    department: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("department", &self.department).finish_non_exhaustive()
    }
}

pub(super) fn run(asker: &Asker<'_>, args: &Args) -> Done {
    let catalogue = asker.catalogue;
    let named = args.department.as_deref().and_then(|id| catalogue.department(id));
    let found = match named {
        Some(department) => vec![department],
        None => offices(catalogue.departments(), args.words.as_deref().unwrap_or_default()),
    };
    let lang = asker.lang;
    let options = found.iter().map(|one| json!({ "id": one.id, "label": one.name.get(lang) }));
    let options: Vec<_> = options.collect();
    let now = DateTime::from_timestamp_millis(asker.now).unwrap_or_default();
    let local = now.with_timezone(&catalogue.town().timezone).naive_local();
    let only = match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let office = only.map(|one| {
        let status = catalogue.office_of(Some(&one.id)).status(local);
        json!({
            "name": one.name.get(lang),
            "phone": one.phone,
            "address": one.address,
            "hours": status.hours_text.get(lang),
            "open": status.open,
            "when": status.when_text.get(lang),
            "closed_because": status.closed_because.as_ref().map(|why| why.get(lang)),
        })
    });
    Done::gives(json!({ "count": options.len(), "options": options, "office": office }))
}
