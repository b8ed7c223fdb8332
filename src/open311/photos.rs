//! Photos of reports that other systems send or name by an address. Each is drawn anew and waits until somebody of the town
//! looked at it; one that cannot be had is noted on the report, which is kept.

use bytes::Bytes;
use serde_json::json;
use tracing::info;
use uuid::Uuid;

use super::outside;
use crate::{
    app::App,
    media,
    picture::{self, NoPicture},
    reports::{self, Actor, Happened},
    store::{
        self, StoreError, Unit, media::MediaFile, report_events::Words, report_fetches::Fetch,
        report_photos::ReportPhoto, reports::ReportRow,
    },
};

/// Milliseconds until the next try of one that does not answer; after the last it is noted.
const WAITS: [i64; 3] = [30_000, 300_000, 3_600_000];
/// Photos of one pass.
const AT_ONCE: i64 = 8;

/// Why there is no photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    NotAPicture(NoPicture),
    /// More bytes than we take.
    TooLarge,
    /// The address leads into a network that is nobody's to look at, or is no address.
    Forbidden,
    /// It is not there.
    Missing,
    /// Nobody answers; trying again may help.
    Unreachable,
    /// Our own disk refuses it.
    Disk,
}

impl NotTaken {
    /// The code of the event.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAPicture(NoPicture::Other) => "photo_no_picture",
            Self::NotAPicture(NoPicture::Damaged) => "photo_damaged",
            Self::NotAPicture(NoPicture::TooLarge) | Self::TooLarge => "photo_too_large",
            Self::Forbidden => "photo_forbidden",
            Self::Missing => "photo_missing",
            Self::Unreachable => "photo_unreachable",
            Self::Disk => "photo_not_kept",
        }
    }

    /// For colleagues.
    fn sentence(self) -> &'static str {
        match self {
            Self::NotAPicture(NoPicture::Other) => {
                "La foto no se tomó: el archivo no es una imagen JPEG, PNG o WebP."
            }
            Self::NotAPicture(NoPicture::Damaged) => "La foto no se tomó: la imagen está dañada.",
            Self::NotAPicture(NoPicture::TooLarge) | Self::TooLarge => {
                "La foto no se tomó: es demasiado grande."
            }
            Self::Forbidden => "La foto no se tomó: su dirección no es pública.",
            Self::Missing => "La foto no se tomó: ya no está en su dirección.",
            Self::Unreachable => "La foto no se tomó: el servidor donde está no responde.",
            Self::Disk => "La foto no se tomó: no se pudo guardar.",
        }
    }
}

/// Draws a photo anew and keeps it. The row that names the file is the caller's business.
///
/// # Errors
/// See [`NotTaken`].
pub async fn keep(app: &App, bytes: Bytes) -> Result<MediaFile, NotTaken> {
    let drawn = tokio::task::spawn_blocking(move || picture::redraw(&bytes)).await;
    let drawn = drawn.map_err(|_| NotTaken::NotAPicture(NoPicture::Damaged))?;
    let drawn = drawn.map_err(NotTaken::NotAPicture)?;
    // Of nobody that we talk with.
    let kept = media::keep(app, Uuid::nil(), picture::MIME.to_owned(), &drawn.large).await;
    kept.ok_or(NotTaken::Disk)
}

/// Notes on a report that a photo could not be taken. The report was read within this unit.
///
/// # Errors
/// When the database fails.
pub async fn note_not_taken(
    app: &App,
    unit: &Unit,
    row: ReportRow,
    why: NotTaken,
    by: &Actor,
) -> Result<ReportRow, StoreError> {
    let words = Words { private: Some(why.sentence().to_owned()), ..Words::default() };
    let happened = Happened {
        reason: Some(why.code().to_owned()),
        detail: json!({ "photo": "not_taken" }),
        words,
        ..Happened::new("noted", by)
    };
    reports::happen(app, unit, row, happened).await
}

/// Fetches the photos that are due. Gives how many there were.
///
/// # Errors
/// When the database fails.
pub async fn fetch_due(app: &App) -> Result<usize, StoreError> {
    let due = store::report_fetches::due(app.store.read(), app.clock.now(), AT_ONCE).await?;
    let count = due.len();
    for fetch in due {
        let had = match outside::get(app, &fetch.url).await {
            Ok(bytes) => keep(app, bytes).await,
            Err(why) => Err(why),
        };
        finish(app, fetch, had).await?;
    }
    Ok(count)
}

async fn finish(app: &App, fetch: Fetch, had: Result<MediaFile, NotTaken>) -> Result<(), StoreError> {
    let (now, report) = (app.clock.now(), fetch.report);
    let unit = app.store.unit().await?;
    let wait = usize::try_from(fetch.tries).ok().and_then(|tries| WAITS.get(tries));
    if let (Err(NotTaken::Unreachable), Some(wait)) = (&had, wait) {
        let again = Fetch { tries: fetch.tries + 1, next_at: now + wait, ..fetch };
        store::report_fetches::put(&unit, &again).await?;
        return unit.commit().await;
    }
    if !store::report_fetches::take(&unit, fetch.id).await? {
        return Ok(());
    }
    let Some(row) = store::reports::by_id(&*unit, report).await? else { return unit.commit().await };
    match had {
        Ok(file) => attach(app, &unit, row, &file, fetch.kind).await?,
        Err(why) => {
            info!(report.id = %report, code = why.code(), "a photo of report {report} could not be taken");
            note_not_taken(app, &unit, row, why, &Actor::System).await?;
        }
    }
    unit.commit().await
}

async fn attach(
    app: &App,
    unit: &Unit,
    row: ReportRow,
    file: &MediaFile,
    kind: String,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    store::media::insert(unit, file, now).await?;
    let moderation = "waiting".to_owned();
    let photo = ReportPhoto { media: file.id, report: row.id, kind, moderation, added_at: now };
    store::report_photos::add(unit, &photo).await?;
    let happened =
        Happened { detail: json!({ "photo": file.id }), ..Happened::new("photo_added", &Actor::System) };
    reports::happen(app, unit, row, happened).await?;
    Ok(())
}
