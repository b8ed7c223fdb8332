//! `consent`: writes down what a person allows us to send them, or allows no more.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use ventanilla_adapters::{Body, Inbound};
use ventanilla_values::Lang;

use super::{Asker, Done};
use crate::{
    app::App,
    conversation::keyword,
    store::{
        StoreError, Unit,
        consents::{self, ConsentSource, ConsentState, NewConsent, Purpose},
    },
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    purposes: Purposes,
    state: ConsentState,
    /// On every channel, not only where it was said.
    #[serde(default)]
    everywhere: bool,
    /// The words that the person agreed to.
    shown: Shown,
}

/// One, or a list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Purposes {
    One(Purpose),
    Many(Vec<Purpose>),
}

/// A text, or one per language as a flow writes it: the one that the person read is kept.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Shown {
    Text(String),
    ByLang(BTreeMap<String, String>),
}

impl Shown {
    fn text(&self, lang: Lang) -> &str {
        match self {
            Self::Text(text) => text,
            Self::ByLang(texts) => {
                let find = |lang: Lang| texts.get(lang.as_str());
                find(lang).or_else(|| find(Lang::ES)).map_or("", String::as_str)
            }
        }
        .trim()
    }
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let text_shown = args.shown.text(asker.lang);
    let purposes = match &args.purposes {
        Purposes::One(purpose) => std::slice::from_ref(purpose),
        Purposes::Many(purposes) => purposes,
    };
    if text_shown.is_empty() || purposes.is_empty() {
        return Ok(Done::fails("a consent needs a purpose, and the words that were shown"));
    }
    let said = consents::message_of(&**unit, asker.person, asker.turn).await?;
    let source = source(said.as_ref());
    let evidence = said.map_or_else(|| format!("turn:{}", asker.turn), |inbound| inbound.id);
    let mut changed = false;
    for purpose in purposes {
        let before = consents::state(&**unit, asker.person, *purpose, asker.address.channel).await?;
        changed |= before != Some(args.state);
        let new = NewConsent {
            id: app.ids.next(),
            person: asker.person,
            purpose: *purpose,
            channel: (!args.everywhere).then_some(asker.address.channel),
            state: args.state,
            text_shown,
            evidence: &evidence,
            source,
            at: asker.now,
        };
        consents::record(unit, &new).await?;
    }
    Ok(Done::gives(json!({ "changed": changed })))
}

fn source(said: Option<&Inbound>) -> ConsentSource {
    match said.map(|inbound| &inbound.body) {
        Some(Body::Text { text }) if keyword(text).is_some() => ConsentSource::Keyword,
        _ => ConsentSource::Flow,
    }
}
