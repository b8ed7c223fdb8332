//! What people ask about their own data, and what is left of them once they are erased.

use std::{fs, path::Path, time::Duration};

use serde_json::json;
use ventanilla::{
    privacy::{self, PrivacyError},
    reports::copies::draw_waiting,
    staff::Role,
    store::privacy_requests::State,
};

use crate::support::{TestApp, citizen::Citizen, crew::last_folio};

/// Said nowhere but by the citizen.
const MARK: &str = "zarzamora";

/// Files a report with words and a photo; gives its folio and its PIN.
async fn files(app: &TestApp, citizen: &mut Citizen<'_>) -> (String, String) {
    for words in ["hay un bache", "no", "mediano", "colonia La Ceiba"] {
        citizen.asks(words).await;
    }
    citizen.asks(&format!("junto a la casa de la {MARK}")).await;
    citizen.sends_photo().await;
    citizen.hears().await;
    let filed = citizen.asks("sí").await;
    let pin = filed.split("tu PIN es *").nth(1).unwrap().split('*').next().unwrap();
    draw_waiting(&app.app()).await.unwrap();
    (last_folio(app).await, pin.to_owned())
}

/// Asks for erasure up to the question for the PIN.
pub async fn wants_erasure(citizen: &mut Citizen<'_>) -> String {
    let told = citizen.asks("borren mis datos personales").await;
    assert!(told.contains("no se puede deshacer"), "{told}");
    citizen.asks("sí").await
}

/// The number that an answer gives to a request.
pub fn number(told: &str) -> String {
    let (_, behind) = told.split_once("*D-").unwrap_or_else(|| panic!("no number in {told}"));
    format!("D-{}", behind.chars().take(5).collect::<String>())
}

/// Every column of every table in which a word still stands.
async fn stands_in(app: &TestApp, word: &str) -> Vec<String> {
    let columns = app
        .texts(
            "SELECT m.name || '.' || c.name AS t FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c \
             WHERE m.type = 'table' AND m.name NOT IN ('releases')",
        )
        .await;
    assert!(columns.iter().any(|column| column == "inbox.inbound_json"), "{columns:?}");
    let mut found = Vec::new();
    for column in columns {
        let (table, name) = column.split_once('.').unwrap();
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE CAST({name} AS TEXT) LIKE '%{word}%'");
        if app.count(&sql, []).await > 0 {
            found.push(column);
        }
    }
    found
}

/// The ten digits of a phone, as every spelling of it has them.
pub fn number_of(citizen: &Citizen<'_>) -> String {
    citizen.wa_id().chars().skip(3).collect()
}

fn media(folder: &Path) -> usize {
    let shelves = fs::read_dir(folder.join("data/media")).into_iter().flatten().flatten();
    shelves.map(|shelf| fs::read_dir(shelf.path()).map_or(0, Iterator::count)).sum()
}

/// Lets what follows an erasure happen.
async fn go_on(app: &TestApp) {
    app.settle().await;
    privacy::go_on(&app.app()).await.unwrap();
}

#[tokio::test]
async fn what_is_kept_is_told_and_the_copy_gets_a_number_and_a_term() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let told = lupe.asks("qué datos tienen de mí").await;
    assert!(told.contains("De ti guardo: 1 mensajes") && told.contains("0 reportes"), "{told}");
    let asked = lupe.asks("sí").await;
    // 20 working days after Monday, 23 November 2026: winter holidays from 21 December to 6 January lie in between.
    assert!(asked.contains("7 de enero de 2027"), "{asked}");
    let reference = number(&asked);
    let done =
        privacy::answer(&app.app(), &reference, "cli:ana", "Ven por tu copia con tu INE.").await.unwrap();
    assert_eq!(done.state, State::Done);
    let told = lupe.hears().await.join("\n");
    assert!(told.contains(&reference) && told.contains("Ven por tu copia"), "{told}");
    assert_eq!(
        app.texts("SELECT action AS t FROM audit WHERE action LIKE 'privacy.%'").await,
        ["privacy.done"]
    );
}

#[tokio::test]
async fn an_erased_person_is_nowhere_in_the_database_or_on_the_disk() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    let digits = number_of(&lupe);
    beto.asks("hola").await;
    let (folio, pin) = files(&app, &mut lupe).await;
    assert!(!stands_in(&app, MARK).await.is_empty() && media(app.folder()) >= 1);
    let question = wants_erasure(&mut lupe).await;
    assert!(question.contains("PIN"), "{question}");
    let told = lupe.asks(&pin).await;
    let reference = number(&told);

    privacy::carry_out(&app.app(), &reference.to_lowercase(), "cli:ana").await.unwrap();
    assert_eq!(stands_in(&app, MARK).await, Vec::<String>::new(), "words go at once");
    let told = lupe.hears().await.join("\n");
    assert!(told.contains("borramos tus datos") && told.contains(&reference), "{told}");
    go_on(&app).await;
    for word in [MARK, "Lupe", &digits] {
        let left = stands_in(&app, word).await;
        // The provider's id of the message is the proof of what was agreed.
        assert!(left.iter().all(|column| column.starts_with("consents.")), "{word}: {left:?}");
    }
    assert_eq!(media(app.folder()), 0, "the photo and its copies");
    let report =
        format!("SELECT category || COALESCE(description, '') AS t FROM reports WHERE folio = '{folio}'");
    assert_eq!(app.texts(&report).await, ["pothole"], "the pothole is still there");
    assert_eq!(app.count("SELECT COUNT(DISTINCT person_id) AS n FROM addresses", []).await, 1, "Beto's");
    let again = privacy::carry_out(&app.app(), &reference, "cli:ana").await;
    assert!(matches!(again, Err(PrivacyError::Over(_))), "{again:?}");
    assert!(lupe.asks("hola").await.contains("Soy"), "who writes again is welcomed as somebody new");
}

#[tokio::test]
async fn neither_a_wrong_pin_nor_somebody_elses_folio_erases_anything() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    files(&app, &mut lupe).await;
    let question = wants_erasure(&mut lupe).await;
    assert!(question.contains("PIN"), "{question}");
    let mut told = String::new();
    for pin in 1..9 {
        told = lupe.asks(&format!("{pin:06}")).await;
        if told.contains("muchos intentos") {
            break;
        }
        assert!(told.contains("Ese PIN no corresponde"), "{told}");
    }
    assert!(told.contains("muchos intentos"), "tries are limited: {told}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM privacy_requests", []).await, 0);
    // Beto has a report of his own, so that his word is not enough, and names that of Lupe.
    let (theirs, _) = files(&app, &mut beto).await;
    let lupes = app.texts(&format!("SELECT folio AS t FROM reports WHERE folio <> '{theirs}'")).await;
    let server = app.app();
    let unit = server.store.unit().await.unwrap();
    let who = ventanilla::reports::Citizen {
        person: ventanilla::store::people::by_phone(&*unit, &format!("+52{}", number_of(&beto)))
            .await
            .unwrap()
            .unwrap(),
        channel: ventanilla_adapters::Channel::Whatsapp,
        at: app.clock.now(),
    };
    let proved =
        ventanilla::reports::proved(&app.app(), &unit, &who, &lupes[0], Some("123456")).await.unwrap();
    assert_eq!(proved.unwrap_err(), ventanilla::reports::Refused::NotTheirs);
}

#[tokio::test]
async fn asking_twice_gives_the_same_number_and_a_refusal_says_why() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let first = number(&wants_erasure(&mut lupe).await);
    assert_eq!(number(&wants_erasure(&mut lupe).await), first);
    let empty = privacy::refuse(&app.app(), &first, "cli:ana", "  ").await;
    assert!(matches!(empty, Err(PrivacyError::NoWords)), "{empty:?}");
    privacy::refuse(&app.app(), &first, "cli:ana", "no pudimos confirmar que eres tú.").await.unwrap();
    let told = lupe.hears().await.join("\n");
    assert!(told.contains("no pudimos confirmar") && told.contains("982 555 0120"), "{told}");
    assert_ne!(number(&wants_erasure(&mut lupe).await), first, "they may ask again");
    let unknown = privacy::carry_out(&app.app(), "D-99999", "cli:ana").await;
    assert!(matches!(unknown, Err(PrivacyError::Unknown(_))), "{unknown:?}");
}

#[tokio::test]
async fn who_talks_with_a_colleague_is_not_erased_under_their_hands() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let reference = number(&wants_erasure(&mut lupe).await);
    lupe.asks("quiero hablar con una persona").await;
    let attended = privacy::carry_out(&app.app(), &reference, "cli:ana").await;
    assert!(matches!(attended, Err(PrivacyError::Attended)), "{attended:?}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM privacy_requests WHERE state = 'open'", []).await, 1);
}

#[tokio::test]
async fn a_chat_about_violence_can_be_erased_at_once() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let told = lupe.asks(&format!("mi marido me está golpeando, se llama {MARK}")).await;
    assert!(told.contains("*911*") && told.contains("BORRAR CHAT"), "{told}");
    let erased = lupe.asks("borrar").await;
    assert!(erased.contains("Listo, borré aquí") && erased.contains("En tu teléfono"), "{erased}");
    app.settle().await;
    for word in [MARK, "golpeando", "No es tu culpa"] {
        assert_eq!(stands_in(&app, word).await, Vec::<String>::new(), "{word}");
    }
    let queue = "SELECT COUNT(*) AS n FROM handovers WHERE priority = 'crisis' AND closed_at IS NULL";
    assert_eq!(app.count(queue, []).await, 1, "whoever is on call still knows that somebody needs help");
}

#[tokio::test]
async fn what_was_begun_goes_with_an_erased_chat_and_other_words_erase_nothing() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    for words in ["hay un bache", "no", "mediano", "colonia La Ceiba"] {
        lupe.asks(words).await;
    }
    lupe.asks(&format!("junto a la {MARK}")).await;
    lupe.asks("borrar").await;
    assert!(!stands_in(&app, MARK).await.is_empty(), "it is no danger: a word is an answer");
    assert!(lupe.asks("BORRAR CHAT").await.contains("Listo, borré aquí"));
    app.settle().await;
    assert_eq!(stands_in(&app, MARK).await, Vec::<String>::new());
}

#[tokio::test]
async fn nobody_is_asked_how_they_were_attended_after_a_death() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("se murió mi papá").await;
    lupe.asks("quiero hablar con una persona").await;
    let chat = async || rosa.get("/desk/chats?queue=unanswered").await.1["chats"][0].clone();
    let first = chat().await;
    let path = format!("/desk/chats/{}", first["id"].as_str().unwrap());
    let said = json!({ "version": first["version"], "text": "Lo siento mucho." });
    rosa.post(&format!("{path}/messages"), said).await;
    app.advance(Duration::from_secs(5)).await;
    lupe.hears().await;
    let now = rosa.get(&path).await.1;
    assert_eq!(now["can"]["ask_rating"], false);
    let body = json!({ "version": now["version"], "then": "nothing", "ask_rating": true });
    let (status, refused) = rosa.post(&format!("{path}/close"), body).await;
    assert_eq!((status, refused["code"].as_str()), (422, Some("not_asked")));
}
