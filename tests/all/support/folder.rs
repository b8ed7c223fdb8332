//! Folders of tests, and the one model that all of them share.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    time::UNIX_EPOCH,
};

use sha2::{Digest, Sha256};
use ventanilla::content::{Content, builtin};
use ventanilla_intents::{Model, TrainOptions};

/// Goes when the test ends.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ventanilla-test-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file below the folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    /// The demo town as a content folder of its own, to be changed.
    pub fn copy_of_the_demo(&self, name: &str) -> PathBuf {
        for file in builtin() {
            self.write(&format!("{name}/{}", file.path), &file.text);
        }
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// The demo's model, trained by the first test that asks, whichever process it is in. Its name holds the phrases and
/// the build, so that neither an old file nor a half-written one is ever taken.
pub fn shared_model() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("intents-{}.model", phrases_and_build()));
    if file.is_file() {
        return file;
    }
    fs::create_dir_all(folder).unwrap();
    let lock = File::create(folder.join("intents.lock")).unwrap();
    lock.lock().unwrap();
    if !file.is_file() {
        let phrases = Content::compile(builtin()).unwrap().phrases;
        let unfinished = folder.join("intents.unfinished");
        fs::write(&unfinished, Model::train(&phrases, &TrainOptions::default()).save()).unwrap();
        fs::rename(&unfinished, &file).unwrap();
    }
    file
}

fn phrases_and_build() -> String {
    let mut hash = Sha256::new();
    for file in builtin().iter().filter(|file| file.path.starts_with("intents/")) {
        hash.update(&file.text);
    }
    let built = std::env::current_exe().and_then(fs::metadata).and_then(|exe| exe.modified()).unwrap();
    hash.update(built.duration_since(UNIX_EPOCH).unwrap().as_nanos().to_le_bytes());
    hex::encode(hash.finalize()).chars().take(16).collect()
}
