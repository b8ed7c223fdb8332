//! One person on several channels: what goes on, what stays where it was, and what a window does.

use std::time::Duration;

use serde_json::json;
use ventanilla::simulator::{Said, twilio::DialOutcome};

use crate::support::{TestApp, citizen::Citizen, moment, wire};

async fn says_all(citizen: &mut Citizen<'_>, words: &[&str]) -> String {
    let mut last = String::new();
    for said in words {
        last = citizen.asks(said).await;
    }
    last
}

async fn owners(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) AS n FROM persons WHERE merged_into IS NULL", []).await
}

#[tokio::test]
async fn a_report_begun_on_whatsapp_goes_on_by_sms_and_ends_on_a_call() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let asked = says_all(&mut lupe, &["hay un bache", "no", "1"]).await;
    assert!(asked.contains("¿Dónde está?"), "{asked}");

    let mut texting = app.texter("Lupe");
    let offered = texting.asks("hola").await;
    assert!(offered.contains("bache") && offered.contains("¿Seguimos?"), "{offered}");
    let again = texting.asks("1").await;
    assert!(again.contains("¿En qué calle y cruce está?"), "{again}");
    let more = texting.asks("calle 20 por 15, Guadalupe").await;
    assert!(more.contains("¿Qué más debe saber"), "{more}");

    let mut calling = app.caller("Lupe");
    let offered = calling.hears().await.join(" ");
    assert!(offered.contains("asistente automático"), "a caller hears first that it is a machine: {offered}");
    assert!(offered.contains("bache") && offered.contains("¿Seguimos?"), "{offered}");
    let again = calling.asks("sí").await;
    assert!(again.contains("¿Qué más debe saber"), "{again}");
    let summary = calling.asks("está muy hondo").await;
    assert!(summary.contains("está completo") && summary.contains("¿Lo mando así?"), "{summary}");
    assert!(!summary.contains("Guadalupe"), "what was written elsewhere is not read out: {summary}");
    calling.call().press("1").unwrap();
    let filed = calling.hears().await.join(" ");
    assert!(filed.contains("folio P C."), "{filed}");
    calling.hangs_up().await;

    assert_eq!(owners(&app).await, 1, "one phone is one person");
    let report = "SELECT channel || ' ' || category || ' ' || description AS t FROM reports";
    assert_eq!(app.texts(report).await, ["voice pothole está muy hondo"]);
    assert!(app.twilio.alerts().is_empty(), "{:?}", app.twilio.alerts());
}

#[tokio::test]
async fn who_does_not_want_to_go_on_begins_anew() {
    let app = TestApp::new().await;
    says_all(&mut app.citizen("Lupe"), &["hay un bache", "no"]).await;
    let mut texting = app.texter("Lupe");
    texting.asks("hola").await;
    let left = texting.asks("2").await;
    assert!(!left.contains("tamaño"), "{left}");
    let fresh = texting.asks("hay una fuga de agua").await;
    assert!(fresh.contains("Fuga de agua"), "{fresh}");
}

#[tokio::test]
async fn something_new_is_begun_at_once_and_the_old_waits_below() {
    let app = TestApp::new().await;
    says_all(&mut app.citizen("Lupe"), &["hay un bache", "no"]).await;
    let mut texting = app.texter("Lupe");
    let fresh = texting.asks("hay una fuga de agua").await;
    assert!(fresh.contains("Fuga de agua") && !fresh.contains("¿Seguimos?"), "{fresh}");
}

#[tokio::test]
async fn after_a_day_the_talk_of_another_channel_is_over() {
    let app = TestApp::new().await;
    says_all(&mut app.citizen("Lupe"), &["hay un bache", "no"]).await;
    app.advance(Duration::from_secs(25 * 3600)).await;
    let greeted = app.texter("Lupe").asks("hola").await;
    assert!(!greeted.contains("bache"), "{greeted}");
}

#[tokio::test]
async fn a_private_matter_is_not_spoken_of_elsewhere_and_waits_where_it_was_begun() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let asked = lupe.asks("quiero denunciar a un policía que me pidió dinero").await;
    assert!(asked.contains('?'), "{asked}");
    let mut texting = app.texter("Lupe");
    let greeted = texting.asks("hola").await;
    assert!(!greeted.contains("¿Seguimos?") && !greeted.to_lowercase().contains("denuncia"), "{greeted}");
    let mut calling = app.caller("Lupe");
    let welcomed = calling.hears().await.join(" ");
    assert!(!welcomed.contains("¿Seguimos?"), "{welcomed}");
    calling.hangs_up().await;
    assert!(texting.hears().await.is_empty(), "nothing is written about it after the call");
}

#[tokio::test]
async fn a_danger_told_on_whatsapp_does_not_show_to_whoever_calls_or_texts_from_that_phone() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let told = lupe.asks("mi esposo me pega y me quiere matar").await;
    assert!(told.contains("911"), "{told}");
    let texted = app.texter("Lupe").asks("hola").await;
    let mut calling = app.caller("Lupe");
    let heard = calling.hears().await.join(" ");
    for said in [texted, heard] {
        let said = said.to_lowercase();
        assert!(!said.contains("911") && !said.contains("mujeres") && !said.contains("sigo"), "{said}");
    }
    calling.hangs_up().await;
    assert!(lupe.asks("tengo miedo").await.contains("911"), "where it was told it goes on");
}

#[tokio::test]
async fn a_private_matter_of_a_call_is_over_with_the_call() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    let asked = calling.asks("quiero denunciar a un policía que me pidió dinero").await;
    assert!(asked.contains('?'), "{asked}");
    calling.hangs_up().await;
    let again = app.caller("Lupe");
    let heard: String = again.call().heard().await.iter().map(|said| said.text.to_string()).collect();
    assert!(!heard.contains('?'), "whoever calls next is asked nothing: {heard}");
    again.hangs_up().await;
    assert!(app.texter("Lupe").hears().await.is_empty());
}

#[tokio::test]
async fn who_talked_with_a_person_waits_for_nobody_any_more() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.call().press("0").unwrap();
    calling.hears().await;
    calling.call().dial_outcome(DialOutcome::Completed).unwrap();
    calling.call().ended().await;
    app.until("the town hears that the call is over", async || {
        app.count("SELECT COUNT(*) AS n FROM inbox WHERE provider_id LIKE '%:ended' AND state = 'done'", [])
            .await
            == 1
    })
    .await;
    app.settle().await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM handovers WHERE closed_at IS NULL", []).await, 0);
    assert!(app.texter("Lupe").asks("hay un bache").await.contains("Bache"));
}

#[tokio::test]
async fn a_photo_sent_by_whatsapp_goes_to_the_report_begun_by_sms() {
    let app = TestApp::new().await;
    let mut texting = app.texter("Lupe");
    says_all(&mut texting, &["hay un bache", "no", "1"]).await;
    let mut lupe = app.citizen("Lupe");
    lupe.sends_pin(20.968, -89.621).await;
    let next = lupe.hears().await.join(" ");
    assert!(!next.contains("¿Seguimos?"), "{next}");
}

#[tokio::test]
async fn a_call_that_breaks_off_goes_on_by_sms_where_that_was_agreed() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    says_all(&mut calling, &["hay un bache", "no"]).await;
    let asked = calling.asks("sí").await;
    assert!(asked.contains("¿De qué tamaño es?"), "{asked}");
    calling.hangs_up().await;
    let mut texting = app.texter("Lupe");
    let texts = texting.hears().await.join("\n");
    assert!(texts.contains("Se cortó la llamada") && texts.contains("¿De qué tamaño es?"), "{texts}");
    let next = texting.asks("2").await;
    assert!(next.contains("¿En qué calle y cruce está?"), "nobody asks again whether to go on: {next}");
}

#[tokio::test]
async fn without_a_yes_a_call_that_breaks_off_is_not_followed_by_a_text() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    says_all(&mut calling, &["hay un bache", "no", "no"]).await;
    calling.hangs_up().await;
    assert!(app.texter("Lupe").hears().await.is_empty());
}

#[tokio::test]
async fn a_caller_who_hides_their_number_is_served_and_never_written_to() {
    let app = TestApp::new().await;
    let call = app.twilio.call("anonymous").unwrap();
    call.heard().await;
    call.say("hay un bache", Some(0.9)).unwrap();
    let said: String = call.heard().await.iter().map(|said| said.text.to_string()).collect();
    assert!(said.contains("herido"), "{said}");
    call.say("no", None).unwrap();
    let said: String = call.heard().await.iter().map(|said| said.text.to_string()).collect();
    assert!(said.contains("¿De qué tamaño es?"), "nobody asks whether to write to them: {said}");
    call.hang_up().unwrap();
    call.ended().await;
    app.until("the town hears it", async || {
        app.count("SELECT COUNT(*) AS n FROM inbox WHERE provider_id LIKE '%:ended' AND state = 'done'", [])
            .await
            == 1
    })
    .await;
    app.settle().await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE channel <> 'voice'", []).await, 0);
}

#[tokio::test]
async fn nought_calls_a_person_and_when_nobody_picks_up_a_call_back_is_offered() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.call().press("0").unwrap();
    let said = calling.hears().await.join(" ");
    assert!(said.contains("Te paso con una persona"), "{said}");
    calling.call().dial_outcome(DialOutcome::NoAnswer).unwrap();
    let said = calling.hears().await.join(" ");
    assert!(said.contains("te llame"), "{said}");
    calling.asks("sí").await;
    let wanted = app.texts("SELECT call_phone AS t FROM handovers WHERE closed_at IS NULL").await;
    assert!(wanted[0].starts_with("+52981"), "{wanted:?}");
    calling.hangs_up().await;
}

#[tokio::test]
async fn three_silences_lead_to_a_person_and_the_same_webhook_gives_the_same_answer() {
    let app = TestApp::new().await;
    app.twilio.arm(ventanilla::simulator::twilio::Fault::TurnTwice, 10);
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    let mut said = String::new();
    for _ in 0..3 {
        calling.call().silence().unwrap();
        said = calling.hears().await.join(" ");
    }
    assert!(said.contains("Te paso con una persona"), "{said}");
    let stats = app.twilio.stats();
    assert!(stats.turns_repeated >= 4 && stats.turns_differed == 0, "{stats:?}");
    calling.hangs_up().await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM handovers", []).await, 1, "nothing was done twice");
}

#[tokio::test]
async fn a_call_that_goes_round_ends_with_a_person_and_a_danger_is_heard_even_then() {
    for (last, wanted) in [("no sé", "Te paso con una persona"), ("mi esposo me quiere matar", "911")] {
        let app = TestApp::builder().configure(|config| config.voice.most_turns = 5).start().await;
        let mut calling = app.caller("Lupe");
        calling.hears().await;
        says_all(&mut calling, &["hay un bache", "no", "no"]).await;
        let said = calling.asks(last).await;
        assert!(said.contains(wanted) || said.contains("9 1 1") && wanted == "911", "{last}: {said}");
        calling.hangs_up().await;
    }
}

#[tokio::test]
async fn the_end_of_a_call_may_come_before_its_last_turn() {
    let app = TestApp::new().await;
    app.twilio.arm(ventanilla::simulator::twilio::Fault::CompletedEarly, 1);
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.says("hay un bache").await;
    calling.call().ended().await;
    app.settle().await;
    assert!(app.twilio.alerts().is_empty(), "{:?}", app.twilio.alerts());
}

// ---- the window

#[tokio::test]
async fn after_24_hours_an_answer_is_kept_and_one_template_says_so() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    app.advance(Duration::from_secs(26 * 3600)).await;
    for words in ["Ya lo revisamos.", "Pasa mañana por tu copia."] {
        let entry = ventanilla::store::handovers::list_open(app.app().store.read()).await.unwrap().remove(0);
        app.agent_says(entry, "Ana", words).await.unwrap();
    }
    app.settle().await;
    let heard = lupe.hears().await;
    assert_eq!(heard, ["Tenemos una respuesta para ti. Contesta este mensaje para verla."]);
    assert_eq!(app.outbox_states().await.iter().filter(|state| *state == "kept").count(), 2);
    assert_eq!(lupe.asks("a ver").await, "Ya lo revisamos.\n\nPasa mañana por tu copia.");
}

#[tokio::test]
async fn a_message_that_comes_days_late_opens_no_window() {
    let app = TestApp::new().await;
    let late = moment("2026-11-20T10:00:00-06:00") / 1000;
    let mut text = wire::text("wamid.late", "5219810000077", "hay un bache");
    text["timestamp"] = json!(late.to_string());
    let change = wire::change(ventanilla::demo::PHONE_NUMBER_ID, "messages", &[text]);
    assert_eq!(app.post_signed(wire::envelope(&[change]).to_string().as_bytes()).await, 200);
    app.advance(Duration::from_secs(2)).await;
    let states = app.outbox_states().await;
    assert!(states.contains(&"kept".to_owned()), "{states:?}");
    app.may_end_unfinished();
}

#[tokio::test]
async fn what_was_written_an_hour_ago_is_not_answered_as_if_live() {
    let app = TestApp::new().await;
    let earlier = moment("2026-11-23T08:00:00-06:00") / 1000;
    let mut lupe = app.citizen("Lupe");
    let mut text = wire::text("wamid.late", lupe.wa_id(), "hay un bache");
    text["timestamp"] = json!(earlier.to_string());
    let change = wire::change(ventanilla::demo::PHONE_NUMBER_ID, "messages", &[text]);
    // The simulated phone knows nothing of this message, but its window must be open.
    lupe.asks("hola").await;
    assert_eq!(app.post_signed(wire::envelope(&[change]).to_string().as_bytes()).await, 200);
    let answer = lupe.hears().await.join("\n");
    assert!(answer.starts_with("Perdona la demora") && answer.contains("Bache"), "{answer}");
}

#[tokio::test]
async fn ten_stickers_are_answered_once_an_hour() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    for _ in 0..3 {
        lupe.sends_unsupported("poll_creation").await;
    }
    assert_eq!(lupe.hears().await.len(), 1);
    app.advance(Duration::from_secs(3601)).await;
    lupe.sends_unsupported("poll_creation").await;
    assert_eq!(lupe.hears().await.len(), 1);
}

#[tokio::test]
async fn a_photo_that_got_lost_is_asked_for_again() {
    let app = TestApp::new().await;
    app.simulator.arm(ventanilla::simulator::Fault::MediaGone, 5);
    let mut lupe = app.citizen("Lupe");
    lupe.sends_photo().await;
    app.advance(Duration::from_secs(2)).await;
    assert!(lupe.hears().await.join("").contains("¿Me lo mandas otra vez?"));
}

// ---- who somebody is

#[tokio::test]
async fn a_hidden_number_that_is_shared_joins_the_two_records() {
    let app = TestApp::new().await;
    app.texter("Lupe").asks("hola").await;
    let lupe = app.citizen("Lupe");
    let hidden = ventanilla::simulator::Profile { hide_phone: Some(true), ..Default::default() };
    app.simulator.set_profile(lupe.wa_id(), hidden).unwrap();
    app.simulator.say(lupe.wa_id(), Said::Text { text: "hay un bache".to_owned() }).unwrap();
    app.settle().await;
    assert_eq!(owners(&app).await, 2, "nobody can know yet");
    let own: Said = serde_json::from_value(json!({ "type": "own_contact" })).unwrap();
    app.simulator.say(lupe.wa_id(), own).unwrap();
    app.settle().await;
    assert_eq!(owners(&app).await, 1);
}

#[tokio::test]
async fn a_number_that_changed_hands_leads_to_nobody() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    says_all(&mut lupe, &["hay un bache", "no"]).await;
    let moved: Said =
        serde_json::from_value(json!({ "type": "change_number", "new_wa_id": "5219810000099" })).unwrap();
    app.simulator.say(lupe.wa_id(), moved).unwrap();
    app.settle().await;
    let stranger = app.texter("Lupe").asks("hola").await;
    assert!(!stranger.contains("bache"), "the number is somebody else's now: {stranger}");
}

#[tokio::test]
async fn a_colleagues_answer_from_the_phone_silences_the_bot_until_the_chat_is_closed() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hola").await;
    let echo: Said = serde_json::from_value(
        json!({ "type": "echo", "said": { "type": "text", "text": "Ya vamos para allá" } }),
    )
    .unwrap();
    app.simulator.say(lupe.wa_id(), echo).unwrap();
    app.settle().await;
    lupe.hears().await;
    assert_eq!(lupe.asks("gracias").await, "");
    let entry = ventanilla::store::handovers::list_open(app.app().store.read()).await.unwrap().remove(0);
    app.agent_closes(entry).await;
    assert!(lupe.asks("hay un bache").await.contains("Bache"));
}

#[tokio::test]
async fn a_corrected_message_is_read_as_corrected_and_one_taken_back_is_gone() {
    let app = TestApp::new().await;
    let lupe = app.citizen("Lupe");
    let first = app.simulator.say(lupe.wa_id(), Said::Text { text: "secreto".to_owned() }).unwrap();
    app.settle().await;
    let edit: Said =
        serde_json::from_value(json!({ "type": "edit", "original_message_id": first, "text": "hola" }))
            .unwrap();
    app.simulator.say(lupe.wa_id(), edit).unwrap();
    app.settle().await;
    let kept = app.texts("SELECT inbound_json AS t FROM inbox ORDER BY id").await;
    assert!(kept[0].contains("hola") && !kept[0].contains("secreto"));
    let revoke: Said =
        serde_json::from_value(json!({ "type": "revoke", "original_message_id": first })).unwrap();
    app.simulator.say(lupe.wa_id(), revoke).unwrap();
    app.advance(Duration::from_secs(2)).await;
    let kept = app.texts("SELECT inbound_json AS t FROM inbox ORDER BY id").await;
    assert!(!kept[0].contains("hola"));
}

#[tokio::test]
async fn news_of_the_account_are_told_to_staff_once() {
    let app = TestApp::new().await;
    let notice: ventanilla::simulator::Notice = serde_json::from_value(json!({
        "type": "template_status", "name": "aviso_respuesta", "language": "es_MX", "event": "PAUSED"
    }))
    .unwrap();
    app.simulator.notify(notice).unwrap();
    app.settle().await;
    let open = ventanilla::store::notices::open(app.app().store.read()).await.unwrap();
    assert_eq!((open.len(), open[0].about.as_deref()), (1, Some("aviso_respuesta/es_MX")));
    // A paused template is not sent: the answer just waits.
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    app.advance(Duration::from_secs(26 * 3600)).await;
    let entry = ventanilla::store::handovers::list_open(app.app().store.read()).await.unwrap().remove(0);
    app.agent_says(entry, "Ana", "Ya quedó.").await.unwrap();
    app.settle().await;
    assert!(lupe.hears().await.is_empty());
}
