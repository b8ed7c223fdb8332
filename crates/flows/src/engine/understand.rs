//! What an answer means to a question, per slot type. Pure: it changes nothing.

use ventanilla_values::{ChoiceOption, Chosen, Lang, Value, choose, is_blank, words};

use super::{
    ask::{NO, SKIP, Shown, YES},
    phrases::is_skip,
    read::{Read, read},
    ways_out::{WayOut, way_out},
};
use crate::{Answer, SlotType, World, compile::Question};

/// The longest text that a slot takes where the flow says nothing: a long letter.
const MAX_LENGTH: u32 = 4_000;

#[derive(Clone, PartialEq)]
pub(super) enum Understood {
    Value(Value),
    /// Several are possible, see [`Read::Unsure`].
    Unsure {
        possible: Vec<Value>,
        written: Option<Value>,
    },
    /// A button that this question does not offer.
    Stale,
    /// What is offered where nothing is understood.
    WayOut(WayOut),
    /// Why not, as a sentence for the person.
    Miss(Option<String>),
}

/// What is asked, with the options as the person sees them and the id that their payloads begin with.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub question: &'a Question,
    pub shown: &'a [Shown],
    pub id: &'a str,
    pub lang: Lang,
}

pub(super) fn understand(open: &Open, answer: &Answer, world: &World) -> Understood {
    let slot_type = open.question.slot_type;
    match answer {
        Answer::Text { text } => from_text(open, text, world),
        Answer::Choice { payload, .. } => from_choice(open, payload),
        Answer::Location { lat, lon, name, address } if slot_type == SlotType::Place => {
            let Some((lat, lon)) = pin(*lat, *lon) else { return Understood::Miss(None) };
            let place = world.gazetteer.locate(lat, lon).called(name.as_deref().or(address.as_deref()));
            Understood::Value(Value::Place(place))
        }
        Answer::Photo { id, .. } if slot_type == SlotType::Photo => {
            Understood::Value(Value::Photo(id.clone()))
        }
        // The words under a photo answer a question that wants words.
        Answer::Photo { caption: Some(caption), .. } => from_text(open, caption, world),
        Answer::Location { .. } | Answer::Photo { .. } => Understood::Miss(None),
    }
}

/// A point of the globe, to the centimetre: what is stored as JSON then comes back as it was.
fn pin(lat: f64, lon: f64) -> Option<(f64, f64)> {
    const CENTIMETRES: f64 = 1e7;
    let kept = |degrees: f64| (degrees * CENTIMETRES).round() / CENTIMETRES;
    (lat.abs() <= 90.0 && lon.abs() <= 180.0).then(|| (kept(lat), kept(lon)))
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
    match way_out(&shown.id) {
        Some(way) => Understood::WayOut(way),
        None => Understood::Value(chosen(open.question, &shown.id)),
    }
}

/// What choosing an option means.
pub(super) fn chosen(question: &Question, id: &str) -> Value {
    match (id, question.slot_type) {
        (SKIP, _) => Value::None,
        (YES, SlotType::YesNo) => Value::YesNo(true),
        (NO, SlotType::YesNo) => Value::YesNo(false),
        _ => Value::Choice(id.to_owned()),
    }
}

fn from_text(open: &Open, text: &str, world: &World) -> Understood {
    if is_blank(text) {
        return Understood::Miss(None);
    }
    // "no" skips an optional question, unless no is what it asks or offers.
    let answers_first = matches!(open.question.slot_type, SlotType::YesNo | SlotType::Choice);
    if let Some(way) =
        open.shown.iter().filter(|shown| says(open, shown, text)).find_map(|shown| way_out(&shown.id))
    {
        return Understood::WayOut(way);
    }
    let says_label = || open.shown.iter().any(|shown| shown.id == SKIP && says(open, shown, text));
    let skips = || open.question.optional.is_some() && (is_skip(text) || says_label());
    if !answers_first && skips() {
        return Understood::Value(Value::None);
    }
    match read(open, text, world) {
        Read::Value(value) => Understood::Value(value),
        Read::Unsure { possible, written } => Understood::Unsure { possible, written },
        Read::Nothing(_) if answers_first && skips() => Understood::Value(Value::None),
        Read::Nothing(why) => Understood::Miss(why),
    }
}

/// A digit is an answer there.
fn is_numeric(slot_type: SlotType) -> bool {
    use SlotType::{Age, Date, DateRange, Folio, Money, Number, Phone, Time, TimeRange};
    matches!(slot_type, Number | Phone | Folio | Date | Time | DateRange | TimeRange | Money | Age)
}

/// An option by its label, or by its number where no number is asked for.
fn says(open: &Open, option: &Shown, text: &str) -> bool {
    let Some(at) = open.shown.iter().position(|shown| shown.id == option.id) else { return false };
    let label = words(&option.label);
    let numbers = is_numeric(open.question.slot_type);
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

pub(super) fn within_length(question: &Question, text: &str) -> bool {
    let longest = usize::try_from(question.max_length.unwrap_or(MAX_LENGTH)).unwrap_or(usize::MAX);
    text.trim().chars().nth(longest).is_none()
}
