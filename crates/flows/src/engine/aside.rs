//! What the engine asks over a flow's question: whether to leave, where answers would be lost, and whether to go on with
//! what was interrupted. Whoever answers the flow's question instead has said what they want.

use ventanilla_values::{Lang, Value, yes_no};

use super::{
    Broken, Run,
    answer::question_of,
    ask::{Manner, NO, Shown, YES},
    phrases::Phrase,
    understand::{Understood, pick},
};
use crate::{Answer, Aside, Ask, Asked, Event, FlowOutcome, Library, Session, SlotInfo, SlotType, World};

/// A flow below another has come to the top again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resumed {
    /// The flow above it began before this turn: the person may have something else in mind by now.
    pub long_ago: bool,
}

impl Run<'_> {
    /// Leaves the flow that talks, or asks first where its answers would be lost.
    pub(super) fn cancel(&mut self) {
        let clarifying = self.session.asked.as_ref().is_some_and(|asked| !asked.clarify.is_empty());
        let leaving = self.session.asked.as_ref().is_some_and(|asked| asked.aside.is_some());
        if !clarifying && !leaving && self.session.is_waiting() && self.has_answers() {
            if let Some(asked) = &mut self.session.asked {
                asked.misses = 0;
            }
            return self.ask_aside(Aside::Leave, &Manner::Plain);
        }
        self.session.asked = None;
        if !clarifying {
            self.drop_chain(FlowOutcome::Cancelled);
        }
        self.say_it_is_left();
        self.advance();
    }

    fn say_it_is_left(&mut self) {
        let phrase = if self.turn_of_next { Phrase::LeftForNext } else { Phrase::Left };
        self.events.push(Event::say(phrase.text(self.session.lang)));
    }

    /// Whether the person has told the flow that talks something that would be gone with it.
    fn has_answers(&self) -> bool {
        self.session.stack.iter().skip(self.session.chain().start).any(|frame| {
            let flow = self.library.pinned(frame).filter(|flow| !flow.info.passing);
            // A yes, or a folio that can be said again, is no loss.
            let slight = |slot_type| matches!(slot_type, SlotType::YesNo | SlotType::Folio);
            let told = |slot: &str| frame.get(slot).is_some_and(|value| *value != Value::None);
            let lost = |info: &SlotInfo| !slight(info.slot_type) && told(&info.name);
            flow.is_some_and(|flow| {
                let called = |step: &String| flow.asks_at(step).is_some_and(|at| flow.question(at).is_none());
                flow.info.slots.iter().any(lost) || frame.path.iter().any(called)
            })
        })
    }

    pub(super) fn ask_aside(&mut self, aside: Aside, manner: &Manner) {
        let about = self.about();
        let lang = self.session.lang;
        self.session.questions += 1;
        let id = format!("{}.which.{}", name(aside), self.session.questions);
        let shown = shown(aside, lang);
        let text = self.after_misses(manner, said(aside, about.as_deref(), lang));
        let asked = self.session.asked.get_or_insert_with(|| Asked::new(String::new()));
        (asked.id, asked.aside, asked.from, asked.offers) = (id, Some(aside), 0, shown.len());
        let offers = shown.into_iter().map(|option| option.offer(&asked.id)).collect();
        self.events.push(Event::Ask(Ask { text, offers, slot_type: SlotType::YesNo.to_string(), from: 0 }));
    }

    pub(super) fn answer_aside(&mut self, aside: Aside, answer: &Answer) -> Result<(), Broken> {
        match (decided(&self.session, aside, answer), aside) {
            (Some(true), Aside::Leave) | (Some(false), Aside::Resume) => {
                self.session.asked = None;
                self.drop_chain(FlowOutcome::Cancelled);
                self.say_it_is_left();
                self.advance();
            }
            (Some(_), _) => {
                if let Some(asked) = &mut self.session.asked {
                    (asked.aside, asked.misses) = (None, 0);
                }
                self.ask_again(&Manner::Plain);
            }
            (None, _) => self.answer_below(answer)?,
        }
        Ok(())
    }

    /// The answer may be one to the flow's question.
    fn answer_below(&mut self, answer: &Answer) -> Result<(), Broken> {
        let library = self.library;
        let Some((flow, question)) = question_of(library, &self.session) else {
            return Err(Broken::new("the open question is not in the loaded flow"));
        };
        let id = self.id_below();
        match self.understood(flow, question, &id, answer)? {
            Understood::Value(value) => self.fill(question, value),
            Understood::Unsure { possible, written } => {
                if let Some(asked) = &mut self.session.asked {
                    asked.aside = None;
                }
                self.ask_which(possible, written);
            }
            Understood::Stale => self.stale(answer),
            Understood::WayOut(_) | Understood::Miss(_) => {
                self.missed(&flow.info.name, &Manner::Again(None));
            }
        }
        Ok(())
    }

    /// What the payloads of the flow's question begin with.
    fn id_below(&self) -> String {
        self.session.running().map(|frame| format!("{}.{}.0", frame.flow, frame.step)).unwrap_or_default()
    }

    /// What the person has in hand in the flow that talks, as its author or its title names it. Nothing of what is private.
    pub(super) fn about(&mut self) -> Option<String> {
        let index = self.session.chain().start;
        about_at(self, index)
    }

    /// Says or asks that what was interrupted goes on.
    pub(super) fn bridge(&mut self, resumed: Resumed) -> bool {
        let Some(frame) = self.session.running() else { return false };
        let Some(root) = self.session.stack.get(self.session.chain().start) else { return false };
        let quiet = |flow: &crate::FlowInfo| flow.private || flow.passing;
        if self.library.pinned(root).is_none_or(|flow| quiet(&flow.info)) {
            return false;
        }
        self.events.push(Event::FlowResumed { flow: frame.flow.clone() });
        if resumed.long_ago {
            self.session.asked = None;
            self.ask_aside(Aside::Resume, &Manner::Plain);
            return true;
        }
        let about = self.about();
        self.events.push(Event::say(Phrase::going_on(about.as_deref(), self.session.lang)));
        false
    }
}

/// What a person has in hand: of the topmost flow that is neither private nor in passing. See [`Library::about`].
pub(crate) fn about(library: &Library, session: &Session, world: &World) -> Option<String> {
    let mut run = Run::new(library, session.clone(), world);
    let roots = (0..session.stack.len()).rev().filter(|at| session.stack.get(*at).is_some_and(|f| !f.called));
    let named = |index: &usize| {
        let flow = session.stack.get(*index).and_then(|frame| library.pinned(frame));
        flow.is_some_and(|flow| !flow.info.private && !flow.info.passing)
    };
    roots.filter(named).find_map(|index| about_at(&mut run, index))
}

fn about_at(run: &mut Run<'_>, index: usize) -> Option<String> {
    let library = run.library;
    let flow = library.pinned(run.session.stack.get(index)?).filter(|flow| !flow.info.private)?;
    let written = flow.about.as_ref().and_then(|about| {
        let text = run.with_scope_of(index, flow, |templates, scope| templates.text(about, scope)).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    });
    written.or_else(|| Some(format!("«{}»", flow.info.title(run.session.lang))))
}

/// Whether a private flow runs is nobody's business; the library knows.
fn name(aside: Aside) -> &'static str {
    match aside {
        Aside::Leave => "_leave",
        Aside::Resume => "_resume",
    }
}

fn said(aside: Aside, about: Option<&str>, lang: Lang) -> String {
    match aside {
        Aside::Leave => Phrase::leaving(about, lang),
        Aside::Resume => Phrase::resuming(about, lang),
    }
}

fn shown(aside: Aside, lang: Lang) -> Vec<Shown> {
    let (yes, no) = match aside {
        Aside::Leave => (Phrase::YesLeave, Phrase::NoGoOn),
        Aside::Resume => (Phrase::YesGoOn, Phrase::NoLeave),
    };
    vec![Shown::new(YES, yes.text(lang)), Shown::new(NO, no.text(lang))]
}

/// Yes or no, where the answer says so.
fn decided(session: &Session, aside: Aside, answer: &Answer) -> Option<bool> {
    let asked = session.asked.as_ref()?;
    match answer {
        Answer::Choice { payload, .. } => {
            let option = payload.strip_prefix(asked.id.as_str())?.strip_prefix(':')?;
            [(YES, true), (NO, false)].into_iter().find(|(id, _)| *id == option).map(|(_, yes)| yes)
        }
        Answer::Text { text } => {
            yes_no(text).or_else(|| pick(&shown(aside, session.lang), text).map(|option| option.id == YES))
        }
        Answer::Location { .. } | Answer::Photo { .. } => None,
    }
}

/// Whether an answer decides what the engine asks, or answers the flow's question.
pub(super) fn settles(run: &mut Run<'_>, aside: Aside, answer: &Answer) -> bool {
    if decided(&run.session, aside, answer).is_some() {
        return true;
    }
    let library = run.library;
    let Some((flow, question)) = question_of(library, &run.session) else { return false };
    let id = run.id_below();
    let understood = run.understood(flow, question, &id, answer);
    matches!(understood, Ok(Understood::Value(_) | Understood::Unsure { .. }))
}
