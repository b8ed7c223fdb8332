//! What goes with a text: pages and pictures that can be opened, labels that fit.

use super::Report;
use crate::{
    compile::walk,
    definition::{End, Say, Step, Text},
    finding::Rule,
    load::Draft,
    yaml::At,
};

// Meta: the label of a button that opens a page has at most 20 characters. Counted in UTF-16 units, which is safe
// under either reading of its pages.
const LABEL: usize = 20;

pub(super) fn lint(draft: &Draft, report: &mut Report) {
    walk(&draft.read.definition.steps, &mut |step| match &step.value {
        Step::Say(say) => extras(say, report),
        Step::End(end) => almost_all(end, report),
        _ => {}
    });
}

fn extras(say: &Say, report: &mut Report) {
    if let (Some(link), Some(image)) = (&say.link, &say.image) {
        let line = link.line.max(image.line);
        report.error(
            Rule::Link,
            line,
            "this text has a link and an image",
            "say two things: the second in a step of its own",
        );
    }
    if let Some(link) = &say.link {
        address(&link.url, report);
        label(&link.label, report);
    }
    if let Some(image) = &say.image {
        address(&image.url, report);
    }
}

/// Phones warn of a page that is not encrypted, and providers refuse a picture that is not.
fn address(url: &At<String>, report: &mut Report) {
    let fixed = url.split(['{', '}']).next().unwrap_or_default();
    let is_template = fixed.len() < url.len();
    let begins = fixed.starts_with("https://") || (is_template && "https://".starts_with(fixed));
    let plain = fixed.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let whole = is_template || fixed.len() > "https://".len();
    if !(begins && plain && whole) {
        let hint = "write the whole address, beginning with 'https://', without spaces";
        report.error(
            Rule::Link,
            url.line,
            format!("'{}' is not an address that can be opened", url.value),
            hint,
        );
    }
}

fn label(label: &At<Text>, report: &mut Report) {
    for (_, words) in label.lines().filter(|(_, words)| !words.contains('{')) {
        let length = words.encode_utf16().count();
        if length > LABEL {
            let line = if words.line == 0 { label.line } else { words.line };
            let message =
                format!("this label has {length} characters; a button that opens a page has {LABEL}");
            report.warning(
                Rule::LongLabel,
                line,
                message,
                "shorten it: as it is, there is no button, only the address",
            );
        }
    }
}

/// `end: All` would give a text to the caller, which nobody wants.
fn almost_all(end: &End, report: &mut Report) {
    let text = end.end.value.as_str().unwrap_or_default();
    if !end.leaves_all() && text.trim().eq_ignore_ascii_case(End::ALL) {
        let message = format!("'end: {text}' gives the text '{text}' to the caller");
        report.warning(Rule::EndAll, end.end.line, message, "write 'end: all' to leave everything that runs");
    }
}
