//! Interactive messages: buttons, lists, links, location requests. Meta's limits, counted in UTF-16 units.

use std::collections::HashSet;

use super::{
    bubble::{Button, Kind, List, Row, View},
    error::GraphError,
    part::Part,
    validate::LONG,
};

const BODY: usize = 1024;
const HEADER: usize = 60;
const FOOTER: usize = 60;
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

pub(super) fn view(part: &Part<'_>) -> Result<View, GraphError> {
    part.only(&["type", "header", "body", "footer", "action"])?;
    let kind = part.text("type", 64)?;
    let text = frame(part, kind)?;
    let action = part.object("action")?;
    match kind {
        "button" => Ok(View { buttons: buttons(&action)?, ..View::of(Kind::Buttons, Some(text)) }),
        "list" => Ok(View { list: Some(list(&action)?), ..View::of(Kind::List, Some(text)) }),
        "cta_url" => link(&action).map(|link| View::text(format!("{text}\n{link}"))),
        "location_request_message" => {
            action.only(&["name"])?;
            action.exactly("name", "send_location")?;
            Ok(View::of(Kind::LocationRequest, Some(text)))
        }
        "request_contact_info" => {
            action.only(&["name"])?;
            action.exactly("name", "request_contact_info")?;
            Ok(View::of(Kind::Unsupported, Some(text)))
        }
        "flow" => flow(&action).map(|()| View::of(Kind::Unsupported, Some(text))),
        other => {
            Err(GraphError::invalid(format!("interactive.type: \"{other}\" is not an interactive type.")))
        }
    }
}

/// Header, body and footer as the phone shows them, one under the other.
fn frame(part: &Part<'_>, kind: &str) -> Result<String, GraphError> {
    let mut text = part.object("body")?.text("text", BODY)?.to_owned();
    if let Some(header) = part.optional_object("header")? {
        let media =
            kind == "button" && ["image", "video", "document"].iter().any(|kind| header.get(kind).is_some());
        if !media {
            header.exactly("type", "text")?;
            text = format!("*{}*\n{text}", header.text("text", HEADER)?);
        }
    }
    if let Some(footer) = part.optional_object("footer")? {
        text = format!("{text}\n_{}_", footer.text("text", FOOTER)?);
    }
    Ok(text)
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

fn link(action: &Part<'_>) -> Result<String, GraphError> {
    action.only(&["name", "parameters"])?;
    action.exactly("name", "cta_url")?;
    let parameters = action.object("parameters")?;
    parameters.only(&["display_text", "url"])?;
    let (shown, url) = (parameters.text("display_text", BUTTON_TITLE)?, parameters.text("url", LONG)?);
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(GraphError::value(format!("{}: must be a web address.", parameters.name("url"))));
    }
    Ok(format!("{shown}: {url}"))
}

fn flow(action: &Part<'_>) -> Result<(), GraphError> {
    action.exactly("name", "flow")?;
    let parameters = action.object("parameters")?;
    parameters.exactly("flow_message_version", "3")?;
    parameters.text("flow_id", LONG)?;
    parameters.text("flow_cta", BUTTON_TITLE)?;
    Ok(())
}
