//! The real ears and mouth of a machine: espeak-ng speaks, Whisper hears. Needs both: see docs/OPERATIONS.md. Without
//! them the test says loudly that it did nothing.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use ventanilla::{
    config::{AudioSocket, Config},
    content::{Content, builtin},
    listening::Vocabulary,
};

use super::town::Town;
use crate::support::TestApp;

/// Where the model is: `VENTANILLA_WHISPER`, or where the importer puts it.
fn model() -> Option<PathBuf> {
    let named = std::env::var_os("VENTANILLA_WHISPER").map(PathBuf::from);
    let usual =
        || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/ventanilla/models/whisper-base"));
    named.or_else(usual).filter(|folder| folder.join("manifest.json").is_file())
}

/// Another voice than the town's, at the pace of a telephone: 8 kHz.
fn voice(words: &str) -> Option<Vec<i16>> {
    let spoken = Command::new("espeak-ng")
        .args(["--stdout", "-v", "es-419", "-s", "140", words])
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let wav = spoken.status.success().then_some(spoken.stdout)?;
    let samples: Vec<i16> =
        wav.get(44..)?.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect();
    Some(narrow(&samples))
}

/// 22,050 Hz -> 8,000 Hz: the mean of what falls into each sample.
fn narrow(samples: &[i16]) -> Vec<i16> {
    let at = |n: usize| n * 22_050 / 8_000;
    let means = (0..).map_while(|n| {
        let stretch = samples.get(at(n)..at(n + 1))?;
        let sum: i32 = stretch.iter().map(|sample| i32::from(*sample)).sum();
        i16::try_from(sum / i32::try_from(stretch.len()).ok()?).ok()
    });
    means.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoken_sentence_is_heard_and_answered_aloud() {
    let (Some(model), Some(said)) = (model(), voice("no hay luz en la calle")) else {
        eprintln!(
            "NOT TESTED: espeak-ng or the model of Whisper is missing: apt-get install espeak-ng, set VENTANILLA_WHISPER"
        );
        return;
    };
    let set = AudioSocket { model, ..Config::from_toml("").unwrap().audiosocket };
    let patient = TestApp::builder().configure(|config| {
        config.voice.wait_seconds = 10;
        config.audiosocket.silence_ms = 30_000;
    });
    let town = Content::compile(builtin()).unwrap();
    let words = Vocabulary::new(&town.catalogue, &town.phrases);
    let engines = ventanilla::telephony::local_engines(&set, Path::new(""), words).unwrap();
    let town = Town::with_engines(patient, engines).await;
    let (id, call) = town.call("9811234567").await;
    call.until("the welcome is over", |heard| loud(&heard.sound) > 8_000 && heard.silent > 40).await;
    call.sound(said);
    let inbox = "SELECT inbound_json AS t FROM inbox WHERE inbound_json LIKE '%speech%'";
    town.app.until("it is heard", async || !town.app.texts(inbox).await.is_empty()).await;
    let heard = town.app.texts(inbox).await.remove(0).to_lowercase();
    assert!(heard.contains("en la calle"), "{heard}");
    let before = loud(&call.heard.lock().unwrap().sound);
    call.until("it is answered", |heard| loud(&heard.sound) > before + 8_000).await;
    call.hangs_up();
    town.ended(id).await;
}

/// Samples in which somebody speaks.
fn loud(sound: &[i16]) -> usize {
    sound.iter().filter(|sample| sample.unsigned_abs() > 500).count()
}
