//! Starting, ending and leaving flows.

use ventanilla_values::Value;

use super::{Broken, Run, aside::Resumed, phrases::Phrase};
use crate::{Event, FlowOutcome, Frame, Told};

impl Run<'_> {
    /// Puts a flow on top because a command or a clarification says so. A flow that cannot start is cut.
    pub(super) fn start(
        &mut self,
        flow: &str,
        intent: Option<String>,
        slots: Vec<(String, Value)>,
        told: Vec<Told>,
    ) {
        (self.resumed, self.resting, self.turn_of_next) = (None, false, false);
        // Wanted now, it need not be begun once more.
        self.session.next.retain(|frame| frame.flow != flow || frame.intent != intent);
        let result = if self.session.stack.len() >= self.library.limits.depth {
            Err(Broken::new("too many flows are open"))
        } else {
            self.push(Frame { intent, slots, told, ..Frame::new(flow) })
        };
        if let Err(broken) = result {
            self.events.push(Event::Cut { flow: flow.to_owned(), step: String::new(), reason: broken.0 });
            self.rescue_or_return_to_it();
        }
    }

    /// A flow that begins when all that are open have ended.
    pub(super) fn begin_later(&mut self, frame: Frame) {
        if self.session.next.len() >= self.library.limits.depth {
            let reason = "too many flows wait".to_owned();
            return self.events.push(Event::Cut { flow: frame.flow, step: String::new(), reason });
        }
        if self.session.next.is_empty() {
            self.events.push(Event::say(Phrase::OneByOne.text(self.session.lang)));
        }
        self.session.next.push(frame);
    }

    /// What waited for its turn begins, and it is said so.
    pub(super) fn begin_next(&mut self) {
        self.turn_of_next = false;
        if self.session.next.is_empty() {
            return;
        }
        let Frame { flow, intent, slots, told, .. } = self.session.next.remove(0);
        self.events.push(Event::say(Phrase::TheOther.text(self.session.lang)));
        self.start(&flow, intent, slots, told);
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
        if !ended.called {
            self.comes_to_the_top(&ended);
        }
        let library = self.library;
        if let (Some(slot), Some(caller)) = (ended.into, self.session.stack.last_mut()) {
            // What it told without asking is nothing that the person could correct.
            if let Some(flow) = library.pinned(caller).filter(|_| !ended.path.is_empty()) {
                caller.passed(flow.step_name(caller.position.saturating_sub(1)));
            }
            caller.fill(&slot, returned);
            if caller.has(&slot) {
                let flow = caller.flow.clone();
                self.events.push(Event::SlotFilled { flow, slot });
            }
        }
        self.events.push(Event::FlowEnded { flow: ended.flow, outcome: FlowOutcome::Completed });
    }

    /// Another flow was over it, and is gone.
    fn comes_to_the_top(&mut self, gone: &Frame) {
        let gone = self.library.pinned(gone).map(|flow| &flow.info);
        self.resting = gone.is_some_and(|info| info.rests);
        let resumes = gone.is_some_and(|info| info.resumes || info.rests);
        let long_ago = self.session.stack.len() < self.session.depth;
        self.resumed = (!resumes && !self.session.stack.is_empty()).then_some(Resumed { long_ago });
        self.session.depth = self.session.depth.min(self.session.stack.len());
        self.turn_of_next = self.session.stack.is_empty() && !self.session.next.is_empty();
    }

    /// Brings an interrupted flow to the top, with those that it called; what was there waits below it.
    pub(super) fn resume_flow(&mut self, flow: &str) {
        self.leave_passing();
        self.resumed = None;
        if !self.bring_up(flow) {
            return self.ask_again(&super::ask::Manner::Plain);
        }
        self.session.asked = None;
        self.events.push(Event::FlowResumed { flow: flow.to_owned() });
        self.advance();
    }

    /// Puts a flow that runs already on top, with those that it is called by and calls. Whether there is one.
    pub(super) fn bring_up(&mut self, flow: &str) -> bool {
        let Some(at) = self.session.stack.iter().rposition(|frame| frame.flow == flow) else { return false };
        let called = |frame: &Frame| frame.called;
        let stack = &self.session.stack;
        let begins = stack.iter().take(at + 1).rposition(|frame| !called(frame)).unwrap_or(0);
        let ends =
            stack.iter().skip(at + 1).position(|frame| !called(frame)).map_or(stack.len(), |n| at + 1 + n);
        let chain: Vec<Frame> = self.session.stack.drain(begins..ends).collect();
        self.session.stack.extend(chain);
        true
    }

    /// Drops the topmost flow and its callers: they would go on without what they asked for.
    pub(super) fn drop_chain(&mut self, outcome: FlowOutcome) {
        while let Some(frame) = self.session.stack.pop() {
            if !frame.called {
                self.comes_to_the_top(&frame);
            }
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
        self.session.next.clear();
        self.turn_of_next = false;
    }
}
