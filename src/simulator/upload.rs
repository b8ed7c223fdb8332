//! `POST /{phone_number_id}/media`: the town uploads a file to send it. Checks the form; `media` keeps the file.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Multipart, Path, State, multipart::MultipartError},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Map, Value, json};

use super::{
    Inner,
    attachment::{essence, upload_limit},
    error::GraphError,
    media::UPLOAD_LIFE_MS,
    part::Part,
    validate,
};

pub(super) async fn upload(
    State(inner): State<Arc<Inner>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let answer = match inner.entered(&version, &headers).and_then(|()| inner.is_ours(&id)) {
        Ok(()) => inner.take_upload(form).await,
        Err(error) => Err(error),
    };
    inner.answer(answer.map(|body| Json(body).into_response()))
}

impl Inner {
    async fn take_upload(&self, form: Multipart) -> Result<Value, GraphError> {
        let upload = Upload::read(form).await?;
        let (mime, bytes) = upload.checked()?;
        let item = self.shelve(&mime, bytes, UPLOAD_LIFE_MS);
        Ok(json!({"id": item.id}))
    }
}

#[derive(Default)]
struct Upload {
    fields: Map<String, Value>,
    mime: Option<String>,
    bytes: Bytes,
}

impl Upload {
    async fn read(mut form: Multipart) -> Result<Self, GraphError> {
        let broken = |error: MultipartError| GraphError::invalid(error.body_text());
        let mut upload = Self::default();
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                upload.mime = field.content_type().map(str::to_owned);
                upload.bytes = field.bytes().await.map_err(broken)?;
            } else {
                upload.fields.insert(name, field.text().await.map_err(broken)?.into());
            }
        }
        Ok(upload)
    }

    fn checked(self) -> Result<(String, Bytes), GraphError> {
        let root = Part::root(&self.fields);
        root.only(&["messaging_product", "type"])?;
        validate::product(&root)?;
        let kind = root.text("type", 128)?;
        let Some(mime) = self.mime else {
            return Err(GraphError::invalid("file: this part is required, with its own Content-Type."));
        };
        if essence(&mime) != essence(kind) {
            return Err(GraphError::invalid("type: does not match the Content-Type of the file."));
        }
        let Some(most) = upload_limit(essence(&mime)) else {
            return Err(GraphError::invalid(format!("file: must be of a supported type, not {mime}.")));
        };
        if self.bytes.is_empty() || self.bytes.len() > most {
            return Err(GraphError::media(format!("file: size must be 1 to {most} bytes.")));
        }
        Ok((mime, self.bytes))
    }
}
