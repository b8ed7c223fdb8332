//! Files that colleagues send.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Multipart, State, multipart::MultipartRejection},
};
use bytes::{Bytes, BytesMut};
use utoipa::ToSchema;

use super::seen_by;
use crate::{
    agents::{self, ActError, AgentError, By, TakenIn},
    app::App,
    http::{
        ApiError,
        input::Id,
        permit::{Permit, may::AttendChats},
        problem::Problem,
    },
};

const FORM: ApiError = ApiError::BadRequest("send a form (multipart/form-data) with one file, called file");

/// One file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: the form is read piece by piece")]
pub struct FileForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Bring a file that a message of this chat will take along. What it is stands in its bytes; a picture keeps nothing of
/// where and with what it was taken. What is not sent within a day is forgotten.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/files", tag = "desk", operation_id = "bring_file",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = TakenIn),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_files`, `file_empty`, `file_kind`, `file_disguised` or `file_too_large`"),
    )
)]
pub async fn bring(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<TakenIn>, ApiError> {
    let found = seen_by(&app, &by.member, id).await?;
    if found.entry.closed_at.is_some() {
        return Err(AgentError::Closed.into());
    }
    let most = agents::largest_file(&app, found.channel);
    if most == 0 {
        return Err(AgentError::from(ActError::NoFiles).into());
    }
    let (name, bytes) = read(form.map_err(|_| FORM)?, most).await?;
    Ok(Json(agents::take_in(&app, &found.entry, &By::from(&by.member), &name, bytes).await?))
}

/// The name and the bytes of the form's file, as far as the channel could take any.
async fn read(mut form: Multipart, most: usize) -> Result<(String, Bytes), ApiError> {
    while let Some(mut field) = form.next_field().await.map_err(|_| FORM)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = BytesMut::new();
        while let Some(piece) = field.chunk().await.map_err(|_| FORM)? {
            if bytes.len() + piece.len() > most {
                return Err(AgentError::from(ActError::LargeFile(most)).into());
            }
            bytes.extend_from_slice(&piece);
        }
        return Ok((name, bytes.freeze()));
    }
    Err(FORM)
}
