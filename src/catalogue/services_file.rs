//! `services/*.yaml`: procedures and benefits. A town may begin without any; each file holds some of them.

use std::{cell::RefCell, collections::BTreeSet};

use ventanilla_values::{Problem, SourceFile};

use super::{
    checks::{ROW, ROW_DESCRIPTION, ROW_TITLE, fits},
    departments::Department,
    node::Node,
    places::Places,
    reader::{Fields, Reader},
    service_fields::{authority, cost, intents, is_department, link, round, valid, venue, window},
    town::date,
};
use crate::services::Service;

/// What entries may name.
pub(super) struct Known<'a> {
    pub departments: &'a [Department],
    pub places: &'a Places,
}

/// What was read, with what is looked at once all files are.
#[derive(Default)]
pub(super) struct Read {
    services: Vec<Service>,
    /// Every id that a file gives, with mistakes in its entry or without.
    ids: BTreeSet<String>,
    /// (file, line, whose, field, named)
    named: Vec<(String, u32, String, &'static str, String)>,
}

const FIELDS: [&str; 25] = [
    "id",
    "name",
    "also",
    "summary",
    "authority",
    "given_by",
    "owner",
    "for",
    "requirements",
    "documents",
    "cost",
    "steps",
    "takes",
    "where",
    "windows",
    "rounds",
    "legal_basis",
    "link",
    "related",
    "next",
    "life_events",
    "intents",
    "valid_from",
    "valid_until",
    "last_verified",
];

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile, known: &Known<'_>, into: &mut Read) {
    let Some(node) = reader.parse(source) else { return };
    let Some(file) = reader.fields(&node, "the file") else { return };
    file.only(&["services"]);
    for node in file.list("services") {
        let Some(fields) = reader.fields(node, "the service") else { continue };
        let id = fields.id("id");
        if let Some(id) = &id
            && !into.ids.insert(id.clone())
        {
            let message = format!("there are two services '{id}'");
            reader.error(node.line, message, "give one of them another id");
            continue;
        }
        if let Some(service) = service(&fields, id, known) {
            for (field, ids) in [("related", &service.related), ("next", &service.next)] {
                let line = fields.line_of(field);
                let named =
                    |named: &String| (source.path.clone(), line, service.id.clone(), field, named.clone());
                into.named.extend(ids.iter().map(named));
            }
            into.services.push(service);
        }
    }
}

impl Read {
    /// Names what refers to nothing; it is left out, and the entry stays.
    pub fn finish(self, problems: &RefCell<Vec<Problem>>) -> Vec<Service> {
        let Self { mut services, ids, named } = self;
        for (path, line, whose, field, id) in &named {
            let problem = if !ids.contains(id) {
                let hint =
                    format!("there is: {}", ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
                Problem::error(path, *line, format!("{field} of '{whose}': there is no service '{id}'"), hint)
            } else if id == whose {
                let message = format!("{field} of '{whose}' names itself");
                Problem::error(path, *line, message, "take it out of the list")
            } else {
                continue;
            };
            problems.borrow_mut().push(problem);
        }
        for service in &mut services {
            let own = service.id.clone();
            let there = |id: &String| ids.contains(id) && *id != own;
            service.related.retain(there);
            service.next.retain(there);
        }
        services
    }
}

/// All mistakes of an entry are named before it is left out.
fn service(fields: &Fields<'_>, id: Option<String>, known: &Known<'_>) -> Option<Service> {
    fields.only(&FIELDS);
    let (name, summary) = (fields.texts("name"), fields.texts("summary"));
    if let (Some(name), Some(summary)) = (&name, &summary) {
        fits(fields.reader, fields.line_of("name"), name, ROW_TITLE, ROW);
        let row = "the second line of a WhatsApp list";
        fits(fields.reader, fields.line_of("summary"), summary, ROW_DESCRIPTION, row);
    }
    let (authority, given_by) = (authority(fields), fields.texts("given_by"));
    let owner = fields.id("owner").filter(|owner| is_department(fields, "owner", owner, known));
    let (cost, venue) = (cost(fields), venue(fields, known));
    let windows = all(fields.list("windows"), |node| window(fields.reader, node));
    let rounds = all(fields.list("rounds"), |node| round(fields.reader, node, known));
    let link = link(fields);
    let life_events = intents(fields, "life_events", "life.");
    let intents = intents(fields, "intents", "service.");
    let valid = valid(fields);
    let last_verified = date(fields, "last_verified");
    let (valid_from, valid_until) = valid?;
    Some(Service {
        id: id?,
        name: name?,
        also: fields.words_by_language("also"),
        summary: summary?,
        authority: authority?,
        given_by: given_by?,
        owner: owner?,
        audience: fields.texts_or_none("for"),
        requirements: fields.texts_list("requirements"),
        documents: fields.texts_list("documents"),
        cost: cost?,
        steps: fields.texts_list("steps"),
        takes: fields.texts_or_none("takes"),
        venue: venue?,
        windows: windows?,
        rounds: rounds?,
        legal_basis: fields.text_or_none("legal_basis"),
        link: link?,
        related: fields.words("related"),
        next: fields.words("next"),
        life_events: life_events?,
        intents: intents?,
        valid_from,
        valid_until,
        last_verified: last_verified?,
    })
}

/// All of them or none, and every mistake in them told.
fn all<T>(nodes: &[Node], read: impl Fn(&Node) -> Option<T>) -> Option<Vec<T>> {
    let read: Vec<Option<T>> = nodes.iter().map(read).collect();
    read.into_iter().collect()
}
