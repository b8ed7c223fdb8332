//! Content: what the town's staff own. `intents/ flows/ catalogue/`, read, checked and compiled into a release.
//!
//! Loading never stops at the first mistake, and a broken file never takes down the ones that work. The active
//! release is what new talks use; a talk under way keeps the flows of the release it began with. Facts (prices,
//! phones, hours) are always the newest: the catalogue of the active release.

mod channels;
mod essentials;
mod files;
mod stage;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tracing::{error, info, warn};
use ventanilla_flows::{Finding, Known, Level, Library, Rule};
use ventanilla_intents::PhraseBook;
use ventanilla_values::SourceFile;

use crate::{
    actions,
    catalogue::Catalogue,
    store::{self, Store, StoreError},
};

pub use channels::{channel, channels, infos};
pub use files::{ContentError, builtin, read_folder};

/// A release, compiled.
#[derive(Debug)]
pub struct Content {
    /// Of all its files.
    pub hash: String,
    pub files: Vec<SourceFile>,
    pub library: Arc<Library>,
    pub catalogue: Catalogue,
    pub phrases: PhraseBook,
    /// What is wrong with the files, and what could be better.
    pub problems: Vec<Finding>,
}

impl Content {
    /// Compiles the files of a content folder.
    ///
    /// # Errors
    /// Only when there is no town to speak for; all other mistakes are in [`Content::problems`].
    pub fn compile(files: Vec<SourceFile>) -> Result<Self, ContentError> {
        let (phrases, phrase_problems) = ventanilla_intents::load(&essentials::phrases(&files));
        let (catalogue, catalogue_problems) = Catalogue::load(&files);
        let of = |rule| move |problem| Finding::of(rule, problem);
        let mut problems: Vec<Finding> = phrase_problems.into_iter().map(of(Rule::Phrases)).collect();
        problems.extend(essentials::missing_phrases(&files));
        problems.extend(catalogue_problems.into_iter().map(of(Rule::Catalogue)));
        let Some(catalogue) = catalogue else { return Err(ContentError::NoTown(problems)) };
        let flows = essentials::flows(&files, &known(&phrases, &catalogue));
        problems.extend(flows.problems);
        Ok(Self { hash: hash(&files), files, library: Arc::new(flows.library), catalogue, phrases, problems })
    }

    /// What nobody checked for a year before a moment: help lines above all.
    pub fn stale(&self, now: DateTime<Utc>) -> Vec<Finding> {
        let town = self.catalogue.town();
        let stale = town.stale(now.with_timezone(&town.timezone).date_naive());
        stale.into_iter().map(|problem| Finding::of(Rule::Catalogue, problem)).collect()
    }

    /// Tells the log what is wrong at a moment, so that it is seen even by who never runs the lint.
    pub fn report_problems(&self, now: DateTime<Utc>) {
        for problem in self.problems.iter().chain(&self.stale(now)) {
            let sentence = problem.to_string().replace("\n    ", " -> ");
            match problem.level {
                Level::Error => error!("{sentence}"),
                Level::Warning => warn!("{sentence}"),
                // Nothing is wrong: `ventanilla flows lint` says it.
                Level::Advice => {}
            }
        }
    }
}

/// What flows may refer to.
pub fn known(phrases: &PhraseBook, catalogue: &Catalogue) -> Known {
    Known {
        actions: actions::known(),
        intents: phrases.intents.iter().map(|intent| intent.name.to_string()).collect(),
        languages: catalogue.town().languages.clone(),
        content: ["town", "catalogue", "office", "person", "channel"].map(str::to_owned).to_vec(),
        categories: catalogue.categories().iter().map(|category| category.id.clone()).collect(),
        services: catalogue.services().iter().map(|service| service.id.clone()).collect(),
        channels: infos(),
    }
}

/// The files below one of the three folders.
pub fn below(folder: &str, files: &[SourceFile]) -> Vec<SourceFile> {
    let is_below =
        |file: &&SourceFile| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    files.iter().filter(is_below).cloned().collect()
}

fn hash(files: &[SourceFile]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update((file.path.len() as u64).to_le_bytes());
        hasher.update(&file.path);
        hasher.update((file.text.len() as u64).to_le_bytes());
        hasher.update(&file.text);
    }
    hex::encode(hasher.finalize())
}

/// The active release, and the flows of older ones that talks under way began with.
#[derive(Debug)]
pub struct Contents {
    pub active: Arc<Content>,
    older: Mutex<HashMap<String, Option<Arc<Library>>>>,
}

impl Contents {
    /// Writes the release to the database and makes it the active one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn activate(content: Content, store: &Store, now: i64) -> Result<Self, StoreError> {
        let unit = store.unit().await?;
        store::releases::activate(&unit, &content.hash, &content.files, now).await?;
        store::releases::forget_unused(&unit).await?;
        unit.commit().await?;
        info!(
            release = content.hash,
            files = content.files.len(),
            "content release {} is active",
            content.hash
        );
        Ok(Self { active: Arc::new(content), older: Mutex::default() })
    }

    /// The release that a running server made the active one.
    ///
    /// # Errors
    /// When there is none, or it holds no town that this version can read.
    pub async fn attach(store: &Store) -> anyhow::Result<Self> {
        let Some(files) = store::releases::active(store.read()).await? else {
            anyhow::bail!("no content is active in this data: start a server on it first");
        };
        Ok(Self { active: Arc::new(Content::compile(files)?), older: Mutex::default() })
    }

    /// The flows of a release. The active ones where the release is not known any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn library(&self, release: Option<&str>, store: &Store) -> Result<Arc<Library>, StoreError> {
        let Some(hash) = release.filter(|hash| *hash != self.active.hash) else {
            return Ok(Arc::clone(&self.active.library));
        };
        if let Some(known) = self.older.lock().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(known.clone().unwrap_or_else(|| Arc::clone(&self.active.library)));
        }
        let library =
            store::releases::files(store.read(), hash).await?.map(|files| self.compile_older(&files));
        let mut older = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        older.insert(hash.to_owned(), library.clone());
        Ok(library.unwrap_or_else(|| Arc::clone(&self.active.library)))
    }

    fn compile_older(&self, files: &[SourceFile]) -> Arc<Library> {
        let known = known(&self.active.phrases, &self.active.catalogue);
        Arc::new(essentials::flows(files, &known).library)
    }
}

/// Another process never meets half a file.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let aside = file.with_extension(format!("{}.tmp", std::process::id()));
    std::fs::write(&aside, bytes)?;
    std::fs::rename(aside, file)
}
