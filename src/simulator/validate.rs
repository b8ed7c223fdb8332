//! Reads the body of a send as strictly as Meta does, and says what the phone will show. Pure: whether the recipient,
//! the media, the template or the target exist is for `resolve` to say.

mod cards;
mod files;
mod template;

use serde_json::{Map, Value};

use super::{
    attachment::Attachment,
    bubble::{Kind, Location, View},
    error::GraphError,
    interactive,
    part::Part,
    phones::Destination,
};

pub(super) use files::{Named, named};
pub(super) use template::{Filled, Given, Press, Slot};

const TEXT: usize = 4096;
const CALLBACK: usize = 512;
/// Meta names no limit for links, file names or ids of ours; this one is generous.
pub(super) const LONG: usize = 2048;

const ENVELOPE: [&str; 7] =
    ["messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"];

/// Types that only people's messages have.
const ONLY_INBOUND: [&str; 8] =
    ["button", "order", "system", "unsupported", "edit", "revoke", "request_welcome", "ephemeral"];

/// A send whose body is in order.
pub(super) struct Send {
    pub(super) destination: Destination,
    /// What was given as `to` or `recipient`.
    pub(super) input: String,
    pub(super) callback: Option<String>,
    /// The quoted message. Meta sends without the quote if it knows no such message.
    pub(super) reply_to: Option<String>,
    pub(super) content: Content,
}

pub(super) enum Content {
    /// Complete, once the files it names were found.
    Shown {
        view: Box<View>,
        files: Vec<Named>,
    },
    Template(Filled),
    Reaction {
        message_id: String,
        emoji: Option<String>,
    },
}

impl Content {
    fn shown(view: View) -> Self {
        Self::Shown { view: view.into(), files: Vec::new() }
    }
}

pub(super) fn send(body: &Map<String, Value>) -> Result<Send, GraphError> {
    let root = Part::root(body);
    let kind = root.optional_text("type", 32)?.unwrap_or("text");
    let mut keys = ENVELOPE.to_vec();
    keys.push(kind);
    root.only(&keys)?;
    product(&root)?;
    if let Some(kind) = root.get("recipient_type")
        && kind != "individual"
    {
        return Err(GraphError::value("recipient_type: only \"individual\" is served by this simulator."));
    }
    let reply_to = match root.optional_object("context")? {
        Some(context) => {
            context.only(&["message_id"])?;
            Some(context.text("message_id", LONG)?.to_owned())
        }
        None => None,
    };
    let (destination, input) = destination(&root)?;
    let callback = root.optional_text("biz_opaque_callback_data", CALLBACK)?.map(str::to_owned);
    Ok(Send { destination, input, callback, reply_to, content: content(&root, kind)? })
}

/// Every body says what it is for.
pub(super) fn product(root: &Part<'_>) -> Result<(), GraphError> {
    match root.get("messaging_product") {
        Some(product) if product == "whatsapp" => Ok(()),
        Some(_) => Err(GraphError::invalid("messaging_product: must be \"whatsapp\".")),
        None => Err(GraphError::invalid("messaging_product: this parameter is required.")),
    }
}

/// Meta: where both are given, `to` wins.
fn destination(root: &Part<'_>) -> Result<(Destination, String), GraphError> {
    if let Some(to) = root.optional_text("to", 64)? {
        let digits = to.strip_prefix('+').unwrap_or(to);
        if !is_phone(digits) {
            return Err(GraphError::value(
                "to: must be a phone number, 8 to 15 digits after an optional \"+\".",
            ));
        }
        return Ok((Destination::Phone(digits.to_owned()), to.to_owned()));
    }
    let Some(user) = root.optional_text("recipient", 256)? else {
        return Err(GraphError::invalid("to: this parameter is required (or recipient)."));
    };
    if !is_user_id(user) {
        return Err(GraphError::value("recipient: must be a business-scoped user id, such as MX.1349."));
    }
    Ok((Destination::User(user.to_owned()), user.to_owned()))
}

pub(super) fn is_phone(digits: &str) -> bool {
    (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `CC.` or `CC.ENT.`, then up to 128 letters and digits.
pub(super) fn is_user_id(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else { return false };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A web address, or Meta refuses it.
pub(super) fn web_address<'a>(part: &Part<'a>, key: &str) -> Result<&'a str, GraphError> {
    let url = part.text(key, LONG)?;
    if url.starts_with("https://") || url.starts_with("http://") {
        return Ok(url);
    }
    Err(GraphError::value(format!("{}: must be a web address.", part.name(key))))
}

fn content(root: &Part<'_>, kind: &str) -> Result<Content, GraphError> {
    if let Some(attachment) = Attachment::named(kind) {
        return files::content(&root.object(kind)?, attachment);
    }
    match kind {
        "text" => text(&root.object("text")?).map(Content::shown),
        "interactive" => interactive::read(&root.object("interactive")?)
            .map(|(view, files)| Content::Shown { view: view.into(), files }),
        "location" => location(&root.object("location")?).map(|location| {
            Content::shown(View { kind: Kind::Location, location: Some(location), ..View::default() })
        }),
        "template" => template::read(&root.object("template")?).map(Content::Template),
        "reaction" => reaction(&root.object("reaction")?),
        "contacts" => cards::view(root).map(Content::shown),
        inbound if ONLY_INBOUND.contains(&inbound) => {
            Err(GraphError::of(131_051, format!("type: \"{inbound}\" cannot be sent.")))
        }
        other => Err(GraphError::invalid(format!("type: \"{other}\" is not a message type."))),
    }
}

fn text(part: &Part<'_>) -> Result<View, GraphError> {
    part.only(&["body", "preview_url"])?;
    part.optional_bool("preview_url")?;
    Ok(View::text(part.text("body", TEXT)?))
}

fn location(part: &Part<'_>) -> Result<Location, GraphError> {
    part.only(&["latitude", "longitude", "name", "address"])?;
    Ok(Location {
        latitude: degrees(part, "latitude", 90.0)?,
        longitude: degrees(part, "longitude", 180.0)?,
        name: part.optional_text("name", LONG)?.map(str::to_owned),
        address: part.optional_text("address", LONG)?.map(str::to_owned),
    })
}

/// Meta's samples write degrees as strings; numbers are taken as well.
fn degrees(part: &Part<'_>, key: &str, most: f64) -> Result<f64, GraphError> {
    let value = part.need(key)?;
    let degrees = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    degrees
        .filter(|degrees| degrees.abs() <= most)
        .ok_or_else(|| GraphError::value(format!("{}: must lie within ±{most} degrees.", part.name(key))))
}

fn reaction(part: &Part<'_>) -> Result<Content, GraphError> {
    part.only(&["message_id", "emoji"])?;
    let message_id = part.text("message_id", LONG)?.to_owned();
    // An empty emoji takes the reaction away.
    let emoji = if part.need("emoji")? == "" { None } else { Some(part.text("emoji", 32)?) };
    if emoji.is_some_and(|emoji| emoji.is_ascii()) {
        return Err(GraphError::value("reaction.emoji: must be an emoji."));
    }
    Ok(Content::Reaction { message_id, emoji: emoji.map(str::to_owned) })
}
