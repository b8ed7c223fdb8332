//! What is done about a report, and what is refused by its reason.

use reqwest::Method;
use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{DONE, HERE, audited, bring, filed, move_to, now, path};
use crate::support::{TestApp, citizen::PHOTO};

#[tokio::test]
async fn a_crew_member_closes_a_report_with_a_photo_and_its_story_is_told() {
    let app = TestApp::new().await;
    let crew = app.member_of(&[Role::Department], &["public_works"]).await;
    let report = filed(&app, "pothole", HERE).await;
    assert_eq!(move_to(&crew, &report, "in_progress", json!({})).await.0, 200);
    let (status, photo) = bring(&crew, &report, "IMG_0001.jpg", PHOTO).await;
    assert_eq!(status, 200, "{photo}");
    assert_eq!(now(&crew, &report).await["evidence"], json!([photo["id"]]), "a reload loses nothing");
    let told = json!({ "public_text": DONE, "evidence": [photo["id"]], "show_evidence": true });
    let (status, moved) = move_to(&crew, &report, "resolved_claimed", told.clone()).await;
    assert_eq!((status, &moved["state"]), (200, &json!("resolved_claimed")), "{moved}");
    let whole = now(&crew, &report).await;
    assert_eq!(whole["photos"][0]["moderation"], "shown");
    assert_eq!((&whole["resolve"]["state"], &whole["evidence"]), (&json!("met"), &json!([])));
    let last = whole["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["by"], &last["public_text"]), (&json!("staff"), &json!(DONE)));
    assert_eq!((&last["photos"], &last["by_name"]), (&json!([photo["id"]]), &json!("Persona 1")));
    let file = format!("/board/reports/{}/photos/{}", report.id, photo["id"].as_str().unwrap());
    for size in ["", "?small=true"] {
        let answer = crew.request(Method::GET, &format!("{file}{size}")).send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
            (200, "image/jpeg")
        );
    }
    assert_eq!(audited(&app, "report.move").await, 2);
    move_to(&crew, &report, "reopened", json!({})).await;
    let (_, again) = move_to(&crew, &report, "resolved_claimed", told).await;
    assert_eq!(again["code"], "no_evidence", "a photo shows one deed");
}

#[tokio::test]
async fn each_move_says_what_it_lacks() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Supervisor]).await;
    let report = filed(&app, "pothole", HERE).await;
    let whole = now(&desk, &report).await;
    let claims =
        whole["next"].as_array().unwrap().iter().find(|one| one["to"] == "resolved_claimed").unwrap();
    assert_eq!(claims["needs"], json!(["public_text", "evidence"]));
    let authority = |name: &str, phone: &str| json!({ "authority": { "name": name, "phone": phone } });
    let said = json!({ "public_text": DONE });
    let nothing = json!({ "public_text": "Gracias, su reporte fue cerrado." });
    let rejected = |reason: &str| json!({ "public_text": DONE, "reason": reason });
    let stranger = json!({ "public_text": DONE, "evidence": ["01990000-0000-7000-8000-000000000000"] });
    for (to, more, status, code) in [
        ("resolved_claimed", json!({}), 422, "needs_public_text"),
        ("resolved_claimed", said.clone(), 422, "needs_evidence"),
        ("resolved_claimed", nothing, 422, "empty_words"),
        ("resolved_claimed", stranger, 422, "no_evidence"),
        ("scheduled", json!({}), 422, "needs_date"),
        ("scheduled", json!({ "day": "2026-11-22" }), 422, "date_past"),
        ("scheduled", json!({ "day": "2029-01-01" }), 422, "date_far"),
        ("referred", json!({}), 422, "needs_authority"),
        ("referred", authority("CFE", "no sé"), 422, "authority_phone"),
        ("waiting_citizen", json!({}), 422, "needs_public_text"),
        ("closed_rejected", said.clone(), 422, "needs_reason"),
        ("closed_rejected", rejected("porque no"), 422, "no_such_reason"),
        ("assigned", json!({ "department": "moon" }), 422, "no_department"),
        ("in_progress", json!({ "private_note": "x".repeat(2001) }), 422, "report_words_long"),
        ("closed_confirmed", said.clone(), 409, "not_allowed"),
        ("cancelled", said, 409, "not_allowed"),
        ("duplicate", json!({}), 422, "needs_parent"),
    ] {
        let (got, refused) = move_to(&desk, &report, to, more).await;
        assert_eq!((got, refused["code"].as_str()), (status, Some(code)), "{to}: {refused}");
    }
    assert_eq!(now(&desk, &report).await["version"], whole["version"], "nothing happened");
}

#[tokio::test]
async fn what_the_table_has_can_be_done() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let report = filed(&app, "pothole", HERE).await;
    let authority = json!({ "authority": { "name": "CFE", "phone": "071", "folio": "A-77" } });
    for (to, more) in [
        ("triage", json!({})),
        ("assigned", json!({ "department": "water" })),
        ("in_progress", json!({ "private_note": "Voy mañana" })),
        ("scheduled", json!({ "day": "2026-11-30" })),
        ("waiting_citizen", json!({ "public_text": "¿Entre qué calles está?" })),
        ("referred", authority),
        ("closed_rejected", json!({ "reason": "not_ours", "public_text": "Es de la CFE, llame al 071." })),
        ("reopened", json!({})),
    ] {
        let (status, moved) = move_to(&desk, &report, to, more).await;
        assert_eq!((status, moved["state"].as_str()), (200, Some(to)), "{moved}");
    }
    let whole = now(&desk, &report).await;
    let events = whole["events"].as_array().unwrap();
    let of = |to: &str| events.iter().find(|event| event["kind"] == "moved" && event["to"] == to).unwrap();
    assert_eq!(of("assigned")["department"], "water");
    assert_eq!(of("in_progress")["private_note"], "Voy mañana");
    assert_eq!(of("referred")["authority"], json!({ "name": "CFE", "phone": "071", "folio": "A-77" }));
    assert_eq!(of("closed_rejected")["reason"], "not_ours");
    assert_eq!(events.len(), 9, "filing and eight moves");
    assert_eq!(whole["reopened"], 1);
}

#[tokio::test]
async fn who_saw_an_older_state_looks_again() {
    let app = TestApp::new().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let report = filed(&app, "pothole", HERE).await;
    let seen = now(&rosa, &report).await;
    move_to(&ana, &report, "in_progress", json!({})).await;
    let old = |what: Value| {
        let mut body = json!({ "version": seen["version"] });
        body.as_object_mut().unwrap().extend(what.as_object().cloned().unwrap());
        body
    };
    for (act, body) in [
        ("/move", old(json!({ "to": "triage" }))),
        ("/assign", old(json!({ "department": "water" }))),
        ("/notes", old(json!({ "text": "hola" }))),
    ] {
        let (status, refused) = rosa.post(&path(&seen, act), body).await;
        assert_eq!((status, refused["code"].as_str()), (409, Some("stale")), "{act}: {refused}");
    }
    assert_eq!(now(&ana, &report).await["state"], "in_progress");
}

#[tokio::test]
async fn what_is_no_photo_is_refused_by_its_reason() {
    let app = TestApp::new().await;
    let crew = app.member(&[Role::Agent]).await;
    let report = filed(&app, "pothole", HERE).await;
    let mut bomb = PHOTO.to_vec();
    bomb.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let crc = crc(&bomb[12..29]);
    bomb.splice(29..33, crc.to_be_bytes());
    let large = [PHOTO, &vec![0; 20 * 1024 * 1024]].concat();
    for (name, bytes, code) in [
        ("foto.jpg", b"<!DOCTYPE html><script>alert(1)</script>".as_slice(), "not_a_picture"),
        ("foto.jpg", b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "not_a_picture"),
        ("foto.png", b"<svg onload=\"x()\"/>", "not_a_picture"),
        ("foto.gif", b"GIF89a\x01\0\x01\0\0\0\0", "not_a_picture"),
        ("foto.png", &PHOTO[..40], "damaged_picture"),
        ("foto.png", &bomb, "huge_picture"),
        ("foto.png", b"", "file_empty"),
        ("foto.png", &large, "file_too_large"),
    ] {
        let (status, refused) = bring(&crew, &report, name, bytes).await;
        assert_eq!((status, refused["code"].as_str()), (422, Some(code)), "{name}: {refused}");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM report_evidence", []).await, 0);
}

/// CRC-32 as PNG has it.
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}

#[tokio::test]
async fn a_photo_is_taken_back_and_what_nobody_shows_is_forgotten() {
    let app = TestApp::new().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let (report, other) = (filed(&app, "pothole", HERE).await, filed(&app, "pothole", HERE).await);
    let (_, photo) = bring(&rosa, &report, "a.png", PHOTO).await;
    let shown = json!({ "public_text": DONE, "evidence": [photo["id"]] });
    assert_eq!(move_to(&rosa, &other, "resolved_claimed", shown).await.1["code"], "no_evidence");
    let file = format!("/board/reports/{}/photos/{}", report.id, photo["id"].as_str().unwrap());
    assert_eq!(ana.delete(&file).await.0, 404, "it is Rosa's");
    assert_eq!(rosa.delete(&file).await.0, 204);
    bring(&rosa, &report, "b.png", PHOTO).await;
    ventanilla::reports::work::forget_unused(&app.app(), app.clock.now() + 1).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM report_evidence", []).await, 0);
}

#[tokio::test]
async fn a_report_is_given_to_a_person_of_its_department() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Supervisor]).await;
    let crew = app.member_of(&[Role::Department], &["public_works"]).await;
    let other = app.member_of(&[Role::Department], &["water"]).await;
    let editor = app.member(&[Role::Editor]).await;
    let report = filed(&app, "pothole", HERE).await;
    let give = async |what: Value| {
        let seen = now(&desk, &report).await;
        let mut body = json!({ "version": seen["version"] });
        body.as_object_mut().unwrap().extend(what.as_object().cloned().unwrap());
        desk.post(&path(&seen, "/assign"), body).await
    };
    for person in [other.id, editor.id, uuid::Uuid::nil()] {
        assert_eq!(give(json!({ "assignee": person })).await.1["code"], "not_theirs");
    }
    assert_eq!(give(json!({ "assignee": crew.id })).await.0, 200);
    assert_eq!(super::town::folios(&crew, "queue=mine").await, std::slice::from_ref(&report.folio));
    assert_eq!(give(json!({ "department": "water", "assignee": other.id })).await.1["state"], "assigned");
    assert_eq!(super::town::folios(&crew, "").await, Vec::<String>::new(), "it is not theirs any more");
    assert_eq!(give(json!({ "department": "traffic" })).await.0, 200, "assigned already: that is no move");
    let whole = now(&desk, &report).await;
    assert_eq!((&whole["department"], &whole["assignee"]), (&json!("traffic"), &json!(null)));
    assert_eq!(whole["rule"], "by_hand");
    let kinds: Vec<_> =
        whole["events"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["filed", "attended", "moved", "attended", "passed_on"]);
    let (_, list) = desk.get("/board/colleagues").await;
    assert_eq!(list["colleagues"].as_array().unwrap().len(), 3, "editors attend none");
}

#[tokio::test]
async fn the_board_hears_that_reports_are_others() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let mut ear = crate::desk::news::Ear::open(&desk).await;
    filed(&app, "pothole", HERE).await;
    ear.hears("reports").await;
}
