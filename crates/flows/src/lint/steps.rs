//! What steps say: slots, options, bounds, actions.

use std::collections::BTreeSet;

use super::Report;
use crate::{
    compile::{is_slot_name, walk},
    definition::{Collect, Do, OptionDef, Options, SlotType, Step},
    finding::Rule,
    known::Known,
    load::Draft,
    template::Scope,
    yaml::{At, did_you_mean},
};

// Meta: a list has at most 10 rows.
const ROWS: usize = 10;

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    walk(&draft.read.definition.steps, &mut |step| match &step.value {
        Step::Collect(collect) => {
            slot(&collect.collect, report);
            options(step.line, collect, report);
            bounds(collect, report);
        }
        Step::Confirm(confirm) => slot(&confirm.confirm, report),
        Step::Set(set) => set.set.0.iter().for_each(|(name, _)| slot(name, report)),
        Step::Do(action) => {
            action.into.iter().for_each(|into| slot(into, report));
            arguments(action, known, report);
        }
        Step::Call(call) => call.into.iter().for_each(|into| slot(into, report)),
        Step::Say(_) | Step::When(_) | Step::Go(_) | Step::End(_) => {}
    });
}

fn slot(name: &At<String>, report: &mut Report) {
    if !is_slot_name(name) {
        let hint = "use small letters, digits and '_', beginning with a letter";
        report.error(Rule::Name, name.line, format!("'{}' cannot be a slot's name", name.value), hint);
    } else if Scope::OWN.contains(&name.as_str()) {
        let hint = "templates see something else by this name: take another";
        report.error(Rule::Name, name.line, format!("'{}' cannot be a slot's name", name.value), hint);
    }
}

fn options(line: u32, collect: &Collect, report: &mut Report) {
    match (collect.slot_type, &collect.options) {
        (SlotType::Choice, None) => {
            report.error(
                Rule::Options,
                line,
                "this choice has no options",
                "add 'options:' and below it '- {id: …, label: …}'",
            );
        }
        (SlotType::Choice, Some(At { line, value: Options::List(list) })) => listed(*line, list, report),
        (SlotType::Choice, Some(At { value: Options::Expression(_), .. })) | (_, None) => {}
        (other, Some(options)) => {
            let message = format!("a slot of type '{other}' has no options");
            report.error(Rule::Options, options.line, message, "write 'type: choice', or remove the options");
        }
    }
}

fn listed(line: u32, list: &[At<OptionDef>], report: &mut Report) {
    if list.is_empty() {
        report.error(Rule::Options, line, "this choice has no options", "add them: '- {id: …, label: …}'");
    }
    if list.len() > ROWS {
        let message = format!("{} options are too many: WhatsApp shows {ROWS}", list.len());
        report.error(
            Rule::TooManyRows,
            line,
            message,
            "ask in two steps, or let people write it (type: text)",
        );
    }
    let mut seen = BTreeSet::new();
    for option in list {
        if option.id.starts_with('_') || option.id.is_empty() {
            let message = format!("'{}' cannot be an option's id", option.id.value);
            report.error(
                Rule::Options,
                option.id.line,
                message,
                "use small letters, digits, '_' and '-', beginning with a letter",
            );
        }
        if !seen.insert(&option.id.value) {
            let message = format!("two options have the id '{}'", option.id.value);
            report.error(Rule::Options, option.id.line, message, "give this one another id");
        }
    }
}

fn bounds(collect: &Collect, report: &mut Report) {
    let number = [&collect.min, &collect.max];
    for bound in number.into_iter().flatten().filter(|_| collect.slot_type != SlotType::Number) {
        report.error(
            Rule::Bounds,
            bound.line,
            "'min' and 'max' are for numbers",
            "write 'type: number', or remove them",
        );
    }
    if let (Some(min), Some(max)) = (&collect.min, &collect.max)
        && min.value > max.value
    {
        report.error(Rule::Bounds, max.line, "'max' is less than 'min': no number will do", "swap them");
    }
    if let Some(length) = collect.max_length.as_ref().filter(|_| collect.slot_type != SlotType::Text) {
        report.error(
            Rule::Bounds,
            length.line,
            "'max_length' is for texts",
            "write 'type: text', or remove it",
        );
    }
}

fn arguments(action: &Do, known: &Known, report: &mut Report) {
    if known.actions.is_empty() {
        return;
    }
    let Some(info) = known.actions.iter().find(|info| info.name == action.action.value) else {
        let hint = did_you_mean(&action.action, known.actions.iter().map(|info| info.name.as_str()));
        return report.error(
            Rule::UnknownAction,
            action.action.line,
            format!("no action is called '{}'", action.action.value),
            hint,
        );
    };
    let given = &action.with.0;
    for missing in info.required.iter().filter(|arg| !given.iter().any(|(name, _)| name.value == **arg)) {
        let message = format!("the action '{}' needs '{missing}'", info.name);
        report.error(
            Rule::ActionArguments,
            action.action.line,
            message,
            format!("add '{missing}: …' below 'with:'"),
        );
    }
    let names: Vec<&str> = info.required.iter().chain(&info.optional).map(String::as_str).collect();
    for (name, _) in given.iter().filter(|(name, _)| !names.is_empty() && !names.contains(&name.as_str())) {
        let message = format!("the action '{}' knows no '{}'", info.name, name.value);
        report.error(Rule::ActionArguments, name.line, message, did_you_mean(name, names.iter().copied()));
    }
}
