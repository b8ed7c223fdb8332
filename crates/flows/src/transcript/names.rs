//! Names of commands, answers and events, asked of their types: a variant that is added is counted without a list here.

use std::fmt;

use serde::{Deserialize, de};
use serde_json::Value as Json;

use crate::{Answer, Command, Event};

/// What the type calls itself in JSON: the value of its tag.
fn tag_of(value: &impl serde::Serialize, tag: &str) -> String {
    let json = serde_json::to_value(value).unwrap_or(Json::Null);
    json.get(tag).and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// `start`, `repeat` …; an answer is `answer text`, `answer photo` …
pub(super) fn of_command(command: &Command) -> String {
    match command {
        Command::Answer { answer } => format!("answer {}", tag_of(answer, "kind")),
        other => tag_of(other, "command"),
    }
}

/// `say`, `no_match` …
pub(super) fn of_event(event: &Event) -> String {
    tag_of(event, "event")
}

/// Every name that [`of_command`] can give.
pub(super) fn commands() -> Vec<String> {
    let plain = variants::<Command>("command").iter().filter(|name| **name != "answer");
    let answers = variants::<Answer>("kind").iter().map(|kind| format!("answer {kind}"));
    answers.chain(plain.map(|name| (*name).to_owned())).collect()
}

/// Every name that [`of_event`] can give.
pub(super) fn events() -> &'static [&'static str] {
    variants::<Event>("event")
}

/// The names of an enum's variants: what serde says it expected where it meets another.
fn variants<'de, T: Deserialize<'de>>(tag: &'static str) -> &'static [&'static str] {
    let asked = de::value::MapDeserializer::<_, Expected>::new([(tag, "?")].into_iter());
    match T::deserialize(asked) {
        Err(Expected(names)) => names,
        Ok(_) => &[],
    }
}

/// The names that would have been right.
#[derive(Debug)]
struct Expected(&'static [&'static str]);

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.0.join(", "))
    }
}

impl std::error::Error for Expected {}

impl de::Error for Expected {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_name_their_variants() {
        let names = commands();
        for name in ["start", "answer text", "answer photo", "clarify", "repeat", "language"] {
            assert!(names.iter().any(|own| own == name), "{name} is missing in {names:?}");
        }
        assert!(!names.iter().any(|name| name == "answer"));
        assert!(events().contains(&"flow_ended") && events().contains(&"stale"));
        assert_eq!(of_command(&Command::Repeat), "repeat");
        assert_eq!(
            of_command(&Command::Answer { answer: Answer::Text { text: String::new() } }),
            "answer text"
        );
        assert_eq!(of_event(&Event::Stale), "stale");
    }
}
