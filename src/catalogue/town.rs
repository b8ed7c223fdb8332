//! `town.yaml`: who the town is, its phones and the help lines.

use chrono::NaiveDate;
use chrono_tz::Tz;
use ventanilla_values::{Lang, Problem, SourceFile};

use super::{
    node::Node,
    reader::{Fields, Reader},
    text::Text,
};
use crate::reports::cell::metres;

/// The conversations about danger say these in their first sentences; without them nobody may be attended.
const NEEDED_LINES: [&str; 3] = ["emergency", "life", "women"];

const FILE: &str = super::TOWN;
/// Days.
const YEAR: i64 = 365;

/// Working days to carry a request about personal data out, where the town names no other: 15 (LGPDPPSO).
const CARRY_OUT_DAYS: f64 = 15.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    pub name: String,
    /// Who answers: "Ayuntamiento de …".
    pub government: String,
    pub state: String,
    /// ISO 3166, two capital letters.
    pub country: String,
    pub timezone: Tz,
    /// 2 to 4 capital letters.
    pub folio_prefix: String,
    /// The first is spoken until a person chooses another.
    pub languages: Vec<Lang>,
    pub address: String,
    pub web: String,
    pub phones: Vec<Phone>,
    pub privacy: Option<Privacy>,
    pub lines: Vec<Line>,
    /// Who attends what lies outside.
    pub neighbours: Vec<Neighbour>,
}

impl Town {
    /// Help lines and terms of the law that nobody checked for a year before `today`: a help line that does not answer is
    /// worse than none.
    pub fn stale(&self, today: NaiveDate) -> Vec<Problem> {
        let old = |verified: NaiveDate| (today - verified).num_days() > YEAR;
        let lines = self.lines.iter().filter(|line| old(line.verified)).map(|line| {
            let message = format!("the help line {} was last checked on {}", line.phone, line.verified);
            Problem::warning(
                FILE,
                line.row,
                message,
                "dial it, read its official page, and write today's date",
            )
        });
        let privacy = self.privacy.iter().filter(|privacy| old(privacy.verified)).map(|privacy| {
            let message =
                format!("the terms of the privacy notice were last checked on {}", privacy.verified);
            Problem::warning(FILE, 0, message, "ask your transparency unit, and write today's date")
        });
        lines.chain(privacy).collect()
    }

    /// The neighbour that is nearest to a point outside (latitude and longitude, degrees).
    pub fn neighbour(&self, point: (f64, f64)) -> Option<&Neighbour> {
        let far = |one: &Neighbour| metres(point, (one.lat, one.lon));
        self.neighbours.iter().min_by(|one, other| far(one).total_cmp(&far(other)))
    }
}

/// A town beside this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    pub id: String,
    /// "Ayuntamiento de …"
    pub name: String,
    /// As people read it.
    pub phone: String,
    /// Where its seat is, degrees.
    pub lat: f64,
    pub lon: f64,
}

/// A phone of the town hall.
#[derive(Debug, Clone, PartialEq)]
pub struct Phone {
    pub id: String,
    pub name: Text,
    /// As people read it.
    pub phone: String,
}

/// What the privacy notice says.
#[derive(Debug, Clone, PartialEq)]
pub struct Privacy {
    /// Address of the whole notice.
    pub notice: String,
    pub contact: String,
    pub phone: String,
    pub law: String,
    /// Working days to answer a request.
    pub answer_days: u32,
    /// Working days after that to carry it out.
    pub carry_out_days: u32,
    pub verified: NaiveDate,
}

/// A help line: 911, Línea de la Vida …
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub id: String,
    pub name: Text,
    /// What to dial.
    pub phone: String,
    /// What to do after dialling ("opción 1").
    pub note: Option<Text>,
    /// Who answers.
    pub who: String,
    /// What it is for.
    pub what: Text,
    /// The day somebody last checked it.
    pub verified: NaiveDate,
    /// Where it stands in `town.yaml`.
    row: u32,
}

/// The town's languages, read before all else: every other text is checked against them.
pub(super) fn languages(source: &SourceFile) -> Vec<Lang> {
    let quiet = Default::default();
    let reader = Reader::new("", &[], &quiet);
    let langs = reader
        .parse(source)
        .and_then(|node| reader.fields(&node, "the town").map(|town| town.words("languages")))
        .unwrap_or_default();
    langs.iter().filter_map(|lang| lang.parse().ok()).collect()
}

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile) -> Option<Town> {
    let node = reader.parse(source)?;
    let town = reader.fields(&node, "the town")?;
    town.only(&[
        "name",
        "government",
        "state",
        "country",
        "timezone",
        "folio_prefix",
        "languages",
        "address",
        "web",
        "phones",
        "privacy",
        "lines",
        "neighbours",
    ]);
    let (name, government, state) = (town.text("name"), town.text("government"), town.text("state"));
    let (country, timezone, folio_prefix) = (town.text("country"), timezone(&town), folio_prefix(&town));
    let (address, web) = (town.text("address"), town.text("web"));
    let privacy = town.node("privacy").and_then(|node| privacy(reader, node));
    let phones = phones(&town);
    let lines = help_lines(&town);
    let neighbours = town.list("neighbours").iter().filter_map(|node| neighbour(reader, node)).collect();
    Some(Town {
        name: name?,
        government: government?,
        state: state?,
        country: country?,
        timezone: timezone?,
        folio_prefix: folio_prefix?,
        languages: spoken(&town),
        address: address?,
        web: web?,
        phones: phones?,
        privacy,
        lines: lines?,
        neighbours,
    })
}

fn timezone(town: &Fields<'_>) -> Option<Tz> {
    let name = town.text("timezone")?;
    let zone = name.parse().ok();
    if zone.is_none() {
        let hint = "write its IANA name, like America/Mexico_City, America/Merida, America/Tijuana";
        town.reader.error(town.line_of("timezone"), format!("'{name}' is not a time zone"), hint);
    }
    zone
}

fn folio_prefix(town: &Fields<'_>) -> Option<String> {
    let prefix = town.text("folio_prefix")?;
    if (2..=4).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_uppercase()) {
        return Some(prefix);
    }
    let hint = "write 2 to 4 capital letters, like PC";
    town.reader.error(town.line_of("folio_prefix"), format!("'{prefix}' cannot begin a folio"), hint);
    None
}

fn spoken(town: &Fields<'_>) -> Vec<Lang> {
    let mut langs = Vec::new();
    for lang in town.words("languages") {
        match lang.parse() {
            Ok(lang) => langs.push(lang),
            Err(why) => town.reader.error(town.line_of("languages"), why, "write  languages: [es, en]"),
        }
    }
    if !langs.contains(&Lang::ES) {
        town.reader.error(town.line_of("languages"), "Spanish is not among the languages", "add es");
        langs.push(Lang::ES);
    }
    langs
}

fn phones(town: &Fields<'_>) -> Option<Vec<Phone>> {
    let phones: Vec<_> = town.list("phones").iter().filter_map(|node| phone(town.reader, node)).collect();
    if phones.iter().any(|phone| phone.id == "main") {
        return Some(phones);
    }
    let hint = "add one with  id: main : it is given when the assistant cannot help";
    town.reader.error(town.line_of("phones"), "there is no main phone", hint);
    None
}

fn phone(reader: &Reader<'_>, node: &Node) -> Option<Phone> {
    let fields = reader.fields(node, "the phone")?;
    fields.only(&["id", "name", "phone"]);
    let (id, name, phone) = (fields.id("id"), fields.texts("name"), fields.text("phone"));
    Some(Phone { id: id?, name: name?, phone: phone? })
}

fn neighbour(reader: &Reader<'_>, node: &Node) -> Option<Neighbour> {
    let fields = reader.fields(node, "the neighbour")?;
    fields.only(&["id", "name", "phone", "lat", "lon"]);
    let (id, name, phone) = (fields.id("id"), fields.text("name"), fields.text("phone"));
    let (lat, lon) = (fields.number("lat"), fields.number("lon"));
    let (lat, lon) = (lat?, lon?);
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        let hint = "write degrees: lat from -90 to 90, lon from -180 to 180";
        reader.error(node.line, "the neighbour lies nowhere on earth", hint);
        return None;
    }
    Some(Neighbour { id: id?, name: name?, phone: phone?, lat, lon })
}

fn privacy(reader: &Reader<'_>, node: &Node) -> Option<Privacy> {
    let fields = reader.fields(node, "privacy")?;
    fields.only(&["notice", "contact", "phone", "law", "answer_days", "carry_out_days", "verified"]);
    let (notice, contact, phone) = (fields.text("notice"), fields.text("contact"), fields.text("phone"));
    let (law, days, verified) = (fields.text("law"), fields.number("answer_days"), date(&fields, "verified"));
    let carry_out = if fields.node("carry_out_days").is_some() {
        fields.number("carry_out_days")
    } else {
        Some(CARRY_OUT_DAYS)
    };
    Some(Privacy {
        notice: notice?,
        contact: contact?,
        phone: phone?,
        law: law?,
        answer_days: days? as u32,
        carry_out_days: carry_out? as u32,
        verified: verified?,
    })
}

fn help_lines(town: &Fields<'_>) -> Option<Vec<Line>> {
    let lines: Vec<_> = town.list("lines").iter().filter_map(|node| help_line(town.reader, node)).collect();
    let missing: Vec<_> =
        NEEDED_LINES.into_iter().filter(|id| !lines.iter().any(|line| line.id == *id)).collect();
    if missing.is_empty() {
        return Some(lines);
    }
    let message = format!("the help lines lack: {}", missing.join(", "));
    town.reader.error(
        town.line_of("lines"),
        message,
        "conversations about danger give them: copy them from the demo",
    );
    None
}

fn help_line(reader: &Reader<'_>, node: &Node) -> Option<Line> {
    let fields = reader.fields(node, "the help line")?;
    fields.only(&["id", "name", "phone", "note", "who", "what", "verified"]);
    let (id, name, phone) = (fields.id("id"), fields.texts("name"), fields.text("phone"));
    let note = fields.texts_or_none("note");
    let (who, what, verified) = (fields.text("who"), fields.texts("what"), date(&fields, "verified"));
    Some(Line {
        id: id?,
        name: name?,
        phone: phone?,
        note,
        who: who?,
        what: what?,
        verified: verified?,
        row: node.line,
    })
}

/// A date, year-month-day.
pub(super) fn date(fields: &Fields<'_>, key: &str) -> Option<NaiveDate> {
    let text = fields.text(key)?;
    let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
    if date.is_none() {
        let hint = "write year-month-day, like 2026-11-16";
        fields.reader.error(fields.line_of(key), format!("'{text}' is not a date"), hint);
    }
    date
}
