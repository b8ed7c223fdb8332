//! Text <-> typed values. Pure: no clock, no network, no database.
//!
//! Flows ask here what an answer means, adapters what a phone is, the server what a folio is. A reader takes any
//! text at all (emoji, right-to-left marks, four megabytes) and says what it understood or that it did not; it
//! never guesses and never panics.

mod choice;
mod choice_words;
mod curp;
mod digits;
mod email;
mod folio;
mod lang;
mod money;
mod number;
mod number_words;
mod phone;
mod pin;
mod plate;
mod reader;
mod rfc;
mod source;
mod spoken;
mod text;
mod token;
mod value;
mod when;
mod yes_no;

pub use choice::{ChoiceOption, Chosen, choose};
pub use curp::{Curp, CurpError};
pub use email::{Email, EmailError};
pub use folio::{Folio, FolioError};
pub use lang::Lang;
pub use money::{Currency, Money};
pub use number::{is_number_word, number, number_at};
pub use phone::{Phone, PhoneError, canonical};
pub use pin::Pin;
pub use plate::{Plate, PlateError};
pub use reader::Reader;
pub use rfc::{Rfc, RfcError};
pub use source::{Problem, Severity, SourceFile};
pub use spoken::spoken;
pub use text::{close, is_blank, matching, words};
pub use token::{Token, TokenKind, tokens};
pub use value::{Place, Value};
pub use when::{DateExpression, DayPart, Hour, Length, TimeExpression, TimeRange, Unit, Which};
pub use yes_no::yes_no;
