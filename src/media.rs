//! Files that people send: fetched from the provider, kept in a folder, private until somebody says otherwise.

use std::{
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use http::Response;
use sha2::{Digest, Sha256};
use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{Adapter, Media, MediaStep};

use crate::{app::App, outbox::call, store::media::MediaFile};

/// Steps that fetching one file may take (resolve, download, resolve once more …).
const STEPS: usize = 6;
/// What a web-chat page uploaded here itself.
const LOCAL: &str = "local:";

#[derive(Debug, Clone)]
pub struct MediaStore {
    folder: PathBuf,
}

impl MediaStore {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes a file under its id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn put(&self, id: Uuid, bytes: &[u8]) -> io::Result<()> {
        let file = self.path(id);
        if let Some(folder) = file.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        tokio::fs::write(file, bytes).await
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When there is none, or the disk refuses.
    pub async fn get(&self, id: Uuid) -> io::Result<Vec<u8>> {
        tokio::fs::read(self.path(id)).await
    }

    /// By the last two digits, which are random: no folder grows without end.
    fn path(&self, id: Uuid) -> PathBuf {
        let name = id.simple().to_string();
        let (_, shelf) = name.split_at(name.len() - 2);
        self.folder.join(shelf).join(&name)
    }
}

/// Takes in a file that a person sent: from the provider to our folder. `None` when it cannot be had; the reason is
/// in the log.
pub async fn take_in(app: &App, person: Uuid, adapter: &dyn Adapter, media: &Media) -> Option<MediaFile> {
    if let Some(id) = media.source.strip_prefix(LOCAL) {
        let known = crate::store::media::by_id(app.store.read(), id.parse().ok()?).await.ok()??;
        return (known.person == person).then_some(known);
    }
    let (mime, bytes) = fetch(app, adapter, media).await?;
    keep(app, person, mime, &bytes).await
}

/// Writes the bytes to the folder. The row that names them is the turn's business.
pub async fn keep(app: &App, person: Uuid, mime: String, bytes: &[u8]) -> Option<MediaFile> {
    let id = app.ids.next();
    if let Err(err) = app.media.put(id, bytes).await {
        warn!(media.id = %id, "file {id} could not be written: {err}");
        return None;
    }
    let sha256 = hex::encode(Sha256::digest(bytes));
    Some(MediaFile { id, person, mime, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX), sha256 })
}

async fn fetch(app: &App, adapter: &dyn Adapter, media: &Media) -> Option<(String, Bytes)> {
    let mut answer: Option<Response<Bytes>> = None;
    for _ in 0..STEPS {
        match adapter.media(media, answer.as_ref()) {
            MediaStep::Fetch(request) => match call(&app.http, request).await {
                Ok(response) => answer = Some(response),
                Err(failure) => {
                    warn!("a file could not be fetched: {failure:?}");
                    return None;
                }
            },
            MediaStep::Done { mime, bytes } => return Some((mime, bytes)),
            MediaStep::Failed(error) => {
                warn!(code = error.code, "a file could not be fetched: {}", error.sentence);
                return None;
            }
        }
    }
    None
}
