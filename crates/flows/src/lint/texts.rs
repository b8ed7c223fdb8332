//! Texts: every language, one question a message, words that are easily read.

use ventanilla_values::{Lang, is_blank};

use super::{Report, plain, questions, reading};
use crate::{
    compile::walk,
    definition::{Definition, OptionDef, Options, Step, Text},
    finding::Rule,
    known::Known,
    load::Draft,
    yaml::At,
};

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    let definition = &draft.read.definition;
    for text in texts(definition) {
        languages(text, known, report);
    }
    walk(&definition.steps, &mut |step| match &step.value {
        Step::Collect(collect) => asked(&collect.ask, collect.retry.as_ref(), report),
        Step::Confirm(confirm) => asked(&confirm.ask, confirm.retry.as_ref(), report),
        Step::Say(say) => {
            one_question(&say.say, report);
            easily_read(&say.say, report);
        }
        _ => {}
    });
}

fn asked(ask: &At<Text>, retry: Option<&At<Text>>, report: &mut Report) {
    for text in std::iter::once(ask).chain(retry) {
        one_question(text, report);
        easily_read(text, report);
    }
}

/// The line of a text in one language.
pub(super) fn line_of(text: &At<Text>, words: &At<String>) -> u32 {
    if words.line == 0 { text.line } else { words.line }
}

fn easily_read(text: &At<Text>, report: &mut Report) {
    let Some((_, words)) = text.lines().find(|(lang, _)| *lang == Lang::ES) else { return };
    let Some(score) = reading::score(&plain::longest(words)).filter(|score| *score < reading::EASY) else {
        return;
    };
    let message =
        format!("this is hard to read: {score:.0} by Fernández-Huerta, where {:.0} is plain", reading::EASY);
    let hint = "shorter sentences, shorter words, one thought a sentence";
    report.warning(Rule::HardToRead, line_of(text, words), message, hint);
}

fn languages(text: &At<Text>, known: &Known, report: &mut Report) {
    if !text.has(Lang::ES) {
        report.error(
            Rule::EmptyText,
            text.line,
            "this text has no Spanish",
            "add 'es: …': it is what people read who speak no other",
        );
    }
    for (lang, _) in text.iter().filter(|(_, words)| is_blank(words)) {
        report.error(
            Rule::EmptyText,
            text.line,
            format!("the text in '{lang}' is empty"),
            "write it, or remove the line",
        );
    }
    for lang in known.languages.iter().filter(|lang| !text.has(**lang)) {
        if *lang != Lang::ES {
            let hint = format!("add '{lang}: …'; until then people read it in Spanish");
            report.warning(
                Rule::MissingTranslation,
                text.line,
                format!("this text is missing in '{lang}'"),
                hint,
            );
        }
    }
}

fn one_question(ask: &At<Text>, report: &mut Report) {
    let more = ask.iter().any(|(_, words)| questions::count(words) > 1);
    if more {
        let hint = "one question a message: ask the second in a step of its own";
        report.warning(Rule::ManyQuestions, ask.line, "this asks more than one question", hint);
    }
}

/// Every text of a flow.
pub(super) fn texts(definition: &Definition) -> Vec<&At<Text>> {
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
