//! Names of steps and slots.

use std::collections::BTreeSet;

use crate::{
    definition::{Definition, Step},
    template::Names,
    yaml::{At, Mistake},
};

/// A flow's or step's name: it is part of payloads, so it has neither dots nor colons.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    !name.is_empty() && name.len() <= 64 && !name.starts_with('_') && name.chars().all(plain)
}

/// A slot's name: templates must be able to say it.
pub(crate) fn is_slot_name(name: &str) -> bool {
    is_name(name) && !name.contains('-') && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// Calls `visit` for every step, nested ones included, in the order written.
pub(crate) fn walk<'a>(steps: &'a [At<Step>], visit: &mut dyn FnMut(&'a At<Step>)) {
    for step in steps {
        visit(step);
        match &step.value {
            Step::Confirm(confirm) => {
                walk(&confirm.yes, visit);
                walk(&confirm.no, visit);
            }
            Step::When(when) => {
                walk(&when.then, visit);
                walk(&when.otherwise, visit);
            }
            Step::Do(action) => walk(action.failed.as_deref().unwrap_or_default(), visit),
            Step::Say(_) | Step::Collect(_) | Step::Set(_) | Step::Call(_) | Step::Go(_) | Step::End(_) => {}
        }
    }
}

/// Every slot that the flow's own steps or its `given` name.
pub(crate) fn slots_of(definition: &Definition) -> Names {
    let mut slots: Names = definition.given.iter().map(|given| given.value.clone()).collect();
    walk(&definition.steps, &mut |step| match &step.value {
        Step::Collect(collect) => drop(slots.insert(collect.collect.value.clone())),
        Step::Confirm(confirm) => drop(slots.insert(confirm.confirm.value.clone())),
        Step::Set(set) => slots.extend(set.set.0.iter().map(|(name, _)| name.value.clone())),
        Step::Do(action) => slots.extend(action.into.iter().map(|into| into.value.clone())),
        Step::Call(call) => slots.extend(call.into.iter().map(|into| into.value.clone())),
        Step::Say(_) | Step::When(_) | Step::Go(_) | Step::End(_) => {}
    });
    slots
}

/// The ids that authors gave; a second step with the same one is a mistake.
pub(crate) fn given_ids(definition: &Definition, mistakes: &mut Vec<Mistake>) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    walk(&definition.steps, &mut |step| {
        let Some(id) = step.value.id() else { return };
        if !is_name(id) {
            let hint = "use small letters, digits, '_' and '-'";
            mistakes.push(Mistake::new(id.line, format!("'{}' cannot be a step's id", id.value), hint));
        } else if !ids.insert(id.value.clone()) {
            let message = format!("two steps have the id '{}'", id.value);
            mistakes.push(Mistake::new(id.line, message, "give this one another id"));
        }
    });
    ids
}

/// The name of a step without an id: what it does, with a number where that is taken.
pub(crate) fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let base = if is_name(wanted) { wanted } else { "step" };
    let numbered = |n: usize| if n == 1 { base.to_owned() } else { format!("{base}_{n}") };
    let mut n = 1;
    while taken.contains(&numbered(n)) {
        n += 1;
    }
    let name = numbered(n);
    taken.insert(name.clone());
    name
}
