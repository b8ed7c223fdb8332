//! The policy: what a burst of messages means for the dialogue. Pure, and readable from top to bottom: the first
//! rule that fits decides.
//!
//! `words.rs` is what is said in words, `corrections.rs` an earlier answer that was another one, `meaning.rs` the way from a
//! meaning to its flow, `several.rs` several meanings in one message, `opening.rs` what is said before the matter, `given.rs`
//! what a message tells beside it, `for_others.rs` that it is told for somebody else, `small_talk.rs` hello and worse in the
//! middle of something, `safety.rs` dangers, `attachments.rs` pins and photos, `notes.rs` voice notes,
//! `tongue.rs` which language is asked for.

mod attachments;
mod corrections;
mod for_others;
mod given;
mod meaning;
mod notes;
mod opening;
mod safety;
mod several;
mod small_talk;
mod tongue;
mod words;

use attachments::location;
use ventanilla_adapters::{Capabilities, whatsapp::UNAVAILABLE_KIND};
use ventanilla_flows::{Answer, Command, Library, OpenQuestion, Session, SlotType, World};
use ventanilla_intents::{Certainty, PhraseBook, Understanding};
use ventanilla_values::{Folio, Lang, Value};

use super::{about_report::is_about_report, burst::Burst, call, keywords::keyword};
use crate::{catalogue::Catalogue, outbox::render::MORE};

/// The intent of what a town hall does not do.
pub(super) const OUT_OF_SCOPE: &str = "none";
/// Questions that nobody has to answer: what else is said is served as if they had not been asked.
pub(super) const AT_WILL: [&str; 2] = ["out_of_hours", "satisfaction"];
/// The flow for whatever a person in danger says next.
pub(super) const LISTENING: &str = "listening";
/// The flow for who says that it is over, or was none.
const DANGER_OVER: &str = "danger_over";
/// The flow that a photo or a pin without words begins.
const REPORT: &str = "report";
/// The flow that says kindly what cannot be read.
const UNSUPPORTED: &str = "unsupported";
/// The flow that asks whether a voice note was understood.
pub(super) const HEARD: &str = "heard";
/// The slot with the file of a note that a person is to hear.
const NOTE: &str = "note";

/// Everything the policy may look at.
#[derive(Debug)]
pub struct Situation<'a> {
    pub session: &'a Session,
    pub library: &'a Library,
    pub phrases: &'a PhraseBook,
    pub world: &'a World<'a>,
    /// Of the burst's text, where it has one.
    pub understood: Option<&'a Understanding>,
    /// The town's facts.
    pub catalogue: &'a Catalogue,
    /// The photo of the burst, taken in: its id.
    pub photo: Option<&'a str>,
    /// The languages that the town speaks.
    pub spoken: &'a [Lang],
    /// What the town's folios begin with.
    pub folio_prefix: &'a str,
    /// Folios of the person's reports that were said to be done and that they may be asked about here.
    pub claimed: &'a [String],
    /// Folios of those for which the town waits for something that they know.
    pub wanted: &'a [String],
    /// Something is kept for them that they have not seen: they were told so, and see it with the next that they say.
    pub kept: bool,
    /// Somebody of the town is to attend this person, and has not begun.
    pub waits: Option<Waits>,
    /// The intent of the danger that they wait in, where somebody was told of one.
    pub in_danger_of: Option<&'a str>,
    /// What the person's channel can show.
    pub abilities: &'a Capabilities,
}

/// What a person waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// An answer by somebody of the town.
    ForAPerson,
    /// Company in a crisis.
    InDanger,
}

/// The commands of a turn. Empty when nobody waits for an answer.
pub fn commands(burst: &Burst<'_>, at: &Situation<'_>) -> Vec<Command> {
    if burst.is_silent() {
        return Vec::new();
    }
    if let Some(commands) = at.safety(burst) {
        return commands;
    }
    let excuse = at.unheard(burst);
    if excuse.is_some() && burst.text.is_empty() {
        return excuse.into_iter().collect();
    }
    if let Some(command) = at.unsure(burst) {
        return vec![command];
    }
    if at.only_wants_to_see(burst) {
        return Vec::new();
    }
    if let Some(commands) = at.erases(&burst.text) {
        return commands;
    }
    if let Some(command) = at.about_report(burst).or_else(|| at.keyword(&burst.text)) {
        return vec![command];
    }
    if let Some(commands) = call::commands(burst, at) {
        return commands;
    }
    if let Some((payload, title)) = burst.choice {
        if let Some(from) = payload.strip_prefix(MORE).and_then(|from| from.parse().ok()) {
            return vec![Command::Page { from }];
        }
        return vec![answer(Answer::Choice { payload: payload.to_owned(), title: title.to_owned() })];
    }
    let lost = burst.photo.is_some() && at.photo.is_none() || burst.unsupported == Some(UNAVAILABLE_KIND);
    if (lost || burst.unsupported.is_some()) && burst.text.is_empty() {
        return vec![start(UNSUPPORTED, None, vec![("lost".to_owned(), Value::YesNo(lost))])];
    }
    if let Some(command) = at.contact(burst) {
        return command.into_iter().collect();
    }
    let mut commands = at.attachments(burst);
    // What is written under a photo that was asked for belongs to the photo, unless it means something of its own.
    let caption_only = answers(&commands) && !at.is_understood();
    if !burst.text.is_empty() && !caption_only {
        commands.extend(at.text(burst, !answers(&commands)));
    }
    if lost {
        // The words are there and the photo is not: say so, and go on with the words.
        commands.insert(0, start(UNSUPPORTED, None, vec![("lost".to_owned(), Value::YesNo(true))]));
    }
    // What is written under a note counts too.
    commands.splice(..0, excuse);
    if commands.is_empty() {
        commands.push(at.wanted_photo().unwrap_or_else(|| start(REPORT, None, at.slots(burst))));
    }
    commands
}

/// Whether a burst can be acted on at once, or is better kept a moment for what may follow.
pub fn says_enough(burst: &Burst<'_>, at: &Situation<'_>) -> bool {
    let waited_for = burst.keys.is_some() || burst.call.is_some() || burst.silence || burst.contact.is_some();
    let unheard = burst.note.is_some_and(|note| !note.outcome.sure);
    let at_once =
        waited_for || unheard || burst.unsupported.is_some() || burst.news || keyword(&burst.text).is_some();
    if at_once || at.abilities.spoken || burst.choice.is_some() {
        return true;
    }
    let fills = |answer: &Answer| at.library.accepts(at.session, answer, at.world);
    if !burst.text.is_empty() {
        return at.top().is_some_and(|(_, sure)| sure)
            || at.understood.is_some_and(|understood| !understood.matters.is_empty())
            || at.danger().is_some()
            || at.library.open_question(at.session).is_none() && at.named_service(burst).is_some()
            || at.about_report(burst).is_some()
            || Folio::find(&burst.text, at.folio_prefix).is_some()
            || fills(&Answer::Text { text: burst.text.clone() })
            || at.correction(burst, at.library.open_question(at.session).as_ref()).is_some()
            || at.heard_as(&burst.text).is_some()
            || !at.told_ahead(&burst.text).is_empty();
    }
    let photo = burst.photo.map(|media| Answer::Photo { id: media.source.clone(), caption: None });
    burst.location.map(location).iter().chain(&photo).any(fills)
}

/// Whether a turn that was read without what is open asks for something of its own, and is not a greeting, an answer or
/// words that mean nothing by themselves.
pub(super) fn wants_something(burst: &Burst<'_>, commands: &[Command]) -> bool {
    let small = |intent: &str| intent.starts_with("chat.") && intent != "chat.agent";
    let begins = |command: &Command| match command {
        Command::Reset => true,
        Command::Start { intent: Some(intent), .. } => !small(intent) && intent != OUT_OF_SCOPE,
        Command::Start { flow, intent: None, .. } => is_about_report(flow),
        _ => false,
    };
    keyword(&burst.text).is_some() || commands.iter().any(begins)
}

/// Whether a turn says nothing but that something could not be read.
pub(super) fn only_excuses(commands: &[Command]) -> bool {
    let again = |(name, value): &(String, Value)| name != "damaged" && *value == Value::YesNo(true);
    matches!(commands, [Command::Start { flow, slots, .. }] if flow == UNSUPPORTED && !slots.iter().any(again))
}

/// Whether a turn hands a note to a person.
pub(super) fn hands_over(commands: &[Command]) -> bool {
    let note = |(name, _): &(String, Value)| name == NOTE;
    matches!(commands, [Command::Start { flow, slots, .. }] if flow == UNSUPPORTED && slots.iter().any(note))
}

impl Situation<'_> {
    /// The next options of the open question, where they do not all fit at once; `from` is the first that is shown.
    pub(super) fn more_options(&self, from: usize) -> Option<Command> {
        let asked = self.session.asked.as_ref()?;
        let more = asked.offers > self.abilities.most_options();
        more.then(|| Command::Page { from: from + self.abilities.page() })
    }

    /// Whether what was said means something for sure.
    pub(super) fn is_understood(&self) -> bool {
        self.top().is_some_and(|(_, sure)| sure)
    }

    /// Whether what was said is surely about something that the town does.
    fn is_a_matter(&self) -> bool {
        self.top()
            .is_some_and(|(intent, sure)| sure && !intent.starts_with("chat.") && intent != OUT_OF_SCOPE)
    }

    /// Whether the open question takes any words.
    pub(super) fn asks_for_any_words(&self) -> bool {
        self.library.open_question(self.session).as_ref().is_some_and(is_open)
    }

    /// Their own number, because we asked for it: it fills the question that did, and needs no answer otherwise.
    fn contact(&self, burst: &Burst<'_>) -> Option<Option<Command>> {
        let said = Answer::Text { text: burst.contact?.to_owned() };
        Some(self.library.accepts(self.session, &said, self.world).then(|| answer(said)))
    }

    /// The first meaning, and whether it is sure.
    pub(super) fn top(&self) -> Option<(&str, bool)> {
        let understood = self.understood?;
        let top = understood.ranked.first()?;
        Some((&top.intent, understood.certainty == Certainty::Sure))
    }
}

/// Any words would fill it, so what they mean must be looked at first.
fn is_open(question: &OpenQuestion) -> bool {
    // Two words are a name: "otra cosa" as well.
    matches!(question.slot_type, SlotType::Text | SlotType::Place | SlotType::FullName)
}

fn answers(commands: &[Command]) -> bool {
    commands.iter().any(|command| matches!(command, Command::Answer { .. }))
}

fn answer(answer: Answer) -> Command {
    Command::Answer { answer }
}

pub(super) fn start(flow: &str, intent: Option<&str>, slots: Vec<(String, Value)>) -> Command {
    Command::start(flow, intent, slots)
}
