//! Another system that talks with the town.

use reqwest::Response;
use serde_json::Value;
use ventanilla::{
    open311::client::tree,
    reports::{self, Actor, Change, State},
    staff::{Permission, keys},
    store::{self, report_events::Words, reports::ReportRow},
};

use crate::support::TestApp;

/// In the middle of the town.
pub const HERE: [(&str, &str); 2] = [("lat", "18.92634"), ("long", "-91.11311")];
/// A report that lacks nothing.
pub const POTHOLE: [(&str, &str); 4] =
    [("service_code", "pothole"), ("attribute[size]", "large"), HERE[0], HERE[1]];

pub struct Other<'a> {
    pub app: &'a TestApp,
    pub key: String,
}

/// What was answered.
pub struct Answer {
    pub status: u16,
    pub mime: String,
    pub text: String,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, mime) = (response.status().as_u16(), header("content-type").unwrap_or_default());
        Self { status, mime, text: response.text().await.unwrap() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn xml(&self) -> Value {
        assert!(self.text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{}", self.text);
        tree(self.text.as_bytes()).unwrap_or_else(|| panic!("no XML: {}", self.text))
    }

    /// What is said to be wrong.
    pub fn wrong(&self) -> String {
        let errors = self.json();
        assert_eq!(errors[0]["code"], self.status, "{errors}");
        let said = errors.as_array().unwrap().iter();
        said.map(|error| error["description"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
    }
}

pub async fn get(app: &TestApp, path: &str) -> Answer {
    Answer::of(app.get(&format!("/open311{path}")).send().await.unwrap()).await
}

/// The list of requests behind a query, as JSON.
pub async fn requests(app: &TestApp, query: &str) -> Vec<Value> {
    let answer = get(app, &format!("/v2/requests.json?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json().as_array().unwrap().clone()
}

/// Their ids.
pub async fn ids(app: &TestApp, query: &str) -> Vec<String> {
    let id = |request: &Value| request["service_request_id"].as_str().unwrap().to_owned();
    requests(app, query).await.iter().map(id).collect()
}

/// One request, as JSON.
pub async fn request(app: &TestApp, id: &str) -> Value {
    let answer = get(app, &format!("/v2/requests/{id}.json?extensions=true")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()[0].clone()
}

impl<'a> Other<'a> {
    /// With a key that may do everything of Open311.
    pub async fn new(app: &'a TestApp) -> Self {
        Self::with(app, &[Permission::FileReports, Permission::UpdateReports]).await
    }

    pub async fn with(app: &'a TestApp, scopes: &[Permission]) -> Self {
        let made = keys::make(&app.app(), "test", "Otro sistema", scopes.to_vec()).await.unwrap();
        Self { app, key: made.secret }
    }

    /// Posts a form with the key.
    pub async fn posts(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form: Vec<_> = form.iter().copied().chain([("api_key", self.key.as_str())]).collect();
        post(self.app, path, &form).await
    }

    /// Files a report in JSON.
    pub async fn files(&self, form: &[(&str, &str)]) -> Answer {
        self.posts("/v2/requests.json", form).await
    }

    /// Files a report that lacks nothing, with something more; gives its id.
    pub async fn filed(&self, more: &[(&str, &str)]) -> String {
        let form: Vec<_> = POTHOLE.iter().chain(more).copied().collect();
        let answer = self.files(&form).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()[0]["service_request_id"].as_str().unwrap().to_owned()
    }
}

pub async fn post(app: &TestApp, path: &str, form: &[(&str, &str)]) -> Answer {
    let request = app
        .post(&format!("/open311{path}"))
        .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
        .body(form_of(form));
    Answer::of(request.send().await.unwrap()).await
}

fn form_of(form: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://x").unwrap();
    url.query_pairs_mut().extend_pairs(form);
    url.query().unwrap_or_default().to_owned()
}

/// The row of a report.
pub async fn row(app: &TestApp, id: &str) -> ReportRow {
    store::reports::by_folio(app.app().store.read(), id).await.unwrap().unwrap()
}

/// Somebody of the town does something about it.
pub async fn town_moves(app: &TestApp, id: &str, to: State, said: &str) {
    let row = row(app, id).await;
    let app = app.app();
    let change = Change {
        words: Words { public: Some(said.to_owned()), ..Words::default() },
        reason: Some("not_ours".to_owned()),
        evidence: vec![app.ids.next()],
        scheduled_for: Some(app.clock.now() + 86_400_000),
        ..Change::new(to, Actor::Cli("ana".to_owned()))
    };
    let unit = app.store.unit().await.unwrap();
    reports::change(&app, &unit, &row, &change).await.unwrap();
    unit.commit().await.unwrap();
}

/// Changes a row as moderation would.
pub async fn set(app: &TestApp, id: &str, change: impl FnOnce(ReportRow) -> ReportRow) {
    let changed = change(row(app, id).await);
    let app = app.app();
    let unit = app.store.unit().await.unwrap();
    store::reports::save(&unit, changed).await.unwrap();
    unit.commit().await.unwrap();
}
