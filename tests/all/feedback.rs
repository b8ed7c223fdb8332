//! Ideas, complaints and what people think of a place: kept as they were said, and public only as numbers.

use serde_json::{Value, json};

use crate::support::TestApp;

/// Kind, place, score and words of what was kept, oldest first.
async fn kept(app: &TestApp) -> Vec<String> {
    app.settle().await;
    app.texts(
        "SELECT kind || '|' || COALESCE(place, '') || '|' || COALESCE(CAST(score AS TEXT), '') || '|' || \
         COALESCE(said, '') AS t FROM feedback ORDER BY at, id",
    )
    .await
}

#[tokio::test]
async fn an_idea_is_kept_in_the_words_in_which_it_was_said() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("tengo una propuesta, pongan más bancas en el malecón para los abuelitos").await;
    assert!(lupe.hears().await.join(" ").contains("¿Lo guardo así?"));
    lupe.says("sí").await;
    let answer = lupe.hears().await.join(" ");
    assert!(answer.contains("referencia *I-"), "{answer}");
    assert_eq!(
        kept(&app).await,
        ["idea|||tengo una propuesta, pongan más bancas en el malecón para los abuelitos"]
    );
}

#[tokio::test]
async fn a_complaint_is_kept_and_a_person_offered() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("quiero quejarme, nadie me contesta nunca y ya fui tres veces").await;
    let answer = lupe.hears().await.join(" ");
    assert!(answer.contains("referencia *Q-") && answer.contains("¿Quieres que una persona"), "{answer}");
    lupe.says("sí").await;
    assert!(lupe.hears().await.join(" ").contains("Te va a responder una persona"));
    assert_eq!(
        kept(&app).await,
        ["complaint|||quiero quejarme, nadie me contesta nunca y ya fui tres veces"]
    );
}

#[tokio::test]
async fn ratings_of_a_place_are_open_data_and_words_are_not() {
    let app = TestApp::new().await;
    for (name, score, words) in [("Lupe", "5", "me encanta"), ("Beto", "2", "faltan botes")] {
        let mut citizen = app.citizen(name);
        for said in ["quiero calificar el malecón", "el malecón", score, words] {
            citizen.says(said).await;
            citizen.hears().await;
        }
    }
    assert_eq!(kept(&app).await, ["review|malecon|5|me encanta", "review|malecon|2|faltan botes"]);

    let json: Value = app.get("/datos/lugares.json").send().await.unwrap().json().await.unwrap();
    let row = json!({
        "lugar": "malecon", "lugar_nombre": "Malecón", "mes": "2026-11", "evaluaciones": 2, "promedio": 3.5,
        "con_1": 0, "con_2": 1, "con_3": 0, "con_4": 0, "con_5": 1,
    });
    assert_eq!(json, json!([row]));
    let answer = app.get("/datos/lugares.csv").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let csv = answer.text().await.unwrap();
    assert!(csv.ends_with("\r\nmalecon,Malecón,2026-11,2,3.5,0,1,0,0,1\r\n"), "{csv}");
    assert!(!csv.contains("encanta") && !csv.contains("botes"));
    let page = app.get("/datos").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("href=\"/datos/lugares.csv\""), "{page}");
}
