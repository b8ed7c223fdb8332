//! What everybody may see of a report.

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{HERE, bring, filed, folios, move_to, now, path};
use crate::support::{TestApp, citizen::PHOTO};

#[tokio::test]
async fn words_and_photos_are_shown_by_who_looked_at_them() {
    let app = TestApp::new().await;
    let crew = app.member_of(&[Role::Department], &["public_works"]).await;
    let agent = app.member(&[Role::Agent]).await;
    let report = filed(&app, "pothole", HERE).await;
    assert_eq!(folios(&crew, "queue=moderation").await, std::slice::from_ref(&report.folio));
    let seen = now(&crew, &report).await;
    let text = |version: &serde_json::Value, text: &str, shown: bool| json!({ "version": version, "text": text, "shown": shown });
    let clean = text(&seen["version"], "Hay un hoyo enorme", true);
    assert_eq!(agent.put(&path(&seen, "/text"), clean.clone()).await.0, 403, "agents do not moderate");
    let empty = text(&seen["version"], " ", true);
    assert_eq!(crew.put(&path(&seen, "/text"), empty).await.1["code"], "nothing_said");
    assert_eq!(crew.put(&path(&seen, "/text"), clean).await.0, 200);
    let shown = now(&crew, &report).await;
    assert_eq!(
        (&shown["moderation"], &shown["public_text"]),
        (&json!("shown"), &json!("Hay un hoyo enorme"))
    );
    assert_eq!(folios(&crew, "queue=moderation").await, Vec::<String>::new());
    let hidden = text(&shown["version"], "", false);
    assert_eq!(crew.put(&path(&seen, "/text"), hidden).await.0, 200);
    assert_eq!(now(&crew, &report).await["public_text"], json!(null));

    let (_, photo) = bring(&crew, &report, "a.png", PHOTO).await;
    let told = json!({ "public_text": super::town::DONE, "evidence": [photo["id"]] });
    move_to(&crew, &report, "resolved_claimed", told).await;
    let waiting = now(&crew, &report).await;
    assert_eq!(waiting["photos"][0]["moderation"], "waiting", "nobody said that it may be shown");
    assert_eq!(folios(&crew, "queue=moderation").await, std::slice::from_ref(&report.folio));
    let file = path(&waiting, &format!("/photos/{}", photo["id"].as_str().unwrap()));
    let show = json!({ "version": waiting["version"], "shown": true });
    assert_eq!(crew.patch(&file, show).await.0, 200);
    assert_eq!(now(&crew, &report).await["photos"][0]["moderation"], "shown");
    let nothing = path(&waiting, "/photos/01990000-0000-7000-8000-000000000000");
    let version = now(&crew, &report).await["version"].clone();
    let (status, refused) = crew.patch(&nothing, json!({ "version": version, "shown": true })).await;
    assert_eq!((status, refused["code"].as_str()), (422, Some("no_photo")));
}

#[tokio::test]
async fn a_private_report_is_never_shown_and_never_merged() {
    let app = TestApp::new().await;
    let comptroller = app.member_of(&[Role::Department], &["comptroller"]).await;
    let bribe = filed(&app, "corruption", HERE).await;
    let seen = now(&comptroller, &bribe).await;
    let shown = json!({ "version": seen["version"], "text": "Algo pasó", "shown": true });
    assert_eq!(comptroller.put(&path(&seen, "/text"), shown).await.1["code"], "private_apart");
    assert_eq!(folios(&comptroller, "queue=moderation").await, Vec::<String>::new());
}
