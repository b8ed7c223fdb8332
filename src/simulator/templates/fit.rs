//! Holds what a send fills in against what was approved, and makes the text the phone shows.

use super::{Category, Header, Template, TemplateButton};
use crate::simulator::{
    bubble::{Button, Kind, Link, View},
    error::GraphError,
    validate::{Filled, Given, Named, Press, Slot},
};

/// What the filled-in text may measure, in UTF-16 units.
const HEADER: usize = 60;
const BODY: usize = 1024;

/// A template that can leave, once its files were found.
pub(in crate::simulator) struct Fitted {
    pub(in crate::simulator) view: View,
    pub(in crate::simulator) files: Vec<Named>,
    pub(in crate::simulator) category: Category,
}

pub(super) fn fit(template: &Template, filled: Filled) -> Result<Fitted, GraphError> {
    let mut fitted = Fitted {
        view: View { template: Some(template.name.clone()), ..View::of(Kind::Template, None) },
        files: Vec::new(),
        category: template.category,
    };
    let header = fitted.header(template.header.as_ref(), filled.header)?;
    let mut text = filled_in("body", &template.body, &filled.body, BODY)?;
    if let Some(header) = header {
        text = format!("*{header}*\n{text}");
    }
    if let Some(footer) = &template.footer {
        text = format!("{text}\n_{footer}_");
    }
    fitted.view.text = Some(text);
    fitted.buttons(&template.buttons, &filled.buttons)?;
    Ok(fitted)
}

impl Fitted {
    /// The header's text, if it is one.
    fn header(&mut self, header: Option<&Header>, given: Vec<Slot>) -> Result<Option<String>, GraphError> {
        let format = match header {
            None if given.is_empty() => return Ok(None),
            None => return Err(count("header", given.len(), 0)),
            Some(Header::Text { text }) => return filled_in("header", text, &given, HEADER).map(Some),
            Some(Header::Image) => "IMAGE",
            Some(Header::Video) => "VIDEO",
            Some(Header::Document) => "DOCUMENT",
            Some(Header::Location) => "LOCATION",
        };
        let received = given.len();
        let Ok([slot]) = <[Slot; 1]>::try_from(given) else { return Err(count("header", received, 1)) };
        if slot.given.format() != format {
            return Err(mismatch("header", format, slot.given.format()));
        }
        match slot.given {
            Given::File { url, file, .. } => {
                self.view.media_url = Some(url);
                self.files.extend(file);
            }
            Given::Place(place) => self.view.location = Some(place),
            Given::Text(_) => {}
        }
        Ok(None)
    }

    fn buttons(&mut self, buttons: &[TemplateButton], pressed: &[Press]) -> Result<(), GraphError> {
        if let Some(press) = pressed.iter().find(|press| press.index >= buttons.len()) {
            let (index, has) = (press.index, buttons.len());
            let details = format!("buttons: index {index} is out of range; the template has {has} buttons.");
            return Err(GraphError::of(132_018, details));
        }
        for (index, button) in buttons.iter().enumerate() {
            let press = pressed.iter().find(|press| press.index == index);
            if let Some(press) = press.filter(|press| press.kind != button.sub_type()) {
                let (wanted, kind) = (button.sub_type(), &press.kind);
                let details =
                    format!("buttons: button at index {index} is of type {wanted}, received {kind}.");
                return Err(GraphError::of(132_018, details));
            }
            self.button(button, index, press)?;
        }
        Ok(())
    }

    fn button(
        &mut self,
        button: &TemplateButton,
        index: usize,
        press: Option<&Press>,
    ) -> Result<(), GraphError> {
        let given = press.map(|press| press.text.clone());
        let mut show = |id: String, title: &str| {
            self.view.buttons.push(Button { id, title: title.to_owned() });
        };
        match button {
            // Meta: without a payload, the button's text comes back as it.
            TemplateButton::QuickReply { text } => show(given.unwrap_or_else(|| text.clone()), text),
            TemplateButton::CopyCode { text } => show(given.ok_or_else(|| wants(index, "copy_code"))?, text),
            TemplateButton::Flow { text } => show(given.unwrap_or_else(|| "unused".to_owned()), text),
            TemplateButton::RequestContactInfo { text } => show("request_contact_info".to_owned(), text),
            TemplateButton::PhoneNumber { text, phone_number } => {
                self.view.link = Some(Link { title: text.clone(), url: format!("tel:{phone_number}") });
            }
            TemplateButton::Url { text, url } => {
                let url = address(url, given, index)?;
                self.view.link = Some(Link { title: text.clone(), url });
            }
        }
        Ok(())
    }
}

impl TemplateButton {
    fn sub_type(&self) -> &'static str {
        match self {
            Self::QuickReply { .. } => "quick_reply",
            Self::Url { .. } => "url",
            Self::PhoneNumber { .. } => "phone_number",
            Self::CopyCode { .. } => "copy_code",
            Self::Flow { .. } => "flow",
            Self::RequestContactInfo { .. } => "request_contact_info",
        }
    }
}

/// The link's address with its end, where the approved one leaves it open.
fn address(url: &str, end: Option<String>, index: usize) -> Result<String, GraphError> {
    match (url.split_once("{{"), end) {
        (Some((start, _)), Some(end)) => Ok(format!("{start}{end}")),
        (Some(_), None) => Err(wants(index, "Url")),
        (None, None) => Ok(url.to_owned()),
        (None, Some(_)) => {
            let details = format!("buttons: button at index {index} of type Url takes no parameter.");
            Err(GraphError::of(132_018, details))
        }
    }
}

fn wants(index: usize, kind: &str) -> GraphError {
    GraphError::of(131_008, format!("buttons: button at index {index} of type {kind} requires a parameter."))
}

fn count(place: &str, given: usize, wanted: usize) -> GraphError {
    let details = format!(
        "{place}: number of localizable_params ({given}) does not match the expected number of params ({wanted})"
    );
    GraphError::of(132_000, details)
}

fn mismatch(place: &str, wanted: &str, given: &str) -> GraphError {
    GraphError::of(132_012, format!("{place}: Format mismatch, expected {wanted}, received {given}"))
}

/// The approved text with every placeholder filled.
fn filled_in(place: &str, text: &str, slots: &[Slot], most: usize) -> Result<String, GraphError> {
    let names = placeholders(text);
    if names.len() != slots.len() {
        return Err(count(place, slots.len(), names.len()));
    }
    let values = values(place, &names, slots)?;
    let mut full = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = next_placeholder(rest) {
        let value = values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
        full = full + before + value;
        rest = after;
    }
    full += rest;
    if full.encode_utf16().count() > most {
        return Err(GraphError::of(132_005, format!("{place}: longer than {most} when filled in.")));
    }
    Ok(full)
}

/// Which value each placeholder gets.
fn values<'a>(place: &str, names: &[&str], slots: &'a [Slot]) -> Result<Vec<(String, &'a str)>, GraphError> {
    let by_name = names.iter().any(|name| name.parse::<u32>().is_err());
    let mut values: Vec<(String, &str)> = Vec::with_capacity(slots.len());
    for (slot, position) in slots.iter().zip(1_usize..) {
        let Given::Text(value) = &slot.given else {
            return Err(mismatch(place, "TEXT", slot.given.format()));
        };
        let name = match (&slot.name, by_name) {
            (None, true) => return Err(GraphError::invalid("Parameter name is missing or empty")),
            (None, false) => position.to_string(),
            (Some(name), _) => name.clone(),
        };
        if !names.contains(&name.as_str()) || values.iter().any(|(known, _)| *known == name) {
            let details = format!("{place}: the template has no (other) parameter \"{name}\".");
            return Err(GraphError::of(132_012, details));
        }
        values.push((name, value));
    }
    Ok(values)
}

/// The names within double braces, each once, in the order of the text.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, name, after)) = next_placeholder(rest) {
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    names
}

/// The text before the next placeholder, its name, and the text after it.
fn next_placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, open) = text.split_once("{{")?;
    let (name, after) = open.split_once("}}")?;
    Some((before, name, after))
}
