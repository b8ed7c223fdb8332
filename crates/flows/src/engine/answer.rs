//! Answers: to the open question, to one that is no longer open, or to nothing.

use std::sync::Arc;

use ventanilla_values::Value;

use super::{
    Broken, Run, aside,
    ask::Manner,
    clarify,
    phrases::Phrase,
    understand::{Open, Understood, understand},
    unsure,
};
use crate::{
    Answer, Event, Library, OpenQuestion, Session, SlotType, World,
    compile::{Flow, Question},
};

impl Run<'_> {
    pub(super) fn answer(&mut self, answer: &Answer) {
        match &self.session.asked {
            None => {
                if let Answer::Choice { .. } = answer {
                    self.stale(answer);
                }
            }
            Some(asked) if !asked.clarify.is_empty() => self.answer_clarification(answer),
            Some(asked) => {
                let (id, aside) = (asked.id.clone(), asked.aside);
                let answered = match aside {
                    Some(aside) => self.answer_aside(aside, answer),
                    None => self.answer_question(&id, answer),
                };
                if let Err(broken) = answered {
                    self.session.asked = None;
                    self.cut(&broken);
                    self.advance();
                }
            }
        }
    }

    fn answer_question(&mut self, id: &str, answer: &Answer) -> Result<(), Broken> {
        let library = self.library;
        let Some((flow, question)) = question_of(library, &self.session) else {
            return Err(Broken::new("the open question is not in the loaded flow"));
        };
        let (unsure, refused) = self
            .session
            .asked
            .as_ref()
            .map_or((false, false), |asked| (!asked.unsure.is_empty(), asked.refused));
        if unsure {
            return self.answer_which(flow, question, answer);
        }
        match self.understood(flow, question, id, answer)? {
            Understood::Value(value) => self.fill(question, value),
            Understood::Unsure { written: Some(value), .. } if refused => self.fill(question, value),
            Understood::Unsure { possible, written } => self.ask_which(possible, written),
            Understood::Stale => self.stale(answer),
            Understood::WayOut(way) => self.take_way_out(way),
            Understood::Miss(why) => self.missed(&flow.info.name, &Manner::Again(why)),
        }
        Ok(())
    }

    pub(super) fn understood(
        &mut self,
        flow: &Arc<Flow>,
        question: &Question,
        id: &str,
        answer: &Answer,
    ) -> Result<Understood, Broken> {
        let shown = self.shown(flow, question)?;
        let lang = self.session.lang;
        Ok(understand(&Open { question, shown: &shown, id, lang }, answer, self.world))
    }

    pub(super) fn fill(&mut self, question: &Question, value: Value) {
        self.session.asked = None;
        let library = self.library;
        if let Some(frame) = self.session.stack.last_mut() {
            if let Some(flow) = library.pinned(frame) {
                frame.passed(flow.step_name(frame.position));
            }
            frame.put(&question.slot, value);
            frame.position += 1;
            self.events.push(Event::SlotFilled { flow: frame.flow.clone(), slot: question.slot.clone() });
        }
        self.advance();
    }

    /// See [`crate::Command::Fill`].
    pub(super) fn fill_ahead(&mut self, slot: &str, value: &Value) {
        let index = expecting(self.library, &self.session, slot)
            .or_else(|| given_to(self.library, &self.session, slot));
        let Some(index) = index else { return };
        if let Some(frame) = self.session.stack.get_mut(index) {
            frame.put(slot, value.clone());
            self.events.push(Event::SlotFilled { flow: frame.flow.clone(), slot: slot.to_owned() });
            self.events.push(Event::say(Phrase::Noted.text(self.session.lang)));
        }
        self.ask_again(&Manner::Plain);
    }

    /// Not understood: ask again in other words, then with what else can be done, and then let a person take over.
    pub(super) fn missed(&mut self, flow: &str, manner: &Manner) {
        let step = self.session.running().map_or_else(String::new, |frame| frame.step.clone());
        let misses = self.count_miss();
        self.events.push(Event::NoMatch { flow: flow.to_owned(), step, misses });
        // In the rescue flow itself the question is asked until it is answered.
        if misses >= self.library.limits.misses && self.rescue() {
            self.advance();
        } else {
            self.ask_again(manner);
        }
    }

    pub(super) fn count_miss(&mut self) -> u8 {
        let Some(asked) = &mut self.session.asked else { return 0 };
        asked.misses = asked.misses.saturating_add(1);
        asked.misses
    }
}

/// The flow and question that the session waits at.
pub(super) fn question_of<'a>(
    library: &'a Library,
    session: &Session,
) -> Option<(&'a Arc<Flow>, &'a Question)> {
    session.asked.as_ref()?;
    let frame = session.running()?;
    let flow = library.pinned(frame)?;
    Some((flow, flow.question(frame.position)?))
}

/// The topmost flow that will still ask for a slot; not the one whose open question asks for it now.
pub(crate) fn expecting(library: &Library, session: &Session, slot: &str) -> Option<usize> {
    let asked_now = question_of(library, session).is_some_and(|(_, question)| question.slot == slot);
    if asked_now {
        return None;
    }
    session.stack.iter().rposition(|frame| {
        let flow = library.pinned(frame);
        let asks = flow.is_some_and(|flow| flow.info.slots.iter().any(|info| info.name == slot));
        asks && !frame.has(slot)
    })
}

/// See [`Library::may_be_given`].
pub(crate) fn given_to(library: &Library, session: &Session, slot: &str) -> Option<usize> {
    session.chain().rev().find(|index| {
        let frame = session.stack.get(*index);
        let flow = frame.and_then(|frame| library.pinned(frame));
        let given = flow.is_some_and(|flow| flow.info.given.iter().any(|name| name == slot));
        given && frame.is_some_and(|frame| !frame.has(slot))
    })
}

/// See [`Library::accepts`].
pub(crate) fn accepts(library: &Library, session: &Session, answer: &Answer, world: &World) -> bool {
    let Some(asked) = &session.asked else { return false };
    if !asked.clarify.is_empty() {
        return matches!(clarify::chosen(asked, answer, session.lang), Some(clarify::Pick::Suggestion(_)));
    }
    let Some((flow, question)) = question_of(library, session) else { return false };
    let mut run = Run::new(library, session.clone(), world);
    if let Some(aside) = asked.aside {
        return aside::settles(&mut run, aside, answer);
    }
    if !asked.unsure.is_empty() {
        return unsure::settles(&mut run, answer);
    }
    let understood = run.understood(flow, question, &asked.id, answer);
    matches!(understood, Ok(Understood::Value(_) | Understood::Unsure { .. } | Understood::WayOut(_)))
}

/// See [`Library::open_question`].
pub(crate) fn open_question(library: &Library, session: &Session) -> Option<OpenQuestion> {
    let asked = session.asked.as_ref()?;
    if !asked.clarify.is_empty() {
        return Some(OpenQuestion {
            flow: String::new(),
            step: String::new(),
            slot: String::new(),
            slot_type: SlotType::Choice,
            optional: false,
            clarify: true,
            misses: asked.misses,
        });
    }
    let (flow, question) = question_of(library, session)?;
    Some(OpenQuestion {
        flow: flow.info.name.clone(),
        step: session.running()?.step.clone(),
        slot: question.slot.clone(),
        slot_type: match asked.aside {
            Some(_) => SlotType::YesNo,
            None if asked.unsure.is_empty() => question.slot_type,
            // A few places or days are offered, and no words of its own are asked for.
            None => SlotType::Choice,
        },
        optional: question.optional.is_some(),
        clarify: false,
        misses: asked.misses,
    })
}
