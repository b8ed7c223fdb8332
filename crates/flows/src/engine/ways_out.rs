//! What is offered beside a question that was not understood twice: a person, and to leave it.

use super::{Run, ask::Shown, phrases::Phrase};
use crate::compile::Flow;

/// From so many misses in a row on.
pub(super) const WAYS_OUT: u8 = 2;
/// Options of a flow never begin so.
const AGENT: &str = "_agent";
const LEAVE: &str = "_leave";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayOut {
    ToAPerson,
    Leave,
}

/// What an option of a question is, where it is none of its own.
pub(super) fn way_out(id: &str) -> Option<WayOut> {
    match id {
        AGENT => Some(WayOut::ToAPerson),
        LEAVE => Some(WayOut::Leave),
        _ => None,
    }
}

impl Run<'_> {
    /// The options, and beside them the ways out where there were misses enough.
    pub(super) fn with_ways_out(&self, flow: &Flow, mut shown: Vec<Shown>) -> Vec<Shown> {
        let misses = self.session.asked.as_ref().map_or(0, |asked| asked.misses);
        if misses < WAYS_OUT {
            return shown;
        }
        let lang = self.session.lang;
        // A question that offers a person itself, or is asked by the flow that does, needs no second one.
        let offers_one = shown.iter().any(|option| option.id == self.library.limits.rescue);
        if !offers_one && self.can_rescue() {
            shown.push(Shown::new(AGENT, Phrase::ToAPerson.text(lang)));
        }
        if !flow.info.passing {
            shown.push(Shown::new(LEAVE, Phrase::LeaveIt.text(lang)));
        }
        shown
    }

    pub(super) fn take_way_out(&mut self, way: WayOut) {
        match way {
            WayOut::ToAPerson => {
                self.rescue();
                self.advance();
            }
            WayOut::Leave => self.cancel(),
        }
    }
}
