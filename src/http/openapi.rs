//! The API's routes and its description, from one list. Served at `/api/v1/openapi.json`, committed as
//! `web/openapi.json`.

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, PathItem, Ref, RefOr, ResponseBuilder,
        path::{Operation, Parameter, ParameterIn},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ApiError, console, permit, reports};
use crate::app::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Ventanilla",
        description = "The town's window: reports by folio, and the console of its people. Errors are RFC 9457 problems.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags(
        (name = "reports", description = "Citizen reports, by the folio that was said when they were filed"),
        (name = "account", description = "Signing in, and what somebody does with their own account"),
        (name = "staff", description = "People of the town: who they are and what they may do"),
        (name = "desk", description = "Attending chats: queues, answers, and who is told of what"),
        (name = "board", description = "Working on reports: lists, maps, moves, merges, sheets for the road"),
        (name = "audit", description = "Who did what"),
        (name = "training", description = "What the bot is to learn from"),
        (name = "privacy", description = "What people ask about their own data, and until when the law lets the town answer"),
        (name = "feedback", description = "Ideas, complaints and what people think of places"),
        (name = "keys", description = "Keys of other systems"),
    ),
    modifiers(&Schemes)
)]
struct Api;

/// How callers show who they are. The scopes of an operation are the permissions that it asks for.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = |said| {
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(permit::COOKIE, said)))
        };
        let components = document.components.get_or_insert_default();
        components.add_security_scheme(
            "session",
            cookie("Somebody who is signed in. What changes something needs the header x-csrf-token too."),
        );
        components.add_security_scheme(
            "half_session",
            cookie(
                "Somebody whose password was right, and whose code lacks. Needs the header x-csrf-token too.",
            ),
        );
        let key = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A key of another system: vtk_…"));
        components.add_security_scheme("key", SecurityScheme::Http(key.build()));
    }
}

fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(reports::public))
        .routes(routes!(reports::unlock))
        .merge(console::routes())
}

/// The routes, and their description.
fn described() -> (Router<Arc<App>>, utoipa::openapi::OpenApi) {
    let (router, mut document) = routes().split_for_parts();
    document.paths.paths.values_mut().for_each(tell_of_refusals);
    (router, document)
}

/// What every route answers to a body or a parameter that is none, to who is not signed in or may not, and where there is
/// nothing: so that no route has to say so.
fn tell_of_refusals(item: &mut PathItem) {
    let PathItem { get, put, post, delete, patch, .. } = item;
    for operation in [get, put, post, delete, patch].into_iter().flatten() {
        let asks = |place: ParameterIn| {
            let of = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(one) if one.parameter_in == place);
            operation.parameters.iter().flatten().any(of)
        };
        let (in_path, in_query) = (asks(ParameterIn::Path), asks(ParameterIn::Query));
        let body = operation.request_body.is_some();
        let guarded = is_guarded(operation);
        for (status, what, applies) in [
            ("400", "it is not what the description says", body || in_query),
            ("401", "nobody is signed in, or no longer", guarded),
            ("403", "they may not", guarded),
            ("404", "there is none with this id", in_path),
            ("422", "it says something that cannot be", body),
        ] {
            if applies {
                tell(operation, status, what);
            }
        }
    }
}

/// Whether a session or a key is needed.
fn is_guarded(operation: &Operation) -> bool {
    let demands = serde_json::to_value(&operation.security).unwrap_or_default();
    demands
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(|one| !one.is_empty())))
}

fn tell(operation: &mut Operation, status: &str, what: &str) {
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description(what).content("application/problem+json", problem);
    operation.responses.responses.entry(status.to_owned()).or_insert_with(|| response.build().into());
}

/// The description alone.
pub fn document() -> utoipa::openapi::OpenApi {
    described().1
}

pub(super) fn router() -> Router<Arc<App>> {
    let (router, document) = described();
    router.route("/api/v1/openapi.json", get(move || std::future::ready(Json(document.clone())))).route(
        "/api/{*rest}",
        axum::routing::any(|| async { ApiError::NotFound("the API has no such path") }),
    )
}
