//! What the engine may know of the outside during one turn.

use std::fmt;

use ventanilla_values::Place;

/// The arguments of a turn that are not the session.
pub struct World<'a> {
    /// The town's local time, RFC 3339 with offset; templates see it as `now`.
    pub now: &'a str,
    /// What templates see beside slots: `town`, `catalogue`, `office`, `person`, `channel` … An object. Slots of type
    /// `folio` are read with the prefix in `town.folio_prefix`, days with `office.workdays` (`[1, 2, 3, 4, 5]`, Monday is 1)
    /// and `office.days_off` (`{from, to, name}`, days as `2026-05-01`).
    pub content: &'a minijinja::Value,
    pub gazetteer: &'a dyn Gazetteer,
}

/// Personal text never reaches a log by `{:?}`: the content knows the person.
impl fmt::Debug for World<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("now", &self.now).finish_non_exhaustive()
    }
}

/// The places of the town.
pub trait Gazetteer: std::fmt::Debug + Send + Sync {
    /// A pin. Fills in colonia and whether it lies in the municipality.
    fn locate(&self, lat: f64, lon: f64) -> Place;

    /// A place in words ("Juárez y 12, enfrente de la primaria"). `None` when the text names no place at all.
    fn find(&self, text: &str) -> Option<Place>;

    /// The same, and how sure that is: the question for a place asks back where it is not. Without a map every place
    /// in words is likely.
    fn look_up(&self, text: &str) -> Option<PlaceFound> {
        let place = self.find(text)?;
        Some(PlaceFound { place, confidence: Confidence::Likely, alternatives: Vec::new() })
    }
}

/// What a place in words may be.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFound {
    /// As the person wrote it, with what is known of it for certain.
    pub place: Place,
    pub confidence: Confidence,
    /// Where it is unsure: one to three places of the town, the likeliest first. The person is asked which.
    pub alternatives: Vec<Place>,
}

/// How sure it is that a place was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Several places are meant as well, or none that the town has.
    Unsure,
    /// Nothing speaks against it: a slip was forgiven, or the map knows no more of it.
    Likely,
    /// Named as the town names it.
    Certain,
}

/// Bounds of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Steps executed in one turn before it is cut.
    pub steps_per_turn: u32,
    /// Flows on the stack.
    pub depth: usize,
    /// minijinja fuel of one template or expression.
    pub fuel: u64,
    /// Answers not understood in a row before the rescue flow starts.
    pub misses: u8,
    /// The flow that hands over to a person when a turn is cut or nothing is understood.
    pub rescue: String,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps_per_turn: 200, depth: 8, fuel: 50_000, misses: 3, rescue: "agent".to_owned() }
    }
}
