//! Reports of another system, taken over from a CSV file: every row that can be is kept, every mistake is told with its
//! line and what to do, and taking over the same file twice adds nothing twice.
//!
//! Called by `ventanilla reports import`. Nobody is told of them: they happened elsewhere.

mod columns;
mod row;
mod table;

use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};

pub use columns::Mapping;
pub use row::Mistake;
use row::Row;
pub use table::NoTable;

use super::{Actor, Filer, Happened, NewReport, State, change::start_clocks, file, happen};
use crate::{
    app::App,
    staff,
    store::{
        self, StoreError, Unit,
        report_externals::{External, ExternalState},
    },
};

/// Where they came from.
pub const CHANNEL: &str = "import";
/// The event that says where one stood when it came.
pub const EVENT: &str = "imported";
/// Rows that are written together.
const TOGETHER: usize = 200;

/// What became of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rows that were added, or would be.
    pub added: usize,
    /// Rows that are here already.
    pub known: usize,
    /// What is wrong with the others.
    pub mistakes: Vec<Mistake>,
    /// Rows that were left out.
    pub left_out: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    NoTable(#[from] NoTable),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes over the rows of a file, or says what would happen. `actor` as the audit log spells who does it.
///
/// # Errors
/// When the file is no table, a needed column lacks, or the database fails.
pub async fn import(
    app: &App,
    actor: &str,
    bytes: &[u8],
    mapping: &Mapping,
    dry_run: bool,
) -> Result<Outcome, ImportError> {
    let catalogue = &app.contents.active.catalogue;
    let lines = table::read(bytes, mapping)?;
    let mut outcome = Outcome::default();
    let mut good: Vec<Row> = Vec::new();
    for line in &lines {
        match row::read(catalogue, mapping, line, app.clock.now()) {
            Ok(row) if good.iter().any(|before| before.id == row.id) => outcome.known += 1,
            Ok(row) => good.push(row),
            Err(mistakes) => {
                outcome.left_out += 1;
                outcome.mistakes.extend(mistakes);
            }
        }
    }
    for rows in good.chunks(TOGETHER) {
        let unit = app.store.unit().await?;
        let mut added = 0;
        for row in rows {
            if store::report_externals::by_id(&*unit, CHANNEL, &row.id).await?.is_some() {
                outcome.known += 1;
                continue;
            }
            added += 1;
            if !dry_run {
                take_over(app, &unit, row).await?;
            }
        }
        outcome.added += added;
        if !dry_run && added > 0 {
            let file = hex::encode(Sha256::digest(bytes));
            let detail = json!({ "rows": added, "sha256": file });
            staff::note(app, &unit, actor, "reports.import", "reports", &detail).await?;
            unit.commit().await?;
        }
    }
    Ok(outcome)
}

async fn take_over(app: &App, unit: &Unit, row: &Row) -> Result<(), StoreError> {
    let catalogue = &app.contents.active.catalogue;
    let Some(category) = catalogue.category(&row.category) else { return Ok(()) };
    let new = NewReport {
        category,
        place: &row.place,
        description: row.description.clone(),
        photos: Vec::new(),
        details: Map::new(),
        anonymous: true,
        said: None,
    };
    let by = Actor::System;
    let filer =
        Filer { person: None, key: None, by: by.clone(), channel: CHANNEL.to_owned(), at: row.filed_at };
    let mut filed = file(app, unit, catalogue, &filer, new).await?.row;
    let from = filed.stands();
    if let Some(department) = &row.department {
        filed.department = Some(department.clone());
        CHANNEL.clone_into(&mut filed.rule);
    }
    let to = row.state.unwrap_or(from);
    to.as_str().clone_into(&mut filed.state);
    filed.closed_at = row.closed_at;
    filed.claimed_at = matches!(to, State::ResolvedClaimed | State::ClosedConfirmed)
        .then(|| row.closed_at.unwrap_or(row.filed_at));
    filed.outcome = row.closed_at.map(|_| CHANNEL.to_owned());
    let happened = Happened {
        channel: Some(CHANNEL.to_owned()),
        from: Some(from),
        detail: json!({ "id": row.id }),
        ..Happened::new(EVENT, &by)
    };
    let filed = happen(app, unit, filed, happened).await?;
    start_clocks(unit, &filed, app.clock.now()).await?;
    let known = External {
        id: Some(row.id.clone()),
        state: ExternalState::Sent,
        ..External::queued(filed.id, CHANNEL, app.clock.now())
    };
    store::report_externals::put(unit, &known).await
}
