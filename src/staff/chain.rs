//! Whether the audit log is whole: each row follows the one before it, and holds what it held when it was written.
//!
//! Rows that were cut off at the end leave no trace in the chain. Who wants to see that writes down the last row's number
//! and hash now and then, somewhere else.

use sea_orm::ConnectionTrait;

use crate::store::{
    StoreError,
    audit::{self, AuditRow},
};

/// Rows that are read at once.
const BATCH: i64 = 1000;

/// The end of what was walked so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Rows so far, which is also the number of the last.
    pub rows: i64,
    /// Of the last row, in hex.
    pub hash: String,
}

/// Where the chain breaks.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("entry {expected} is missing: entry {found} stands in its place")]
    Gap { expected: i64, found: i64 },
    #[error(
        "entry {0} does not follow from the one before it: one of them was put in, taken out or written anew"
    )]
    Unlinked(i64),
    #[error("entry {0} was changed after it was written")]
    Changed(i64),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Chain {
    /// Before the first row.
    pub fn begin() -> Self {
        Self { rows: 0, hash: audit::beginning() }
    }

    /// Adds the next row.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn follow(&mut self, row: &AuditRow) -> Result<(), Broken> {
        if row.seq != self.rows + 1 {
            return Err(Broken::Gap { expected: self.rows + 1, found: row.seq });
        }
        if row.prev != self.hash {
            return Err(Broken::Unlinked(row.seq));
        }
        if row.hash != row.reckoned() {
            return Err(Broken::Changed(row.seq));
        }
        (self.rows, self.hash) = (row.seq, row.hash.clone());
        Ok(())
    }
}

/// Walks the whole log.
///
/// # Errors
/// At the first entry that does not fit.
pub async fn verify(on: &impl ConnectionTrait) -> Result<Chain, Broken> {
    let (mut chain, mut last) = (Chain::begin(), i64::MIN);
    loop {
        let rows = audit::after(on, last, BATCH).await?;
        let Some(end) = rows.last() else { return Ok(chain) };
        last = end.seq;
        for row in &rows {
            chain.follow(row)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<AuditRow> {
        let mut prev = audit::beginning();
        let row = |seq: i64| {
            let (action, actor) = ("session.open".to_owned(), "staff:1".to_owned());
            let (subject, detail, hash) = (String::new(), "{}".to_owned(), String::new());
            let prev_hash = prev.clone();
            let mut row = AuditRow { seq, at: seq, actor, action, subject, detail, prev: prev_hash, hash };
            row.hash = row.reckoned();
            prev.clone_from(&row.hash);
            row
        };
        (1..=3).map(row).collect()
    }

    fn walk(rows: &[AuditRow]) -> Result<Chain, Broken> {
        let mut chain = Chain::begin();
        rows.iter().try_for_each(|row| chain.follow(row))?;
        Ok(chain)
    }

    #[test]
    fn a_whole_log_is_walked_to_its_end() {
        assert_eq!(walk(&rows()).unwrap().rows, 3);
    }

    #[test]
    fn what_was_changed_taken_out_or_put_in_is_named() {
        let mut changed = rows();
        changed[1].actor = "staff:2".to_owned();
        assert!(matches!(walk(&changed), Err(Broken::Changed(2))));
        // Reckoned anew, it no longer is what the next row names.
        changed[1].hash = changed[1].reckoned();
        assert!(matches!(walk(&changed), Err(Broken::Unlinked(3))));
        let mut short = rows();
        short.remove(1);
        assert!(matches!(walk(&short), Err(Broken::Gap { expected: 2, found: 3 })));
        let mut twice = rows();
        twice.insert(1, twice[0].clone());
        assert!(matches!(walk(&twice), Err(Broken::Gap { expected: 2, found: 1 })));
    }
}
