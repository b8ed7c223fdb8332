//! People on call: who is called when somebody is in danger, until one of them answers.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};
use ventanilla::{config::Config, staff::Role};

use crate::support::{TestApp, citizen::Citizen};

const FIVE_MINUTES: Duration = Duration::from_secs(5 * 60);

/// A system that calls people: keeps what it was posted, and refuses the first so many.
#[derive(Clone)]
struct Pager {
    url: String,
    posted: Arc<Mutex<Vec<Value>>>,
}

impl Pager {
    async fn new(refused: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let posted = Arc::new(Mutex::new(Vec::new()));
        let keep = async move |State(posted): State<Arc<Mutex<Vec<Value>>>>, Json(body): Json<Value>| {
            let mut posted = posted.lock().unwrap();
            posted.push(body);
            if posted.len() <= refused { StatusCode::BAD_GATEWAY } else { StatusCode::OK }
        };
        let router = Router::new().route("/", post(keep)).with_state(Arc::clone(&posted));
        tokio::spawn(axum::serve(listener, router).into_future());
        Self { url, posted }
    }

    fn count(&self) -> usize {
        self.posted.lock().unwrap().len()
    }

    /// Behind the town's address.
    fn link(&self, n: usize) -> String {
        let link = self.posted.lock().unwrap()[n]["link"].as_str().unwrap().to_owned();
        let (_, path) = link.split_once("/guardia/").unwrap();
        format!("/guardia/{path}")
    }
}

/// A town with these people on call: TOML.
async fn town(notify: String) -> TestApp {
    let section = Config::from_toml(&format!("[notify]\n{notify}")).unwrap().notify;
    TestApp::builder().configure(move |config| config.notify = section).start().await
}

fn called_by(id: &str, name: &str, pager: &Pager) -> String {
    format!("{{id = \"{id}\", name = \"{name}\", webhook = \"{}\"}}", pager.url)
}

async fn in_danger<'a>(app: &'a TestApp, name: &str) -> Citizen<'a> {
    let mut lupe = app.citizen(name);
    let said = lupe.asks("ya no quiero vivir").await;
    assert!(said.contains("800 911 2000"), "{said}");
    lupe
}

async fn open(app: &TestApp, method: reqwest::Method, path: &str) -> (u16, String) {
    let request = reqwest::Client::builder().build().unwrap().request(method, app.url(path));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn the_first_who_answers_ends_it_and_looking_at_the_link_is_no_answer() {
    let (rosa, ana) = (Pager::new(0).await, Pager::new(0).await);
    let people = [called_by("rosa", "Rosa May", &rosa), called_by("ana", "Ana <Uc>", &ana)].join(", ");
    let app = town(format!("people = [{people}]")).await;
    in_danger(&app, "Lupe").await;
    app.until("both are called", async || rosa.count() == 1 && ana.count() == 1).await;
    let posted = rosa.posted.lock().unwrap()[0].to_string();
    assert!(!posted.contains("vivir") && !posted.contains("Lupe"), "{posted}");

    let (status, page) = open(&app, reqwest::Method::GET, &ana.link(0)).await;
    assert!(status == 200 && page.contains("Sí, yo lo atiendo"), "{page}");
    let waiting = "SELECT COUNT(*) AS n FROM pages WHERE state = 'waiting'";
    assert_eq!(app.count(waiting, []).await, 1, "a mail program looked at it");
    let (_, page) = open(&app, reqwest::Method::POST, &ana.link(0)).await;
    assert!(page.contains("Está en tus manos") && page.contains("/console/desk/chats/"), "{page}");
    let (_, page) = open(&app, reqwest::Method::POST, &rosa.link(0)).await;
    assert!(page.contains("Ya lo atiende Ana &lt;Uc&gt;"), "{page}");

    app.advance(FIVE_MINUTES * 4).await;
    app.settle().await;
    assert_eq!((rosa.count(), ana.count()), (1, 1), "nobody is called any more");
    assert_eq!(app.texts("SELECT actor AS t FROM audit WHERE action = 'page.answer'").await, ["call:ana"]);
}

#[tokio::test]
async fn where_nobody_answers_the_next_are_called_and_then_the_citizen_is_told() {
    let (rosa, ana) = (Pager::new(0).await, Pager::new(0).await);
    let people = [called_by("rosa", "Rosa", &rosa), called_by("ana", "Ana", &ana)].join(", ");
    let rota = "{from = \"00:00\", to = \"24:00\", levels = [[\"rosa\"], [\"ana\"]]}";
    let app = town(format!("rounds = 2\npeople = [{people}]\nrota = [{rota}]")).await;
    let mut lupe = in_danger(&app, "Lupe").await;
    app.until("Rosa is called", async || rosa.count() == 1).await;
    assert_eq!(ana.count(), 0);
    app.advance(FIVE_MINUTES).await;
    app.until("Ana is called", async || ana.count() == 1).await;
    app.advance(FIVE_MINUTES).await;
    let told = "SELECT COUNT(*) AS n FROM outbox WHERE message_json LIKE '%Todavía no logro%'";
    app.until("the citizen is told", async || app.count(told, []).await == 1).await;
    let said = lupe.hears().await.join("\n");
    assert!(said.contains("Todavía no logro") && said.contains("800 911 2000"), "{said}");
    app.until("the rota begins again", async || rosa.count() == 2).await;
    app.advance(FIVE_MINUTES).await;
    app.until("Ana is called again", async || ana.count() == 2).await;
    app.advance(FIVE_MINUTES).await;
    let given_up = "SELECT COUNT(*) AS n FROM pages WHERE state = 'given_up'";
    app.until("it is given up", async || app.count(given_up, []).await == 1).await;
    assert_eq!(app.count(told, []).await, 1, "they are told once");
    let (_, page) = open(&app, reqwest::Method::POST, &ana.link(1)).await;
    assert!(page.contains("Está en tus manos"), "late is better than never: {page}");
    app.settle().await;
}

#[tokio::test]
async fn a_pager_that_does_not_answer_is_called_again() {
    let rosa = Pager::new(2).await;
    let app = town(format!("people = [{}]", called_by("rosa", "Rosa", &rosa))).await;
    in_danger(&app, "Lupe").await;
    for (wait, calls) in [(0, 1), (10, 2), (30, 3)] {
        app.advance(Duration::from_secs(wait)).await;
        app.until("it is called again", async || rosa.count() == calls).await;
    }
    let sent = "SELECT COUNT(*) AS n FROM page_calls WHERE state = 'sent' AND attempts = 3";
    app.until("it is sent", async || app.count(sent, []).await == 1).await;
}

#[tokio::test]
async fn who_takes_the_chat_at_the_desk_answers_for_it() {
    let pager = Pager::new(0).await;
    let app = town(format!("people = [{}]", called_by("luis", "Luis", &pager))).await;
    in_danger(&app, "Lupe").await;
    app.until("Luis is called", async || pager.count() == 1).await;
    let rosa = app.member(&[Role::Agent]).await;
    let (_, listing) = rosa.get("/desk/chats?queue=unanswered").await;
    let chat = &listing["chats"][0];
    let path = |what: &str| format!("/desk/chats/{}{what}", chat["id"].as_str().unwrap());
    let (status, crisis) = rosa.get(&path("/crisis")).await;
    assert_eq!(status, 200, "{crisis}");
    assert_eq!(
        (&crisis["page"]["state"], &crisis["page"]["calls"][0]["name"]),
        (&json!("waiting"), &json!("Luis"))
    );
    assert!(crisis["lines"].as_array().unwrap().iter().any(|line| line["phone"] == "800 911 2000"));
    let (status, _) = rosa.post(&path("/claim"), json!({ "version": chat["version"] })).await;
    assert_eq!(status, 200);
    let (_, crisis) = rosa.get(&path("/crisis?lang=en")).await;
    assert_eq!(crisis["page"]["state"], "answered", "{crisis}");
    assert!(crisis["lines"].as_array().unwrap().iter().any(|line| line["name"] == "Emergencies"));
}

#[tokio::test]
async fn somebody_may_answer_at_the_desk_without_taking_the_chat() {
    let pager = Pager::new(0).await;
    let app = town(format!("people = [{}]", called_by("luis", "Luis", &pager))).await;
    in_danger(&app, "Lupe").await;
    let rosa = app.member(&[Role::Supervisor]).await;
    let (_, listing) = rosa.get("/desk/chats?queue=unanswered").await;
    let id = listing["chats"][0]["id"].as_str().unwrap();
    let (status, crisis) = rosa.post(&format!("/desk/chats/{id}/crisis"), json!({})).await;
    assert_eq!((status, &crisis["page"]["state"]), (200, &json!("answered")), "{crisis}");
    let (status, again) = rosa.post(&format!("/desk/chats/{id}/crisis"), json!({})).await;
    assert_eq!((status, &again["page"]["answered_by"]), (200, &crisis["page"]["answered_by"]));
}

#[tokio::test]
async fn sms_and_email_call_too() {
    let (url, mails) = mail_server().await;
    let people = "{id = \"ana\", name = \"Ana\", sms = \"+529811110000\", email = \"ana@town.example\"}";
    let smtp = format!("smtp_url = \"{url}\"\nfrom = \"Ventanilla <v@town.example>\"");
    let app = town(format!("{smtp}\npeople = [{people}]")).await;
    in_danger(&app, "Lupe").await;
    let sent = "SELECT COUNT(*) AS n FROM page_calls WHERE state = 'sent'";
    app.until("both are sent", async || app.count(sent, []).await == 2).await;
    let mail = mails.lock().unwrap().join("\n");
    assert!(mail.contains("Subject: Alguien en peligro") && mail.contains("/guardia/"), "{mail}");
    assert!(!mail.contains("vivir"), "{mail}");
}

#[tokio::test]
async fn a_link_of_nobody_opens_nothing() {
    let pager = Pager::new(0).await;
    let app = town(format!("people = [{}]", called_by("luis", "Luis", &pager))).await;
    in_danger(&app, "Lupe").await;
    app.until("Luis is called", async || pager.count() == 1).await;
    let link = pager.link(0);
    let forged = format!("{}0000", &link.get(..link.len() - 4).unwrap());
    for path in
        [forged.as_str(), "/guardia/x", "/guardia/01990000000070008000000000000000-00", "/guardia/%00-é"]
    {
        let (status, _) = open(&app, reqwest::Method::POST, path).await;
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pages WHERE state = 'waiting'", []).await, 1);
}

#[tokio::test]
async fn a_town_that_names_nobody_goes_on_as_before() {
    let app = TestApp::new().await;
    in_danger(&app, "Lupe").await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM pages", []).await, 0);
}

/// Takes every mail: its address, and the lines that it was sent.
async fn mail_server() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mails = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&mails);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (read, mut write) = socket.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 town.example\r\n").await.unwrap();
            let mut in_mail = false;
            while let Ok(Some(line)) = lines.next_line().await {
                let answer: &[u8] = match (in_mail, line.as_str()) {
                    (true, ".") => b"250 taken\r\n",
                    (true, _) => b"",
                    (false, "DATA") => b"354 go on\r\n",
                    (false, "QUIT") => b"221 bye\r\n",
                    (false, _) => b"250 fine\r\n",
                };
                in_mail = if in_mail { line != "." } else { line == "DATA" };
                kept.lock().unwrap().push(line);
                if !answer.is_empty() {
                    write.write_all(answer).await.unwrap();
                }
            }
        }
    });
    (url, mails)
}
