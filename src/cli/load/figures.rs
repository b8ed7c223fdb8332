//! What a run amounts to, as one JSON object.

use std::time::Duration;

use serde_json::{Value, json};

use super::{LoadArgs, mix::Mix, people::Measured, town::Town};

/// Latencies in milliseconds, memory in megabytes.
pub async fn of(mut measured: Measured, town: &Town, mix: &Mix, args: &LoadArgs) -> anyhow::Result<Value> {
    measured.latencies.sort_unstable();
    measured.spreads.sort_unstable();
    let inbound = town.metric("ventanilla_inbound_total").await.unwrap_or_default();
    let commits = town.metric("ventanilla_commits_total").await.unwrap_or_default();
    let units = town.metric("ventanilla_units_total").await.unwrap_or_default();
    Ok(json!({
        "rate_asked": args.rate,
        "rate_reached": round(measured.answered as f64 / measured.elapsed.as_secs_f64()),
        "seconds": args.seconds,
        "people": args.people,
        "mix_version": mix.version,
        "talks": mix.talks.iter().map(|talk| &talk.name).collect::<Vec<_>>(),
        "free_text": args.free_text,
        "commit_delay_ms": args.commit_delay_ms,
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "sent": measured.sent,
        "answered": measured.answered,
        "lost": measured.lost,
        "missed_by_the_meter": measured.missed_by_the_meter,
        "starved": measured.starved,
        "p50_ms": percentile(&measured.latencies, 0.50),
        "p95_ms": percentile(&measured.latencies, 0.95),
        "p99_ms": percentile(&measured.latencies, 0.99),
        "max_ms": percentile(&measured.latencies, 1.0),
        "bubbles_apart_max_ms": percentile(&measured.spreads, 1.0),
        "commits_per_message": round(commits / inbound.max(1.0)),
        "units_per_message": round(units / inbound.max(1.0)),
        "doubtful": town.metric("ventanilla_unsure_total").await,
        "ready_after_s": round(town.ready_after),
        "memory_mb": town.memory_mb().map(round),
    }))
}

fn percentile(sorted: &[Duration], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = (last as f64 * share).round() as usize;
    sorted.get(at).map(|latency| round(latency.as_secs_f64() * 1000.0))
}

fn round(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}
