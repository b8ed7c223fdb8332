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
mod distinct;
mod eval;
mod features;
mod head;
mod labelled;
mod learn;
mod model;
mod normalise;
mod phrases;
mod saved;
mod taxonomy;
mod train;
mod understanding;
mod vectoriser;

pub use calibrate::Thresholds;
pub use distinct::distinct_key;
pub use eval::{Confusion, IntentScore, Report, Timing, answer, evaluate};
pub use labelled::{Labelled, read_jsonl};
pub use model::{Model, TrainOptions};
pub use normalise::normalise;
pub use phrases::{ENOUGH_EN, ENOUGH_ES, IntentPhrases, PhraseBook, load};
pub use saved::LoadError;
pub use taxonomy::{INTENTS, NONE, SAFETY, is_safety};
pub use understanding::{Certainty, Ranked, Understanding};
