//! Text <-> typed values. Pure: no clock, no network, no database.
//!
//! Flows ask here what an answer means, adapters what a phone is, the server what a folio is. A reader takes any
//! text at all (emoji, right-to-left marks, four megabytes) and says what it understood or that it did not; it
//! never guesses and never panics.

mod age;
mod choice;
mod choice_since;
mod choice_words;
mod code_in_text;
mod coordinates;
mod curp;
mod digits;
mod email;
mod explain;
mod folio;
mod full_name;
mod lang;
mod money;
mod name_words;
mod number;
mod number_words;
mod phone;
mod pin;
mod plate;
mod reader;
mod reading;
mod rfc;
mod source;
mod spoken;
mod text;
mod token;
mod value;
mod when;
mod written;
mod yes_no;

pub use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

pub use age::{Age, AgeError};
pub use choice::{ChoiceOption, Chosen, choose, named};
pub use coordinates::Coordinates;
pub use curp::{Curp, CurpError};
pub use email::{Email, EmailError};
pub use explain::Explain;
pub use folio::{Folio, FolioError};
pub use full_name::{FullName, NameError};
pub use lang::Lang;
pub use money::{Currency, Money, MoneyError};
pub use name_words::is_second_given;
pub use number::{is_number_word, number, number_at};
pub use phone::{Phone, PhoneError, canonical};
pub use pin::Pin;
pub use plate::{Plate, PlateError};
pub use reader::Reader;
pub use reading::Reading;
pub use rfc::{Rfc, RfcError};
pub use source::{Problem, Severity, SourceFile};
pub use spoken::spoken;
pub use text::{close, is_blank, matching, words};
pub use token::{Token, TokenKind, tokens};
pub use value::{Place, Value};
pub use when::{
    Calendar, DateContext, DateError, DateExpression, DateRange, DayOff, DayPart, Hour, Hours, Length, Tense,
    TimeError, TimeExpression, TimeRange, Unit, Which, read_date, read_date_range, read_time,
    read_time_range,
};
pub use written::{
    DAYS_EN, DAYS_ES, MONTHS_EN, MONTHS_ES, age_in_words, date_in_words, days_in_words, hours_in_words,
    money_in_words, time_in_words,
};
pub use yes_no::{yes_no, yes_no_of_fact};
