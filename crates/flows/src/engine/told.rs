//! What the person told before it was asked for: kept in their words, and read by the question that wants it.

use std::sync::Arc;

use ventanilla_values::Value;

use super::{
    Broken, Next, Run,
    answer::question_of,
    ask::Manner,
    phrases::Phrase,
    understand::{Understood, within_length},
};
use crate::{
    Answer, Asked, Event, Library, Session, SlotType, Told, World,
    compile::{Flow, Op, Question},
};

impl Run<'_> {
    /// See [`crate::Command::Tell`].
    pub(super) fn tell(&mut self, told: &[Told], alone: bool) {
        let expected: Vec<Told> =
            told.iter().filter(|one| awaits(self.library, &self.session, &one.kind)).cloned().collect();
        let begins = self.session.chain().start;
        let noted = alone && !expected.is_empty();
        if let Some(frame) = self.session.stack.get_mut(begins) {
            frame.told.retain(|own| !expected.iter().any(|one| one.kind == own.kind));
            frame.told.extend(expected);
        }
        if noted {
            self.events.push(Event::say(Phrase::Noted.text(self.session.lang)));
        }
        if alone {
            self.ask_again(&Manner::Plain);
        }
    }

    /// See [`crate::Command::Add`].
    pub(super) fn add(&mut self, slot: &str, text: &str) {
        if let Some((index, whole)) = with_added(self.library, &self.session, slot, text)
            && let Some(frame) = self.session.stack.get_mut(index)
        {
            frame.put(slot, Value::Text(whole));
            self.events.push(Event::SlotFilled { flow: frame.flow.clone(), slot: slot.to_owned() });
            self.events.push(Event::say(Phrase::Noted.text(self.session.lang)));
        }
        self.ask_again(&Manner::Plain);
    }

    /// Answers a question with what was told, where that is an answer to it.
    pub(super) fn answer_with_told(
        &mut self,
        flow: &Arc<Flow>,
        question: &Question,
    ) -> Result<Option<Next>, Broken> {
        let kind = self.kind(flow, question)?;
        while let Some(words) = self.take_told(&kind) {
            match self.understood(flow, question, "", &Answer::Text { text: words })? {
                Understood::Value(value) if value != Value::None => {
                    if let Some(frame) = self.session.stack.last_mut() {
                        frame.put(&question.slot, value);
                        let (flow, slot) = (frame.flow.clone(), question.slot.clone());
                        self.events.push(Event::SlotFilled { flow, slot });
                    }
                    return Ok(Some(Next::On));
                }
                Understood::Unsure { possible, written } => {
                    self.stand_still(flow);
                    self.session.asked = Some(Asked::new(String::new()));
                    self.ask_which(possible, written);
                    return Ok(Some(Next::Wait));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// What a question is told as.
    pub(super) fn kind(&mut self, flow: &Flow, question: &Question) -> Result<String, Broken> {
        match &question.hears {
            Some(source) => self.with_scope(flow, |templates, scope| templates.source(source, scope)),
            None => Ok(question.slot_type.as_str().to_owned()),
        }
    }

    fn take_told(&mut self, kind: &str) -> Option<String> {
        let chain = self.session.chain();
        let frames = self.session.stack.get_mut(chain)?;
        frames.iter_mut().rev().find_map(|frame| {
            let at = frame.told.iter().position(|told| told.kind == kind)?;
            Some(frame.told.remove(at).words)
        })
    }
}

/// Whether a question that is still to come, of the flow that talks or of one that it calls, wants what is told so. See
/// [`Library::awaits`].
pub(crate) fn awaits(library: &Library, session: &Session, kind: &str) -> bool {
    session.chain().any(|index| {
        let Some(frame) = session.stack.get(index) else { return false };
        let Some(flow) = library.pinned(frame) else { return false };
        let open = session.asked.is_some() && index + 1 == session.stack.len();
        let ahead = flow.code.iter().skip(frame.position + usize::from(open));
        ahead.map(|instruction| &instruction.op).any(|op| match op {
            Op::Ask(question) => !frame.has(&question.slot) && wants(question, kind),
            Op::Call(call) => library.get(&call.flow).is_some_and(|called| wanted_in(called, kind)),
            _ => false,
        })
    })
}

/// The frame of the flow that talks that has a question for this text, and the text with these words behind it. See
/// [`Library::may_be_added_to`].
pub(crate) fn with_added(
    library: &Library,
    session: &Session,
    slot: &str,
    text: &str,
) -> Option<(usize, String)> {
    session.chain().rev().find_map(|index| {
        let frame = session.stack.get(index)?;
        let flow = library.pinned(frame)?;
        let question = flow.code.iter().find_map(|instruction| match &instruction.op {
            Op::Ask(question) if question.slot == slot && question.slot_type == SlotType::Text => {
                Some(question)
            }
            _ => None,
        })?;
        let before = match frame.get(slot) {
            Some(Value::Text(before)) => before.trim_end(),
            _ => "",
        };
        let ends = before.is_empty() || before.ends_with(['.', '!', '?', '…']);
        let whole =
            format!("{before}{}{}", if ends { "" } else { "." }, if before.is_empty() { "" } else { " " });
        let whole = whole + text.trim();
        within_length(question, &whole).then_some((index, whole))
    })
}

/// See [`Library::open_hears`].
pub(crate) fn open_hears(library: &Library, session: &Session, world: &World) -> Option<String> {
    let (flow, question) = question_of(library, session)?;
    question.hears.as_ref()?;
    Run::new(library, session.clone(), world).kind(flow, question).ok()
}

/// See [`Library::hears`].
pub(crate) fn hears(library: &Library, flow: &str, kind: &str) -> bool {
    library.get(flow).is_some_and(|flow| {
        wanted_in(flow, kind)
            || flow.code.iter().any(|instruction| match &instruction.op {
                Op::Call(call) => library.get(&call.flow).is_some_and(|called| wanted_in(called, kind)),
                _ => false,
            })
    })
}

fn wanted_in(flow: &Flow, kind: &str) -> bool {
    flow.code.iter().any(|instruction| matches!(&instruction.op, Op::Ask(question) if wants(question, kind)))
}

/// What a question hears may depend on its slots: then it may be this.
fn wants(question: &Question, kind: &str) -> bool {
    let heard = question.hears.is_some() && !SlotType::is_name(kind);
    !question.always && (heard || question.slot_type.as_str() == kind)
}
