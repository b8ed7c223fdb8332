//! What is said in words, with or without an open question.

use ventanilla_flows::{Answer, Command, OpenQuestion, SlotType};
use ventanilla_intents::{Certainty, entities, is_only_an_address};
use ventanilla_values::{words, yes_no};

use super::{
    AT_WILL, REPORT, Situation, answer,
    given::place_said,
    is_open,
    opening::wants_to_report,
    start,
    tongue::{asked_for, named_alone},
};
use crate::conversation::{
    burst::Burst,
    keywords::{Keyword, keyword},
};

/// The intent of who leaves for now.
const GOODBYE: &str = "chat.goodbye";
/// Longer, it is an answer that ends with a goodbye.
const FEW: usize = 6;
/// The intent of who is content.
const THANKS: &str = "chat.thanks";
/// The intent of who wants another language.
const LANGUAGE: &str = "chat.language";
/// Flows that ask what somebody wants.
const MENUS: [&str; 2] = ["menu", "not_understood"];
/// The slot with what was told in words.
pub(super) const DESCRIPTION: &str = "description";
/// "No tengo foto ahorita" says no more than that.
const NO_PHOTO_WORDS: usize = 6;
/// What questions begin with.
const ASKING: [&str; 14] = [
    "que", "cual", "cuales", "cuanto", "cuanta", "cuando", "donde", "como", "a", "what", "which", "how",
    "when", "where",
];

impl Situation<'_> {
    pub(super) fn text(&self, burst: &Burst<'_>, nothing_answered: bool) -> Vec<Command> {
        let shown_from = self.session.asked.as_ref().map_or(0, |asked| asked.from);
        if is_more(&burst.text)
            && let Some(command) = self.more_options(shown_from)
        {
            return vec![command];
        }
        let mut said = Answer::Text { text: burst.text.clone() };
        let question = self.library.open_question(self.session);
        let at_will = question.as_ref().is_some_and(|one| AT_WILL.contains(&one.flow.as_str()));
        let mut fills = nothing_answered && self.library.accepts(self.session, &said, self.world);
        if !fills
            && nothing_answered
            && let Some(heard) = self.heard_as(&burst.text)
        {
            (said, fills) = (heard, true);
        }
        if let Some(command) = self.only_tells_where(question.as_ref(), &burst.text) {
            return vec![command];
        }
        if let Some(command) = self.leaves(&burst.text, question.as_ref(), fills) {
            return vec![command];
        }
        if let Some(commands) = self.correction(burst, question.as_ref()) {
            return commands;
        }
        let chosen = fills && question.as_ref().is_some_and(|question| !is_open(question));
        if !chosen
            && self.only_wants_no_name(&burst.text)
            && let Some(command) = self.noted_aside(&burst.text)
        {
            return vec![command];
        }
        if let Some(command) = self.insult(&burst.text) {
            return vec![command];
        }
        if let Some(question) = &question
            && fills
            && !self.is_about_another(&burst.text)
            && (!is_open(question)
                || self
                    .global(&burst.text)
                    .or_else(|| self.small_talk(&burst.text))
                    .or_else(|| self.goodbye(burst))
                    .is_none())
            && !(question.slot_type == SlotType::Text && self.asks_something_else(&burst.text))
            && !(at_will && is_open(question) && self.is_a_matter())
        {
            return self.filled(question, burst, said);
        }
        let question = question.filter(|_| !at_will);
        if let Some(command) =
            self.global(&burst.text).or_else(|| self.folio(&burst.text)).or_else(|| self.goodbye(burst))
        {
            return vec![command];
        }
        if question.is_none()
            && let Some(command) = self
                .is_over(&burst.text)
                .or_else(|| self.while_waiting())
                .or_else(|| self.wanted_words(&burst.text))
        {
            return vec![command];
        }
        if question.is_some()
            && let Some(command) = self.small_talk(&burst.text)
        {
            return vec![command];
        }
        if let Some(question) = &question
            && !self.is_another_matter()
            && !self.is_wish_at_menu(question)
        {
            let told = self.told_ahead(&burst.text);
            if !told.is_empty() {
                return vec![Command::Tell { told, alone: true }];
            }
        }
        if let Some(question) = &question
            && let Some(commands) = self.instead_of_photo(question, &burst.text)
        {
            return commands;
        }
        if question.is_none()
            && let Some(command) =
                self.misread_folio(&burst.text).or_else(|| self.only_an_address(&burst.text))
        {
            return vec![command];
        }
        let Some(understood) = self.understood else { return vec![answer(said)] };
        if question.is_none()
            && self.session.running().is_none()
            && let Some(command) = self.cancels_theirs(&burst.text)
        {
            return vec![command];
        }
        if question.is_none() && self.only_agrees(burst) {
            return self.start_for(THANKS, Vec::new()).into_iter().collect();
        }
        let open = question.as_ref().is_some_and(|question| !self.is_wish_at_menu(question));
        if !open && let Some(commands) = self.several(burst) {
            return commands;
        }
        if !open && wants_to_report(&burst.text) {
            return vec![start(REPORT, None, self.slots(burst))];
        }
        if question.is_some() && self.asks_what_if(&burst.text) {
            return vec![answer(said)];
        }
        if question.is_none()
            && let Some(command) = self.named_service(burst)
        {
            return vec![command];
        }
        match understood.certainty {
            Certainty::Sure => self.sure(burst, question.is_some(), said),
            Certainty::Between => self.between(understood, burst, open, said),
            Certainty::Unsure if question.is_some() => vec![answer(said)],
            Certainty::Unsure => vec![self.not_understood(burst)],
        }
    }

    /// "¿Qué necesitas?", "¿te refieres a …?": whatever they say, they say what they want.
    fn is_wish_at_menu(&self, question: &OpenQuestion) -> bool {
        let unclear = self.understood.is_none_or(|understood| understood.certainty == Certainty::Unsure);
        !unclear && (question.clarify || MENUS.contains(&question.flow.as_str()))
    }

    /// "Ok", "va", 👍 to what needs no answer.
    fn only_agrees(&self, burst: &Burst<'_>) -> bool {
        self.session.running().is_none() && self.waits.is_none() && yes_no(&burst.text) == Some(true)
    }

    /// Where a photo was asked for: "no tengo cámara" is none, and what else is told belongs to the description.
    fn instead_of_photo(&self, question: &OpenQuestion, text: &str) -> Option<Vec<Command>> {
        if question.slot_type != SlotType::Photo || self.is_another_matter() || text.contains('?') {
            return None;
        }
        let skips = question.optional && has_no_photo(text);
        let tells = text.split_whitespace().count() > if skips { NO_PHOTO_WORDS } else { 1 };
        let added = tells && self.library.may_be_added_to(self.session, DESCRIPTION, text);
        let add = added.then(|| Command::Add { slot: DESCRIPTION.to_owned(), text: text.to_owned() });
        let skip = skips.then(|| answer(Answer::Text { text: "no".to_owned() }));
        let commands: Vec<Command> = add.into_iter().chain(skip).collect();
        (!commands.is_empty()).then_some(commands)
    }

    /// "Calle 8 número 23", where "¿Qué pasó?" offers "Basura en la calle": told for the question that asks for it.
    fn only_tells_where(&self, question: Option<&OpenQuestion>, text: &str) -> Option<Command> {
        let question =
            question.filter(|question| question.slot_type == SlotType::Choice && is_only_an_address(text))?;
        if question.clarify {
            return self.told_whichever_it_is(text);
        }
        let told = self.told_ahead(text);
        (!told.is_empty()).then_some(Command::Tell { told, alone: true })
    }

    /// Told for whichever they will say they meant.
    fn told_whichever_it_is(&self, text: &str) -> Option<Command> {
        let mut suggestions = self.session.asked.as_ref()?.clarify.clone();
        for one in &mut suggestions {
            let mut told = self.told(text, one.intent.as_deref());
            told.retain(|told| self.library.hears(&one.flow, &told.kind));
            one.told.retain(|own| !told.iter().any(|new| new.kind == own.kind));
            one.told.extend(told);
        }
        Some(Command::Clarify { suggestions })
    }

    /// "Cancelar", "salir", "fin", where they are no answer and something is open.
    fn leaves(&self, text: &str, question: Option<&OpenQuestion>, fills: bool) -> Option<Command> {
        let closed = question.is_some_and(|question| !is_open(question));
        let bare_no = words(text) == ["no"];
        let leaves = keyword(text) == Some(Keyword::Leave) && !bare_no && !(closed && fills);
        (leaves && self.session.running().is_some()).then_some(Command::Cancel)
    }

    /// "¿Cuánto cuesta el acta?", where any words would do, is a question of its own.
    fn asks_something_else(&self, text: &str) -> bool {
        let first = words(text).into_iter().next().unwrap_or_default();
        let asks = text.trim_start().starts_with('¿') || ASKING.contains(&first.as_str());
        let about_a_report = self.top().is_some_and(|(intent, _)| intent.starts_with("report."));
        asks && text.contains('?') && self.is_another_matter() && !about_a_report
    }

    /// An answer, and what it tells beside it. Of a place only that is kept which says where it is.
    fn filled(&self, question: &OpenQuestion, burst: &Burst<'_>, said: Answer) -> Vec<Command> {
        if question.slot_type == SlotType::Text {
            // What is noted must be there before the answer moves the talk on.
            return self.noted_aside(&burst.text).into_iter().chain([answer(said)]).collect();
        }
        let told = self.told_ahead(&burst.text);
        if told.is_empty() {
            return vec![answer(said)];
        }
        let place = (question.slot_type == SlotType::Place).then(|| place_said(&entities(&burst.text)));
        let said = place.flatten().map_or(said, |text| Answer::Text { text });
        vec![Command::Tell { told, alone: false }, answer(said)]
    }

    /// "Adiós", "luego te digo", over a question: what was begun is kept, and nobody is asked again now.
    fn goodbye(&self, burst: &Burst<'_>) -> Option<Command> {
        let (intent, _) = self.top().filter(|(intent, sure)| *sure && *intent == GOODBYE)?;
        let running = self.session.running().filter(|_| self.session.is_waiting())?;
        let short = burst.text.split_whitespace().count() <= FEW;
        let at_will = AT_WILL.contains(&running.flow.as_str());
        let flow = self.library.flow_for_intent(intent).filter(|_| short && !at_will)?;
        Some(self.begin(flow, intent, burst))
    }

    /// Words that mean the same in every state: leave, go back, repeat, change the language.
    pub(super) fn global(&self, text: &str) -> Option<Command> {
        if let Some(command) = named_alone(text).and_then(|lang| self.in_language(lang)) {
            return Some(command);
        }
        let (intent, sure) = self.top()?;
        let running = self.session.running().is_some();
        match intent {
            _ if !sure => None,
            "chat.cancel" if running => Some(Command::Cancel),
            "chat.back" if running => Some(Command::Back),
            "chat.repeat" if self.session.is_waiting() => Some(Command::Repeat),
            LANGUAGE => asked_for(text, self.session.lang).and_then(|lang| self.in_language(lang)),
            "chat.agent" => self.start_for(intent, Vec::new()),
            _ => None,
        }
    }
}

/// "No tengo foto", "ahorita no puedo tomarla".
pub(super) fn has_no_photo(text: &str) -> bool {
    let said = format!(" {} ", words(text).join(" "));
    let says = |any: &[&str]| any.iter().any(|one| said.contains(&format!(" {one} ")));
    let photo = says(&[
        "foto", "fotos", "imagen", "camara", "photo", "picture", "camera", "tomarla", "mandarla", "mando",
    ]);
    let none = says(&[
        "no",
        "sin",
        "luego",
        "despues",
        "al rato",
        "mas tarde",
        "manana",
        "t",
        "cannot",
        "cant",
        "without",
        "later",
    ]);
    photo && none
}

/// "Más", after a page of options.
fn is_more(text: &str) -> bool {
    let words = words(text).join(" ");
    ["mas", "mas opciones", "ver mas", "otras", "otras opciones", "more", "more options", "see more"]
        .contains(&words.as_str())
}
