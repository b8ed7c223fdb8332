//! The same work for many things, on as many threads as the machine has cores; or two different ones at a time.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// What `work` makes of each, in the order of `items` whatever the number of cores.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(threads).max(1);
    let work = &work;
    thread::scope(|scope| {
        let part = |part| scope.spawn(move || <[T]>::iter(part).map(work).collect::<Vec<R>>());
        let parts: Vec<_> = items.chunks(share).map(part).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

/// Two different things at a time: one here, one on a thread of its own.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, beside: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let here = here();
        (here, beside.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stay_in_order() {
        let numbers: Vec<u32> = (0..1000).collect();
        assert_eq!(super::map(&numbers, |n| n * 2), numbers.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert!(super::map(&[] as &[u32], |n| *n).is_empty());
    }

    #[test]
    fn two_things_come_back_as_they_were_asked_for() {
        assert_eq!(super::both(|| 1, || "two"), (1, "two"));
    }
}
