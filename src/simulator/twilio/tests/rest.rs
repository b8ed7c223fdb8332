//! Sending: what is taken, what is refused with which code, and what is remembered.

use http::Method;
use serde_json::{Value, json};

use super::support::{ACCOUNT, Bench, MARIA, SERVICE, SMS, answered, soon};
use crate::simulator::twilio::{Encoding, Fault, Plan, Reach, SmsStatuses, TextStatus};

const TO: &str = "+525500000111";

#[tokio::test]
async fn a_send_by_the_service_is_answered_as_the_fixture_shows() {
    let bench = Bench::new().await;
    let body = include_str!("../fixtures/sms/out_create_request.form");
    let (status, mut answer) = answered(bench.rest(Method::POST, "/Messages.json").body(body)).await;
    assert_eq!(status, 201);
    let sid = answer["sid"].as_str().unwrap().to_owned();
    assert!(sid.len() == 34 && sid.starts_with("SM"), "{sid}");
    let known = "SM00000000000000000000000000fed001";
    let mut expected: Value =
        serde_json::from_str(include_str!("../fixtures/sms/out_create_201.json")).unwrap();
    let written = answer.to_string().replace(&sid, known);
    answer = serde_json::from_str(&written).unwrap();
    for date in ["date_created", "date_updated"] {
        assert!(answer[date].as_str().unwrap().ends_with("2026 18:40:00 +0000"), "{}", answer[date]);
        expected[date] = answer[date].clone();
    }
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_send_from_the_number_is_queued_and_shows_on_the_phone() {
    let bench = Bench::new().await;
    let (status, answer) = bench.sends(&[("To", TO), ("From", SMS), ("Body", "Tu folio está listo")]).await;
    assert_eq!((status, &answer["status"], &answer["num_segments"]), (201, &json!("queued"), &json!("1")));
    let texts = bench.twilio.texts(MARIA, 0);
    assert_eq!(texts.len(), 1);
    assert!(texts[0].from_town);
    assert_eq!(
        (&*texts[0].text, texts[0].encoding, texts[0].seq),
        ("Tu folio está listo", Encoding::Ucs2, 1)
    );
    // The old spelling is the same phone.
    assert_eq!(bench.twilio.texts("5215500000111", 0), texts);
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_twilios_code() {
    let bench = Bench::new().await;
    bench.twilio.set_reach("525500000999", Reach::Landline).unwrap();
    let long = "a".repeat(1_601);
    for (pairs, expected) in [
        (vec![("From", SMS), ("Body", "x")], 21_604),
        (vec![("To", "+52123"), ("From", SMS), ("Body", "x")], 21_211),
        (vec![("To", "525500000111"), ("From", SMS), ("Body", "x")], 21_211),
        (vec![("To", "+52550000011"), ("From", SMS), ("Body", "x")], 21_211),
        (vec![("To", TO), ("Body", "x")], 21_603),
        (vec![("To", TO), ("From", "municipio"), ("Body", "x")], 21_212),
        (vec![("To", TO), ("From", "+525500000201"), ("Body", "x")], 21_606),
        (vec![("To", TO), ("MessagingServiceSid", "MG9"), ("Body", "x")], 21_701),
        (vec![("To", TO), ("From", SMS)], 21_602),
        (vec![("To", TO), ("From", SMS), ("Body", "")], 21_602),
        (vec![("To", TO), ("From", SMS), ("Body", &long)], 21_617),
        (vec![("To", TO), ("From", SMS), ("Body", "x"), ("StatusCallback", "/estado")], 21_609),
        (vec![("To", TO), ("From", SMS), ("MediaUrl", "foto.jpg")], 21_620),
        (vec![("To", TO), ("From", SMS), ("Body", "x"), ("ValidityPeriod", "0")], 20_001),
        (vec![("To", TO), ("From", SMS), ("Body", "x"), ("StatusCallbak", "https://x.example")], 20_001),
        (vec![("To", "+525500000999"), ("From", SMS), ("Body", "x")], 21_614),
        (vec![("To", SMS), ("From", SMS), ("Body", "x")], 21_266),
    ] {
        let (status, answer) = bench.sends(&pairs).await;
        assert_eq!((status, &answer["code"]), (400, &json!(expected)), "{pairs:?}");
        assert_eq!(answer["status"], 400);
        assert_eq!(answer["more_info"], format!("https://www.twilio.com/docs/errors/{expected}"));
    }
    assert_eq!(bench.twilio.stats().accepted, 0);
    assert_eq!(bench.twilio.stats().refused[&21_211], 3);
}

#[tokio::test]
async fn refusals_read_as_the_fixtures_show() {
    let bench = Bench::new().await;
    let fixture = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let (_, invalid) = bench.sends(&[("To", "+52123"), ("From", SMS), ("Body", "x")]).await;
    assert_eq!(invalid, fixture(include_str!("../fixtures/sms/out_error_21211.json")));
    bench.twilio.arm(Fault::Refuse { code: 20_429 }, 1);
    let (status, busy) = bench.writes("x").await;
    assert_eq!((status, busy), (429, fixture(include_str!("../fixtures/sms/out_error_20429.json"))));
    bench.twilio.sms(MARIA, "stop").unwrap();
    let (_, stopped) = bench.writes("x").await;
    assert_eq!(stopped, fixture(include_str!("../fixtures/sms/out_error_21610.json")));
    let url = format!("{}/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json", bench.base);
    for request in [bench.http.post(&url), bench.http.post(&url).basic_auth(ACCOUNT, Some("otra"))] {
        let (status, answer) = answered(request).await;
        assert_eq!((status, answer), (401, fixture(include_str!("../fixtures/sms/out_error_20003.json"))));
    }
}

#[tokio::test]
async fn armed_codes_meet_the_next_sends_and_no_more() {
    let bench = Bench::new().await;
    bench.twilio.arm(Fault::Refuse { code: 21_408 }, 2);
    assert_eq!(bench.writes("uno").await.1["code"], 21_408);
    assert_eq!(bench.writes("dos").await.1["code"], 21_408);
    assert_eq!(bench.writes("tres").await.0, 201);
    bench.twilio.arm(Fault::AcceptThen500, 1);
    let (status, answer) = bench.writes("cuatro").await;
    assert_eq!((status, answer), (500, Value::Null));
    assert_eq!(bench.twilio.texts(MARIA, 1).len(), 1, "it was taken all the same");
    bench.twilio.arm(Fault::Refuse { code: 21_408 }, 9);
    bench.twilio.disarm();
    assert_eq!(bench.writes("cinco").await.0, 201);
}

#[tokio::test]
async fn a_send_that_hangs_ends_with_the_simulator() {
    let bench = Bench::new().await;
    bench.twilio.arm(Fault::Hang, 1);
    let (shutdown, twilio) = (bench.shutdown.clone(), bench.twilio.clone());
    let send = bench.writes("x");
    let stop = async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        shutdown.cancel();
    };
    let ((status, _), ()) = soon(async { tokio::join!(send, stop) }).await;
    assert_eq!((status, twilio.stats().accepted), (503, 0));
    soon(twilio.stopped()).await;
}

#[tokio::test]
async fn messages_are_fetched_listed_redacted_and_deleted() {
    let bench = Bench::with(|config| config.statuses = SmsStatuses::default()).await;
    let callback = bench.town_url("/estado-sms");
    let (_, sent) = bench
        .sends(&[
            ("To", TO),
            ("MessagingServiceSid", SERVICE),
            ("Body", "Hola"),
            ("StatusCallback", &callback),
        ])
        .await;
    bench.hook("/estado-sms").await;
    bench.hook("/estado-sms").await;
    let path = format!("/Messages/{}.json", sent["sid"].as_str().unwrap());
    let (_, fetched) = answered(bench.rest(Method::GET, &path)).await;
    assert_eq!(
        (&fetched["status"], &fetched["from"], &fetched["num_segments"], &fetched["price"]),
        (&json!("delivered"), &json!(SMS), &json!("1"), &json!("-0.06150"))
    );
    let (_, listed) =
        answered(bench.rest(Method::GET, "/Messages.json?To=%2B525500000111&DateSent=2026-11-20")).await;
    assert_eq!(listed["messages"][0]["sid"], sent["sid"]);
    let (_, none) = answered(bench.rest(Method::GET, "/Messages.json?DateSent=2026-11-19")).await;
    assert_eq!(none["messages"], json!([]));
    let (_, redacted) = answered(bench.rest(Method::POST, &path).body("Body=")).await;
    assert_eq!(redacted["body"], "");
    assert_eq!(answered(bench.rest(Method::DELETE, &path)).await.0, 204);
    let (status, gone) = answered(bench.rest(Method::GET, &path)).await;
    assert_eq!((status, &gone["code"]), (404, &json!(20_404)));
    assert_eq!(answered(bench.rest(Method::GET, ".json")).await.1["status"], "active");
}

#[tokio::test]
async fn too_many_requests_in_one_second_are_20429() {
    let bench = Bench::with(|config| config.tuning.requests_per_second = Some(2)).await;
    assert_eq!(bench.writes("1").await.0, 201);
    assert_eq!(bench.writes("2").await.0, 201);
    assert_eq!(bench.writes("3").await.0, 429);
    bench.now.fetch_add(1_000, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(bench.writes("4").await.0, 201);
}

#[tokio::test]
async fn the_plan_refuses_the_same_sends_for_the_same_seed() {
    let mut runs = Vec::new();
    for seed in [1, 1, 2] {
        let bench = Bench::with(|config| config.plan = Plan { seed, refused: 0.5, ..Plan::QUIET }).await;
        let mut run = Vec::new();
        for _ in 0..20 {
            run.push(bench.writes("x").await.0);
        }
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    assert!(runs[0].contains(&429) && runs[0].contains(&201));
}

#[tokio::test]
async fn statuses_follow_what_the_phone_is_like() {
    let bench = Bench::with(|config| config.statuses = SmsStatuses::default()).await;
    for (reach, expected, code) in [
        (Reach::Mobile, TextStatus::Delivered, None),
        (Reach::Off, TextStatus::Undelivered, Some(30_003)),
        (Reach::Gone, TextStatus::Undelivered, Some(30_005)),
        (Reach::Blocks, TextStatus::Undelivered, Some(30_004)),
    ] {
        bench.twilio.set_reach(MARIA, reach).unwrap();
        bench.writes("x").await;
        assert_eq!(bench.hook("/estado-sms?m=98fe12").await.get("MessageStatus"), "sent");
        let last = bench.hook("/estado-sms?m=98fe12").await;
        assert_eq!(last.get("ErrorCode"), code.map_or("-".to_owned(), |code: u32| code.to_string()));
        assert_eq!(bench.twilio.texts(MARIA, 0).last().unwrap().status, expected);
    }
}
