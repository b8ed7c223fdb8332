//! The door of Open311: GeoReport v2 with `FixMyStreet`'s updates, under `/open311`. Reads are for everybody, writes need a
//! key of ours. Nothing here falls through to a page, and every mistake is told in the format that was asked for.

mod answer;
mod discovery;
mod input;
mod path;
mod requests;
mod updates;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::Response,
    routing::any,
};

use self::{
    answer::Answer,
    input::Input,
    path::{Asked, Route},
};
use crate::{
    app::App,
    open311::{Fault, Params, Visitor, services},
    staff::{Permission, keys, sessions::Caller},
    store::api_keys::KeyRow,
};

pub(super) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/open311", any(serve))
        .route("/open311/", any(serve))
        .route("/open311/{*rest}", any(serve))
        .layer(DefaultBodyLimit::max(input::most_bytes(&app)))
        .with_state(app)
}

async fn serve(State(app): State<Arc<App>>, caller: Caller, request: Request) -> Response {
    let asked = Asked::read(request.uri().path());
    let method = request.method().clone();
    let options = method == Method::OPTIONS;
    let answered = match &asked.route {
        _ if !app.config.open311.enabled => Err(Fault::unknown("Open311 no está disponible aquí.")),
        Ok(route) if options => return answer::options(route.takes_posts()),
        Ok(route) => Box::pin(attend(&app, caller, route, request)).await,
        Err(fault) => Err(fault.clone()),
    };
    let mut response = match answered {
        Ok(Answer { root, node }) => answer::of(StatusCode::OK, asked.format, root, &node),
        Err(fault) => answer::fault(asked.format, &fault),
    };
    answer::tell_browsers(response.headers_mut(), &method);
    response
}

async fn attend(app: &App, caller: Caller, route: &Route, request: Request) -> Result<Answer, Fault> {
    let posts = *request.method() == Method::POST;
    if !(posts && route.takes_posts() || matches!(*request.method(), Method::GET | Method::HEAD)) {
        return Err(Fault::of(405, "Este método no existe aquí: usa GET, o POST donde la guía lo dice."));
    }
    let address = Visitor::Address(caller.address);
    if input::is_multipart(request.headers()) {
        // Photos are large: who sends them is counted before they are read.
        app.open311.take(&address).map_err(Fault::too_many)?;
    }
    let headers = request.headers().clone();
    let Input { params, pictures } = input::read(app, request).await?;
    let key = key_of(app, &params, &headers).await?;
    let visitor = key.as_ref().map_or(address, |key| Visitor::Key(key.id));
    app.open311.take(&visitor).map_err(Fault::too_many)?;
    let may = |scope: Permission| {
        key.as_ref().filter(|key| key.scopes.contains(&scope)).map(|key| key.id).ok_or_else(Fault::forbidden)
    };
    if posts {
        let scope =
            if *route == Route::Updates { Permission::UpdateReports } else { Permission::FileReports };
        let key = may(scope)?;
        check_jurisdiction(app, &params)?;
        return match route {
            Route::Updates => updates::post(app, key, &params).await,
            _ => requests::post(app, key, &params, pictures).await,
        };
    }
    if *route != Route::Discovery {
        check_jurisdiction(app, &params)?;
    }
    let catalogue = &app.contents.active.catalogue;
    match route {
        Route::Discovery => Ok(discovery::document(app)),
        Route::Services => Ok(Answer { root: "services", node: services::list(catalogue) }),
        Route::Service(code) => {
            Ok(Answer { root: "service_definition", node: services::definition(catalogue, code)? })
        }
        Route::Requests => requests::list(app, &params).await,
        Route::Request(folio) => requests::one(app, folio, &params).await,
        Route::Token(token) => requests::token(app, token).await,
        Route::Updates => updates::list(app, &params).await,
    }
}

/// The key of a request: `api_key`, or a bearer's. One that is none is nobody's.
async fn key_of(app: &App, params: &Params, headers: &HeaderMap) -> Result<Option<KeyRow>, Fault> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    let Some(secret) = params.get("api_key").or(bearer) else { return Ok(None) };
    Ok(keys::of_secret(app, secret).await?)
}

fn check_jurisdiction(app: &App, params: &Params) -> Result<(), Fault> {
    let known = &app.config.open311.jurisdiction;
    match params.get("jurisdiction_id") {
        None if app.config.open311.jurisdiction_required => {
            Err(Fault::bad("Falta jurisdiction_id. Está en el documento de descubrimiento."))
        }
        Some(given) if !known.is_empty() && !known.iter().any(|one| one.eq_ignore_ascii_case(given)) => {
            Err(Fault::unknown("No atendemos esa jurisdiction_id."))
        }
        _ => Ok(()),
    }
}
