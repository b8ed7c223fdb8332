//! `my_reports`: the reports that the person filed or joined, where it may be said that they did.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Asker, Done, citizen};
use crate::{
    reports::{self, State},
    store::{StoreError, Unit, reports::ReportRow},
};

/// What is over longer ago is not spoken of any more, in milliseconds.
const LATELY: i64 = 30 * 24 * 3600 * 1000;
/// Read, and shown at most: a list has ten rows, and one is for another folio.
const READ: i64 = 30;
const SHOWN: usize = 8;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Args {
    #[serde(default)]
    stands: Option<Stands>,
}

/// Which of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stands {
    /// Open, or over lately.
    #[default]
    Any,
    /// Still to be done.
    Open,
    /// Said to be done, and the person has not said so.
    Claimed,
    /// Said to be done, or over lately: may be opened again.
    Over,
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    let stands = args.stands.unwrap_or_default();
    let rows = reports::theirs(&**unit, &citizen(asker), READ).await?;
    let fitting: Vec<&ReportRow> =
        rows.iter().filter(|row| fits(row, stands, asker.now)).take(SHOWN).collect();
    let option = |row: &&ReportRow| {
        json!({
            "id": row.folio,
            "label": row.folio,
            "description": format!("{} · {}", row.stands().label(asker.lang), reports::named(asker.catalogue, row, asker.lang)),
        })
    };
    let options: Vec<Json> = fitting.iter().map(option).collect();
    let first = fitting.first().map(|row| row.folio.as_str());
    Ok(Done::gives(json!({ "count": fitting.len(), "first": first, "options": options })))
}

fn fits(row: &ReportRow, stands: Stands, now: i64) -> bool {
    let lately = row.closed_at.is_none_or(|closed| now - closed <= LATELY);
    let state = row.stands();
    match stands {
        Stands::Any => lately,
        Stands::Open => state.is_open(),
        Stands::Claimed => state == State::ResolvedClaimed,
        Stands::Over => {
            state == State::ResolvedClaimed
                || lately && matches!(state, State::ClosedConfirmed | State::ClosedRejected)
        }
    }
}
