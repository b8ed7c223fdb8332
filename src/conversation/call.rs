//! The rules of a call: keys, silence, and what happens to the line. Pure. What is said in words goes the way of every
//! text; here is only what a phone adds.

use ventanilla_adapters::CallEvent;
use ventanilla_flows::{Answer, Command, OpenQuestion, SlotType};

use super::{
    burst::Burst,
    policy::{LISTENING, Situation, Waits, start},
};

/// What a caller hears first.
const WELCOME: &str = "call_welcome";
/// Nobody said anything, and nothing is open.
const STILL_THERE: &str = "call_silence";
/// After a person of the town attended the call.
const ATTENDED: &str = "call_attended";
/// Nobody picked up.
const UNATTENDED: &str = "call_unattended";
const AGENT: &str = "agent";

/// Below this the recogniser guesses.
const HEARD_WELL: f32 = 0.45;
/// Nothing heard so often in a row, with no question open: a person.
pub(super) const SILENCES: u8 = 3;

/// What a burst of a call means, where it is more than words. `None`: treat its words as any text.
pub(super) fn commands(burst: &Burst<'_>, at: &Situation<'_>) -> Option<Vec<Command>> {
    match burst.call {
        Some(CallEvent::Started) => return Some(vec![begin(WELCOME)]),
        // No farewell and no offer to call: whoever is in danger may not be alone.
        Some(CallEvent::Attended | CallEvent::Unattended) if at.waits == Some(Waits::InDanger) => {
            return Some(vec![begin(LISTENING)]);
        }
        Some(CallEvent::Attended) => return Some(vec![Command::Reset, begin(ATTENDED)]),
        Some(CallEvent::Unattended) => return Some(vec![begin(UNATTENDED)]),
        Some(CallEvent::Ended) => return Some(Vec::new()),
        None => {}
    }
    if burst.silence {
        return Some(silence(burst, at));
    }
    if let Some((keys, from)) = burst.keys {
        return Some(pressed(keys, from, at));
    }
    unsure(burst, at).then(|| vec![nothing_heard()])
}

/// No input counts like an answer that was not understood: the engine asks again, and then lets a person take over.
fn silence(burst: &Burst<'_>, at: &Situation<'_>) -> Vec<Command> {
    if at.session.is_waiting() {
        return vec![nothing_heard()];
    }
    if attempt(burst) + 1 >= SILENCES { vec![begin(AGENT)] } else { vec![begin(STILL_THERE)] }
}

/// How often nothing was heard before, from the message's id `{call}:{step}:{attempt}:{turn}`.
pub(super) fn attempt(burst: &Burst<'_>) -> u8 {
    let id = burst.messages.first().map_or("", |message| message.inbound.id.as_str());
    id.split(':').nth(2).and_then(|attempt| attempt.parse().ok()).unwrap_or(0)
}

fn pressed(keys: &str, from: usize, at: &Situation<'_>) -> Vec<Command> {
    let question = at.library.open_question(at.session);
    match keys {
        "*" if question.is_some() => vec![Command::Repeat],
        "*" => vec![begin(WELCOME)],
        "0" if question.as_ref().is_none_or(|question| !takes_zero(question)) => vec![begin(AGENT)],
        "9" if at.more_options(from).is_some() => at.more_options(from).into_iter().collect(),
        _ if question.is_none() => vec![begin(WELCOME)],
        _ => vec![Command::Answer { answer: Answer::Text { text: numbered(keys, from) } }],
    }
}

/// Keys are counted from the first option that was read out.
pub(super) fn numbered(keys: &str, from: usize) -> String {
    match keys.parse::<usize>() {
        Ok(key) if keys.len() == 1 && key > 0 => (from + key).to_string(),
        _ => keys.to_owned(),
    }
}

/// Nought is an answer there, and not the way to a person.
fn takes_zero(question: &OpenQuestion) -> bool {
    matches!(question.slot_type, SlotType::Number)
}

/// The recogniser guessed, and what it guessed would fill a question that takes any words.
fn unsure(burst: &Burst<'_>, at: &Situation<'_>) -> bool {
    let guessed = burst.confidence.is_some_and(|confidence| confidence < HEARD_WELL);
    guessed && !at.is_understood() && at.asks_for_any_words()
}

fn nothing_heard() -> Command {
    Command::Answer { answer: Answer::Text { text: String::new() } }
}

fn begin(flow: &str) -> Command {
    start(flow, None, Vec::new())
}
