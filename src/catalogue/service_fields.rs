//! The fields of a service: each read with all that is wrong in it. [`super::services_file`] puts them together.

use chrono::NaiveDate;
use ventanilla_intents::INTENTS;

use super::{
    calendar_file::{self, DAYS},
    node::Node,
    reader::{Fields, Reader},
    services_file::Known,
    town::date,
};
use crate::services::{Authority, Cost, Day, Elsewhere, Round, Venue, Window};

pub(super) fn authority(fields: &Fields<'_>) -> Option<Authority> {
    let named = fields.text("authority")?;
    let found = Authority::ALL.into_iter().find(|one| one.name() == named);
    if found.is_none() {
        let line = fields.line_of("authority");
        fields.reader.error(
            line,
            format!("there is no authority '{named}'"),
            "write municipal, state or federal",
        );
    }
    found
}

pub(super) fn is_department(fields: &Fields<'_>, key: &str, id: &str, known: &Known<'_>) -> bool {
    let there = known.departments.iter().any(|department| department.id == id);
    if !there {
        let ids: Vec<&str> = known.departments.iter().map(|department| department.id.as_str()).collect();
        let hint = format!("there is: {}", ids.join(", "));
        fields.reader.error(fields.line_of(key), format!("there is no department '{id}'"), hint);
    }
    there
}

/// The outer `None`: a mistake.
#[expect(clippy::option_option, reason = "a mistake, nothing said, or what was said")]
pub(super) fn cost(fields: &Fields<'_>) -> Option<Option<Cost>> {
    let Some(node) = fields.node("cost") else { return Some(None) };
    let cost = fields.reader.fields(node, "the cost")?;
    cost.only(&["pesos", "note"]);
    let note = cost.texts_or_none("note");
    let pesos = match cost.node("pesos").map(|_| cost.number("pesos")) {
        None => None,
        Some(pesos) => {
            let whole = pesos?;
            if whole.fract() != 0.0 || !(0.0..=1_000_000.0).contains(&whole) {
                let hint = "write whole pesos, 0 where it is free; what differs goes into note";
                cost.reader.error(cost.line_of("pesos"), format!("{whole} is no price"), hint);
                return None;
            }
            Some(whole as u32)
        }
    };
    if pesos.is_none() && note.is_none() {
        let hint =
            "write  cost: {pesos: 120}, {pesos: 0} where it is free, or a note that says on what it depends";
        fields.reader.error(node.line, "the cost says nothing", hint);
        return None;
    }
    Some(Some(Cost { pesos, note }))
}

#[expect(clippy::option_option, reason = "a mistake, nothing said, or what was said")]
pub(super) fn venue(fields: &Fields<'_>, known: &Known<'_>) -> Option<Option<Venue>> {
    let Some(node) = fields.node("where") else { return Some(None) };
    let venue = fields.reader.fields(node, "where")?;
    let note = venue.texts_or_none("note");
    if venue.node("department").is_some() {
        venue.only(&["department", "note"]);
        let id = venue.id("department")?;
        return is_department(&venue, "department", &id, known)
            .then_some(Some(Venue::Department { id, note }));
    }
    venue.only(&["name", "address", "phone", "hours", "lat", "lon", "note"]);
    let name = venue.texts("name");
    let hours = venue.node("hours").and_then(|node| calendar_file::hours(fields.reader, node));
    let point = point(&venue)?;
    let (address, phone) = (venue.text_or_none("address"), venue.text_or_none("phone"));
    Some(Some(Venue::Elsewhere(Box::new(Elsewhere { name: name?, address, phone, hours, point, note }))))
}

#[expect(clippy::option_option, reason = "a mistake, nothing said, or what was said")]
fn point(venue: &Fields<'_>) -> Option<Option<(f64, f64)>> {
    if venue.node("lat").is_none() && venue.node("lon").is_none() {
        return Some(None);
    }
    let (lat, lon) = (venue.number("lat"), venue.number("lon"));
    let (lat, lon) = (lat?, lon?);
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        let hint = "write degrees: lat from -90 to 90, lon from -180 to 180";
        venue.reader.error(venue.line_of("lat"), "the place lies nowhere on earth", hint);
        return None;
    }
    Some(Some((lat, lon)))
}

pub(super) fn window(reader: &Reader<'_>, node: &Node) -> Option<Window> {
    let fields = reader.fields(node, "the window")?;
    fields.only(&["from", "until", "what"]);
    let (from, until, what) = (day(&fields, "from"), day(&fields, "until"), fields.texts("what"));
    let (from, until, what) = (from?, until?, what?);
    match (from, until) {
        (Day::Once(from), Day::Once(until)) if until < from => {
            reader.error(
                node.line,
                "the window ends before it begins",
                "write the first day in from, the last in until",
            );
            None
        }
        (Day::Once(_), Day::Yearly { .. }) | (Day::Yearly { .. }, Day::Once(_)) => {
            let hint = "write both days with a year (2026-02-03) or both without (02-03: every year)";
            reader.error(node.line, "one day of the window has a year and the other has none", hint);
            None
        }
        _ => Some(Window { from, until, what }),
    }
}

/// `2026-02-03`, or `02-03` for every year.
fn day(fields: &Fields<'_>, key: &str) -> Option<Day> {
    let text = fields.text(key)?;
    let once = || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(Day::Once);
    let yearly = || {
        let (month, day) = text.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        // A leap year has every day that there is.
        NaiveDate::from_ymd_opt(2028, month, day).map(|_| Day::Yearly { month, day })
    };
    let day = once().or_else(yearly);
    if day.is_none() {
        let hint = "write year-month-day, like 2026-02-03, or month-day for every year, like 02-03";
        fields.reader.error(fields.line_of(key), format!("'{text}' is no day"), hint);
    }
    day
}

pub(super) fn round(reader: &Reader<'_>, node: &Node, known: &Known<'_>) -> Option<Round> {
    let fields = reader.fields(node, "the round")?;
    fields.only(&["colonias", "hours", "note"]);
    let colonias = fields.words("colonias");
    let strange: Vec<&String> = colonias.iter().filter(|id| known.places.colonia(id).is_none()).collect();
    for id in &strange {
        let ids: Vec<&str> = known.places.colonias.iter().map(|one| one.id.as_str()).collect();
        let hint = format!("there is: {}", ids.join(", "));
        reader.error(fields.line_of("colonias"), format!("there is no colonia '{id}'"), hint);
    }
    if colonias.is_empty() {
        reader.error(node.line, "the round names no colonia", "write  colonias: [centro]");
    }
    let hours = match fields.node("hours") {
        Some(node) => calendar_file::hours(reader, node),
        None => {
            let hint = format!("add  hours: {{{}: [\"07:00-09:00\"]}}", DAYS[0]);
            reader.error(node.line, "the round has no hours", hint);
            None
        }
    };
    let whole = strange.is_empty() && !colonias.is_empty();
    Some(Round { colonias, hours: hours?, note: fields.texts_or_none("note") }).filter(|_| whole)
}

#[expect(clippy::option_option, reason = "a mistake, nothing said, or what was said")]
pub(super) fn link(fields: &Fields<'_>) -> Option<Option<String>> {
    let Some(url) = fields.text_or_none("link") else { return Some(None) };
    let host =
        url.strip_prefix("https://").filter(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace));
    if host.is_none() {
        let hint = "write the whole address, beginning with https://";
        fields.reader.error(
            fields.line_of("link"),
            format!("'{url}' is no link that people can trust"),
            hint,
        );
        return None;
    }
    Some(Some(url))
}

/// Names of the taxonomy that begin so.
pub(super) fn intents(fields: &Fields<'_>, key: &str, begins: &str) -> Option<Vec<String>> {
    let named = fields.words(key);
    let is_known = |name: &String| name.starts_with(begins) && INTENTS.contains(&name.as_str());
    let strange: Vec<&String> = named.iter().filter(|name| !is_known(name)).collect();
    for name in &strange {
        let known: Vec<&str> = INTENTS.into_iter().filter(|name| name.starts_with(begins)).collect();
        let hint = format!("there is: {}", known.join(", "));
        fields.reader.error(fields.line_of(key), format!("{key}: there is no intent '{name}'"), hint);
    }
    strange.is_empty().then_some(named)
}

pub(super) type Valid = (Option<NaiveDate>, Option<NaiveDate>);

/// Both may be left out.
pub(super) fn valid(fields: &Fields<'_>) -> Option<Valid> {
    let read = |key: &str| match fields.node(key) {
        Some(_) => date(fields, key).map(Some),
        None => Some(None),
    };
    let (from, until) = (read("valid_from"), read("valid_until"));
    let (from, until) = (from?, until?);
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        let hint = "write the first day in valid_from, the last in valid_until";
        fields.reader.error(fields.line_of("valid_until"), "it ends before it begins", hint);
        return None;
    }
    Some((from, until))
}
