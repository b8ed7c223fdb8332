//! What the texts of news may say: everything that `flows/report_news.yaml` sees as `news`.

use chrono::DateTime;
use serde_json::{Value as Json, json};
use ventanilla_adapters::Outbound;
use ventanilla_values::Lang;

use super::State;
use crate::{
    app::App,
    store::{report_events::ReportEvent, reports::ReportRow},
};

/// What the payloads of "¿Quedó resuelto?" begin with: they name the report, so that an answer counts days later and
/// whatever is being talked about then. See `conversation/about_report.rs`.
pub const PAYLOAD: &str = "report:";

/// An event, and what belongs to it.
pub(super) struct Told<'a> {
    pub kind: &'static str,
    pub event: &'a ReportEvent,
    /// Where it was meanwhile.
    pub before: &'a [State],
    /// The town's.
    pub words: Option<&'a str>,
    pub row: &'a ReportRow,
    /// The folio of their own report, where that was added to this one.
    pub own: Option<String>,
    /// The folio that this one was added to.
    pub parent: Option<String>,
    /// They are in the middle of something else.
    pub busy: bool,
}

/// Of a private report nothing is told but that there is something to know.
pub(super) fn telling(app: &App, told: &Told<'_>, lang: Lang) -> Json {
    let (row, event) = (told.row, told.event);
    if row.private {
        return json!({ "kind": "private", "folio": row.folio, "state_label": event.to.label(lang) });
    }
    let catalogue = &app.contents.active.catalogue;
    let day = |at: i64| {
        catalogue.day_in_words(DateTime::from_timestamp_millis(at).unwrap_or_default()).get(lang).to_owned()
    };
    let department = event.detail["department"].as_str().or(row.department.as_deref());
    let department = department.and_then(|id| catalogue.department(id));
    let before: Vec<&str> = told.before.iter().map(|state| state.label(lang)).collect();
    json!({
        "kind": told.kind,
        "folio": row.folio,
        "own_folio": told.own,
        "category_name": catalogue.category(&row.category).map(|one| one.name.get(lang)),
        "state_label": event.to.label(lang),
        "words": told.words,
        "department": department.map(|one| one.name.get(lang)),
        "filed_on": day(row.filed_at),
        "happened_on": day(row.claimed_at.filter(|_| event.to == State::ResolvedClaimed).unwrap_or(event.at)),
        "day": row.scheduled_for.filter(|_| event.to == State::Scheduled).map(day),
        "authority": event.detail.get("authority"),
        "photo": photo(event),
        "parent": told.parent,
        "before": before.join(", "),
        "people": row.people,
        "busy": told.busy,
    })
}

/// The first that shows the work, as `image:` of a flow takes it. What the town shows was drawn anew as JPEG.
fn photo(event: &ReportEvent) -> Option<String> {
    let first = event.detail["evidence"].as_array()?.first()?.as_str()?;
    Some(format!("media:{}/{first}", crate::picture::MIME))
}

/// The question of the news is no question of the talk: its answers name the report.
pub(super) fn question_of(words: &mut [Outbound], folio: &str) {
    for outbound in words {
        outbound.question = None;
        for choice in &mut outbound.choices {
            if let Some((_, option)) = choice.payload.rsplit_once(':') {
                choice.payload = format!("{PAYLOAD}{folio}:{option}");
            }
        }
    }
}
