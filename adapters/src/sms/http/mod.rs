//! SMS by a provider that is configured, not coded: where to send, what the fields are called, how an answer is
//! recognised, what the calls to us look like. `config` is all that can be said about one and `secret` what is not shown
//! of it, `pattern` finds values in texts, `fields` fills in a message, `send` and `receive` do it.

mod config;
mod fields;
mod pattern;
mod receive;
mod secret;
mod send;

pub use config::{
    HttpAnswer, HttpConfig, HttpError, HttpFormat, HttpMeaning, HttpMethod, HttpReceive, HttpSend, HttpStatus,
};
pub use fields::HttpFields;
pub use pattern::{Pattern, Place};
pub use secret::{HttpAuth, HttpSecret, Secret, SecretPlace};
