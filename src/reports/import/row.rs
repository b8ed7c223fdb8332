//! A line of a file as a report: everything that is wrong with it is told at once.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};
use ventanilla_flows::Gazetteer as _;
use ventanilla_values::{Lang, Place};

use super::{
    columns::{Column, Mapping, folded, meant},
    table::Line,
};
use crate::{
    catalogue::{Catalogue, Text},
    open311::times,
    reports::State,
};

/// Characters, as everywhere.
const LONGEST_DESCRIPTION: usize = 4_000;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: u64,
    pub column: &'static str,
    pub why: String,
    /// What to do.
    pub hint: String,
}

/// A report that can be taken over.
#[derive(Debug)]
pub(super) struct Row {
    /// What the other system calls it; made of the line where it has no folio.
    pub(super) id: String,
    pub(super) category: String,
    pub(super) place: Place,
    pub(super) description: Option<String>,
    /// `None`: where it would stand if it were filed here.
    pub(super) state: Option<State>,
    pub(super) filed_at: i64,
    pub(super) closed_at: Option<i64>,
    pub(super) department: Option<String>,
}

/// Notes what is wrong.
struct Reading<'a> {
    catalogue: &'a Catalogue,
    mapping: &'a Mapping,
    line: &'a Line,
    now: i64,
    mistakes: Vec<Mistake>,
}

pub(super) fn read(
    catalogue: &Catalogue,
    mapping: &Mapping,
    line: &Line,
    now: i64,
) -> Result<Row, Vec<Mistake>> {
    let mut reading = Reading { catalogue, mapping, line, now, mistakes: Vec::new() };
    let category = reading.category();
    let place = reading.place();
    let description = reading.description();
    let department = reading.department();
    let state = reading.state();
    let filed_at = reading.moment(Column::FiledAt);
    if line.get(Column::FiledAt).is_none() {
        reading.wrong(Column::FiledAt, "there is no day", "write when it was filed: 2026-01-31 09:05");
    }
    let closed_at = reading.closed_at(state, filed_at);
    match (category, place, filed_at) {
        (Some(category), Some(place), Some(filed_at)) if reading.mistakes.is_empty() => {
            let id = line.get(Column::Folio).map_or_else(|| made_id(line), str::to_owned);
            Ok(Row { id, category, place, description, state, filed_at, closed_at, department })
        }
        _ => Err(reading.mistakes),
    }
}

/// The same line is the same report.
fn made_id(line: &Line) -> String {
    let cells = Column::ALL.map(|column| line.get(column).unwrap_or_default()).join("\u{1f}");
    let digest = hex::encode(Sha256::digest(cells));
    format!("row:{}", digest.chars().take(24).collect::<String>())
}

impl Reading<'_> {
    fn wrong(&mut self, column: Column, why: impl Into<String>, hint: impl Into<String>) {
        let (why, hint) = (why.into(), hint.into());
        self.mistakes.push(Mistake { line: self.line.number, column: column.name(), why, hint });
    }

    fn category(&mut self) -> Option<String> {
        let Some(text) = self.line.get(Column::Category) else {
            self.wrong(Column::Category, "there is none", "say what it is about");
            return None;
        };
        let wanted = meant(&self.mapping.categories, text).unwrap_or(text);
        let all = self.catalogue.categories().iter();
        let found = all.into_iter().find(|one| one.id == wanted || is_called(&one.name, wanted));
        if found.is_none() {
            let hint = "write the id or the name of a category, or say with --map which one is meant";
            self.wrong(Column::Category, format!("'{text}' is no category"), hint);
        }
        found.map(|category| category.id.clone())
    }

    fn department(&mut self) -> Option<String> {
        let text = self.line.get(Column::Department)?;
        let wanted = meant(&self.mapping.departments, text).unwrap_or(text);
        let all = self.catalogue.departments().iter();
        let found = all.into_iter().find(|one| one.id == wanted || is_called(&one.name, wanted));
        if found.is_none() {
            let hint = "write the id or the name of a department, say with --map which one is meant, or leave it empty: \
                        then it is the one of the category";
            self.wrong(Column::Department, format!("'{text}' is no department"), hint);
        }
        found.map(|department| department.id.clone())
    }

    fn description(&mut self) -> Option<String> {
        let text = self.line.get(Column::Description)?;
        if text.chars().count() > LONGEST_DESCRIPTION {
            self.wrong(
                Column::Description,
                "it is too long",
                format!("keep {LONGEST_DESCRIPTION} characters"),
            );
        }
        Some(text.to_owned())
    }

    fn state(&mut self) -> Option<State> {
        let text = self.line.get(Column::State)?;
        let wanted = folded(meant(&self.mapping.states, text).unwrap_or(text));
        let named = State::ALL.into_iter().find(|state| {
            [state.as_str(), state.label(Lang::ES), state.label(Lang::EN), state.fixmystreet()]
                .into_iter()
                .any(|name| folded(name) == wanted)
        });
        let found = named.or(match wanted.as_str() {
            "open" | "abierto" | "pendiente" => Some(State::Received),
            "en proceso" => Some(State::InProgress),
            "cerrado" | "atendido" | "resuelto" | "terminado" => Some(State::ClosedConfirmed),
            _ => None,
        });
        match found {
            None => {
                let known = State::ALL.map(State::as_str).join(", ");
                let hint =
                    format!("write one of {known}; open or closed; or say with --map which one is meant");
                self.wrong(Column::State, format!("'{text}' is no state"), hint);
                None
            }
            Some(State::Duplicate) => {
                let hint = "leave out what was added to another report, or say closed_rejected";
                self.wrong(Column::State, "a duplicate needs the report that it was added to", hint);
                None
            }
            found => found,
        }
    }

    fn moment(&mut self, column: Column) -> Option<i64> {
        let text = self.line.get(column)?;
        let zone = self.catalogue.town().timezone;
        match moment(text, zone) {
            Some(at) if at <= self.now => Some(at),
            Some(_) => {
                self.wrong(
                    column,
                    format!("'{text}' is in the future"),
                    "look at the order of day and month",
                );
                None
            }
            None => {
                let hint = "write 2026-01-31 09:05, 31/01/2026 09:05 or 2026-01-31T09:05:00-06:00";
                self.wrong(column, format!("'{text}' is no moment"), hint);
                None
            }
        }
    }

    fn closed_at(&mut self, state: Option<State>, filed_at: Option<i64>) -> Option<i64> {
        let closed_at = self.moment(Column::ClosedAt);
        let is_closed = state.is_some_and(|state| !state.is_open());
        if is_closed && self.line.get(Column::ClosedAt).is_none() {
            let hint = "write when it was closed: how long things take is counted with it";
            self.wrong(Column::ClosedAt, "it is closed, and nobody knows since when", hint);
        }
        if closed_at.zip(filed_at).is_some_and(|(closed, filed)| closed < filed) {
            self.wrong(Column::ClosedAt, "it was closed before it was filed", "look at the two days");
        }
        closed_at.filter(|_| is_closed)
    }

    fn place(&mut self) -> Option<Place> {
        let address = self.line.get(Column::Address);
        match (self.line.get(Column::Lat), self.line.get(Column::Lon)) {
            (Some(lat), Some(lon)) => Some(self.point(lat, lon)?.called(address)),
            (Some(_), None) => {
                self.wrong(Column::Lon, "there is none", "lat and lon belong together");
                None
            }
            (None, Some(_)) => {
                self.wrong(Column::Lat, "there is none", "lat and lon belong together");
                None
            }
            (None, None) => match address {
                Some(text) => Some(
                    self.catalogue
                        .find(text)
                        .unwrap_or_else(|| Place { text: text.to_owned(), ..Place::default() }),
                ),
                None => {
                    self.wrong(
                        Column::Address,
                        "nobody knows where it is",
                        "write an address, or lat and lon",
                    );
                    None
                }
            },
        }
    }

    fn point(&mut self, lat: &str, lon: &str) -> Option<Place> {
        let degrees = |text: &str| {
            let number = text.replace(',', ".").parse::<f64>().ok();
            number.filter(|number| number.is_finite())
        };
        let (Some(lat), Some(lon)) = (degrees(lat), degrees(lon)) else {
            let bad = if degrees(lat).is_none() { Column::Lat } else { Column::Lon };
            self.wrong(bad, "it is no number", "write degrees, like 18.9263");
            return None;
        };
        let on_earth = |lat: f64, lon: f64| lat.abs() <= 90.0 && lon.abs() <= 180.0;
        let place = on_earth(lat, lon).then(|| self.catalogue.locate(lat, lon));
        let is_inside = place.as_ref().is_some_and(|place| place.inside != Some(false));
        if !is_inside && on_earth(lon, lat) && self.catalogue.locate(lon, lat).inside == Some(true) {
            self.wrong(
                Column::Lat,
                "lat and lon are exchanged",
                "exchange the two columns, or their headers",
            );
            return None;
        }
        if place.is_none() {
            self.wrong(Column::Lat, "this is nowhere on Earth", "lat is -90 to 90, lon -180 to 180");
        }
        place
    }
}

/// In any language of the town.
fn is_called(name: &Text, wanted: &str) -> bool {
    let wanted = folded(wanted);
    name.iter().any(|(_, name)| folded(name) == wanted)
}

/// As Open311 reads it, or as people of Mexico and their spreadsheets write it: day first. Unix ms.
fn moment(text: &str, zone: Tz) -> Option<i64> {
    if let Some(at) = times::read(text, zone) {
        return Some(at);
    }
    let formats = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let day = || {
        let formats = ["%d/%m/%Y", "%d-%m-%Y"];
        let day = formats.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok())?;
        Some(day.and_time(NaiveTime::MIN))
    };
    let at = zone.from_local_datetime(&local.or_else(day)?).earliest()?;
    Some(at.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_many_ways() {
        let zone = chrono_tz::America::Merida;
        let at = times::read("2026-01-31T09:05:00-06:00", zone);
        for text in ["31/01/2026 09:05", "31/01/2026 09:05:00", "2026-01-31 09:05", "31-01-2026 09:05"] {
            assert_eq!(moment(text, zone), at, "{text}");
        }
        assert_eq!(moment("31/01/2026", zone), times::read("2026-01-31", zone));
        for text in ["01/31/2026", "mañana", "31/01/26 x"] {
            assert_eq!(moment(text, zone), None, "{text}");
        }
    }
}
