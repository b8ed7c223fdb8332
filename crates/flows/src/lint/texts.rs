//! Texts: every language, one question a message, labels that fit.

use ventanilla_values::{Lang, is_blank};

use super::{Report, questions};
use crate::{
    compile::walk,
    definition::{Collect, Definition, OptionDef, Options, Step, Text},
    known::Known,
    load::Draft,
    yaml::At,
};

// Meta: a reply button has at most 20 characters, a row of a list 24.
const BUTTON: usize = 20;
const ROW: usize = 24;
/// More options than this are a list, never buttons.
const BUTTONS: usize = 3;

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    let definition = &draft.read.definition;
    for text in texts(definition) {
        languages(text, known, report);
    }
    walk(&definition.steps, &mut |step| match &step.value {
        Step::Collect(collect) => {
            one_question(&collect.ask, report);
            labels(collect, report);
        }
        Step::Confirm(confirm) => one_question(&confirm.ask, report),
        _ => {}
    });
}

fn languages(text: &At<Text>, known: &Known, report: &mut Report) {
    if !text.has(Lang::ES) {
        report.error(
            text.line,
            "this text has no Spanish",
            "add 'es: …': it is what people read who speak no other",
        );
    }
    for (lang, _) in text.iter().filter(|(_, words)| is_blank(words)) {
        report.error(text.line, format!("the text in '{lang}' is empty"), "write it, or remove the line");
    }
    for lang in known.languages.iter().filter(|lang| !text.has(**lang)) {
        if *lang != Lang::ES {
            let hint = format!("add '{lang}: …'; until then people read it in Spanish");
            report.warning(text.line, format!("this text is missing in '{lang}'"), hint);
        }
    }
}

fn one_question(ask: &At<Text>, report: &mut Report) {
    let more = ask.iter().any(|(_, words)| questions::count(words) > 1);
    if more {
        let hint = "one question a message: ask the second in a step of its own";
        report.warning(ask.line, "this asks more than one question", hint);
    }
}

fn labels(collect: &Collect, report: &mut Report) {
    let list = match collect.options.as_ref().map(|options| &options.value) {
        Some(Options::List(list)) => list.as_slice(),
        _ => &[],
    };
    let offers = list.len() + usize::from(collect.optional.is_some());
    let labels = list.iter().map(|option| &option.label).chain(&collect.optional);
    for label in labels {
        let longest =
            label.iter().filter(|(_, words)| !words.contains("{{")).map(|(_, words)| words.chars().count());
        match longest.max().unwrap_or_default() {
            length if length > ROW => {
                let message = format!("this label has {length} characters; a list shows {ROW}");
                report.warning(label.line, message, "shorten it, or move a part to 'description'");
            }
            length if length > BUTTON && offers <= BUTTONS => {
                let message = format!("this label has {length} characters; a button has {BUTTON}");
                report.warning(
                    label.line,
                    message,
                    "shorten it: as it is, WhatsApp shows a list instead of buttons",
                );
            }
            _ => {}
        }
    }
}

/// Every text of a flow.
fn texts(definition: &Definition) -> Vec<&At<Text>> {
    let mut texts = vec![&definition.title];
    walk(&definition.steps, &mut |step| match &step.value {
        Step::Say(say) => {
            texts.push(&say.say);
            texts.extend(say.link.iter().map(|link| &link.label));
            texts.extend(say.image.iter().map(|image| &image.described));
        }
        Step::Collect(collect) => {
            texts.push(&collect.ask);
            texts.extend(collect.retry.iter().chain(&collect.optional));
            if let Some(At { value: Options::List(list), .. }) = &collect.options {
                texts.extend(list.iter().flat_map(|option| option_texts(&option.value)));
            }
        }
        Step::Confirm(confirm) => {
            texts.push(&confirm.ask);
            texts.extend(&confirm.retry);
        }
        _ => {}
    });
    texts
}

fn option_texts(option: &OptionDef) -> impl Iterator<Item = &At<Text>> {
    std::iter::once(&option.label).chain(&option.description)
}
