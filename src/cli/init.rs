//! `ventanilla init DIR`: a starting set for a real town.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::Args;

use crate::{config::DEFAULTS, content::builtin};

#[derive(Debug, Args)]
pub struct InitArgs {
    /// A new folder
    dir: PathBuf,
}

const NEXT: &str = "Now make it yours:
  1. catalogue/town.yaml         name, time zone, folio prefix, phones, help lines
  2. catalogue/places.geojson    your colonias (any GeoJSON editor), the boundary of the municipality
  3. catalogue/departments.yaml, calendar.yaml, categories.yaml
  4. flows/*.yaml                what the town says; intents/*.yaml: how people say it
  5. ventanilla flows lint DIR, ventanilla flows test DIR
  6. ventanilla.toml             your WhatsApp number and where its secrets are; then
     ventanilla serve --config DIR/ventanilla.toml --content DIR";

pub fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    let dir = &args.dir;
    if dir.exists() && fs::read_dir(dir)?.next().is_some() {
        bail!("{} is not empty: name a new folder, so that nothing is overwritten", dir.display());
    }
    let files = builtin();
    for file in &files {
        write(&dir.join(&file.path), &file.text)?;
    }
    write(&dir.join("ventanilla.toml"), &settings())?;
    out!(
        "{} files in {}\n{}",
        files.len() + 1,
        dir.display(),
        NEXT.replace("DIR", &dir.display().to_string())
    );
    Ok(ExitCode::SUCCESS)
}

/// The defaults, every line a comment: only what differs is to be uncommented.
fn settings() -> String {
    let comment = |line: &str| {
        let is_key = !line.is_empty() && !line.starts_with('#') && !line.starts_with('[');
        if is_key { format!("# {line}") } else { line.to_owned() }
    };
    let lines: Vec<String> = DEFAULTS.lines().map(comment).collect();
    lines.join("\n") + "\n"
}

fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
