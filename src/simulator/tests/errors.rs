use serde_json::{Value, json};

use super::support::{Bench, MARIA};
use crate::simulator::{ErrorOnDemand, Fault, StatusScript, UnknownCode, When};

const OTHER: &str = "5215500000999";

/// The codes of Meta's page for messages; of 200 to 299, which mean the same, the ends.
const DOCUMENTED: [i32; 68] = [
    0, 1, 2, 3, 4, 10, 33, 100, 190, 200, 299, 368, 80_007, 130_403, 130_429, 130_472, 130_497, 131_000,
    131_005, 131_008, 131_009, 131_016, 131_021, 131_026, 131_030, 131_031, 131_037, 131_042, 131_045,
    131_047, 131_048, 131_049, 131_050, 131_051, 131_052, 131_053, 131_055, 131_056, 131_057, 131_060,
    131_062, 131_063, 131_064, 132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016,
    132_018, 132_068, 132_069, 133_000, 133_004, 133_005, 133_006, 133_008, 133_009, 133_010, 133_015,
    133_016, 134_011, 134_100, 134_101, 134_102, 135_000,
];

async fn two_people() -> Bench {
    let sent_only = StatusScript { sent: Some(0), delivered: None, read: None };
    let bench = Bench::with(sent_only, |tuning| tuning.limits.pair_rate = false).await;
    bench.writes(MARIA, "hola").await;
    bench.writes(OTHER, "hola").await;
    bench
}

#[tokio::test]
async fn every_documented_error_can_be_had_as_an_answer() {
    let bench = two_people().await;
    for code in DOCUMENTED {
        let arm = json!({"fail": format!("error:{code}")});
        assert_eq!(bench.posts("faults", &arm).await.0, 200, "{code}");
        let (status, answer) = bench.sends_text(MARIA, "Buenas").await;
        assert!(status >= 400);
        assert_eq!(answer["error"]["code"], code);
    }
    assert_eq!(bench.sim.stats().accepted, 0);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[tokio::test]
async fn an_error_may_come_as_a_status_of_a_message_that_was_taken() {
    let bench = two_people().await;
    bench.posts("faults", &json!({"fail": "error:131047", "when": "status"})).await;
    let (status, answer) = bench.sends_text(MARIA, "Buenas").await;
    assert_eq!(status, 200);
    let value = bench.hook().await.value();
    let wanted: Value = serde_json::from_str(include_str!("../fixtures/status_failed_131047.json")).unwrap();
    let mut errors = wanted["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"].clone();
    // Meta's samples of failed statuses have it or not.
    errors[0].as_object_mut().unwrap().remove("href");
    assert_eq!(value["statuses"][0]["id"], answer["messages"][0]["id"]);
    assert_eq!(
        (&value["statuses"][0]["status"], &value["statuses"][0]["errors"]),
        (&json!("failed"), &errors)
    );
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 0);
}

#[tokio::test]
async fn an_error_may_wait_for_one_person() {
    let bench = two_people().await;
    let arm = json!({"fail": "error:130403", "times": 2, "phone": MARIA});
    bench.posts("faults", &arm).await;
    assert_eq!(bench.sends_text(OTHER, "Buenas").await.0, 200);
    for _ in 0..2 {
        assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 130_403);
    }
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[tokio::test]
async fn strange_errors_are_not_armed_and_armed_ones_are_forgotten() {
    let bench = two_people().await;
    let strange = ErrorOnDemand { code: 999, times: 1, when: When::Answer, phone: None };
    assert_eq!(bench.sim.arm_error(strange.clone()), Err(UnknownCode(999)));
    for (arm, sentence) in [
        (json!({"fail": "error:999"}), "999 is not among"),
        (json!({"fail": "error:mucho"}), "a number"),
        (json!({"fail": "error:131026", "phone": "+52"}), "8 to 15 digits"),
        (json!({"fail": "hang", "when": "status"}), "error:<code>"),
        (json!({"fail": "terremoto"}), "terremoto"),
    ] {
        let (status, answer) = bench.posts("faults", &arm).await;
        assert_eq!(status, 400);
        assert!(answer["error"].as_str().unwrap().contains(sentence), "{answer}");
    }
    bench.sim.arm_error(ErrorOnDemand { code: 131_026, ..strange }).unwrap();
    bench.sim.disarm();
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[tokio::test]
async fn a_cut_connection_hides_that_the_message_was_taken() {
    let bench = two_people().await;
    bench.sim.arm(Fault::AnswerLost, 1);
    let send = bench.graph(&super::support::text_to(MARIA, "Buenas")).send();
    assert!(super::support::soon(send).await.is_err());
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 1);
    assert_eq!(bench.hook().await.statuses()[0].1, "sent");
}

#[tokio::test]
async fn the_town_cannot_write_to_itself() {
    let bench = two_people().await;
    bench.refuses(super::support::text_to("+525500000100", "hola"), 131_021, "Sender and recipient").await;
}
