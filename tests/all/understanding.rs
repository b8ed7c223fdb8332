//! How well people are understood, by the real binary: floors on the examination (crates/intents/tests/exam), with both heads
//! and by words alone. Figures only: nobody reads its messages here. When a floor breaks, mend what was changed, not the
//! floor; what is measured stands in docs/PERFORMANCE.md.

use std::{env, path::PathBuf, process::Command};

use serde::Deserialize;
use ventanilla::{config::cached_weights, understanding::ENCODER};

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
