//! `calendar.yaml`: office hours, holidays, closed spells. Departments write their hours the same way.

use ventanilla_values::SourceFile;

use super::{
    answer_within::{self, AnswerWithin},
    node::{Kind, Node},
    office::{Closed, Holiday, Hours, Office, Spell},
    reader::Reader,
    town::date,
};

pub(super) const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The hours, and how soon people are answered in them.
pub(super) fn read(reader: &Reader<'_>, source: &SourceFile) -> Option<(Office, AnswerWithin)> {
    let node = reader.parse(source)?;
    let file = reader.fields(&node, "the calendar")?;
    file.only(&["hours", "holidays", "closed", "answer_within"]);
    let within = file.node("answer_within").map(|node| answer_within::read(reader, node));
    let within = within.unwrap_or_default().over(AnswerWithin::default());
    let holidays = file.list("holidays").iter().filter_map(|node| holiday(reader, node)).collect();
    let closed = file.list("closed").iter().filter_map(|node| closed(reader, node)).collect();
    let Some(node) = file.node("hours") else {
        reader.error(
            file.line,
            "the calendar has no hours",
            "add  hours:  with  monday-friday: [\"08:00-15:00\"]",
        );
        return None;
    };
    Some((Office { hours: hours(reader, node)?, holidays, closed }, within))
}

fn holiday(reader: &Reader<'_>, node: &Node) -> Option<Holiday> {
    let fields = reader.fields(node, "the holiday")?;
    fields.only(&["date", "name"]);
    let (date, name) = (date(&fields, "date"), fields.texts("name"));
    Some(Holiday { date: date?, name: name? })
}

fn closed(reader: &Reader<'_>, node: &Node) -> Option<Closed> {
    let fields = reader.fields(node, "the closed spell")?;
    fields.only(&["from", "to", "notice"]);
    let (from, to, notice) = (date(&fields, "from"), date(&fields, "to"), fields.texts("notice"));
    let (from, to, notice) = (from?, to?, notice?);
    if to < from {
        reader.error(node.line, "it ends before it begins", "write the first day in from, the last in to");
        return None;
    }
    Some(Closed { from, to, notice })
}

/// `monday-friday: ["08:00-15:00"]`; days that are not named are closed.
pub(super) fn hours(reader: &Reader<'_>, node: &Node) -> Option<Hours> {
    let fields = reader.fields(node, "hours")?;
    let mut hours = Hours::default();
    for (key, node) in fields.entries() {
        let Some((first, last)) = days(key) else {
            let hint = "write days in English: monday, or monday-friday";
            reader.error(node.line, format!("'{key}' is no day"), hint);
            continue;
        };
        let spells = spells(reader, node);
        for day in hours.0.iter_mut().take(last + 1).skip(first) {
            if !day.is_empty() {
                reader.error(
                    node.line,
                    format!("'{key}' names a day that has hours already"),
                    "name each day once",
                );
                break;
            }
            day.clone_from(&spells);
        }
    }
    Some(hours)
}

fn days(key: &str) -> Option<(usize, usize)> {
    let day = |name: &str| DAYS.iter().position(|day| *day == name.trim().to_lowercase());
    match key.split_once('-') {
        None => day(key).map(|day| (day, day)),
        Some((first, last)) => Some((day(first)?, day(last)?)).filter(|(first, last)| first <= last),
    }
}

fn spells(reader: &Reader<'_>, node: &Node) -> Vec<Spell> {
    let items = match &node.kind {
        Kind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut spells: Vec<Spell> = items.iter().filter_map(|item| spell(reader, item)).collect();
    spells.sort_by_key(|spell| spell.from);
    let overlap = spells.windows(2).any(|pair| matches!(pair, [one, next] if one.to > next.from));
    if overlap {
        reader.error(node.line, "two spells of a day overlap", "end the first before the second begins");
    }
    spells
}

fn spell(reader: &Reader<'_>, node: &Node) -> Option<Spell> {
    let read = |text: &str| {
        let (from, to) = text.split_once('-')?;
        Some(Spell { from: clock(from)?, to: clock(to)? }).filter(|spell| spell.from < spell.to)
    };
    let spell = match &node.kind {
        Kind::Text(text) => read(text),
        _ => None,
    };
    if spell.is_none() {
        let hint = "write \"08:00-15:00\", in quotes, with the 24-hour clock; up to midnight is 24:00";
        reader.error(node.line, "these are no hours of a day", hint);
    }
    spell
}

/// Minutes since midnight of "08:30".
fn clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
}
