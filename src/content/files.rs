//! Content files: from a folder, or the demo town that is compiled in.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;
use ventanilla_flows::Finding;
use ventanilla_values::SourceFile;

/// The folders of a content set.
pub const FOLDERS: [&str; 3] = ["intents", "flows", "catalogue"];

#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error("{folder} cannot be read: {why}")]
    Io { folder: PathBuf, why: io::Error },
    #[error("{0} holds none of intents/ flows/ catalogue/: give the folder that holds the three")]
    Empty(PathBuf),
    #[error("there is no town to speak for:\n{}", list(.0))]
    NoTown(Vec<Finding>),
}

fn list(problems: &[Finding]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[derive(RustEmbed)]
#[folder = "intents"]
struct Intents;

#[derive(RustEmbed)]
#[folder = "flows"]
struct Flows;

#[derive(RustEmbed)]
#[folder = "catalogue"]
struct CatalogueFiles;

/// Puerto Ceiba, the demo town.
pub fn builtin() -> Vec<SourceFile> {
    let mut files = Vec::new();
    embedded::<Intents>("intents", &mut files);
    embedded::<Flows>("flows", &mut files);
    embedded::<CatalogueFiles>("catalogue", &mut files);
    sorted(files)
}

fn embedded<E: RustEmbed>(folder: &str, files: &mut Vec<SourceFile>) {
    for name in E::iter() {
        if let Some(file) = E::get(&name) {
            let text = String::from_utf8_lossy(&file.data).into_owned();
            files.push(SourceFile { path: format!("{folder}/{name}"), text });
        }
    }
}

/// Reads the three folders below `root`, their files in order of their names.
///
/// # Errors
/// When the folder cannot be read, or is not a content set.
pub fn read_folder(root: &Path) -> Result<Vec<SourceFile>, ContentError> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let path = root.join(folder);
        if path.is_dir() {
            walk(&path, folder, &mut files).map_err(|why| ContentError::Io { folder: path, why })?;
        }
    }
    if files.is_empty() { Err(ContentError::Empty(root.to_owned())) } else { Ok(sorted(files)) }
}

fn walk(path: &Path, name: &str, files: &mut Vec<SourceFile>) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let below = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &below, files)?;
        } else if below.ends_with(".yaml") || below.ends_with(".geojson") {
            let text = String::from_utf8_lossy(&fs::read(entry.path())?).into_owned();
            files.push(SourceFile { path: below, text });
        }
    }
    Ok(())
}

fn sorted(mut files: Vec<SourceFile>) -> Vec<SourceFile> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
