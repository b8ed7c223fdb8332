//! Sends of contact cards.

use super::{LONG, web_address};
use crate::simulator::{
    bubble::{Card, Kind, View},
    error::GraphError,
    part::Part,
};

const CARDS: usize = 257;
/// Meta names no limit for the entries of one card; this one is generous.
const ENTRIES: usize = 32;

const NAME: [&str; 6] = ["formatted_name", "first_name", "last_name", "middle_name", "prefix", "suffix"];
const ADDRESS: [&str; 7] = ["street", "city", "state", "zip", "country", "country_code", "type"];

pub(super) fn view(root: &Part<'_>) -> Result<View, GraphError> {
    let cards = root.objects("contacts", CARDS)?;
    let contacts = cards.iter().map(card).collect::<Result<_, _>>()?;
    Ok(View { kind: Kind::Contacts, contacts, ..View::default() })
}

fn card(part: &Part<'_>) -> Result<Card, GraphError> {
    part.only(&["name", "phones", "emails", "urls", "addresses", "org", "birthday"])?;
    let name = part.object("name")?;
    texts(&name, &NAME)?;
    let shown = name.text("formatted_name", LONG)?.to_owned();
    let phones = entries(part, "phones", &["phone", "wa_id", "type"])?;
    entries(part, "emails", &["email", "type"])?;
    entries(part, "addresses", &ADDRESS)?;
    for url in entries(part, "urls", &["url", "type"])? {
        web_address(&url, "url")?;
    }
    if let Some(org) = part.optional_object("org")? {
        texts(&org, &["company", "department", "title"])?;
    }
    birthday(part)?;
    let phone = phones.first().map(|first| first.optional_text("phone", LONG)).transpose()?.flatten();
    Ok(Card { name: shown, phone: phone.map(str::to_owned) })
}

/// Nothing but these keys, and texts under them.
fn texts(part: &Part<'_>, keys: &[&str]) -> Result<(), GraphError> {
    part.only(keys)?;
    keys.iter().try_for_each(|key| part.optional_text(key, LONG).map(drop))
}

fn entries<'a>(part: &Part<'a>, key: &str, keys: &[&str]) -> Result<Vec<Part<'a>>, GraphError> {
    // Clients write empty lists (pywa), and Meta takes them.
    if part.get(key).is_none_or(|list| list.as_array().is_some_and(Vec::is_empty)) {
        return Ok(Vec::new());
    }
    let entries = part.objects(key, ENTRIES)?;
    entries.iter().try_for_each(|entry| texts(entry, keys))?;
    Ok(entries)
}

/// `YYYY-MM-DD`
fn birthday(part: &Part<'_>) -> Result<(), GraphError> {
    let Some(date) = part.optional_text("birthday", 32)? else { return Ok(()) };
    if chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok() && date.len() == 10 {
        return Ok(());
    }
    Err(GraphError::value(format!("{}: must be a date, YYYY-MM-DD.", part.name("birthday"))))
}
