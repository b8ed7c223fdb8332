//! One's own second factor.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::session::Code;
use crate::{
    app::App,
    http::{ApiError, input::Body, permit::SignedIn, problem::Problem},
    staff::{self, second_factor, sessions::Caller, sign_in},
};

/// What an authenticator app needs, in three forms.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorBegun {
    /// Base32, to type.
    secret: String,
    /// `otpauth://…`, to open on the same phone.
    uri: String,
    /// The same as a picture.
    qr_svg: String,
}

/// Begin to set up my second factor: it is asked for once its first code was typed.
#[utoipa::path(
    post, path = "/api/v1/me/second-factor", tag = "account", operation_id = "begin_second_factor",
    security(("session" = [])),
    responses(
        (status = 200, body = SecondFactorBegun),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "there is one already"),
    )
)]
pub async fn begin(State(app): State<Arc<App>>, who: SignedIn) -> Result<Json<SecondFactorBegun>, ApiError> {
    let begun = second_factor::begin(&app, who.id()).await?;
    Ok(Json(SecondFactorBegun { secret: begun.secret, uri: begun.uri, qr_svg: begun.qr_svg }))
}

/// Each opens the door once, in place of the app. They are shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// Type the first code of my second factor.
#[utoipa::path(
    post, path = "/api/v1/me/second-factor/confirm", tag = "account", operation_id = "confirm_second_factor",
    security(("session" = [])),
    request_body = Code,
    responses(
        (status = 200, body = RecoveryCodes),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "the code is not right"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn confirm(
    State(app): State<Arc<App>>,
    who: SignedIn,
    Body(body): Body<Code>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    let codes = second_factor::confirm(&app, who.id(), &body.code).await;
    Ok(Json(RecoveryCodes { recovery_codes: codes.map_err(ApiError::of_signed_in)? }))
}

#[derive(Deserialize, ToSchema)]
pub struct Password {
    /// The one that holds.
    pub(super) password: String,
}

/// New recovery codes, in place of those that are left.
#[utoipa::path(
    post, path = "/api/v1/me/recovery-codes", tag = "account", operation_id = "renew_recovery_codes",
    security(("session" = [])),
    request_body = Password,
    responses(
        (status = 200, body = RecoveryCodes),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "the password is not right"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many wrong passwords; Retry-After says when"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "there is no second factor"),
    )
)]
pub async fn recovery_codes(
    State(app): State<Arc<App>>,
    who: SignedIn,
    caller: Caller,
    Body(body): Body<Password>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    sign_in::confirmed(&app, who.id(), &body.password, &caller).await.map_err(ApiError::of_signed_in)?;
    Ok(Json(RecoveryCodes { recovery_codes: second_factor::renew_codes(&app, who.id()).await? }))
}

/// Take my second factor away.
#[utoipa::path(
    delete, path = "/api/v1/me/second-factor", tag = "account", operation_id = "remove_second_factor",
    security(("session" = [])),
    request_body = Password,
    responses(
        (status = 204),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "the password is not right"),
        (status = 429, body = Problem, content_type = "application/problem+json", description = "too many wrong passwords; Retry-After says when"),
    )
)]
pub async fn remove(
    State(app): State<Arc<App>>,
    who: SignedIn,
    caller: Caller,
    Body(body): Body<Password>,
) -> Result<StatusCode, ApiError> {
    sign_in::confirmed(&app, who.id(), &body.password, &caller).await.map_err(ApiError::of_signed_in)?;
    second_factor::remove(&app, &staff::named(who.id()), who.id()).await?;
    Ok(StatusCode::NO_CONTENT)
}
