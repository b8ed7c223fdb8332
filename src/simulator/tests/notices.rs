use serde_json::{Value, json};

use super::support::{Bench, MARIA, NOW_S, template_to};
use crate::simulator::Template;

impl super::support::Hook {
    /// The only entry.
    fn entry(&self) -> Value {
        let json = self.json();
        let [entry] = &json["entry"].as_array().unwrap()[..] else { panic!("one entry expected") };
        entry.clone()
    }
}

#[tokio::test]
async fn changes_of_the_account_carry_a_time_and_no_metadata() {
    let bench = Bench::new().await;
    let phone = "525500000100";
    let cases = [
        (
            json!({"type": "template_quality", "name": "cita", "language": "es_MX", "previous": "GREEN", "new": "RED"}),
            "message_template_quality_update",
            json!({"previous_quality_score": "GREEN", "new_quality_score": "RED", "message_template_name": "cita"}),
        ),
        (
            json!({"type": "template_category", "name": "cita", "language": "es_MX", "previous": "UTILITY", "new": "MARKETING"}),
            "template_category_update",
            json!({"previous_category": "UTILITY", "new_category": "MARKETING", "message_template_language": "es_MX"}),
        ),
        (
            json!({"type": "number_quality", "event": "FLAGGED", "current_limit": "TIER_10K"}),
            "phone_number_quality_update",
            json!({"display_phone_number": phone, "event": "FLAGGED", "current_limit": "TIER_10K"}),
        ),
        (
            json!({"type": "number_name", "decision": "APPROVED", "name": "Villa del Ejemplo"}),
            "phone_number_name_update",
            json!({"display_phone_number": phone, "decision": "APPROVED", "requested_verified_name": "Villa del Ejemplo"}),
        ),
        (
            json!({"type": "account_update", "event": "ACCOUNT_RESTRICTION", "details": {"restriction_info": []}}),
            "account_update",
            json!({"event": "ACCOUNT_RESTRICTION", "restriction_info": []}),
        ),
        (
            json!({"type": "account_review", "decision": "APPROVED"}),
            "account_review_update",
            json!({"decision": "APPROVED"}),
        ),
        (
            json!({"type": "account_alert", "alert": "OBA_APPROVED", "severity": "INFORMATIONAL", "text": "Listo"}),
            "account_alerts",
            json!({"alert_type": "OBA_APPROVED", "alert_severity": "INFORMATIONAL"}),
        ),
        (
            json!({"type": "capability", "daily_limit": 2000}),
            "business_capability_update",
            json!({"max_daily_conversation_per_phone": 2000}),
        ),
        (
            json!({"type": "security", "event": "PIN_CHANGED"}),
            "security",
            json!({"display_phone_number": phone, "event": "PIN_CHANGED"}),
        ),
        (
            json!({"type": "field", "field": "telepatia", "value": {"ondas": [1, 2]}}),
            "telepatia",
            json!({"ondas": [1, 2]}),
        ),
    ];
    for (notice, field, holds) in cases {
        assert_eq!(bench.posts("notices", &notice).await.0, 202, "{notice}");
        let hook = bench.hook().await;
        assert!(hook.is_signed());
        let entry = hook.entry();
        assert_eq!((&entry["time"], &entry["changes"][0]["field"]), (&json!(NOW_S), &json!(field)));
        let value = &entry["changes"][0]["value"];
        assert_eq!(value.get("metadata"), None);
        for (key, wanted) in holds.as_object().unwrap() {
            assert_eq!(&value[key], wanted, "{key} of {field}");
        }
    }
}

#[tokio::test]
async fn errors_about_no_message_look_like_metas() {
    let bench = Bench::new().await;
    assert_eq!(bench.posts("notices", &json!({"type": "errors", "code": 130_429})).await.0, 202);
    let wanted: Value = serde_json::from_str(include_str!("../fixtures/value_errors.json")).unwrap();
    assert_eq!(bench.hook().await.json(), wanted);
    let (status, answer) = bench.posts("notices", &json!({"type": "errors", "code": 7})).await;
    assert_eq!(
        (status, &answer["error"]),
        (400, &json!("7 is not among the error codes that Meta documents for messages."))
    );
}

#[tokio::test]
async fn a_template_that_meta_paused_cannot_be_sent_until_it_is_approved_again() {
    let bench = Bench::new().await;
    bench.sim.set_templates(vec![Template::new("cita", "es_MX", "Tienes una cita.")]);
    for (event, code) in
        [("PAUSED", 132_015), ("DISABLED", 132_016), ("REJECTED", 132_001), ("FLAGGED", 132_001)]
    {
        let notice = json!({"type": "template_status", "name": "cita", "language": "es_MX", "event": event});
        bench.posts("notices", &notice).await;
        let value = bench.hook().await.entry()["changes"][0]["value"].clone();
        assert_eq!((&value["event"], &value["reason"]), (&json!(event), &json!("NONE")));
        bench.refuses(template_to("cita", json!([])), code, "emplate").await;
    }
    let notice = json!({"type": "template_status", "name": "cita", "language": "es_MX", "event": "APPROVED"});
    bench.posts("notices", &notice).await;
    bench.writes(MARIA, "hola").await;
    bench.shows(template_to("cita", json!([]))).await;
}
