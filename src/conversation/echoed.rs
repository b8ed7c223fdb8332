//! "Escuché: «…». ¿Es correcto?", answered. The flow `heard` asks and, to a no, says what to do; a yes means that the
//! words count as if they had been typed, and so do other words, which are what the person meant.

use ventanilla_flows::{Answer, Command, Turn};
use ventanilla_values::Value;

use super::{burst::Burst, call, context::Context, policy::HEARD};

/// The slot with what was understood.
pub(super) const SAID: &str = "said";

/// Takes the question away where it was answered by a yes or by other words; then the burst holds the words that count.
pub(super) fn settle(context: &mut Context<'_>, burst: &mut Burst<'_>) {
    let Some(said) = asked_about(context) else { return };
    let Some(answer) = answer(burst) else { return };
    let turn = |answer: Answer| {
        context.library.turn(context.session.clone(), &[Command::Answer { answer }], &context.world())
    };
    let given = turn(answer.clone());
    let is_yes = given == turn(words("sí"));
    let other = matches!(answer, Answer::Text { .. })
        && burst.keys.is_none()
        && !context.library.accepts(&context.session, &answer, &context.world());
    if !is_yes && !other {
        return;
    }
    let Some(left) = without_question(turn(words("no")), context.session.stack.len()) else { return };
    context.session = left;
    if is_yes {
        burst.is_typed(said);
    }
}

/// What the open question is about, where it was asked here: anybody may have the person's other phones.
fn asked_about(context: &Context<'_>) -> Option<String> {
    let frame = context.session.running().filter(|frame| frame.flow == HEARD)?;
    let here = context.conversation.channel == Some(context.address.channel);
    match frame.get(SAID)? {
        Value::Text(said) if here && context.session.is_waiting() => Some(said.clone()),
        _ => None,
    }
}

/// A burst that is an answer in words, by a button or by a key of a phone, and nothing else.
fn answer(burst: &Burst<'_>) -> Option<Answer> {
    if burst.is_silent() || burst.photo.is_some() || burst.location.is_some() || burst.contact.is_some() {
        return None;
    }
    match (burst.choice, burst.keys) {
        (Some((payload, title)), _) => {
            Some(Answer::Choice { payload: payload.to_owned(), title: title.to_owned() })
        }
        (None, Some((keys, from))) => Some(words(&call::numbered(keys, from))),
        (None, None) => (!burst.text.is_empty()).then(|| words(&burst.text)),
    }
}

/// The session once the question is answered, where nothing was left to be done for it.
fn without_question(turn: Turn, depth: usize) -> Option<ventanilla_flows::Session> {
    let left = turn.suspended.is_none() && turn.session.stack.len() < depth;
    left.then_some(turn.session)
}

fn words(text: &str) -> Answer {
    Answer::Text { text: text.to_owned() }
}
