//! `feedback`: keeps an idea, a complaint about how the person was attended, or what they think of a place.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asker, Done, rate::score};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        feedback::{Kind, NewFeedback},
    },
};

const LONGEST: usize = 2000;
/// References have five digits: enough to be found by, short enough to be said on the phone.
const REFERENCES: u32 = 100_000;
const ATTEMPTS: usize = 20;

#[derive(Deserialize)]
pub(super) struct Args {
    kind: Kind,
    #[serde(default)]
    said: Option<String>,
    /// Of a review: an id of the places that may be rated.
    #[serde(default)]
    place: Option<String>,
    /// Of a review: 1 to 5.
    #[serde(default)]
    score: Option<Value>,
}

/// What people say is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("kind", &self.kind).finish_non_exhaustive()
    }
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    let said = args.said.as_deref().map(str::trim).filter(|said| !said.is_empty());
    let said: Option<String> = said.map(|said| said.chars().take(LONGEST).collect());
    let score = args.score.as_ref().and_then(score);
    let place = args.place.as_deref().filter(|place| asker.catalogue.places().is_rated(place));
    match args.kind {
        Kind::Review if place.is_none() => {
            return Ok(Done::fails("a review needs a place that may be rated"));
        }
        Kind::Review if score.is_none() => return Ok(Done::fails("a rating is a whole number from 1 to 5")),
        Kind::Idea | Kind::Complaint if said.is_none() => {
            return Ok(Done::fails("there are no words to keep"));
        }
        Kind::Review | Kind::Idea | Kind::Complaint => {}
    }
    let at = DateTime::from_timestamp_millis(asker.now).unwrap_or_default();
    let month = at.with_timezone(&asker.catalogue.town().timezone).format("%Y-%m").to_string();
    for _ in 0..ATTEMPTS {
        let reference = reference(args.kind, app.ids.number(REFERENCES));
        let new = NewFeedback {
            id: app.ids.next(),
            kind: args.kind,
            reference: &reference,
            person: asker.person,
            key: (asker.turn, asker.idx),
            place,
            score,
            said: said.as_deref(),
            channel: asker.address.channel,
            month: &month,
            at: asker.now,
        };
        if let Some(kept) = store::feedback::insert(unit, &new).await? {
            metrics::counter!("ventanilla_feedback_total", "kind" => args.kind.as_str()).increment(1);
            return Ok(Done::gives(json!({ "reference": kept })));
        }
    }
    Ok(Done::fails("no reference is free: there are too many of this kind"))
}

/// "I-04271": by its letter nobody takes it for the folio of a report.
fn reference(kind: Kind, number: u32) -> String {
    let letter = match kind {
        Kind::Idea => 'I',
        Kind::Complaint => 'Q',
        Kind::Review => 'E',
    };
    format!("{letter}-{number:05}")
}
