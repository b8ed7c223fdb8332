//! Interactive messages: buttons, lists, links, requests for a place or a number, forms. Meta's limits, counted in
//! UTF-16 units.

mod frame;

use std::collections::HashSet;

use super::{
    bubble::{Button, Kind, Link, List, Row, View},
    error::GraphError,
    part::Part,
    validate::{LONG, Named, web_address},
};

const BUTTONS: usize = 3;
const BUTTON_TITLE: usize = 20;
const BUTTON_ID: usize = 256;
/// In all sections together.
const ROWS: usize = 10;
const SECTIONS: usize = 10;
const SECTION_TITLE: usize = 24;
const ROW_ID: usize = 200;
const ROW_TITLE: usize = 24;
const ROW_DESCRIPTION: usize = 72;

/// What the phone shows, and the files the header names.
pub(super) fn read(part: &Part<'_>) -> Result<(View, Vec<Named>), GraphError> {
    let kind = part.text("type", 64)?;
    // Meta's page of May 2026 printed "contact_request", which is refused like any other stranger.
    let Some(header) = frame::header_of(kind) else {
        return Err(GraphError::invalid(format!("interactive.type: \"{kind}\" is not an interactive type.")));
    };
    let framed = frame::read(part, header)?;
    let action = part.object("action")?;
    let text = framed.text;
    let view = match kind {
        "button" => View { buttons: buttons(&action)?, ..View::of(Kind::Buttons, Some(text)) },
        "list" => View { list: Some(list(&action)?), ..View::of(Kind::List, Some(text)) },
        "cta_url" => {
            let link = link(&action)?;
            View { link: Some(link.clone()), ..View::text(format!("{text}\n{}: {}", link.title, link.url)) }
        }
        "location_request_message" => {
            only_name(&action, "send_location")?;
            View::of(Kind::LocationRequest, Some(text))
        }
        "request_contact_info" => {
            only_name(&action, "request_contact_info")?;
            View::of(Kind::ContactRequest, Some(text))
        }
        _ => flow(&action, text)?,
    };
    Ok((View { media_url: framed.media_url, ..view }, framed.file.into_iter().collect()))
}

fn only_name(action: &Part<'_>, name: &str) -> Result<(), GraphError> {
    action.only(&["name"])?;
    action.exactly("name", name)
}

fn buttons(action: &Part<'_>) -> Result<Vec<Button>, GraphError> {
    action.only(&["buttons"])?;
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    let mut shown = Vec::with_capacity(BUTTONS);
    for button in action.objects("buttons", BUTTONS)? {
        button.only(&["type", "reply"])?;
        button.exactly("type", "reply")?;
        let reply = button.object("reply")?;
        reply.only(&["id", "title"])?;
        let (id, title) = (reply.id("id", BUTTON_ID)?, reply.text("title", BUTTON_TITLE)?);
        once(&mut ids, id, &reply, "id")?;
        once(&mut titles, title, &reply, "title")?;
        shown.push(Button { id: id.to_owned(), title: title.to_owned() });
    }
    Ok(shown)
}

fn list(action: &Part<'_>) -> Result<List, GraphError> {
    action.only(&["button", "sections"])?;
    let button = action.text("button", BUTTON_TITLE)?.to_owned();
    let sections = action.objects("sections", SECTIONS)?;
    let (mut ids, mut rows) = (HashSet::new(), Vec::with_capacity(ROWS));
    for section in &sections {
        section.only(&["title", "rows"])?;
        if section.optional_text("title", SECTION_TITLE)?.is_none() && sections.len() > 1 {
            return Err(GraphError::missing(section.name("title")));
        }
        for row in section.objects("rows", ROWS)? {
            let shown = self::row(&row)?;
            once(&mut ids, row.id("id", ROW_ID)?, &row, "id")?;
            rows.push(shown);
        }
    }
    if rows.len() > ROWS {
        let name = action.name("sections");
        let count = rows.len();
        return Err(GraphError::value(format!(
            "{name}: total row count exceeds max allowed count: {count} > {ROWS}."
        )));
    }
    Ok(List { button, rows })
}

fn row(row: &Part<'_>) -> Result<Row, GraphError> {
    row.only(&["id", "title", "description"])?;
    Ok(Row {
        id: row.id("id", ROW_ID)?.to_owned(),
        title: row.text("title", ROW_TITLE)?.to_owned(),
        description: row.optional_text("description", ROW_DESCRIPTION)?.map(str::to_owned),
    })
}

/// Meta refuses two buttons of one title, and two options of one id.
fn once<'a>(
    seen: &mut HashSet<&'a str>,
    value: &'a str,
    part: &Part<'_>,
    key: &str,
) -> Result<(), GraphError> {
    if seen.insert(value) {
        return Ok(());
    }
    Err(GraphError::value(format!("{}: duplicated.", part.name(key))))
}

fn link(action: &Part<'_>) -> Result<Link, GraphError> {
    action.only(&["name", "parameters"])?;
    action.exactly("name", "cta_url")?;
    let parameters = action.object("parameters")?;
    parameters.only(&["display_text", "url"])?;
    let title = parameters.text("display_text", BUTTON_TITLE)?.to_owned();
    Ok(Link { title, url: web_address(&parameters, "url")?.to_owned() })
}

const FLOW: [&str; 7] = [
    "flow_message_version",
    "flow_id",
    "flow_token",
    "flow_cta",
    "flow_action",
    "flow_action_payload",
    "mode",
];

/// The button's id is the flow's token, which the filled-in form brings back.
fn flow(action: &Part<'_>, text: String) -> Result<View, GraphError> {
    action.only(&["name", "parameters"])?;
    action.exactly("name", "flow")?;
    let parameters = action.object("parameters")?;
    parameters.only(&FLOW)?;
    parameters.exactly("flow_message_version", "3")?;
    parameters.text("flow_id", LONG)?;
    let title = parameters.text("flow_cta", BUTTON_TITLE)?.to_owned();
    let token = parameters.optional_text("flow_token", LONG)?.unwrap_or("unused");
    if parameters.get("mode").is_some() {
        parameters.one_of("mode", &["draft", "published"])?;
    }
    let goes = match parameters.get("flow_action") {
        Some(_) => parameters.one_of("flow_action", &["navigate", "data_exchange"])?,
        None => "navigate",
    };
    if let Some(payload) = parameters.optional_object("flow_action_payload")? {
        payload.only(&["screen", "data"])?;
        if goes == "navigate" {
            payload.text("screen", LONG)?;
        }
    }
    let buttons = vec![Button { id: token.to_owned(), title }];
    Ok(View { buttons, ..View::of(Kind::Flow, Some(text)) })
}
