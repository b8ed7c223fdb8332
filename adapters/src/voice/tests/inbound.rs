//! What Twilio sends -> what we understand.

use serde_json::json;

use super::*;
use crate::{AddressKey, Body, CallEvent};

fn key(from: &str) -> String {
    let body = changed("call_start.form", &[("From", Some(from)), ("Caller", Some(from))]);
    message(PATH, body).from.address.key.to_string()
}

#[test]
fn a_call_begins_and_waits_for_what_it_shall_hear() {
    let reception = receive(PATH, fixture("call_start.form"));
    assert_eq!(reception.awaits, Some((OURS.to_owned(), format!("{CALL}:start"))));
    let message = message(PATH, fixture("call_start.form"));
    assert_eq!(message.id, format!("{CALL}:start"));
    assert_eq!(message.body, Body::Call { event: CallEvent::Started });
    assert_eq!((message.channel, message.account.as_str(), message.sent_at), (Channel::Voice, OURS, None));
    assert_eq!(message.from.address.key, AddressKey::Phone("+525500000111".to_owned()));
    assert_eq!(message.from.address.route, "+525500000111");
}

#[test]
fn a_call_may_begin_with_a_get() {
    let target = format!("{PATH}?{}", String::from_utf8(fixture("call_start.form")).unwrap());
    let reception = voice().receive(&signed(Method::GET, &target, "")).unwrap();
    assert_eq!(reception.awaits, Some((OURS.to_owned(), format!("{CALL}:start"))));
    assert_eq!(reception.events.len(), 1);
}

#[test]
fn what_was_said_or_pressed_is_a_message_of_its_question() {
    let said =
        |text: &str, confidence: f32| json!({"type": "speech", "text": text, "confidence": confidence});
    for (name, body) in [
        (
            "gather_speech.form",
            said("Quiero reportar una fuga de agua en la calle Hidalgo, esquina con Morelos.", 0.912_838_7),
        ),
        ("gather_speech_low_confidence.form", said("quiero un acta de nada miento", 0.312_000_1)),
        ("gather_speech_digits_spoken.form", said("cero cuatro uno uno ocho cero dos dos", 0.8411)),
        ("gather_dtmf.form", json!({"type": "digits", "digits": "2", "from": 0})),
        ("gather_empty.form", json!({"type": "silence"})),
    ] {
        let message = message(TURN, fixture(name));
        assert_eq!(serde_json::to_value(&message.body).unwrap(), body, "{name}");
        assert_eq!(message.id, format!("{CALL}:motivo:1"));
        assert_eq!(receive(TURN, fixture(name)).awaits, Some((OURS.to_owned(), message.id)));
    }
}

#[test]
fn a_missing_or_senseless_confidence_is_none_and_not_a_low_one() {
    for told in [
        None,
        Some(""),
        Some("NaN"),
        Some("alta"),
        Some("0"),
        Some("0.0"),
        Some("-1"),
        Some("1e9"),
        Some("inf"),
    ] {
        let body = changed("gather_speech.form", &[("Confidence", told)]);
        let Body::Speech { confidence, .. } = message(TURN, body).body else { panic!("speech") };
        assert_eq!(confidence, None, "{told:?}");
    }
    let body = changed("gather_speech.form", &[("Confidence", Some(" 0.25 "))]);
    let Body::Speech { confidence, .. } = message(TURN, body).body else { panic!("speech") };
    assert_eq!(confidence, Some(0.25));
}

#[test]
fn nothing_that_was_heard_is_silence() {
    for changes in [
        [("SpeechResult", Some("  ")), ("Digits", None)],
        [("SpeechResult", None), ("Digits", Some("hangup"))],
    ] {
        assert_eq!(message(TURN, changed("gather_speech.form", &changes)).body, Body::Silence);
    }
    let fallen_through = format!("{TURN}&vacio=1");
    let message = message(&fallen_through, fixture("gather_empty.form"));
    assert_eq!((message.body, message.id), (Body::Silence, format!("{CALL}:motivo:1")), "the same question");
}

#[test]
fn keys_come_without_the_one_that_ends_them_and_count_from_what_was_read_out() {
    let pressed = |digits: &str, target: &str| {
        let Body::Digits { digits, from } =
            message(target, changed("gather_dtmf.form", &[("Digits", Some(digits))])).body
        else {
            panic!("digits")
        };
        (digits, from)
    };
    assert_eq!(pressed("48213305#", TURN), ("48213305".to_owned(), 0));
    assert_eq!(pressed("*", TURN), ("*".to_owned(), 0));
    assert_eq!(pressed("#", TURN), ("#".to_owned(), 0));
    assert_eq!(pressed("1", &format!("{TURN}&desde=5")), ("1".to_owned(), 5));
    assert_eq!(pressed("1", &format!("{TURN}&desde=-5")), ("1".to_owned(), 0));
}

#[test]
fn the_same_question_asked_again_is_another_message() {
    let id = |target: &str| message(target, fixture("gather_speech.form")).id;
    assert_eq!(id("/webhooks/voice?paso=menu&intento=0&turno=1"), format!("{CALL}:menu:0:1"));
    assert_eq!(id("/webhooks/voice?paso=menu&intento=0&turno=2"), format!("{CALL}:menu:0:2"));
}

#[test]
fn a_caller_who_comes_back_from_a_filler_says_nothing_new() {
    for (target, body, id) in [
        (format!("{TURN}&espera=1"), "gather_empty.form", "motivo:1"),
        (format!("{PATH}?espera=2"), "call_start.form", "start"),
        (format!("{DIAL_PATH}?turno=3&pierna=CA9&espera=1"), "call_start.form", "dial:CA9"),
    ] {
        let reception = receive(&target, fixture(body));
        assert!(reception.events.is_empty() && reception.quarantined.is_empty());
        assert_eq!(reception.awaits, Some((OURS.to_owned(), format!("{CALL}:{id}"))));
    }
}

#[test]
fn a_withheld_number_is_nobody() {
    for from in [
        "anonymous",
        "unknown",
        "+266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "client:ana",
        "sip:modulo3@municipio.sip.twilio.com",
        "5512345678",
        "+0000000000",
        "",
    ] {
        assert_eq!(key(from), format!("call:{CALL}"), "{from}");
    }
    assert_eq!(key("+5215512345678"), "phone:+525512345678", "one phone, however the network spells it");
    let sip = message(PATH, fixture("call_start_sip.form"));
    assert_eq!(sip.from.address.key.to_string(), "call:CA000000000000000000000000000000a3");
}

#[test]
fn a_call_that_was_passed_on_comes_back_with_how_it_went() {
    let target = format!("{DIAL_PATH}?turno=4");
    let event = |changes: &[(&str, Option<&str>)]| {
        let message = message(&target, changed("dial_action_completed.form", changes));
        let Body::Call { event } = message.body else { panic!("call") };
        (event, message.id)
    };
    let id = format!("{CALL}:dial:CA000000000000000000000000000000a9");
    assert_eq!(event(&[]), (CallEvent::Attended, id.clone()));
    assert_eq!(event(&[("DialCallStatus", Some("answered"))]).0, CallEvent::Attended);
    for status in [Some("busy"), Some("no-answer"), Some("failed"), Some("canceled"), Some("nuevo"), None] {
        assert_eq!(event(&[("DialCallStatus", status)]), (CallEvent::Unattended, id.clone()), "{status:?}");
    }
    assert_eq!(event(&[("DialBridged", Some("false"))]).0, CallEvent::Unattended, "a voicemail picked up");
    assert_eq!(event(&[("DialCallSid", None)]).1, format!("{CALL}:dial:4"));
    let told = receive(&target, fixture("dial_action_no_answer.form"));
    assert_eq!(told.awaits, Some((OURS.to_owned(), id)));
}

#[test]
fn the_end_of_a_call_is_told_once_and_waits_for_nothing() {
    let reception = receive(STATUS_PATH, fixture("status_completed.form"));
    assert_eq!((reception.response.status().as_u16(), reception.awaits), (204, None));
    let ended = message(STATUS_PATH, fixture("status_completed.form"));
    assert_eq!((ended.body, ended.id), (Body::Call { event: CallEvent::Ended }, format!("{CALL}:ended")));
    assert_eq!(ended.from.address.key.to_string(), "phone:+525500000111", "the same person as in the call");
    for status in ["busy", "failed", "no-answer", "canceled"] {
        let body = changed("status_completed.form", &[("CallStatus", Some(status))]);
        assert_eq!(message(STATUS_PATH, body).id, format!("{CALL}:ended"));
    }
    let on_the_main_path = message(PATH, fixture("status_completed.form"));
    assert_eq!(on_the_main_path.id, format!("{CALL}:ended"), "one address for both in the console");
}

#[test]
fn what_is_no_turn_is_taken_note_of_and_no_more() {
    let agents_leg = changed("status_completed.form", &[("ParentCallSid", Some(CALL))]);
    for (target, body) in [
        (STATUS_PATH, fixture("status_in_progress_late.form")),
        (STATUS_PATH, fixture("recording_status_completed.form")),
        (STATUS_PATH, agents_leg),
        (TURN, fixture("gather_partial.form")),
        (PATH, fixture("gather_partial.form")),
    ] {
        let reception = receive(target, body);
        assert_eq!(reception.response.status(), 204);
        assert!(
            reception.events.is_empty() && reception.quarantined.is_empty() && reception.awaits.is_none()
        );
    }
}

#[test]
fn a_call_to_a_number_that_is_not_ours_is_kept_and_ended_kindly() {
    for (changes, reason) in [
        (("To", Some("+525500000301")), "the number that was called is not one of ours"),
        (("AccountSid", Some("AC2")), "the call belongs to another Twilio account"),
        (("CallSid", None), "the call has no usable CallSid"),
        (("CallSid", Some("CA:1")), "the call has no usable CallSid"),
    ] {
        let body = changed("call_start.form", &[changes]);
        let reception = receive(PATH, body.clone());
        assert!(reception.events.is_empty() && reception.awaits.is_none());
        assert_eq!(
            (reception.quarantined[0].reason.as_str(), &reception.quarantined[0].raw[..]),
            (reason, &body[..])
        );
        let program = document(&text_of(&reception.response));
        assert_eq!(document::names(&program), ["Say", "Hangup"]);
        assert!(program[0].text.contains("9 1 1"), "{}", program[0].text);
    }
    let elsewhere = changed("status_completed.form", &[("To", Some("+525500000301"))]);
    let reception = receive(STATUS_PATH, elsewhere);
    assert_eq!((reception.quarantined.len(), reception.response.status().as_u16()), (1, 204));
}

#[test]
fn who_picks_up_must_press_one_to_be_joined() {
    let whisper = |target: &str, digits| {
        let body = changed("gather_dtmf.form", &[("Digits", digits), ("To", Some("+525500000400"))]);
        let reception = receive(target, body);
        assert!(
            reception.events.is_empty() && reception.quarantined.is_empty() && reception.awaits.is_none()
        );
        document(&text_of(&reception.response))
    };
    let asked = whisper(WHISPER_PATH, None);
    assert_eq!(document::names(&asked), ["Gather", "Hangup"]);
    let action = asked[0].get("action").strip_prefix(PUBLIC).unwrap();
    assert_eq!(whisper(action, Some("1")), []);
    for digits in [Some("2"), None] {
        assert_eq!(document::names(&whisper(action, digits)), ["Hangup"]);
    }
}

#[test]
fn a_request_that_twilio_did_not_sign_is_refused() {
    let mut forged = post(PATH, fixture("call_start.form"));
    *forged.uri_mut() = "/webhooks/voice?paso=menu&intento=0".parse().unwrap();
    assert_eq!(voice().receive(&forged).unwrap_err().status, 403, "the query is signed too");
    let large = post(PATH, format!("x={}", "y".repeat(MAX_BODY)));
    assert_eq!(voice().receive(&large).unwrap_err().status, 413);
    let put = signed(Method::PUT, PATH, fixture("call_start.form"));
    assert_eq!(voice().receive(&put).unwrap_err().status, 405);
}

#[test]
fn the_signatures_of_the_fixtures_are_the_ones_made_here() {
    let told: Value = serde_json::from_slice(&fixture("signatures.json")).unwrap();
    for (name, signed) in told["files"].as_object().unwrap() {
        let target = signed["url"].as_str().unwrap().strip_prefix(PUBLIC).unwrap();
        assert_eq!(sign(target, &fixture(name)), signed["x_twilio_signature"].as_str().unwrap(), "{name}");
    }
}
