//! Errors of the API as RFC 9457 problems. Causes go to the log, never to the caller.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tracing::error;

use crate::{
    agents::AgentError,
    conversation::TurnError,
    keyring::KeyringError,
    staff::{StaffError, WeakPassword},
    store::StoreError,
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
    /// The body is not of the shape that is described.
    #[error("{0}")]
    Invalid(String),
    /// What was asked for cannot be. Pages say it in their reader's language, by the code.
    #[error("{why}")]
    Refused { status: StatusCode, code: &'static str, why: String },
    /// Somebody else attends the chat.
    #[error("{holder} attends this chat: take it over, or leave it to them")]
    Taken { holder: String },
    /// Who acts saw an older state.
    #[error("it changed meanwhile: look at it again")]
    Stale,
    #[error("{0}")]
    NotFound(&'static str),
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
    /// What a page tells apart, and says in its reader's language: `signed_out`, `csrf`, `taken`, `weak_short` …
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
            Self::Refused { status, .. } => *status,
            Self::Taken { .. } | Self::Stale => StatusCode::CONFLICT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) | Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What somebody asked for cannot be.
    pub(super) fn invalid(code: &'static str, why: impl Into<String>) -> Self {
        Self::Refused { status: StatusCode::UNPROCESSABLE_ENTITY, code, why: why.into() }
    }

    /// The same to somebody who is signed in: a wrong password does not mean that they are signed out.
    pub(super) fn of_signed_in(err: StaffError) -> Self {
        match err {
            StaffError::WrongPassword => Self::invalid("wrong_password", "the password is not right"),
            StaffError::WrongCode => Self::invalid("wrong_code", err.to_string()),
            err => err.into(),
        }
    }

    /// What a page tells apart, where the status does not say it.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            Self::SignedOut => Some("signed_out"),
            Self::SecondFactor => Some("second_factor"),
            Self::SecondFactorWanted => Some("second_factor_wanted"),
            Self::Forbidden(_) => Some("forbidden"),
            Self::Csrf => Some("csrf"),
            Self::Refused { code, .. } => Some(code),
            Self::Taken { .. } => Some("taken"),
            Self::Stale => Some("stale"),
            Self::TooMany(_) | Self::Throttled { .. } => Some("too_many"),
            Self::BadRequest(_)
            | Self::Unauthorized(_)
            | Self::Invalid(_)
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
        use StatusCode as S;
        let (status, code) = match err {
            E::TooMany { seconds } => return Self::Throttled { seconds },
            E::NoSuch(_) => return Self::NotFound("there is none with this id"),
            E::Store(err) => return err.into(),
            E::Keyring(err) => return err.into(),
            E::Hash(_) | E::SecondFactor(_) => {
                error!("a request could not be served: {err}");
                return Self::Unavailable;
            }
            E::NoProvider => (S::NOT_FOUND, "no_provider"),
            E::ProviderDown => (S::BAD_GATEWAY, "provider_down"),
            E::ProviderRefused => (S::UNAUTHORIZED, "provider_refused"),
            E::AttemptGone => (S::GONE, "attempt_gone"),
            E::UnknownIdentity => (S::UNAUTHORIZED, "unknown_identity"),
            E::IdentityTaken => (S::CONFLICT, "identity_taken"),
            E::LastWayIn => (S::CONFLICT, "last_way_in"),
            E::WrongPassword => (S::UNAUTHORIZED, "wrong_password"),
            E::WrongCode => (S::UNAUTHORIZED, "wrong_code"),
            E::LinkGone => (S::GONE, "gone"),
            E::EmailTaken => (S::CONFLICT, "email_taken"),
            E::LastAdmin => (S::CONFLICT, "last_admin"),
            E::Yourself => (S::CONFLICT, "yourself"),
            E::SecondFactorThere => (S::CONFLICT, "factor_there"),
            E::SecondFactorMissing => (S::CONFLICT, "factor_missing"),
            E::Weak(WeakPassword::Short) => (S::UNPROCESSABLE_ENTITY, "weak_short"),
            E::Weak(WeakPassword::Long) => (S::UNPROCESSABLE_ENTITY, "weak_long"),
            E::Weak(WeakPassword::Yours) => (S::UNPROCESSABLE_ENTITY, "weak_yours"),
            E::Weak(WeakPassword::Common) => (S::UNPROCESSABLE_ENTITY, "weak_common"),
            E::NoEmail => (S::UNPROCESSABLE_ENTITY, "no_email"),
            E::NoName => (S::UNPROCESSABLE_ENTITY, "no_name"),
            E::NoLanguage => (S::UNPROCESSABLE_ENTITY, "no_language"),
            E::NoRole => (S::UNPROCESSABLE_ENTITY, "no_role"),
            E::NoDepartment(_) => (S::UNPROCESSABLE_ENTITY, "no_department"),
            E::NoSkill => (S::UNPROCESSABLE_ENTITY, "no_skill"),
            E::NotForSystems => (S::UNPROCESSABLE_ENTITY, "not_for_systems"),
        };
        Self::Refused { status, code, why: err.to_string() }
    }
}

impl From<AgentError> for ApiError {
    fn from(err: AgentError) -> Self {
        use AgentError as E;
        use StatusCode as S;
        let (status, code) = match err {
            E::Unknown(_) => return Self::NotFound("there is no such chat"),
            E::Taken(holder) => return Self::Taken { holder },
            E::Stale
            | E::Store(StoreError::Conflict(_))
            | E::Turn(TurnError::Store(StoreError::Conflict(_))) => return Self::Stale,
            E::Store(err) | E::Turn(TurnError::Store(err)) => return err.into(),
            E::Closed => (S::GONE, "closed"),
            E::Gone => (S::GONE, "gone"),
            E::NoReason(_) => (S::UNPROCESSABLE_ENTITY, "no_reason"),
            E::Nothing => (S::UNPROCESSABLE_ENTITY, "nothing_said"),
            E::TooLong(_) => (S::UNPROCESSABLE_ENTITY, "too_long"),
            E::Unreachable => (S::UNPROCESSABLE_ENTITY, "not_reachable"),
            E::CallThem(_) => (S::UNPROCESSABLE_ENTITY, "call_them"),
            E::Nobody(_) => (S::UNPROCESSABLE_ENTITY, "nobody"),
            E::AtDesk => (S::CONFLICT, "at_desk"),
            E::OnCall => (S::UNPROCESSABLE_ENTITY, "on_call"),
            E::NoWhy => (S::UNPROCESSABLE_ENTITY, "no_why"),
            E::NobodyAttends => (S::UNPROCESSABLE_ENTITY, "nobody_attends"),
            E::NeedsApproval => (S::CONFLICT, "needs_approval"),
            E::Decided => (S::GONE, "decided"),
            E::NoFlow(_) => (S::UNPROCESSABLE_ENTITY, "no_flow"),
            E::CallPast => (S::UNPROCESSABLE_ENTITY, "call_past"),
            E::CallFar => (S::UNPROCESSABLE_ENTITY, "call_far"),
            E::CallNumber => (S::UNPROCESSABLE_ENTITY, "call_number"),
            E::CallNowhere => (S::UNPROCESSABLE_ENTITY, "call_nowhere"),
            E::NoCall => (S::CONFLICT, "no_call"),
            E::NotAsked => (S::UNPROCESSABLE_ENTITY, "not_asked"),
            E::Act(ref err) => (S::UNPROCESSABLE_ENTITY, err.code()),
        };
        Self::Refused { status, code, why: err.to_string() }
    }
}
