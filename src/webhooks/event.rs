//! An event of a report as a CloudEvent 1.0 in JSON.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value as Json, json};

use crate::{
    app::App,
    reports::public::public_point,
    store::{report_events::ReportEvent, reports::ReportRow},
};

/// What the types of events begin with: `mx.ventanilla.report.moved.v1`.
pub const KIND_PREFIX: &str = "mx.ventanilla.report";

/// What happened, without anything of a person. The same event has the same id at every endpoint.
pub(super) fn of_report(app: &App, row: &ReportRow, event: &ReportEvent, parent: Option<&str>) -> Json {
    let id = format!("{}-{}", row.folio, event.seq);
    envelope(app, &id, &event.kind, &row.folio, event.at, &data(app, row, event, parent))
}

/// What shows an endpoint that everything is set up.
pub fn trial(app: &App) -> Json {
    let now = app.clock.now();
    let id = app.ids.next().to_string();
    envelope(app, &id, "trial", "PRUEBA", now, &json!({ "trial": true }))
}

fn envelope(app: &App, id: &str, kind: &str, subject: &str, at: i64, data: &Json) -> Json {
    json!({
        "specversion": "1.0",
        "id": id,
        "source": app.config.server.public_url,
        "type": format!("{KIND_PREFIX}.{kind}.v1"),
        "subject": subject,
        "time": moment(at),
        "datacontenttype": "application/json",
        "data": data,
    })
}

fn data(app: &App, row: &ReportRow, event: &ReportEvent, parent: Option<&str>) -> Json {
    let from = event.from.map(|state| state.as_str());
    if row.private {
        let (folio, state) = (&row.folio, event.to.as_str());
        return json!({ "private": true, "folio": folio, "state": state, "previous_state": from });
    }
    let point = public_point(row, &app.contents.active.catalogue);
    json!({
        "private": false,
        "folio": row.folio,
        "state": event.to.as_str(),
        "previous_state": from,
        "status": event.to.open311(),
        "reason": event.reason,
        // The town's own words, said to everybody.
        "public_text": event.words.public,
        "category": row.category,
        "group": row.category_group,
        "department": row.department,
        "colonia": row.colonia,
        "lat": point.map(|point| point.lat),
        "long": point.map(|point| point.lon),
        "channel": row.channel,
        "people": row.people,
        "parent": parent,
        "version": event.seq,
        "filed_at": moment(row.filed_at),
        "scheduled_for": row.scheduled_for.map(moment),
        "closed_at": row.closed_at.map(moment),
    })
}

/// RFC 3339, in UTC.
fn moment(at: i64) -> String {
    DateTime::from_timestamp_millis(at).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}
