//! News of our account, in words for the town's staff.

use super::*;
use crate::{AccountKind, AccountNews, Severity};

use super::super::account::FIELDS;
use super::super::account::table::rows;

fn news(field: &str, value: Value) -> Vec<AccountNews> {
    let reception = receive(envelope(json!([{"field": field, "value": value}])));
    assert!(reception.quarantined.is_empty(), "{:?}", reception.quarantined);
    let news = |event| match event {
        Event::Account(news) => news,
        other => panic!("{other:?}"),
    };
    reception.events.into_iter().map(news).collect()
}

#[test]
fn every_row_says_what_happened_and_every_field_has_a_word_for_the_unknown() {
    for row in rows() {
        assert!(FIELDS.contains(&row.field), "{row:?}");
        assert!(row.sentence.ends_with('.') && row.sentence.chars().count() > 30, "{row:?}");
        let grave = row.severity > Severity::Info;
        assert!(!grave || row.sentence.contains(": ") || row.state.starts_with("OBA"), "what to do? {row:?}");
    }
    for field in FIELDS {
        let states: Vec<&str> = rows().filter(|row| row.field == field).map(|row| row.state).collect();
        assert_eq!(states.last(), Some(&"*"), "{field}");
        assert_eq!(states.iter().filter(|state| **state == "*").count(), 1, "{field}");
    }
}

#[test]
fn a_state_of_the_future_is_told_by_its_name() {
    let value =
        json!({"event": "Nuevo Estado", "message_template_name": "cita", "message_template_language": "es"});
    let [news] = news("message_template_status_update", value).try_into().unwrap();
    assert_eq!(
        news.sentence,
        "Meta cambió el estado de la plantilla cita/es a NUEVO_ESTADO: revísala en Meta Business."
    );
    assert_eq!((news.state.as_str(), news.about.as_deref()), ("NUEVO_ESTADO", Some("cita/es")));
    assert_eq!(news.account, "109876543210987", "no number is named, so the account is Meta's");
}

#[test]
fn a_template_without_a_name_leaves_no_gap_in_the_sentence() {
    let [news] = news("message_template_status_update", json!({"event": "APPROVED"})).try_into().unwrap();
    assert_eq!(news.sentence, "Meta aprobó la plantilla: ya se puede enviar.");
}

#[test]
fn a_number_of_ours_is_known_however_it_is_spelled() {
    for value in [
        json!({"event": "FLAGGED", "display_phone_number": "+52 (55) 0000-0200"}),
        json!({"event": "FLAGGED", "display_phone_number": 525_500_000_200_i64}),
    ] {
        assert_eq!(news("phone_number_quality_update", value)[0].account, OTHER_NUMBER);
    }
}

#[test]
fn an_alert_is_as_grave_as_it_says_and_one_that_is_over_is_only_news() {
    let graveness = |info: Value| news("account_alerts", json!({"alert_info": info}))[0].severity;
    let alert =
        |severity: &str| json!({"alert_type": "X", "alert_severity": severity, "alert_status": "ACTIVE"});
    assert_eq!(graveness(alert("CRITICAL")), Severity::Critical);
    assert_eq!(graveness(alert("INFORMATIONAL")), Severity::Info);
    assert_eq!(graveness(alert("otra")), Severity::Warning);
    let over = json!({"alert_type": "X", "alert_severity": "CRITICAL", "alert_status": "NONE"});
    assert_eq!(graveness(over), Severity::Info);
    assert_eq!(news("account_alerts", json!({"alert_type": "OBA_APPROVED"}))[0].state, "OBA_APPROVED");
}

#[test]
fn news_that_say_nothing_are_kept() {
    for field in FIELDS {
        for value in [json!({}), json!(null), json!([]), json!("x"), json!({"event": {}})] {
            let reception = receive(envelope(json!([{"field": field, "value": value}])));
            assert_eq!(reasons(&reception), ["news of the account that say nothing we can read"], "{field}");
        }
    }
}

#[test]
fn an_error_beside_the_messages_belongs_to_the_account() {
    let reception = receive(fixture("value_errors.json"));
    let [Event::Account(news)] = reception.events.as_slice() else { panic!("{reception:?}") };
    assert_eq!(
        (news.account.as_str(), news.kind, news.state.as_str()),
        (NUMBER, AccountKind::Account, "130429")
    );
}

fn errors(value: Value) -> Vec<Value> {
    events(&receive(envelope(json!([{"field": "messages", "value": value}]))))
}

#[test]
fn errors_are_told_apart_by_their_code_and_come_without_a_number_too() {
    let told =
        errors(json!({"errors": [{"code": 190}, {"code": "131042"}, {"code": 131_031}, {"code": 139_999}]}));
    let brief: Vec<String> =
        told.iter().map(|it| format!("{} {} {}", it["state"], it["kind"], it["severity"])).collect();
    assert_eq!(
        brief,
        [
            r#""190" "access" "critical""#,
            r#""131042" "access" "critical""#,
            r#""131031" "account" "critical""#,
            r#""139999" "account" "warning""#
        ]
    );
    assert_eq!(told[0]["account"], "109876543210987");
    assert_eq!(
        told[3]["sentence"],
        "WhatsApp avisó de una falla que no conocemos (139999): avisa a soporte."
    );
}

#[test]
fn an_error_without_a_code_is_kept_and_so_are_those_of_a_number_that_is_not_ours() {
    let nameless = receive(envelope(json!([change(json!({"errors": [{"title": "…"}, 7]}))])));
    assert_eq!(reasons(&nameless), ["an error of the account without a code"; 2]);
    for value in [
        json!({"metadata": {"phone_number_id": "1"}, "errors": [{"code": 190}]}),
        json!({"messages": [a_text()], "errors": [{"code": 190}]}),
    ] {
        let foreign = receive(envelope(json!([{"field": "messages", "value": value}])));
        assert!(foreign.events.is_empty());
        assert_eq!(reasons(&foreign), ["the phone_number_id is none of ours"]);
    }
}
