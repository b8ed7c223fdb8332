//! What a request of Open311 brings: the parameters of its address and its form, and photos.

use axum::{
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
    http::{HeaderMap, Method, header},
};
use bytes::Bytes;

use crate::{
    app::App,
    open311::{Fault, Params},
};

/// Of a form without photos.
const MOST_FORM: usize = 256 * 1024;
/// Photos of one request.
const MOST_PHOTOS: usize = 3;

/// The parameters, and what came as a file.
pub(super) struct Input {
    pub(super) params: Params,
    pub(super) pictures: Vec<Bytes>,
}

/// The largest body, in bytes.
pub(super) fn most_bytes(app: &App) -> usize {
    app.config.open311.photo_bytes() * MOST_PHOTOS + MOST_FORM
}

pub(super) fn is_multipart(headers: &HeaderMap) -> bool {
    media_type(headers) == "multipart/form-data"
}

fn media_type(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    given.and_then(|value| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase()
}

/// Reads it whole.
///
/// # Errors
/// 400 for a body that is too large or is no form.
pub(super) async fn read(app: &App, request: Request) -> Result<Input, Fault> {
    let mut params = Params::default();
    params.read(request.uri().query().unwrap_or_default().as_bytes());
    if *request.method() != Method::POST {
        return Ok(Input { params, pictures: Vec::new() });
    }
    if is_multipart(request.headers()) {
        let pictures = parts(app, request, &mut params).await?;
        return Ok(Input { params, pictures });
    }
    let kind = media_type(request.headers());
    let body = axum::body::to_bytes(request.into_body(), MOST_FORM).await.map_err(|_| too_large())?;
    match kind.as_str() {
        "application/x-www-form-urlencoded" => params.read(&body),
        _ if body.is_empty() => {}
        _ => return Err(no_form()),
    }
    Ok(Input { params, pictures: Vec::new() })
}

async fn parts(app: &App, request: Request, params: &mut Params) -> Result<Vec<Bytes>, Fault> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| no_form())?;
    let mut pictures = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|_| no_form())? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some_and(|name| !name.is_empty()) || name.starts_with("media[");
        let most = if is_file { app.config.open311.photo_bytes() } else { MOST_FORM };
        let bytes = bytes_of(part, most).await?;
        if !is_file {
            params.add(&name, &String::from_utf8_lossy(&bytes));
        } else if !bytes.is_empty() {
            pictures.push(bytes);
        }
        if pictures.len() > MOST_PHOTOS {
            return Err(Fault::bad(format!("media[]: puede haber {MOST_PHOTOS} fotos como máximo.")));
        }
    }
    Ok(pictures)
}

async fn bytes_of(part: Field<'_>, most: usize) -> Result<Bytes, Fault> {
    let bytes = part.bytes().await.map_err(|_| too_large())?;
    if bytes.len() > most { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> Fault {
    Fault::bad("La petición es demasiado grande o está incompleta.")
}

fn no_form() -> Fault {
    Fault::bad("Envía un formulario: application/x-www-form-urlencoded, o multipart/form-data con fotos.")
}
