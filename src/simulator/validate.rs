//! Reads the body of a send as strictly as Meta does, and says what the phone will show. Pure: whether the recipient,
//! the media or the template exist is for `graph` to say.

use serde_json::{Map, Value};

use super::{
    bubble::{Kind, Location, View},
    error::GraphError,
    interactive,
    part::Part,
    phones::Destination,
};

const TEXT: usize = 4096;
const CAPTION: usize = 1024;
const CALLBACK: usize = 512;
/// Meta names no limit for links, file names or ids of ours; this one is generous.
pub(super) const LONG: usize = 2048;

const ENVELOPE: [&str; 7] =
    ["messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"];

/// A send whose body is in order.
pub(super) struct Send {
    pub(super) destination: Destination,
    /// What was given as `to` or `recipient`.
    pub(super) input: String,
    pub(super) callback: Option<String>,
    pub(super) content: Content,
}

pub(super) enum Content {
    Shown(View),
    /// A media id of ours has to exist.
    Media {
        id: String,
        view: View,
    },
    Template {
        name: String,
        language: String,
    },
    /// Leaves no bubble; its target has to exist.
    Reaction {
        message_id: String,
    },
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
    if let Some(context) = root.optional_object("context")? {
        context.only(&["message_id"])?;
        context.text("message_id", LONG)?;
    }
    let (destination, input) = destination(&root)?;
    let callback = root.optional_text("biz_opaque_callback_data", CALLBACK)?.map(str::to_owned);
    Ok(Send { destination, input, callback, content: content(&root, kind)? })
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

fn content(root: &Part<'_>, kind: &str) -> Result<Content, GraphError> {
    match kind {
        "text" => text(&root.object("text")?).map(Content::Shown),
        "interactive" => interactive::view(&root.object("interactive")?).map(Content::Shown),
        "location" => location(&root.object("location")?).map(Content::Shown),
        "image" | "video" | "audio" | "document" | "sticker" => media(&root.object(kind)?, kind),
        "template" => template(&root.object("template")?),
        "reaction" => reaction(&root.object("reaction")?),
        "contacts" => contacts(root).map(Content::Shown),
        other => Err(GraphError::invalid(format!("type: \"{other}\" is not a message type."))),
    }
}

fn text(part: &Part<'_>) -> Result<View, GraphError> {
    part.only(&["body", "preview_url"])?;
    if part.get("preview_url").is_some_and(|value| !value.is_boolean()) {
        return Err(GraphError::invalid("text.preview_url: must be true or false."));
    }
    Ok(View::text(part.text("body", TEXT)?))
}

fn location(part: &Part<'_>) -> Result<View, GraphError> {
    part.only(&["latitude", "longitude", "name", "address"])?;
    let location = Location {
        latitude: degrees(part, "latitude", 90.0)?,
        longitude: degrees(part, "longitude", 180.0)?,
        name: part.optional_text("name", LONG)?.map(str::to_owned),
        address: part.optional_text("address", LONG)?.map(str::to_owned),
    };
    Ok(View { kind: Kind::Location, location: Some(location), ..View::default() })
}

/// Meta's samples write degrees as strings; numbers are taken as well.
fn degrees(part: &Part<'_>, key: &str, most: f64) -> Result<f64, GraphError> {
    let value = part.need(key)?;
    let degrees = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    degrees
        .filter(|degrees| degrees.abs() <= most)
        .ok_or_else(|| GraphError::value(format!("{}: must lie within ±{most} degrees.", part.name(key))))
}

fn media(part: &Part<'_>, kind: &str) -> Result<Content, GraphError> {
    part.only(match kind {
        "document" => &["id", "link", "caption", "filename"],
        "image" | "video" => &["id", "link", "caption"],
        "audio" => &["id", "link", "voice"],
        _ => &["id", "link"],
    })?;
    let caption = part.optional_text("caption", CAPTION)?.map(str::to_owned);
    let shown = if kind == "image" { Kind::Image } else { Kind::Unsupported };
    let view = View::of(shown, caption.or_else(|| (kind != "image").then(|| kind.to_owned())));
    match (part.optional_text("id", 64)?, part.optional_text("link", LONG)?) {
        (Some(id), None) => {
            let media_url = Some(format!("/simulator/media/{id}"));
            Ok(Content::Media { id: id.to_owned(), view: View { media_url, ..view } })
        }
        (None, Some(link)) if link.starts_with("https://") || link.starts_with("http://") => {
            Ok(Content::Shown(View { media_url: Some(link.to_owned()), ..view }))
        }
        (None, Some(_)) => Err(GraphError::value(format!("{}: must be a web address.", part.name("link")))),
        (Some(_), Some(_)) => Err(GraphError::invalid(format!("{kind}: give either id or link, not both."))),
        (None, None) => Err(GraphError::missing(part.name("id"))),
    }
}

fn template(part: &Part<'_>) -> Result<Content, GraphError> {
    part.only(&["name", "language", "components"])?;
    let name = part.text("name", 512)?.to_owned();
    let language = part.object("language")?.text("code", 16)?.to_owned();
    if part.get("components").is_some() {
        part.objects("components", 64)?;
    }
    Ok(Content::Template { name, language })
}

fn reaction(part: &Part<'_>) -> Result<Content, GraphError> {
    part.only(&["message_id", "emoji"])?;
    let message_id = part.text("message_id", LONG)?.to_owned();
    // An empty emoji takes the reaction away.
    if part.need("emoji")? != "" {
        part.text("emoji", 32)?;
    }
    Ok(Content::Reaction { message_id })
}

fn contacts(root: &Part<'_>) -> Result<View, GraphError> {
    for contact in root.objects("contacts", 257)? {
        contact.object("name")?.text("formatted_name", LONG)?;
    }
    Ok(View::of(Kind::Unsupported, Some("contacts".into())))
}
