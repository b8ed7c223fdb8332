//! Templates: Meta has the text, we have what is filled in. Called by `content`.

use serde_json::{Value, json};

use super::{
    attachment,
    limits::{labelled, ours},
};
use crate::{MediaKind, SendError, Template, TemplateButton, TemplateHeader, TemplateText};

/// Meta: a name has 512 characters, a payload and a value as many as a body.
const MAX_NAME: usize = 512;
const MAX_LANGUAGE: usize = 16;
const MAX_VALUE: usize = 1024;
const MAX_HEADER: usize = 60;
const MAX_PAYLOAD: usize = 256;
const MAX_SUFFIX: usize = 2000;
/// Meta: buttons are numbered from 0, at most 10.
const MAX_BUTTONS: u8 = 10;

pub(super) fn write(template: &Template) -> Result<Value, SendError> {
    labelled("El nombre de la plantilla", &template.name, MAX_NAME)?;
    labelled("El idioma de la plantilla", &template.language, MAX_LANGUAGE)?;
    let mut components = Vec::new();
    if let Some(header) = &template.header {
        components.push(json!({"type": "header", "parameters": [head(header)?]}));
    }
    if !template.body.is_empty() {
        let values: Result<Vec<Value>, SendError> =
            template.body.iter().map(|value| parameter(value, MAX_VALUE)).collect();
        components.push(json!({"type": "body", "parameters": values?}));
    }
    for one in &template.buttons {
        components.push(button(one)?);
    }
    Ok(json!({"name": template.name, "language": {"code": template.language}, "components": components}))
}

/// Meta: a text, or an image, a video or a document.
fn head(header: &TemplateHeader) -> Result<Value, SendError> {
    match header {
        TemplateHeader::Text { value } => parameter(value, MAX_HEADER),
        TemplateHeader::Media { attachment }
            if matches!(attachment.kind, MediaKind::Image | MediaKind::Video | MediaKind::Document) =>
        {
            let (kind, media) = attachment::object(attachment)?;
            let mut parameter = json!({"type": kind});
            parameter[kind] = Value::Object(media);
            Ok(parameter)
        }
        TemplateHeader::Media { .. } => {
            let sentence = "Una plantilla solo puede empezar con texto, una imagen, un video o un documento.";
            Err(ours(sentence.to_owned()))
        }
    }
}

/// Places with names are filled by name, the others in order.
fn parameter(text: &TemplateText, limit: usize) -> Result<Value, SendError> {
    let value = one_line(&text.value);
    labelled("Un dato de la plantilla", &value, limit)?;
    Ok(match &text.name {
        Some(name) => json!({"type": "text", "parameter_name": name, "text": value}),
        None => json!({"type": "text", "text": value}),
    })
}

/// Meta refuses line ends, tabs and runs of blanks in what is filled in.
fn one_line(value: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    value.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn button(button: &TemplateButton) -> Result<Value, SendError> {
    let (index, kind, value) = match button {
        TemplateButton::QuickReply { index, payload } => {
            let payload = one_line(payload);
            labelled("El identificador de un botón", &payload, MAX_PAYLOAD)?;
            (*index, "quick_reply", json!({"type": "payload", "payload": payload}))
        }
        TemplateButton::Url { index, suffix } => {
            let suffix = one_line(suffix).replace(' ', "%20");
            labelled("La dirección de un botón", &suffix, MAX_SUFFIX)?;
            (*index, "url", json!({"type": "text", "text": suffix}))
        }
    };
    if index >= MAX_BUTTONS {
        return Err(ours(format!("La plantilla no tiene un botón número {}.", u16::from(index) + 1)));
    }
    Ok(json!({"type": "button", "sub_type": kind, "index": index.to_string(), "parameters": [value]}))
}
