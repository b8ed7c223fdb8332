//! Starting, ending and leaving flows.

use ventanilla_values::Value;

use super::{Broken, Run, phrases::Phrase};
use crate::{Event, FlowOutcome, Frame};

impl Run<'_> {
    /// Puts a flow on top because a command or a clarification says so. A flow that cannot start is cut.
    pub(super) fn start(&mut self, flow: &str, intent: Option<String>, slots: Vec<(String, Value)>) {
        let result = if self.session.stack.len() >= self.library.limits.depth {
            Err(Broken::new("too many flows are open"))
        } else {
            self.push(Frame { intent, slots, ..Frame::new(flow) })
        };
        if let Err(broken) = result {
            self.events.push(Event::Cut { flow: flow.to_owned(), step: String::new(), reason: broken.0 });
            self.rescue();
        }
    }

    /// A menu that is not answered is not taken up again.
    pub(super) fn leave_passing(&mut self) {
        let top = self.session.running().and_then(|frame| self.library.pinned(frame));
        if top.is_some_and(|flow| flow.info.passing) {
            self.drop_chain(FlowOutcome::Cancelled);
        }
    }

    pub(super) fn push(&mut self, mut frame: Frame) -> Result<(), Broken> {
        let Some(flow) = self.library.get(&frame.flow) else {
            return Err(Broken::new("no flow has this name"));
        };
        frame.revision.clone_from(&flow.info.revision);
        frame.slots.retain(|(_, value)| *value != Value::None);
        self.events.push(Event::FlowStarted {
            flow: frame.flow.clone(),
            revision: frame.revision.clone(),
            intent: frame.intent.clone(),
        });
        self.session.stack.push(frame);
        Ok(())
    }

    /// The flow on top has come to its end; its caller gets what it returns.
    pub(super) fn end(&mut self, returned: Value) {
        let Some(ended) = self.session.stack.pop() else { return };
        if let (Some(slot), Some(caller)) = (ended.into, self.session.stack.last_mut()) {
            caller.fill(&slot, returned);
            if caller.has(&slot) {
                let flow = caller.flow.clone();
                self.events.push(Event::SlotFilled { flow, slot });
            }
        }
        self.events.push(Event::FlowEnded { flow: ended.flow, outcome: FlowOutcome::Completed });
    }

    /// Leaves an open clarification, or else the flow that talks together with those that called it.
    pub(super) fn cancel(&mut self) {
        let clarifying = self.session.asked.take().is_some_and(|asked| !asked.clarify.is_empty());
        if !clarifying {
            self.drop_chain(FlowOutcome::Cancelled);
        }
        self.events.push(Event::say(Phrase::Left.text(self.session.lang)));
        self.advance();
    }

    /// Drops the topmost flow and its callers: they would go on without what they asked for.
    pub(super) fn drop_chain(&mut self, outcome: FlowOutcome) {
        while let Some(frame) = self.session.stack.pop() {
            self.events.push(Event::FlowEnded { flow: frame.flow, outcome });
            if !frame.called {
                break;
            }
        }
    }

    pub(super) fn drop_all(&mut self, outcome: FlowOutcome) {
        self.session.asked = None;
        while !self.session.stack.is_empty() {
            self.drop_chain(outcome);
        }
    }
}
