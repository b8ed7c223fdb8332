//! What is to be told to the town, and when: a heap by time, and the updates that wait for company. Kept by the
//! webhooks' one task; everybody else only adds.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

use super::{config::Tuning, envelope::Update, signing::SignatureStyle};

/// What is to be done, and when.
#[derive(Default)]
pub(super) struct Agenda {
    heap: Mutex<Heap>,
    pub(super) wake: Notify,
}

#[derive(Default)]
struct Heap {
    due: BinaryHeap<Reverse<Due>>,
    /// Breaks ties, so that what was written first leaves first.
    order: u64,
}

struct Due {
    at: Instant,
    order: u64,
    work: Work,
}

pub(super) enum Work {
    Tell(Update),
    Post(Box<Post>),
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.at, self.order).cmp(&(other.at, other.order))
    }
}

/// One webhook, its bytes fixed.
pub(super) struct Post {
    pub(super) body: Bytes,
    /// How many updates are within.
    pub(super) updates: i64,
    /// The citizens' messages within, to raise their ticks.
    pub(super) messages: Vec<(Arc<str>, Arc<str>)>,
    pub(super) tries: usize,
    /// How the next try is signed, if not as always.
    pub(super) signature: Option<SignatureStyle>,
    pub(super) twice: bool,
    /// Told after the first try, whatever came of it.
    pub(super) tried: Option<oneshot::Sender<()>>,
}

/// Updates that wait for company.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) updates: Vec<Update>,
    /// Messages that wait for nobody.
    pub(super) alone: Vec<Update>,
    pub(super) since: Option<Instant>,
    /// A webhook that lets the next one pass, and until when it waits for one.
    pub(super) held: Option<(Post, Instant)>,
}

impl Agenda {
    pub(super) fn add(&self, at: Instant, work: Work) {
        let mut heap = self.heap.lock().unwrap_or_else(PoisonError::into_inner);
        heap.order += 1;
        let order = heap.order;
        heap.due.push(Reverse(Due { at, order, work }));
        drop(heap);
        self.wake.notify_one();
    }

    /// Takes what is due at `now`; returns when the next is.
    pub(super) fn take(
        &self,
        now: Instant,
        gathering: &mut Gathering,
        posts: &mut Vec<Post>,
        tuning: &Tuning,
    ) -> Option<Instant> {
        let mut heap = self.heap.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(Reverse(next)) = heap.due.peek() {
            if next.at > now {
                return Some(next.at);
            }
            match heap.due.pop().map(|Reverse(due)| due.work) {
                Some(Work::Tell(update @ Update::Message(_))) if tuning.messages_alone => {
                    gathering.alone.push(update);
                }
                Some(Work::Tell(update)) => gathering.updates.push(update),
                Some(Work::Post(post)) => posts.push(*post),
                None => break,
            }
        }
        None
    }
}

impl Gathering {
    /// The moment at which what is gathered leaves.
    pub(super) fn leaves(&mut self, now: Instant, tuning: &Tuning) -> Option<Instant> {
        if self.updates.is_empty() {
            self.since = None;
            return None;
        }
        let since = *self.since.get_or_insert(now);
        let full = !tuning.shuffle && self.updates.len() >= tuning.updates_per_post.max(1);
        Some(if full { now } else { since + tuning.flush_after })
    }
}
