//! What stands behind the '?': language, filters, and where the page before ended. What cannot be is left out and named,
//! never an error by itself.

use std::fmt;

use axum::{extract::FromRequestParts, http::request::Parts};
use chrono::{Datelike, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use form_urlencoded::Serializer;
use ventanilla_values::Lang;

use crate::{catalogue::Catalogue, reports::State, store::public_reports::PublicFilter};

/// A value that is longer is none.
const LONGEST: usize = 80;

/// Which states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Anything is still to be done.
    Open,
    One(State),
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "abiertos",
            Self::One(state) => state.as_str(),
        })
    }
}

/// What the page before ended with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct After {
    pub filed_at: i64,
    pub folio: String,
}

impl fmt::Display for After {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.filed_at, self.folio)
    }
}

/// What somebody asks a public page for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub lang: Lang,
    pub category: Option<String>,
    pub colonia: Option<String>,
    pub standing: Option<Standing>,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    pub after: Option<After>,
    /// What else was asked, as it came: `folio`, `bbox`.
    pub rest: Vec<(String, String)>,
    /// What cannot be: `categoria`, `desde` …
    pub mistakes: Vec<&'static str>,
}

impl Wanted {
    pub fn read(query: &str) -> Self {
        let mut wanted = Self {
            lang: Lang::ES,
            category: None,
            colonia: None,
            standing: None,
            from: None,
            until: None,
            after: None,
            rest: Vec::new(),
            mistakes: Vec::new(),
        };
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if !value.is_empty() && value.chars().count() <= LONGEST {
                wanted.note(&key, value);
            }
        }
        if wanted.from.zip(wanted.until).is_some_and(|(from, until)| from > until) {
            wanted.until = None;
            wanted.mistakes.push("hasta");
        }
        wanted
    }

    fn note(&mut self, key: &str, value: &str) {
        let wrong = match key {
            "lang" => {
                self.lang = if value == "en" { Lang::EN } else { Lang::ES };
                None
            }
            "categoria" => {
                self.category = Some(value.to_owned());
                None
            }
            "colonia" => {
                self.colonia = Some(value.to_owned());
                None
            }
            "estado" => {
                self.standing = standing(value);
                self.standing.is_none().then_some("estado")
            }
            "desde" => {
                self.from = day(value);
                self.from.is_none().then_some("desde")
            }
            "hasta" => {
                self.until = day(value);
                self.until.is_none().then_some("hasta")
            }
            "despues" => {
                self.after = after(value);
                self.after.is_none().then_some("despues")
            }
            _ => {
                self.rest.push((key.to_owned(), value.to_owned()));
                None
            }
        };
        self.mistakes.extend(wrong);
    }

    /// Takes out what the catalogue does not know, or keeps private.
    pub fn checked(mut self, catalogue: &Catalogue) -> Self {
        let is_public = |id: &str| catalogue.category(id).is_some_and(|category| !category.private);
        if self.category.as_deref().is_some_and(|id| !is_public(id)) {
            self.category = None;
            self.mistakes.push("categoria");
        }
        if self.colonia.as_deref().is_some_and(|id| catalogue.places().colonia(id).is_none()) {
            self.colonia = None;
            self.mistakes.push("colonia");
        }
        self
    }

    pub fn rest(&self, key: &str) -> Option<&str> {
        self.rest.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The filters as they stand behind the '?', without the page.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        [
            ("categoria", self.category.clone()),
            ("colonia", self.colonia.clone()),
            ("estado", self.standing.map(|standing| standing.to_string())),
            ("desde", self.from.map(|day| day.to_string())),
            ("hasta", self.until.map(|day| day.to_string())),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
    }

    /// The same with the page.
    pub fn asked(&self) -> Vec<(&'static str, String)> {
        let after = self.after.as_ref().map(|after| ("despues", after.to_string()));
        self.filters().into_iter().chain(after).collect()
    }

    /// For the database. `added`: with those that were added to another report, where no state is asked for.
    pub fn filter(&self, timezone: Tz, added: bool) -> PublicFilter {
        let all = || State::ALL.into_iter();
        let states = match self.standing {
            Some(Standing::One(state)) => vec![state],
            Some(Standing::Open) => all().filter(|state| state.is_open()).collect(),
            None if added => Vec::new(),
            None => all().filter(|state| *state != State::Duplicate).collect(),
        };
        PublicFilter {
            category: self.category.clone(),
            colonia: self.colonia.clone(),
            states,
            from: self.from.map(|day| begin(day, timezone)),
            until: self.until.and_then(|day| day.succ_opt()).map(|day| begin(day, timezone)),
        }
    }
}

/// Never refuses: what it cannot read it leaves out.
impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

/// An address with what stands behind its '?'. Spanish is not said.
pub(super) fn address(path: &str, asked: &[(&str, String)], lang: Lang) -> String {
    let mut query = Serializer::new(String::new());
    query.extend_pairs(asked.iter().map(|(key, value)| (*key, value.as_str())));
    if lang != Lang::ES {
        query.append_pair("lang", lang.as_str());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn standing(value: &str) -> Option<Standing> {
    if value == "abiertos" { Some(Standing::Open) } else { value.parse().ok().map(Standing::One) }
}

/// A day that a town can have had.
fn day(value: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?;
    (1970..=2200).contains(&day.year()).then_some(day)
}

fn after(value: &str) -> Option<After> {
    let (filed_at, folio) = value.split_once('_')?;
    Some(After { filed_at: filed_at.parse().ok()?, folio: folio.to_owned() })
}

/// Midnight, Unix milliseconds; where the clocks jump over midnight, the first moment after.
fn begin(day: NaiveDate, timezone: Tz) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = timezone.from_local_datetime(&midnight).earliest();
    local.map_or_else(|| midnight.and_utc().timestamp_millis(), |local| local.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_asked_is_asked_again_by_its_links() {
        let asked = "categoria=pothole&colonia=centro&estado=abiertos&desde=2026-01-02&hasta=2026-03-04&despues=5_PC-1&lang=en";
        let wanted = Wanted::read(asked);
        assert_eq!(wanted.mistakes, Vec::<&str>::new());
        assert_eq!(address("/reportes", &wanted.asked(), wanted.lang), format!("/reportes?{asked}"));
    }

    #[test]
    fn a_day_is_the_towns_day() {
        let wanted = Wanted::read("desde=2026-11-23&hasta=2026-11-23");
        let filter = wanted.filter(chrono_tz::America::Merida, true);
        let (from, until) = (filter.from.unwrap(), filter.until.unwrap());
        assert_eq!((from, until - from), (1_795_413_600_000, 24 * 3600 * 1000));
    }

    #[test]
    fn what_cannot_be_is_left_out_and_named() {
        let wanted = Wanted::read("estado=hecho&desde=ayer&hasta=2026-13-40&despues=x&lang=fr&otro=1");
        assert_eq!(wanted.mistakes, ["estado", "desde", "hasta", "despues"]);
        assert!(wanted.asked().is_empty());
        assert_eq!(Wanted::read("desde=2026-02-02&hasta=2026-02-01").mistakes, ["hasta"]);
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_breaks_it(query in ".{0,200}") {
            Wanted::read(&query);
        }
    }
}
