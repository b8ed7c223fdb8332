//! Sends of a template: the components as they were given. Whether they fit the approved template is for `templates`.

use serde_json::Value;

use super::{LONG, Named, location, named};
use crate::simulator::{attachment::Attachment, bubble::Location, error::GraphError, part::Part};

/// Meta: names are up to 512 characters, buttons up to 10.
const NAME: usize = 512;
const BUTTONS: usize = 10;
const PARAMETERS: usize = 64;
const PAYLOAD: usize = 256;

/// The template a send names, and what it fills in.
pub(in crate::simulator) struct Filled {
    pub(in crate::simulator) name: String,
    pub(in crate::simulator) language: String,
    pub(in crate::simulator) header: Vec<Slot>,
    pub(in crate::simulator) body: Vec<Slot>,
    pub(in crate::simulator) buttons: Vec<Press>,
}

/// One parameter.
pub(in crate::simulator) struct Slot {
    /// `parameter_name`, for templates with named parameters.
    pub(in crate::simulator) name: Option<String>,
    pub(in crate::simulator) given: Given,
}

pub(in crate::simulator) enum Given {
    Text(String),
    File { kind: Attachment, url: String, file: Option<Named> },
    Place(Location),
}

impl Given {
    /// As Meta names formats when they differ.
    pub(in crate::simulator) fn format(&self) -> &'static str {
        match self {
            Self::Text(_) => "TEXT",
            Self::File { kind: Attachment::Video, .. } => "VIDEO",
            Self::File { kind: Attachment::Document, .. } => "DOCUMENT",
            Self::File { .. } => "IMAGE",
            Self::Place(_) => "LOCATION",
        }
    }
}

/// What one button brings along.
pub(in crate::simulator) struct Press {
    pub(in crate::simulator) index: usize,
    /// `quick_reply`, `url`, …
    pub(in crate::simulator) kind: String,
    /// The payload, the end of the address, the code, the token.
    pub(in crate::simulator) text: String,
}

pub(super) fn read(part: &Part<'_>) -> Result<Filled, GraphError> {
    part.only(&["name", "language", "components"])?;
    let name = part.text("name", NAME)?.to_owned();
    let language = part.object("language")?;
    language.only(&["code", "policy"])?;
    let language = language.text("code", 16)?.to_owned();
    let mut filled = Filled { name, language, header: vec![], body: vec![], buttons: vec![] };
    // A template without parameters may leave the components out, or empty.
    if part.get("components").is_some_and(|components| *components != Value::Array(vec![])) {
        for component in part.objects("components", 2 + BUTTONS)? {
            filled.component(&component)?;
        }
    }
    Ok(filled)
}

impl Filled {
    fn component(&mut self, part: &Part<'_>) -> Result<(), GraphError> {
        match part.one_of_any_case("type", &["header", "body", "button"])? {
            "button" => {
                let press = press(part)?;
                if self.buttons.iter().any(|other| other.index == press.index) {
                    return Err(GraphError::value(format!("{}: duplicated.", part.name("index"))));
                }
                self.buttons.push(press);
            }
            kind => {
                part.only(&["type", "parameters"])?;
                let slots = if kind == "header" { &mut self.header } else { &mut self.body };
                if !slots.is_empty() {
                    return Err(GraphError::invalid(format!("{}: \"{kind}\" twice.", part.name("type"))));
                }
                let parameters = part.objects("parameters", PARAMETERS)?;
                *slots = parameters.iter().map(slot).collect::<Result<_, _>>()?;
            }
        }
        Ok(())
    }
}

fn slot(part: &Part<'_>) -> Result<Slot, GraphError> {
    let kinds = ["text", "currency", "date_time", "image", "video", "document", "location"];
    let kind = part.one_of("type", &kinds)?;
    part.only(&["type", "parameter_name", kind])?;
    let name = part.optional_text("parameter_name", 64)?.map(str::to_owned);
    let given = match kind {
        "text" => Given::Text(words(part)?),
        "location" => Given::Place(location(&part.object(kind)?)?),
        // What the phone shows of an amount or a date is the text that stands in for it.
        "currency" | "date_time" => Given::Text(part.object(kind)?.text("fallback_value", LONG)?.to_owned()),
        _ => file(&part.object(kind)?, kind)?,
    };
    Ok(Slot { name, given })
}

fn file(part: &Part<'_>, kind: &str) -> Result<Given, GraphError> {
    let kind = Attachment::named(kind).unwrap_or(Attachment::Image);
    part.only(if kind == Attachment::Document { &["id", "link", "filename"] } else { &["id", "link"] })?;
    let (url, file) = named(part, kind, false)?;
    Ok(Given::File { kind, url, file })
}

/// Meta: neither empty, nor with line breaks, tabs, or more than 4 blanks in a row (132018 since v23).
fn words(part: &Part<'_>) -> Result<String, GraphError> {
    let name = part.name("text");
    let Value::String(text) = part.need("text")? else {
        return Err(GraphError::invalid(format!("{name}: must be a string.")));
    };
    if text.trim().is_empty() {
        return Err(GraphError::of(
            131_008,
            format!("{name}: parameter of type text is missing text value."),
        ));
    }
    if text.contains(['\n', '\r', '\t']) || text.contains("     ") {
        return Err(GraphError::of(
            132_018,
            format!(
                "{name}: param text cannot have new-line/tab characters or more than 4 consecutive spaces."
            ),
        ));
    }
    Ok(text.clone())
}

fn press(part: &Part<'_>) -> Result<Press, GraphError> {
    part.only(&["type", "sub_type", "index", "parameters"])?;
    let kinds = ["quick_reply", "url", "copy_code", "flow", "phone_number", "request_contact_info"];
    let kind = part.one_of_any_case("sub_type", &kinds)?;
    let [parameter] = &part.objects("parameters", 1)?[..] else {
        return Err(GraphError::missing(part.name("parameters")));
    };
    Ok(Press { index: index(part)?, kind: kind.to_owned(), text: pressed(parameter, kind)? })
}

/// Meta's samples write the index as a string; numbers are taken as well.
fn index(part: &Part<'_>) -> Result<usize, GraphError> {
    let value = part.need("index")?;
    let number = value.as_u64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    number
        .and_then(|number| usize::try_from(number).ok())
        .filter(|index| *index < BUTTONS)
        .ok_or_else(|| GraphError::value(format!("{}: must be 0 to 9.", part.name("index"))))
}

fn pressed(part: &Part<'_>, kind: &str) -> Result<String, GraphError> {
    let (wanted, key) = match kind {
        "url" => ("text", "text"),
        "copy_code" => ("coupon_code", "coupon_code"),
        "flow" => ("action", "action"),
        _ => ("payload", "payload"),
    };
    part.exactly("type", wanted)?;
    part.only(&["type", key])?;
    if kind == "flow" {
        let token = part.object("action")?.optional_text("flow_token", LONG)?;
        return Ok(token.unwrap_or("unused").to_owned());
    }
    part.text(key, if kind == "url" { LONG } else { PAYLOAD }).map(str::to_owned)
}
