//! Honest figures of all public reports: how long things take, what is shown to be done, what came back. Counted beside
//! requests, at most once a minute, and never for longer than a twentieth of the time.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::watch;
use tracing::error;

use super::State;
use crate::{
    app::App,
    store::{
        self, Store, StoreError,
        public_reports::PublicFilter,
        report_figures::{Age, Count, Evidence, Work},
    },
};

/// What is counted: reports of so many milliseconds, a year; of those that are open, all.
pub const PERIOD: i64 = 365 * 24 * 3600 * 1000;
/// Milliseconds for which figures are good enough.
const FRESH: i64 = 60_000;
/// Counting rests so many times longer than it took.
const REST: i64 = 20;

/// How old the reports of a state are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateAge {
    pub state: State,
    pub reports: i64,
    /// Hours: half are younger.
    pub median: i64,
    /// Hours: nine of ten are younger.
    pub p90: i64,
}

/// A part of a whole. Shown with its whole, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub part: i64,
    pub of: i64,
}

impl Share {
    /// Of a hundred; `None` of nothing.
    pub fn percent(self) -> Option<i64> {
        (self.of > 0).then(|| (self.part * 200 + self.of) / (self.of * 2))
    }
}

/// What became of some reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub work: Work,
    /// Said to be done, with a photo of the town.
    pub evidence: i64,
}

impl Sums {
    pub fn with_evidence(&self) -> Share {
        Share { part: self.evidence, of: self.work.claimed }
    }

    pub fn reopened(&self) -> Share {
        Share { part: self.work.reopened, of: self.work.claimed.max(self.work.reopened) }
    }

    /// Of those that are concluded, what the citizen confirmed.
    pub fn confirmed(&self) -> Share {
        Share { part: self.work.confirmed, of: self.work.confirmed + self.work.lapsed }
    }

    pub fn responded(&self) -> Share {
        Share { part: self.work.responded, of: self.work.reports }
    }

    fn add(&mut self, work: &Work) {
        let sum = &mut self.work;
        for (sum, more) in [
            (&mut sum.reports, work.reports),
            (&mut sum.open, work.open),
            (&mut sum.responded, work.responded),
            (&mut sum.claimed, work.claimed),
            (&mut sum.reopened, work.reopened),
            (&mut sum.confirmed, work.confirmed),
            (&mut sum.lapsed, work.lapsed),
            (&mut sum.rejected, work.rejected),
            (&mut sum.cancelled, work.cancelled),
            (&mut sum.joined, work.joined),
            (&mut sum.more_people, work.more_people),
            (&mut sum.referred, work.referred),
            (&mut sum.not_ours, work.not_ours),
            (&mut sum.outside, work.outside),
            (&mut sum.by_hand, work.by_hand),
        ] {
            *sum += more;
        }
    }
}

/// All figures, as they were at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Unix milliseconds.
    pub at: i64,
    /// Filed since.
    pub since: i64,
    /// In the order of a report's life; states without reports are left out.
    pub ages: Vec<StateAge>,
    pub total: Sums,
    /// By id of the catalogue.
    pub categories: BTreeMap<String, Sums>,
    /// By id of the catalogue; `None`: nobody's yet.
    pub departments: BTreeMap<Option<String>, Sums>,
    pub channels: BTreeMap<String, Sums>,
    counts: Vec<Count>,
}

impl Figures {
    /// Counts everything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(store: &Store, now: i64) -> Result<Self, StoreError> {
        let since = now - PERIOD;
        let counts = store::report_figures::counts(store.read()).await?;
        let ages = store::report_figures::ages(store.read(), since, now).await?;
        let work = store::report_figures::work(store.read(), since).await?;
        let evidence = store::report_figures::evidence(store.read(), since).await?;
        Ok(Self::of(now, counts, &ages, &work, &evidence))
    }

    fn of(at: i64, counts: Vec<Count>, ages: &[Age], work: &[Work], evidence: &[Evidence]) -> Self {
        let mut figures = Self {
            at,
            since: at - PERIOD,
            ages: State::ALL.iter().filter_map(|state| state_age(*state, ages)).collect(),
            total: Sums::default(),
            categories: BTreeMap::new(),
            departments: BTreeMap::new(),
            channels: BTreeMap::new(),
            counts,
        };
        for some in work {
            figures.total.add(some);
            figures.categories.entry(some.category.clone()).or_default().add(some);
            figures.departments.entry(some.department.clone()).or_default().add(some);
            figures.channels.entry(some.channel.clone()).or_default().add(some);
        }
        for some in evidence {
            figures.total.evidence += some.reports;
            figures.categories.entry(some.category.clone()).or_default().evidence += some.reports;
            figures.departments.entry(some.department.clone()).or_default().evidence += some.reports;
        }
        figures
    }

    /// How many reports a filter finds; `None` where it asks for days.
    pub fn how_many(&self, filter: &PublicFilter) -> Option<i64> {
        if filter.from.is_some() || filter.until.is_some() {
            return None;
        }
        let fits = |count: &&Count| {
            filter.category.as_ref().is_none_or(|wanted| *wanted == count.category)
                && filter.colonia.as_ref().is_none_or(|wanted| count.colonia.as_ref() == Some(wanted))
                && (filter.states.is_empty() || filter.states.contains(&count.state))
        };
        Some(self.counts.iter().filter(fits).map(|count| count.reports).sum())
    }
}

/// `ages` are in order of age within a state.
fn state_age(state: State, ages: &[Age]) -> Option<StateAge> {
    let own: Vec<_> = ages.iter().filter(|age| age.state == state).collect();
    let reports: i64 = own.iter().map(|age| age.reports).sum();
    // The age of the report at this place, counted from the youngest.
    let at = |place: i64| {
        let mut seen = 0;
        own.iter()
            .find(|age| {
                seen += age.reports;
                seen > place
            })
            .map_or(0, |age| age.hours)
    };
    let last = reports - 1;
    (reports > 0).then(|| StateAge { state, reports, median: at(last / 2), p90: at(last * 9 / 10) })
}

/// The newest figures, counted when somebody asks for them.
#[derive(Debug)]
pub struct LatestFigures {
    known: watch::Sender<Option<Arc<Figures>>>,
    counting: AtomicBool,
    /// Milliseconds that the last count took.
    took: std::sync::atomic::AtomicI64,
}

impl Default for LatestFigures {
    fn default() -> Self {
        let (known, _) = watch::channel(None);
        Self { known, counting: AtomicBool::new(false), took: 0.into() }
    }
}

impl LatestFigures {
    /// What is known; counts anew beside the request where that is older than a minute.
    pub fn get(self: &Arc<Self>, app: &Arc<App>) -> Option<Arc<Figures>> {
        let known = self.known.borrow().clone();
        let good = FRESH.max(self.took.load(Ordering::Relaxed).saturating_mul(REST));
        let is_old = known.as_ref().is_none_or(|figures| app.clock.now() - figures.at >= good);
        if is_old && !self.counting.swap(true, Ordering::AcqRel) {
            app.tasks.spawn(Arc::clone(self).count(Arc::clone(app)));
        }
        known
    }

    /// The same; where nothing is known yet, it waits a while for the first count.
    pub async fn soon(self: &Arc<Self>, app: &Arc<App>, patience: Duration) -> Option<Arc<Figures>> {
        let mut first = self.known.subscribe();
        if let Some(known) = self.get(app) {
            return Some(known);
        }
        let there = tokio::time::timeout(patience, first.wait_for(Option::is_some)).await;
        there.ok()?.ok()?.clone()
    }

    async fn count(self: Arc<Self>, app: Arc<App>) {
        let began = app.clock.now();
        // A task of its own, so that a panic does not end counting for good.
        let counted = tokio::spawn({
            let app = Arc::clone(&app);
            async move { Figures::count(&app.store, began).await }
        });
        match counted.await {
            Ok(Ok(figures)) => {
                self.known.send_replace(Some(Arc::new(figures)));
            }
            Ok(Err(err)) => error!("the public figures could not be counted: {err}"),
            Err(err) => error!("counting the public figures broke off: {err}"),
        }
        self.took.store(app.clock.now() - began, Ordering::Relaxed);
        self.counting.store(false, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(state: State, hours: i64, reports: i64) -> Age {
        Age { state, hours, reports }
    }

    #[test]
    fn the_median_and_the_ninetieth_are_those_of_a_report() {
        let ages = [
            age(State::Received, 1, 5),
            age(State::Received, 10, 4),
            age(State::Received, 100, 1),
            age(State::Referred, 7, 1),
        ];
        let received = state_age(State::Received, &ages).unwrap();
        assert_eq!((received.reports, received.median, received.p90), (10, 1, 10));
        let referred = state_age(State::Referred, &ages).unwrap();
        assert_eq!((referred.median, referred.p90), (7, 7));
        assert_eq!(state_age(State::Triage, &ages), None);
    }

    #[test]
    fn a_share_is_rounded_and_of_nothing_there_is_none() {
        let percent = |part, of| Share { part, of }.percent();
        assert_eq!((percent(1, 3), percent(2, 3), percent(1, 200)), (Some(33), Some(67), Some(1)));
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn what_a_filter_finds_is_counted_from_the_sums() {
        let count = |category: &str, state, colonia: Option<&str>, reports| Count {
            category: category.to_owned(),
            state,
            colonia: colonia.map(str::to_owned),
            reports,
        };
        let counts = vec![
            count("pothole", State::Received, Some("centro"), 3),
            count("pothole", State::Duplicate, None, 4),
            count("noise", State::Received, Some("centro"), 5),
        ];
        let figures = Figures::of(0, counts, &[], &[], &[]);
        let how_many = |filter| figures.how_many(&filter);
        assert_eq!(how_many(PublicFilter::default()), Some(12));
        let potholes = PublicFilter { category: Some("pothole".to_owned()), ..PublicFilter::default() };
        assert_eq!(how_many(potholes.clone()), Some(7));
        assert_eq!(how_many(PublicFilter { states: vec![State::Received], ..potholes.clone() }), Some(3));
        assert_eq!(
            how_many(PublicFilter { colonia: Some("centro".to_owned()), ..PublicFilter::default() }),
            Some(8)
        );
        assert_eq!(how_many(PublicFilter { from: Some(1), ..potholes }), None);
    }
}
