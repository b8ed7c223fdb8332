//! What an answer becomes on its channel, before it is sent.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_adapters::{
    Channel, Outbound, capabilities,
    sms::{Encoding, saved, segments},
};
use ventanilla_values::Lang;

use super::Cost;
use crate::outbox::render::render;

/// From so many segments on an answer by SMS is told to be long: each is paid for.
const LONG: usize = 3;

/// What an answer becomes on its channel.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Preview {
    #[schema(value_type = Option<String>)]
    pub channel: Option<Channel>,
    /// Messages, or segments that are paid for.
    pub parts: usize,
    pub characters: usize,
    /// `gsm7` or `ucs2`, where segments are counted.
    pub encoding: Option<String>,
    /// Characters of one message or segment.
    pub limit: usize,
    /// Where the town told what it pays.
    pub cost: Option<Cost>,
    /// In sentences.
    pub warnings: Vec<String>,
}

/// What `text` becomes for somebody who is talked with on `channel` in `lang`.
pub fn preview(channel: Option<Channel>, text: &str, lang: Lang) -> Preview {
    let characters = text.chars().count();
    let Some(written) = channel.filter(|channel| *channel != Channel::Voice) else {
        let why = say(lang, "Es una llamada: háblale por teléfono.", "It is a call: call them back.");
        return Preview {
            channel,
            parts: 0,
            characters,
            encoding: None,
            limit: 0,
            cost: None,
            warnings: vec![why],
        };
    };
    let abilities = capabilities(written);
    let bubbles = render(&[Outbound { text: text.to_owned(), ..Outbound::default() }], abilities, lang);
    if abilities.segments.is_some() {
        return by_sms(channel, text, lang);
    }
    let mut warnings = Vec::new();
    if bubbles.len() > 1 {
        warnings.push(say(
            lang,
            &format!("Se va a mandar en {} mensajes.", bubbles.len()),
            &format!("It will be sent as {} messages.", bubbles.len()),
        ));
    }
    let (parts, limit) = (bubbles.len(), abilities.text);
    Preview { channel, parts, characters, encoding: None, limit, cost: None, warnings }
}

fn by_sms(channel: Option<Channel>, text: &str, lang: Lang) -> Preview {
    let counted = segments(text);
    let (name, limit) = match counted.encoding {
        Encoding::Gsm7 => ("gsm7", counted.encoding.single()),
        Encoding::Ucs2 => ("ucs2", counted.encoding.single()),
    };
    let mut warnings = Vec::new();
    if counted.count >= LONG {
        warnings.push(say(
            lang,
            &format!("Son {} mensajes de texto: si puedes, dilo más corto.", counted.count),
            &format!("That is {} text messages: say it in fewer words if you can.", counted.count),
        ));
    }
    if let Some(saved) = saved(text) {
        warnings.push(say(
            lang,
            &format!("Sin acentos serían {}.", saved.after.count),
            &format!("Without accents it would be {}.", saved.after.count),
        ));
    }
    Preview {
        channel,
        parts: counted.count,
        characters: text.chars().count(),
        encoding: Some(name.to_owned()),
        limit,
        cost: None,
        warnings,
    }
}

fn say(lang: Lang, es: &str, en: &str) -> String {
    if lang == Lang::EN { en } else { es }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_cost_text_messages_and_nothing_on_whatsapp() {
        let text =
            "Mañana pasa la cuadrilla por tu calle. ".repeat(3) + "¿Está bien así, o prefieres otro día?";
        let sms = preview(Some(Channel::Sms), &text, Lang::ES);
        assert_eq!((sms.parts, sms.encoding.as_deref(), sms.limit), (3, Some("ucs2"), 70));
        assert_eq!(sms.warnings.len(), 2, "long, and cheaper without accents: {:?}", sms.warnings);
        let whatsapp = preview(Some(Channel::Whatsapp), &text, Lang::ES);
        assert_eq!((whatsapp.parts, whatsapp.encoding, whatsapp.warnings), (1, None, Vec::new()));
    }

    #[test]
    fn nobody_is_written_to_on_a_call() {
        assert_eq!(preview(Some(Channel::Voice), "Hola", Lang::ES).parts, 0);
    }
}
