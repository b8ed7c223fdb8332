//! The flow's name, intents and given slots.

use super::Report;
use crate::{
    compile::{is_name, is_slot_name},
    finding::Rule,
    known::Known,
    load::{Draft, stem},
    yaml::did_you_mean,
};

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    let definition = &draft.read.definition;
    let (name, file) = (&definition.flow, stem(&draft.file));
    if !is_name(name) {
        let hint = "use small letters, digits, '_' and '-', beginning with a letter";
        report.error(Rule::Name, name.line, format!("'{}' cannot be a flow's name", name.value), hint);
    } else if name.value != file {
        let hint = format!("write 'flow: {file}', or rename the file to {}.yaml", name.value);
        report.error(
            Rule::Name,
            name.line,
            format!("the flow is called '{}', but its file '{file}'", name.value),
            hint,
        );
    }
    for intent in &definition.intents {
        if !known.intents.is_empty() && !known.intents.contains(&intent.value) {
            let hint = did_you_mean(intent, known.intents.iter().map(String::as_str));
            report.error(
                Rule::UnknownIntent,
                intent.line,
                format!("no intent is called '{}'", intent.value),
                hint,
            );
        }
    }
    for given in definition.given.iter().filter(|given| !is_slot_name(given)) {
        let hint = "use small letters, digits and '_', beginning with a letter";
        report.error(Rule::Name, given.line, format!("'{}' cannot be a slot's name", given.value), hint);
    }
}
