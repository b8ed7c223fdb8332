//! Categories and services by their id, where a flow names one.

use serde_json::Value as Json;

use super::{Report, texts::texts};
use crate::{
    compile::walk,
    definition::{Step, Values},
    finding::Rule,
    known::Known,
    load::Draft,
    yaml::did_you_mean,
};

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    walk(&draft.read.definition.steps, &mut |step| match &step.value {
        Step::Do(action) => values(&action.with, known, report),
        Step::Call(call) => values(&call.with, known, report),
        Step::Set(set) => values(&set.set, known, report),
        Step::When(when) => expression(when.when.line, &when.when, known, report),
        _ => {}
    });
    for text in texts(&draft.read.definition) {
        for (_, words) in text.lines().filter(|(_, words)| words.contains("catalogue.")) {
            let line = if words.line == 0 { text.line } else { words.line };
            expression(line, words, known, report);
        }
    }
}

fn values(values: &Values, known: &Known, report: &mut Report) {
    for (name, value) in &values.0 {
        let Json::String(text) = &value.value else { continue };
        match name.as_str() {
            _ if text.contains("{{") => expression(value.line, text, known, report),
            "category" => check(Kind::Category, text, value.line, known, report),
            "service" => check(Kind::Service, text, value.line, known, report),
            _ => {}
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Category,
    Service,
}

/// `catalogue.by_id['pothole']`, `catalogue.by_id.pothole`, `category.id == "pothole"`, and the same of services.
fn expression(line: u32, text: &str, known: &Known, report: &mut Report) {
    for (before, kind) in [
        ("catalogue.by_id", Kind::Category),
        ("category.id ==", Kind::Category),
        ("category.id !=", Kind::Category),
        ("catalogue.services", Kind::Service),
        ("service.id ==", Kind::Service),
        ("service.id !=", Kind::Service),
    ] {
        for behind in text.split(before).skip(1) {
            if let Some(id) = named(behind) {
                check(kind, &id, line, known, report);
            }
        }
    }
}

/// The id that an expression goes on with; none where it is a variable.
fn named(behind: &str) -> Option<String> {
    let behind = behind.trim_start();
    let quoted = behind.strip_prefix('[').unwrap_or(behind).trim_start();
    if let Some(quote) = quoted.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        return quoted.split(quote).nth(1).map(str::to_owned);
    }
    let name: String =
        behind.strip_prefix('.')?.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

fn check(kind: Kind, id: &str, line: u32, known: &Known, report: &mut Report) {
    let (rule, what, ids) = match kind {
        Kind::Category => (Rule::UnknownCategory, "category", &known.categories),
        Kind::Service => (Rule::UnknownService, "service", &known.services),
    };
    if !ids.is_empty() && !ids.iter().any(|own| own == id) {
        let hint = did_you_mean(id, ids.iter().map(String::as_str));
        report.warning(rule, line, format!("the catalogue has no {what} '{id}'"), hint);
    }
}
