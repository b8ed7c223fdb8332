//! What an answer means to a question, per slot type. Pure: it changes nothing.

use ventanilla_values::{ChoiceOption, Chosen, Folio, Phone, Value, choose, is_blank, number, words, yes_no};

use super::{
    ask::{NO, SKIP, Shown, YES},
    phrases::is_skip,
};
use crate::{Answer, SlotType, World, compile::Question};

/// The longest text that a slot takes where the flow says nothing: a long letter.
const MAX_LENGTH: u32 = 4_000;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Understood {
    Value(Value),
    /// A button that this question does not offer.
    Stale,
    Miss,
}

/// What is asked, with the options as the person sees them and the id that their payloads begin with.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub question: &'a Question,
    pub shown: &'a [Shown],
    pub id: &'a str,
}

pub(super) fn understand(open: &Open, answer: &Answer, world: &World) -> Understood {
    let slot_type = open.question.slot_type;
    match answer {
        Answer::Text { text } => from_text(open, text, world),
        Answer::Choice { payload, .. } => from_choice(open, payload),
        Answer::Location { lat, lon, name, address } if slot_type == SlotType::Place => {
            let place = world.gazetteer.locate(*lat, *lon).called(name.as_deref().or(address.as_deref()));
            Understood::Value(Value::Place(place))
        }
        Answer::Photo { id, .. } if slot_type == SlotType::Photo => {
            Understood::Value(Value::Photo(id.clone()))
        }
        // The words under a photo answer a question that wants words.
        Answer::Photo { caption: Some(caption), .. } => from_text(open, caption, world),
        Answer::Location { .. } | Answer::Photo { .. } => Understood::Miss,
    }
}

/// The option id of a payload that belongs to this question: asked again it has another number, but it is the same.
pub(super) fn option_of<'a>(payload: &'a str, question: &str) -> Option<&'a str> {
    let (asked, option) = payload.split_once(':')?;
    let without_number = |id: &str| id.rsplit_once('.').map(|(step, _)| step.to_owned());
    (asked == question || without_number(asked) == without_number(question)).then_some(option)
}

fn from_choice(open: &Open, payload: &str) -> Understood {
    let Some(option) = option_of(payload, open.id) else { return Understood::Stale };
    let Some(shown) = open.shown.iter().find(|shown| shown.id == option) else { return Understood::Stale };
    Understood::Value(chosen(open.question, &shown.id))
}

/// What choosing an option means.
fn chosen(question: &Question, id: &str) -> Value {
    match (id, question.slot_type) {
        (SKIP, _) => Value::None,
        (YES, SlotType::YesNo) => Value::YesNo(true),
        (NO, SlotType::YesNo) => Value::YesNo(false),
        _ => Value::Choice(id.to_owned()),
    }
}

fn from_text(open: &Open, text: &str, world: &World) -> Understood {
    if is_blank(text) {
        return Understood::Miss;
    }
    // "no" skips an optional question, unless no is what it asks or offers.
    let answers_first = matches!(open.question.slot_type, SlotType::YesNo | SlotType::Choice);
    let skips = || open.question.optional.is_some() && (is_skip(text) || says_skip_label(open, text));
    if !answers_first && skips() {
        return Understood::Value(Value::None);
    }
    match parse(open, text, world) {
        Some(value) => Understood::Value(value),
        None if answers_first && skips() => Understood::Value(Value::None),
        None => Understood::Miss,
    }
}

fn parse(open: &Open, text: &str, world: &World) -> Option<Value> {
    let question = open.question;
    let picked = || pick(open.shown, text).map(|shown| chosen(question, &shown.id));
    match question.slot_type {
        SlotType::Text => within_length(question, text).then(|| Value::Text(text.trim().to_owned())),
        SlotType::Choice => picked(),
        SlotType::YesNo => yes_no(text).map(Value::YesNo).or_else(picked),
        SlotType::Number => number(text).filter(|number| within(question, *number)).map(Value::Number),
        SlotType::Place => world.gazetteer.find(text).map(Value::Place),
        // Words are no photo.
        SlotType::Photo => None,
        SlotType::Phone => Phone::parse(text, true).ok().map(|phone| Value::Phone(phone.as_str().to_owned())),
        SlotType::Folio => folio(text, world).map(Value::Folio),
    }
}

/// The skip option by its label, or by its number where no number is asked for.
fn says_skip_label(open: &Open, text: &str) -> bool {
    let Some(at) = open.shown.iter().position(|shown| shown.id == SKIP) else { return false };
    let label = open.shown.get(at).map(|shown| words(&shown.label)).unwrap_or_default();
    let numbers = matches!(open.question.slot_type, SlotType::Number | SlotType::Phone | SlotType::Folio);
    let said = words(text);
    let by_number =
        !numbers && said.len() == 1 && said.first().is_some_and(|word| *word == (at + 1).to_string());
    by_number || (!label.is_empty() && label == said)
}

/// The option that a text means, by number, label or synonym.
pub(super) fn pick<'a>(shown: &'a [Shown], text: &str) -> Option<&'a Shown> {
    let options: Vec<ChoiceOption> = shown
        .iter()
        .map(|option| ChoiceOption { id: &option.id, label: &option.label, also: &option.also })
        .collect();
    match choose(text, &options) {
        Chosen::One(index) => shown.get(index),
        Chosen::Several(_) | Chosen::None => None,
    }
}

fn within_length(question: &Question, text: &str) -> bool {
    let longest = usize::try_from(question.max_length.unwrap_or(MAX_LENGTH)).unwrap_or(usize::MAX);
    text.trim().chars().nth(longest).is_none()
}

fn within(question: &Question, number: f64) -> bool {
    question.min.is_none_or(|min| number >= min) && question.max.is_none_or(|max| number <= max)
}

/// The town's folios begin with its prefix, which people leave out.
fn folio(text: &str, world: &World) -> Option<String> {
    let town = world.content.get_attr("town").ok()?;
    let prefix = town.get_attr("folio_prefix").ok().and_then(|prefix| prefix.as_str().map(str::to_owned));
    let folio = match prefix {
        Some(prefix) => Folio::parse(text, &prefix).ok(),
        None => text.trim().parse().ok(),
    };
    folio.map(|folio| folio.to_string())
}
