//! What a caller of Open311 is told when something cannot be: in the format they asked for, in the town's language.

use crate::store::StoreError;

/// One status, and one or more mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Of HTTP; the code of every error too.
    pub status: u16,
    pub errors: Vec<String>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

impl Fault {
    /// 400: what was asked for cannot be.
    pub fn bad(why: impl Into<String>) -> Self {
        Self::of(400, why)
    }

    /// 400, with everything that is wrong.
    pub fn all_bad(errors: Vec<String>) -> Self {
        Self { status: 400, errors, retry_after: None }
    }

    /// 403. Says nothing of what was wrong with a key.
    pub fn forbidden() -> Self {
        Self::of(403, "Falta api_key o no es válida para esto. Pide una llave al ayuntamiento.")
    }

    /// 404: there is none.
    pub fn unknown(why: impl Into<String>) -> Self {
        Self::of(404, why)
    }

    /// 429.
    pub fn too_many(seconds: u64) -> Self {
        let why = format!("Demasiadas peticiones. Intenta de nuevo en {seconds} segundos.");
        Self { retry_after: Some(seconds), ..Self::of(429, why) }
    }

    /// 503: the database fails.
    pub fn unavailable() -> Self {
        Self::of(503, "El servicio no responde en este momento. Intenta de nuevo en unos minutos.")
    }

    pub fn of(status: u16, why: impl Into<String>) -> Self {
        Self { status, errors: vec![why.into()], retry_after: None }
    }
}

impl From<StoreError> for Fault {
    fn from(err: StoreError) -> Self {
        tracing::error!("a request of Open311 could not be served: {err}");
        Self::unavailable()
    }
}
