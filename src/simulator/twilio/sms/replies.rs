//! TwiML that answers a text, read strictly.

use reqwest::Url;

use super::request::MOST_TEXT;
use crate::simulator::twilio::{
    schema::{self, Attribute, Check, Rule, SCHEMA},
    webhook::Answer,
    xml::{self, Broken, Element},
};

const RULES: &[Rule] = &[
    Rule { name: "Response", attributes: &[], children: &["Message", "Redirect"], text: false },
    Rule {
        name: "Message",
        attributes: &[
            Attribute("to", Check::Any, 14_101),
            Attribute("from", Check::Any, 14_102),
            Attribute("action", Check::Url, SCHEMA),
            Attribute("method", Check::Method, 14_104),
            Attribute("statusCallback", Check::Url, 14_105),
        ],
        children: &["Body", "Media"],
        text: true,
    },
    Rule { name: "Body", attributes: &[], children: &[], text: true },
    Rule { name: "Media", attributes: &[], children: &[], text: true },
    Rule {
        name: "Redirect",
        attributes: &[Attribute("method", Check::Method, 14_104)],
        children: &[],
        text: true,
    },
];

/// A message that goes back.
pub(super) struct Reply {
    pub(super) body: String,
    pub(super) media: usize,
    pub(super) callback: Option<Url>,
}

#[derive(PartialEq, Eq)]
pub(super) enum Step {
    Say { body: String, media: usize, callback: Option<String> },
    Redirect { url: String, get: bool },
}

/// What an answer says to do. 204 and an empty 200 say nothing.
pub(super) fn read(answer: &Answer) -> Result<Vec<Step>, Broken> {
    if answer.body.is_empty() {
        return Ok(Vec::new());
    }
    match answer.content_type.as_str() {
        "text/xml" | "application/xml" | "text/html" => {
            let root = xml::parse(&answer.body)?;
            schema::check(&root, RULES)?;
            root.children.iter().map(step).collect()
        }
        // Twilio sends plain text as it is.
        "text/plain" => {
            let body = String::from_utf8_lossy(&answer.body).trim().to_owned();
            say(body, 0, None).map(|step| vec![step])
        }
        _ => Err(Broken::new(12_300, "the content type is neither XML nor text")),
    }
}

fn step(element: &Element) -> Result<Step, Broken> {
    if element.name == "Redirect" {
        let url = element.text.trim().to_owned();
        let get = element.attribute("method") == Some("GET");
        return if url.is_empty() {
            Err(Broken::new(SCHEMA, "<Redirect> names no address"))
        } else {
            Ok(Step::Redirect { url, get })
        };
    }
    if ["to", "from"].iter().any(|name| element.attribute(name).is_some()) {
        return Err(Broken::new(SCHEMA, "the simulator only answers the person who wrote"));
    }
    let named = |name: &'static str| element.children.iter().filter(move |child| child.name == name);
    if element.has_own_text && !element.children.is_empty() {
        return Err(Broken::new(14_103, "<Message> holds text beside <Body> or <Media>"));
    }
    let body = match (element.has_own_text, named("Body").count()) {
        (true, _) => element.text.trim().to_owned(),
        (false, 0 | 1) => named("Body").map(|body| body.text.trim()).collect(),
        (false, _) => return Err(Broken::new(14_103, "<Message> holds more than one <Body>")),
    };
    // Both are told of the message's status.
    let callback = element.attribute("statusCallback").or_else(|| element.attribute("action"));
    say(body, named("Media").count(), callback.map(str::to_owned))
}

fn say(body: String, media: usize, callback: Option<String>) -> Result<Step, Broken> {
    if body.is_empty() && media == 0 {
        return Err(Broken::new(14_103, "<Message> says nothing"));
    }
    if body.chars().count() > MOST_TEXT {
        return Err(Broken::new(21_617, "<Message> holds more than 1600 characters"));
    }
    Ok(Step::Say { body, media, callback })
}
