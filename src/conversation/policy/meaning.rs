//! From what a text means to the flow that attends it.

use ventanilla_flows::{Answer, Command, FlowInfo, Suggestion};
use ventanilla_intents::{Understanding, is_only_an_address, is_safety};
use ventanilla_values::{Folio, FolioError, Lang, Value, words};

use super::{LISTENING, OUT_OF_SCOPE, REPORT, Situation, Waits, answer, safety::KIND, start};
use crate::{conversation::burst::Burst, services};

/// The flow for what was not understood: another thing than not being able to help.
const NOT_UNDERSTOOD: &str = "not_understood";
/// The flow for somebody who writes in a language that the town does not speak.
const OTHER_LANGUAGE: &str = "other_language";
/// The flow that tells who waits for a person that it will be read.
const NOTED: &str = "noted";
/// The flow that says that a report is not sent yet.
const UNSENT: &str = "report_unsent";
/// The intent of who asks how their report is going.
const STATUS: &str = "report.status";
/// The intent of who wants to see what can be done here.
const MENU: &str = "chat.menu";
/// The intent of a procedure that is named by its words.
const PROCEDURE: &str = "service.info";
/// From so many words on, an answer may be a question of its own.
const SENTENCE: usize = 4;
/// How a question begins about something that may be otherwise.
const WHAT_IF: [[&str; 2]; 6] =
    [["y", "si"], ["pero", "si"], ["si", "no"], ["and", "if"], ["what", "if"], ["but", "if"]];
/// "¿Te refieres a …?" shows so many at most.
const SUGGESTIONS: usize = 3;
/// From this probability on a message is nothing for a town hall, and not just unclear.
const FOREIGN: f32 = 0.6;

impl Situation<'_> {
    /// "Con eso no te puedo ayudar" is for what is surely none of the town hall's business.
    pub(super) fn not_understood(&self, burst: &Burst<'_>) -> Command {
        if let Some(command) = self.other_language() {
            return command;
        }
        let top = self.understood.and_then(|understood| understood.ranked.first());
        // Gibberish is in no language: it was not understood, which is another thing.
        let told = self.understood.is_some_and(|understood| understood.language.is_some());
        let foreign =
            told && top.is_some_and(|top| &*top.intent == OUT_OF_SCOPE && top.confidence >= FOREIGN);
        let flow = self.library.flow_for_intent(OUT_OF_SCOPE).filter(|_| foreign);
        flow.map_or_else(
            || start(NOT_UNDERSTOOD, None, Vec::new()),
            |flow| self.begin(flow, OUT_OF_SCOPE, burst),
        )
    }

    /// Somebody writes in a language that the town does not speak yet: an apology and a person, instead of "no te
    /// entendí" again and again.
    fn other_language(&self) -> Option<Command> {
        self.not_spoken(self.understood?.language.filter(|lang| !self.spoken.contains(lang))?)
    }

    /// Goes on in a language that was asked for. "Maya" as an answer to a question may be a name: what the town does not
    /// speak is regretted where nothing is open.
    pub(super) fn in_language(&self, lang: Lang) -> Option<Command> {
        if self.spoken.contains(&lang) {
            return Some(Command::Language { lang });
        }
        if self.session.is_waiting() { None } else { self.not_spoken(lang) }
    }

    fn not_spoken(&self, lang: Lang) -> Option<Command> {
        let known = self.library.flow(OTHER_LANGUAGE).is_some();
        let named = vec![("language".to_owned(), Value::Text(lang.as_str().to_owned()))];
        known.then(|| start(OTHER_LANGUAGE, None, named))
    }

    /// Who waits for a person may still report something, and who was told whom to call is served: the alarm may have been none.
    /// Everything else is for that person to read.
    pub(super) fn while_waiting(&self) -> Option<Command> {
        let waits = self.waits?;
        let (intent, sure) = self.top().unwrap_or_default();
        let is = |any: &[&str]| sure && any.contains(&intent);
        match waits {
            Waits::InDanger if self.is_a_matter() && !is_safety(intent) || is(&[MENU]) => None,
            Waits::InDanger => Some(self.listening()),
            Waits::ForAPerson if sure && intent.starts_with("report.") || is(&[MENU, "chat.thanks"]) => None,
            Waits::ForAPerson => Some(start(NOTED, None, Vec::new())),
        }
    }

    /// Whom to call in the danger that they are in.
    pub(super) fn listening(&self) -> Command {
        let kind = self.in_danger_of.map(|kind| (KIND.to_owned(), Value::Text(kind.to_owned())));
        start(LISTENING, None, kind.into_iter().collect())
    }

    /// A folio out of the blue: "how is it going?".
    pub(super) fn folio(&self, text: &str) -> Option<Command> {
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
        self.start_for(STATUS, vec![("folio".to_owned(), Value::Folio(folio.to_string()))])
    }

    /// "¿Cómo va el PC-4827-1362?", where a digit is wrong: said so, instead of nothing at all.
    pub(super) fn misread_folio(&self, text: &str) -> Option<Command> {
        if Folio::parse(text, self.folio_prefix) != Err(FolioError::CheckDigit) {
            return None;
        }
        let prefix = self.folio_prefix.to_lowercase();
        let named = words(text).iter().any(|word| word == "folio" || word.starts_with(&prefix));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let (first, second) = digits.split_at_checked(4).filter(|_| named && digits.len() == 8)?;
        let folio = format!("{}-{first}-{second}", self.folio_prefix);
        self.start_for(STATUS, vec![("folio".to_owned(), Value::Folio(folio))])
    }

    /// "Calle 20 por 15" out of the blue: something is there, and what it is is asked.
    pub(super) fn only_an_address(&self, text: &str) -> Option<Command> {
        let flow = self.library.flow(REPORT).filter(|_| is_only_an_address(text))?;
        let mut told = self.told(text, None);
        told.retain(|one| self.library.hears(&flow.name, &one.kind));
        let begins = Command::Start { flow: flow.name.clone(), intent: None, slots: Vec::new(), told };
        Some(begins)
    }

    /// One meaning: start its flow, unless it is the one that runs already.
    pub(super) fn sure(&self, burst: &Burst<'_>, asked: bool, said: Answer) -> Vec<Command> {
        let Some((intent, _)) = self.top() else { return vec![answer(said)] };
        if let Some(command) = self.of_unsent(intent) {
            return vec![command];
        }
        let runs = |flow: &FlowInfo| self.session.stack.iter().any(|frame| frame.flow == flow.name);
        match self.library.flow_for_intent(intent) {
            // A photo began it before anybody knew what it was about.
            Some(flow) if self.runs_without_intent(flow) => self.begin_again(flow, intent, burst),
            // One flow tells about many services: asked about another, it begins anew.
            Some(flow) if runs(flow) && asked && !self.is_passed_by(intent) => {
                vec![self.of_what_runs(flow, intent, burst, said)]
            }
            Some(flow) => vec![self.begin(flow, intent, burst)],
            None if asked => vec![answer(said)],
            None => vec![self.not_understood(burst)],
        }
    }

    /// The flow is open already: the same matter goes on, or is taken up again; another one is begun only where it is said
    /// to be another.
    fn of_what_runs(&self, flow: &FlowInfo, intent: &str, burst: &Burst<'_>, said: Answer) -> Command {
        let at = self.session.stack.iter().rposition(|frame| frame.flow == flow.name);
        let begun = at.and_then(|at| self.session.stack.get(at)).and_then(|frame| frame.intent.as_deref());
        let same = begun.is_none_or(|begun| begun == intent);
        let talks = at.is_some_and(|at| self.session.chain().contains(&at));
        match (same, talks) {
            (true, false) => Command::Resume { flow: flow.name.clone() },
            (false, _) if is_one_more(&burst.text) => self.begin(flow, intent, burst),
            _ => answer(said),
        }
    }

    /// "¿Y cuándo vienen?", while the report is still being told: there is no folio yet.
    fn of_unsent(&self, intent: &str) -> Option<Command> {
        let tells = || {
            self.session.chain().filter_map(|at| self.session.stack.get(at)).any(|frame| frame.flow == REPORT)
        };
        let flow = self.library.flow(UNSENT).filter(|_| intent == STATUS && tells())?;
        Some(start(&flow.name, None, Vec::new()))
    }

    /// What was said is surely about something else than what is open.
    pub(super) fn is_another_matter(&self) -> bool {
        let Some((intent, _)) = self.top().filter(|_| self.is_a_matter()) else { return false };
        let open = self.session.stack.iter().skip(self.session.chain().start);
        !open.into_iter().any(|frame| frame.intent.as_deref() == Some(intent))
    }

    /// Asked what they want to know of a service, they name another: "¿y cuánto cuesta la licencia de manejo?" is no answer
    /// about the one before, although it says "cuánto cuesta".
    pub(super) fn is_about_another(&self, text: &str) -> bool {
        let Some((intent, true)) = self.top() else { return false };
        let of_services = |intent: &str| intent.starts_with("service.") || intent.starts_with("life.");
        let begun = self.session.running().and_then(|running| running.intent.as_deref());
        begun.is_some_and(of_services)
            && intent != PROCEDURE
            && self.is_a_matter()
            && self.is_passed_by(intent)
            && text.split_whitespace().count() >= SENTENCE
    }

    /// "¿Y si no estamos casados?", asked about a service, is about that service, and tells of no wedding.
    pub(super) fn asks_what_if(&self, text: &str) -> bool {
        let said = words(text);
        let what_if = WHAT_IF.iter().any(|begins| said.iter().map(String::as_str).take(2).eq(*begins));
        let of_services = |intent: &str| intent.starts_with("service.") || intent.starts_with("life.");
        let open = self.session.running().and_then(|running| running.intent.as_deref());
        what_if
            && open.is_some_and(of_services)
            && self.top().is_none_or(|(intent, _)| intent.starts_with("life."))
    }

    /// The model is not sure, or takes it for nothing of the town's, but what is asked for stands in the catalogue.
    pub(super) fn named_service(&self, burst: &Burst<'_>) -> Option<Command> {
        let unsure = self.top().is_none_or(|(intent, sure)| !sure || intent == OUT_OF_SCOPE);
        let today = self.world.now.get(..10)?.parse().ok()?;
        let flow = self.library.flow_for_intent(PROCEDURE).filter(|_| unsure)?;
        let named = services::is_asked_for(&self.catalogue.services_on(today), &burst.text);
        named.then(|| self.begin(flow, PROCEDURE, burst))
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
    pub(super) fn begin_again(&self, flow: &FlowInfo, intent: &str, burst: &Burst<'_>) -> Vec<Command> {
        let begun = self.session.stack.iter().rfind(|frame| frame.flow == flow.name);
        let known = begun.map(|frame| frame.slots.clone()).unwrap_or_default();
        let mut command = self.begin(flow, intent, burst);
        if let Command::Start { slots, .. } = &mut command {
            let new = |name: &str| !slots.iter().any(|(own, _)| own == name);
            let kept =
                |(name, _): &(String, Value)| flow.given.contains(name) && name != "category" && new(name);
            let kept: Vec<_> = known.into_iter().filter(kept).collect();
            slots.extend(kept);
        }
        vec![Command::Leave, command]
    }

    pub(super) fn between(
        &self,
        understood: &Understanding,
        burst: &Burst<'_>,
        asked: bool,
        said: Answer,
    ) -> Vec<Command> {
        let mut suggestions = self.suggestions(understood, burst);
        match suggestions.len() {
            0 if asked => vec![answer(said)],
            0 => vec![self.not_understood(burst)],
            _ if asked => vec![answer(said)],
            _ => {
                suggestions.truncate(SUGGESTIONS);
                vec![Command::Clarify { suggestions }]
            }
        }
    }

    /// The likely meanings that have a flow, each named as its intent is, with what was told already.
    fn suggestions(&self, understood: &Understanding, burst: &Burst<'_>) -> Vec<Suggestion> {
        let lang = self.session.lang;
        let likely =
            understood.ranked.iter().filter(|ranked| ranked.confidence >= 0.05 && &*ranked.intent != "none");
        let named = likely.filter_map(|ranked| {
            let flow = self.library.flow_for_intent(&ranked.intent)?;
            let label = self.phrases.title(&ranked.intent, lang).unwrap_or_else(|| flow.title(lang));
            let Command::Start { flow: name, intent, slots, told } = self.begin(flow, &ranked.intent, burst)
            else {
                return None;
            };
            let description = self.catalogue.told_apart(&ranked.intent).map(|line| line.get(lang).to_owned());
            Some(Suggestion { flow: name, intent, label: label.to_owned(), description, slots, told })
        });
        named.collect()
    }

    pub(super) fn start_for(&self, intent: &str, slots: Vec<(String, Value)>) -> Option<Command> {
        let flow = self.library.flow_for_intent(intent)?;
        Some(start(&flow.name, Some(intent), slots))
    }
}

/// "También hay una fuga", "another thing": not what is talked about already.
fn is_one_more(text: &str) -> bool {
    let said = words(text);
    ["tambien", "ademas", "aparte", "otro", "otra", "another", "also", "besides"]
        .iter()
        .any(|word| said.iter().any(|own| own == word))
}
