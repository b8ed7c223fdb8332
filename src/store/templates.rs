//! What a provider decided of our templates: only what was paused, withdrawn or approved since is here.

use sea_orm::ConnectionTrait;
use ventanilla_adapters::Channel;

use super::{Result, TOWN, Unit, one, run};

/// States in which Meta sends a template. One that is not known here was never complained about.
const USABLE: [&str; 4] = ["APPROVED", "REINSTATED", "FLAGGED", "UNFLAGGED"];

/// Notes a provider's decision. `name` is `name/language`.
///
/// # Errors
/// When the database fails.
pub async fn note(unit: &Unit, channel: Channel, name: &str, state: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO templates (town_id, channel, name, state, updated_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (town_id, channel, name) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at";
    let values = [TOWN.into(), channel.as_str().into(), name.into(), state.into(), now.into()];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Whether a template may be sent, as far as we were told.
///
/// # Errors
/// When the database fails.
pub async fn usable(on: &impl ConnectionTrait, channel: Channel, name: &str) -> Result<bool> {
    let sql = "SELECT state FROM templates WHERE town_id = $1 AND channel = $2 AND name = $3";
    let Some(row) = one(on, sql, [TOWN.into(), channel.as_str().into(), name.into()]).await? else {
        return Ok(true);
    };
    let state: String = row.try_get("", "state")?;
    Ok(USABLE.contains(&state.to_uppercase().as_str()))
}
