//! `<Gather>`: what it may be told, which keys complete it, and what its action is asked with.

use std::collections::VecDeque;

use serde::Serialize;

use super::{
    twiml::{Target, Verb, action, number, target, verbs},
    voices,
};
use crate::simulator::twilio::xml::{Broken, Element};

#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Gather {
    pub(in crate::simulator::twilio) prompts: Vec<Verb>,
    pub(in crate::simulator::twilio) listens: Listens,
    pub(in crate::simulator::twilio) action: Target,
    pub(in crate::simulator::twilio) language: String,
    /// With an empty result the action is asked too; otherwise the next verb follows.
    pub(in crate::simulator::twilio) action_on_empty: bool,
    pub(in crate::simulator::twilio) partials: Option<Target>,
}

/// What a call that listens will take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listens {
    /// `dtmf`, `speech` or both; `record` while a message is recorded.
    pub input: Vec<&'static str>,
    /// So many keys end the answer at once.
    pub num_digits: Option<u32>,
    /// The key that ends the answer; not part of it.
    pub finish_on_key: Option<char>,
    pub hints: Vec<String>,
}

/// What keys came to.
#[derive(PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Keyed {
    pub(in crate::simulator::twilio) digits: String,
    pub(in crate::simulator::twilio) finished_on: Option<char>,
}

impl Gather {
    pub(in crate::simulator::twilio) fn read(element: &Element) -> Result<Self, Broken> {
        check(element)?;
        let input = match element.attribute("input").unwrap_or("dtmf") {
            "speech" => vec!["speech"],
            "dtmf" => vec!["dtmf"],
            _ => vec!["dtmf", "speech"],
        };
        let hints =
            element.attribute("hints").map(|hints| hints.split(',').map(|hint| hint.trim().to_owned()));
        let listens = Listens {
            input,
            num_digits: number(element, "numDigits"),
            finish_on_key: element.attribute("finishOnKey").unwrap_or("#").chars().next(),
            hints: hints.map(Iterator::collect).unwrap_or_default(),
        };
        Ok(Self {
            prompts: verbs(element)?,
            listens,
            action: action(element),
            language: element.attribute("language").unwrap_or("en-US").to_owned(),
            action_on_empty: element.attribute("actionOnEmptyResult") == Some("true"),
            partials: target(element, "partialResultCallback", "partialResultCallbackMethod"),
        })
    }
}

/// The rules between attributes.
fn check(element: &Element) -> Result<(), Broken> {
    let model = element.attribute("speechModel");
    match (element.attribute("speechTimeout"), model) {
        (None, _) | (Some("auto"), None) => {}
        (Some("auto"), Some("default")) => {
            return Err(Broken::new(
                13_335,
                "<Gather>: speechTimeout auto does not go with speechModel default",
            ));
        }
        (Some("auto"), Some(_)) => {
            return Err(Broken::new(13_327, "<Gather>: with a speechModel, speechTimeout must be a number"));
        }
        (Some(seconds), _) => {
            let plain = seconds.bytes().all(|byte| byte.is_ascii_digit());
            if !plain || !seconds.parse::<u32>().is_ok_and(|seconds| (1..=600).contains(&seconds)) {
                return Err(Broken::new(13_327, "<Gather>: speechTimeout is neither auto nor seconds"));
            }
        }
    }
    let language = element.attribute("language").unwrap_or("en-US");
    if voices::understands(model, language) {
        Ok(())
    } else {
        Err(Broken::new(13_331, "<Gather>: the recogniser does not know this language"))
    }
}

impl Listens {
    /// While a message is recorded.
    pub(in crate::simulator::twilio) fn recording() -> Self {
        Self { input: vec!["record"], num_digits: None, finish_on_key: None, hints: Vec::new() }
    }

    pub(in crate::simulator::twilio) fn takes(&self, kind: &str) -> bool {
        self.input.contains(&kind)
    }

    /// Moves keys to `pending` until they complete the answer; what is left over lands in the next `<Gather>`.
    pub(in crate::simulator::twilio) fn feed(
        &self,
        keys: &mut VecDeque<char>,
        pending: &mut String,
    ) -> Option<Keyed> {
        while let Some(key) = keys.pop_front() {
            if self.finish_on_key == Some(key) {
                return Some(Keyed { digits: std::mem::take(pending), finished_on: Some(key) });
            }
            pending.push(key);
            if self.num_digits.is_some_and(|most| pending.len() >= most as usize) {
                return Some(Keyed { digits: std::mem::take(pending), finished_on: None });
            }
        }
        None
    }
}
