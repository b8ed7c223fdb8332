//! What may be the same thing: reports of the same kind nearby that are open, or were said to be done lately. Shown to who
//! is about to report it again; nothing is ever added to another by this alone.

use sea_orm::ConnectionTrait;
use ventanilla_values::words;

use super::{
    State,
    cell::{around, metres},
};
use crate::{
    catalogue::Category,
    likeness::alike,
    store::{self, StoreError, reports::ReportRow},
};

const DAY: i64 = 24 * 3600 * 1000;
/// What was done longer ago is done.
const DONE_LATELY: i64 = 30 * DAY;
/// So many are shown.
pub const SHOWN: usize = 3;
/// So many of the nearest are compared by what was written and photographed.
const COMPARED: usize = 20;
/// Words that say nothing of what is meant.
const SHORT: usize = 4;
/// Another kind of the same group must be this similar to be shown.
const OTHER_KIND: f64 = 0.35;

/// What somebody is about to report.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    pub category: &'a Category,
    /// Latitude and longitude, degrees.
    pub point: (f64, f64),
    pub description: Option<&'a str>,
    /// What its photo looks like.
    pub likeness: Option<u64>,
    /// Unix milliseconds.
    pub now: i64,
}

/// What citizens say and where they are is theirs.
impl std::fmt::Debug for Sought<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sought").field("category", &self.category.id).finish_non_exhaustive()
    }
}

/// A report that may be the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub row: ReportRow,
    pub metres: f64,
    /// The larger, the likelier.
    pub rank: f64,
}

/// The likeliest first, at most [`SHOWN`].
///
/// # Errors
/// When the database fails.
pub async fn near(on: &impl ConnectionTrait, sought: &Sought<'_>) -> Result<Vec<Candidate>, StoreError> {
    let (lat, lon) = sought.point;
    let radius = sought.category.radius_m;
    let squares = around(lat, lon, radius);
    let found = store::reports::near(on, &sought.category.group, &squares, sought.now - DONE_LATELY).await?;
    let mut close: Vec<(f64, ReportRow)> = found
        .into_iter()
        .filter(is_alive)
        .filter_map(|row| Some((metres(sought.point, row.lat.zip(row.lon)?), row)))
        .filter(|(metres, _)| *metres <= radius)
        .collect();
    close.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    close.truncate(COMPARED);
    let mut candidates = Vec::new();
    for (metres, row) in close {
        let photos = if sought.likeness.is_some() {
            store::likenesses::of_report(on, row.id).await?
        } else {
            Vec::new()
        };
        if let Some(rank) = rank(sought, &row, metres, &photos) {
            candidates.push(Candidate { row, metres, rank });
        }
    }
    candidates.sort_by(|one, other| other.rank.total_cmp(&one.rank));
    candidates.truncate(SHOWN);
    Ok(candidates)
}

/// Open, or over because it is done.
fn is_alive(row: &ReportRow) -> bool {
    row.stands().is_open() || row.stands() == State::ClosedConfirmed
}

/// Distance x age x what was written and photographed; `None` for another kind that nothing else speaks for.
fn rank(sought: &Sought<'_>, row: &ReportRow, metres: f64, photos: &[u64]) -> Option<f64> {
    let text =
        overlap(sought.description.unwrap_or_default(), row.description.as_deref().unwrap_or_default());
    let photo =
        sought.likeness.map_or(0.0, |own| photos.iter().map(|one| alike(own, *one)).fold(0.0, f64::max));
    let similar = text.max(photo);
    let same_kind = row.category == sought.category.id;
    if !same_kind && similar < OTHER_KIND {
        return None;
    }
    let near = 1.0 - 0.7 * metres / sought.category.radius_m.max(1.0);
    let fresh = 1.0 / (1.0 + days(sought.now - row.filed_at) / 60.0);
    let kind = if same_kind { 1.0 } else { 0.5 };
    Some(near * fresh * (0.6 + 0.4 * similar) * kind)
}

#[expect(clippy::cast_precision_loss, reason = "days of a few years")]
fn days(millis: i64) -> f64 {
    millis.max(0) as f64 / DAY as f64
}

/// How many of their words two texts share: 1 where they are the same, 0 where nothing is (Dice).
#[expect(clippy::cast_precision_loss, reason = "words of a message")]
pub fn overlap(one: &str, other: &str) -> f64 {
    let telling = |text: &str| -> std::collections::BTreeSet<String> {
        words(text).into_iter().filter(|word| word.chars().count() >= SHORT).collect()
    };
    let (one, other) = (telling(one), telling(other));
    let both = one.intersection(&other).count();
    if both == 0 { 0.0 } else { 2.0 * both as f64 / (one.len() + other.len()) as f64 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn overlap_is_the_same_both_ways_and_between_none_and_all(one in ".{0,60}", other in ".{0,60}") {
            let both = overlap(&one, &other);
            prop_assert!((0.0..=1.0).contains(&both));
            prop_assert!((both - overlap(&other, &one)).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn accents_and_case_do_not_matter_and_small_words_say_nothing() {
        assert!(
            (overlap("Hoyo ENORME frente al jardín", "hoyo enorme, frente del jardin") - 1.0).abs() < 0.01
        );
        assert!(overlap("en la de la", "en la de la").abs() < f64::EPSILON);
        assert!(overlap("hoyo frente a la escuela", "hoyo frente al mercado") > 0.3);
    }
}
