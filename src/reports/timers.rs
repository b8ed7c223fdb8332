//! What a report does by itself when nobody does anything: which clocks a move starts.

use std::str::FromStr;

use super::State;

const DAY: i64 = 24 * 3600 * 1000;

/// What happens when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimerKind {
    /// "¿Quedó resuelto?", a day after the town says that it is done.
    AskFixed,
    /// A week without an answer: it lapses.
    Lapse,
    /// The same question to some of those whose reports lapsed, four weeks later.
    AskLapsed,
    /// What was asked of the citizen is asked again.
    Remind,
    RemindAgain,
    /// Ten days without what was asked: it ends.
    NoInfo,
    /// Ten days with another authority: somebody of the town looks after it.
    LookAfter,
    /// A fortnight without news, while it is open.
    StillOpen,
}

impl TimerKind {
    pub const ALL: [Self; 8] = [
        Self::AskFixed,
        Self::Lapse,
        Self::AskLapsed,
        Self::Remind,
        Self::RemindAgain,
        Self::NoInfo,
        Self::LookAfter,
        Self::StillOpen,
    ];

    /// The name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AskFixed => "ask_fixed",
            Self::Lapse => "lapse",
            Self::AskLapsed => "ask_lapsed",
            Self::Remind => "remind",
            Self::RemindAgain => "remind_again",
            Self::NoInfo => "no_info",
            Self::LookAfter => "look_after",
            Self::StillOpen => "still_open",
        }
    }
}

impl FromStr for TimerKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| format!("'{name}' is nothing that a report does by itself"))
    }
}

/// What a report does by itself from the moment it comes to a state, and milliseconds until then.
pub(super) fn after(state: State) -> &'static [(TimerKind, i64)] {
    use TimerKind as T;
    match state {
        State::ResolvedClaimed => &[(T::AskFixed, DAY), (T::Lapse, 7 * DAY)],
        State::WaitingCitizen => &[(T::Remind, 3 * DAY), (T::RemindAgain, 7 * DAY), (T::NoInfo, 10 * DAY)],
        State::Referred => &[(T::LookAfter, 10 * DAY)],
        state if state.is_open() => &[(T::StillOpen, 15 * DAY)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_again() {
        for kind in TimerKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }

    #[test]
    fn nothing_that_is_open_is_forgotten() {
        for state in State::ALL {
            assert_eq!(after(state).is_empty(), !state.is_open(), "{state:?}");
        }
    }
}
