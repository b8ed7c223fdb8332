//! `POST /{phone_number_id}/media`: the town uploads a file to send it. Checks the form; `media` keeps the file.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Multipart, Path, Query, State, multipart::MultipartError},
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
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let answer = match inner.entered(&version, &headers).and_then(|()| inner.is_ours(&id)) {
        Ok(()) => inner.take_upload(query, form).await,
        Err(error) => Err(error),
    };
    inner.answer(answer.map(|body| Json(body).into_response()))
}

impl Inner {
    async fn take_upload(
        &self,
        query: BTreeMap<String, String>,
        form: Multipart,
    ) -> Result<Value, GraphError> {
        let upload = Upload::read(query, form).await?;
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
    /// The Graph API takes parameters from the query as well as from the form.
    async fn read(query: BTreeMap<String, String>, mut form: Multipart) -> Result<Self, GraphError> {
        let broken = |error: MultipartError| GraphError::invalid(error.body_text());
        let fields = query.into_iter().map(|(name, value)| (name, value.into())).collect();
        let mut upload = Self { fields, ..Self::default() };
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
        // Clients leave it out (whatsapp-api-js) where the file tells its own.
        let kind = root.optional_text("type", 128)?;
        let Some(mime) = self.mime else {
            return Err(GraphError::invalid("file: this part is required, with its own Content-Type."));
        };
        if kind.is_some_and(|kind| essence(&mime) != essence(kind)) {
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
