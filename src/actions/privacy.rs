//! `privacy_held`, `privacy_request`, `erase_chat`: what the town keeps about a person, asking for it or for its erasure, and
//! erasing a talk at once.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;

use super::{Asker, Done, citizen};
use crate::{
    app::App,
    privacy::{self, Asked},
    reports,
    store::{self, StoreError, Unit, privacy_requests::Kind},
};

#[derive(Deserialize)]
pub(super) struct Args {
    kind: Kind,
    /// A report of theirs, whose PIN tells who they are: needed for an erasure by somebody who filed any.
    #[serde(default)]
    folio: Option<String>,
    #[serde(default)]
    pin: Option<String>,
}

/// A PIN is its owner's.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("kind", &self.kind).finish_non_exhaustive()
    }
}

pub(super) async fn held(unit: &Unit, asker: &Asker<'_>) -> Result<Done, StoreError> {
    let held = store::erasure::held(&**unit, asker.person).await?;
    Ok(Done::gives(json!({
        "messages": held.messages,
        "photos": held.photos,
        "reports": held.reports,
        "consents": held.consents,
        "ratings": held.ratings + held.feedback,
    })))
}

/// `result`: `done`, or as for a report of theirs (`pin`, `wrong_pin`, `locked`, `unknown`, `not_theirs`).
pub(super) async fn request(
    app: &App,
    unit: &Unit,
    asker: &Asker<'_>,
    args: &Args,
) -> Result<Done, StoreError> {
    let mut folio = None;
    if args.kind == Kind::Erase && store::erasure::held(&**unit, asker.person).await?.reports > 0 {
        let named = args.folio.as_deref().unwrap_or_default();
        match reports::proved(app, unit, &citizen(asker), named, args.pin.as_deref()).await? {
            Ok(row) => folio = Some(row.folio),
            Err(refused) => return Ok(Done::gives(json!({ "result": refused.name() }))),
        }
    }
    let asked = Asked {
        kind: args.kind,
        person: asker.person,
        key: (asker.turn, asker.idx),
        channel: asker.address.channel,
        folio: folio.as_deref(),
        at: asker.now,
    };
    let Some(request) = privacy::ask(app, unit, asker.catalogue, &asked).await? else {
        return Ok(Done::fails("no number is free: there are too many requests"));
    };
    let day = |at: i64| {
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
        asker.catalogue.day_in_words(at).get(asker.lang).to_owned()
    };
    Ok(Done::gives(json!({
        "result": "done",
        "reference": request.reference,
        "answer_by": day(request.answer_by),
        "carry_out_by": day(request.carry_out_by),
    })))
}

/// Without a PIN: only words of this channel go, and whoever holds the phone can delete those on it anyway.
pub(super) async fn erase_chat(unit: &Unit, asker: &Asker<'_>) -> Result<Done, StoreError> {
    let erased = store::erasure::talk(unit, asker.person, Some(asker.address.channel)).await?;
    metrics::counter!("ventanilla_chats_erased_total").increment(1);
    Ok(Done::gives(json!({ "messages": erased })))
}
