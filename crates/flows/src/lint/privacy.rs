//! Personal data are asked for behind the privacy notice, or together with it.

use ventanilla_values::Lang;

use super::{
    Report,
    paths::{next, reached},
};
use crate::{
    compile::{Op, walk},
    definition::{SlotType, Step, Text},
    finding::Rule,
    load::Draft,
};

/// Types of slots whose answers are personal data (LGPDPPSO, article 3): what names somebody or leads to them.
const PERSONAL: [&str; 7] = ["phone", "email", "curp", "rfc", "full_name", "age", "plate"];
/// The flow that tells the notice.
const NOTICE: &str = "privacy";

pub(super) fn lint(draft: &Draft, report: &mut Report) {
    let flow = &draft.flow;
    let told = lines_that_tell(draft);
    let tells = |at: usize| {
        flow.code.get(at).is_some_and(|instruction| match &instruction.op {
            Op::Call(call) => call.flow == NOTICE,
            Op::Say(_) | Op::Ask(_) => told.contains(&instruction.line),
            _ => false,
        })
    };
    // Ways from the beginning on which nothing was told yet.
    let (mut untold, mut open) = (vec![false; flow.code.len()], vec![0]);
    while let Some(at) = open.pop() {
        let (Some(seen), Some(instruction)) = (untold.get_mut(at), flow.code.get(at)) else { continue };
        if !*seen && !tells(at) {
            *seen = true;
            open.extend(next(&instruction.op, at));
        }
    }
    let ever = reached(flow);
    for (instruction, (untold, ever)) in flow.code.iter().zip(untold.into_iter().zip(ever)) {
        let Op::Ask(question) = &instruction.op else { continue };
        if untold && ever && is_personal(question.slot_type) {
            let message = format!("'{}' is personal, and nobody has told what it is used for", question.slot);
            let hint = "say in this question, or before it, what it is for and where the privacy notice is";
            report.warning(Rule::PrivacyNotice, instruction.line, message, hint);
        }
    }
}

fn is_personal(slot_type: SlotType) -> bool {
    PERSONAL.contains(&slot_type.as_str())
}

/// Steps whose text speaks of the notice.
fn lines_that_tell(draft: &Draft) -> Vec<u32> {
    let tells = |text: &Text| text.get(Lang::ES).to_lowercase().contains("privacidad");
    let mut lines = Vec::new();
    walk(&draft.read.definition.steps, &mut |step| {
        let text = match &step.value {
            Step::Say(say) => &say.say,
            Step::Collect(collect) => &collect.ask,
            Step::Confirm(confirm) => &confirm.ask,
            _ => return,
        };
        if tells(text) {
            lines.push(step.line);
        }
    });
    lines
}
