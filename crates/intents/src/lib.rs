//! What people mean: text -> [`Understanding`]. Pure: the caller reads the files, keeps the clock and writes the
//! saved model.
//!
//! The server (and `ventanilla intents …`) goes this way:
//! [`load`] turns `intents/*.yaml` into a [`PhraseBook`], [`Model::train`] (or [`Model::load`]) makes a [`Model`],
//! [`Model::understand`] answers, and [`Report`] says how good the answers are.
//!
//! ```
//! use ventanilla_intents::{Labelled, Model, PhraseBook, TrainOptions};
//!
//! let book = PhraseBook::from_labelled(&[
//!     Labelled::new("hay un bache enorme en mi calle", "report.pothole"),
//!     Labelled::new("un hoyo en el pavimento", "report.pothole"),
//!     Labelled::new("se fundió el foco del poste", "report.streetlight"),
//!     Labelled::new("mi calle está muy oscura, no prende la lámpara", "report.streetlight"),
//! ]);
//! let model = Model::train(&book, &TrainOptions::default());
//! assert_eq!(&*model.understand("otro bache en la esquina").ranked[0].intent, "report.pothole");
//! ```

mod calibrate;
mod courtesy;
mod distinct;
mod entities;
mod eval;
mod explain;
mod fusion;
mod keyboard;
mod labelled;
mod language;
mod learn;
mod lexical;
mod maths;
mod matters;
mod model;
mod noise;
mod normalise;
mod parallel;
mod phrases;
mod reading;
mod roles;
mod safety;
mod saved;
mod seen;
mod semantic;
mod spelling;
mod suggest;
mod taxonomy;
mod understanding;

pub use calibrate::{Strictness, Thresholds};
pub use distinct::distinct_key;
pub use entities::{
    Danger, DangerSaid, Entity, EntityKind, EntityValue, FolioSaid, Landmark, PlaceSaid, Relation, Since,
    Size, entities,
};
pub use eval::{
    Comparison, Confusion, Intake, IntentChange, IntentScore, NoneCurve, Report, Skipped, Timing, answer,
    evaluate,
};
pub use explain::{Explanation, Neighbour, SignSaid, WordShare};
pub use labelled::{Labelled, read_jsonl};
pub use language::{LanguageGuess, Languages};
pub use learn::Training;
pub use matters::Matter;
pub use model::{Effort, Model, TrainOptions};
pub use noise::Noise;
pub use normalise::normalise;
pub use phrases::{ENOUGH_EN, ENOUGH_ES, IntentPhrases, LanguagePack, PhraseBook, load};
pub use safety::{Evidence, Safety, Sign, Weight, is_only_an_address, signs, verdict};
pub use saved::LoadError;
pub use semantic::embeddings::Embeddings;
pub use spelling::{Change, Fixed, Speller};
pub use suggest::{Rehearsal, Suggestion};
pub use taxonomy::{INTENTS, NONE, SAFETY, is_safety};
pub use understanding::{Certainty, Ranked, Understanding};
