//! What cannot be done about a report, as a problem.

use axum::http::StatusCode;

use crate::{
    http::ApiError,
    reports::{
        ChangeError,
        work::{Refusal, WorkError, code_of},
    },
};

impl From<WorkError> for ApiError {
    fn from(err: WorkError) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let why = err.to_string();
        match err {
            WorkError::Store(err) | WorkError::Change(ChangeError::Store(err)) => err.into(),
            WorkError::Change(ChangeError::Stale) => Self::Stale,
            WorkError::Change(ChangeError::NotAllowed { .. }) => {
                Self::Refused { status: StatusCode::CONFLICT, code: "not_allowed", why }
            }
            WorkError::Change(ChangeError::Needs(need)) => Self::Refused { status, code: code_of(need), why },
            WorkError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            code: refusal.code(),
            why: refusal.to_string(),
        }
    }
}
