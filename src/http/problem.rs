//! Errors of the API as RFC 9457 problems. Causes go to the log, never to the caller.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tracing::error;

use crate::{
    agents::AgentError, conversation::TurnError, keyring::KeyringError, staff::StaffError, store::StoreError,
};

/// What a caller is told.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    #[error("{0}")]
    BadRequest(&'static str),
    #[error("{0}")]
    Unauthorized(&'static str),
    #[error("{0}")]
    Forbidden(&'static str),
    /// The request wants to change something without showing that our own page sent it.
    #[error("this page is too old or not ours: load it again")]
    Csrf,
    /// Nobody is signed in, or no longer.
    #[error("sign in first")]
    SignedOut,
    /// The password was right; the code lacks.
    #[error("type the code of your second factor first")]
    SecondFactor,
    /// The town demands a second factor of them.
    #[error("set up a second factor first: the town demands it of you")]
    SecondFactorWanted,
    /// The body says something that cannot be.
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Conflict(&'static str),
    /// Somebody else attends the chat.
    #[error("{holder} attends this chat: take it over, or leave it to them")]
    Taken { holder: String },
    /// Who acts saw an older state.
    #[error("it changed meanwhile: look at it again")]
    Stale,
    #[error("{0}")]
    NotFound(&'static str),
    /// It was there once.
    #[error("{0}")]
    Gone(&'static str),
    #[error("too many tries: try again in {seconds} seconds")]
    Throttled { seconds: u64 },
    #[error("{0}")]
    TooLarge(&'static str),
    #[error("{0}")]
    TooMany(&'static str),
    #[error("the server cannot do this now; try again in a moment")]
    Unavailable,
}

/// `application/problem+json`
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The HTTP status again.
    pub status: u16,
    /// The status in words.
    pub title: String,
    /// What happened and what to do.
    pub detail: String,
    /// What a page must tell apart: `signed_out`, `second_factor`, `second_factor_wanted`, `forbidden`, `csrf`, `gone`,
    /// `too_many` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// With `taken`: who attends the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized(_) | Self::SignedOut | Self::SecondFactor => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) | Self::Csrf | Self::SecondFactorWanted => StatusCode::FORBIDDEN,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Gone(_) => StatusCode::GONE,
            Self::Conflict(_) | Self::Taken { .. } | Self::Stale => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) | Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The same to somebody who is signed in: a wrong password does not mean that they are signed out.
    pub(super) fn of_signed_in(err: StaffError) -> Self {
        match err {
            StaffError::WrongPassword => Self::Invalid("the password is not right".to_owned()),
            StaffError::WrongCode => Self::Invalid("this code is not right, or was used before".to_owned()),
            err => err.into(),
        }
    }

    /// What a page tells apart, where the status does not say it.
    fn code(&self) -> Option<&'static str> {
        match self {
            Self::SignedOut => Some("signed_out"),
            Self::SecondFactor => Some("second_factor"),
            Self::SecondFactorWanted => Some("second_factor_wanted"),
            Self::Forbidden(_) => Some("forbidden"),
            Self::Csrf => Some("csrf"),
            Self::Gone(_) => Some("gone"),
            Self::Taken { .. } => Some("taken"),
            Self::Stale => Some("stale"),
            Self::TooMany(_) | Self::Throttled { .. } => Some("too_many"),
            Self::BadRequest(_)
            | Self::Unauthorized(_)
            | Self::Invalid(_)
            | Self::Conflict(_)
            | Self::NotFound(_)
            | Self::TooLarge(_)
            | Self::Unavailable => None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = (self.status(), self.code());
        let title = status.canonical_reason().unwrap_or_default().to_owned();
        let holder = if let Self::Taken { holder } = &self { Some(holder.clone()) } else { None };
        let problem = Problem { status: status.as_u16(), title, detail: self.to_string(), code, holder };
        let headers = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (status, headers, Json(problem)).into_response();
        if let Self::Throttled { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(err: StoreError) -> Self {
        error!("a request could not be served: {err}");
        Self::Unavailable
    }
}

impl From<KeyringError> for ApiError {
    fn from(err: KeyringError) -> Self {
        error!(alert = true, "a request could not be served: {err}");
        Self::Unavailable
    }
}

impl From<StaffError> for ApiError {
    fn from(err: StaffError) -> Self {
        use StaffError as E;
        match err {
            E::WrongPassword => Self::Unauthorized("e-mail or password are not right"),
            E::WrongCode => Self::Unauthorized("this code is not right, or was used before"),
            E::TooMany { seconds } => Self::Throttled { seconds },
            E::LinkGone => {
                Self::Gone("this link was used already, taken back or has expired: ask for a new one")
            }
            E::EmailTaken => Self::Conflict("somebody has this e-mail already"),
            E::LastAdmin => {
                Self::Conflict("nobody could give accounts any more: make somebody else admin first")
            }
            E::Yourself => Self::Conflict("you cannot end your own access: ask a colleague"),
            E::SecondFactorThere => Self::Conflict("a second factor is set up already: take it away first"),
            E::SecondFactorMissing => Self::Conflict("begin with setting up a second factor"),
            E::NoSuch(_) => Self::NotFound("there is none with this id"),
            E::Weak(_)
            | E::NoEmail
            | E::NoName
            | E::NoLanguage
            | E::NoRole
            | E::NoDepartment(_)
            | E::NotForSystems => Self::Invalid(err.to_string()),
            E::Store(err) => err.into(),
            E::Keyring(err) => err.into(),
            E::Hash(_) | E::SecondFactor(_) => {
                error!("a request could not be served: {err}");
                Self::Unavailable
            }
        }
    }
}

impl From<AgentError> for ApiError {
    fn from(err: AgentError) -> Self {
        use AgentError as E;
        match err {
            E::Unknown(_) => Self::NotFound("there is no such chat"),
            E::Closed => Self::Gone("this chat is closed: the bot attends it again"),
            E::Gone => Self::Gone("it is on its way already and cannot be taken back"),
            E::Taken(holder) => Self::Taken { holder },
            E::Stale => Self::Stale,
            E::NoReason(_)
            | E::Nothing
            | E::TooLong(_)
            | E::Unreachable
            | E::CallThem(_)
            | E::Nobody(_)
            | E::NoFlow(_) => Self::Invalid(err.to_string()),
            E::Store(StoreError::Conflict(_)) | E::Turn(TurnError::Store(StoreError::Conflict(_))) => {
                Self::Stale
            }
            E::Store(err) | E::Turn(TurnError::Store(err)) => err.into(),
        }
    }
}
