//! Several reports of one thing: added to one, and taken apart again.

use serde_json::{Value, json};
use ventanilla::{staff::Role, store::reports::ReportRow};

use super::town::{HERE, filed, folios, move_to, now, path};
use crate::support::{TestApp, citizen::Citizen, staff::Desk};

/// Somebody reports a pothole in a talk.
async fn reports(app: &TestApp, lupe: &mut Citizen<'_>) -> ReportRow {
    let words =
        ["hay un bache", "no", "mediano", "calle 20 por 15", "está frente a la primaria", "sin foto", "sí"];
    let mut last = String::new();
    for word in words {
        last = lupe.asks(word).await;
    }
    let folio = last.split('*').nth(1).unwrap().to_owned();
    ventanilla::store::reports::by_folio(app.app().store.read(), &folio).await.unwrap().unwrap()
}

async fn merge(desk: &Desk<'_>, one: &ReportRow, into: Value) -> (u16, Value) {
    let seen = now(desk, one).await;
    let mut body = json!({ "version": seen["version"] });
    body.as_object_mut().unwrap().extend(into.as_object().cloned().unwrap());
    desk.post(&path(&seen, "/merge"), body).await
}

async fn apart(desk: &Desk<'_>, one: &ReportRow) -> (u16, Value) {
    let seen = now(desk, one).await;
    desk.post(&path(&seen, "/apart"), json!({ "version": seen["version"] })).await
}

async fn followers(app: &TestApp, report: &ReportRow) -> Vec<(uuid::Uuid, Option<uuid::Uuid>)> {
    let all =
        ventanilla::store::report_followers::of_report(app.app().store.read(), report.id).await.unwrap();
    all.into_iter().map(|one| (one.person, one.through)).collect()
}

#[tokio::test]
async fn followers_move_with_a_merge_and_come_back_when_it_is_taken_apart() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    let (lead, other) = (reports(&app, &mut lupe).await, reports(&app, &mut beto).await);
    let (lupe, beto) = (lead.person_id.unwrap(), other.person_id.unwrap());
    move_to(&desk, &other, "in_progress", json!({})).await;
    let (status, merged) = merge(&desk, &other, json!({ "folio": lead.folio, "note": "Es el mismo" })).await;
    assert_eq!((status, merged["state"].as_str()), (200, Some("duplicate")), "{merged}");
    assert_eq!(followers(&app, &lead).await, [(lupe, None), (beto, Some(other.id))]);
    let whole = now(&desk, &lead).await;
    assert_eq!((&whole["people"], &whole["followers"]), (&json!(2), &json!(2)));
    assert_eq!(whole["added"][0]["folio"], json!(other.folio));
    let last = whole["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["kind"], &last["folio"], &last["people"]),
        (&json!("merged"), &json!(other.folio), &json!(1))
    );
    let child = now(&desk, &other).await;
    assert_eq!((&child["parent"]["folio"], &child["next"]), (&json!(lead.folio), &json!([])));
    assert_eq!(folios(&desk, "").await, std::slice::from_ref(&lead.folio));

    let (status, back) = apart(&desk, &other).await;
    assert_eq!((status, back["state"].as_str()), (200, Some("in_progress")), "where it was: {back}");
    assert_eq!(followers(&app, &lead).await, [(lupe, None)]);
    assert_eq!(followers(&app, &other).await, [(beto, None)]);
    let whole = now(&desk, &lead).await;
    assert_eq!((&whole["people"], &whole["added"]), (&json!(1), &json!([])));
    let child = now(&desk, &other).await;
    assert_eq!(
        (&child["parent"], &child["outcome"], &child["reopened"]),
        (&json!(null), &json!(null), &json!(0))
    );
    assert_eq!(apart(&desk, &other).await.1["code"], "not_added");
}

#[tokio::test]
async fn who_followed_both_keeps_following_the_first() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let mut lupe = app.citizen("Lupe");
    let (lead, other) = (reports(&app, &mut lupe).await, reports(&app, &mut lupe).await);
    merge(&desk, &other, json!({ "into": lead.id })).await;
    assert_eq!(followers(&app, &lead).await, [(lead.person_id.unwrap(), None)]);
    apart(&desk, &other).await;
    assert_eq!(followers(&app, &lead).await, [(lead.person_id.unwrap(), None)]);
}

#[tokio::test]
async fn what_was_reopened_is_not_opened_again_by_taking_it_apart() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let (lead, other) = (filed(&app, "pothole", HERE).await, filed(&app, "pothole", HERE).await);
    move_to(
        &desk,
        &other,
        "closed_rejected",
        json!({ "reason": "not_found", "public_text": "No lo hallamos ahí." }),
    )
    .await;
    move_to(&desk, &other, "reopened", json!({})).await;
    let due = now(&desk, &other).await["resolve"]["due_at"].clone();
    merge(&desk, &other, json!({ "into": lead.id })).await;
    apart(&desk, &other).await;
    let whole = now(&desk, &other).await;
    assert_eq!((&whole["state"], &whole["reopened"]), (&json!("reopened"), &json!(1)));
    assert_eq!(whole["resolve"]["due_at"], due, "nor does its clock begin anew");
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_by_its_reason() {
    let app = TestApp::new().await;
    let desk = app.member_of(&[Role::Agent, Role::Department], &["comptroller"]).await;
    let crew = app.member_of(&[Role::Department], &["water"]).await;
    let one = async |category: &str| filed(&app, category, HERE).await;
    let (lead, added, third) = (one("pothole").await, one("pothole").await, one("pothole").await);
    let (closed, bribe, leak) = (one("pothole").await, one("corruption").await, one("water_leak").await);
    let gone = json!({ "reason": "not_found", "public_text": "No hay nada en esa calle." });
    move_to(&desk, &closed, "closed_rejected", gone).await;
    assert_eq!(merge(&desk, &added, json!({ "into": lead.id })).await.0, 200);
    for (report, into, code) in [
        (&third, json!({ "into": added.id }), "parent_added"),
        (&third, json!({ "into": closed.id }), "parent_closed"),
        (&third, json!({ "into": bribe.id }), "private_apart"),
        (&third, json!({ "into": third.id }), "needs_parent"),
        (&third, json!({ "folio": "PC-0000-0000" }), "no_parent"),
        (&third, json!({}), "no_parent"),
        (&lead, json!({ "into": third.id }), "has_added"),
        (&added, json!({ "into": third.id }), "report_added"),
    ] {
        let (status, refused) = merge(&desk, report, into).await;
        assert_eq!((status, refused["code"].as_str()), (422, Some(code)), "{refused}");
    }
    let (_, refused) = merge(&crew, &leak, json!({ "into": lead.id })).await;
    assert_eq!(refused["code"], "no_parent", "what is not seen is nothing to merge with");
}
