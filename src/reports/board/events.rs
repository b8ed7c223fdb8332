//! What happened to a report, as colleagues read it.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rows::Names;
use crate::{reports::State, store::report_events::ReportEvent};

/// Something that happened.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct EventView {
    pub seq: i64,
    /// Unix milliseconds.
    pub at: i64,
    /// `citizen`, `staff`, `system`, `key`, `source` or `cli`.
    pub by: String,
    /// Of a colleague, or of another system.
    pub by_name: Option<String>,
    /// `filed`, `moved`, `noted`, `merged` …
    pub kind: String,
    pub from: Option<State>,
    pub to: State,
    /// A code.
    pub reason: Option<String>,
    pub channel: Option<String>,
    pub public_text: Option<String>,
    pub private_note: Option<String>,
    /// The citizen's words.
    pub citizen_text: Option<String>,
    /// Id of the catalogue.
    pub department: Option<String>,
    pub assignee_name: Option<String>,
    pub scheduled_for: Option<i64>,
    pub authority: Option<AuthorityView>,
    /// The other report of a merge.
    pub folio: Option<String>,
    /// How many came with it.
    pub people: Option<i64>,
    /// Photos that were shown with it.
    pub photos: Vec<Uuid>,
}

/// Who else is responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuthorityView {
    pub name: String,
    pub phone: String,
    pub folio: Option<String>,
}

/// What people said stays out of logs.
impl std::fmt::Debug for EventView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventView").field("seq", &self.seq).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// As colleagues read it.
pub fn event(names: &Names, event: ReportEvent) -> EventView {
    let detail = &event.detail;
    let text = |key: &str| detail[key].as_str().map(str::to_owned);
    let id = |key: &str| detail[key].as_str().and_then(|id| id.parse::<Uuid>().ok());
    let (by, by_name) = actor(names, &event.actor);
    EventView {
        seq: event.seq,
        at: event.at,
        by,
        by_name,
        department: text("department"),
        assignee_name: id("assignee").and_then(|id| names.get(&id).cloned()),
        scheduled_for: detail["scheduled_for"].as_i64(),
        authority: authority(detail),
        folio: text("folio"),
        people: detail["people"].as_i64(),
        photos: serde_json::from_value(detail["evidence"].clone()).unwrap_or_default(),
        kind: event.kind,
        from: event.from,
        to: event.to,
        reason: event.reason,
        channel: event.channel,
        public_text: event.words.public,
        private_note: event.words.private,
        citizen_text: event.words.citizen,
    }
}

/// `staff:<id>` is a colleague with a name.
fn actor(names: &Names, actor: &str) -> (String, Option<String>) {
    let Some((kind, rest)) = actor.split_once(':') else { return (actor.to_owned(), None) };
    let name = match kind {
        "staff" => rest.parse().ok().and_then(|id: Uuid| names.get(&id).cloned()),
        "source" | "cli" => Some(rest.to_owned()),
        _ => None,
    };
    (kind.to_owned(), name)
}

fn authority(detail: &serde_json::Value) -> Option<AuthorityView> {
    let one = detail["authority"].as_object()?;
    let text = |key: &str| one.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    Some(AuthorityView {
        name: text("name")?,
        phone: text("phone").unwrap_or_default(),
        folio: text("folio"),
    })
}
