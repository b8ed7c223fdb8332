//! Who we are, where we are, and how to get a key.

use super::answer::{Answer, Format};
use crate::{
    app::App,
    open311::node::{Fields, Node},
};

/// When what this server speaks last changed.
const CHANGESET: &str = "2026-11-22T00:00:00Z";
/// As discovery documents name GeoReport v2: an identifier, not an address.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

pub(super) fn document(app: &App) -> Answer {
    let (config, town) = (&app.config.open311, app.contents.active.catalogue.town());
    let or = |given: &str, else_: String| if given.is_empty() { else_ } else { given.to_owned() };
    let contact = or(&config.contact, format!("{}, {}, {}", town.government, town.address, town.web));
    let key_service = or(&config.key_service, format!("Pide una llave a {}: {}", town.government, town.web));
    let formats = [Format::Xml, Format::Json].map(|format| Node::Text(format.mime().to_owned()));
    let endpoint = Fields::new()
        .text("specification", Some(SPECIFICATION))
        .text("url", Some(format!("{}/open311/v2", app.config.server.public_url)))
        .text("changeset", Some(CHANGESET))
        .text("type", Some(if config.test { "test" } else { "production" }))
        .node("formats", Node::List("format", formats.into()));
    let jurisdictions = config.jurisdiction.iter().cloned().map(Node::Text).collect::<Vec<_>>();
    let endpoint = if jurisdictions.is_empty() {
        endpoint
    } else {
        endpoint.node("jurisdictions", Node::List("jurisdiction_id", jurisdictions))
    };
    let node = Fields::new()
        .text("changeset", Some(CHANGESET))
        .text("contact", Some(contact))
        .text("key_service", Some(key_service))
        .node("endpoints", Node::List("endpoint", vec![endpoint.done()]))
        .done();
    Answer { root: "discovery", node }
}
