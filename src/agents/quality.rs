//! How well a team attends: in time, at the first contact, and as the citizens say. A figure stands beside its n.

use serde::Serialize;
use utoipa::ToSchema;

use crate::store::desk::Attended;

const HOUR: i64 = 3600 * 1000;
/// Who comes back within this time (milliseconds) was not helped at the first contact.
const RESOLVED_FOR: i64 = 7 * 24 * HOUR;
/// Whose chat is opened again within this time it was closed too soon.
const REOPENED_WITHIN: i64 = 24 * HOUR;
/// From this rating on somebody is content.
const GOOD: i64 = 4;

/// So many of n.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    pub count: usize,
    /// How many it could have been.
    pub n: usize,
}

impl Share {
    fn of(found: impl Iterator<Item = bool>) -> Self {
        found.fold(Self::default(), |share, yes| Self {
            count: share.count + usize::from(yes),
            n: share.n + 1,
        })
    }
}

/// How well a team attends.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Quality {
    /// First answers that came before they were due, of those that were promised.
    pub in_time: Share,
    /// Chats that somebody answered, after which the person did not come back within 7 days; of those that were closed
    /// 7 days ago or longer.
    pub resolved: Share,
    /// Chats that somebody answered, after which the person came back within 24 hours; of those that were closed 24 hours
    /// ago or longer.
    pub reopened: Share,
    /// Ratings of 4 or 5, of all that were given.
    pub content: Share,
    /// The mean of the ratings, 1 to 5; `null` where nobody gave one.
    pub rating: Option<f64>,
    /// Who said how they were attended, of those who were asked.
    pub responses: Share,
}

impl Quality {
    /// Of a team's chats, as they stand at `now` (Unix ms).
    pub(super) fn of(chats: &[Attended], now: i64) -> Self {
        let ratings: Vec<i64> = chats.iter().filter_map(|chat| chat.rating).collect();
        Self {
            in_time: Share::of(chats.iter().filter_map(|chat| chat.in_time)),
            resolved: Share::of(came_back(chats, now, RESOLVED_FOR).map(|back| !back)),
            reopened: Share::of(came_back(chats, now, REOPENED_WITHIN)),
            content: Share::of(ratings.iter().map(|rating| *rating >= GOOD)),
            rating: mean(&ratings),
            responses: Share::of(chats.iter().filter(|chat| chat.asked).map(|chat| chat.rating.is_some())),
        }
    }
}

/// Whether who was answered came back within a time, of the chats that were closed so long ago.
fn came_back(chats: &[Attended], now: i64, within: i64) -> impl Iterator<Item = bool> {
    let answered = chats.iter().filter(|chat| chat.answered_at.is_some());
    let closed = answered.filter_map(|chat| Some((chat.closed_at?, chat.came_back_at)));
    closed
        .filter(move |(closed, _)| now - closed >= within)
        .map(move |(closed, back)| back.is_some_and(|back| back - closed < within))
}

#[expect(clippy::cast_precision_loss, reason = "ratings are few and small")]
fn mean(ratings: &[i64]) -> Option<f64> {
    (!ratings.is_empty()).then(|| ratings.iter().sum::<i64>() as f64 / ratings.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 100 * 24 * HOUR;

    /// Closed so many hours ago; who came back did so many hours later.
    fn closed(hours_ago: i64, back_after: Option<i64>) -> Attended {
        let at = NOW - hours_ago * HOUR;
        Attended {
            opened_at: at - HOUR,
            answered_at: Some(at - HOUR),
            closed_at: Some(at),
            came_back_at: back_after.map(|hours| at + hours * HOUR),
            ..Attended::default()
        }
    }

    fn share(count: usize, n: usize) -> Share {
        Share { count, n }
    }

    #[test]
    fn who_may_still_come_back_is_not_counted_as_helped() {
        let nobody_answered = Attended { answered_at: None, ..closed(400, None) };
        let chats = [
            closed(400, None),
            closed(400, Some(10)),
            closed(400, Some(167)),
            closed(400, Some(169)),
            closed(100, None),
            closed(100, Some(2)),
            closed(3, Some(1)),
            nobody_answered,
        ];
        let quality = Quality::of(&chats, NOW);
        assert_eq!(quality.resolved, share(2, 4), "two did not come back within a week");
        assert_eq!(quality.reopened, share(2, 6), "and two came back within a day");
    }

    #[test]
    fn a_mean_of_nothing_is_none() {
        let quality = Quality::of(&[closed(1, None)], NOW);
        assert_eq!((quality.rating, quality.content, quality.responses), (None, share(0, 0), share(0, 0)));
        assert_eq!(quality.in_time, share(0, 0), "nothing was promised");
    }

    #[test]
    fn who_was_asked_and_said_nothing_counts_for_the_responses_alone() {
        let rated = |rating| Attended { asked: true, rating, in_time: Some(true), ..closed(1, None) };
        let late = Attended { in_time: Some(false), ..closed(1, None) };
        let quality = Quality::of(&[rated(Some(5)), rated(Some(4)), rated(Some(1)), rated(None), late], NOW);
        assert_eq!((quality.content, quality.responses), (share(2, 3), share(3, 4)));
        assert_eq!(quality.in_time, share(4, 5));
        assert!((quality.rating.unwrap() - 10.0 / 3.0).abs() < 1e-9);
    }
}
