//! Citizen reports.

use serde::Deserialize;

/// A day: news that wait longer are no news.
const LONGEST_BATCH: u64 = 24 * 60;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    pub batch_minutes: u64,
}

impl Reports {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if self.batch_minutes > LONGEST_BATCH {
            wrong.push(format!("reports.batch_minutes: must be {LONGEST_BATCH} (a day) or less"));
        }
    }

    /// Milliseconds that news wait.
    pub fn batch(&self) -> i64 {
        i64::try_from(self.batch_minutes).unwrap_or(0).saturating_mul(60 * 1000)
    }
}
