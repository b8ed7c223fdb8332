//! Who comes back to what they left unfinished: they are asked whether to go on, unless what they say is the answer. Whose
//! talk was erased meanwhile is told so, if they ask for it.

use ventanilla_adapters::Channel;
use ventanilla_flows::{Answer, Command, Event, Session, Turn};
use ventanilla_values::{Value, words};

use super::{
    burst::Burst,
    context::Context,
    idle::is_worth_going_on,
    keywords::keyword,
    policy::{self, Situation, start},
};

/// Offers to go on, to begin anew or to throw away.
const UNFINISHED: &str = "unfinished";
/// The answer to that which begins the same anew.
const BEGIN_AGAIN: &str = "begin_again";
/// What was left is not there any more.
const GONE: &str = "draft_gone";
/// What is said of the open talk itself: it means the same however late it comes.
const ABOUT_THE_TALK: [&str; 5] = ["chat.cancel", "chat.back", "chat.repeat", "chat.language", "chat.agent"];
/// Whole messages of who wants to go on with what they left, folded.
const GO_ON: [&str; 9] = [
    "seguir",
    "seguimos",
    "sigamos",
    "si seguir",
    "continuar",
    "continuamos",
    "quiero seguir",
    "continue",
    "go on",
];

/// The commands for who comes back after a while with what is no answer; `None` where the talk just goes on.
pub(super) fn comes_back(
    context: &Context<'_>,
    burst: &Burst<'_>,
    situation: &Situation<'_>,
) -> Option<Vec<Command>> {
    let silent_for = context.now - context.conversation.heard_at?;
    let words_alone = !burst.text.is_empty() && burst.choice.is_none() && burst.photo.is_none();
    if silent_for < context.app.config.conversation.resume_after()
        || context.address.channel == Channel::Voice
        || !words_alone
        || burst.location.is_some()
        || burst.unsure().is_some()
        || situation.waits.is_some()
        || !is_worth_going_on(&context.session, &context.library)
    {
        return None;
    }
    let sure = situation.top().filter(|(_, sure)| *sure).map(|(intent, _)| intent);
    if keyword(&burst.text).is_some() || sure.is_some_and(|intent| ABOUT_THE_TALK.contains(&intent)) {
        return None;
    }
    let said = Answer::Text { text: burst.text.clone() };
    let small = sure.is_some_and(|intent| intent.starts_with("chat."));
    if !small && context.library.accepts(&context.session, &said, situation.world) {
        return None;
    }
    // Read as if nothing were open: whoever wants something else gets it, and the rest waits below.
    let nothing_open = Session::new(context.session.lang);
    let commands = policy::commands(burst, &Situation { session: &nothing_open, ..*situation });
    if let Some(slots) = the_same(&context.session, &commands) {
        return Some(vec![offer(context, slots)]);
    }
    if policy::wants_something(burst, &commands) {
        return Some(commands);
    }
    Some(vec![offer(context, Vec::new())])
}

/// What they told just now of the very matter that is open; `None` where they want another.
fn the_same(session: &Session, commands: &[Command]) -> Option<Vec<(String, Value)>> {
    let [Command::Start { flow, intent: Some(intent), slots, .. }] = commands else { return None };
    let same = |begun: &Option<String>| begun.as_ref().is_none_or(|begun| begun == intent);
    let open = session.stack.iter().any(|frame| frame.flow == *flow && same(&frame.intent));
    open.then(|| slots.clone())
}

fn offer(context: &Context<'_>, told: Vec<(String, Value)>) -> Command {
    let about = ("about".to_owned(), Value::Text(context.subject().unwrap_or_default()));
    start(UNFINISHED, None, std::iter::once(about).chain(told).collect())
}

/// Begins the same matter anew, with the newest texts, where that was just chosen: what they told when they came back need not
/// be told again.
pub(super) fn begin_again(context: &mut Context<'_>, begun: Turn) -> Turn {
    let chosen = |event: &Event| matches!(event, Event::FlowStarted { flow, .. } if flow == BEGIN_AGAIN);
    let left = context.session.clone();
    let (Some(matter), Some(offer)) = (left.stack.first(), left.running()) else { return begun };
    if offer.flow != UNFINISHED || !begun.session.stack.is_empty() || !begun.events.iter().any(chosen) {
        return begun;
    }
    context.begin_anew();
    let given = context.library.flow(&matter.flow).map(|flow| flow.given.clone()).unwrap_or_default();
    let told = offer.slots.iter().filter(|(slot, _)| given.contains(slot)).cloned().collect();
    let again = start(&matter.flow, matter.intent.as_deref(), told);
    let next = context.library.turn(begun.session, &[again], &context.world());
    let events = begun.events.into_iter().chain(next.events).collect();
    Turn { events, ..next }
}

/// What they ask for was erased: said kindly, once they press a button of it or want to go on. Else as it was meant.
pub(super) fn after_erasure(
    context: &Context<'_>,
    burst: &Burst<'_>,
    commands: Vec<Command>,
) -> Vec<Command> {
    let erased = context.conversation.idle.erased_at.is_some() && context.session.stack.is_empty();
    let button = matches!(commands.as_slice(), [Command::Answer { answer: Answer::Choice { .. } }]);
    let asks = button || GO_ON.contains(&words(&burst.text).join(" ").as_str());
    if erased && !context.session.is_waiting() && asks {
        return vec![start(GONE, None, Vec::new())];
    }
    commands
}
