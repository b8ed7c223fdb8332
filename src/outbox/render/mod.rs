//! Rendering: what a turn wants said, as bubbles within a channel's abilities.
//!
//! One renderer for every channel. It joins what one answer says into as few bubbles as fit (providers promise no
//! order between bubbles), and degrades: buttons, else a list, else numbered text, else spoken options with keys; a
//! button that opens a page becomes its address, a picture its description. Options keep their payload whatever becomes
//! of their label, and nothing is dropped: what does not fit is on the next page or in the next message. Pure.

mod options;
mod plain;
mod split;
mod spoken;
#[cfg(test)]
mod tests;

use ventanilla_adapters::{
    Attachment, AttachmentSource, Capabilities, Choice, Link, MediaKind, Message, Outbound, Question, Wanted,
    text::utf16_len,
};
use ventanilla_flows::{Ask, Event, Session};
use ventanilla_values::Lang;

pub use options::MORE;
pub use spoken::{End, speak};

/// What stands in the place of a secret that was said.
const MASK: &str = "••••••";

/// What a turn's events say, channel-free and in order. `session` is the one after the turn: its open question is the
/// last that was asked.
pub fn outbounds(events: &[Event], session: &Session) -> Vec<Outbound> {
    let mut outbounds: Vec<Outbound> = events.iter().filter_map(outbound).collect();
    if let Some(asked) = &session.asked
        && let Some(question) = outbounds.iter_mut().rev().find_map(|outbound| outbound.question.as_mut())
    {
        question.id.clone_from(&asked.id);
        question.misses = asked.misses;
    }
    outbounds
}

fn outbound(event: &Event) -> Option<Outbound> {
    match event {
        Event::Say { text, link, image } => Some(Outbound {
            text: text.clone(),
            link: link.as_ref().map(|link| Link { label: link.label.clone(), url: link.url.clone() }),
            attachment: image.as_ref().map(picture),
            ..Outbound::default()
        }),
        Event::Ask(ask) => Some(question(ask)),
        _ => None,
    }
}

fn picture(image: &ventanilla_flows::Image) -> Attachment {
    // A file of ours, as actions give it: `media:image/jpeg/<id>`.
    let file = image.url.strip_prefix("media:").and_then(|file| file.rsplit_once('/'));
    let (source, mime) = match file {
        Some((mime, id)) => (AttachmentSource::File(id.to_owned()), mime),
        None => (AttachmentSource::Link(image.url.clone()), "image/jpeg"),
    };
    Attachment {
        kind: MediaKind::Image,
        source,
        mime: mime.to_owned(),
        filename: None,
        described: image.described.clone(),
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
        "phone" => Some(Wanted::Phone),
        _ => None,
    };
    let question =
        Question { id: String::new(), misses: 0, slot_type: ask.slot_type.clone(), from: ask.from };
    Outbound {
        text: ask.text.clone(),
        choices: choices.collect(),
        wanted,
        question: Some(question),
        ..Outbound::default()
    }
}

/// The bubbles of one answer. Where it is heard and not read, see [`speak`].
pub fn render(outbounds: &[Outbound], abilities: &Capabilities, lang: Lang) -> Vec<Message> {
    let mut page = Page { abilities, bubbles: Vec::new(), said: String::new() };
    for outbound in outbounds {
        match single(outbound, abilities, lang) {
            None => page.add(&words(outbound)),
            Some(Message::Text { text }) => page.add(&text),
            Some(message) => page.put(message),
        }
    }
    page.flush();
    page.bubbles
}

/// The bubble that a saying needs for itself; `None` where its words are enough.
fn single(outbound: &Outbound, abilities: &Capabilities, lang: Lang) -> Option<Message> {
    if !outbound.choices.is_empty() {
        return Some(options::offer(outbound, abilities, lang));
    }
    let text = outbound.text.clone();
    match (&outbound.link, &outbound.attachment, outbound.wanted) {
        (Some(link), ..) if fits_button(link, abilities) => Some(Message::Link { text, link: link.clone() }),
        (_, Some(attachment), _) if abilities.caption > 0 => {
            Some(Message::Media { text, attachment: attachment.clone() })
        }
        (_, _, Some(Wanted::Location)) if abilities.location_request => {
            Some(Message::LocationRequest { text })
        }
        (_, _, Some(Wanted::Phone)) if abilities.contact_request => Some(Message::ContactRequest { text }),
        _ => None,
    }
}

fn fits_button(link: &Link, abilities: &Capabilities) -> bool {
    abilities.link_label > 0 && utf16_len(&link.label) <= abilities.link_label
}

/// All that a saying says, in words.
fn words(outbound: &Outbound) -> String {
    let link = outbound.link.as_ref().map(|link| format!("{}: {}", link.label, link.url));
    let shown = outbound.attachment.as_ref().map(|attachment| attachment.described.clone());
    let parts = [Some(outbound.text.clone()), link, shown];
    parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// A message as words alone: for a picture that does not arrive.
pub fn in_words(message: &Message) -> String {
    match message {
        Message::Media { text, attachment } => words(&Outbound {
            text: text.clone(),
            attachment: Some(attachment.clone()),
            ..Outbound::default()
        }),
        Message::Link { text, link } => {
            words(&Outbound { text: text.clone(), link: Some(link.clone()), ..Outbound::default() })
        }
        other => other.text().to_owned(),
    }
}

/// A message that was rendered for one channel, for another.
pub fn again(message: &Message, abilities: &Capabilities, lang: Lang) -> Vec<Message> {
    let retold = match message {
        Message::List { text, rows, from, .. } if abilities.list_rows == 0 => {
            options::retold(text, rows, *from, abilities, lang)
        }
        other => other.clone(),
    };
    render(&[outbound_of(&retold)], abilities, lang)
}

/// What a rendered message says, channel-free again.
fn outbound_of(message: &Message) -> Outbound {
    let text = message.text().to_owned();
    match message {
        Message::Buttons { buttons: choices, .. } | Message::List { rows: choices, .. } => {
            Outbound { text, choices: choices.clone(), ..Outbound::default() }
        }
        Message::Link { link, .. } => Outbound { text, link: Some(link.clone()), ..Outbound::default() },
        Message::Media { attachment, .. } => {
            Outbound { text, attachment: Some(attachment.clone()), ..Outbound::default() }
        }
        _ => Outbound { text, ..Outbound::default() },
    }
}

/// The bubbles so far, and what is still to be put into the next.
struct Page<'a> {
    abilities: &'a Capabilities,
    bubbles: Vec<Message>,
    said: String,
}

impl Page<'_> {
    /// Words join those before them, as long as one bubble holds them.
    fn add(&mut self, text: &str) {
        let joined = join(&self.said, text);
        if utf16_len(&joined) > self.abilities.text {
            self.flush();
            text.clone_into(&mut self.said);
        } else {
            self.said = joined;
        }
    }

    /// A bubble that is more than words: what was said before becomes its beginning, where it fits.
    fn put(&mut self, message: Message) {
        if let Message::Media { text, attachment } = &message
            && matches!(attachment.kind, MediaKind::Audio | MediaKind::Sticker)
        {
            // Nothing can be written under a voice note or a sticker.
            self.add(text);
            self.flush();
            self.bubbles.push(message.with_text(String::new()));
            return;
        }
        let room = match &message {
            Message::Media { .. } => self.abilities.caption,
            _ => self.abilities.interactive_body,
        };
        let joined = join(&self.said, message.text());
        if utf16_len(&joined) <= room {
            self.said.clear();
            self.bubbles.push(message.with_text(joined));
            return;
        }
        self.flush();
        // What is too long for a bubble with buttons goes before it, whole; its last part stays with the buttons.
        let mut parts = split::split(message.text(), room);
        let last = parts.pop().unwrap_or_default();
        self.bubbles.extend(parts.into_iter().map(|text| Message::Text { text }));
        self.bubbles.push(message.with_text(last));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.said);
        let parts = match self.abilities.segments {
            Some(segments) => ventanilla_adapters::sms::parts(&plain::plain(&text), segments),
            None => split::split(&text, self.abilities.text),
        };
        self.bubbles.extend(parts.into_iter().map(|text| Message::Text { text }));
    }
}

fn join(said: &str, text: &str) -> String {
    match (said.is_empty(), text.trim().is_empty()) {
        (true, _) => text.to_owned(),
        (_, true) => said.to_owned(),
        _ => format!("{said}\n\n{text}"),
    }
}

/// The message without the secrets it holds; `None` where it holds none. Spoken digits stand apart, so a secret is
/// found with blanks and stops between its digits as well.
pub fn masked(message: &Message, secrets: &[String]) -> Option<Message> {
    let text = message.text();
    let clean = secrets.iter().fold(text.to_owned(), |text, secret| without(&text, secret));
    (clean != text).then(|| message.clone().with_text(clean))
}

/// Whether a message lost a secret that it held: it is not whole any more.
pub fn is_masked(message: &Message) -> bool {
    message.text().contains(MASK)
}

/// The secrets of a message, found by what was masked in its copy.
pub fn secrets(message: &Message, masked: &Message) -> Vec<String> {
    let mut rest = message.text();
    let mut secrets = Vec::new();
    let mut pieces = masked.text().split(MASK);
    rest = pieces.next().and_then(|piece| rest.strip_prefix(piece)).unwrap_or(rest);
    for piece in pieces {
        let found = if piece.is_empty() { Some((rest, "")) } else { rest.split_once(piece) };
        let Some((secret, after)) = found else { break };
        secrets.push(secret.to_owned());
        rest = after;
    }
    secrets.retain(|secret| !secret.is_empty());
    secrets
}

fn without(text: &str, secret: &str) -> String {
    let mut clean = text.replace(secret, MASK);
    let digits: Vec<char> = secret.chars().collect();
    while let Some(range) = spread(&clean, &digits) {
        clean.replace_range(range, MASK);
    }
    clean
}

/// Where the characters of a secret stand in order with nothing but blanks and punctuation between.
fn spread(text: &str, secret: &[char]) -> Option<std::ops::Range<usize>> {
    let (first, rest) = secret.split_first()?;
    text.char_indices().filter(|(_, c)| c == first).find_map(|(start, _)| {
        let mut end = start + first.len_utf8();
        let mut after = text.get(end..)?.char_indices();
        for wanted in rest {
            let (at, found) = after.by_ref().find(|(_, c)| !matches!(c, ' ' | ',' | '.'))?;
            if found != *wanted {
                return None;
            }
            end = start + first.len_utf8() + at + found.len_utf8();
        }
        Some(start..end)
    })
}
