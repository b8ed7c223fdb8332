//! How often a PIN may be tried: per folio and per source, so that six digits are enough.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Wrong PINs allowed for one folio or from one source within the window.
const ALLOWED: u32 = 5;
/// Milliseconds.
const WINDOW: i64 = 15 * 60 * 1000;

/// Counts of wrong PINs, in memory: a restart forgets them, which gives a guesser five more tries.
#[derive(Debug, Default)]
pub struct PinAttempts(Mutex<HashMap<String, (i64, u32)>>);

impl PinAttempts {
    /// Whether one more try is allowed now for this folio from this source.
    pub fn allowed(&self, folio: &str, source: &str, now: i64) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, (since, _)| now - *since < WINDOW);
        [folio, source].iter().all(|key| counts.get(*key).is_none_or(|(_, wrong)| *wrong < ALLOWED))
    }

    /// Counts a wrong PIN.
    pub fn wrong(&self, folio: &str, source: &str, now: i64) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in [folio, source] {
            counts.entry(key.to_owned()).or_insert((now, 0)).1 += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_wrong_pins_close_the_folio_for_a_quarter_of_an_hour() {
        let attempts = PinAttempts::default();
        for source in ["a", "b", "c", "d", "e"] {
            assert!(attempts.allowed("PC-1", source, 0));
            attempts.wrong("PC-1", source, 0);
        }
        assert!(!attempts.allowed("PC-1", "f", 1));
        assert!(attempts.allowed("PC-2", "f", 1));
        assert!(attempts.allowed("PC-1", "f", WINDOW));
    }
}
