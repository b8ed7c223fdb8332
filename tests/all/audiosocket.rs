//! Calls from a telephone exchange of the town's own, over real sockets: Asterisk's end is [`asterisk`], byte by byte;
//! ears and mouth are [`voices`], which write words into the sound itself. One test uses the real ones, where they are.

mod asterisk;
mod real;
mod town;
mod voices;

use std::time::Duration;

use uuid::Uuid;

use crate::support::{TestApp, moment};
use asterisk::{Asterisk, Writes, frame};
use town::Town;
use voices::{TestEars, TestMouth};

const LUPE: &str = "9811234567";

async fn says_all(call: &mut Asterisk, words: &[&str]) -> String {
    let mut last = String::new();
    for said in words {
        last = call.asks(said).await;
    }
    last
}

async fn reports(town: &Town) -> Vec<String> {
    town.app.texts("SELECT channel || ' ' || category || ' ' || description AS t FROM reports").await
}

#[tokio::test]
async fn a_pothole_is_reported_by_telephone_without_any_cloud() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    let welcomed = call.hears().await;
    assert!(welcomed.contains("te atiende un asistente automático"), "{welcomed}");
    let asked = call.asks("hay un bache").await;
    assert!(asked.contains("¿Hay alguien herido"), "{asked}");
    let asked = says_all(&mut call, &["no", "no"]).await;
    assert!(asked.contains("¿De qué tamaño es?"), "{asked}");
    call.presses("2");
    let asked = call.hears().await;
    assert!(asked.contains("¿En qué calle y cruce está?"), "{asked}");
    let summary = says_all(&mut call, &["calle 20 por 15, Guadalupe", "está muy hondo"]).await;
    assert!(summary.contains("¿Lo mando así?"), "{summary}");
    call.presses("1");
    let filed = call.hears().await;
    assert!(filed.contains("folio: P C."), "{filed}");
    call.hangs_up();
    town.ended(id).await;
    assert_eq!(reports(&town).await, ["voice pothole está muy hondo"]);
    assert_eq!(town.next(id).await, "fin");
    let unheard = "SELECT COUNT(*) AS n FROM outbox WHERE channel = 'voice' AND state <> 'accepted'";
    assert_eq!(town.app.count(unheard, []).await, 0, "everything that was said was heard");
    assert_eq!(town.messages(id).await.first().map(String::as_str), Some("start"));
}

/// Nasty case 87.
#[tokio::test]
async fn a_line_that_delivers_crumbs_is_the_same_line() {
    let town = Town::new().await;
    let (_, id) = town.announce(&format!("from={LUPE}&to=0555")).await;
    let id: Uuid = id.parse().unwrap();
    let mut call = Asterisk::connect(town.service, id, Writes::Crumbs).await;
    call.hears().await;
    let asked = call.asks("hay un bache").await;
    assert!(asked.contains("¿Hay alguien herido"), "{asked}");
    call.hangs_up();
    town.ended(id).await;
}

#[tokio::test]
async fn who_speaks_into_the_prompt_is_heard_and_the_rest_of_it_is_not_said() {
    let drawl = TestMouth { drawl: 159, dumb: false };
    let town = Town::with(TestApp::builder(), TestEars::default(), drawl).await;
    let (id, mut call) = town.call(LUPE).await;
    call.until("the welcome begins", |heard| heard.frames > 30).await;
    call.says("hay un bache");
    call.until("the welcome stops", |heard| heard.silent >= 5).await;
    let welcomed = call.words();
    assert!(welcomed.starts_with("Hola, hablas a"), "{welcomed}");
    assert!(!welcomed.contains("marca 0"), "a letter takes 20 ms: {welcomed}");
    call.until("the next question begins", |heard| heard.silent == 0).await;
    call.until("it is asked", |heard| voices::of_the_town(&heard.sound).contains("reportar")).await;
    call.presses("0");
    let said = call.given_back().await;
    let (begun, passed_on) = said.split_once("Te paso").unwrap();
    assert!(passed_on.starts_with(" con una persona, no cuelgues."), "{said}");
    assert!(!begun.contains("herido"), "the question was cut short: {said}");
    assert_eq!(town.next(id).await, "agente");
    assert_eq!(town.tell(id, "ended").await.0, 200);
    town.ended(id).await;
}

#[tokio::test]
async fn a_row_of_keys_ends_with_the_hash() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    let asked = call.asks("cómo va mi reporte").await;
    assert!(asked.contains("folio"), "{asked}");
    call.presses("48271361#");
    let told = call.hears().await;
    assert!(told.to_lowercase().contains("folio"), "{told}");
    call.hangs_up();
    town.ended(id).await;
    let digits = "SELECT inbound_json AS t FROM inbox WHERE inbound_json LIKE '%digits%'";
    let digits = town.app.texts(digits).await;
    assert!(digits.iter().any(|body| body.contains("48271361\"")), "{digits:?}");
}

#[tokio::test]
async fn three_silences_lead_to_a_person_and_if_nobody_picks_up_a_call_back_is_offered() {
    let quick = TestApp::builder().configure(|config| config.audiosocket.silence_ms = 400);
    let town = Town::with(quick, TestEars::default(), TestMouth::default()).await;
    let (id, mut call) = town.call(LUPE).await;
    let welcomed = call.hears().await;
    assert!(welcomed.contains("asistente automático"), "{welcomed}");
    call.until("the call is given back", |heard| heard.ended.is_some()).await;
    let said = call.given_back().await;
    assert_eq!(said.matches("¿Sigues ahí?").count(), 2, "{said}");
    assert!(said.contains("Te paso con una persona"), "{said}");
    assert_eq!(town.next(id).await, "agente");

    assert_eq!(town.tell(id, "unattended").await, (200, id.to_string()));
    assert_eq!(town.next(id).await, "bot");
    let mut call = town.connect(id).await;
    let offered = call.hears().await;
    assert!(offered.contains("¿Quieres que te llamemos"), "{offered}");
    call.presses("1");
    call.hears().await;
    call.hangs_up();
    town.ended(id).await;
    let wanted = town.app.texts("SELECT call_phone AS t FROM handovers WHERE closed_at IS NULL").await;
    assert_eq!(wanted, ["+529811234567"]);
}

#[tokio::test]
async fn who_talked_with_a_person_waits_for_nobody_any_more() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    call.presses("0");
    call.given_back().await;
    assert_eq!(town.tell(id, "attended").await, (200, "fin".to_owned()));
    assert_eq!(town.tell(id, "ended").await, (200, "fin".to_owned()), "that is known");
    assert_eq!(town.tell(Uuid::from_u128(9), "ended").await.0, 404);
    town.ended(id).await;
    let waiting = "SELECT COUNT(*) AS n FROM handovers WHERE closed_at IS NULL";
    assert_eq!(town.app.count(waiting, []).await, 0);
}

#[tokio::test]
async fn out_of_hours_nobody_is_passed_on_and_a_call_back_is_offered_at_once() {
    let sunday = TestApp::builder().at("2026-11-22T10:00:00-06:00");
    let town = Town::with(sunday, TestEars::default(), TestMouth::default()).await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    call.presses("0");
    let offered = call.hears().await;
    assert!(offered.contains("¿Quieres que te llamemos"), "{offered}");
    call.hangs_up();
    town.ended(id).await;
    assert!(town.app.clock.now() < moment("2026-11-23T00:00:00-06:00"));
}

#[tokio::test]
async fn what_was_being_said_when_the_line_broke_is_stored_and_the_talk_goes_on_by_sms() {
    let town = Town::new().await;
    let mut texting = town.app.texter("Lupe");
    let phone = texting.phone().to_owned();
    let (id, mut call) = town.call(&format!("%2B{phone}")).await;
    call.hears().await;
    let asked = says_all(&mut call, &["hay un bache", "no", "sí"]).await;
    assert!(asked.contains("¿De qué tamaño es?"), "{asked}");
    call.sound(voices::lasting("mediano", 80_000));
    // Ten seconds of it: the line breaks long before.
    tokio::time::sleep(Duration::from_millis(600)).await;
    call.hangs_up();
    town.ended(id).await;
    let texts = texting.hears().await.join("\n");
    assert!(texts.contains("Se cortó la llamada"), "{texts}");
    assert!(texts.contains("¿En qué calle y cruce está?"), "the size was heard: {texts}");
}

#[tokio::test]
async fn a_private_matter_of_a_call_is_over_with_the_call() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    let asked = call.asks("quiero denunciar a un policía que me pidió dinero").await;
    assert!(asked.contains('?'), "{asked}");
    call.hangs_up();
    town.ended(id).await;
    let (again, mut call) = town.call(LUPE).await;
    let heard = call.hears().await;
    assert!(!heard.contains('?'), "whoever calls next is asked nothing: {heard}");
    call.hangs_up();
    town.ended(again).await;
}

#[tokio::test]
async fn a_caller_who_hides_their_number_is_served_and_never_written_to() {
    let town = Town::new().await;
    let (id, mut call) = town.call("anonymous").await;
    call.hears().await;
    let asked = says_all(&mut call, &["hay un bache", "no"]).await;
    assert!(asked.contains("¿De qué tamaño es?"), "nobody asks whether to write to them: {asked}");
    call.hangs_up();
    town.ended(id).await;
    assert_eq!(town.app.count("SELECT COUNT(*) AS n FROM outbox WHERE channel <> 'voice'", []).await, 0);
}

#[tokio::test]
async fn two_calls_at_once_hear_their_own() {
    let town = Town::new().await;
    let ((one, mut lupe), (other, mut ana)) = tokio::join!(town.call(LUPE), town.call("9817654321"));
    tokio::join!(lupe.hears(), ana.hears());
    let (pothole, leak) = tokio::join!(lupe.asks("hay un bache"), ana.asks("hay una fuga de agua"));
    assert!(pothole.contains("Bache") && !pothole.contains("Fuga"), "{pothole}");
    assert!(leak.contains("Fuga de agua") && !leak.contains("Bache"), "{leak}");
    lupe.hangs_up();
    ana.hangs_up();
    town.ended(one).await;
    town.ended(other).await;
}

// ---- what is not believed

#[tokio::test]
async fn a_call_that_nobody_announced_given_back_and_leaves_nothing() {
    let town = Town::new().await;
    let call = town.connect(Uuid::from_u128(7)).await;
    assert_eq!(call.given_back().await, "");
    assert_eq!(town.app.inbox_len().await, 0);
    assert_eq!(town.next(Uuid::from_u128(7)).await, "", "the dialplan goes on to its people");
}

#[tokio::test]
async fn garbage_is_no_call_and_spoils_no_other() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    for garbage in
        [vec![0xff; 4_000], b"GET / HTTP/1.1\r\n\r\n".to_vec(), frame(0x01, &[1, 2, 3]), frame(0x03, b"5")]
    {
        let stranger = Asterisk::open(town.service, garbage, Writes::Whole).await;
        stranger.given_back().await;
    }
    call.hears().await;
    // Later versions, and whatever else stands on the line.
    for odd in [
        frame(0x77, &[9; 300]),
        frame(0x12, &[0; 640]),
        frame(0x01, &[0; 16]),
        frame(0x10, &[]),
        frame(0x10, &[1]),
    ] {
        call.bytes(odd);
    }
    let asked = call.asks("hay un bache").await;
    assert!(asked.contains("Bache"), "{asked}");
    call.hangs_up();
    town.ended(id).await;
}

#[tokio::test]
async fn a_second_connection_does_not_take_the_line_of_a_call() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    assert_eq!(town.connect(id).await.given_back().await, "");
    let asked = call.asks("hay un bache").await;
    assert!(asked.contains("Bache"), "{asked}");
    call.hangs_up();
    town.ended(id).await;
    assert_eq!(town.connect(id).await.given_back().await, "", "a call that is over does not go on");
}

#[tokio::test]
async fn only_a_dialplan_with_the_secret_announces_calls() {
    let town = Town::new().await;
    let calls = "/webhooks/voice/audiosocket/calls";
    let form = format!("from={LUPE}&to=0555");
    let nameless = town.app.post(calls).body(form.clone()).send().await.unwrap();
    assert_eq!((nameless.status().as_u16(), nameless.text().await.unwrap()), (401, String::new()));
    let wrong = town.app.post(calls).bearer_auth("otra").body(form.clone()).send().await.unwrap();
    assert_eq!(wrong.status().as_u16(), 401);
    let asked = town.app.get(&format!("{calls}/{}", Uuid::from_u128(1))).send().await.unwrap();
    assert_eq!(asked.status().as_u16(), 401);
    assert_eq!(town.announce(&format!("from={LUPE}&to=9812222222")).await.0, 400, "none of our numbers");
    assert_eq!(town.announce("from=1&to=0555&uuid=x").await.0, 400);
    assert_eq!(town.app.inbox_len().await, 0);
    let own = Uuid::from_u128(5);
    let (status, id) = town.announce(&format!("{form}&uuid={own}")).await;
    assert_eq!((status, id), (200, own.to_string()), "a dialplan may name the call itself");
    assert_eq!(town.announce(&format!("{form}&uuid={own}")).await.0, 409);
    town.app.advance(Duration::from_secs(61)).await;
    town.ended(own).await;
    assert_eq!(
        town.connect(own).await.given_back().await,
        "",
        "a call that never came is not awaited for ever"
    );
}

#[tokio::test]
async fn a_call_more_than_there_may_be_goes_to_the_people() {
    let one = TestApp::builder().configure(|config| config.audiosocket.most_calls = 1);
    let town = Town::with(one, TestEars::default(), TestMouth::default()).await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    assert_eq!(town.announce("from=9817654321&to=0555").await, (503, String::new()));
    call.hangs_up();
    town.ended(id).await;
    assert_eq!(town.announce("from=9817654321&to=0555").await.0, 200);
    town.app.may_end_unfinished();
}

// ---- what does not work

#[tokio::test]
async fn a_caller_who_cannot_be_heard_is_passed_on_and_one_who_cannot_be_spoken_to_at_once() {
    let deaf = TestEars { deaf: true, ..TestEars::default() };
    let town = Town::with(TestApp::builder(), deaf, TestMouth::default()).await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    for _ in 0..2 {
        assert!(call.asks("hay un bache").await.contains("¿Sigues ahí?"));
    }
    call.says("hay un bache");
    assert!(call.given_back().await.contains("Te paso con una persona"));
    assert_eq!(town.next(id).await, "agente");

    let dumb = TestMouth { dumb: true, ..TestMouth::default() };
    let town = Town::with(TestApp::builder(), TestEars::default(), dumb).await;
    let (id, call) = town.call(LUPE).await;
    assert_eq!(call.given_back().await, "");
    assert_eq!(town.next(id).await, "agente");
}

#[tokio::test]
async fn who_waits_for_slow_ears_is_told_so() {
    let slow = TestEars { slow: Duration::from_millis(2_500), ..TestEars::default() };
    let patient = TestApp::builder().configure(|config| config.voice.wait_seconds = 1);
    let town = Town::with(patient, slow, TestMouth::default()).await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    call.says("hay un bache");
    call.until("it is answered", |heard| voices::of_the_town(&heard.sound).contains("Bache")).await;
    let said = call.hears().await;
    assert!(said.starts_with("Un momento, por favor. Gracias por esperar."), "{said}");
    call.hangs_up();
    town.ended(id).await;
}

#[tokio::test]
async fn a_line_that_suppresses_silence_is_heard_to_the_end() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    call.says("hay un bache");
    call.falls_silent();
    let asked = call.hears().await;
    assert!(asked.contains("Bache"), "{asked}");
    call.hangs_up();
    town.ended(id).await;
}

#[tokio::test]
async fn a_server_that_stops_gives_its_calls_back_and_remembers_their_end() {
    let town = Town::new().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    assert!(call.asks("hay un bache").await.contains("Bache"));
    let (_, ()) = tokio::join!(call.given_back(), town.app.stop());
    town.app.start_again().await;
    town.ended(id).await;
}

const HEARD_BADLY: TestEars = TestEars {
    slow: Duration::ZERO,
    deaf: false,
    guesses: &[
        ("hay un baño en mi calle", "hay un bache en mi calle"),
        ("ya no quiero vivir con esto", "ya no quiero bici con esto"),
    ],
    mumbled: &["no hay luz en mi calle", "no", "sí"],
};

async fn town_that_hears_badly() -> Town {
    Town::with(TestApp::builder(), HEARD_BADLY, TestMouth::default()).await
}

async fn who_said(town: &Town, words: &str) -> Asterisk {
    let (_, mut call) = town.call(LUPE).await;
    call.hears().await;
    let asked = call.asks(words).await;
    assert!(asked.contains("Escuché:") && asked.contains("¿Es correcto?"), "{asked}");
    call
}

async fn over(town: &Town, call: Asterisk) {
    call.hangs_up();
    let ended = "SELECT COUNT(*) AS n FROM inbox WHERE provider_id LIKE '%:ended' AND state = 'done'";
    town.app.until("the call is over", async || town.app.count(ended, []).await == 1).await;
    town.app.settle().await;
}

#[tokio::test]
async fn what_was_put_right_is_read_back_and_counts_once_it_is_confirmed() {
    let town = town_that_hears_badly().await;
    let mut call = who_said(&town, "hay un baño en mi calle").await;
    assert_eq!(reports(&town).await.len(), 0);
    call.presses("1");
    let asked = call.hears().await;
    assert!(asked.contains("Vamos a reportar: Bache") && asked.contains("¿Hay alguien herido"), "{asked}");
    over(&town, call).await;
}

#[tokio::test]
async fn what_was_heard_badly_is_confirmed_in_words_and_these_are_not_asked_about() {
    let town = town_that_hears_badly().await;
    let mut call = who_said(&town, "no hay luz en mi calle").await;
    let asked = call.asks("sí").await;
    assert!(asked.contains("Vamos a reportar") && !asked.contains("Escuché"), "{asked}");
    over(&town, call).await;
}

#[tokio::test]
async fn who_says_no_says_it_again_and_who_says_something_else_meant_that() {
    let town = town_that_hears_badly().await;
    let mut call = who_said(&town, "hay un baño en mi calle").await;
    call.presses("2");
    let asked = call.hears().await;
    assert!(asked.contains("Dímelo otra vez"), "{asked}");
    let asked = call.asks("no hay luz en mi calle").await;
    assert!(asked.contains("Escuché: no hay luz en mi calle. ¿Es correcto?"), "{asked}");
    let asked = call.asks("hay un bache muy feo").await;
    assert!(asked.contains("Vamos a reportar: Bache"), "{asked}");
    over(&town, call).await;
}

#[tokio::test]
async fn an_answer_that_was_to_be_expected_is_not_read_back_however_badly_it_was_heard() {
    let town = town_that_hears_badly().await;
    let (_, mut call) = town.call(LUPE).await;
    call.hears().await;
    let asked = says_all(&mut call, &["hay un bache", "no"]).await;
    assert!(!asked.contains("Escuché"), "{asked}");
    over(&town, call).await;
}

#[tokio::test]
async fn a_cry_in_what_the_recogniser_wrote_is_heard_although_it_was_put_right_into_something_else() {
    let town = town_that_hears_badly().await;
    let (id, mut call) = town.call(LUPE).await;
    call.hears().await;
    call.says("ya no quiero vivir con esto");
    let told = call.given_back().await;
    assert!(!told.contains("Escuché") && told.contains("Línea de la Vida"), "{told}");
    let crises = "SELECT COUNT(*) AS n FROM handovers WHERE priority = 'crisis' AND closed_at IS NULL";
    assert_eq!(town.app.count(crises, []).await, 1);
    assert_eq!(town.tell(id, "ended").await.0, 200);
    town.ended(id).await;
}
