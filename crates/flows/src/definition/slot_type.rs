//! The kinds of answer.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of answer a slot holds. Adding one is adding a variant here and a case in
/// `engine/read.rs`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlotType {
    /// Anything.
    #[default]
    Text,
    /// One of `options`, by button, number, label or synonym; the slot holds the option's id.
    Choice,
    YesNo,
    Number,
    /// A pin, a street and corner, a colonia.
    Place,
    Photo,
    Phone,
    /// The number of a report.
    Folio,
    /// A day: "el lunes que viene", "15 de mayo".
    Date,
    /// A time of day: "a las 4 y media de la tarde".
    Time,
    /// From a day to a day: "del 3 al 8 de mayo".
    DateRange,
    /// From a time to a time: "de 9 a 1".
    TimeRange,
    /// An e-mail address.
    Email,
    /// The key of a person in the population register.
    Curp,
    /// The key of a taxpayer.
    Rfc,
    /// The plate of a vehicle.
    Plate,
    /// An amount of money; a bare number is pesos.
    Money,
    /// Given names and surnames.
    FullName,
    /// Completed years, months of a small child.
    Age,
}

/// Where the day of a `date` lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DaysDef {
    /// Today or later: an appointment.
    Ahead,
    /// Today or earlier: a birthday.
    Behind,
}

impl SlotType {
    pub const ALL: [Self; 19] = [
        Self::Text,
        Self::Choice,
        Self::YesNo,
        Self::Number,
        Self::Place,
        Self::Photo,
        Self::Phone,
        Self::Folio,
        Self::Date,
        Self::Time,
        Self::DateRange,
        Self::TimeRange,
        Self::Email,
        Self::Curp,
        Self::Rfc,
        Self::Plate,
        Self::Money,
        Self::FullName,
        Self::Age,
    ];

    /// Whether a type is called so.
    pub(crate) fn is_name(name: &str) -> bool {
        Self::ALL.iter().any(|slot_type| slot_type.as_str() == name)
    }

    /// As it is written in YAML.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Number => "number",
            Self::Place => "place",
            Self::Photo => "photo",
            Self::Phone => "phone",
            Self::Folio => "folio",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateRange => "date_range",
            Self::TimeRange => "time_range",
            Self::Email => "email",
            Self::Curp => "curp",
            Self::Rfc => "rfc",
            Self::Plate => "plate",
            Self::Money => "money",
            Self::FullName => "full_name",
            Self::Age => "age",
        }
    }
}

impl fmt::Display for SlotType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
