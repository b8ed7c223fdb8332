//! Labels of options: that they fit, and that they can be told apart.

use std::collections::BTreeSet;

use super::Report;
use crate::{
    compile::walk,
    definition::{Collect, Options, Step, Text},
    finding::Rule,
    load::Draft,
    yaml::At,
};

// Meta: a reply button has at most 20 characters, a row of a list 24.
const BUTTON: usize = 20;
const ROW: usize = 24;
/// More options than this are a list, never buttons.
const BUTTONS: usize = 3;

pub(super) fn lint(draft: &Draft, report: &mut Report) {
    walk(&draft.read.definition.steps, &mut |step| {
        if let Step::Collect(collect) = &step.value {
            labels(collect, report);
        }
    });
}

fn labels(collect: &Collect, report: &mut Report) {
    let Some(At { line, value: Options::List(list) }) = &collect.options else {
        return long(collect.optional.iter().collect(), report);
    };
    let labels: Vec<&At<Text>> = list.iter().map(|option| &option.label).chain(&collect.optional).collect();
    if labels.len() > BUTTONS {
        let message = format!("{} options: WhatsApp shows a list, which takes one tap more", labels.len());
        let hint =
            format!("up to {BUTTONS} are buttons; leave out what few people need, or ask in two steps");
        report.advice(Rule::MoreThanButtons, *line, message, hint);
    }
    alike(&labels, report);
    long(labels, report);
}

fn long(labels: Vec<&At<Text>>, report: &mut Report) {
    let few = labels.len() <= BUTTONS;
    for label in labels {
        match longest(label) {
            length if length > ROW => {
                let message = format!("this label has {length} characters; a list shows {ROW}");
                report.warning(
                    Rule::LongLabel,
                    label.line,
                    message,
                    "shorten it, or move a part to 'description'",
                );
            }
            length if length > BUTTON && few => {
                let message = format!("this label has {length} characters; a button has {BUTTON}");
                let hint = "shorten it: as it is, WhatsApp shows a list instead of buttons";
                report.warning(Rule::LongLabel, label.line, message, hint);
            }
            _ => {}
        }
    }
}

fn longest(label: &Text) -> usize {
    let fixed = label.iter().filter(|(_, words)| !words.contains("{{"));
    fixed.map(|(_, words)| words.chars().count()).max().unwrap_or_default()
}

/// Two labels that look the same once they are cut to what is shown.
fn alike(labels: &[&At<Text>], report: &mut Report) {
    let shown = if labels.len() <= BUTTONS { BUTTON } else { ROW };
    let cut = |words: &str| words.trim().to_lowercase().chars().take(shown).collect::<String>();
    let mut seen = BTreeSet::new();
    for label in labels {
        for (lang, words) in label.iter().filter(|(_, words)| !words.contains("{{")) {
            if !seen.insert((lang, cut(words))) {
                let message = format!("two options are shown as '{}'", cut(words).trim());
                let hint = format!("only {shown} characters are seen: let them differ sooner");
                report.warning(Rule::LabelsAlike, label.line, message, hint);
            }
        }
    }
}
