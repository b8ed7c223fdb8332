//! What the words of an answer say, per slot type: a value, several that it may be, or why it is none.

use std::fmt;

use ventanilla_values::{
    Age, Curp, DateContext, Email, Explain, Folio, FolioError, FullName, Lang, Money, Phone, Plate, Reading,
    Rfc, Value, number, read_date, read_date_range, read_time, read_time_range, yes_no, yes_no_of_fact,
};

use super::{
    understand::{Open, chosen, pick, within_length},
    ways_out::way_out,
};
use crate::{
    Confidence, SlotType, World,
    calendar::{calendar, today},
    compile::Question,
};

/// What was read.
#[derive(Clone, PartialEq)]
pub(super) enum Read {
    Value(Value),
    /// It may be any of these; `written` is it as the person wrote it, where that will do too.
    Unsure {
        possible: Vec<Value>,
        written: Option<Value>,
    },
    /// Why not, as a sentence for the person; none where there is nothing to say.
    Nothing(Option<String>),
}

/// Without what was written.
impl fmt::Debug for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value(_) => "Value(…)",
            Self::Unsure { .. } => "Unsure(…)",
            Self::Nothing(_) => "Nothing(…)",
        })
    }
}

pub(super) fn read(open: &Open, text: &str, world: &World) -> Read {
    let (question, lang) = (open.question, open.lang);
    let picked = || {
        let own = pick(open.shown, text).filter(|shown| way_out(&shown.id).is_none());
        own.map(|shown| chosen(question, &shown.id))
    };
    match question.slot_type {
        SlotType::Text => found(within_length(question, text).then(|| Value::Text(text.trim().to_owned()))),
        SlotType::Choice => found(picked()),
        SlotType::YesNo if question.fact && yes_no(text).is_some() && yes_no_of_fact(text).is_none() => {
            Read::Nothing(None)
        }
        SlotType::YesNo if question.fact => found(yes_no_of_fact(text).map(Value::YesNo).or_else(picked)),
        SlotType::YesNo => found(yes_no(text).map(Value::YesNo).or_else(picked)),
        SlotType::Number => count(question, text, lang),
        SlotType::Place => place(text, world),
        // Words are no photo.
        SlotType::Photo => Read::Nothing(None),
        SlotType::Phone => {
            one(Phone::parse(text, true), lang, |phone| Value::Phone(phone.as_str().to_owned()))
        }
        SlotType::Folio => one(folio(text, world), lang, |folio| Value::Folio(folio.to_string())),
        SlotType::Date | SlotType::DateRange => days(open, text, world),
        SlotType::Time => either(read_time(text, question.hours), lang, Value::Time),
        SlotType::TimeRange => either(read_time_range(text, question.hours), lang, Value::TimeRange),
        SlotType::Email => one(Email::parse(text), lang, Value::Email),
        SlotType::Curp => one(Curp::find(text), lang, Value::Curp),
        SlotType::Rfc => one(Rfc::find(text), lang, Value::Rfc),
        SlotType::Plate => one(Plate::find(text), lang, Value::Plate),
        SlotType::Money => one(Money::answer(text), lang, Value::Money),
        SlotType::FullName => one(FullName::parse(text), lang, Value::FullName),
        SlotType::Age => either(Age::read(text, today(world.now)), lang, Value::Age),
    }
}

fn found(value: Option<Value>) -> Read {
    value.map_or(Read::Nothing(None), Read::Value)
}

fn one<T, E: Explain>(read: Result<T, E>, lang: Lang, made: impl Fn(T) -> Value) -> Read {
    either(read.map(Reading::One), lang, made)
}

fn either<T, E: Explain>(read: Result<Reading<T>, E>, lang: Lang, made: impl Fn(T) -> Value) -> Read {
    match read.map(|reading| match reading {
        Reading::One(one) => Read::Value(made(one)),
        Reading::Either(all) => Read::Unsure { possible: all.into_iter().map(made).collect(), written: None },
    }) {
        Ok(read) => read,
        Err(error) => Read::Nothing(Some(error.explain(lang))),
    }
}

fn count(question: &Question, text: &str, lang: Lang) -> Read {
    let read = number(text);
    let fits = |number: f64| {
        question.min.is_none_or(|min| number >= min) && question.max.is_none_or(|max| number <= max)
    };
    match read {
        Some(number) if fits(number) => Read::Value(Value::Number(number)),
        None => Read::Nothing(None),
        Some(_) => Read::Nothing(Some(bounds(question, lang))),
    }
}

/// "Tiene que ser un número de 1 a 9."
fn bounds(question: &Question, lang: Lang) -> String {
    let english = lang == Lang::EN;
    match (question.min, question.max) {
        (Some(min), Some(max)) if english => format!("It must be a number from {min} to {max}."),
        (Some(min), Some(max)) => format!("Tiene que ser un número de {min} a {max}."),
        (Some(min), None) if english => format!("It must be a number from {min} up."),
        (Some(min), None) => format!("Tiene que ser un número de {min} en adelante."),
        (None, max) if english => format!("It must be a number up to {}.", max.unwrap_or_default()),
        (None, max) => format!("Tiene que ser un número hasta {}.", max.unwrap_or_default()),
    }
}

fn place(text: &str, world: &World) -> Read {
    let Some(found) = world.gazetteer.look_up(text) else { return Read::Nothing(None) };
    match found.confidence {
        Confidence::Unsure if !found.alternatives.is_empty() => Read::Unsure {
            possible: found.alternatives.into_iter().map(Value::Place).collect(),
            written: Some(Value::Place(found.place)),
        },
        Confidence::Certain | Confidence::Likely | Confidence::Unsure => {
            Read::Value(Value::Place(found.place))
        }
    }
}

fn days(open: &Open, text: &str, world: &World) -> Read {
    let calendar = calendar(world.content, open.lang);
    let at = DateContext { today: today(world.now), tense: open.question.days, calendar: &calendar };
    if open.question.slot_type == SlotType::Date {
        either(read_date(text, &at), open.lang, Value::Date)
    } else {
        either(read_date_range(text, &at), open.lang, Value::DateRange)
    }
}

/// The town's folios begin with its prefix, which people leave out.
fn folio(text: &str, world: &World) -> Result<Folio, FolioError> {
    let town = world.content.get_attr("town").ok();
    let prefix = town.and_then(|town| town.get_attr("folio_prefix").ok());
    match prefix.as_ref().and_then(|prefix| prefix.as_str()) {
        Some(prefix) => Folio::parse(text, prefix),
        None => text.trim().parse(),
    }
}
