//! Text <-> typed values. Pure: no clock, no network, no database.
//!
//! Flows ask here what an answer means, adapters what a phone is, the server what a folio is. A reader takes any
//! text at all (emoji, right-to-left marks, four megabytes) and says what it understood or that it did not; it
//! never guesses and never panics.

mod choice;
mod choice_words;
mod digits;
mod folio;
mod lang;
mod number;
mod number_words;
mod phone;
mod pin;
mod source;
mod spoken;
mod text;
mod value;
mod yes_no;

pub use choice::{ChoiceOption, Chosen, choose};
pub use folio::{Folio, FolioError};
pub use lang::Lang;
pub use number::number;
pub use phone::{Phone, PhoneError, canonical};
pub use pin::Pin;
pub use source::{Problem, Severity, SourceFile};
pub use spoken::spoken;
pub use text::{close, is_blank, matching, words};
pub use value::{Place, Value};
pub use yes_no::yes_no;
