//! What people ask of the town about their own data (LGPDPPSO: access, rectification, cancellation, opposition), and
//! carrying it out.
//!
//! The flow `privacy` asks through `actions/privacy.rs`; people of the town decide by `ventanilla privacy` or at the console. Erasing is one
//! transaction that also tells the person; their address, which that needs, and the files go right after, see [`go_on`].

mod decide;
mod go_on;

use chrono::{DateTime, Utc};
use ventanilla_adapters::Channel;

use crate::{
    app::App,
    catalogue::Catalogue,
    store::{
        StoreError, Unit,
        privacy_requests::{self, Kind, NewRequest, RequestRow},
    },
};

pub use decide::{Decided, PrivacyError, answer, carry_out, refuse};
pub use go_on::go_on;

/// Numbers have five digits: enough to be found by, short enough to be said on the phone.
const REFERENCES: u32 = 100_000;
const ATTEMPTS: usize = 20;

/// Who asks for what.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub kind: Kind,
    pub person: uuid::Uuid,
    /// Turn and index.
    pub key: (i64, i64),
    pub channel: Channel,
    /// The report by whose PIN they proved who they are.
    pub folio: Option<&'a str>,
    /// Unix milliseconds.
    pub at: i64,
}

/// Until when the town has to answer, and then to carry it out; Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub answer_by: i64,
    pub carry_out_by: i64,
}

/// The terms of a request that is made at a moment (Unix ms), in the working days of the town's calendar.
pub fn terms(catalogue: &Catalogue, at: i64) -> Terms {
    let at: DateTime<Utc> = DateTime::from_timestamp_millis(at).unwrap_or_default();
    let privacy = catalogue.town().privacy.as_ref();
    let (answer, carry_out) = privacy.map_or((20, 15), |one| (one.answer_days, one.carry_out_days));
    let answer_by = catalogue.end_of_workday(at, answer);
    let carry_out_by = catalogue.end_of_workday(answer_by, carry_out);
    Terms { answer_by: answer_by.timestamp_millis(), carry_out_by: carry_out_by.timestamp_millis() }
}

/// Days of the calendar until a term ends, as the town counts them; below zero once it is over. All in Unix milliseconds.
pub fn days_left(catalogue: &Catalogue, now: i64, until: i64) -> i64 {
    let zone = catalogue.town().timezone;
    let day =
        |at: i64| DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).date_naive();
    (day(until) - day(now)).num_days()
}

/// Keeps a request, and gives it; the one that is open already, where they asked for the same before. `None` where no
/// number is free.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    app: &App,
    unit: &Unit,
    catalogue: &Catalogue,
    asked: &Asked<'_>,
) -> Result<Option<RequestRow>, StoreError> {
    let Terms { answer_by, carry_out_by } = terms(catalogue, asked.at);
    for _ in 0..ATTEMPTS {
        // By its letter nobody takes it for the folio of a report.
        let reference = format!("D-{:05}", app.ids.number(REFERENCES));
        let new = NewRequest {
            id: app.ids.next(),
            reference: &reference,
            kind: asked.kind,
            person: asked.person,
            key: asked.key,
            channel: asked.channel,
            folio: asked.folio,
            at: asked.at,
            answer_by,
            carry_out_by,
        };
        if let Some(row) = privacy_requests::insert(unit, &new).await? {
            metrics::counter!("ventanilla_privacy_requests_total", "kind" => asked.kind.as_str())
                .increment(1);
            return Ok(Some(row));
        }
    }
    Ok(None)
}
