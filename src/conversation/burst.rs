//! Which waiting messages are one turn. People send a photo and then say what it is, or "hola" and then the
//! matter: answering each on its own reads badly.
//!
//! Only what says nothing on its own waits: a photo or pin that nobody asked for, without text, and text that fills
//! nothing and names no intent. Buttons, digits, keywords and safety never wait.

use ventanilla_adapters::{Body, CallEvent, Media, MediaKind, whatsapp::SILENT_KINDS};

use super::keywords::{Keyword, keyword};
use crate::store::{
    inbox::Waiting,
    transcripts::{NoteState, Outcome, Transcript},
};

/// The messages of one turn, put together.
#[derive(Debug, Clone, Default)]
pub struct Burst<'a> {
    /// All of them, in order; their rows are done with this turn.
    pub messages: Vec<&'a Waiting>,
    pub photo: Option<&'a Media>,
    pub location: Option<Pin<'a>>,
    /// The texts, a line each.
    pub text: String,
    pub choice: Option<(&'a str, &'a str)>,
    /// Provider's name of something that cannot be read.
    pub unsupported: Option<&'a str>,
    /// News that nobody waits for an answer to: an emoji on a message, a change of an old one, a colleague's answer.
    pub news: bool,
    /// Somebody of the town answered from the phone's own app.
    pub echo: bool,
    /// Keys of a phone, and the number of the option before the first that was read out.
    pub keys: Option<(&'a str, usize)>,
    /// The person's own number, given because we asked for it.
    pub contact: Option<&'a str>,
    /// What happened to a call.
    pub call: Option<CallEvent>,
    /// Nobody said anything into the phone.
    pub silence: bool,
    /// How sure the recogniser was of words that were said in a call, where it says.
    pub confidence: Option<f32>,
    /// These words as the recogniser wrote them, where they were put right afterwards.
    pub said: Option<&'a str>,
    /// These words, where the person has to confirm them.
    pub misheard: Option<&'a str>,
    /// A voice note, and what came of it. Its words are in `text` too, where there are any.
    pub note: Option<&'a Transcript>,
}

#[derive(Debug, Clone, Copy)]
pub struct Pin<'a> {
    pub lat: f64,
    pub lon: f64,
    pub name: Option<&'a str>,
    pub address: Option<&'a str>,
}

impl<'a> Burst<'a> {
    /// The first turn's worth of the waiting messages, and whether more may be about to come that belong to it.
    /// `enough` tells whether what is gathered can be acted on.
    pub fn gather(waiting: &'a [Waiting], mut enough: impl FnMut(&Self) -> bool) -> (Self, bool) {
        let mut burst = Self::default();
        let mut open = true;
        for message in waiting {
            let elsewhere = burst.messages.first().is_some_and(|first| !same_place(first, message));
            if !open || elsewhere || !burst.takes(message) {
                return (burst, false);
            }
            burst.add(message);
            open = !enough(&burst);
        }
        (burst, open)
    }

    /// Whether this is the last of the burst so far, received at (Unix ms).
    pub fn last_at(&self) -> i64 {
        self.messages.last().map_or(0, |message| message.received_at)
    }

    /// The call that brought this: ids are `{call}:…`.
    pub fn call_id(&self) -> &str {
        let id = self.messages.first().map_or("", |message| message.inbound.id.as_str());
        id.split(':').next().unwrap_or_default()
    }

    /// Nobody waits for an answer to this.
    pub fn is_silent(&self) -> bool {
        self.text.is_empty()
            && self.photo.is_none()
            && self.location.is_none()
            && self.choice.is_none()
            && self.keys.is_none()
            && self.contact.is_none()
            && self.note.is_none()
            && self.call.is_none_or(|event| event == CallEvent::Ended)
            && !self.silence
            && self.unsupported.is_none_or(|kind| SILENT_KINDS.contains(&kind))
    }

    /// The words of a note or in a call that the person has to confirm before they count.
    pub fn unsure(&self) -> Option<&'a str> {
        let unsure = |heard: &&Outcome| heard.state == NoteState::Heard && !heard.sure;
        let note = self.note.map(|note| &note.outcome).filter(unsure);
        note.map(|heard| heard.text.as_str()).or(self.misheard)
    }

    /// The words of a note or in a call as the recogniser wrote them, where they were put right afterwards.
    pub fn raw(&self) -> Option<&'a str> {
        let put_right = |heard: &&Outcome| heard.raw != heard.text && !heard.raw.is_empty();
        let note = self.note.map(|note| &note.outcome).filter(put_right);
        note.map(|heard| heard.raw.as_str()).or(self.said)
    }

    /// Everything in words here that has a meaning.
    pub(super) fn texts(&self) -> Vec<String> {
        self.raw().map(str::to_owned).into_iter().chain([self.text.clone()]).collect()
    }

    /// From now on it is these words, as if the person had typed them.
    pub(super) fn is_typed(&mut self, text: String) {
        (self.text, self.choice, self.keys, self.note) = (text, None, None, None);
        (self.confidence, self.said, self.misheard) = (None, None, None);
    }

    /// Whether a message can join what is gathered so far: one photo, one pin, and no button behind them.
    fn takes(&self, message: &Waiting) -> bool {
        let first = self.messages.is_empty();
        if let Some(note) = &message.note {
            return first || note.outcome.sure && self.note.is_none() && !stands_alone(&note.outcome.text);
        }
        match &message.inbound.body {
            Body::Text { text } => first || !stands_alone(text),
            Body::Form { .. } | Body::Order { .. } | Body::Contact { .. } => true,
            Body::Location { .. } => self.location.is_none(),
            Body::Media(media) => first || (is_photo(media) && self.photo.is_none()),
            Body::Reaction { .. } | Body::Edited { .. } | Body::Revoked { .. } => true,
            Body::Choice { .. }
            | Body::Unsupported { .. }
            | Body::Echo { .. }
            | Body::Call { .. }
            | Body::Speech { .. }
            | Body::Digits { .. }
            | Body::Silence => first,
        }
    }

    fn add(&mut self, message: &'a Waiting) {
        self.messages.push(message);
        if let Some(note) = &message.note {
            self.note = Some(note);
            self.add_text(&note.outcome.text);
        }
        match &message.inbound.body {
            Body::Text { text } => self.add_text(text),
            Body::Location { lat, lon, name, address } => {
                let (name, address) = (name.as_deref(), address.as_deref());
                self.location = Some(Pin { lat: *lat, lon: *lon, name, address });
            }
            Body::Media(media) => self.add_media(media),
            Body::Choice { payload, title } => self.choice = Some((payload, title)),
            Body::Unsupported { kind } => self.unsupported = Some(kind),
            Body::Contact { own: true, phones, .. } => self.contact = phones.first().map(String::as_str),
            Body::Contact { phones, .. } => self.add_text(&phones.join(" ")),
            Body::Form { answers } => self.add_text(&form_words(answers)),
            Body::Order { text } => self.add_text(text.as_deref().unwrap_or_default()),
            Body::Reaction { .. } | Body::Edited { .. } | Body::Revoked { .. } => self.news = true,
            Body::Echo { .. } => (self.news, self.echo) = (true, true),
            Body::Call { event } => self.call = Some(*event),
            Body::Speech { text, confidence, raw, unsure } => {
                self.confidence = *confidence;
                self.said = raw.as_deref();
                self.misheard = unsure.then_some(text);
                self.add_text(text);
            }
            Body::Digits { digits, from } => self.keys = Some((digits, *from)),
            Body::Silence => self.silence = true,
        }
    }

    fn add_media(&mut self, media: &'a Media) {
        if is_photo(media) {
            self.photo = Some(media);
        } else if media.kind != MediaKind::Audio || self.note.is_none() {
            self.unsupported = Some(kind_name(media.kind));
        }
        if let Some(caption) = &media.caption {
            self.add_text(caption);
        }
    }

    fn add_text(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text.trim());
    }
}

/// "Hola" and then "BAJA" are two turns: joined they would be no whole message.
pub(super) fn stands_alone(text: &str) -> bool {
    keyword(text).is_some_and(|keyword| keyword != Keyword::Leave)
}

/// A turn is answered in one place: what came by another channel or number is another turn.
pub(super) fn same_place(one: &Waiting, other: &Waiting) -> bool {
    let (one, other) = (&one.inbound.from.address, &other.inbound.from.address);
    one.channel == other.channel && one.account == other.account
}

/// What a form's fields hold, a line each: a town reads it as if the person had written it.
fn form_words(answers: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(answers) {
        Ok(serde_json::Value::Object(fields)) => {
            let own = fields.iter().filter(|(name, _)| *name != "flow_token");
            own.filter_map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("\n")
        }
        Ok(serde_json::Value::String(text)) => text,
        _ => answers.to_owned(),
    }
}

fn is_photo(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Image)
}

fn kind_name(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "image",
        MediaKind::Audio => "audio",
        MediaKind::Video => "video",
        MediaKind::Document => "document",
        MediaKind::Sticker => "sticker",
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use ventanilla_adapters::{Address, AddressKey, Channel, Inbound, Sender};

    use super::*;

    fn message(body: Body) -> Waiting {
        let address = Address {
            channel: Channel::Whatsapp,
            account: "1".to_owned(),
            key: AddressKey::Phone("+520000000000".to_owned()),
            route: "520000000000".to_owned(),
        };
        let inbound = Inbound {
            id: "wamid.1".to_owned(),
            channel: Channel::Whatsapp,
            account: "1".to_owned(),
            from: Sender { address, also: Vec::new(), name: None },
            sent_at: None,
            body,
            reply_to: None,
            referral: None,
            forwarded: false,
        };
        Waiting { id: Uuid::nil(), inbound, trace: String::new(), attempts: 0, received_at: 0, note: None }
    }

    fn text(text: &str) -> Waiting {
        message(Body::Text { text: text.to_owned() })
    }

    fn photo() -> Waiting {
        let media = Media {
            kind: MediaKind::Image,
            source: "1".to_owned(),
            mime: "image/jpeg".to_owned(),
            caption: None,
            voice: false,
        };
        message(Body::Media(media))
    }

    fn choice() -> Waiting {
        message(Body::Choice { payload: "q:1".to_owned(), title: "Sí".to_owned() })
    }

    fn enough(burst: &Burst<'_>) -> bool {
        burst.choice.is_some() || burst.text.contains("bache")
    }

    #[test]
    fn a_photo_waits_for_its_explanation() {
        let waiting = [photo()];
        assert!(Burst::gather(&waiting, enough).1);
        let waiting = [photo(), text("hay un bache")];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert!(!more && burst.photo.is_some());
        assert_eq!(burst.text, "hay un bache");
    }

    #[test]
    fn small_talk_waits_for_the_matter_and_joins_it() {
        let waiting = [text("hola"), text("oye"), text("hay un bache"), text("otra cosa")];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert_eq!((burst.text.as_str(), burst.messages.len(), more), ("hola\noye\nhay un bache", 3, false));
    }

    #[test]
    fn a_button_never_waits_and_never_joins() {
        let waiting = [choice(), choice()];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert_eq!((burst.messages.len(), more), (1, false));
        let waiting = [text("hola"), choice()];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert_eq!((burst.messages.len(), more), (1, false));
    }

    #[test]
    fn a_keyword_never_joins_what_came_before() {
        let waiting = [text("hola"), text("BAJA")];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert_eq!((burst.text.as_str(), burst.messages.len(), more), ("hola", 1, false));
        let waiting = [text("hola"), text("no")];
        assert_eq!(Burst::gather(&waiting, enough).0.text, "hola\nno");
    }

    #[test]
    fn a_second_photo_is_a_turn_of_its_own() {
        let waiting = [photo(), photo()];
        let (burst, more) = Burst::gather(&waiting, enough);
        assert_eq!((burst.messages.len(), more), (1, false));
    }

    #[test]
    fn a_reaction_needs_no_answer() {
        let waiting = [message(Body::Reaction { target: "x".to_owned(), emoji: None })];
        assert!(Burst::gather(&waiting, enough).0.is_silent());
    }
}
