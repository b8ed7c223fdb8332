//! Signing in and out.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::me::{self, SignIn};
use crate::{
    app::App,
    http::{
        ApiError,
        input::Body,
        permit::{HalfSignedIn, SameSite, SignedIn},
        problem::Problem,
    },
    staff::{sessions::Caller, sign_in},
};

#[derive(Deserialize, ToSchema)]
pub struct Credentials {
    email: String,
    password: String,
}

/// Sign in. An e-mail that nobody has is answered like a wrong password.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "account", operation_id = "sign_in",
    security(()),
    request_body = Credentials,
    responses(
        (status = 200, body = SignIn, description = "sets the cookie"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "e-mail or password are not right"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many tries; Retry-After says when"),
    )
)]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    _: SameSite,
    caller: Caller,
    Body(body): Body<Credentials>,
) -> Result<Response, ApiError> {
    let opened = sign_in::with_password(&app, &body.email, &body.password, &caller).await?;
    Ok(me::signed_in(&app, &opened))
}

#[derive(Deserialize, ToSchema)]
pub struct Code {
    /// Six digits of the authenticator app, or a recovery code.
    pub(super) code: String,
}

/// Show the second factor.
#[utoipa::path(
    post, path = "/api/v1/session/second-factor", tag = "account", operation_id = "show_second_factor",
    security(("half_session" = [])),
    request_body = Code,
    responses(
        (status = 200, body = SignIn, description = "sets another cookie"),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "the code is not right"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many tries; Retry-After says when"),
    )
)]
pub async fn second_factor(
    State(app): State<Arc<App>>,
    half: HalfSignedIn,
    caller: Caller,
    Body(body): Body<Code>,
) -> Result<Response, ApiError> {
    let opened = sign_in::with_code(&app, &half.session, half.staff, &body.code, &caller).await?;
    Ok(me::signed_in(&app, &opened))
}

/// How far somebody got whose code lacks: for a page that was loaded anew, or came back from another.
#[utoipa::path(
    get, path = "/api/v1/session", tag = "account", operation_id = "half_session",
    security(("half_session" = [])),
    responses((status = 200, body = SignIn))
)]
pub async fn half(half: HalfSignedIn) -> Json<SignIn> {
    Json(SignIn::SecondFactor { csrf: half.session.csrf })
}

/// Sign out of this device.
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "account", operation_id = "sign_out",
    security(("session" = [])),
    responses((status = 204, description = "takes the cookie away"))
)]
pub async fn sign_out(State(app): State<Arc<App>>, who: SignedIn) -> Result<Response, ApiError> {
    sign_in::out(&app, &who.session).await?;
    Ok((StatusCode::NO_CONTENT, me::no_cookie(&app)).into_response())
}
