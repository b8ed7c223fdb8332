//! How well people are understood, by the real binary: floors on the examination (crates/intents/tests/exam), with both heads
//! and by words alone. Figures only: nobody reads its messages here. When a floor breaks, mend what was changed, not the
//! floor; what is measured stands in docs/PERFORMANCE.md. And what a server does with weights that are damaged.

use std::{
    env,
    fs::{self, File},
    path::PathBuf,
    process::{Command, Stdio},
};

use serde::Deserialize;
use ventanilla::{config::cached_weights, understanding::ENCODER};
use ventanilla_encoder::testing::tiny;

use crate::{
    cli::Serving,
    support::{
        TestApp,
        folder::{Folder, shared_model},
    },
};

const EXAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/intents/tests/exam/civic.jsonl");
/// Lines of it. None may be left out.
const MESSAGES: usize = 1926;

/// What `intents eval --json` says, of which floors are held. Shares.
#[derive(Debug, Deserialize)]
struct Figures {
    messages: usize,
    in_scope_accuracy: f32,
    in_scope_top3: f32,
    none_f1: f32,
    safety_recall: f32,
    false_alarms: f32,
    calibration_error: f32,
}

/// At least, but for the last two: at most.
struct Floors {
    first: f32,
    top3: f32,
    none_f1: f32,
    heard: f32,
    false_alarms: f32,
    calibration_error: f32,
}

const BOTH: Floors = Floors {
    first: 0.90,
    top3: 0.97,
    none_f1: 0.85,
    heard: 0.97,
    false_alarms: 0.025,
    calibration_error: 0.04,
};
const WORDS_ALONE: Floors = Floors {
    first: 0.90,
    top3: 0.97,
    none_f1: 0.85,
    heard: 0.94,
    false_alarms: 0.04,
    calibration_error: 0.05,
};

/// Trains on the phrases of the repository as the server does, and measures.
fn examined(with: &[&str]) -> Figures {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    let eval = command.args(["intents", "eval", "--json", "--data", EXAM]).args(with);
    let output = eval.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn hold(floors: &Floors, said: &Figures) {
    assert_eq!(said.messages, MESSAGES);
    for (what, figure, floor) in [
        ("first intents right", said.in_scope_accuracy, floors.first),
        ("right among the first three", said.in_scope_top3, floors.top3),
        ("F1 of none", said.none_f1, floors.none_f1),
        ("cries for help heard", said.safety_recall, floors.heard),
    ] {
        assert!(figure >= floor, "{what}: {figure:.3}, at least {floor} is wanted: {said:?}");
    }
    for (what, figure, most) in [
        ("false alarms", said.false_alarms, floors.false_alarms),
        ("calibration error", said.calibration_error, floors.calibration_error),
    ] {
        assert!(figure <= most, "{what}: {figure:.3}, at most {most} is wanted: {said:?}");
    }
}

/// With the weights that this machine has; `bin/test` fetches them, and says so where it could not.
#[test]
fn both_heads_hold_their_floors_on_the_examination() {
    let folder = env::var_os("VENTANILLA_UNDERSTANDING__WEIGHTS").filter(|set| !set.is_empty());
    let folder = folder.map_or_else(cached_weights, PathBuf::from);
    if !folder.join(ENCODER).is_file() {
        eprintln!("NOT CHECKED: there are no weights of the encoder in {}", folder.display());
        return;
    }
    hold(&BOTH, &examined(&["--weights", folder.to_str().unwrap()]));
}

#[test]
fn words_alone_hold_their_floors_on_the_examination() {
    hold(&WORDS_ALONE, &examined(&["--words-alone"]));
}

/// What may have become of a file of weights on its way, and what the log says of it.
fn damaged() -> [(&'static str, Vec<u8>, &'static str); 5] {
    let whole = tiny(1).write().unwrap();
    let turned = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x40;
        bytes
    };
    [
        ("truncated", whole[..whole.len() / 2].to_vec(), "is damaged"),
        ("a bit turned in the middle", turned(whole.len() / 2), "is damaged"),
        ("a bit turned at the end", turned(whole.len() - 1), "is damaged"),
        ("another kind of file", b"PK\x03\x04 a wheel".to_vec(), "no weights file of Ventanilla"),
        ("empty", Vec::new(), "no weights file of Ventanilla"),
    ]
}

#[test]
fn damaged_weights_are_named_in_the_log_and_the_server_starts_without_them() {
    let folder = Folder::new();
    let weights = folder.path().join("models");
    fs::create_dir_all(&weights).unwrap();
    let file = weights.join(ENCODER);
    for (n, (what, bytes, said)) in damaged().into_iter().enumerate() {
        fs::write(&file, bytes).unwrap();
        let log = folder.path().join(format!("{n}.log"));
        let server = Serving::start_with(&folder.path().join(format!("data-{n}")), |command| {
            command.env("VENTANILLA_UNDERSTANDING__WEIGHTS", &weights).stderr(File::create(&log).unwrap())
        });
        assert_eq!(server.get("/readyz").0, 200, "{what}");
        assert_eq!(server.terminate(), Some(0), "{what}");
        let log = fs::read_to_string(&log).unwrap();
        let line = log.lines().find(|line| line.contains(file.to_str().unwrap())).unwrap_or_default();
        for word in [said, "understood by words alone", "ventanilla models", "alert"] {
            assert!(line.contains(word), "{what}: {word} is missing:\n{log}");
        }
    }
}

#[tokio::test]
async fn with_damaged_weights_people_are_understood_by_words_alone() {
    let folder = Folder::new();
    let [(_, cut_short, _), ..] = damaged();
    fs::write(folder.path().join(ENCODER), cut_short).unwrap();
    let weights = folder.path().to_owned();
    let app = TestApp::builder().configure(|config| config.understanding.weights = weights).start().await;
    assert!(!app.app().understanding.model().has_encoder());
    let mut lupe = app.citizen("Lupe");
    lupe.says("hay un bache enorme en mi calle").await;
    let answer = lupe.hears().await.join("\n");
    assert!(answer.contains("Vamos a reportar: *Bache*"), "{answer}");
}

/// Whoever measures must know what was measured.
#[test]
fn commands_name_damaged_weights_too() {
    let cache = Folder::new();
    let file = cache.write(&format!("ventanilla/models/{ENCODER}"), "rubbish");
    let mut classify = Command::new(env!("CARGO_BIN_EXE_ventanilla"));
    classify.args(["intents", "classify", "--model"]).arg(shared_model()).stdin(Stdio::null());
    let output = classify.env("XDG_CACHE_HOME", cache.path()).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && err.contains(file.to_str().unwrap()), "{err}");
}
