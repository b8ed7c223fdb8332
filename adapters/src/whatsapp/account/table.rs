//! What Meta decides about our account, as data: how grave it is, what happened and what to do. Used by `account`.
//! `{about}` is the template or number, `{state}` Meta's own word.

mod numbers;
mod templates;

use crate::{AccountKind, Severity};

/// What one state of one field means. The state `*` is every other one.
#[derive(Debug)]
pub(in crate::whatsapp) struct Row {
    pub field: &'static str,
    pub state: &'static str,
    pub kind: AccountKind,
    pub severity: Severity,
    pub sentence: &'static str,
}

const fn row(
    field: &'static str,
    state: &'static str,
    kind: AccountKind,
    severity: Severity,
    sentence: &'static str,
) -> Row {
    Row { field, state, kind, severity, sentence }
}

/// For fields that nobody wrote a row for.
const OTHER: Row = row(
    "",
    "*",
    AccountKind::Account,
    Severity::Info,
    "Meta cambió algo de nuestra cuenta de WhatsApp: {state}.",
);

pub(in crate::whatsapp) fn rows() -> impl Iterator<Item = &'static Row> {
    templates::ROWS.iter().chain(numbers::ROWS)
}

pub(super) fn find(field: &str, state: &str) -> &'static Row {
    let fits = |row: &&Row| row.field == field && (row.state == state || row.state == "*");
    rows().find(fits).unwrap_or(&OTHER)
}

/// The row's sentence with its gaps filled. "la plantilla" alone is said where its name is not told.
pub(super) fn sentence(row: &Row, about: Option<&str>, state: &str) -> String {
    let told = row.sentence.replace("{state}", state);
    match about {
        Some(about) => told.replace("{about}", about),
        None => told.replace(" {about}", ""),
    }
}
