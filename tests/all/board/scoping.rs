//! Who sees which reports.

use std::time::Duration;

use serde_json::json;
use ventanilla::staff::Role;

use super::town::{HERE, audited, filed, folios, later, move_to, now};
use crate::support::TestApp;

#[tokio::test]
async fn a_department_sees_its_own_and_an_agent_sees_all_that_are_not_private() {
    let app = TestApp::new().await;
    let (pothole, leak) = (filed(&app, "pothole", HERE).await, filed(&app, "water_leak", HERE).await);
    let bribe = filed(&app, "corruption", HERE).await;
    let agent = app.member(&[Role::Agent]).await;
    let crew = app.member_of(&[Role::Department], &["water"]).await;
    let comptroller = app.member_of(&[Role::Department], &["comptroller"]).await;
    let supervisor = app.member_of(&[Role::Supervisor], &["comptroller"]).await;
    let mut all = folios(&agent, "").await;
    all.sort();
    let mut public = vec![pothole.folio.clone(), leak.folio.clone()];
    public.sort();
    assert_eq!(all, public);
    assert_eq!(folios(&crew, "").await, std::slice::from_ref(&leak.folio));
    assert_eq!(folios(&comptroller, "").await, std::slice::from_ref(&bribe.folio));
    assert!(
        !folios(&supervisor, "queue=all").await.contains(&bribe.folio),
        "who supervises sees no denuncia"
    );
    for (desk, report) in [(&agent, &bribe), (&crew, &pothole), (&comptroller, &leak)] {
        let (status, _) = desk.get(&format!("/board/reports/{}", report.id)).await;
        assert_eq!(status, 404);
        let moving = json!({ "version": 1, "to": "in_progress" });
        let (status, _) = desk.post(&format!("/board/reports/{}/move", report.id), moving).await;
        assert_eq!(status, 404, "what is not seen is not moved");
    }
}

#[tokio::test]
async fn every_look_at_a_private_report_is_written_down_and_lists_say_nothing_of_it() {
    let app = TestApp::new().await;
    let bribe = filed(&app, "corruption", HERE).await;
    let comptroller = app.member_of(&[Role::Department], &["comptroller"]).await;
    let (_, page) = comptroller.get("/board/reports").await;
    let row = &page["reports"][0];
    for hidden in ["summary", "place", "lat", "colonia_name"] {
        assert_eq!(row[hidden], json!(null), "{hidden}");
    }
    assert_eq!(audited(&app, "report.view").await, 0);
    let whole = now(&comptroller, &bribe).await;
    assert_eq!(whole["description"], "Hay un hoyo enorme, habla Lupe");
    assert_eq!((&whole["may_moderate"], &whole["near"]), (&json!(false), &json!([])));
    now(&comptroller, &bribe).await;
    assert_eq!(audited(&app, "report.view").await, 2);
    let (_, table) = comptroller.get("/board/counts").await;
    assert_eq!(table["open"], 1);
    assert_eq!(
        folios(&comptroller, "q=hoyo").await,
        Vec::<String>::new(),
        "its words are searched by nobody"
    );
}

#[tokio::test]
async fn tabs_filters_and_pages_lead_to_every_report_once() {
    let app = TestApp::new().await;
    let crew = app.member_of(&[Role::Agent, Role::Department], &["water"]).await;
    let leak = filed(&app, "water_leak", HERE).await;
    let mut all = vec![leak.folio.clone()];
    for category in ["pothole", "streetlight", "pothole", "graffiti"] {
        app.advance(Duration::from_secs(60)).await;
        all.push(filed(&app, category, HERE).await.folio);
    }
    assert_eq!(folios(&crew, "queue=department").await, std::slice::from_ref(&leak.folio));
    assert_eq!(folios(&crew, "category=pothole,graffiti").await.len(), 3);
    assert_eq!(
        folios(&crew, &format!("q={}", leak.folio.get(3..7).unwrap())).await,
        std::slice::from_ref(&leak.folio)
    );
    assert_eq!(folios(&crew, "q=100%25").await.len(), 0, "a percent sign is a percent sign");
    assert_eq!(folios(&crew, "colonia=centro").await.len(), 5);
    assert_eq!(folios(&crew, "lat=18.9263&lon=-91.1131&metres=50").await.len(), 5);
    assert_eq!(folios(&crew, "lat=18.93&lon=-91.1131&metres=50").await.len(), 0);
    assert_eq!(folios(&crew, "state=received&department=water").await, std::slice::from_ref(&leak.folio));
    assert_eq!(crew.get("/board/reports?state=lost").await.0, 400);
    assert_eq!(crew.get("/board/reports?cursor=x").await.0, 400);
    assert_eq!(crew.get("/board/reports?lat=18.9&lon=-91&metres=-4").await.0, 400);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let (_, page) = crew.get(&format!("/board/reports?order=newest&limit=2{cursor}")).await;
        let reports = page["reports"].as_array().unwrap();
        seen.extend(reports.iter().map(|one| one["folio"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    all.reverse();
    assert_eq!(seen, all);
}

#[tokio::test]
async fn what_is_too_late_comes_first_and_is_counted() {
    let app = TestApp::new().await;
    let crew = app.member(&[Role::Agent]).await;
    let slow = filed(&app, "graffiti", HERE).await;
    let soon = filed(&app, "water_leak", HERE).await;
    assert_eq!(folios(&crew, "").await, [soon.folio.clone(), slow.folio.clone()]);
    // Water: a working day to respond; by Wednesday it is over.
    later(&app, &crew, Duration::from_secs(2 * 24 * 3600)).await;
    assert_eq!(folios(&crew, "queue=due").await, std::slice::from_ref(&soon.folio));
    assert_eq!(folios(&crew, "urgency=late").await, std::slice::from_ref(&soon.folio));
    assert_eq!(folios(&crew, "urgency=at_risk").await, Vec::<String>::new());
    let (_, counts) = crew.get("/board/counts").await;
    assert_eq!((&counts["open"], &counts["due"]), (&json!(2), &json!(1)));
    assert_eq!(now(&crew, &soon).await["clock"]["state"], "late");
    let (status, moved) = move_to(&crew, &soon, "in_progress", json!({})).await;
    assert_eq!(status, 200, "{moved}");
    let whole = now(&crew, &soon).await;
    assert_eq!((&whole["respond"]["state"], &whole["clock"]["state"]), (&json!("missed"), &json!("running")));
}
