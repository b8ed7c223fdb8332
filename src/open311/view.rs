//! A report as Open311 shows it to anybody.

use chrono::DateTime;
use serde_json::Value as Json;
use ventanilla_values::Lang;

use super::{
    node::{Fields, Node},
    times, update_view,
};
use crate::{
    app::App,
    catalogue::{AttributeKind, Catalogue},
    reports::{State, public::public_point},
    store::{
        self, StoreError,
        open_requests::{Told, last_words, told_of},
        reports::ReportRow,
    },
};

/// Public reports, in this order. `extended`: with what GeoReport v2 does not know.
///
/// # Errors
/// When the database fails.
pub async fn requests(app: &App, rows: &[ReportRow], extended: bool) -> Result<Node, StoreError> {
    let on = app.store.read();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let words = last_words(on, &ids).await?;
    let mut nodes = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| !row.private) {
        let parent = match row.parent_id.filter(|_| row.stands() == State::Duplicate) {
            Some(parent) => store::reports::by_id(on, parent).await?.filter(|parent| !parent.private),
            None => None,
        };
        let photos = store::report_photos::of_report(on, row.id).await?;
        let shown = photos.iter().find(|photo| photo.moderation == "shown");
        let about = About {
            parent: parent.map(|parent| parent.folio),
            words: words.iter().find(|(id, _)| *id == row.id).map(|(_, text)| text.clone()),
            photo: shown
                .map(|photo| format!("{}/reportes/foto/{}", app.config.server.public_url, photo.media)),
            notes: if extended { told_of(on, row.id).await? } else { Vec::new() },
        };
        nodes.push(request(app, row, &about, extended));
    }
    Ok(Node::List("request", nodes))
}

/// What is told of a report beside its row.
struct About {
    /// The folio that it was added to.
    parent: Option<String>,
    /// The town's last words to everybody.
    words: Option<String>,
    /// The address of a photo that everybody may see.
    photo: Option<String>,
    notes: Vec<Told>,
}

fn request(app: &App, row: &ReportRow, about: &About, extended: bool) -> Node {
    let catalogue = &app.contents.active.catalogue;
    let zone = catalogue.town().timezone;
    let category = catalogue.category(&row.category);
    let department = row.department.as_deref().and_then(|id| catalogue.department(id));
    let colonia = row.colonia.as_deref().and_then(|id| catalogue.places().colonia(id));
    let point = public_point(row, catalogue);
    let description = row.public_text.as_deref().filter(|_| row.moderation == "shown");
    let expected = row.scheduled_for.or(row.resolve_due).filter(|_| row.stands().is_open());
    let fields = Fields::new()
        .text("service_request_id", Some(row.folio.as_str()))
        .text("status", Some(status(app, row)))
        .text("status_notes", Some(status_notes(catalogue, row, about)))
        .text("service_name", category.map(|category| category.name.get(Lang::ES)))
        .text("service_code", Some(row.category.as_str()))
        .text("description", description)
        .text("agency_responsible", department.map(|department| department.name.get(Lang::ES)))
        .text("requested_datetime", Some(times::text(row.filed_at, zone)))
        .text("updated_datetime", Some(times::text(row.closed_at.unwrap_or(row.updated_at), zone)))
        .text("expected_datetime", expected.map(|at| times::text(at, zone)))
        .text("address", colonia.map(|colonia| format!("Col. {}", colonia.name)))
        .text("address_id", colonia.map(|colonia| colonia.id.as_str()))
        .number("lat", point.map(|point| point.lat))
        .number("long", point.map(|point| point.lon))
        .text("media_url", about.photo.clone());
    if !extended {
        return fields.done();
    }
    let note = |told: &Told| {
        Fields::new()
            .text("datetime", Some(times::text(told.at, zone)))
            .text("description", Some(update_view::words(told)))
            .text("type", Some(told.kind.as_str()))
            .done()
    };
    fields
        .node("extended_attributes", more(catalogue, row))
        .node("notes", Node::List("note", about.notes.iter().map(note).collect()))
        .done()
}

fn status(app: &App, row: &ReportRow) -> &'static str {
    let claimed = row.stands() == State::ResolvedClaimed && app.config.open311.close_when_claimed;
    if claimed { "closed" } else { row.stands().open311() }
}

/// The fine state, which `open` and `closed` do not say, and the town's last words.
fn status_notes(catalogue: &Catalogue, row: &ReportRow, about: &About) -> String {
    let state = row.stands();
    let department = row.department.as_deref().and_then(|id| catalogue.department(id));
    let label = match (state, &about.parent, row.scheduled_for, department) {
        (State::Duplicate, Some(folio), ..) => format!("Sumado al folio {folio}"),
        (State::Scheduled, _, Some(at), _) => {
            let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
            format!("Programado para el {}", catalogue.day_in_words(at).get(Lang::ES))
        }
        (State::Assigned, _, _, Some(department)) => format!("Asignado a {}", department.name.get(Lang::ES)),
        _ => state.label(Lang::ES).to_owned(),
    };
    about.words.as_ref().map_or(label.clone(), |words| format!("{label}. {words}"))
}

/// What GeoReport v2 has no field for. Of the answers only those that were chosen from a list, or are numbers: words of a
/// citizen may say who they are.
fn more(catalogue: &Catalogue, row: &ReportRow) -> Node {
    let state = row.stands();
    let answers = answers(catalogue, row);
    Fields::new()
        .text("state", Some(state.as_str()))
        .text("state_label", Some(state.label(Lang::ES)))
        .text("external_status", Some(state.fixmystreet()))
        .text("group", Some(row.category_group.as_str()))
        .text("channel", Some(row.channel.as_str()))
        .node("people", Node::Whole(row.people))
        .node("reopened", Node::Whole(row.reopened))
        .text("outcome", row.outcome.as_deref())
        .node("attributes", Node::List("attribute", answers))
        .done()
}

fn answers(catalogue: &Catalogue, row: &ReportRow) -> Vec<Node> {
    let details: Json = serde_json::from_str(&row.details_json).unwrap_or_default();
    let asked = catalogue.category(&row.category).map(|category| category.attributes.iter());
    let mut answers = Vec::new();
    for attribute in asked.into_iter().flatten().filter(|one| one.kind != AttributeKind::Text) {
        let values = match details.get(&attribute.id) {
            Some(Json::Array(values)) => values.clone(),
            Some(value @ (Json::String(_) | Json::Number(_))) => vec![value.clone()],
            _ => continue,
        };
        let text = |value: &Json| Node::Text(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let values = Node::List("value", values.iter().map(text).collect());
        answers.push(Fields::new().text("code", Some(attribute.id.as_str())).node("values", values).done());
    }
    answers
}
