//! Texts and what channels show of them: limits, and the price of a text message.

use ventanilla_values::Lang;

use super::{Report, plain, texts::line_of};
use crate::{
    compile::walk,
    definition::{Collect, SlotType, Step, Text},
    finding::Rule,
    known::{ChannelInfo, Known},
    load::Draft,
    yaml::At,
};

pub(super) fn lint(draft: &Draft, known: &Known, report: &mut Report) {
    for channel in &known.channels {
        walk(&draft.read.definition.steps, &mut |step| match &step.value {
            Step::Say(say) => text(&say.say, channel, channel.text, report),
            // Where no photo can be sent nobody is asked for one.
            Step::Collect(collect) if collect.slot_type == SlotType::Photo && !takes_photos(channel) => {}
            Step::Collect(collect) => {
                let limit = if shows_options(collect) { channel.question } else { channel.text };
                question(&collect.ask, collect.retry.as_ref(), channel, limit, report);
            }
            Step::Confirm(confirm) => {
                question(&confirm.ask, confirm.retry.as_ref(), channel, channel.question, report);
            }
            _ => {}
        });
    }
}

fn question(
    ask: &At<Text>,
    retry: Option<&At<Text>>,
    channel: &ChannelInfo,
    limit: usize,
    report: &mut Report,
) {
    for words in std::iter::once(ask).chain(retry) {
        text(words, channel, limit, report);
    }
}

fn takes_photos(channel: &ChannelInfo) -> bool {
    channel.seen.get_attr("photos").is_ok_and(|photos| photos.is_true())
}

/// A place is asked with a button of its own.
fn shows_options(collect: &Collect) -> bool {
    collect.options.is_some() || collect.optional.is_some() || collect.slot_type == SlotType::Place
}

fn text(text: &At<Text>, channel: &ChannelInfo, limit: usize, report: &mut Report) {
    for (lang, words) in text.lines() {
        let line = line_of(text, words);
        let longest = plain::longest(words);
        let length = longest.encode_utf16().count();
        if length > limit {
            let message = format!("this text has {length} characters; {} takes {limit}", channel.name());
            report.warning(Rule::LongText, line, message, "say it in two steps, or in fewer words");
        }
        if let Some(cost) = channel.cost {
            price(lang, words, (channel, cost), line, report);
        }
    }
}

/// As the channel would print it. Accents are right and are worth their price; what is no letter need not be there.
fn price(
    lang: Lang,
    words: &str,
    (channel, cost): (&ChannelInfo, fn(&str) -> crate::Cost),
    line: u32,
    report: &mut Report,
) {
    let Some(said) = plain::on(channel, words) else { return };
    let priced = cost(&said);
    let segments = channel.segments.filter(|most| priced.segments > *most);
    if let Some(most) = segments {
        let message = format!("this is {} text messages in '{lang}'; {most} are the most", priced.segments);
        report.warning(Rule::LongText, line, message, "say it shorter where it is sent as SMS");
    }
    let without = said.chars().filter(|c| !is_sign(*c)).collect::<String>();
    if priced.ucs2 && !cost(&without).ucs2 {
        let signs = signs(&said);
        let message = format!(
            "{signs} makes this text message UCS-2 in '{lang}': {}, without it {}",
            segments_of(priced.segments),
            segments_of(cost(&without).segments)
        );
        let hint = "leave it out where it is sent as SMS: {% if channel.name != 'sms' %}…{% endif %}";
        report.warning(Rule::SmsCost, line, message, hint);
    } else if let Some(plain) = priced.plain {
        let message = format!("accents make this text message {} in '{lang}'", segments_of(priced.segments));
        let hint =
            format!("{} without; `save_accents` writes it so where the town wants that", segments_of(plain));
        report.advice(Rule::SmsCost, line, message, hint);
    }
}

fn segments_of(count: usize) -> String {
    if count == 1 { "1 segment".to_owned() } else { format!("{count} segments") }
}

/// Emoji, dashes and quotes beyond the ones that every phone writes.
fn is_sign(c: char) -> bool {
    !(c.is_ascii() || c.is_alphabetic() || "¿¡£¥§¤€\u{a0}".contains(c))
}

fn signs(said: &str) -> String {
    let mut signs: Vec<String> = Vec::new();
    for sign in said.chars().filter(|c| is_sign(*c) && *c != '\u{fe0f}').map(|c| format!("'{c}'")) {
        if !signs.contains(&sign) {
            signs.push(sign);
        }
    }
    signs.join(", ")
}
