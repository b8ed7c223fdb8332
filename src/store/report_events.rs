//! What happened to a report, from its filing on. Events are written once and never changed; what somebody said or wrote
//! stands beside them, from where it can be erased.

use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, json, run};
use crate::reports::State;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportEvent {
    pub report: Uuid,
    /// Counts from 1 without a gap.
    pub seq: i64,
    /// Unix milliseconds.
    pub at: i64,
    /// `citizen`, `system`, `staff:<id>`, `key:<id>`, `source:<name>` or `cli:<user of the machine>`.
    pub actor: String,
    pub channel: Option<String>,
    /// `filed`, `moved`, or what else happened: `joined`, `noted` …
    pub kind: String,
    /// Of a move.
    pub from: Option<State>,
    /// Where it stood afterwards.
    pub to: State,
    /// The code of a reason.
    pub reason: Option<String>,
    /// More, without anything that identifies a person.
    pub detail: Json,
    pub words: Words,
}

/// What was said with an event.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The town's, to everybody.
    pub public: Option<String>,
    /// Among colleagues.
    pub private: Option<String>,
    /// The citizen's.
    pub citizen: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(…)")
    }
}

/// Writes an event.
///
/// # Errors
/// A duplicate where an event with this number is there already: somebody else was faster.
pub async fn append(unit: &Unit, event: &ReportEvent) -> Result<()> {
    let sql = "INSERT INTO report_events (report_id, seq, town_id, at, actor, channel, kind, from_state, to_state, reason, \
               detail_json) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = [
        event.report.into(),
        event.seq.into(),
        TOWN.into(),
        event.at.into(),
        event.actor.as_str().into(),
        event.channel.clone().into(),
        event.kind.as_str().into(),
        event.from.map(State::as_str).into(),
        event.to.as_str().into(),
        event.reason.clone().into(),
        event.detail.to_string().into(),
    ];
    run(&**unit, sql, values).await?;
    let Words { public, private, citizen } = &event.words;
    for (kind, text) in [("public", public), ("private", private), ("citizen", citizen)] {
        let Some(text) = text else { continue };
        let sql = "INSERT INTO report_words (report_id, seq, kind, text) VALUES ($1, $2, $3, $4)";
        run(&**unit, sql, [event.report.into(), event.seq.into(), kind.into(), text.as_str().into()]).await?;
    }
    Ok(())
}

/// Everything that happened to a report, in its order.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<ReportEvent>> {
    let sql = "SELECT e.*, \
               (SELECT text FROM report_words w WHERE w.report_id = e.report_id AND w.seq = e.seq AND w.kind = 'public') AS public, \
               (SELECT text FROM report_words w WHERE w.report_id = e.report_id AND w.seq = e.seq AND w.kind = 'private') AS private, \
               (SELECT text FROM report_words w WHERE w.report_id = e.report_id AND w.seq = e.seq AND w.kind = 'citizen') AS citizen \
               FROM report_events e WHERE e.report_id = $1 ORDER BY e.seq";
    all(on, sql, [report.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<ReportEvent> {
    let report: Uuid = row.try_get("", "report_id")?;
    let (from, to): (Option<String>, String) = (row.try_get("", "from_state")?, row.try_get("", "to_state")?);
    let detail: String = row.try_get("", "detail_json")?;
    Ok(ReportEvent {
        report,
        seq: row.try_get("", "seq")?,
        at: row.try_get("", "at")?,
        actor: row.try_get("", "actor")?,
        channel: row.try_get("", "channel")?,
        kind: row.try_get("", "kind")?,
        from: from.and_then(|state| state.parse().ok()),
        // A state of a newer version is in triage for this one.
        to: to.parse().unwrap_or(State::Triage),
        reason: row.try_get("", "reason")?,
        detail: json("report_events", report, &detail)?,
        words: Words {
            public: row.try_get("", "public")?,
            private: row.try_get("", "private")?,
            citizen: row.try_get("", "citizen")?,
        },
    })
}
