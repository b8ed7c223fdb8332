//! What stays written of what people of the town do.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use ventanilla::staff::{
    Role,
    chain::{self, Broken},
};

use crate::support::{
    TestApp,
    staff::{Desk, PASSWORD},
};

/// Actions, oldest first.
async fn actions(auditor: &Desk<'_>, query: &str) -> Vec<String> {
    let (_, page) = auditor.get(&format!("/audit?limit=500{query}")).await;
    let rows = page["rows"].as_array().unwrap().iter().rev();
    rows.map(|row| row["action"].as_str().unwrap().to_owned()).collect()
}

/// Makes a town hall busy; gives who reads its log.
async fn busy(app: &TestApp) -> Desk<'_> {
    let admin = app.member(&[Role::Admin, Role::Auditor]).await;
    let ana = app.member(&[Role::Agent]).await;
    app.desk(&ana.email).sign_in("tres ceibas rojas").await;
    app.desk("secreto@typed.example").sign_in(PASSWORD).await;
    ana.patch("/me", json!({ "name": "Ana" })).await;
    ana.put("/me/password", json!({ "current": PASSWORD, "new": "cuatro loros verdes" })).await;
    admin.patch(&format!("/staff/{}", ana.id), json!({ "roles": ["agent", "trainer"] })).await;
    admin.post("/keys", json!({ "name": "Archivo", "scopes": ["audit.read"] })).await;
    ana.delete("/session").await;
    admin.patch(&format!("/staff/{}", ana.id), json!({ "active": false })).await;
    admin
}

const DONE: [&str; 10] = [
    "session.open",
    "session.open",
    "session.refused",
    "session.refused",
    "staff.name",
    "password.change",
    "staff.roles",
    "key.make",
    "session.close",
    "staff.deactivate",
];

#[tokio::test]
async fn every_act_leaves_an_entry_and_the_chain_holds() {
    let app = TestApp::new().await;
    let admin = busy(&app).await;
    assert_eq!(actions(&admin, "").await, DONE);
    assert_eq!(actions(&admin, "&action=session.refused").await.len(), 2);
    assert_eq!(actions(&admin, "&actor=nobody").await, ["session.refused", "session.refused"]);
    let chain = chain::verify(app.app().store.read()).await.unwrap();
    assert_eq!(chain.rows, 10);
}

#[tokio::test]
async fn the_log_names_who_did_what_to_whom_and_nothing_that_was_typed() {
    let app = TestApp::new().await;
    let admin = busy(&app).await;
    let (_, page) = admin.get("/audit").await;
    let text = page["rows"].to_string();
    for typed in ["secreto", "ceibas", "loros", "@"] {
        assert!(!text.contains(typed), "{typed} is in {text}");
    }
    let roles = page["rows"].as_array().unwrap().iter().find(|row| row["action"] == "staff.roles").unwrap();
    assert_eq!(roles["actor_name"], "Persona 1");
    assert_eq!(roles["detail"], json!({ "from": ["agent"], "to": ["agent", "trainer"] }));
    assert!(roles["subject"].as_str().unwrap().starts_with("staff:"));
}

#[tokio::test]
async fn the_log_is_read_page_by_page() {
    let app = TestApp::new().await;
    let admin = busy(&app).await;
    let (mut before, mut seqs) = (Value::Null, Vec::new());
    loop {
        let from = before.as_i64().map(|seq| format!("&before={seq}")).unwrap_or_default();
        let (_, page) = admin.get(&format!("/audit?limit=4{from}")).await;
        seqs.extend(page["rows"].as_array().unwrap().iter().map(|row| row["seq"].as_i64().unwrap()));
        before = page["next"].clone();
        if before.is_null() {
            break;
        }
    }
    assert_eq!(seqs, (1..=10).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_log_that_was_meddled_with_is_found_out() {
    for (meddling, found) in [
        ("UPDATE audit SET actor = 'staff:else' WHERE seq = 3", "entry 3 was changed"),
        ("UPDATE audit SET at = at + 1 WHERE seq = 10", "entry 10 was changed"),
        ("DELETE FROM audit WHERE seq = 4", "entry 4 is missing"),
        ("DELETE FROM audit WHERE seq = 1", "entry 1 is missing"),
        ("UPDATE audit SET prev = hash WHERE seq = 5", "entry 5 does not follow"),
        (
            "INSERT INTO audit SELECT town_id, 0, at, actor, action, subject, detail_json, prev, hash FROM audit WHERE seq = 1",
            "entry 1 is missing: entry 0",
        ),
    ] {
        let app = TestApp::new().await;
        busy(&app).await;
        app.other_connection().await.execute_unprepared(meddling).await.unwrap();
        let broken: Broken = chain::verify(app.app().store.read()).await.unwrap_err();
        assert!(broken.to_string().starts_with(found), "{meddling}: {broken}");
    }
}
