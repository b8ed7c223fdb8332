//! What a message names: places, days, amounts, phones, keys of persons, and how a matter is described. [`entities`]
//! is called by the dialogue, which puts what is found into slots. It looks nothing up: places are resolved against
//! the town's gazetteer, days against today, by the caller.

mod codes;
mod danger;
mod names;
mod numbers;
mod overlap;
mod people;
mod person;
mod place;
mod said;
mod size;
#[cfg(test)]
mod tests;
mod when;

use std::{fmt, ops::Range};

use serde::Serialize;
use ventanilla_values::{Curp, DateExpression, Email, Money, Phone, Plate, Rfc, TimeExpression, tokens};

pub use danger::{Danger, DangerSaid};
pub(crate) use names::is_common_first_name;
pub use place::{Landmark, PlaceSaid, Relation};
use said::Said;
pub use size::Size;
pub use when::Since;

/// Everything that a message names, in the order it is said; no two overlap, the longest wins. Any text is survived;
/// of a very long one only the beginning is read (12,000 characters).
///
/// ```
/// use ventanilla_intents::{EntityKind, entities};
/// let text = "hay un bache enorme en juarez y 12 desde hace dos semanas";
/// let found: Vec<_> = entities(text).into_iter().map(|e| (e.kind, e.text)).collect();
/// assert_eq!(found, [
///     (EntityKind::Size, "enorme".to_owned()),
///     (EntityKind::Place, "juarez y 12".to_owned()),
///     (EntityKind::Since, "desde hace dos semanas".to_owned()),
/// ]);
/// ```
pub fn entities(text: &str) -> Vec<Entity> {
    let tokens = tokens(text);
    let said = Said::new(text, &tokens);
    let finders =
        [place::find, codes::find, when::find, numbers::find, person::find, size::find, danger::find];
    let found = finders.into_iter().flat_map(|find| find(&said)).collect();
    overlap::resolved(found).into_iter().filter_map(|found| found.entity(&said)).collect()
}

/// Something that a message names.
#[derive(Clone, PartialEq, Serialize)]
pub struct Entity {
    pub kind: EntityKind,
    /// Bytes in the message, on character boundaries.
    pub span: Range<usize>,
    /// As the person wrote it.
    pub text: String,
    pub value: EntityValue,
}

/// What sort of thing it is; the name of its [`EntityValue`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    Curp,
    Rfc,
    Email,
    Folio,
    Plate,
    Phone,
    Amount,
    Since,
    Danger,
    Place,
    Date,
    Time,
    PersonName,
    Size,
    Number,
}

/// What it says, in one spelling.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityValue {
    Curp(Curp),
    Rfc(Rfc),
    Email(Email),
    Folio(FolioSaid),
    Plate(Plate),
    Phone(Phone),
    Amount(Money),
    Since(Since),
    Danger(DangerSaid),
    Place(PlaceSaid),
    /// Resolve it against the day of the message.
    Date(DateExpression),
    Time(TimeExpression),
    /// With capital letters, particles small: `María de la Cruz`.
    PersonName(String),
    Size(Size),
    Number(f64),
}

/// A folio whose check digit is right. Which prefix a town has is not known here:
/// `Folio::parse(&folio.digits, prefix)` makes a [`Folio`](ventanilla_values::Folio) of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FolioSaid {
    /// Eight digits.
    pub digits: String,
    /// In capitals, where one was written.
    pub prefix: Option<String>,
}

impl EntityValue {
    pub fn kind(&self) -> EntityKind {
        match self {
            Self::Curp(_) => EntityKind::Curp,
            Self::Rfc(_) => EntityKind::Rfc,
            Self::Email(_) => EntityKind::Email,
            Self::Folio(_) => EntityKind::Folio,
            Self::Plate(_) => EntityKind::Plate,
            Self::Phone(_) => EntityKind::Phone,
            Self::Amount(_) => EntityKind::Amount,
            Self::Since(_) => EntityKind::Since,
            Self::Danger(_) => EntityKind::Danger,
            Self::Place(_) => EntityKind::Place,
            Self::Date(_) => EntityKind::Date,
            Self::Time(_) => EntityKind::Time,
            Self::PersonName(_) => EntityKind::PersonName,
            Self::Size(_) => EntityKind::Size,
            Self::Number(_) => EntityKind::Number,
        }
    }
}

/// Without text and value: they may be a citizen's.
impl fmt::Debug for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entity").field("kind", &self.kind).field("span", &self.span).finish_non_exhaustive()
    }
}

/// Only its kind.
impl fmt::Debug for EntityValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}(…)", self.kind())
    }
}

/// Without the folio: whoever knows one can ask for the report.
impl fmt::Debug for FolioSaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FolioSaid(…)")
    }
}
