//! What people allow us to send them, said in a conversation and kept in the ledger; and calls to be made.

use serde_json::{Value, json};
use ventanilla::{
    actions::{self, Asker},
    store::{
        self,
        consents::{ConsentRow, ConsentSource, ConsentState, Purpose},
        handovers::HandoverRow,
    },
};
use ventanilla_adapters::{Channel, ConsentNews, ConsentScope, Sender, Wish};
use ventanilla_flows::Suspended;
use ventanilla_values::Lang;

use crate::support::TestApp;

/// The ledger of the only person there is, as "purpose channel state".
async fn ledger(app: &TestApp) -> (Vec<String>, Vec<ConsentRow>) {
    app.settle().await;
    let app = app.app();
    let rows = store::consents::history(app.store.read(), only_person(&app).await).await.unwrap();
    let line = |row: &ConsentRow| {
        let channel = row.channel.map_or("*", Channel::as_str);
        format!("{} {channel} {}", row.purpose.as_str(), row.state.as_str())
    };
    (rows.iter().map(line).collect(), rows)
}

async fn only_person(app: &ventanilla::app::App) -> uuid::Uuid {
    let open = "SELECT id FROM persons";
    let row = sea_orm::ConnectionTrait::query_one_raw(
        app.store.read(),
        sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, open),
    );
    row.await.unwrap().unwrap().try_get("", "id").unwrap()
}

#[tokio::test]
async fn stop_in_the_middle_of_a_report_holds_at_once_and_the_report_goes_on() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    lupe.asks("no").await;
    let answer = lupe.asks("¡Baja!").await;
    assert!(answer.starts_with("Listo. Ya no te mandamos avisos"), "{answer}");
    assert!(answer.contains("¿De qué tamaño es?"), "{answer}");
    let (lines, rows) = ledger(&app).await;
    assert_eq!(
        lines,
        [
            "suggestions * withdrawn",
            "surveys * withdrawn",
            "news * withdrawn",
            "case_updates whatsapp withdrawn",
            "continue_by_sms whatsapp withdrawn"
        ]
    );
    assert!(
        rows.iter().all(|row| row.source == ConsentSource::Keyword && row.evidence.starts_with("wamid."))
    );
    assert!(rows[0].text_shown.contains("escribe *ALTA*"), "the words that she read, in her language");
    let app = app.app();
    let (person, warnings) = (only_person(&app).await, Purpose::Emergencies);
    let state = store::consents::state(app.store.read(), person, warnings, Channel::Whatsapp);
    assert_eq!(state.await.unwrap(), None, "warnings are not touched");
}

#[tokio::test]
async fn start_is_heard_in_the_middle_of_a_dialogue_too() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero saber cómo va mi reporte").await;
    lupe.asks("STOP").await;
    let answer = lupe.asks("alta").await;
    assert!(answer.starts_with("Listo. Te avisamos por aquí"), "{answer}");
    assert!(answer.contains("¿Cuál es tu folio?"), "{answer}");
    let (lines, rows) = ledger(&app).await;
    let granted = ["case_updates", "suggestions", "news"].map(|one| format!("{one} whatsapp granted"));
    assert_eq!(lines[5..], granted);
    assert_eq!(rows.last().unwrap().state, ConsentState::Granted);
}

#[tokio::test]
async fn to_end_something_is_not_to_end_our_messages() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let answer = lupe.asks("quiero dar de baja mi toma de agua").await;
    assert!(!answer.contains("Ya no te mandamos") && !answer.contains("¿Quieres que ya no"), "{answer}");
    assert_eq!(ledger(&app).await.0, [""; 0]);
}

#[tokio::test]
async fn what_may_mean_stop_is_asked_first() {
    for word in ["dar de baja", "salir", "NO"] {
        let app = TestApp::new().await;
        let mut lupe = app.citizen("Lupe");
        let answer = lupe.asks(word).await;
        assert!(answer.starts_with("¿Quieres que ya no te mandemos avisos ni noticias?"), "{word}: {answer}");
        assert_eq!(ledger(&app).await.0, [""; 0], "{word}");
        let answer = lupe.asks("sí").await;
        assert!(answer.starts_with("Listo."), "{word}: {answer}");
        let (lines, rows) = ledger(&app).await;
        assert_eq!((lines.len(), rows[0].source), (5, ConsentSource::Flow), "{word}");
    }
}

#[tokio::test]
async fn with_a_dialogue_open_no_and_leave_mean_what_they_say() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    let answer = lupe.asks("NO").await;
    assert!(answer.contains("¿De qué tamaño es?"), "{answer}");
    let answer = lupe.asks("cancelar").await;
    assert!(answer.starts_with("Listo, lo dejamos."), "{answer}");
    assert_eq!(ledger(&app).await.0, [""; 0]);
}

#[tokio::test]
async fn help_says_how_to_reach_a_person_and_asks_the_question_again() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let answer = lupe.asks("Ayuda").await;
    assert!(answer.contains("*persona*") && answer.contains("*BAJA*"), "{answer}");
    lupe.asks("hay un bache").await;
    let answer = lupe.asks("INFO").await;
    assert!(answer.contains("*persona*") && answer.contains("¿Hay alguien herido"), "{answer}");
}

#[tokio::test]
async fn a_cry_for_help_of_somebody_in_danger_is_no_keyword() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let answer = lupe.asks("ya no quiero vivir").await;
    assert!(answer.contains("800 911 2000"), "{answer}");
    for word in ["AYUDA", "no"] {
        let answer = lupe.asks(word).await;
        assert!(answer.contains("911") && !answer.contains("avisos"), "{word}: {answer}");
    }
}

#[tokio::test]
async fn stop_is_heard_while_a_person_of_the_town_attends() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    let entry = only_handover(&app).await;
    app.agent_says(entry, "Rosa", "Buenos días, ¿qué necesita?").await.unwrap();
    lupe.hears().await;
    lupe.says("gracias").await;
    assert!(lupe.hears().await.is_empty(), "the bot is silent");
    let answer = lupe.asks("ALTO").await;
    assert!(answer.starts_with("Listo."), "{answer}");
    assert_eq!(ledger(&app).await.0.len(), 5);
}

async fn only_handover(app: &TestApp) -> HandoverRow {
    app.settle().await;
    let open = store::handovers::list_open(app.app().store.read()).await.unwrap();
    assert_eq!(open.len(), 1);
    open.into_iter().next().unwrap()
}

/// Does an action as a flow would.
async fn act(app: &TestApp, action: &str, args: Value) -> Result<Value, String> {
    let app = app.app();
    let unit = app.store.unit().await.unwrap();
    let person = only_person(&app).await;
    let asker = Asker {
        person,
        address: store::people::last_address(app.store.read(), person).await.unwrap().unwrap(),
        turn: 9,
        idx: 0,
        lang: Lang::EN,
        now: app.clock.now(),
        catalogue: &app.contents.active.catalogue,
    };
    let asked = Suspended { action: action.to_owned(), args };
    let done = actions::run(&app, &unit, &asker, &asked).await.unwrap();
    unit.commit().await.unwrap();
    done.into_result()
}

#[tokio::test]
async fn a_call_back_waits_in_the_queue_with_the_number() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hola").await;
    let call = act(&app, "call_back", json!({ "reason": "nobody picked up", "phone": null })).await.unwrap();
    let own = format!("+{}", lupe.wa_id());
    let entry = only_handover(&app).await;
    let phone = entry.call_phone.unwrap();
    assert!(own.ends_with(phone.trim_start_matches("+52")), "{phone} is not hers");
    assert!(phone.ends_with(call["ends_in"].as_str().unwrap()) && call["open"] == true, "{call}");
    let other = json!({ "reason": "nobody picked up", "phone": "982 555 01 42" });
    assert_eq!(act(&app, "call_back", other).await.unwrap()["ends_in"], "0142");
    assert_eq!(only_handover(&app).await.call_phone.as_deref(), Some("+529825550142"));
    let wrong = json!({ "reason": "nobody picked up", "phone": "mañana" });
    assert!(act(&app, "call_back", wrong).await.is_err());
}

#[tokio::test]
async fn a_consent_without_purpose_or_words_is_none() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hola").await;
    let consent = async |purposes: Value, state: &str, shown: Value| {
        act(&app, "consent", json!({ "purposes": purposes, "state": state, "shown": shown })).await
    };
    let shown = json!({"es": "¿Te aviso?", "en": "Shall I tell you?"});
    for (purposes, state, shown) in [
        (json!([]), "granted", shown.clone()),
        (json!(["gossip"]), "granted", shown.clone()),
        (json!("news"), "maybe", shown.clone()),
        (json!("news"), "granted", json!(" ")),
        (json!("news"), "granted", json!({})),
    ] {
        assert!(consent(purposes, state, shown).await.is_err());
    }
    assert_eq!(ledger(&app).await.0, [""; 0]);
    assert_eq!(consent(json!("news"), "granted", shown.clone()).await.unwrap()["changed"], true);
    assert_eq!(consent(json!(["news"]), "granted", shown).await.unwrap()["changed"], false);
    let (lines, rows) = ledger(&app).await;
    assert_eq!(lines, ["news whatsapp granted"], "the same turn says a thing once");
    assert_eq!((rows[0].text_shown.as_str(), rows[0].evidence.as_str()), ("Shall I tell you?", "turn:9"));
}

/// Twilio answered STOP or START itself, and tells us so.
async fn twilio_tells(app: &TestApp, id: &str, wish: Wish) {
    let app = app.app();
    let person = only_person(&app).await;
    let from = store::people::last_address(app.store.read(), person).await.unwrap().unwrap();
    let from = Sender { address: from, also: Vec::new(), name: None };
    let news = ConsentNews { id: id.to_owned(), from, wish, scope: ConsentScope::Channel, at: None };
    let unit = app.store.unit().await.unwrap();
    ventanilla::consent::provider_told(&app, &unit, person, &news, app.clock.now()).await.unwrap();
    unit.commit().await.unwrap();
}

#[tokio::test]
async fn a_stop_that_the_provider_answered_ends_offers_everywhere_and_a_start_brings_none_back() {
    let app = TestApp::new().await;
    app.texter("Lupe").asks("hola").await;
    twilio_tells(&app, "SM1", Wish::OptOut).await;
    let (lines, _) = ledger(&app).await;
    let stopped = [
        "case_updates sms withdrawn",
        "continue_by_sms sms withdrawn",
        "suggestions * withdrawn",
        "surveys * withdrawn",
        "news * withdrawn",
    ];
    assert_eq!(lines, stopped);
    twilio_tells(&app, "SM2", Wish::OptIn).await;
    let (lines, _) = ledger(&app).await;
    assert_eq!(lines[5..], ["case_updates sms granted"]);
}
