//! What citizens hear of their reports, and what they say to it: news, joining, confirming, opening again, adding.

use std::time::Duration;

use ventanilla::reports::State;

use crate::support::{
    TestApp,
    citizen::Citizen,
    crew::{events, last_folio, moves, report},
};

const BATCH: Duration = Duration::from_secs(10 * 60);
const DAY: Duration = Duration::from_secs(24 * 3600);
const HERE: (f64, f64) = (18.9252, -91.1145);

/// Reports a pothole in words that everybody can send.
async fn files(app: &TestApp, lupe: &mut Citizen<'_>) -> String {
    for words in ["hay un bache", "no", "mediano", "colonia La Ceiba"] {
        lupe.asks(words).await;
    }
    without_photo(lupe, "nada más").await;
    let filed = lupe.asks("sí").await;
    assert!(filed.contains("Tu folio es"), "{filed}");
    last_folio(app).await
}

/// Says something, and that there is no photo where one is asked for.
async fn without_photo(lupe: &mut Citizen<'_>, words: &str) -> String {
    let heard = lupe.asks(words).await;
    if heard.contains("una foto") { lupe.asks("sin foto").await } else { heard }
}

/// The same with a pin, up to the question after the place.
async fn reports_here(rosa: &mut Citizen<'_>) -> String {
    for words in ["hay un bache", "no", "mediano"] {
        rosa.asks(words).await;
    }
    rosa.sends_pin(HERE.0, HERE.1).await;
    rosa.hears().await.join("\n\n")
}

async fn news(app: &TestApp, lupe: &mut Citizen<'_>, after: Duration) -> String {
    app.advance(after).await;
    lupe.hears().await.join("\n\n")
}

async fn stands(app: &TestApp, folio: &str) -> State {
    app.settle().await;
    report(app, folio).await.stands()
}

/// On every channel that people write on.
async fn everywhere(test: impl AsyncFn(&TestApp, &mut Citizen<'_>)) {
    let app = TestApp::new().await;
    test(&app, &mut app.citizen("Lupe")).await;
    let app = TestApp::new().await;
    test(&app, &mut app.texter("Lupe")).await;
    let app = TestApp::new().await;
    test(&app, &mut app.visitor().await).await;
}

#[tokio::test]
async fn several_moves_become_one_message_after_ten_minutes() {
    everywhere(async |app, lupe| {
        let folio = files(app, lupe).await;
        moves(app, &folio, State::Assigned, "").await;
        moves(app, &folio, State::InProgress, "Vamos en camino").await;
        assert_eq!(news(app, lupe, BATCH / 2).await, "", "they wait for more");
        let told = news(app, lupe, BATCH / 2).await;
        assert!(told.contains(&folio) && told.contains("Ya están atendiendo"), "{told}");
        assert!(told.contains("antes: Asignado") && told.contains("Vamos en camino"), "{told}");
        assert_eq!(news(app, lupe, BATCH).await, "", "it is told once");
    })
    .await;
}

#[tokio::test]
async fn yes_concludes_and_nobody_is_told_what_they_said() {
    everywhere(async |app, lupe| {
        let folio = files(app, lupe).await;
        moves(app, &folio, State::ResolvedClaimed, "Tapamos el hoyo con asfalto").await;
        let told = news(app, lupe, BATCH).await;
        assert!(told.contains("Tapamos el hoyo con asfalto") && told.contains("¿Quedó resuelto?"), "{told}");
        let thanks = lupe.asks("1").await;
        assert!(thanks.contains("queda concluido"), "{thanks}");
        assert_eq!(stands(app, &folio).await, State::ClosedConfirmed);
        assert_eq!(news(app, lupe, DAY * 40).await, "", "who confirmed hears no more of it");
        assert_eq!(report(app, &folio).await.outcome.as_deref(), Some("confirmed"));
    })
    .await;
}

#[tokio::test]
async fn no_asks_what_is_missing_and_opens_it_again() {
    everywhere(async |app, lupe| {
        let folio = files(app, lupe).await;
        moves(app, &folio, State::ResolvedClaimed, "Tapamos el hoyo").await;
        news(app, lupe, BATCH).await;
        let asked = lupe.asks("no").await;
        assert!(asked.contains("¿Qué falta"), "{asked}");
        let done = without_photo(lupe, "solo echaron tierra y ya se abrió").await;
        assert!(done.contains("abierto otra vez"), "{done}");
        assert_eq!(stands(app, &folio).await, State::Reopened);
        let said = "SELECT text AS t FROM report_words WHERE kind = 'citizen'";
        assert_eq!(app.texts(said).await, ["solo echaron tierra y ya se abrió"]);
    })
    .await;
}

#[tokio::test]
async fn the_buttons_count_days_later_and_in_the_middle_of_something_else() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let folio = files(&app, &mut lupe).await;
    moves(&app, &folio, State::ResolvedClaimed, "Tapamos el hoyo").await;
    news(&app, &mut lupe, BATCH).await;
    app.advance(Duration::from_secs(20 * 3600)).await;
    lupe.presses("No sé").await;
    let heard = lupe.hears().await.join("\n");
    assert!(heard.contains("lo dejo como está"), "{heard}");
    assert_eq!(stands(&app, &folio).await, State::ResolvedClaimed);
    let asked = lupe.asks(&format!("ya quedó {folio}")).await;
    assert!(asked.contains("queda concluido"), "{asked}");
    let again = lupe.asks(&format!("mi reporte {folio} sigue igual")).await;
    assert!(again.contains("¿Qué falta"), "{again}");
}

#[tokio::test]
async fn silence_lapses_after_a_week_and_counts_apart() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    let folio = files(&app, &mut lupe).await;
    moves(&app, &folio, State::ResolvedClaimed, "Tapamos el hoyo").await;
    news(&app, &mut lupe, BATCH).await;
    let asked = news(&app, &mut lupe, DAY).await;
    assert!(asked.contains("Ayer") && asked.contains("¿Quedó resuelto?"), "{asked}");
    assert_eq!(news(&app, &mut lupe, DAY * 6).await, "");
    let over = news(&app, &mut lupe, BATCH).await;
    assert!(over.contains("Pasó una semana"), "{over}");
    let row = report(&app, &folio).await;
    assert_eq!((row.stands(), row.outcome.as_deref()), (State::ClosedConfirmed, Some("lapsed")));
    assert_eq!(events(&app, &folio).await, ["filed", "moved", "ask_fixed", "moved"]);
    lupe.asks(&format!("{folio} sigue igual")).await;
    without_photo(&mut lupe, "se volvió a abrir").await;
    assert_eq!(stands(&app, &folio).await, State::Reopened);
}

#[tokio::test]
async fn a_question_is_asked_twice_more_and_then_it_ends() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    let folio = files(&app, &mut lupe).await;
    moves(&app, &folio, State::WaitingCitizen, "¿Entre qué calles está?").await;
    let asked = news(&app, &mut lupe, BATCH).await;
    assert!(asked.contains("¿Entre qué calles está?") && asked.contains("agregar"), "{asked}");
    let again = news(&app, &mut lupe, DAY * 3).await;
    assert!(again.contains("Todavía nos falta un dato"), "{again}");
    assert!(news(&app, &mut lupe, DAY * 4).await.contains("Todavía nos falta un dato"));
    assert_eq!(news(&app, &mut lupe, DAY * 3).await, "");
    let over = news(&app, &mut lupe, BATCH).await;
    assert!(over.contains("diez días sin respuesta"), "{over}");
    assert_eq!(report(&app, &folio).await.outcome.as_deref(), Some("no_info"));
}

#[tokio::test]
async fn the_answer_to_the_town_sets_the_work_going_again() {
    everywhere(async |app, lupe| {
        let folio = files(app, lupe).await;
        moves(app, &folio, State::WaitingCitizen, "¿Entre qué calles está?").await;
        news(app, lupe, BATCH).await;
        let asked = lupe.asks(&format!("agregar {folio}")).await;
        assert!(asked.contains("¿Qué agrego"), "{asked}");
        let done = without_photo(lupe, "entre la 20 y la 22").await;
        assert!(done.contains("Era lo que faltaba"), "{done}");
        assert_eq!(stands(app, &folio).await, State::Assigned);
        assert_eq!(news(app, lupe, DAY).await, "");
    })
    .await;
}

#[tokio::test]
async fn who_is_about_to_tell_the_same_is_shown_it_and_joins() {
    let app = TestApp::new().await;
    let mut lupe = app.visitor().await;
    reports_here(&mut lupe).await;
    lupe.asks("nada más").await;
    lupe.asks("sin foto").await;
    lupe.asks("sí").await;
    let folio = last_folio(&app).await;
    app.advance(DAY * 3).await;
    let mut rosa = app.citizen("Rosa");
    let shown = reports_here(&mut rosa).await;
    assert!(shown.contains("Cerca de ahí ya hay un reporte") && shown.contains("hace 3 días"), "{shown}");
    assert!(shown.contains("Bache: Mediano, como llanta") && shown.contains("Recibido"), "{shown}");
    rosa.presses("Sí, me sumo").await;
    let joined = rosa.hears().await.join("\n");
    assert!(joined.contains(&folio) && joined.contains("2 personas"), "{joined}");
    assert_eq!(report(&app, &folio).await.people, 2);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM reports", []).await, 1);
    moves(&app, &folio, State::InProgress, "").await;
    app.advance(BATCH).await;
    for both in [&mut lupe, &mut rosa] {
        let told = both.hears().await.join("\n");
        assert!(told.contains("Ya están atendiendo"), "{told}");
    }
}

#[tokio::test]
async fn another_thing_nearby_is_reported_all_the_same() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    reports_here(&mut lupe).await;
    lupe.asks("nada más").await;
    lupe.asks("sin foto").await;
    lupe.asks("sí").await;
    last_folio(&app).await;
    let mut rosa = app.citizen("Rosa");
    reports_here(&mut rosa).await;
    rosa.presses("No, es otro").await;
    let asked = rosa.hears().await.join("\n");
    assert!(asked.contains("¿Qué más debe saber"), "{asked}");
}

#[tokio::test]
async fn two_that_are_as_near_and_as_old_are_told_apart_by_their_folio() {
    let app = TestApp::new().await;
    let mut folios = Vec::new();
    for name in ["Lupe", "Beto"] {
        let mut one = app.citizen(name);
        let shown = reports_here(&mut one).await;
        if shown.contains("Cerca de ahí") {
            one.presses("No, es otro").await;
            one.hears().await;
        }
        for words in ["nada más", "sin foto", "sí"] {
            one.asks(words).await;
        }
        folios.push(last_folio(&app).await);
    }
    let mut rosa = app.citizen("Rosa");
    let shown = reports_here(&mut rosa).await;
    assert!(shown.contains("Cerca de ahí ya hay 2 reportes"), "{shown}");
    rosa.presses(&format!("A 5 m, {}", folios[0])).await;
    let joined = rosa.hears().await.join("\n");
    assert!(joined.contains(&folios[0]) && joined.contains("2 personas"), "{joined}");
}

#[tokio::test]
async fn me_sumo_with_a_folio_joins_out_of_the_blue_and_a_stranger_does_no_more() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let folio = files(&app, &mut lupe).await;
    let mut rosa = app.visitor().await;
    let stranger = rosa.asks(&format!("cancelar {folio}")).await;
    assert!(stranger.contains("¿Cancelo"), "{stranger}");
    let refused = rosa.asks("sí").await;
    assert!(refused.contains("PIN"), "{refused}");
    rosa.asks("cancelar").await;
    let joined = rosa.asks(&format!("Me sumo {folio}")).await;
    assert!(joined.contains("te sumaste") && joined.contains("2 personas"), "{joined}");
    let again = rosa.asks(&format!("me sumo {folio}")).await;
    assert!(again.contains("Ya sigues"), "{again}");
    let unknown = rosa.asks("me sumo PC-0000-0013").await;
    assert!(unknown.contains("No encuentro"), "{unknown}");
    // Who filed it leaves, and it goes on for who joined.
    lupe.asks(&format!("cancelar {folio}")).await;
    let left = lupe.asks("sí").await;
    assert!(left.contains("otras personas esperan"), "{left}");
    assert_eq!(stands(&app, &folio).await, State::Received);
}

#[tokio::test]
async fn a_stop_holds_for_news_too() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    let folio = files(&app, &mut lupe).await;
    lupe.asks("BAJA").await;
    moves(&app, &folio, State::InProgress, "").await;
    assert_eq!(news(&app, &mut lupe, BATCH).await, "");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM report_notices", []).await, 0);
}

#[tokio::test]
async fn nothing_is_told_twice_when_the_server_is_started_anew() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let folio = files(&app, &mut lupe).await;
    moves(&app, &folio, State::InProgress, "").await;
    app.stop().await;
    app.clock.advance(BATCH);
    app.start_again().await;
    assert!(news(&app, &mut lupe, Duration::ZERO).await.contains("Ya están atendiendo"));
    app.restart().await;
    assert_eq!(news(&app, &mut lupe, BATCH).await, "");
}

#[tokio::test]
async fn the_second_time_a_supervisor_looks_at_it() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    let folio = files(&app, &mut lupe).await;
    for expected in ["abierto otra vez", "supervisor"] {
        moves(&app, &folio, State::ResolvedClaimed, "Tapamos el hoyo").await;
        news(&app, &mut lupe, BATCH).await;
        lupe.asks("2").await;
        let done = without_photo(&mut lupe, "sigue abierto el hoyo").await;
        assert!(done.contains(expected), "{done}");
    }
    let escalated = "SELECT COUNT(*) AS n FROM report_events WHERE detail_json LIKE '%escalated%'";
    assert_eq!(app.count(escalated, []).await, 1);
}

#[tokio::test]
async fn an_open_report_is_not_forgotten() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    files(&app, &mut lupe).await;
    let told = news(&app, &mut lupe, DAY * 15).await;
    assert!(told.contains("sigue abierto"), "{told}");
    assert!(news(&app, &mut lupe, DAY * 15).await.contains("sigue abierto"));
}

#[tokio::test]
async fn what_nobody_shall_know_they_told_is_told_to_nobody() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    for words in ["hay un bache", "no", "mediano", "colonia La Ceiba", "nada más", "sin foto", "anónimo"] {
        lupe.asks(words).await;
    }
    lupe.asks("que sea anónimo").await;
    let filed = lupe.asks("sí").await;
    assert!(filed.contains("Tu folio es"), "{filed}");
    let folio = last_folio(&app).await;
    let row = report(&app, &folio).await;
    assert!(row.anonymous && row.person_id.is_none());
    moves(&app, &folio, State::InProgress, "").await;
    assert_eq!(news(&app, &mut lupe, BATCH).await, "");
    let asked = lupe.asks(&format!("cancelar {folio}")).await;
    assert!(asked.contains("¿Cancelo"), "{asked}");
    assert!(lupe.asks("sí").await.contains("PIN"));
    let pin = filed.split('*').nth(3).unwrap().to_owned();
    assert!(lupe.asks(&pin).await.contains("cancelé"));
}

#[tokio::test]
async fn of_a_private_report_only_the_state_is_told() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    for words in [
        "un policía me pidió mordida",
        "no",
        "Me pidieron dinero",
        "oficina de Tránsito, Centro",
        "me pidió dinero para no levantar la multa",
        "sí",
    ] {
        lupe.asks(words).await;
    }
    let folio = last_folio(&app).await;
    moves(&app, &folio, State::InProgress, "Hablamos con el agente Pérez").await;
    let told = news(&app, &mut lupe, BATCH).await;
    assert_eq!(told, format!("Hay novedades del folio *{folio}*. Su estado ahora es: En atención."));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE private AND trace = 'report'", []).await, 1);
}

#[tokio::test]
async fn yes_to_the_reminder_is_no_answer_to_a_question_that_nobody_has_read() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let folio = files(&app, &mut lupe).await;
    app.advance(DAY + DAY).await;
    moves(&app, &folio, State::ResolvedClaimed, "Tapamos el hoyo").await;
    let reminder = news(&app, &mut lupe, BATCH).await;
    assert!(reminder.contains("Tenemos una respuesta para ti"), "{reminder}");
    let shown = lupe.asks("sí").await;
    assert!(shown.contains("Tapamos el hoyo") && shown.contains("¿Quedó resuelto?"), "{shown}");
    assert_eq!(stands(&app, &folio).await, State::ResolvedClaimed);
    let done = lupe.asks("sí").await;
    assert!(done.contains("queda concluido"), "{done}");
}

#[tokio::test]
async fn whom_a_report_is_for_reaches_the_crew_alone() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache muy grande en la calle, es para mi abuelita").await;
    lupe.asks("no").await;
    for words in ["a esa persona", "Doña Chayo", "982 555 0101"] {
        lupe.asks(words).await;
    }
    let summary = without_photo(&mut lupe, "colonia La Ceiba").await;
    assert!(summary.contains("Es para alguien más"), "{summary}");
    lupe.asks("sí").await;
    app.settle().await;
    let said = app.texts("SELECT text AS t FROM report_words WHERE kind = 'citizen'").await;
    assert_eq!(said, ["Es para otra persona: Doña Chayo, tel. +529825550101."]);
    let public = app.texts("SELECT text AS t FROM report_words WHERE kind = 'public'").await;
    assert!(!public.concat().contains("Chayo"), "{public:?}");
}
