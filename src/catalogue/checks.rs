//! What must fit together across the files: categories, groups, departments, help lines, and what a phone can show.

use ventanilla_values::{Lang, matching};

use super::{
    categories::{Attribute, Category, Group, Read},
    departments::Department,
    reader::Reader,
    text::Text,
    town::Town,
};

/// Meta: a row of a list has at most 24 characters of title and 72 of description, a list at most 10 rows.
pub(super) const ROW_TITLE: usize = 24;
pub(super) const ROW: &str = "a row of a WhatsApp list";
pub(super) const ROW_DESCRIPTION: usize = 72;
const ROWS: usize = 10;
/// Meta: up to 3 options are buttons, of 20 characters.
const BUTTONS: usize = 3;
const BUTTON: usize = 20;
/// What people are asked at most before they have a folio.
const QUESTIONS: usize = 6;

/// Names what does not fit together; leaves out categories that could not be attended.
pub(super) fn categories(
    reader: &Reader<'_>,
    read: &mut Read,
    departments: &[Department],
    town: Option<&Town>,
) {
    unique(reader, read);
    for (line, group) in &read.groups {
        fits_a_row(reader, *line, &group.name, group.description.as_ref());
        crowded(reader, *line, group, &read.categories);
    }
    if read.groups.len() > ROWS {
        reader.error(0, format!("there are {} groups", read.groups.len()), "a menu has 10 at most");
    }
    let groups: Vec<_> = read.groups.iter().map(|(_, group)| group.id.clone()).collect();
    read.categories.retain(|(line, category)| {
        fits_a_row(reader, *line, &category.name, Some(&category.description));
        for attribute in &category.attributes {
            fits_its_buttons(reader, *line, attribute);
        }
        short_enough(reader, *line, category);
        let grouped = known(reader, *line, "group", &category.group, groups.iter().map(String::as_str));
        let ids = departments.iter().map(|department| department.id.as_str());
        let attended = known(reader, *line, "department", &category.department, ids);
        grouped && attended && callable(reader, *line, category, town)
    });
    told_apart(reader, read.groups.iter().map(|(line, group)| (*line, &group.name)), ROW_TITLE);
    for (_, group) in &read.groups {
        let own = read.categories.iter().filter(|(_, category)| category.group == group.id);
        told_apart(reader, own.map(|(line, category)| (*line, &category.name)), ROW_TITLE);
    }
}

/// Names of one menu that read the same once they are cut to what is shown: one of them could never be chosen.
fn told_apart<'a>(reader: &Reader<'_>, names: impl Iterator<Item = (u32, &'a Text)>, shown: usize) {
    let mut seen: Vec<(Lang, String)> = Vec::new();
    for (line, name) in names {
        for (lang, name) in name.iter() {
            let cut = (lang, matching(&name.chars().take(shown).collect::<String>()));
            if seen.contains(&cut) {
                let message = format!("'{name}' ({lang}) reads like another one beside it");
                reader.warning(
                    line,
                    message,
                    format!("a phone shows {shown} characters: begin with what differs"),
                );
            } else {
                seen.push(cut);
            }
        }
    }
}

/// Ids and intents are given once: two categories of one intent would take each other's reports.
fn unique(reader: &Reader<'_>, read: &mut Read) {
    let mut seen: Vec<(String, String)> = Vec::new();
    read.categories.retain(|(line, category)| {
        let other = seen.iter().find(|(id, intent)| *id == category.id || *intent == category.intent);
        if let Some((id, intent)) = other {
            let same = if *id == category.id { "id" } else { "intent" };
            let message = format!("'{}' has the same {same} as '{id}' ({intent})", category.id);
            reader.error(*line, message, "every category has its own id and its own intent");
            return false;
        }
        seen.push((category.id.clone(), category.intent.clone()));
        true
    });
}

fn fits_its_buttons(reader: &Reader<'_>, line: u32, attribute: &Attribute) {
    let (limit, what) =
        if attribute.options.len() <= BUTTONS { (BUTTON, "a WhatsApp button") } else { (ROW_TITLE, ROW) };
    for option in &attribute.options {
        fits(reader, line, &option.label, limit, what);
    }
    told_apart(reader, attribute.options.iter().map(|option| (line, &option.label)), limit);
}

fn fits_a_row(reader: &Reader<'_>, line: u32, title: &Text, description: Option<&Text>) {
    fits(reader, line, title, ROW_TITLE, ROW);
    if let Some(description) = description {
        fits(reader, line, description, ROW_DESCRIPTION, "the second line of a WhatsApp list");
    }
}

pub(super) fn fits(reader: &Reader<'_>, line: u32, text: &Text, limit: usize, what: &str) {
    for (lang, text) in text.iter() {
        let length = text.chars().count();
        if length > limit {
            let message = format!("'{text}' ({lang}) has {length} characters");
            reader.warning(line, message, format!("{what} shows {limit}: shorten it"));
        }
    }
}

fn crowded(reader: &Reader<'_>, line: u32, group: &Group, categories: &[(u32, Category)]) {
    let count = categories.iter().filter(|(_, category)| category.group == group.id).count();
    if count == 0 {
        reader.warning(
            line,
            format!("the group '{}' has no categories", group.id),
            "leave it out, or fill it",
        );
    } else if count > ROWS {
        let hint = "a menu has 10 rows at most: make another group";
        reader.error(line, format!("the group '{}' has {count} categories", group.id), hint);
    }
}

fn short_enough(reader: &Reader<'_>, line: u32, category: &Category) {
    let asked =
        category.attributes.len() + usize::from(category.stopper.is_some()) + usize::from(category.photo) + 3; // place, description, "shall I send it?"
    if category.attributes.len() > 2 {
        let hint = "the conversation asks two: keep the two that the crew cannot do without";
        reader.error(line, format!("'{}' has {} attributes", category.id, category.attributes.len()), hint);
    } else if asked > QUESTIONS {
        let message = format!("a report of '{}' asks {asked} questions", category.id);
        reader.warning(line, message, "people give up: leave out an attribute, the stopper or the photo");
    }
}

fn known<'a>(
    reader: &Reader<'_>,
    line: u32,
    what: &str,
    id: &str,
    ids: impl Iterator<Item = &'a str>,
) -> bool {
    let ids: Vec<_> = ids.collect();
    let found = ids.contains(&id);
    if !found {
        reader.error(line, format!("there is no {what} '{id}'"), format!("there is: {}", ids.join(", ")));
    }
    found
}

fn callable(reader: &Reader<'_>, line: u32, category: &Category, town: Option<&Town>) -> bool {
    let (Some(stopper), Some(town)) = (&category.stopper, town) else { return true };
    let ids = || town.lines.iter().map(|line| line.id.as_str());
    // All are looked at, so that all mistakes are named.
    stopper.call.iter().filter(|id| !known(reader, line, "help line", id, ids())).count() == 0
}
