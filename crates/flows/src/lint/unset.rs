//! Slots that a text says before anything can have filled them: it would say nothing there.

use std::collections::BTreeSet;

use super::{Report, paths::next, variables::given_by};
use crate::{
    compile::{Flow, Op, Used},
    finding::Rule,
    load::Draft,
    template::ValueSource,
};

type Slots = BTreeSet<String>;

pub(super) fn lint(draft: &Draft, drafts: &[Draft], report: &mut Report) {
    let flow = &draft.flow;
    let mut given: Slots = flow.info.given.iter().cloned().collect();
    given.extend(drafts.iter().flat_map(|caller| given_by(caller, &flow.info.name)).map(str::to_owned));
    given.extend(draft.read.lost.iter().cloned());
    let filled = maybe_filled(flow, given);
    for Used { at, line, said, names } in &draft.findings.uses {
        let Some(Some(filled)) = filled.get(*at).filter(|_| *said) else { continue };
        let mut unset: Vec<&String> =
            names.iter().filter(|name| flow.slots.contains(*name) && !filled.contains(*name)).collect();
        unset.sort();
        for slot in unset {
            let message = format!("'{slot}' is not filled on any way to this text");
            report.warning(Rule::UnsetSlot, *line, message, "fill it before, or leave it out of the text");
        }
    }
}

/// For each instruction that is reached: what may be filled when it is.
fn maybe_filled(flow: &Flow, given: Slots) -> Vec<Option<Slots>> {
    let mut filled: Vec<Option<Slots>> = vec![None; flow.code.len()];
    let mut open = vec![(0, given)];
    while let Some((at, mut slots)) = open.pop() {
        let (Some(known), Some(instruction)) = (filled.get_mut(at), flow.code.get(at)) else { continue };
        match known {
            Some(known) if slots.is_subset(known) => continue,
            Some(known) => known.append(&mut slots),
            None => *known = Some(slots),
        }
        let after = after(&instruction.op, known.clone().unwrap_or_default());
        open.extend(next(&instruction.op, at).into_iter().map(|to| (to, after.clone())));
    }
    filled
}

fn after(op: &Op, mut slots: Slots) -> Slots {
    match op {
        Op::Ask(question) => drop(slots.insert(question.slot.clone())),
        Op::Set(values) => {
            for (name, value) in values {
                match value {
                    ValueSource::Constant(serde_json::Value::Null) => drop(slots.remove(name)),
                    _ => drop(slots.insert(name.clone())),
                }
            }
        }
        Op::Do(op) => slots.extend(op.into.clone()),
        Op::Call(op) => slots.extend(op.into.clone()),
        Op::Say(_) | Op::Unless { .. } | Op::Jump(_) | Op::End(_) | Op::EndAll => {}
    }
    slots
}
