//! Rendering: what a turn wants said, as bubbles within a channel's abilities.
//!
//! One renderer for every channel. It joins what one answer says into as few bubbles as fit (providers promise no
//! order between bubbles), and degrades a question: buttons, else a list, else numbered text. Options keep their
//! payload whatever becomes of their label. Pure.

use ventanilla_adapters::{
    Capabilities, Choice, Message, Outbound, Wanted,
    text::{cut, utf16_len},
};
use ventanilla_flows::{Ask, Event};
use ventanilla_values::Lang;

/// What a turn's events say, channel-free and in order.
pub fn outbounds(events: &[Event]) -> Vec<Outbound> {
    events.iter().filter_map(outbound).collect()
}

fn outbound(event: &Event) -> Option<Outbound> {
    match event {
        Event::Say { text } => Some(Outbound { text: text.clone(), ..Outbound::default() }),
        Event::Ask(ask) => Some(question(ask)),
        _ => None,
    }
}

fn question(ask: &Ask) -> Outbound {
    let choices = ask.offers.iter().map(|offer| Choice {
        payload: offer.payload.clone(),
        label: offer.label.clone(),
        description: offer.description.clone(),
    });
    let wanted = match ask.slot_type.as_str() {
        "place" => Some(Wanted::Location),
        "photo" => Some(Wanted::Photo),
        _ => None,
    };
    Outbound { text: ask.text.clone(), choices: choices.collect(), wanted }
}

/// The bubbles of one answer.
pub fn render(outbounds: &[Outbound], abilities: &Capabilities, lang: Lang) -> Vec<Message> {
    let mut bubbles = Vec::new();
    let mut said = String::new();
    for outbound in outbounds {
        let plain = outbound.choices.is_empty() && !asks_for_pin(outbound, abilities);
        let message = if plain { None } else { Some(interactive(outbound, abilities, lang)) };
        let room = match &message {
            None | Some(Message::Text { .. }) => abilities.text,
            Some(_) => abilities.interactive_body,
        };
        let text = message.as_ref().map_or(outbound.text.as_str(), Message::text);
        let joined = join(&said, text);
        if utf16_len(&joined) > room {
            flush(&mut said, abilities, &mut bubbles);
            said = text.to_owned();
        } else {
            said = joined;
        }
        if let Some(message) = message {
            bubbles.push(with_text(message, cut(&said, room)));
            said.clear();
        }
    }
    flush(&mut said, abilities, &mut bubbles);
    bubbles
}

fn join(said: &str, text: &str) -> String {
    match (said.is_empty(), text.trim().is_empty()) {
        (true, _) => text.to_owned(),
        (_, true) => said.to_owned(),
        _ => format!("{said}\n\n{text}"),
    }
}

fn flush(said: &mut String, abilities: &Capabilities, bubbles: &mut Vec<Message>) {
    let text = std::mem::take(said);
    bubbles.extend(split(&text, abilities.text).into_iter().map(|text| Message::Text { text }));
}

/// Cuts at paragraphs, then lines, then sentences, then words; never inside a grapheme.
fn split(text: &str, room: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if utf16_len(rest) <= room {
            parts.push(rest.to_owned());
            break;
        }
        let at = cut_at(rest, room);
        let (part, after) = rest.split_at(at);
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    parts
}

fn cut_at(text: &str, room: usize) -> usize {
    use unicode_segmentation::UnicodeSegmentation;
    let mut used = 0;
    let fits = text
        .grapheme_indices(true)
        .take_while(|(_, grapheme)| {
            used += utf16_len(grapheme);
            used <= room
        })
        .last()
        .map_or(0, |(at, grapheme)| at + grapheme.len());
    let (head, _) = text.split_at(fits);
    ["\n\n", "\n", ". ", " "]
        .iter()
        .filter_map(|border| head.rfind(border).map(|at| at + border.len()))
        .find(|at| *at > fits / 3)
        .unwrap_or_else(|| fits.max(text.chars().next().map_or(1, char::len_utf8)))
}

fn asks_for_pin(outbound: &Outbound, abilities: &Capabilities) -> bool {
    outbound.wanted == Some(Wanted::Location) && abilities.location_request
}

fn interactive(outbound: &Outbound, abilities: &Capabilities, lang: Lang) -> Message {
    let text = outbound.text.clone();
    let choices = &outbound.choices;
    if choices.is_empty() {
        return Message::LocationRequest { text };
    }
    if fits(choices, abilities.buttons, abilities.button_title) {
        let buttons = choices.iter().map(|choice| Choice { description: None, ..choice.clone() }).collect();
        return Message::Buttons { text, buttons };
    }
    if let Some(rows) = rows(choices, abilities) {
        return Message::List { text, open: open_label(lang).to_owned(), rows };
    }
    Message::Text { text: numbered(outbound) }
}

fn fits(choices: &[Choice], most: usize, title: usize) -> bool {
    choices.len() <= most && choices.iter().all(|choice| utf16_len(&choice.label) <= title)
}

/// List rows. A label that is too long is cut and stands whole in the description; `None` when there are too many,
/// or when two would look the same.
fn rows(choices: &[Choice], abilities: &Capabilities) -> Option<Vec<Choice>> {
    if choices.len() > abilities.list_rows {
        return None;
    }
    let rows: Vec<Choice> = choices.iter().map(|choice| row(choice, abilities)).collect();
    let looks = |row: &Choice| (row.label.clone(), row.description.clone());
    let alike = rows
        .iter()
        .enumerate()
        .any(|(n, row)| rows.iter().skip(n + 1).any(|other| looks(other) == looks(row)));
    (!alike).then_some(rows)
}

fn row(choice: &Choice, abilities: &Capabilities) -> Choice {
    let whole = utf16_len(&choice.label) <= abilities.row_title;
    let description = if whole { choice.description.as_deref() } else { Some(choice.label.as_str()) };
    Choice {
        payload: choice.payload.clone(),
        label: cut(&choice.label, abilities.row_title),
        description: description.map(|text| cut(text, abilities.row_description)),
    }
}

fn numbered(outbound: &Outbound) -> String {
    let options =
        outbound.choices.iter().enumerate().map(|(n, choice)| format!("{}. {}", n + 1, choice.label));
    std::iter::once(outbound.text.clone()).chain(options).collect::<Vec<_>>().join("\n")
}

fn open_label(lang: Lang) -> &'static str {
    if lang == Lang::EN { "See options" } else { "Ver opciones" }
}

fn with_text(message: Message, text: String) -> Message {
    match message {
        Message::Text { .. } => Message::Text { text },
        Message::Buttons { buttons, .. } => Message::Buttons { text, buttons },
        Message::List { open, rows, .. } => Message::List { text, open, rows },
        Message::LocationRequest { .. } => Message::LocationRequest { text },
    }
}

/// The message without the secrets it holds; `None` where it holds none.
pub fn masked(message: &Message, secrets: &[String]) -> Option<Message> {
    let told: Vec<&String> = secrets.iter().filter(|secret| message.text().contains(*secret)).collect();
    if told.is_empty() {
        return None;
    }
    let text =
        told.into_iter().fold(message.text().to_owned(), |text, secret| text.replace(secret, "••••••"));
    Some(with_text(message.clone(), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whatsapp() -> Capabilities {
        Capabilities {
            buttons: 3,
            button_title: 20,
            list_rows: 10,
            row_title: 24,
            row_description: 72,
            interactive_body: 1024,
            text: 4096,
            location_request: true,
            reply_path: ventanilla_adapters::ReplyPath::Call,
        }
    }

    fn say(text: &str) -> Outbound {
        Outbound { text: text.to_owned(), ..Outbound::default() }
    }

    fn ask(labels: &[&str]) -> Outbound {
        let choices = labels.iter().enumerate().map(|(n, label)| Choice {
            payload: format!("q:{n}"),
            label: (*label).to_owned(),
            description: None,
        });
        Outbound { text: "¿Cuál?".to_owned(), choices: choices.collect(), wanted: None }
    }

    fn one(outbounds: &[Outbound]) -> Message {
        let mut bubbles = render(outbounds, &whatsapp(), Lang::ES);
        assert_eq!(bubbles.len(), 1, "{bubbles:?}");
        bubbles.remove(0)
    }

    #[test]
    fn what_one_answer_says_is_one_bubble() {
        let Message::Buttons { text, buttons } =
            one(&[say("Hola."), say("Soy de aquí."), ask(&["Sí", "No"])])
        else {
            panic!("two short options are buttons")
        };
        assert_eq!(text, "Hola.\n\nSoy de aquí.\n\n¿Cuál?");
        assert_eq!(buttons.len(), 2);
    }

    #[test]
    fn four_options_are_a_list_and_eleven_are_numbered() {
        assert!(matches!(one(&[ask(&["a", "b", "c", "d"])]), Message::List { rows, .. } if rows.len() == 4));
        let many: Vec<String> = (0..11).map(|n| format!("opción {n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let Message::Text { text } = one(&[ask(&many)]) else { panic!("more than ten do not fit a list") };
        assert!(text.ends_with("11. opción 10"), "{text}");
    }

    #[test]
    fn two_labels_that_begin_alike_stay_two() {
        let message = one(&[ask(&["Report a broken street light", "Report a broken street sign"])]);
        let Message::List { rows, .. } = message else { panic!("too long for buttons") };
        assert_ne!(rows[0].description, rows[1].description);
        assert_ne!(rows[0].payload, rows[1].payload);
        assert!(rows.iter().all(|row| utf16_len(&row.label) <= 24));
    }

    #[test]
    fn a_place_is_asked_for_with_a_pin() {
        let place = Outbound { wanted: Some(Wanted::Location), ..say("¿Dónde está?") };
        assert!(
            matches!(one(&[say("Va."), place]), Message::LocationRequest { text } if text.starts_with("Va."))
        );
    }

    #[test]
    fn a_long_text_is_cut_between_sentences_and_loses_nothing() {
        let long = "Esta oración tiene ñandúes. ".repeat(400);
        let bubbles = render(&[say(&long)], &whatsapp(), Lang::ES);
        assert!(bubbles.len() > 2);
        for bubble in &bubbles {
            assert!(utf16_len(bubble.text()) <= 4096 && bubble.text().ends_with('.'), "{}", bubble.text());
        }
        let words: usize = bubbles.iter().map(|bubble| bubble.text().split_whitespace().count()).sum();
        assert_eq!(words, long.split_whitespace().count());
    }

    #[test]
    fn a_secret_is_masked_and_nothing_else_is_touched() {
        let said = Message::Text { text: "Tu PIN es 041927.".to_owned() };
        let kept = masked(&said, &["041927".to_owned()]).unwrap();
        assert_eq!(kept.text(), "Tu PIN es ••••••.");
        assert_eq!(masked(&said, &["999999".to_owned()]), None);
    }

    #[test]
    fn one_grapheme_that_is_too_long_does_not_hang() {
        let monster = format!("a{}", "\u{301}".repeat(9000));
        assert!(!split(&monster, 4096).is_empty());
    }
}
