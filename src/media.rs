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
use ventanilla_adapters::{Adapter, Media, MediaStep, Retry};

use crate::{agents::bare::bare, app::App, outbox::call, store::media::MediaFile};

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

    /// Removes a file. One that is not there is no failure.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, id: Uuid) -> io::Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Where a file is. By the last two digits, which are random: no folder grows without end.
    pub fn path(&self, id: Uuid) -> PathBuf {
        let name = id.simple().to_string();
        let (_, shelf) = name.split_at(name.len() - 2);
        self.folder.join(shelf).join(&name)
    }
}

/// Why a file could not be had; the log knows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It is there, and not taken: larger than the channel lets people send, or not where the provider's files are.
    /// Sending it again would not help.
    Refused,
    /// Gone, or the provider does not answer.
    Lost,
}

/// Takes in a file that a person sent: from the provider to our folder. `None` when it cannot be had; the reason is
/// in the log.
pub async fn take_in(app: &App, person: Uuid, adapter: &dyn Adapter, media: &Media) -> Option<MediaFile> {
    fetch_and_keep(app, person, adapter, media).await.ok()
}

/// The same, telling why it cannot be had.
///
/// # Errors
/// See [`Missing`].
pub async fn fetch_and_keep(
    app: &App,
    person: Uuid,
    adapter: &dyn Adapter,
    media: &Media,
) -> Result<MediaFile, Missing> {
    if let Some(id) = media.source.strip_prefix(LOCAL) {
        return uploaded(app, person, id).await.ok_or(Missing::Lost);
    }
    let (mime, bytes) = fetch(app, adapter, media).await?;
    keep(app, person, mime, &bytes).await.ok_or(Missing::Lost)
}

async fn uploaded(app: &App, person: Uuid, id: &str) -> Option<MediaFile> {
    let known = crate::store::media::by_id(app.store.read(), id.parse().ok()?).await.ok()??;
    (known.person == person).then_some(known)
}

/// Writes the bytes to the folder; pictures without place, time and maker. The row that names them is the turn's business.
pub async fn keep(app: &App, person: Uuid, mime: String, bytes: &[u8]) -> Option<MediaFile> {
    let id = app.ids.next();
    // What cannot be taken apart is kept as it came: nobody is shown it.
    let kept = bare(&mime, Bytes::copy_from_slice(bytes)).unwrap_or_else(|| Bytes::copy_from_slice(bytes));
    let bytes = &*kept;
    if let Err(err) = app.media.put(id, bytes).await {
        warn!(media.id = %id, "file {id} could not be written: {err}");
        return None;
    }
    let sha256 = hex::encode(Sha256::digest(bytes));
    Some(MediaFile { id, person, mime, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX), sha256 })
}

async fn fetch(app: &App, adapter: &dyn Adapter, media: &Media) -> Result<(String, Bytes), Missing> {
    let mut answer: Option<Response<Bytes>> = None;
    for _ in 0..STEPS {
        match adapter.media(media, answer.as_ref()) {
            MediaStep::Fetch(request) => match call(&app.http, request).await {
                Ok(response) => answer = Some(response),
                Err(failure) => {
                    warn!("a file could not be fetched: {failure:?}");
                    return Err(Missing::Lost);
                }
            },
            MediaStep::Done { mime, bytes } => return Ok((mime, bytes)),
            MediaStep::Failed(error) => {
                warn!(code = error.code, "a file could not be fetched: {}", error.sentence);
                let there = answer.is_some_and(|answer| answer.status().is_success());
                let refused = there && error.retry == Retry::Never;
                return Err(if refused { Missing::Refused } else { Missing::Lost });
            }
        }
    }
    Err(Missing::Lost)
}
