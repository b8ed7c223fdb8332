//! Names in templates that nothing fills.

use std::collections::BTreeSet;

use super::Report;
use crate::{
    compile::Used, compile::walk, definition::Step, finding::Rule, known::Known, load::Draft,
    template::Scope, yaml::did_you_mean,
};

pub(super) fn lint(draft: &Draft, drafts: &[Draft], known: &Known, report: &mut Report) {
    if known.content.is_empty() {
        return;
    }
    let mut names: BTreeSet<&str> = Scope::OWN.into_iter().collect();
    names.extend(known.content.iter().map(String::as_str));
    names.extend(draft.flow.slots.iter().map(String::as_str));
    names.extend(draft.read.lost.iter().map(String::as_str));
    names.extend(drafts.iter().flat_map(|caller| given_by(caller, &draft.flow.info.name)));
    for Used { line, names: uses, .. } in &draft.findings.uses {
        let mut unknown: Vec<&String> = uses.iter().filter(|name| !names.contains(name.as_str())).collect();
        unknown.sort();
        for name in unknown {
            let hint = format!(
                "{}, or name it below 'given:' if it comes from outside",
                did_you_mean(name, names.iter().copied())
            );
            report.error(Rule::UnknownName, *line, format!("nothing fills '{name}'"), hint);
        }
    }
}

/// Slots with which a flow calls another.
pub(super) fn given_by<'a>(caller: &'a Draft, called: &str) -> Vec<&'a str> {
    let mut slots = Vec::new();
    walk(&caller.read.definition.steps, &mut |step| {
        if let Step::Call(call) = &step.value
            && call.call.value == called
        {
            slots.extend(call.with.0.iter().map(|(name, _)| name.as_str()));
        }
    });
    slots
}
