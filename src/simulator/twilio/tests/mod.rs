//! The simulated Twilio against a tiny town that collects webhooks and answers from a script. The town checks
//! signatures with its own code.

mod callbacks;
mod fixtures;
mod gather;
mod page;
mod rest;
mod segments;
mod signature;
mod support;
mod texts;
mod transfer;
mod twiml;
mod voice;
