//! Journeys: what a person and the town say to each other, over the real wire. One YAML file a theme in `journeys/`;
//! each journey is played on WhatsApp and again at the town's page, unless it names its channels (`sms` and `voice` are
//! the others; a call begins with the town's welcome).
//!
//! The words are patterns: `*` stands for anything. `{folio}` and `{pin}` are what the town last gave.

use std::{fmt::Write as _, time::Duration};

use serde::Deserialize;
use serde_json::Value;
use ventanilla_adapters::Channel;

use crate::support::{TestApp, citizen::Citizen};

/// Reports, each with its only photo.
const REPORTS: &str = "(SELECT reports.*, (SELECT media_id FROM report_photos WHERE report_id = reports.id) AS photo_id \
                       FROM reports) AS reports";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journey {
    name: String,
    #[serde(default = "everywhere")]
    channels: Vec<Channel>,
    /// When it begins.
    at: Option<String>,
    talk: Vec<Step>,
}

fn everywhere() -> Vec<Channel> {
    vec![Channel::Whatsapp, Channel::Webchat]
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    Me(Said),
    /// The whole answer, bubbles joined by an empty line.
    Town(String),
    /// Seconds on the clock.
    Wait(f64),
    /// The first who waits is answered, by this agent's words.
    Agent(String),
    Then(Happening),
    /// Columns of the only report.
    Report(Value),
    /// So many reports were filed.
    Reports(i64),
    /// Columns of the only entry in the queue that is open.
    Queue(Value),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Happening {
    /// The town says nothing.
    Silence,
    /// The agent gives the chat back.
    Close,
    /// The server is stopped and started again.
    Restart,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Said {
    Words(String),
    Press {
        press: String,
    },
    Pin {
        pin: [f64; 2],
    },
    Photo {
        #[expect(dead_code, reason = "only its presence counts")]
        photo: bool,
    },
    Unsupported {
        unsupported: String,
    },
}

/// What was said so far: for failures, and for the folio.
struct Record {
    text: String,
    folio: String,
    pin: String,
}

async fn play(yaml: &str, channel: Channel) {
    let journeys: Value = serde_saphyr::from_str(yaml).unwrap();
    let journeys: Vec<Journey> = serde_json::from_value(journeys).unwrap();
    for journey in journeys.iter().filter(|journey| journey.channels.contains(&channel)) {
        let mut builder = TestApp::builder();
        if let Some(at) = &journey.at {
            builder = builder.at(at);
        }
        let app = builder.start().await;
        walk(&app, channel, journey).await;
    }
}

async fn walk(app: &TestApp, channel: Channel, journey: &Journey) {
    let mut me = match channel {
        Channel::Whatsapp => app.citizen("Lupe"),
        Channel::Webchat => app.visitor().await,
        Channel::Sms => app.texter("Lupe"),
        Channel::Voice => app.caller("Lupe"),
    };
    let mut record =
        Record { text: format!("{} ({channel})\n", journey.name), folio: String::new(), pin: String::new() };
    for step in &journey.talk {
        take(app, channel, &mut me, step, &mut record).await;
    }
    let rest = me.hears().await;
    assert!(rest.is_empty(), "{}the town said more than the journey tells: {rest:?}", record.text);
}

async fn take(app: &TestApp, channel: Channel, me: &mut Citizen<'_>, step: &Step, record: &mut Record) {
    match step {
        Step::Me(said) => {
            say(me, said, record).await;
            // Text messages leave one after the other.
            if matches!(channel, Channel::Sms) {
                app.settle().await;
                app.advance(Duration::from_secs(2)).await;
            }
        }
        Step::Town(pattern) => {
            let heard = me.hears().await.join("\n\n");
            record.hear(&heard);
            let pattern = record.filled(pattern);
            assert!(!heard.is_empty(), "{}\n--- silence, where an answer was expected", record.text);
            assert!(fits(&pattern, &heard), "{}\n--- expected:\n{pattern}", record.text);
        }
        Step::Wait(seconds) => app.advance(Duration::from_secs_f64(*seconds)).await,
        Step::Agent(words) => {
            let entry = waiting(app).await;
            app.agent_says(entry, "Rosa", words).await.unwrap();
        }
        Step::Then(happening) => happen(app, me, *happening, record).await,
        Step::Report(columns) => compare(app, REPORTS, columns, &record.text).await,
        Step::Queue(columns) => compare(app, "handovers", columns, &record.text).await,
        Step::Reports(n) => {
            app.settle().await;
            assert_eq!(app.count("SELECT COUNT(*) AS n FROM reports", []).await, *n, "{}", record.text);
        }
    }
}

async fn happen(app: &TestApp, me: &mut Citizen<'_>, happening: Happening, record: &Record) {
    match happening {
        Happening::Silence => {
            let heard = me.hears().await;
            assert!(heard.is_empty(), "{}\n--- expected silence, but: {heard:?}", record.text);
        }
        Happening::Close => {
            app.agent_closes(waiting(app).await).await;
        }
        Happening::Restart => {
            app.settle().await;
            app.restart().await;
        }
    }
}

async fn say(me: &mut Citizen<'_>, said: &Said, record: &mut Record) {
    writeln!(record.text, "> {said:?}").unwrap();
    match said {
        Said::Words(words) => me.says(&record.filled(words)).await,
        Said::Press { press } => me.presses(press).await,
        Said::Pin { pin: [lat, lon] } => me.sends_pin(*lat, *lon).await,
        Said::Photo { .. } => me.sends_photo().await,
        Said::Unsupported { unsupported } => me.sends_unsupported(unsupported).await,
    }
}

async fn waiting(app: &TestApp) -> ventanilla::store::handovers::HandoverRow {
    app.settle().await;
    let open = ventanilla::store::handovers::list_open(app.app().store.read()).await.unwrap();
    open.into_iter().next().expect("nobody waits for a person of the town")
}

/// The only row of a table has these columns; `true` for one that holds anything, `false` for one that is empty.
async fn compare(app: &TestApp, table: &str, columns: &Value, told: &str) {
    app.settle().await;
    for (column, expected) in columns.as_object().unwrap() {
        let shown = if column.ends_with("_id") {
            format!("hex({column})")
        } else {
            format!("CAST({column} AS TEXT)")
        };
        let found = app.texts(&format!("SELECT {shown} AS t FROM {table}")).await;
        let [found] = &found[..] else { panic!("{told}\nthere are {} {table}", found.len()) };
        let same = match expected {
            Value::Bool(is_there) => *is_there != (found.is_empty() || found == "0"),
            Value::String(pattern) => fits(pattern, found),
            other => *found == format!("{other}"),
        };
        assert!(same, "{told}\n{table}.{column} is {found}, not {expected}");
    }
}

impl Record {
    fn hear(&mut self, heard: &str) {
        writeln!(self.text, "{heard}\n").unwrap();
        for word in heard.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')) {
            if word.starts_with("PC-") && word.len() == 12 {
                word.clone_into(&mut self.folio);
            }
            if word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit()) {
                word.clone_into(&mut self.pin);
            }
        }
    }

    fn filled(&self, text: &str) -> String {
        text.replace("{folio}", &self.folio).replace("{pin}", &self.pin)
    }
}

/// `*` stands for any text, also none.
fn fits(pattern: &str, text: &str) -> bool {
    let pattern = pattern.trim_end();
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.trim_end().strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// A test for each file and channel.
macro_rules! journeys {
    ($($file:ident),* $(,)?) => {
        $(mod $file {
            const YAML: &str = include_str!(concat!("journeys/", stringify!($file), ".yaml"));

            #[tokio::test]
            async fn on_whatsapp() {
                super::play(YAML, super::Channel::Whatsapp).await;
            }

            #[tokio::test]
            async fn at_the_page() {
                super::play(YAML, super::Channel::Webchat).await;
            }

            #[tokio::test]
            async fn by_text_message() {
                super::play(YAML, super::Channel::Sms).await;
            }

            #[tokio::test]
            async fn on_the_phone() {
                super::play(YAML, super::Channel::Voice).await;
            }
        })*

        const FILES: &[&str] = &[$(stringify!($file)),*];
    };
}

journeys!(
    agents_and_queue,
    bursts,
    changes_of_mind,
    english,
    left_unfinished,
    my_report,
    private_report,
    repair,
    repair_spoken,
    report,
    report_for_others,
    safety,
    services,
    several,
    small_talk,
    status
);

#[test]
fn every_journey_in_the_folder_is_played() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/journeys");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().replace(".yaml", ""))
        .collect();
    there.sort();
    assert_eq!(there, FILES);
}
