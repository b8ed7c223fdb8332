//! Steps that nobody reaches, circles that nobody leaves, answers that are met with silence.

use super::{
    Report,
    paths::{line_of, next, reach, reached},
};
use crate::{
    compile::{Flow, Op, walk},
    definition::Step,
    finding::Rule,
    load::Draft,
};

pub(super) fn lint(draft: &Draft, drafts: &[Draft], report: &mut Report) {
    let flow = &draft.flow;
    unreachable(flow, report);
    without_exit(flow, report);
    // What calls it goes on.
    if !drafts.iter().any(|other| calls(other, &flow.info.name)) {
        dead_ends(flow, report);
    }
    let circle = |goes: &dyn Fn(&Op) -> bool| first_circle(flow, goes);
    if let Some(at) = circle(&|op| !waits(flow, op) && !changes(op)) {
        let message = "from here the flow goes in a circle for ever";
        report.error(Rule::EndlessLoop, line_of(flow, at), message, hint_of(flow));
    } else if let Some(at) = circle(&|op| !waits(flow, op)) {
        let message = "from here the flow goes in a circle without waiting for anybody";
        report.warning(
            Rule::EndlessLoop,
            line_of(flow, at),
            message,
            "make sure that a 'when' leaves it after a few rounds",
        );
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

/// The first instruction from which `goes` leads back to itself, among those that are ever reached.
fn first_circle(flow: &Flow, goes: &dyn Fn(&Op) -> bool) -> Option<usize> {
    let reached = reached(flow);
    let candidates =
        flow.code.iter().enumerate().filter(|(at, instruction)| {
            goes(&instruction.op) && reached.get(*at).copied().unwrap_or_default()
        });
    candidates
        .map(|(at, instruction)| (at, next(&instruction.op, at)))
        .find(|(at, next)| reach(flow, next.clone(), goes).get(*at).copied().unwrap_or_default())
        .map(|(at, _)| at)
}

fn calls(draft: &Draft, name: &str) -> bool {
    let mut found = false;
    walk(&draft.read.definition.steps, &mut |step| {
        found |= matches!(&step.value, Step::Call(call) if call.call.value == name);
    });
    found
}

/// A question from which no answer leads to the end. (Cancel, menu and a person lead out of every question; but who
/// answers what is asked should come to an end.)
fn without_exit(flow: &Flow, report: &mut Report) {
    let ends = |at: usize| {
        let from = reach(flow, vec![at], &|_| true);
        let mut reached = flow.code.iter().zip(from).filter(|(_, reached)| *reached);
        reached.any(|(instruction, _)| matches!(instruction.op, Op::End(_) | Op::EndAll))
    };
    let mut asks =
        flow.code.iter().enumerate().zip(reached(flow)).filter_map(|((at, instruction), reached)| {
            (reached && matches!(instruction.op, Op::Ask(_))).then_some(at)
        });
    if let Some(at) = asks.find(|at| !ends(*at)) {
        let message = "whatever is answered from here on, the flow never ends";
        report.warning(
            Rule::LoopWithoutExit,
            line_of(flow, at),
            message,
            "lead one of the answers out of the circle",
        );
    }
}

/// Questions behind which the flow can end without a word. What `end` gives back is for a caller.
fn dead_ends(flow: &Flow, report: &mut Report) {
    let speaks = |op: &Op| matches!(op, Op::Say(_) | Op::Ask(_) | Op::Do(_) | Op::Call(_) | Op::End(Some(_)));
    for (at, instruction) in flow.code.iter().enumerate() {
        if !matches!(instruction.op, Op::Ask(_)) {
            continue;
        }
        let silent = reach(flow, vec![at + 1], &|op| !speaks(op));
        let end =
            flow.code.iter().zip(silent).find(|(instruction, reached)| {
                *reached && matches!(instruction.op, Op::End(None) | Op::EndAll)
            });
        if end.is_some() {
            let message = "who answers this may hear nothing more: the flow ends without a word";
            report.warning(Rule::DeadEnd, instruction.line, message, "say something on every way to the end");
        }
    }
}

/// One warning for each run of instructions that nothing leads to.
fn unreachable(flow: &Flow, report: &mut Report) {
    let reached = reached(flow);
    let mut before = true;
    for (instruction, reached) in flow.code.iter().zip(reached) {
        if !reached && before && instruction.line > 0 {
            report.warning(
                Rule::UnreachableStep,
                instruction.line,
                "no way leads to this step",
                "remove it, or 'go' to it from somewhere",
            );
        }
        before = reached || instruction.line == 0 && before;
    }
}
