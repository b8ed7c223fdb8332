//! Where something is, as people say it: street and number, cross streets, colonia, landmark, kilometre, in any
//! order and as many as are said together. Which place of the town that is, is looked up elsewhere.

mod bare;
mod colonia;
mod crossing;
mod landmark;
mod name;
mod road;
mod street;
mod words;

use serde::Serialize;
use std::fmt;
use ventanilla_values::{Coordinates, Reader};

use super::{EntityValue, Said, overlap::Found};

pub use landmark::{Landmark, Relation};
pub(super) use words::is_stop;

/// A place as said, whole and in parts. Names are as the person wrote them, without the word before ("calle", "col.").
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct PlaceSaid {
    /// The whole expression.
    pub said: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Of the house: "14", "14-B", "s/n", "mz 4 lt 12".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The streets that cross, or between which it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crossings: Vec<String>,
    /// Of a road.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kilometre: Option<f64>,
    /// Colonia, fraccionamiento, barrio, ejido, comisaría.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colonia: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landmark: Option<Landmark>,
    /// Where somebody typed the point itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Coordinates>,
}

/// Without the place: it may be somebody's home.
impl fmt::Debug for PlaceSaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PlaceSaid(…)")
    }
}

impl PlaceSaid {
    /// Whether it says more than what stands near by.
    pub fn is_address(&self) -> bool {
        self.street.is_some()
            || self.colonia.is_some()
            || self.kilometre.is_some()
            || self.point.is_some()
            || !self.crossings.is_empty()
    }
}

/// Parts of one expression.
const MOST_PARTS: usize = 8;

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let found = said.each(|r| read(said, r));
    found.into_iter().map(|(place, at)| Found::new(EntityValue::Place(place), at)).collect()
}

/// The place that begins here, with everything that belongs to it.
pub(super) fn read(said: &Said<'_>, r: &mut Reader<'_>) -> Option<PlaceSaid> {
    let begun = r.position();
    let mut place = PlaceSaid::default();
    part(said, r, &mut place).then_some(())?;
    for _ in 1..MOST_PARTS {
        if part(said, r, &mut place) {
            continue;
        }
        let before = *r;
        glue(r);
        if !part(said, r, &mut place) {
            *r = before;
            break;
        }
    }
    place.said = said.slice(&(begun..r.position())).to_owned();
    Some(place)
}

type Part = fn(&Said<'_>, &mut Reader<'_>, &mut PlaceSaid) -> Option<()>;

/// One part, if the place does not have it yet.
fn part(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> bool {
    let parts: [Part; 14] = [
        point,
        road::kilometre,
        road::block,
        crossing::crossings,
        street::numbered_before,
        street::typed,
        road::english,
        crossing::corner,
        crossing::between,
        bare::bare,
        colonia::read,
        colonia::behind_address,
        street::height,
        landmark::read,
    ];
    parts.into_iter().any(|read| {
        let (before, kept) = (*r, place.clone());
        let found = read(said, r, place).is_some();
        if !found {
            (*r, *place) = (before, kept);
        }
        found
    })
}

/// "19.4326, -99.1332".
fn point(_: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    place.point = Some(Coordinates::read(r).filter(|_| place.point.is_none())?);
    Some(())
}

/// What stands between two parts and belongs to neither.
fn glue(r: &mut Reader<'_>) {
    r.take(&[",", "\n", "-", "."]);
    r.take(&["\n"]);
    let small =
        ["que esta", "ahi", "justo", "mero", "casi", "aqui", "just", "right", "in the", "in", "on", "at"];
    r.take_phrase(&small);
    r.take_phrase(&[
        "en la",
        "en el",
        "en",
        "de la",
        "del",
        "de",
        "por el",
        "por la",
        "por",
        "sobre la",
        "sobre",
        "la",
        "el",
        "a la altura del",
    ]);
}
