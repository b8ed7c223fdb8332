//! The content changes while people talk: who goes on with what they began with, who moves, and what is always the newest.

use std::{fs, path::PathBuf};

use crate::support::{TestApp, folder::Folder};

const OLD: &str = "¿Dónde está? Mándame tu ubicación";
const NEW: &str = "¿En qué lugar está? Mándame tu ubicación";
const RELEASES: &str = "SELECT COUNT(*) AS n FROM releases";

/// The demo town with files that say something else.
fn changed(files: &Folder, changes: &[(&str, &str, &str)]) -> PathBuf {
    let folder = files.copy_of_the_demo("changed");
    for (name, old, new) in changes {
        let file = folder.join(name);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(old), "{name} does not say '{old}'");
        fs::write(&file, text.replace(old, new)).unwrap();
    }
    folder
}

const ASKS_ANOTHER_WAY: (&str, &str, &str) = ("flows/report.yaml", OLD, NEW);

#[tokio::test]
async fn questions_and_buttons_of_a_talk_go_on_and_the_next_takes_what_is_new() {
    let files = Folder::new();
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    app.restart_with_content(changed(&files, &[ASKS_ANOTHER_WAY])).await;
    lupe.presses("No").await;
    lupe.hears().await;
    lupe.presses("Chico, como un plato").await;
    assert!(lupe.hears().await.join("").contains(OLD), "begun before the change");
    assert_eq!(app.count(RELEASES, []).await, 2, "the older one is needed");
    for words in ["cancelar", "sí", "hay un bache", "no"] {
        lupe.asks(words).await;
    }
    assert!(lupe.asks("chico").await.contains(NEW), "the next talk");
    app.restart().await;
    assert_eq!(app.count(RELEASES, []).await, 1, "nobody needs the older one any more");
}

#[tokio::test]
async fn a_flow_that_says_so_takes_its_talks_along_and_older_buttons_still_count() {
    let files = Folder::new();
    let renamed = [
        ASKS_ANOTHER_WAY,
        (
            "flows/report.yaml",
            "given: [category",
            "running: {move: true, steps: {danger: hurt}}\ngiven: [category",
        ),
        ("flows/report.yaml", "- confirm: danger\n", "- id: hurt\n        confirm: danger\n"),
    ];
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.texter("Beto"));
    lupe.asks("hay un bache").await;
    for words in ["hay un bache", "no"] {
        beto.asks(words).await;
    }
    app.restart_with_content(changed(&files, &renamed)).await;
    lupe.presses("No").await;
    assert!(lupe.hears().await.join("").starts_with("¿De qué tamaño es?"), "the older button");
    lupe.presses("Chico, como un plato").await;
    assert!(lupe.hears().await.join("").contains(NEW));
    let asked = beto.asks("chico").await;
    assert!(
        asked.contains("En que calle") || asked.contains("¿En qué calle"),
        "behind the call too: {asked}"
    );
    app.restart().await;
    assert_eq!(app.count(RELEASES, []).await, 1, "both have moved");
}

#[tokio::test]
async fn a_talk_stays_until_its_open_question_is_there() {
    let files = Folder::new();
    let moved = [
        ASKS_ANOTHER_WAY,
        ("flows/report.yaml", "given: [category", "running: {move: true}\ngiven: [category"),
        ("flows/report.yaml", "- confirm: danger\n", "- id: hurt\n        confirm: danger\n"),
        ("flows/report.yaml", "Primero lo importante:", "Antes que nada:"),
    ];
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    app.restart_with_content(changed(&files, &moved)).await;
    let asked = lupe.asks("¿me repites la pregunta?").await;
    assert!(
        asked.starts_with("Primero lo importante:"),
        "nobody said how its question is called now: {asked}"
    );
    lupe.presses("No").await;
    assert!(lupe.hears().await.join("").starts_with("¿De qué tamaño es?"));
    lupe.presses("Chico, como un plato").await;
    assert!(lupe.hears().await.join("").contains(NEW), "the next question is there in both");
}

#[tokio::test]
async fn facts_and_what_is_said_in_danger_are_always_the_newest() {
    let files = Folder::new();
    let newest = [
        ("flows/violence.yaml", "No es tu culpa, y no estás a solas.", "No es tu culpa, y aquí estamos."),
        ("flows/status.yaml", "¿Cuál es tu folio? Empieza", "¿Qué folio tienes? Empieza"),
        ("catalogue/town.yaml", "folio_prefix: PC", "folio_prefix: PCH"),
    ];
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    lupe.asks("hay un bache").await;
    beto.asks("quiero ver cómo va mi reporte").await;
    app.restart_with_content(changed(&files, &newest)).await;
    let asked = beto.asks("¿me repites la pregunta?").await;
    assert!(
        asked.contains("¿Cuál es tu folio? Empieza con PCH"),
        "the older words, the newest fact: {asked}"
    );
    let told = lupe.asks("mi esposo me pega").await;
    assert!(told.starts_with("No es tu culpa, y aquí estamos."), "{told}");
}
