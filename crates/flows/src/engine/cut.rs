//! When a flow cannot go on: it is dropped, said in an event, and the rescue flow takes over. Nothing loops: a cut
//! removes flows, and the rescue flow itself is given up when it is cut.

use super::{Broken, Run};
use crate::{Event, FlowOutcome, Frame};

impl Broken {
    pub(super) fn new(reason: &str) -> Self {
        Self(reason.to_owned())
    }
}

/// The kind of the error and where: what minijinja says beyond that may quote what the person wrote.
impl From<minijinja::Error> for Broken {
    fn from(error: minijinja::Error) -> Self {
        let line = error.line().map(|line| format!(", line {line} of the text")).unwrap_or_default();
        Self(match error.kind() {
            minijinja::ErrorKind::OutOfFuel => "a template needs too much work (fuel)".to_owned(),
            kind => format!("a template failed: {kind}{line}"),
        })
    }
}

impl Run<'_> {
    /// Cuts the flow on top.
    pub(super) fn cut(&mut self, broken: &Broken) {
        let top = self.session.stack.len().saturating_sub(1);
        self.cut_at(top, broken);
    }

    /// Cuts a flow together with its callers and with those it called; what else runs is kept.
    pub(super) fn cut_at(&mut self, index: usize, broken: &Broken) {
        let Some(frame) = self.session.stack.get(index) else { return };
        let step = match self.library.pinned(frame) {
            Some(flow) => flow.step_name(frame.position).to_owned(),
            None => frame.step.clone(),
        };
        self.events.push(Event::Cut { flow: frame.flow.clone(), step, reason: broken.0.clone() });
        let above = self.take_above(index);
        let on_top = above.is_empty();
        let rescued = self.rescue_index().is_some();
        self.drop_chain(FlowOutcome::Cut);
        let given_up = rescued && self.rescue_index().is_none();
        self.session.stack.extend(above);
        if on_top {
            self.session.asked = None;
        }
        if given_up {
            self.drop_all(FlowOutcome::Cut);
        } else {
            self.rescue_or_return_to_it();
        }
    }

    /// Takes off what runs above a flow and is not part of the same chain of calls.
    fn take_above(&mut self, index: usize) -> Vec<Frame> {
        let chain_end = self.session.stack.iter().skip(index + 1).position(|frame| !frame.called);
        match chain_end {
            Some(length) => self.session.stack.split_off(index + 1 + length),
            None => Vec::new(),
        }
    }

    /// Starts the rescue flow, with a budget of its own, unless it runs already or there is none.
    pub(super) fn rescue(&mut self) -> bool {
        if !self.can_rescue() {
            return false;
        }
        let name = &self.library.limits.rescue;
        self.resumed = None;
        self.session.steps = 0;
        self.session.asked = None;
        self.push(Frame::new(name)).is_ok()
    }

    /// The same; where it runs already, perhaps below others, it comes to the top and goes on from where it is.
    pub(super) fn rescue_or_return_to_it(&mut self) {
        let name = self.library.limits.rescue.clone();
        if !self.rescue() && self.bring_up(&name) {
            self.session.steps = 0;
            self.session.asked = None;
        }
    }

    /// Whether there is a rescue flow, and it does not run already.
    pub(super) fn can_rescue(&self) -> bool {
        self.rescue_index().is_none() && self.library.get(&self.library.limits.rescue).is_some()
    }

    fn rescue_index(&self) -> Option<usize> {
        self.session.stack.iter().position(|frame| frame.flow == self.library.limits.rescue)
    }
}
