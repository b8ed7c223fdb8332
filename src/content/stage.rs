//! What transcript tests are played on: the town on an ordinary day, its channels, and its content at other times.

use chrono::{DateTime, FixedOffset, Utc};
use ventanilla_flows::{Stage, World};

use super::{Content, channels};

/// A Monday morning in office hours, the same for every run.
const NOW: &str = "2026-11-23T10:00:00-06:00";

impl Content {
    /// Plays something on the town's stage.
    pub fn on_stage<T>(&self, play: impl FnOnce(&Stage) -> T) -> T {
        let town = self.catalogue.content(moment(NOW).unwrap_or_default());
        let world = World { now: NOW, content: &town, gazetteer: &self.catalogue };
        let at = |clock: &str| moment(clock).map(|now| self.catalogue.content(now));
        play(&Stage { world: &world, channels: &channels(), clock: Some(&at) })
    }
}

fn moment(clock: &str) -> Result<DateTime<Utc>, String> {
    let parsed: Result<DateTime<FixedOffset>, _> = DateTime::parse_from_rfc3339(clock);
    parsed.map(|moment| moment.to_utc()).map_err(|_| format!("'{clock}' is no time like {NOW}"))
}
