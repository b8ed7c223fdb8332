//! Services of the town: procedures, benefits and what is good to know about them, as `catalogue/services/` tells them.
//!
//! [`crate::catalogue`] reads the entries and shows them to conversations; [`find()`] says which one somebody asks for.
//! Nothing in here knows files, channels, the clock or the database: the day is an argument.

mod find;
mod part;
mod window;

use chrono::NaiveDate;
use ventanilla_values::Lang;

use crate::catalogue::{Hours, Text};

pub use find::{Found, find, is_asked_for, is_blank, offices};
pub use part::Part;
pub use window::{Day, Stretch, Window};

/// Days after which a fact that nobody checked again is told with its date.
pub const CHECK_AGAIN_DAYS: i64 = 180;

/// A procedure or a benefit.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Never read by citizens, never renamed.
    pub id: String,
    /// At most 24 characters: a row of a list.
    pub name: Text,
    /// Other words for it.
    pub also: Vec<(Lang, Vec<String>)>,
    /// What it is, in a line that tells it apart.
    pub summary: Text,
    pub authority: Authority,
    /// Who gives it: "Secretaría de Bienestar".
    pub given_by: Text,
    /// The department of the town that keeps the entry right; it also answers where nothing else is known.
    pub owner: String,
    /// Who it is for.
    pub audience: Option<Text>,
    pub requirements: Vec<Text>,
    pub documents: Vec<Text>,
    pub cost: Option<Cost>,
    pub steps: Vec<Text>,
    /// How long it takes: "El mismo día.".
    pub takes: Option<Text>,
    pub venue: Option<Venue>,
    /// When it is open, or when it costs less. Without any: at any time.
    pub windows: Vec<Window>,
    /// When somebody comes by, colonia by colonia.
    pub rounds: Vec<Round>,
    pub legal_basis: Option<String>,
    /// `https://…`
    pub link: Option<String>,
    /// Ids of services that people confuse with it or also need.
    pub related: Vec<String>,
    /// Ids of services that come after it.
    pub next: Vec<String>,
    /// `life.…` of the intents.
    pub life_events: Vec<String>,
    /// `service.…` of the intents.
    pub intents: Vec<String>,
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_until: Option<NaiveDate>,
    /// The day somebody last checked it.
    pub last_verified: NaiveDate,
}

impl Service {
    /// Whether it may be told as true on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }

    /// Whether so much time has gone by since somebody checked it that people should hear the date.
    pub fn is_old_on(&self, day: NaiveDate) -> bool {
        (day - self.last_verified).num_days() > CHECK_AGAIN_DAYS
    }

    /// What can be told of it, in the order in which it is offered.
    pub fn parts(&self) -> Vec<Part> {
        let needs = !self.documents.is_empty() || !self.requirements.is_empty();
        let there = [
            (Part::Documents, needs),
            (Part::Cost, self.cost.is_some()),
            (Part::Venue, true),
            (Part::Steps, !self.steps.is_empty()),
            (Part::Time, self.takes.is_some()),
        ];
        there.into_iter().filter(|(_, there)| *there).map(|(part, _)| part).collect()
    }
}

/// Which level of government gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    Municipal,
    State,
    Federal,
}

impl Authority {
    pub const ALL: [Self; 3] = [Self::Municipal, Self::State, Self::Federal];

    /// As the file says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Municipal => "municipal",
            Self::State => "state",
            Self::Federal => "federal",
        }
    }
}

/// What it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// 0: free. `None`: it depends, as the note says.
    pub pesos: Option<u32>,
    pub note: Option<Text>,
}

/// Where it is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Venue {
    /// A department of the town, with its phone, address and hours.
    Department { id: String, note: Option<Text> },
    /// Somewhere else.
    Elsewhere(Box<Elsewhere>),
}

/// An office that is no department of the town.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    pub name: Text,
    pub address: Option<String>,
    /// As people read it.
    pub phone: Option<String>,
    pub hours: Option<Hours>,
    /// Latitude and longitude, degrees.
    pub point: Option<(f64, f64)>,
    pub note: Option<Text>,
}

/// When somebody comes by in some colonias.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Ids of `places.geojson`.
    pub colonias: Vec<String>,
    pub hours: Hours,
    pub note: Option<Text>,
}
