//! Photos of the work, brought from a phone: checked by their bytes and drawn anew, so that nothing is left of where and
//! with what they were taken. A photo waits until a move shows it.

use bytes::Bytes;
use serde_json::json;
use tracing::warn;
use uuid::Uuid;

use super::{Refusal, WorkError, audit};
use crate::{
    app::App,
    picture::{self, NoPicture},
    staff::Member,
    store::{self, StoreError, report_evidence::Evidence, reports::ReportRow},
};

/// No phone's picture is larger.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;

/// A photo that waits for a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    pub id: Uuid,
    pub bytes: i64,
}

/// Takes in a photo for a report.
///
/// # Errors
/// When it is no picture, whatever its name says, or the disk or the database fails.
pub async fn bring(
    app: &App,
    member: &Member,
    report: &ReportRow,
    bytes: Bytes,
) -> Result<Brought, WorkError> {
    if bytes.is_empty() {
        return Err(Refusal::EmptyFile.into());
    }
    let drawn = tokio::task::spawn_blocking(move || picture::redraw(&bytes)).await;
    let drawn = drawn.map_err(|err| StoreError::Commit(format!("a picture could not be drawn: {err}")))?;
    let drawn = drawn.map_err(|err| match err {
        NoPicture::Other => Refusal::NotAPicture,
        NoPicture::Damaged => Refusal::DamagedPicture,
        NoPicture::TooLarge => Refusal::HugePicture,
    })?;
    let photo = Evidence {
        media: put(app, &drawn.large).await?,
        report: report.id,
        staff: member.id,
        small: put(app, &drawn.small).await?,
        bytes: i64::try_from(drawn.large.len()).unwrap_or(i64::MAX),
        added_at: app.clock.now(),
        used_at: None,
    };
    let unit = app.store.unit().await?;
    store::report_evidence::insert(&unit, &photo).await?;
    let detail = json!({ "photo": photo.media, "bytes": photo.bytes });
    audit(app, &unit, member, "report.photo", report.id, &detail).await?;
    unit.commit().await?;
    Ok(Brought { id: photo.media, bytes: photo.bytes })
}

async fn put(app: &App, bytes: &[u8]) -> Result<Uuid, StoreError> {
    let id = app.ids.next();
    let kept = app.media.put(id, bytes).await;
    kept.map_err(|err| StoreError::Commit(format!("a photo could not be written: {err}")))?;
    Ok(id)
}

/// Takes a photo back that no move has shown; `false` when there is none of theirs.
///
/// # Errors
/// When the database fails; a file that cannot be removed is told to the log.
pub async fn withdraw(app: &App, member: &Member, media: Uuid) -> Result<bool, WorkError> {
    let unit = app.store.unit().await?;
    let Some(photo) = store::report_evidence::by_media(&*unit, media).await? else { return Ok(false) };
    let gone = store::report_evidence::remove(&unit, media, member.id).await?;
    unit.commit().await?;
    if gone {
        remove(app, [photo.media, photo.small]).await;
    }
    Ok(gone)
}

/// Forgets what was brought before `before` (Unix ms) and never shown.
///
/// # Errors
/// When the database fails; a file that cannot be removed is told to the log.
pub async fn forget_unused(app: &App, before: i64) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    let files = store::report_evidence::forget_unused(&unit, before).await?;
    unit.commit().await?;
    remove(app, files).await;
    Ok(())
}

async fn remove(app: &App, files: impl IntoIterator<Item = Uuid>) {
    for file in files {
        if let Err(err) = app.media.remove(file).await {
            warn!(media.id = %file, "photo {file}, which no report shows, could not be removed: {err}");
        }
    }
}
