//! The life of a report: whatever is tried in whatever order, the table holds and no event is lost.

use proptest::{prelude::*, test_runner::Config as ProptestConfig};
use uuid::Uuid;
use ventanilla::{
    reports::{
        self, Actor, Authority, Change, ChangeError, State,
        lifecycle::{Need, rule},
    },
    store::{self, report_events::Words, reports::ReportRow},
};

use crate::support::{TestApp, crew::filed};

/// In the middle of the town.
const HERE: (f64, f64) = (18.9263, -91.1131);

/// A move with everything that any row of the table needs, but for `lacks`.
fn full(to: State, by: Actor, lacks: Option<Need>) -> Change {
    let unless = |need: Need| lacks != Some(need);
    let words = Words {
        public: unless(Need::PublicText).then(|| "Se tapó el bache".to_owned()),
        private: None,
        citizen: unless(Need::Said).then(|| "Sigue igual".to_owned()),
    };
    let authority = Authority { name: "CFE".to_owned(), phone: "071".to_owned(), folio: None };
    Change {
        reason: unless(Need::Reason).then(|| "lapsed".to_owned()),
        words,
        evidence: unless(Need::Evidence).then(Uuid::nil).into_iter().collect(),
        scheduled_for: unless(Need::Date).then_some(1),
        authority: unless(Need::Authority).then_some(authority),
        department: unless(Need::Department).then(|| "water".to_owned()),
        parent: unless(Need::Parent).then(Uuid::nil),
        ..Change::new(to, by)
    }
}

async fn try_change(app: &TestApp, row: &ReportRow, change: &Change) -> Result<ReportRow, ChangeError> {
    let unit = app.app().store.unit().await.unwrap();
    let moved = reports::change(&app.app(), &unit, row, change).await?;
    unit.commit().await.unwrap();
    Ok(moved)
}

fn actors() -> impl Strategy<Value = Actor> {
    prop::sample::select(vec![
        Actor::Citizen,
        Actor::Staff(Uuid::nil()),
        Actor::System,
        Actor::Source("north".to_owned()),
    ])
}

fn needs() -> impl Strategy<Value = Option<Need>> {
    let some = vec![
        Need::PublicText,
        Need::Evidence,
        Need::Date,
        Need::Authority,
        Need::Department,
        Need::Reason,
        Need::Said,
        Need::Parent,
    ];
    prop::option::weighted(0.2, prop::sample::select(some))
}

#[test]
fn no_sequence_of_moves_breaks_the_table_or_loses_an_event() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = runtime.block_on(TestApp::new());
    let tries = prop::collection::vec((actors(), prop::sample::select(State::ALL.to_vec()), needs()), 1..40);
    let mut config = ProptestConfig::with_cases(48);
    config.failure_persistence = None;
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&tries, |tries| {
        runtime.block_on(walk(&app, &tries));
        Ok(())
    });
    runtime.block_on(async { drop(app) });
    outcome.unwrap();
}

async fn walk(app: &TestApp, tries: &[(Actor, State, Option<Need>)]) {
    let mut row = filed(app, "pothole", HERE).await;
    let mut walked = vec![(None, row.stands())];
    for (by, to, lacks) in tries {
        let from = row.stands();
        let allowed = rule(from, *to, by.who());
        let change = full(*to, by.clone(), *lacks);
        match (try_change(app, &row, &change).await, allowed) {
            (Ok(moved), Some(rule)) => {
                // A department that it has already is one.
                let lacking = rule.needs.iter().find(|need| Some(**need) == *lacks);
                assert!(lacking.is_none_or(|need| *need == Need::Department && row.department.is_some()));
                assert_eq!(moved.stands(), *to);
                assert_eq!(moved.closed_at.is_some(), !to.is_open());
                walked.push((Some(from), *to));
                row = moved;
            }
            (Err(ChangeError::Needs(need)), Some(rule)) => {
                assert!(rule.needs.contains(&need) && *lacks == Some(need))
            }
            (Err(ChangeError::NotAllowed { .. }), None) => {}
            (outcome, allowed) => panic!("{from:?} -> {to:?} by {by:?} with {allowed:?}: {outcome:?}"),
        }
    }
    let app = app.app();
    let read = app.store.read();
    assert_eq!(store::reports::by_id(read, row.id).await.unwrap().as_ref(), Some(&row));
    let events = store::report_events::of_report(read, row.id).await.unwrap();
    assert!(events.iter().map(|event| event.seq).eq(1..=row.version), "a number is missing");
    let told: Vec<_> = events.iter().map(|event| (event.from, event.to)).collect();
    assert_eq!(told, walked);
}

#[tokio::test]
async fn who_saw_an_older_report_does_not_move_it() {
    let app = TestApp::new().await;
    let seen = filed(&app, "pothole", HERE).await;
    try_change(&app, &seen, &Change::new(State::InProgress, Actor::Staff(Uuid::nil()))).await.unwrap();
    let late = try_change(&app, &seen, &full(State::Cancelled, Actor::Citizen, None)).await.unwrap_err();
    assert!(matches!(late, ChangeError::Stale), "{late}");
}
