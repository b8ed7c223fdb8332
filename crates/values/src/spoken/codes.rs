//! Digits that are no quantity: folios, PINs, phones, short lines such as 911, and the keys of a phone.

use super::{Heard, digits, is_whole};
use crate::{Curp, Email, Lang, Plate, Rfc};

/// `PC-4821-3305` -> "P C. 48, 21. 33, 0 5": letters apart, digits in pairs as people dictate them.
pub(super) fn folio(text: &str) -> Option<Heard> {
    let prefix = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, rest) = text.split_at_checked(prefix).filter(|_| (2..=4).contains(&prefix))?;
    let (first, rest) = four(rest.strip_prefix('-')?)?;
    let (second, rest) = four(rest.strip_prefix('-')?)?;
    let words = format!("{}. {}. {}", apart(letters), pairs(first), pairs(second));
    is_whole(rest).then(|| Heard { words, used: text.len() - rest.len() })
}

/// A CURP, an RFC, a plate: letters apart, digits in pairs. `ABC123D` -> "A B C. 12, 3. D".
pub(super) fn registered(text: &str) -> Option<Heard> {
    let end = text.bytes().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    let (code, rest) = text.split_at_checked(end).filter(|(code, _)| (5..=18).contains(&code.len()))?;
    let mixed = code.bytes().any(|b| b.is_ascii_digit()) && code.bytes().any(|b| b.is_ascii_uppercase());
    let known = || Curp::parse(code).is_ok() || Rfc::parse(code).is_ok() || Plate::parse(code).is_ok();
    (mixed && is_whole(rest) && known()).then(|| Heard { words: in_groups(code), used: end })
}

fn in_groups(code: &str) -> String {
    let mut groups = Vec::new();
    let mut rest = code;
    while !rest.is_empty() {
        let row = digits(rest);
        let length = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let (group, left) = rest.split_at_checked(row.len().max(length)).unwrap_or((rest, ""));
        groups.push(if row.is_empty() { apart(group) } else { pairs(group) });
        rest = left;
    }
    groups.join(". ")
}

/// `ana@example.mx` -> "ana arroba example punto mx".
pub(super) fn email(text: &str, lang: Lang) -> Option<Heard> {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let written = text.get(..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    let (local, domain) = written.split_once('@').filter(|(_, domain)| domain.contains('.'))?;
    Email::parse(written).ok()?;
    let (at, dot, dash, low) = match lang == Lang::EN {
        true => (" at ", " dot ", " dash ", " underscore "),
        false => (" arroba ", " punto ", " guion ", " guion bajo "),
    };
    let words = format!("{local}{at}{domain}").replace('.', dot).replace('-', dash).replace('_', low);
    Some(Heard { words, used: written.len() })
}

fn four(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(4).filter(|(head, _)| digits(head).len() == 4)
}

/// "#" and "#5" -> "gato", "número 5".
pub(super) fn key(text: &str, lang: Lang) -> Option<Heard> {
    let rest = text.strip_prefix('#')?;
    let english = lang == Lang::EN;
    let words = match rest.chars().next() {
        Some(c) if c.is_ascii_digit() => {
            if english {
                "number "
            } else {
                "número "
            }
        }
        Some(c) if c.is_alphanumeric() => return None,
        _ => {
            if english {
                "pound"
            } else {
                "gato"
            }
        }
    };
    Some(Heard { words: words.to_owned(), used: 1 })
}

/// A phone in any of its spellings: its groups, digit by digit. `800 911 2000` -> "8 0 0, 9 1 1, 2 0 0 0".
pub(super) fn phone(text: &str, lang: Lang) -> Option<Heard> {
    let plus = text.starts_with('+');
    let (groups, rest) = groups(text.strip_prefix('+').unwrap_or(text));
    if !is_whole(rest) || !is_phone(plus, &groups) {
        return None;
    }
    let said: Vec<String> = groups.iter().flat_map(|group| said_group(group)).collect();
    let plus = match (plus, lang == Lang::EN) {
        (true, true) => "plus ",
        (true, false) => "más ",
        _ => "",
    };
    Some(Heard { words: format!("{plus}{}", said.join(", ")), used: text.len() - rest.len() })
}

/// At most six rows of digits with one space, dash or bracket between them.
fn groups(text: &str) -> (Vec<&str>, &str) {
    let mut groups = Vec::new();
    let mut rest = text.strip_prefix('(').unwrap_or(text);
    loop {
        let group = digits(rest);
        rest = rest.strip_prefix(group).unwrap_or_default();
        if group.is_empty() {
            return (Vec::new(), text);
        }
        groups.push(group);
        let next = rest.trim_start_matches([' ', '-', '(', ')', '\u{2010}', '\u{2011}']);
        let near = rest.len() - next.len() <= 6;
        if groups.len() == 6 || !near || next.len() == rest.len() || digits(next).is_empty() {
            return (groups, rest);
        }
        rest = next;
    }
}

/// Ten digits in the groups that people write (Plan Nacional de Numeración, 2019), or a country code before any.
fn is_phone(plus: bool, groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    if plus {
        return (8..=15).contains(&lengths.iter().sum::<usize>());
    }
    let national = match groups {
        ["01" | "044" | "045" | "52" | "1", rest @ ..] if !rest.is_empty() => {
            lengths.get(1..).unwrap_or_default()
        }
        _ => &lengths,
    };
    matches!(national, [10] | [3, 3, 4] | [2, 4, 4] | [3, 7] | [2, 8] | [3, 3, 2, 2] | [2, 2, 2, 2, 2])
}

/// Long rows are heard in parts.
fn said_group(group: &str) -> Vec<String> {
    let parts: &[usize] = match group.len() {
        0..=4 => &[4],
        7 => &[3, 4],
        10 => &[3, 3, 4],
        12 => &[2, 3, 3, 4],
        _ => &[4, 4, 4, 4],
    };
    let mut rest = group;
    let mut said = Vec::new();
    for part in parts.iter().copied().chain(std::iter::repeat(4)) {
        if rest.is_empty() {
            break;
        }
        let (head, tail) = rest.split_at_checked(part).unwrap_or((rest, ""));
        said.push(apart(head));
        rest = tail;
    }
    said
}

/// Rows of digits that no voice should read as a quantity: six are a PIN, seven or more an account, those from zero
/// and the emergency lines are said digit by digit.
pub(super) fn number(text: &str) -> Option<Heard> {
    let row = digits(text);
    let rest = text.strip_prefix(row)?;
    let words = match row.len() {
        _ if !is_whole(rest) || row.is_empty() => return None,
        6 => pairs(row),
        7.. => said_group(row).join(", "),
        2.. if row.starts_with('0') || is_line(row) => apart(row),
        _ => return None,
    };
    Some(Heard { words, used: row.len() })
}

/// 911 and the like; those of Mexico that begin with zero (079, 089) need no list.
fn is_line(row: &str) -> bool {
    matches!(row, "911" | "311" | "988")
}

/// `48` and `21`; a pair that begins with zero is said digit by digit, else the zero is lost.
fn pairs(row: &str) -> String {
    let row: Vec<char> = row.chars().collect();
    let pair = |pair: &[char]| match pair {
        ['0', low] => format!("0 {low}"),
        other => other.iter().collect(),
    };
    row.chunks(2).map(pair).collect::<Vec<String>>().join(", ")
}

fn apart(row: &str) -> String {
    row.chars().map(String::from).collect::<Vec<String>>().join(" ")
}
