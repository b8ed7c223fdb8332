//! `report_conclude`, `report_reopen`, `report_cancel`, `report_add`: what a citizen does to a report of theirs. Each
//! gives `result`: `done`, or why not (see [`Refused`]).

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asker, Done, citizen, photo};
use crate::{
    app::App,
    reports::{self, Actor, Added, CitizenError, Left, Refused},
    store::{StoreError, Unit, reports::ReportRow},
};

/// Letters of what somebody says about a report.
const LONGEST: usize = 1000;

#[derive(Deserialize)]
pub(super) struct Args {
    folio: String,
    /// Of who is nobody that we know of it.
    #[serde(default)]
    pin: Option<String>,
    /// In their own words.
    #[serde(default)]
    said: Option<String>,
    /// Id in the media store.
    #[serde(default)]
    photo: Option<String>,
}

/// What people say is theirs, and so is their PIN.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("folio", &self.folio).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Conclude,
    Reopen,
    Cancel,
    Add,
}

pub(super) async fn run(
    app: &App,
    unit: &Unit,
    asker: &Asker<'_>,
    act: Act,
    args: Args,
) -> Result<Done, StoreError> {
    let who = citizen(asker);
    let row = match reports::own(app, unit, &who, &args.folio, args.pin.as_deref()).await? {
        Ok(row) => row,
        Err(refused) => return Ok(Done::gives(json!({ "result": refused.name() }))),
    };
    let said: Option<String> = args.said.as_deref().map(str::trim).filter(|said| !said.is_empty()).map(short);
    let photo = photo(args.photo.as_deref());
    let before = row.clone();
    let done = match act {
        Act::Conclude => reports::conclude(app, unit, &who, row).await.map(|row| ("done", row)),
        Act::Reopen => match &said {
            Some(said) => reports::reopen(app, unit, &who, row, said, photo).await.map(|row| ("done", row)),
            None => Err(CitizenError::Refused(Refused::NotNow)),
        },
        Act::Cancel => reports::cancel(app, unit, &who, row).await.map(|left| match left {
            Left::Cancelled(row) => ("done", row),
            Left::GoesOn(row) => ("goes_on", row),
        }),
        Act::Add => {
            let what = (said.as_deref(), photo);
            reports::add(app, unit, &who, &Actor::Citizen, row, what).await.map(|added| match added {
                Added::Noted(row) => ("done", row),
                Added::Answered(row) => ("answered", row),
            })
        }
    };
    match done {
        Ok((result, row)) => Ok(Done::gives(shown(asker, result, &row))),
        Err(CitizenError::Refused(refused)) => Ok(Done::gives(shown(asker, refused.name(), &before))),
        Err(CitizenError::Store(err)) => Err(err),
    }
}

fn shown(asker: &Asker<'_>, result: &str, row: &ReportRow) -> Json {
    let category = asker.catalogue.category(&row.category).filter(|_| !row.private);
    let state = row.stands();
    json!({
        "result": result,
        "folio": row.folio,
        "category_name": category.map(|one| one.name.get(asker.lang)),
        "state": row.state,
        "state_label": state.label(asker.lang),
        "open": state.is_open(),
        "people": row.people,
        // Opened again more than once: a supervisor looks at it.
        "again": row.reopened > 1,
    })
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
