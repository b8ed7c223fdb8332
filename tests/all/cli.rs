//! The real binary, as people and scripts call it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use sea_orm::ConnectionTrait;
use serde_json::Value;
use ventanilla::{demo, staff::Role};

use crate::support::{
    TestApp,
    folder::{Folder, shared_model},
};

fn ventanilla(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    command.args(words).env("VENTANILLA_UNDERSTANDING__MODEL", shared_model()).stdin(Stdio::null());
    command
}

fn run(words: &[&str]) -> (i32, String, String) {
    told(ventanilla(words).output().unwrap())
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn run_with_input(words: &[&str], input: &str) -> (i32, String, String) {
    let piped = ventanilla(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = piped.unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    told(child.wait_with_output().unwrap())
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn help_lists_the_commands() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for command in [
        "serve",
        "chat",
        "flows",
        "intents",
        "models",
        "agents",
        "staff",
        "audit",
        "init",
        "migrate",
        "config",
        "quarantine",
    ] {
        assert!(
            out.lines().any(|line| line.trim_start().starts_with(command)),
            "{command} is missing:\n{out}"
        );
    }
}

#[test]
fn words_that_are_no_command_end_with_2() {
    for words in
        [&["dance"][..], &["serve", "--listen", "nowhere"], &["flows"], &["chat", "--channel", "fax"]]
    {
        let (code, out, err) = run(words);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}: {err}");
    }
}

#[test]
fn a_piped_chat_reaches_a_folio() {
    let lines = "hay un bache\nno\nmediano\n/lugar 18.9252 -91.1145\nnada más\n/foto\n1\n";
    for channel in ["whatsapp", "webchat"] {
        let (code, out, err) = run_with_input(&["chat", "--channel", channel], lines);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("Tu folio es *PC-"), "{channel}:\n{out}\n{err}");
    }
}

#[test]
fn a_recorded_chat_is_a_transcript_that_passes() {
    let files = Folder::new();
    let file = files.path().join("bache.test.yaml");
    let lines = "hay un bache\nno\nmediano\n/lugar 18.9252 -91.1145\nrepite por favor\nnada más\n/foto\nin english please\n1\ncancelar\n";
    for talk in ["recorded talk 1", "recorded talk 2"] {
        let (code, out, err) = run_with_input(&["chat", "--record", path(&file)], lines);
        assert_eq!(code, 0, "{out}\n{err}");
        assert!(out.contains("it passes"), "{out}\n{err}");
        let written = std::fs::read_to_string(&file).unwrap();
        for word in [talk, "do: file_report", "location: [18.9252, -91.1145]", "photo: true", "language"] {
            assert!(written.contains(word), "{word} is missing:\n{written}");
        }
    }
    let (code, _, err) = run_with_input(&["chat", "--record", "talk.yaml"], "hola\n");
    assert_eq!((code, err.contains("name it NAME.test.yaml")), (1, true), "{err}");
}

#[test]
fn what_ci_reads_of_the_transcripts_is_xml() {
    let files = Folder::new();
    let file = files.path().join("flows.xml");
    let (code, out, err) = run(&["flows", "test", "--coverage", "--filter", "HELP", "--junit", path(&file)]);
    assert_eq!(code, 0, "{out}\n{err}");
    assert!(out.contains("100.0 %  help") && out.contains("command answer text"), "{out}");
    let xml = std::fs::read_to_string(&file).unwrap();
    assert!(xml.contains("<testsuite name=\"flows/help.test.yaml\""), "{xml}");
    let (code, _, err) = run(&["flows", "test", "--filter", "no such flow"]);
    assert_eq!((code, err.contains("nothing holds 'no such flow'")), (1, true), "{err}");
}

#[test]
fn a_strict_lint_fails_on_warnings_and_json_is_a_line_each() {
    let files = Folder::new();
    let town = files.copy_of_the_demo("town");
    files.write(
        "town/flows/one.yaml",
        "spec: 1\nflow: one\ntitle: {es: Uno, en: One}\nsteps:\n  - end: true\n  - say: {es: Hola, en: Hi}\n",
    );
    assert_eq!(run(&["flows", "lint", path(&town)]).0, 0);
    let (code, out, _) = run(&["flows", "lint", "--strict", "--format", "json", path(&town)]);
    assert_eq!(code, 1, "{out}");
    let found: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(found["rule"], "unreachable-step");
    assert_eq!((&found["file"], &found["line"]), (&"flows/one.yaml".into(), &6.into()));
}

#[test]
fn lint_prints_every_problem_and_ends_with_1() {
    let files = Folder::new();
    let town = files.copy_of_the_demo("town");
    files.write("town/flows/one.yaml", "spec: 1\nflow: one\ntitle: {es: Uno}\nsteps:\n  - sya: {es: Hola}\n");
    files.write("town/flows/two.yaml", "spec: 1\nflow: two\ntitle: {es: Dos}\nsteps:\n  - go: nowhere\n");
    let (code, out, _) = run(&["flows", "lint", path(&town)]);
    assert_eq!(code, 1, "{out}");
    for word in ["flows/one.yaml", "sya", "flows/two.yaml", "nowhere"] {
        assert!(out.contains(word), "{word} is missing:\n{out}");
    }
}

#[test]
fn lint_of_a_folder_that_is_no_content_says_so() {
    let files = Folder::new();
    let (code, _, err) = run(&["flows", "lint", path(files.path())]);
    assert_eq!(code, 1);
    assert!(err.contains("holds none of intents/ flows/ catalogue/"), "{err}");
}

#[test]
fn the_demo_lints_clean_and_its_transcripts_pass() {
    let (code, out, _) = run(&["flows", "lint"]);
    assert!(code == 0 && out.contains("0 errors, 0 warnings"), "{out}");
    let (code, out, _) = run(&["flows", "test"]);
    assert!(code == 0 && out.contains(" passed, 0 failed"), "{out}");
}

#[test]
fn the_schema_that_is_printed_is_the_committed_one() {
    let (code, out, _) = run(&["flows", "schema"]);
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/flows/flow.schema.json");
    assert_eq!((code, out), (0, std::fs::read_to_string(committed).unwrap()));
}

#[test]
fn classify_answers_a_json_object_a_line() {
    let model = shared_model();
    let input = "hay un bache\nthere is a pothole\n\nquiero pedir una pizza\n";
    let (code, out, err) = run_with_input(&["intents", "classify", "--model", path(&model)], input);
    assert_eq!(code, 0, "{err}");
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), input.lines().count());
    assert_eq!((&lines[0]["text"], &lines[0]["intent"]), (&"hay un bache".into(), &"report.pothole".into()));
    assert!(lines[0]["confidence"].as_f64().unwrap() > 0.5);
    assert_eq!(lines[0]["top3"].as_array().unwrap().len(), 3);
}

#[test]
fn eval_says_what_became_of_every_line() {
    let (files, model) = (Folder::new(), shared_model());
    let lines = [
        r#"{"text": "hay un bache en la calle Hidalgo", "intent": "report.pothole"}"#,
        r#"{"text": "Hola, hay un bache en la calle Morelos 4", "intent": "report.pothole"}"#,
        "",
        r#"{"text": " ", "intent": "none"}"#,
        r#"{"text": "quiero una licencia para un circo", "intent": "permits.circus"}"#,
        r#"{"text": "ya no quiero vivir", "intent": "crisis.self_harm"}"#,
    ];
    let data = files.write("texts.jsonl", &format!("\u{feff}{}\r\n", lines.join("\r\n")));
    let eval = ["intents", "eval", "--model", path(&model), "--data", path(&data)];
    let (code, out, err) = run(&eval);
    assert_eq!(code, 0, "{err}");
    for said in [
        "6 lines read, 2 measured, 4 skipped",
        "1 say the same as another",
        "2 are empty",
        "1 have an intent that the model does not know: permits.circus (1)",
        "2 messages, 2 in scope",
    ] {
        assert!(out.contains(said), "{said} is missing:\n{out}");
    }
    let (_, out, _) = run(&[&eval[..], &["--json"]].concat());
    let report: Value = serde_json::from_str(&out).unwrap();
    let skipped = serde_json::json!({ "empty": 2, "duplicate": 1, "unknown_intent": 1 });
    assert_eq!((&report["data"]["lines"], &report["data"]["skipped"]), (&6.into(), &skipped));
    let (_, out, _) = run(&["intents", "compare", path(&model), path(&model), "--data", path(&data)]);
    assert!(out.starts_with("6 lines read, 2 measured"), "{out}");
}

#[test]
fn a_model_that_is_none_is_refused_by_its_name() {
    let files = Folder::new();
    let file = files.write("not.model", "rubbish");
    let (code, _, err) = run(&["intents", "classify", "--model", path(&file)]);
    assert_eq!(code, 1);
    assert!(err.contains("not.model cannot be used"), "{err}");
}

#[test]
fn config_check_names_every_mistake() {
    let files = Folder::new();
    let file = files
        .write("town.toml", "[server]\nlisten = 'nowhere'\n[outbox]\nworkers = 'many'\n[whatsap]\nx = 1\n");
    let (code, _, err) = run(&["config", "check", "--config", path(&file)]);
    assert_eq!(code, 1);
    for key in ["server.listen", "outbox.workers", "whatsap:"] {
        assert!(err.contains(key), "{key} is missing:\n{err}");
    }
    assert_eq!(run(&["config", "check"]).0, 0);
    let (code, _, err) = run(&["config", "check", "--config", "/nowhere.toml"]);
    assert!(code == 1 && err.contains("there is no file /nowhere.toml"), "{err}");
}

#[test]
fn init_writes_a_set_that_is_sound_and_overwrites_nothing() {
    let files = Folder::new();
    let dir = files.path().join("our-town");
    let (code, out, err) = run(&["init", path(&dir)]);
    assert!(code == 0 && out.contains("Now make it yours"), "{err}");
    let (code, out, _) = run(&["flows", "lint", path(&dir)]);
    assert!(code == 0 && out.contains("0 errors"), "{out}");
    assert_eq!(run(&["flows", "test", path(&dir)]).0, 0);
    assert_eq!(run(&["config", "check", "--config", path(&dir.join("ventanilla.toml"))]).0, 0);
    let (code, _, err) = run(&["init", path(&dir)]);
    assert!(code == 1 && err.contains("is not empty"), "{err}");
}

#[test]
fn the_demos_secrets_are_refused_outside_the_demo() {
    let files = Folder::new();
    let settings = format!(
        "[whatsapp]\nnumbers = [{{ phone_number_id = '1', display_phone = '2' }}]\napp_secrets = ['{}']\n\
         verify_token = 'v'\naccess_token = 'a'\n",
        demo::APP_SECRET
    );
    let file = files.write("town.toml", &settings);
    let (code, _, err) = run(&["serve", "--config", path(&file), "--listen", "127.0.0.1:0"]);
    assert!(code == 1 && err.contains("they work with `serve --demo` only"), "{err}");
}

#[test]
fn the_demo_does_not_listen_to_the_world() {
    let files = Folder::new();
    let data = files.path().join("data");
    let (code, _, err) = run(&["serve", "--demo", "--listen", "0.0.0.0:0", "--data", path(&data)]);
    assert!(code == 1 && err.contains("only runs on this machine"), "{err}");
    assert!(!data.exists(), "nothing was made before it refused");
}

#[test]
fn migrate_makes_a_database_and_may_be_called_again() {
    let files = Folder::new();
    let data = files.path().join("data");
    for _ in 0..2 {
        let (code, out, err) = run(&["migrate", "--data", path(&data)]);
        assert!(code == 0 && out.contains("is up to date"), "{err}");
    }
}

#[test]
fn agents_without_data_say_what_to_do() {
    let files = Folder::new();
    let (code, _, err) = run(&["agents", "--data", path(&files.path().join("none")), "list"]);
    assert!(code == 1 && err.contains("start a server first"), "{err}");
}

/// A server in the demo, and where it listens.
pub struct Serving {
    child: Child,
    url: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Serving {
    fn start(data: &Path) -> Self {
        Self::start_with(data, |command| command.stderr(Stdio::null()))
    }

    /// With other surroundings.
    pub fn start_with(data: &Path, change: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let words = ["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path(data)];
        let mut command = ventanilla(&words);
        let mut child = change(command.stdout(Stdio::piped())).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("Ventanilla runs at ").expect("the first line names the address");
        Self { url: url.to_owned(), child, out }
    }

    pub fn get(&self, path: &str) -> (u16, String) {
        let address = self.url.strip_prefix("http://").unwrap();
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    pub fn terminate(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        self.child.wait().unwrap().code()
    }
}

#[test]
fn serve_is_ready_shows_metrics_and_ends_cleanly_on_sigterm() {
    let files = Folder::new();
    let data = files.path().join("data");
    let serving = Serving::start(&data);
    assert_eq!(serving.get("/readyz").0, 200);
    let (status, metrics) = serving.get("/metrics");
    assert!(status == 200 && metrics.contains("ventanilla_commits_total"), "{metrics}");
    let (code, _, err) = run(&["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path(&data)]);
    assert!(code == 1 && err.contains("another server works on"), "{err}");
    assert_eq!(serving.terminate(), Some(0));
}

#[test]
fn agents_work_beside_a_running_server() {
    let files = Folder::new();
    let data = files.path().join("data");
    let serving = Serving::start(&data);
    let (code, out, err) = run(&["agents", "--data", path(&data), "list"]);
    assert_eq!((code, out.trim()), (0, "nobody waits"), "{err}");
    let (code, _, err) = run(&["agents", "--data", path(&data), "close", "abc"]);
    assert!(code == 1 && err.contains("no open conversation has the id abc"), "{err}");
    assert_eq!(serving.terminate(), Some(0));
}

#[test]
fn accounts_are_given_beside_a_running_server_and_stay_written() {
    let files = Folder::new();
    let data = files.path().join("data");
    let serving = Serving::start(&data);
    let staff = |words: &[&str]| run(&[&["staff", "--data", path(&data)], words].concat());
    let laura = ["--name", "Laura Chan", "--email", "laura@example.mx", "--role", "admin"];
    let (code, out, err) = staff(&[&["add"][..], &laura].concat());
    assert!(code == 0 && out.contains("/console/welcome#"), "{out}{err}");
    let token = out.lines().next().unwrap().split_once('#').unwrap().1;
    let (status, answer) = serving.get(&format!("/api/v1/invitations/{token}"));
    assert!(status == 200 && answer.contains("laura@example.mx"), "{answer}");
    let (_, out, _) = staff(&["list"]);
    assert!(out.starts_with("nobody has an account"), "{out}");
    assert_eq!(staff(&["add", "--name", "X", "--email", "x@example.mx", "--role", "king"]).0, 2);
    assert_eq!(serving.terminate(), Some(0));
    let (code, out, err) = run(&["audit", "verify", "--data", path(&data)]);
    // The demo made a link of its own.
    assert!(code == 0 && out.starts_with("2 entries, unbroken"), "{out}{err}");
    let (_, out, _) = run(&["audit", "list", "--action", "staff", "--data", path(&data)]);
    assert!(out.contains("staff.invite") && out.contains("cli:"), "{out}");
}

#[tokio::test]
async fn a_broken_audit_log_ends_with_1() {
    let app = TestApp::new().await;
    app.member(&[Role::Agent]).await;
    app.other_connection().await.execute_unprepared("UPDATE audit SET action = 'x'").await.unwrap();
    let data = app.folder().join("data");
    let (code, _, err) = run(&["audit", "verify", "--data", path(&data)]);
    assert_eq!((code, err.trim()), (1, "ventanilla: entry 1 was changed after it was written"));
}
