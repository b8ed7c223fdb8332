//! Photos of reports: those of citizens, and those that a crew brings from its phone.

use std::sync::Arc;

use axum::{
    Json,
    extract::{FromRequestParts, Multipart, Path, State, multipart::MultipartRejection},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{note_look, seen_by};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Id, Params},
        permit::{Permit, may::WorkReports},
        problem::Problem,
    },
    picture,
    reports::work::{self, MOST_BYTES, Refusal},
    store,
};

const FORM: ApiError = ApiError::BadRequest("send a form (multipart/form-data) with one photo, called file");
const NONE: ApiError = ApiError::NotFound("there is no such photo");

/// One photo.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: the form is read piece by piece")]
pub struct PhotoForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A photo that a move can show.
#[derive(Serialize, ToSchema)]
pub struct BroughtPhoto {
    id: Uuid,
    bytes: i64,
}

/// Bring a photo of the work. It is checked by its bytes and drawn anew, so that it tells nothing beside what is seen on it.
/// What no move shows within a week is forgotten.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/photos", tag = "board", operation_id = "bring_photo",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body(content = PhotoForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = BroughtPhoto),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`file_empty`, `not_a_picture`, `damaged_picture`, `huge_picture` or `file_too_large`"),
    )
)]
pub async fn bring(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<BroughtPhoto>, ApiError> {
    let report = seen_by(&app, &by.member, id).await?;
    let bytes = read(form.map_err(|_| FORM)?).await?;
    let brought = work::bring(&app, &by.member, &report, bytes).await?;
    Ok(Json(BroughtPhoto { id: brought.id, bytes: brought.bytes }))
}

async fn read(mut form: Multipart) -> Result<Bytes, ApiError> {
    while let Some(mut field) = form.next_field().await.map_err(|_| FORM)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = BytesMut::new();
        while let Some(piece) = field.chunk().await.map_err(|_| FORM)? {
            if bytes.len() + piece.len() > MOST_BYTES {
                return Err(Refusal::LargeFile.into());
            }
            bytes.extend_from_slice(&piece);
        }
        return Ok(bytes.freeze());
    }
    Err(FORM)
}

/// A report and one of its photos. What is no id is the id of nothing.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Shown {
    pub id: Uuid,
    pub photo: Uuid,
}

impl<S: Send + Sync> FromRequestParts<S> for Shown {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = Path::<Self>::from_request_parts(parts, state).await;
        path.map(|Path(shown)| shown).map_err(|_| NONE)
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Size {
    /// The small one, for lists.
    #[serde(default)]
    small: bool,
}

/// A photo of a report. Every look at one of a private report is written into the audit log.
#[utoipa::path(
    get, path = "/api/v1/board/reports/{id}/photos/{photo}", tag = "board", operation_id = "report_photo",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path), ("photo" = Uuid, Path), Size),
    responses((status = 200, description = "the bytes", content_type = "image/jpeg", body = Vec<u8>))
)]
pub async fn photo(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Shown { id, photo }: Shown,
    Params(size): Params<Size>,
) -> Result<Response, ApiError> {
    let report = seen_by(&app, &by.member, id).await?;
    let (file, mime) = file_of(&app, report.id, photo, size.small).await?;
    let bytes = app.media.get(file).await.map_err(|_| NONE)?;
    if report.private {
        note_look(&app, &by.actor(), "report.photo_view", id).await?;
    }
    let headers = [
        (header::CONTENT_TYPE, mime.as_str()),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ];
    Ok((headers, bytes).into_response())
}

/// The file of a photo of this report, and its kind: only what a browser may show as a picture.
async fn file_of(app: &App, report: Uuid, photo: Uuid, small: bool) -> Result<(Uuid, String), ApiError> {
    let on = app.store.read();
    if let Some(brought) = store::report_evidence::by_media(on, photo).await? {
        if brought.report != report {
            return Err(NONE);
        }
        return Ok((if small { brought.small } else { brought.media }, picture::MIME.to_owned()));
    }
    let photos = store::report_photos::of_report(on, report).await?;
    if !photos.iter().any(|one| one.media == photo) {
        return Err(NONE);
    }
    let known = store::media::by_id(on, photo).await?;
    let mime = known.map_or_else(|| picture::MIME.to_owned(), |file| file.mime);
    let shown = ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&mime.as_str());
    if shown { Ok((photo, mime)) } else { Err(NONE) }
}

/// Take a photo back that no move has shown.
#[utoipa::path(
    delete, path = "/api/v1/board/reports/{id}/photos/{photo}", tag = "board", operation_id = "withdraw_photo",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path), ("photo" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Shown { id, photo }: Shown,
) -> Result<StatusCode, ApiError> {
    seen_by(&app, &by.member, id).await?;
    match work::withdraw(&app, &by.member, photo).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(NONE),
    }
}
