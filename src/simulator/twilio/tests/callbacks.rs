//! Status callbacks: signed, in the fixtures' words, and bent by faults and plans.

use super::support::{Bench, Hook, MARIA, SERVICE, soon};
use crate::simulator::twilio::{Fault, Plan, SmsStatuses, TextStatus};

const STATUS: &str = "/estado-sms?m=98fe12";

async fn bench(plan: Plan) -> Bench {
    Bench::with(|config| {
        config.statuses = SmsStatuses::default();
        config.plan = plan;
    })
    .await
}

/// The fixture with this message's sid and this town's numbers.
fn as_fixture(hook: &Hook, fixture: &str, known: &str) {
    assert_eq!(String::from_utf8(hook.raw.to_vec()).unwrap().replace(hook.get("SmsSid"), known), fixture);
    assert!(hook.signed);
}

#[tokio::test]
async fn callbacks_read_as_the_fixtures_show() {
    let bench = bench(Plan::QUIET).await;
    let callback = bench.town_url(STATUS);
    let to = format!("+{MARIA}");
    let pairs =
        [("To", &*to), ("MessagingServiceSid", SERVICE), ("Body", "x"), ("StatusCallback", &callback)];
    bench.now.fetch_add(300_000, std::sync::atomic::Ordering::SeqCst);
    bench.sends(&pairs).await;
    let known = "SM00000000000000000000000000fed001";
    as_fixture(&bench.hook(STATUS).await, include_str!("../fixtures/sms/status_sent.form"), known);
    as_fixture(&bench.hook(STATUS).await, include_str!("../fixtures/sms/status_delivered.form"), known);
    bench.twilio.arm(Fault::Undelivered { code: 30_003 }, 1);
    bench.sends(&pairs).await;
    bench.hook(STATUS).await;
    let known = "SM00000000000000000000000000fed002";
    as_fixture(
        &bench.hook(STATUS).await,
        include_str!("../fixtures/sms/status_undelivered_30003.form"),
        known,
    );
    bench.twilio.arm(Fault::Failed { code: 30_007 }, 1);
    bench.sends(&pairs).await;
    let known = "SM00000000000000000000000000fed003";
    as_fixture(&bench.hook(STATUS).await, include_str!("../fixtures/sms/status_failed_30007.form"), known);
}

#[tokio::test]
async fn a_status_can_come_before_its_answer_or_never() {
    let bench = bench(Plan::QUIET).await;
    bench.twilio.arm(Fault::StatusFirst, 1);
    let (_, answer) = bench.writes("x").await;
    let first = bench.hook(STATUS).await;
    assert_eq!(
        (first.get("MessageStatus"), first.get("MessageSid")),
        ("sent", answer["sid"].as_str().unwrap())
    );
    assert_eq!(bench.hook(STATUS).await.get("MessageStatus"), "delivered");
    bench.twilio.arm(Fault::NoStatus, 1);
    bench.writes("y").await;
    bench.writes("z").await;
    bench.hook(STATUS).await;
    bench.hook(STATUS).await;
    let texts = bench.twilio.texts(MARIA, 1);
    assert_eq!((texts[0].status, texts[1].status), (TextStatus::Queued, TextStatus::Delivered));
    assert_eq!(bench.unseen(STATUS), 0);
}

#[tokio::test]
async fn the_plan_doubles_swaps_and_loses_callbacks() {
    let twice = bench(Plan { twice: 1.0, ..Plan::QUIET }).await;
    twice.writes("x").await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(twice.hook(STATUS).await.get("MessageStatus").to_owned());
    }
    assert_eq!(seen, ["sent", "sent", "delivered", "delivered"]);
    let swapped = bench(Plan { swapped: 1.0, ..Plan::QUIET }).await;
    swapped.writes("x").await;
    assert_eq!(swapped.hook(STATUS).await.get("MessageStatus"), "delivered");
    assert_eq!(swapped.hook(STATUS).await.get("MessageStatus"), "sent");
    assert_eq!(swapped.twilio.texts(MARIA, 0)[0].status, TextStatus::Delivered, "evidence does not go back");
    let lost = bench(Plan { lost: 1.0, ..Plan::QUIET }).await;
    lost.writes("x").await;
    soon(async {
        while lost.twilio.stats().waiting > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!((lost.twilio.stats().callbacks_lost, lost.unseen(STATUS)), (2, 0));
    assert_eq!(lost.twilio.texts(MARIA, 0)[0].status, TextStatus::Delivered);
}

#[tokio::test]
async fn the_plan_delays_callbacks() {
    let late = bench(Plan { late: 1.0, late_by_ms: 150, ..Plan::QUIET }).await;
    let start = tokio::time::Instant::now();
    late.writes("x").await;
    late.hook(STATUS).await;
    assert!(start.elapsed().as_millis() >= 150);
}
