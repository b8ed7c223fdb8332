//! The page behind the link of who was called because somebody is in danger. Opening it answers nothing: mail programs and
//! messengers look at links before people do. The button does.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use minijinja::HtmlEscape;

use super::ApiError;
use crate::{
    app::App,
    notify::{self, Answered, Link},
};

pub(super) fn router(app: Arc<App>) -> Router {
    Router::new().route("/guardia/{link}", get(ask).post(answer)).with_state(app)
}

async fn ask(Path(link): Path<String>) -> Response {
    match Link::parse(&link) {
        Some(_) => page(
            StatusCode::OK,
            "<h1>Alguien en peligro espera respuesta</h1><p>¿Lo atiendes tú? Si confirmas, ya no se llama a nadie más.</p>\
             <form method=post><button>Sí, yo lo atiendo</button></form>",
        ),
        None => nothing(),
    }
}

async fn answer(State(app): State<Arc<App>>, Path(link): Path<String>) -> Result<Response, ApiError> {
    let Some(link) = Link::parse(&link) else { return Ok(nothing()) };
    let chat = |id| format!("<p><a href=\"/console/desk/chats/{id}\">Abrir la conversación</a></p>");
    Ok(match notify::answer(&app, &link).await? {
        Some(Answered::Now { chat: id }) => {
            page(StatusCode::OK, &format!("<h1>Gracias. Está en tus manos.</h1>{}", chat(id)))
        }
        Some(Answered::Before { by, chat: id }) => {
            let who = HtmlEscape(&by);
            page(
                StatusCode::OK,
                &format!("<h1>Ya lo atiende {who}.</h1><p>Gracias de todos modos.</p>{}", chat(id)),
            )
        }
        None => nothing(),
    })
}

fn nothing() -> Response {
    page(
        StatusCode::NOT_FOUND,
        "<h1>Este enlace no es de una llamada</h1><p>Ábrelo completo, como llegó en el mensaje, o entra al <a href=\"/console\">\
         escritorio</a>.</p>",
    )
}

fn page(status: StatusCode, inside: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=es><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <meta name=color-scheme content=\"light dark\"><title>Ventanilla: guardia</title><main>{inside}</main></html>"
    );
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}
