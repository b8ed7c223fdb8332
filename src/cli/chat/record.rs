//! `ventanilla chat --record`: the talk as a transcript test that passes.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};
use ventanilla_flows::Transcripts;
use ventanilla_values::SourceFile;

use crate::app::App;

/// What the transcript is called: its file's name, and which talk of the file it is.
///
/// # Errors
/// When the file is no `*.test.yaml`, or cannot be read.
pub fn name(file: &Path) -> anyhow::Result<String> {
    let stem =
        file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".test.yaml"));
    let Some(stem) = stem.filter(|stem| !stem.is_empty()) else {
        bail!("{} is no transcript: name it NAME.test.yaml", file.display());
    };
    let (held, problems) = Transcripts::load(&[source(file, read(file)?)]);
    if let Some(problem) = problems.first() {
        bail!("mend this first: {problem}");
    }
    Ok(format!("{stem}, recorded talk {}", held.len() + 1))
}

/// Writes what the tape holds behind what the file holds, once it is known to pass.
///
/// # Errors
/// When nothing was said, the file cannot be written, or the talk cannot be played again.
pub fn keep(file: &Path, app: &App) -> anyhow::Result<()> {
    let Some(transcript) = app.tape.transcript() else { bail!("nothing was said, so nothing was recorded") };
    let (alone, _) = Transcripts::load(&[source(file, transcript.clone())]);
    let content = &app.contents.active;
    let report = content.on_stage(|stage| alone.run(&content.library, stage));
    let before = read(file)?;
    let between = if before.trim().is_empty() { "" } else { "\n" };
    fs::write(file, format!("{before}{between}{transcript}"))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    match report.failures.first() {
        None if report.passed == 1 => {
            out!("recorded in {}: it passes", file.display());
            Ok(())
        }
        None => bail!("{} holds the talk, but it cannot be read as a transcript", file.display()),
        Some(failure) => {
            bail!("{} holds the talk, but playing it goes another way:\n{failure}", file.display())
        }
    }
}

/// What a file holds; nothing where there is none yet.
fn read(file: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", file.display())),
    }
}

fn source(file: &Path, text: String) -> SourceFile {
    let text = if text.trim().is_empty() { "[]".to_owned() } else { text };
    SourceFile { path: file.display().to_string(), text }
}
