//! Going back to an answer: the person corrects it, or wants the step before. What followed from it is found anew;
//! what they told beside it stays.

use ventanilla_values::Value;

use super::{Broken, Run, ask::Manner, phrases::Phrase};
use crate::{
    Answer, Answered, Event, FlowOutcome, Frame, Library, Session, SlotType, World,
    compile::{Flow, Op, Question},
    template::ValueSource,
};

/// Letters of a place from which on it is looked for in what was told.
const SHORTEST: usize = 6;

impl Run<'_> {
    /// See [`crate::Command::Correct`]. Nothing changes where the slot was not answered, or an action is awaited.
    pub(super) fn correct(&mut self, slot: &str, answer: Option<&Answer>) {
        let Some((index, position)) = found(self.library, &self.session, slot) else {
            return self.ask_again(&Manner::Plain);
        };
        self.events.push(Event::say(Phrase::Corrected.text(self.session.lang)));
        let before = self.session.stack.get(index).and_then(|frame| frame.get(slot)).cloned();
        self.reopen(index, position, slot);
        if let Some(answer) = answer {
            self.answer(answer);
        }
        self.correct_words(index, slot, before);
    }

    /// A description that names the place that was corrected names the new one: nobody is sent to the old street.
    fn correct_words(&mut self, index: usize, slot: &str, before: Option<Value>) {
        let Some(frame) = self.session.stack.get_mut(index) else { return };
        let (Some(Value::Place(old)), Some(Value::Place(new))) = (before, frame.get(slot)) else { return };
        let (old, new) = (old.text, new.text.clone());
        // "La 5" stands in too many words.
        if old.chars().count() < SHORTEST || old == new {
            return;
        }
        for (_, value) in &mut frame.slots {
            if let Value::Text(text) = value
                && text.contains(&old)
            {
                *text = text.replace(&old, &new);
            }
        }
    }

    /// See [`crate::Command::Back`].
    pub(super) fn back(&mut self) {
        let last = self.session.chain().rev().find_map(|index| {
            let frame = self.session.stack.get(index)?;
            let position = self.library.pinned(frame)?.asks_at(frame.path.last()?)?;
            Some((index, position))
        });
        let Some((index, position)) = last.filter(|_| !awaits_action(&self.session)) else {
            self.events.push(Event::say(Phrase::AtTheStart.text(self.session.lang)));
            return self.ask_again(&Manner::Plain);
        };
        let slot = self.slot_at(index, position).unwrap_or_default();
        self.events.push(Event::say(Phrase::Back.text(self.session.lang)));
        self.reopen(index, position, &slot);
    }

    fn slot_at(&self, index: usize, position: usize) -> Option<String> {
        let flow = self.library.pinned(self.session.stack.get(index)?)?;
        slot_of(&flow.code.get(position)?.op).map(str::to_owned)
    }

    /// The flow stands again where the slot is filled, and goes on from there.
    fn reopen(&mut self, index: usize, position: usize, slot: &str) {
        let library = self.library;
        while self.session.stack.len() > index + 1 {
            let Some(called) = self.session.stack.pop() else { break };
            self.events.push(Event::FlowEnded { flow: called.flow, outcome: FlowOutcome::Cancelled });
        }
        self.session.asked = None;
        let Some(frame) = self.session.stack.last_mut() else { return };
        match library.pinned(frame) {
            Some(flow) => forget(frame, flow, position, slot),
            None => return self.cut(&Broken::new("this revision of the flow is not loaded")),
        }
        let (flow, slot) = (frame.flow.clone(), slot.to_owned());
        self.events.push(Event::SlotReopened { flow, slot });
        self.advance();
    }
}

/// Takes back an answer and what followed from it.
fn forget(frame: &mut Frame, flow: &Flow, position: usize, slot: &str) {
    let behind = |name: &String| flow.asks_at(name).is_some_and(|at| at >= position);
    let since = frame.slots.iter().position(|(name, _)| name == slot).unwrap_or(frame.slots.len());
    let later: Vec<String> = frame.slots.iter().skip(since + 1).map(|(name, _)| name.clone()).collect();
    let found_out = |name: &String| {
        let follows = |(at, op): (usize, &Op)| at > position && follows(op, name);
        flow.code.iter().map(|instruction| &instruction.op).enumerate().any(follows)
    };
    let lost: Vec<String> = later.into_iter().filter(found_out).collect();
    frame.slots.retain(|(name, _)| name != slot && !lost.contains(name));
    frame.path.retain(|step| !behind(step));
    frame.told.clear();
    frame.position = position;
}

/// Whether an instruction fills the slot with something that depends on what was answered before: a result, a value that
/// is computed, a choice among what was offered.
fn follows(op: &Op, slot: &str) -> bool {
    match op {
        Op::Ask(question) => {
            question.slot == slot && matches!(question.slot_type, SlotType::Choice | SlotType::YesNo)
        }
        Op::Do(action) => action.into.as_deref() == Some(slot),
        Op::Call(call) => call.into.as_deref() == Some(slot),
        Op::Set(values) => {
            values.iter().any(|(name, source)| name == slot && !matches!(source, ValueSource::Constant(_)))
        }
        Op::Say(_) | Op::Unless { .. } | Op::Jump(_) | Op::End(_) | Op::EndAll => false,
    }
}

/// The slot that an answer of the person fills here: of a question, or of a call that gives something.
fn slot_of(op: &Op) -> Option<&str> {
    match op {
        Op::Ask(question) => Some(&question.slot),
        Op::Call(call) => call.into.as_deref(),
        _ => None,
    }
}

fn awaits_action(session: &Session) -> bool {
    session.stack.iter().skip(session.chain().start).any(|frame| frame.suspended)
}

/// The frame and position where a slot of the flow that talks was answered: the last time on the way that the talk went,
/// else (where it was told ahead) the first question for it.
fn found(library: &Library, session: &Session, slot: &str) -> Option<(usize, usize)> {
    if awaits_action(session) {
        return None;
    }
    session.chain().rev().find_map(|index| {
        let frame = session.stack.get(index)?;
        let flow = library.pinned(frame).filter(|_| frame.has(slot))?;
        let fills =
            |at: &usize| flow.code.get(*at).is_some_and(|instruction| slot_of(&instruction.op) == Some(slot));
        let answered = frame.path.iter().rev().filter_map(|step| flow.asks_at(step)).find(fills);
        let ahead = || (0..frame.position).find(fills);
        Some((index, answered.or_else(ahead)?))
    })
}

/// See [`Library::answered`].
pub(crate) fn answered(library: &Library, session: &Session) -> Vec<Answered> {
    let mut all: Vec<Answered> = Vec::new();
    for index in session.chain().rev() {
        let Some(frame) = session.stack.get(index) else { continue };
        let Some(flow) = library.pinned(frame) else { continue };
        for (slot, _) in frame.slots.iter().rev() {
            let Some((at, position)) = found(library, session, slot) else { continue };
            if at == index {
                let question = flow.question(position);
                all.push(Answered {
                    slot: slot.clone(),
                    slot_type: question.map(|question| question.slot_type),
                    also: question.map(|question: &Question| question.also.clone()).unwrap_or_default(),
                });
            }
        }
    }
    all
}

/// See [`Library::corrects`].
pub(crate) fn corrects(
    library: &Library,
    session: &Session,
    slot: &str,
    answer: &Answer,
    world: &World,
) -> bool {
    if found(library, session, slot).is_none() {
        return false;
    }
    let mut run = Run::new(library, session.clone(), world);
    run.session.steps = 0;
    run.correct(slot, Some(answer));
    let wrong = |event: &Event| matches!(event, Event::NoMatch { .. } | Event::Stale | Event::Cut { .. });
    !run.events.iter().any(wrong)
}
