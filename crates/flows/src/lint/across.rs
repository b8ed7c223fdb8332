//! Flows together: names and intents taken twice, calls that lead nowhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compile::walk,
    definition::Step,
    finding::{Finding, Level, Rule},
    load::Draft,
    world::Limits,
    yaml::{At, did_you_mean},
};

pub(super) fn lint(drafts: &[Draft]) -> Vec<Finding> {
    let mut problems = unknown_calls(drafts);
    let (mut names, mut intents) = (BTreeMap::new(), BTreeMap::new());
    for draft in drafts {
        let definition = &draft.read.definition;
        if let Some(first) = names.insert(&definition.flow.value, &draft.file) {
            let message = format!("{first} is called '{}' too", definition.flow.value);
            let at = (draft.file.as_str(), definition.flow.line);
            problems.push(Finding::new(Rule::Name, Level::Error, at, message, "rename one of them"));
        }
        for intent in &definition.intents {
            if let Some(first) = intents.insert(&intent.value, &draft.file) {
                let message = format!("{first} starts with the intent '{}' too", intent.value);
                let hint = "an intent starts one flow: remove it from one";
                let at = (draft.file.as_str(), intent.line);
                problems.push(Finding::new(Rule::IntentTwice, Level::Error, at, message, hint));
            }
        }
    }
    problems
}

/// Every call of a flow, as (caller, name of the called flow).
fn calls(drafts: &[Draft]) -> Vec<(&Draft, &At<String>)> {
    let mut calls = Vec::new();
    for draft in drafts {
        walk(&draft.read.definition.steps, &mut |step| {
            if let Step::Call(call) = &step.value {
                calls.push((draft, &call.call));
            }
        });
    }
    calls
}

fn named<'a>(drafts: &'a [Draft], name: &str) -> Option<&'a Draft> {
    drafts.iter().find(|draft| draft.flow.info.name == name)
}

fn unknown_calls(drafts: &[Draft]) -> Vec<Finding> {
    let unknown = calls(drafts).into_iter().filter(|(_, called)| named(drafts, called).is_none());
    let problem = |(draft, called): (&Draft, &At<String>)| {
        let hint = did_you_mean(called, drafts.iter().map(|other| other.flow.info.name.as_str()));
        let (at, message) =
            ((draft.file.as_str(), called.line), format!("no flow is called '{}'", called.value));
        Finding::new(Rule::UnknownFlow, Level::Error, at, message, hint)
    };
    unknown.map(problem).collect()
}

/// Flows that are called or needed but left out for their errors.
pub(crate) fn missing_flows(drafts: &[Draft], broken: &BTreeSet<String>, limits: &Limits) -> Vec<Finding> {
    let mut problems = Vec::new();
    for (draft, called) in calls(drafts) {
        if let Some(other) = named(drafts, called).filter(|other| broken.contains(&other.file)) {
            let message =
                format!("the flow '{}' has errors: where it is called, a person takes over", called.value);
            let (at, hint) = ((draft.file.as_str(), called.line), format!("repair {}", other.file));
            problems.push(Finding::new(Rule::UnknownFlow, Level::Warning, at, message, hint));
        }
    }
    let rescued = named(drafts, &limits.rescue).is_some_and(|draft| !broken.contains(&draft.file));
    if !rescued && !drafts.is_empty() {
        let message = format!("there is no flow '{}' that works", limits.rescue);
        let hint = "it takes over when a person is not understood or a flow fails: write one";
        problems.push(Finding::new(Rule::NoRescue, Level::Warning, ("flows", 0), message, hint));
    }
    problems
}
