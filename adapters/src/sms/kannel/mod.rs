//! SMS by a Kannel gateway of the town's own (1.4.5; its user guide, chapters "SMS services" and "Delivery reports",
//! and what the gateway was seen to do). `receive` reads its calls, `charset` the letters in them, `send` writes ours.
//!
//! Kannel must be told where to call us. `max-messages = 0` and `omit-empty = true` keep it from answering the person
//! by itself; the user's `max-messages` must cover our longest text (1,600 letters are 24 segments), since Kannel cuts
//! off the rest without a word; `unified-prefix` of the `smsc` group puts the country before numbers that the network
//! sends without:
//!
//! ```text
//! group = sendsms-user
//! username = ventanilla
//! password = "…"
//! max-messages = 25
//! concatenation = true
//!
//! group = sms-service
//! keyword = default
//! catch-all = true
//! max-messages = 0
//! omit-empty = true
//! get-url = "https://TOWN/webhooks/sms/kannel?key=SECRET&from=%p&to=%P&text=%b&charset=%C&coding=%c&id=%I&at=%T"
//! ```

mod charset;
mod receive;
mod send;

pub(super) use send::{explain, outcome};
