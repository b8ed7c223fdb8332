//! Steps that nobody reaches and circles that nobody leaves.

use super::Report;
use crate::{
    compile::{Flow, Op},
    load::Draft,
};

pub(super) fn lint(draft: &Draft, report: &mut Report) {
    let flow = &draft.flow;
    unreachable(flow, report);
    let circle = |goes: &dyn Fn(&Op) -> bool| first_circle(flow, goes);
    if let Some(at) = circle(&|op| !waits(flow, op) && !changes(op)) {
        let message = "from here the flow goes in a circle for ever";
        report.error(line_of(flow, at), message, hint_of(flow));
    } else if let Some(at) = circle(&|op| !waits(flow, op)) {
        let message = "from here the flow goes in a circle without waiting for anybody";
        report.warning(line_of(flow, at), message, "make sure that a 'when' leaves it after a few rounds");
    }
}

fn hint_of(flow: &Flow) -> &'static str {
    let asks = flow.code.iter().any(|instruction| matches!(instruction.op, Op::Ask(_)));
    if asks {
        "a question is asked only while its slot is empty: before going back, empty it with 'set: {slot: null}'"
    } else {
        "ask something in it, or lead out of it"
    }
}

/// Where an instruction can lead.
fn next(op: &Op, at: usize) -> Vec<usize> {
    match op {
        Op::End(_) | Op::EndAll => Vec::new(),
        Op::Jump(to) => vec![*to],
        Op::Unless { otherwise, .. } => vec![at + 1, *otherwise],
        Op::Do(op) => std::iter::once(at + 1).chain(op.failed).collect(),
        Op::Say(_) | Op::Ask(_) | Op::Set(_) | Op::Call(_) => vec![at + 1],
    }
}

/// Whether it lets a circle rest: a question that is asked each time round, an action, another flow.
fn waits(flow: &Flow, op: &Op) -> bool {
    match op {
        Op::Ask(question) => question.always || is_set(flow, &question.slot),
        Op::Do(_) | Op::Call(_) => true,
        Op::Say(_) | Op::Unless { .. } | Op::Jump(_) | Op::Set(_) | Op::End(_) | Op::EndAll => false,
    }
}

fn is_set(flow: &Flow, slot: &str) -> bool {
    flow.code.iter().any(|instruction| match &instruction.op {
        Op::Set(values) => values.iter().any(|(name, _)| name == slot),
        _ => false,
    })
}

/// Whether a later round may go another way.
fn changes(op: &Op) -> bool {
    matches!(op, Op::Set(_))
}

/// Instructions that can be reached from one, over those that `goes` lets pass.
fn reach(flow: &Flow, from: Vec<usize>, goes: &dyn Fn(&Op) -> bool) -> Vec<bool> {
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

/// The first instruction from which `goes` leads back to itself, among those that are ever reached.
fn first_circle(flow: &Flow, goes: &dyn Fn(&Op) -> bool) -> Option<usize> {
    let reached = reach(flow, vec![0], &|_| true);
    let candidates =
        flow.code.iter().enumerate().filter(|(at, instruction)| {
            goes(&instruction.op) && reached.get(*at).copied().unwrap_or_default()
        });
    candidates
        .map(|(at, instruction)| (at, next(&instruction.op, at)))
        .find(|(at, next)| reach(flow, next.clone(), goes).get(*at).copied().unwrap_or_default())
        .map(|(at, _)| at)
}

fn line_of(flow: &Flow, at: usize) -> u32 {
    flow.code.get(at).map_or(0, |instruction| instruction.line)
}

/// One warning for each run of instructions that nothing leads to.
fn unreachable(flow: &Flow, report: &mut Report) {
    let reached = reach(flow, vec![0], &|_| true);
    let mut before = true;
    for (instruction, reached) in flow.code.iter().zip(reached) {
        if !reached && before && instruction.line > 0 {
            report.warning(
                instruction.line,
                "no way leads to this step",
                "remove it, or 'go' to it from somewhere",
            );
        }
        before = reached || instruction.line == 0 && before;
    }
}
