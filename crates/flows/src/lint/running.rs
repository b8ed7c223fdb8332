//! What the head says of talks that run when the flow changes.

use super::Report;
use crate::{finding::Rule, load::Draft, yaml::did_you_mean};

pub(super) fn lint(draft: &Draft, report: &mut Report) {
    let running = &draft.read.definition.running;
    let steps = &draft.flow.info.steps;
    let renames = &running.steps.0;
    if let (false, Some((first, _))) = (running.moves, renames.first()) {
        let message = "steps have new names here, but no talk moves to them";
        report.error(Rule::StepId, first.line, message, "add 'move: true', or take 'steps' away");
    }
    for (old, new) in renames {
        if !steps.contains(&new.value) && !draft.read.lost.contains(&new.value) {
            let hint = did_you_mean(new, steps.iter().map(String::as_str));
            report.error(Rule::StepId, new.line, format!("no step is called '{}'", new.value), hint);
        }
        if steps.contains(&old.value) {
            let message = format!("the step '{}' is still here, so it cannot be an older name", old.value);
            report.error(
                Rule::StepId,
                old.line,
                message,
                "give that step another id, or take this line away",
            );
        }
    }
}
