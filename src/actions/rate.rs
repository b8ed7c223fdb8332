//! `rate`: how the person says that they were attended, 1 to 5, and in their own words.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asker, Done};
use crate::store::{self, StoreError, Unit, ratings::Rating};

/// Who answers later than this (milliseconds) speaks of something else.
const PATIENCE: i64 = 7 * 24 * 3600 * 1000;
const LONGEST_COMMENT: usize = 1000;

#[derive(Deserialize)]
pub(super) struct Args {
    /// 1 to 5, or an option's id that reads so.
    score: Value,
    #[serde(default)]
    comment: Option<String>,
}

/// What people say is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("score", &self.score).finish_non_exhaustive()
    }
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: &Args) -> Result<Done, StoreError> {
    let Some(score) = score(&args.score) else {
        return Ok(Done::fails("a rating is a whole number from 1 to 5"));
    };
    let comment = args.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    let comment = comment.map(|comment| comment.chars().take(LONGEST_COMMENT).collect());
    let rating = Rating { score, comment };
    let since = asker.now - PATIENCE;
    let rated = store::ratings::rate(unit, asker.person, &rating, since, asker.now).await?;
    Ok(Done::gives(json!({ "rated": rated })))
}

/// A score from 1 to 5.
pub(super) fn score(value: &Value) -> Option<i64> {
    let score = match value {
        Value::String(text) => text.trim().parse().ok()?,
        other => other.as_i64()?,
    };
    (1..=5).contains(&score).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_is_a_whole_number_from_one_to_five() {
        for (value, expected) in [
            (json!("5"), Some(5)),
            (json!(1), Some(1)),
            (json!("0"), None),
            (json!(6), None),
            (json!(2.5), None),
            (json!("bien"), None),
            (json!(null), None),
        ] {
            assert_eq!(score(&value), expected, "{value}");
        }
    }
}
