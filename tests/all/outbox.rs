//! What happens to replies when the provider misbehaves.

use std::time::Duration;

use serde_json::json;
use ventanilla::simulator::{Fault, StatusScript};

use crate::support::{TestApp, citizen::Citizen, wire};

/// Long enough for any rung of the ladder that a test climbs.
const LATER: Duration = Duration::from_secs(20);

async fn app_with(fault: Fault, times: u32) -> TestApp {
    TestApp::builder().with_faults(fault, times).start().await
}

/// The columns that tell what became of the first reply.
async fn fate(app: &TestApp) -> (String, i64, i64) {
    let state = app.outbox_states().await[0].clone();
    let attempts = app.count("SELECT attempts AS n FROM outbox ORDER BY id", []).await;
    let doubtful = app.count("SELECT CAST(doubtful AS BIGINT) AS n FROM outbox ORDER BY id", []).await;
    (state, attempts, doubtful)
}

async fn sentence(app: &TestApp) -> String {
    app.texts("SELECT error_json AS t FROM outbox ORDER BY id").await[0].clone()
}

async fn reports_a_pothole(lupe: &mut Citizen<'_>) -> usize {
    lupe.says("hay un bache").await;
    lupe.hears().await.len()
}

/// Refused once, the reply waits its turn on the ladder, and the next reply of the same person waits behind it.
async fn waits_and_keeps_the_order(fault: Fault, state: &str, wait: Duration) {
    let app = app_with(fault, 1).await;
    let mut lupe = app.citizen("Lupe");
    let mut beto = app.citizen("Beto");
    assert_eq!(reports_a_pothole(&mut lupe).await, 0);
    assert_eq!(app.outbox_states().await, [state]);
    lupe.says("no").await;
    assert!(lupe.hears().await.is_empty(), "the second reply must not overtake the first");
    assert_eq!(reports_a_pothole(&mut beto).await, 1, "others do not wait");
    app.advance(wait).await;
    let heard = lupe.hears().await;
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard[0].contains("¿Hay alguien herido") && heard[1].contains("¿De qué tamaño es?"), "{heard:?}");
    assert_eq!(app.simulator.stats().accepted, 3);
}

#[tokio::test]
async fn after_a_500_the_reply_goes_again_and_nothing_overtakes_it() {
    // Meta's 131000 leaves open whether the message went out: its status has ten seconds to come.
    waits_and_keeps_the_order(Fault::Http500, "unsure", Duration::from_secs(10)).await;
}

#[tokio::test]
async fn too_many_to_one_person_waits_131056() {
    waits_and_keeps_the_order(Fault::Pair, "queued", Duration::from_millis(1300)).await;
}

#[tokio::test]
async fn too_many_at_once_waits_130429() {
    waits_and_keeps_the_order(Fault::Rate, "queued", Duration::from_millis(1300)).await;
}

#[tokio::test]
async fn a_reply_that_waits_stays_in_the_outbox() {
    let app = app_with(Fault::Pair, 1).await;
    reports_a_pothole(&mut app.citizen("Lupe")).await;
    assert_eq!(ventanilla::store::outbox::depth(app.app().store.read()).await.unwrap(), 1);
    app.may_end_unfinished();
}

#[tokio::test]
async fn the_ladder_is_climbed_rung_by_rung() {
    let app = app_with(Fault::Rate, 3).await;
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 0);
    for (early, late) in [(700, 600), (3_000, 2_000), (11_000, 8_000)] {
        app.advance(Duration::from_millis(early)).await;
        assert!(lupe.hears().await.is_empty(), "too early");
        app.advance(Duration::from_millis(late)).await;
    }
    assert_eq!(lupe.hears().await.len(), 1);
    assert_eq!(app.count("SELECT attempts AS n FROM outbox", []).await, 4);
}

#[tokio::test]
async fn a_dead_token_stops_the_account_and_burns_nothing() {
    let app = app_with(Fault::Token, 1).await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    for citizen in [&mut lupe, &mut beto] {
        // What is private has no other way: it waits.
        citizen.says("mi esposo me pega").await;
        assert!(citizen.hears().await.is_empty(), "nobody is answered from a dead account");
    }
    assert_eq!(app.simulator.stats().accepted, 0);
    assert_eq!(app.outbox_states().await, ["queued", "queued"]);
    assert!(sentence(&app).await.contains("hay que renovarla en la configuración"));
    let notices = ventanilla::store::notices::open(app.app().store.read()).await.unwrap();
    assert_eq!((notices.len(), notices[0].severity.as_str(), notices[0].times), (1, "critical", 1));
    // The token was renewed meanwhile: the first reply tries, and then everybody's goes.
    app.advance(Duration::from_secs(31)).await;
    app.advance(Duration::from_secs(31)).await;
    assert_eq!((lupe.hears().await.len(), beto.hears().await.len()), (1, 1));
}

#[tokio::test]
async fn taken_but_answered_500_is_unsure_and_the_status_says_that_it_arrived() {
    let app = app_with(Fault::AfterAccept500, 1).await;
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 1);
    assert_eq!(fate(&app).await, ("delivered".to_owned(), 1, 0));
    app.advance(LATER).await;
    assert!(lupe.hears().await.is_empty(), "it must not be sent again");
    assert_eq!(app.simulator.stats().accepted, 1);
}

#[tokio::test]
async fn without_a_status_the_unsure_reply_goes_once_more_after_ten_seconds_and_is_marked() {
    let app =
        TestApp::builder().statuses(StatusScript::NONE).with_faults(Fault::AfterAccept500, 1).start().await;
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 1);
    assert_eq!(fate(&app).await, ("unsure".to_owned(), 1, 0));
    app.advance(Duration::from_millis(9_900)).await;
    assert_eq!(app.simulator.stats().accepted, 1);
    app.advance(Duration::from_millis(200)).await;
    assert_eq!(lupe.hears().await.len(), 1, "once more");
    assert_eq!(fate(&app).await, ("accepted".to_owned(), 2, 1));
}

#[tokio::test]
async fn twice_unsure_is_given_up() {
    let app =
        TestApp::builder().statuses(StatusScript::NONE).with_faults(Fault::AfterAccept500, 2).start().await;
    let mut lupe = app.citizen("Lupe");
    reports_a_pothole(&mut lupe).await;
    app.advance(LATER).await;
    assert_eq!(fate(&app).await, ("unsure".to_owned(), 2, 1));
    app.advance(LATER).await;
    assert_eq!(fate(&app).await, ("failed".to_owned(), 2, 1));
    assert!(sentence(&app).await.contains("El proveedor no confirmó"));
    assert_eq!(app.simulator.stats().accepted, 2);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_leaves_the_reply_unsure_and_it_goes_again() {
    let app = TestApp::builder().with_faults(Fault::Hang, 1).provider_patience(1).start().await;
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 0);
    assert_eq!(fate(&app).await.0, "unsure");
    app.advance(LATER).await;
    assert_eq!(lupe.hears().await.len(), 1);
}

#[tokio::test]
async fn the_next_reply_waits_behind_an_unsure_one() {
    let app =
        TestApp::builder().statuses(StatusScript::NONE).with_faults(Fault::AfterAccept500, 1).start().await;
    let mut lupe = app.citizen("Lupe");
    reports_a_pothole(&mut lupe).await;
    lupe.says("no").await;
    assert!(lupe.hears().await.is_empty(), "the order is kept");
    app.advance(LATER).await;
    assert_eq!(lupe.hears().await.len(), 2);
}

#[tokio::test]
async fn a_status_may_come_before_the_answer_to_the_send() {
    let app = TestApp::builder()
        .statuses(StatusScript { sent: Some(0), delivered: None, read: None })
        .start()
        .await;
    app.simulator.arm(Fault::StatusFirst, 1);
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 1);
    assert_eq!(fate(&app).await, ("sent".to_owned(), 1, 0));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM held_statuses", []).await, 0);
}

#[tokio::test]
async fn a_message_that_fails_later_goes_by_sms_to_the_same_phone() {
    let app = app_with(Fault::StatusFailed, 1).await;
    let mut lupe = app.citizen("Lupe");
    reports_a_pothole(&mut lupe).await;
    let texts = app.texter("Lupe").hears().await;
    assert!(texts.iter().any(|text| text.contains("1 Sí  2 No")), "{texts:?}");
    assert_eq!(app.outbox_states().await, ["delivered"]);
    assert_eq!(app.texts("SELECT tried AS t FROM outbox").await, ["whatsapp"]);
}

#[tokio::test]
async fn what_is_private_never_goes_by_another_channel() {
    let app = app_with(Fault::StatusFailed, 1).await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("mi esposo me pega").await;
    lupe.hears().await;
    assert!(app.texter("Lupe").hears().await.is_empty());
    assert_eq!(app.outbox_states().await, ["failed"]);
    assert!(sentence(&app).await.contains("quizá la persona no usa WhatsApp"), "{}", sentence(&app).await);
}

#[tokio::test]
async fn statuses_in_any_order_never_go_back() {
    let app = TestApp::builder().statuses(StatusScript::NONE).start().await;
    let mut lupe = app.citizen("Lupe");
    reports_a_pothole(&mut lupe).await;
    let provider_id = app.texts("SELECT provider_id AS t FROM outbox").await[0].clone();
    let mut states = Vec::new();
    for state in ["delivered", "sent", "failed", "read", "delivered"] {
        let body = wire::statuses(&[wire::status(&provider_id, state, lupe.wa_id())]);
        assert_eq!(app.post_signed(body.to_string().as_bytes()).await, 200);
        states.extend(app.outbox_states().await);
    }
    assert_eq!(states, ["delivered", "delivered", "delivered", "read", "read"]);
}

#[tokio::test]
async fn a_status_of_a_message_that_is_not_ours_is_kept_a_while_and_harms_nobody() {
    let app = TestApp::new().await;
    let mut update = wire::status("wamid.other", "sent", "5219810000000");
    update["biz_opaque_callback_data"] = json!("not-an-id");
    assert_eq!(app.post_signed(wire::statuses(&[update]).to_string().as_bytes()).await, 200);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM held_statuses", []).await, 1);
}

#[tokio::test]
async fn a_reply_that_waited_a_day_is_not_sent_any_more() {
    let app = app_with(Fault::Rate, 1).await;
    let mut lupe = app.citizen("Lupe");
    reports_a_pothole(&mut lupe).await;
    app.advance(Duration::from_secs(25 * 3600)).await;
    assert_eq!(app.outbox_states().await, ["failed"]);
    assert!(sentence(&app).await.contains("ya no tenía sentido mandarlo"));
}

#[tokio::test]
async fn what_was_on_its_way_when_the_server_stopped_goes_at_the_next_start() {
    let app = app_with(Fault::Pair, 1).await;
    let mut lupe = app.citizen("Lupe");
    assert_eq!(reports_a_pothole(&mut lupe).await, 0);
    app.restart().await;
    app.advance(LATER).await;
    assert_eq!(lupe.hears().await.len(), 1);
}
