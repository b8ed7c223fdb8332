//! The policy: what a burst of messages means for the dialogue. Pure, and readable from top to bottom: the first
//! rule that fits decides.

use ventanilla_adapters::{Capabilities, whatsapp::UNAVAILABLE_KIND};
use ventanilla_flows::{
    Answer, Command, FlowInfo, Library, OpenQuestion, Session, SlotType, Suggestion, World,
};
use ventanilla_intents::{Certainty, PhraseBook, Understanding};
use ventanilla_values::{Folio, Lang, Value, words};

use super::{
    about_report::is_about_report,
    burst::{Burst, Pin},
    call, echoed,
    keywords::keyword,
};
use crate::{catalogue::Catalogue, outbox::render::MORE, services, store::transcripts::NoteState};

/// The intent of what a town hall does not do.
pub(super) const OUT_OF_SCOPE: &str = "none";
/// The flow for what was not understood: another thing than not being able to help.
const NOT_UNDERSTOOD: &str = "not_understood";
/// The flow for somebody who writes in a language that the town does not speak.
const OTHER_LANGUAGE: &str = "other_language";
/// The flow that tells who waits for a person that it will be read.
const NOTED: &str = "noted";
/// Questions that nobody has to answer: what else is said is served as if they had not been asked.
pub(super) const AT_WILL: [&str; 2] = ["out_of_hours", "satisfaction"];
/// The flow for whatever a person in danger says next.
pub(super) const LISTENING: &str = "listening";
/// The flow that a photo or a pin without words begins.
const REPORT: &str = "report";
/// The flow that says kindly what cannot be read.
const UNSUPPORTED: &str = "unsupported";
/// The flow that asks whether a voice note was understood.
pub(super) const HEARD: &str = "heard";
/// The slot with the person's own words.
const WORDS: &str = "words";
/// The slot with the file of a note that a person is to hear.
const NOTE: &str = "note";
/// The intent of a procedure that is named by its words.
const PROCEDURE: &str = "service.info";
/// From so many words on, an answer may be a question of its own.
const SENTENCE: usize = 4;
/// "¿Te refieres a …?" shows so many at most.
const SUGGESTIONS: usize = 3;

/// Words from which on the first message is kept as a report's description.
const STORY: usize = 6;

/// From this probability on a message is nothing for a town hall, and not just unclear.
const FOREIGN: f32 = 0.6;

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
    if let Some(command) = at.safety() {
        // Nobody in danger is asked afterwards how large the pothole is.
        return vec![Command::Reset, command];
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
            || at.safety().is_some()
            || at.library.open_question(at.session).is_none() && at.named_service(burst).is_some()
            || at.about_report(burst).is_some()
            || Folio::find(&burst.text, at.folio_prefix).is_some()
            || fills(&Answer::Text { text: burst.text.clone() });
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
    /// Before everything, in every state.
    pub(super) fn safety(&self) -> Option<Command> {
        let danger = self.understood?.safety.as_ref()?;
        let flow = self.library.flow_for_intent(danger.intent)?;
        Some(start(&flow.name, Some(danger.intent), Vec::new()))
    }

    /// A note without words: what is said of it.
    fn unheard(&self, burst: &Burst<'_>) -> Option<Command> {
        let note = burst.note?;
        let slots = match note.outcome.state {
            NoteState::Heard | NoteState::Waiting => return None,
            NoteState::Lost => vec![("lost".to_owned(), Value::YesNo(true))],
            NoteState::Silent => vec![("silent".to_owned(), Value::YesNo(true))],
            // Who is in danger is told whom to call, and not what happens to a file.
            _ if self.waits == Some(Waits::InDanger) => return Some(start(LISTENING, None, Vec::new())),
            state => {
                let file = note.file.map_or_else(|| "-".to_owned(), |file| file.to_string());
                let damaged = Value::YesNo(state == NoteState::Refused);
                vec![(NOTE.to_owned(), Value::Text(file)), ("damaged".to_owned(), damaged)]
            }
        };
        Some(start(UNSUPPORTED, None, slots))
    }

    /// A note that was perhaps misheard is asked about, unless it is one of a few answers that were to be expected.
    fn unsure(&self, burst: &Burst<'_>) -> Option<Command> {
        burst.unsure()?;
        let question = self.library.open_question(self.session);
        // Who waits for a person, above all in danger, is not examined.
        if (question.is_none() || self.waits == Some(Waits::InDanger))
            && let Some(command) = self.while_waiting()
        {
            return Some(command);
        }
        let said = Answer::Text { text: burst.text.clone() };
        let closed = question.is_some_and(|one| matches!(one.slot_type, SlotType::YesNo | SlotType::Choice));
        let expected = closed && self.library.accepts(self.session, &said, self.world);
        let slots = vec![(echoed::SAID.to_owned(), Value::Text(burst.text.clone()))];
        (!expected).then(|| start(HEARD, None, slots))
    }

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

    /// A pin or a photo that answers the open question, or one that a running flow will ask for.
    fn attachments(&self, burst: &Burst<'_>) -> Vec<Command> {
        let pin = burst.location.map(|pin| (location(pin), "place"));
        let photo = self.photo.map(|id| (Answer::Photo { id: id.to_owned(), caption: None }, "photo"));
        let mut commands: Vec<Command> = pin
            .into_iter()
            .chain(photo)
            .filter_map(|(said, slot)| self.attachment(burst, said, slot))
            .collect();
        // What is noted ahead must be there before the answer moves the talk on.
        commands.sort_by_key(|command| matches!(command, Command::Answer { .. }));
        commands
    }

    fn attachment(&self, burst: &Burst<'_>, said: Answer, slot: &str) -> Option<Command> {
        if self.library.accepts(self.session, &said, self.world) {
            return Some(answer(said));
        }
        let expected = self.library.expects(self.session, slot);
        let (_, value) = self.slots(burst).into_iter().find(|(name, _)| name == slot).filter(|_| expected)?;
        Some(Command::Fill { slot: slot.to_owned(), value })
    }

    fn text(&self, burst: &Burst<'_>, nothing_answered: bool) -> Vec<Command> {
        let shown_from = self.session.asked.as_ref().map_or(0, |asked| asked.from);
        if is_more(&burst.text)
            && let Some(command) = self.more_options(shown_from)
        {
            return vec![command];
        }
        let said = Answer::Text { text: burst.text.clone() };
        let question = self.library.open_question(self.session);
        let at_will = question.as_ref().is_some_and(|one| AT_WILL.contains(&one.flow.as_str()));
        let fills = nothing_answered && self.library.accepts(self.session, &said, self.world);
        if let Some(question) = &question
            && fills
            && !self.is_about_another(&burst.text)
            && (!is_open(question) || self.global(&burst.text).is_none())
            && !(at_will && is_open(question) && self.is_a_matter())
        {
            return vec![answer(said)];
        }
        let question = question.filter(|_| !at_will);
        if let Some(command) = self.global(&burst.text).or_else(|| self.folio(&burst.text)) {
            return vec![command];
        }
        if question.is_none()
            && let Some(command) = self.while_waiting().or_else(|| self.wanted_words(&burst.text))
        {
            return vec![command];
        }
        let Some(understood) = self.understood else { return vec![answer(said)] };
        if question.is_none()
            && let Some(command) = self.named_service(burst)
        {
            return vec![command];
        }
        match understood.certainty {
            Certainty::Sure => self.sure(burst, question.is_some(), said),
            Certainty::Between => self.between(understood, question.is_some(), said),
            Certainty::Unsure if question.is_some() => vec![answer(said)],
            Certainty::Unsure => vec![self.not_understood()],
        }
    }

    /// "Con eso no te puedo ayudar" is for what is surely none of the town hall's business.
    fn not_understood(&self) -> Command {
        if let Some(command) = self.other_language() {
            return command;
        }
        let top = self.understood.and_then(|understood| understood.ranked.first());
        // Gibberish is in no language: it was not understood, which is another thing.
        let told = self.understood.is_some_and(|understood| understood.language.is_some());
        let foreign =
            told && top.is_some_and(|top| &*top.intent == OUT_OF_SCOPE && top.confidence >= FOREIGN);
        let out_of_scope = if foreign { self.start_for(OUT_OF_SCOPE, Vec::new()) } else { None };
        out_of_scope.unwrap_or_else(|| start(NOT_UNDERSTOOD, None, Vec::new()))
    }

    /// Somebody writes in a language that the town does not speak yet: an apology and a person, instead of "no te
    /// entendí" again and again.
    fn other_language(&self) -> Option<Command> {
        let lang = self.understood?.language.filter(|lang| !self.spoken.contains(lang))?;
        let known = self.library.flow(OTHER_LANGUAGE).is_some();
        let named = vec![("language".to_owned(), Value::Text(lang.as_str().to_owned()))];
        known.then(|| start(OTHER_LANGUAGE, None, named))
    }

    /// Who waits for a person may still report something; everything else is for that person to read.
    fn while_waiting(&self) -> Option<Command> {
        let waits = self.waits?;
        let serves =
            |intent: &str| intent.starts_with("report.") || ["chat.menu", "chat.thanks"].contains(&intent);
        match waits {
            Waits::InDanger => Some(start(LISTENING, None, Vec::new())),
            Waits::ForAPerson if self.top().is_some_and(|(intent, sure)| sure && serves(intent)) => None,
            Waits::ForAPerson => Some(start(NOTED, None, Vec::new())),
        }
    }

    /// Words that mean the same in every state: leave, repeat, change the language.
    fn global(&self, text: &str) -> Option<Command> {
        let (intent, sure) = self.top()?;
        let running = self.session.running().is_some();
        match intent {
            _ if !sure => None,
            "chat.cancel" if running => Some(Command::Cancel),
            "chat.repeat" if self.session.is_waiting() => Some(Command::Repeat),
            "chat.language" => language(text, self.session.lang).map(|lang| Command::Language { lang }),
            "chat.agent" => self.start_for(intent, Vec::new()),
            _ => None,
        }
    }

    /// A folio out of the blue: "how is it going?".
    fn folio(&self, text: &str) -> Option<Command> {
        let folio = Folio::find(text, self.folio_prefix)?;
        if let Some(command) = self.about_folio(text, &folio) {
            return Some(command);
        }
        // "Quiero agregar una foto a mi reporte PC-…" is about more than its state.
        if self
            .top()
            .is_some_and(|(intent, sure)| sure && ["report.add_info", "report.reopen"].contains(&intent))
        {
            return None;
        }
        self.start_for("report.status", vec![("folio".to_owned(), Value::Folio(folio.to_string()))])
    }

    /// One meaning: start its flow, unless it is the one that runs already.
    fn sure(&self, burst: &Burst<'_>, asked: bool, said: Answer) -> Vec<Command> {
        let Some((intent, _)) = self.top() else { return vec![answer(said)] };
        let runs = |flow: &FlowInfo| self.session.stack.iter().any(|frame| frame.flow == flow.name);
        match self.library.flow_for_intent(intent) {
            // A photo began it before anybody knew what it was about.
            Some(flow) if self.runs_without_intent(flow) => self.begin_again(flow, intent, burst),
            // One flow tells about many services: asked about another, it begins anew.
            Some(flow) if runs(flow) && asked && !self.is_passed_by(intent) => vec![answer(said)],
            Some(flow) => vec![start(&flow.name, Some(intent), self.given(flow, burst))],
            None if asked => vec![answer(said)],
            None => vec![self.not_understood()],
        }
    }

    /// Asked what they want to know of a service, they name another: "¿y cuánto cuesta la licencia de manejo?" is no answer
    /// about the one before, although it says "cuánto cuesta".
    fn is_about_another(&self, text: &str) -> bool {
        let Some((intent, true)) = self.top() else { return false };
        let of_services = |intent: &str| intent.starts_with("service.") || intent.starts_with("life.");
        let begun = self.session.running().and_then(|running| running.intent.as_deref());
        begun.is_some_and(of_services)
            && intent != PROCEDURE
            && self.is_a_matter()
            && self.is_passed_by(intent)
            && text.split_whitespace().count() >= SENTENCE
    }

    /// The model is not sure, or takes it for nothing of the town's, but what is asked for stands in the catalogue.
    fn named_service(&self, burst: &Burst<'_>) -> Option<Command> {
        let unsure = self.top().is_none_or(|(intent, sure)| !sure || intent == OUT_OF_SCOPE);
        let today = self.world.now.get(..10)?.parse().ok()?;
        let flow = self.library.flow_for_intent(PROCEDURE).filter(|_| unsure)?;
        let named = services::is_asked_for(&self.catalogue.services_on(today), &burst.text);
        named.then(|| start(&flow.name, Some(PROCEDURE), self.given(flow, burst)))
    }

    /// What asks now is left for good when the person turns to something else, and they did.
    fn is_passed_by(&self, intent: &str) -> bool {
        let Some(running) = self.session.running() else { return false };
        let passing = self.library.flow(&running.flow).is_some_and(|flow| flow.passing);
        passing && running.intent.as_deref().is_some_and(|begun| begun != intent)
    }

    fn runs_without_intent(&self, flow: &FlowInfo) -> bool {
        self.session.running().is_some_and(|frame| frame.flow == flow.name && frame.intent.is_none())
    }

    /// The same flow, with what it knew already and what it is about.
    fn begin_again(&self, flow: &FlowInfo, intent: &str, burst: &Burst<'_>) -> Vec<Command> {
        let mut slots = self.given(flow, burst);
        let known = self.session.running().map(|frame| frame.slots.clone()).unwrap_or_default();
        slots.extend(known.into_iter().filter(|(name, _)| flow.given.contains(name) && name != "category"));
        vec![Command::Reset, start(&flow.name, Some(intent), slots)]
    }

    fn between(&self, understood: &Understanding, asked: bool, said: Answer) -> Vec<Command> {
        let mut suggestions = self.suggestions(understood);
        match suggestions.len() {
            0 if asked => vec![answer(said)],
            0 => vec![self.not_understood()],
            _ if asked => vec![answer(said)],
            _ => {
                suggestions.truncate(SUGGESTIONS);
                vec![Command::Clarify { suggestions }]
            }
        }
    }

    /// The likely meanings that have a flow, each named as its intent is.
    fn suggestions(&self, understood: &Understanding) -> Vec<Suggestion> {
        let lang = self.session.lang;
        let likely =
            understood.ranked.iter().filter(|ranked| ranked.confidence >= 0.05 && &*ranked.intent != "none");
        let named = likely.filter_map(|ranked| {
            let flow = self.library.flow_for_intent(&ranked.intent)?;
            let label = self.phrases.title(&ranked.intent, lang).unwrap_or_else(|| flow.title(lang));
            let intent = Some(ranked.intent.to_string());
            Some(Suggestion { flow: flow.name.clone(), intent, label: label.to_owned() })
        });
        named.collect()
    }

    fn start_for(&self, intent: &str, slots: Vec<(String, Value)>) -> Option<Command> {
        let flow = self.library.flow_for_intent(intent)?;
        Some(start(&flow.name, Some(intent), slots))
    }

    /// Of what the burst tells, what the flow wants to know.
    fn given(&self, flow: &FlowInfo, burst: &Burst<'_>) -> Vec<(String, Value)> {
        let mut slots = self.slots(burst);
        // What they said as they said it, for flows that look something up in it.
        slots.push((WORDS.to_owned(), Value::Text(burst.text.clone())));
        slots.retain(|(name, _)| flow.given.contains(name));
        slots
    }

    /// What the burst already tells a flow that begins with it.
    fn slots(&self, burst: &Burst<'_>) -> Vec<(String, Value)> {
        let place = burst.location.map(|pin| {
            let place = self.world.gazetteer.locate(pin.lat, pin.lon);
            ("place".to_owned(), Value::Place(place.called(pin.name.or(pin.address))))
        });
        let photo = self.photo.map(|id| ("photo".to_owned(), Value::Photo(id.to_owned())));
        let told =
            tells_a_story(&burst.text).then(|| ("description".to_owned(), Value::Text(burst.text.clone())));
        let folio = Folio::find(&burst.text, self.folio_prefix);
        let folio = folio.map(|folio| ("folio".to_owned(), Value::Folio(folio.to_string())));
        place.into_iter().chain(photo).chain(told).chain(folio).collect()
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

/// "Más", after a page of options.
fn is_more(text: &str) -> bool {
    let words = words(text).join(" ");
    ["mas", "mas opciones", "ver mas", "otras", "otras opciones", "more", "more options", "see more"]
        .contains(&words.as_str())
}

/// "Hay un bache enorme en la 21" says more than its intent; "hay un bache" does not.
fn tells_a_story(text: &str) -> bool {
    text.split_whitespace().count() >= STORY
}

/// The language that is named; the other one where none is ("cambia el idioma"). `None` for one that is not spoken
/// here.
fn language(text: &str, now: Lang) -> Option<Lang> {
    let words = words(text);
    let says = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    if says(&["english", "ingles", "inglish"]) {
        return Some(Lang::EN);
    }
    if says(&["espanol", "spanish", "castellano"]) {
        return Some(Lang::ES);
    }
    let other = if now == Lang::ES { Lang::EN } else { Lang::ES };
    says(&["idioma", "lengua", "language"]).then_some(other)
}

fn location(pin: Pin<'_>) -> Answer {
    Answer::Location {
        lat: pin.lat,
        lon: pin.lon,
        name: pin.name.map(str::to_owned),
        address: pin.address.map(str::to_owned),
    }
}

fn answers(commands: &[Command]) -> bool {
    commands.iter().any(|command| matches!(command, Command::Answer { .. }))
}

fn answer(answer: Answer) -> Command {
    Command::Answer { answer }
}

pub(super) fn start(flow: &str, intent: Option<&str>, slots: Vec<(String, Value)>) -> Command {
    Command::Start { flow: flow.to_owned(), intent: intent.map(str::to_owned), slots }
}
