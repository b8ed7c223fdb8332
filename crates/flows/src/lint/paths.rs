//! Ways through the instructions of a flow.

use crate::compile::{Flow, Op};

/// Where an instruction can lead.
pub(super) fn next(op: &Op, at: usize) -> Vec<usize> {
    match op {
        Op::End(_) | Op::EndAll => Vec::new(),
        Op::Jump(to) => vec![*to],
        Op::Unless { otherwise, .. } => vec![at + 1, *otherwise],
        Op::Do(op) => std::iter::once(at + 1).chain(op.failed).collect(),
        Op::Say(_) | Op::Ask(_) | Op::Set(_) | Op::Call(_) => vec![at + 1],
    }
}

/// Instructions that can be reached from one, over those that `goes` lets pass.
pub(super) fn reach(flow: &Flow, from: Vec<usize>, goes: &dyn Fn(&Op) -> bool) -> Vec<bool> {
    let mut reached = vec![false; flow.code.len()];
    let mut open = from;
    while let Some(at) = open.pop() {
        let (Some(seen), Some(instruction)) = (reached.get_mut(at), flow.code.get(at)) else { continue };
        if !*seen && goes(&instruction.op) {
            *seen = true;
            open.extend(next(&instruction.op, at));
        }
    }
    reached
}

/// Instructions that are ever reached.
pub(super) fn reached(flow: &Flow) -> Vec<bool> {
    reach(flow, vec![0], &|_| true)
}

pub(super) fn line_of(flow: &Flow, at: usize) -> u32 {
    flow.code.get(at).map_or(0, |instruction| instruction.line)
}
