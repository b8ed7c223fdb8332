//! A text as people would read it: its templates filled in as far as that can be known without a talk.

use minijinja::{Environment, UndefinedBehavior, context};

use crate::known::ChannelInfo;

/// Stands for what a template prints: two syllables, as most Spanish words have.
const SOMETHING: &str = "dato";

/// The longest form of a text: of the branches of an `{% if %}` the longer one, and a word for what is printed.
pub(super) fn longest(text: &str) -> String {
    let mut open: Vec<(String, String)> = vec![Default::default()];
    let mut pieces = text.split("{%");
    push(&mut open, pieces.next().unwrap_or_default());
    for piece in pieces {
        let (tag, words) = piece.split_once("%}").unwrap_or((piece, ""));
        match tag.trim_matches(['-', ' ']).split(' ').next().unwrap_or_default() {
            "if" => open.push(Default::default()),
            "elif" | "else" => next_branch(&mut open),
            "endif" => close(&mut open),
            _ => {}
        }
        push(&mut open, words);
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map(|(longest, now)| longer(longest, now)).unwrap_or_default()
}

/// What is printed becomes a word; where it is one of two texts, the longer one.
fn push(open: &mut [(String, String)], words: &str) {
    let Some((_, now)) = open.last_mut() else { return };
    let mut pieces = words.split("{{");
    now.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (expression, behind) = piece.split_once("}}").unwrap_or((piece, ""));
        now.push_str(&quoted(expression).unwrap_or_else(|| SOMETHING.to_owned()));
        now.push_str(behind);
    }
}

/// The longer text of `'this' if … else 'that'`.
fn quoted(expression: &str) -> Option<String> {
    let (one, rest) = expression.split_once(" if ")?;
    let (_, other) = rest.rsplit_once(" else ")?;
    let text = |side: &str| {
        let side = side.trim();
        let inner = side.strip_prefix('\'').and_then(|side| side.strip_suffix('\''));
        inner.or_else(|| side.strip_prefix('"').and_then(|side| side.strip_suffix('"'))).map(str::to_owned)
    };
    Some(longer(text(one)?, text(other)?))
}

fn next_branch(open: &mut [(String, String)]) {
    if let Some((most, now)) = open.last_mut() {
        *most = longer(std::mem::take(most), std::mem::take(now));
    }
}

fn close(open: &mut Vec<(String, String)>) {
    if open.len() > 1
        && let Some((most, now)) = open.pop()
        && let Some((_, outer)) = open.last_mut()
    {
        outer.push_str(&longer(most, now));
    }
}

fn longer(one: String, other: String) -> String {
    if other.chars().count() > one.chars().count() { other } else { one }
}

/// The text on a channel, with nothing in its slots. None where it cannot be printed so.
pub(super) fn on(channel: &ChannelInfo, text: &str) -> Option<String> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    env.set_fuel(Some(20_000));
    env.add_filter("t", |_: minijinja::Value| SOMETHING);
    env.render_str(text, context! { channel => channel.seen.clone() }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_branch_is_what_counts() {
        for (text, said) in [
            ("Hola {{ person.name }}.", "Hola dato."),
            ("{% if a %}Sí{% else %}Claro que no{% endif %}, va.", "Claro que no, va."),
            ("{% if a %}A{% if b %}BB{% endif %}{% elif c %}C{% endif %}", "ABB"),
            ("{{ 'Dime' if channel.spoken else 'Escribe' }} tu folio", "Escribe tu folio"),
            ("{{ (a if b else c) }}", "dato"),
            ("{% if a %}A", "A"),
        ] {
            assert_eq!(longest(text), said, "{text}");
        }
    }

    #[test]
    fn a_channel_reads_its_own_words() {
        let sms = ChannelInfo {
            seen: context! { name => "sms", spoken => false },
            text: 160,
            question: 160,
            cost: None,
            segments: None,
        };
        let text =
            "{% if channel.photos %}📷 {% endif %}{{ 'Dime' if channel.spoken else 'Escribe' }} {{ x.y }}";
        assert_eq!(on(&sms, text).as_deref(), Some("Escribe "));
    }
}
