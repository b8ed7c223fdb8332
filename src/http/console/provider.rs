//! Signing in with the account of a state or a town: going there, coming back, and linking it with one's account here.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{factor::Password, me};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Params},
        permit::{SameSite, SignedIn, cookie_named},
        problem::Problem,
    },
    staff::{
        StaffError, identity,
        provider::{self, Aim, Attempt, Departure, Return},
        sessions::{Caller, Opened},
        sign_in,
    },
};

/// Holds what was asked of the provider until the browser comes back. `Lax`: it comes back from another site.
const COOKIE: &str = "ventanilla_sign_in";
const DOOR: &str = "/console";
const ACCOUNT: &str = "/console/account";

/// Whether people may sign in elsewhere.
#[derive(Serialize, ToSchema)]
pub struct ProviderOffer {
    /// What the button says; `null`: with a password only.
    name: Option<String>,
}

/// Look whether signing in with another account is offered.
#[utoipa::path(
    get, path = "/api/v1/session/provider", tag = "account", operation_id = "provider_offer",
    security(()),
    responses((status = 200, body = ProviderOffer))
)]
pub async fn offer(State(app): State<Arc<App>>) -> Json<ProviderOffer> {
    Json(ProviderOffer { name: name(&app) })
}

fn name(app: &App) -> Option<String> {
    let config = &app.config.oidc;
    config.is_offered().then(|| config.name.clone())
}

#[derive(Deserialize, ToSchema)]
pub struct GoElsewhere {
    /// The token of an invitation that is accepted this way.
    #[serde(default)]
    invitation: Option<String>,
}

/// The provider's page, to go to.
#[derive(Serialize, ToSchema)]
pub struct GoThere {
    url: String,
}

/// Begin to sign in with another account.
#[utoipa::path(
    post, path = "/api/v1/session/provider", tag = "account", operation_id = "sign_in_elsewhere",
    security(()),
    request_body = GoElsewhere,
    responses(
        (status = 200, body = GoThere, description = "sets a cookie for the way back"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "it is not offered"),
        (status = 502, body = Problem, content_type = "application/problem+json", description = "the provider does not answer"),
    )
)]
pub async fn depart(
    State(app): State<Arc<App>>,
    _: SameSite,
    Body(body): Body<GoElsewhere>,
) -> Result<Response, ApiError> {
    let aim = body.invitation.map_or(Aim::SignIn, Aim::Accept);
    Ok(sent_there(&app, provider::depart(&app, aim).await?))
}

fn sent_there(app: &App, departure: Departure) -> Response {
    let seconds = provider::PATIENCE / 1000;
    (cookie(app, &departure.sealed, seconds), Json(GoThere { url: departure.url })).into_response()
}

fn cookie(app: &App, value: &str, seconds: i64) -> AppendHeaders<[(HeaderName, String); 1]> {
    let secure = if app.config.server.public_url.starts_with("https://") { "; Secure" } else { "" };
    let path = provider::CALLBACK;
    let text = format!("{COOKIE}={value}; HttpOnly; SameSite=Lax; Path={path}; Max-Age={seconds}{secure}");
    AppendHeaders([(header::SET_COOKIE, text)])
}

/// What the provider sends a browser back with.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Came {
    code: Option<String>,
    state: Option<String>,
    /// A word of OAuth, where it let nobody in.
    error: Option<String>,
    /// The provider's address (RFC 9207).
    iss: Option<String>,
}

/// The way back from the provider: a browser comes here by itself.
#[utoipa::path(
    get, path = "/api/v1/session/provider/callback", tag = "account", operation_id = "come_back",
    security(()),
    params(Came),
    responses((status = 303, description = "to the console; with ?refused=<code> where nobody was let in"))
)]
pub async fn arrive(
    State(app): State<Arc<App>>,
    caller: Caller,
    headers: HeaderMap,
    Params(came): Params<Came>,
) -> Response {
    let Came { code, state, error, iss } = came;
    let back = Return { code, state, error, iss };
    let attempt = cookie_named(&headers, COOKIE).ok_or(StaffError::AttemptGone);
    let attempt = attempt.and_then(|sealed| provider::attempt(&app, sealed));
    let links = attempt.as_ref().is_ok_and(|attempt| matches!(attempt.aim, Aim::Link(_)));
    let no_more = cookie(&app, "", 0);
    match come_in(&app, attempt, &back, &caller).await {
        Ok(Some(opened)) => (no_more, me::session_cookie(&app, &opened), Redirect::to(DOOR)).into_response(),
        Ok(None) => (no_more, Redirect::to(ACCOUNT)).into_response(),
        Err(err) => {
            let to = if links { ACCOUNT } else { DOOR };
            let code = ApiError::from(err).code().unwrap_or("other");
            (no_more, Redirect::to(&format!("{to}?refused={code}"))).into_response()
        }
    }
}

/// The session that begins; `None` where an account was linked.
async fn come_in(
    app: &App,
    attempt: Result<Attempt, StaffError>,
    back: &Return,
    caller: &Caller,
) -> Result<Option<Opened>, StaffError> {
    let attempt = attempt?;
    let who = provider::arrive(app, &attempt, back).await?;
    match attempt.aim {
        Aim::SignIn => Ok(Some(identity::sign_in(app, &who, caller).await?)),
        Aim::Accept(token) => Ok(Some(identity::accept(app, &token, &who, caller).await?)),
        Aim::Link(session) => {
            identity::link(app, session, &who).await?;
            Ok(None)
        }
    }
}

/// Whether my account is linked with one elsewhere.
#[derive(Serialize, ToSchema)]
pub struct LinkedIdentity {
    /// The provider's name; `null`: there is none.
    provider: Option<String>,
    /// Unix milliseconds; `null`: it is not linked.
    since: Option<i64>,
}

/// Whether my account is linked with one elsewhere.
#[utoipa::path(
    get, path = "/api/v1/me/identity", tag = "account", operation_id = "linked_identity",
    security(("session" = [])),
    responses((status = 200, body = LinkedIdentity))
)]
pub async fn linked(State(app): State<Arc<App>>, who: SignedIn) -> Result<Json<LinkedIdentity>, ApiError> {
    let since = identity::linked_since(&app, who.id()).await?;
    Ok(Json(LinkedIdentity { provider: name(&app), since }))
}

/// Begin to link my account with one elsewhere.
#[utoipa::path(
    post, path = "/api/v1/me/identity", tag = "account", operation_id = "link_identity",
    security(("session" = [])),
    request_body = Password,
    responses(
        (status = 200, body = GoThere, description = "sets a cookie for the way back"),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "it is not offered"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many wrong passwords; Retry-After says when"),
        (status = 502, body = Problem, content_type = "application/problem+json", description = "the provider does not answer"),
    )
)]
pub async fn link(
    State(app): State<Arc<App>>,
    who: SignedIn,
    caller: Caller,
    Body(body): Body<Password>,
) -> Result<Response, ApiError> {
    sign_in::confirmed(&app, who.id(), &body.password, &caller).await.map_err(ApiError::of_signed_in)?;
    Ok(sent_there(&app, provider::depart(&app, Aim::Link(who.session.id)).await?))
}

/// Take the link away.
#[utoipa::path(
    delete, path = "/api/v1/me/identity", tag = "account", operation_id = "unlink_identity",
    security(("session" = [])),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "it is not linked"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "the account has no password"),
    )
)]
pub async fn unlink(State(app): State<Arc<App>>, who: SignedIn) -> Result<StatusCode, ApiError> {
    identity::unlink(&app, &who.staff).await?;
    Ok(StatusCode::NO_CONTENT)
}
