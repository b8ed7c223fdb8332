//! How long each adapter takes to verify and read a webhook, on one core. `bin/bench adapters` prints the figures; the
//! aim is 20,000 webhooks a second of each channel, which is 50 microseconds for one.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be set up ends")]

mod requests;

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};

fn webhooks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("webhooks");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3)).sample_size(50);
    for case in requests::all() {
        let heard = case.adapter.receive(&case.request).unwrap();
        assert_eq!((heard.events.len(), heard.quarantined.len()), (case.events, 0), "{}", case.name);
        group.bench_function(case.name, |bencher| {
            bencher.iter(|| black_box(case.adapter.receive(black_box(&case.request))));
        });
    }
}

criterion_group!(benches, webhooks);
criterion_main!(benches);
