//! What people of the town decide about a request. Each act is one transaction with its row of the audit log, and tells the
//! person by the flow `privacy_answer`.

use std::sync::Arc;

use serde_json::json;
use ventanilla_flows::Command;
use ventanilla_values::Value;

use crate::{
    app::App,
    conversation::{TurnError, resume_bot},
    staff,
    store::{
        self, StoreError, Unit,
        privacy_requests::{self, Kind, RequestRow, State},
    },
};

/// Letters that an answer or a reason may have: with what the flow says around it, it fits one message everywhere.
const LONGEST: usize = 600;
/// Tells the person what became of it.
const FLOW: &str = "privacy_answer";

/// Why nothing was decided. Nothing changed.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    #[error("there is no request {0}: see `ventanilla privacy list`")]
    Unknown(String),
    #[error("{0} was decided already: nothing is changed")]
    Over(String),
    #[error("{0} asks to see data, and not to have it erased: answer it")]
    NoErasure(String),
    #[error("{0} asks for erasure: erase, or refuse it with a reason")]
    Erasure(String),
    #[error("a colleague is talking with this person, or they wait for one: close the chat first")]
    Attended,
    #[error("write what the person is told")]
    NoWords,
    #[error("write at most {0} letters: the person reads it on a phone")]
    TooLong(usize),
    #[error(transparent)]
    Turn(#[from] TurnError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub reference: String,
    pub state: State,
}

/// Erases what is kept of who asked for it, and tells them.
///
/// # Errors
/// See [`PrivacyError`].
pub async fn carry_out(app: &Arc<App>, reference: &str, by: &str) -> Result<Decided, PrivacyError> {
    let (unit, request) = open(app, reference).await?;
    if request.kind != Kind::Erase {
        return Err(PrivacyError::NoErasure(request.reference));
    }
    store::erasure::person(&unit, request.person).await?;
    end(app, unit, request, State::Done, by, None).await
}

/// Says how somebody who asked to see or correct their data was answered.
///
/// # Errors
/// See [`PrivacyError`].
pub async fn answer(app: &Arc<App>, reference: &str, by: &str, how: &str) -> Result<Decided, PrivacyError> {
    let (unit, request) = open(app, reference).await?;
    if request.kind != Kind::Access {
        return Err(PrivacyError::Erasure(request.reference));
    }
    let how = spoken(how)?;
    end(app, unit, request, State::Done, by, Some(how)).await
}

/// Refuses it, with the reason that the person is told.
///
/// # Errors
/// See [`PrivacyError`].
pub async fn refuse(app: &Arc<App>, reference: &str, by: &str, why: &str) -> Result<Decided, PrivacyError> {
    let (unit, request) = open(app, reference).await?;
    let why = spoken(why)?;
    end(app, unit, request, State::Refused, by, Some(why)).await
}

fn spoken(words: &str) -> Result<&str, PrivacyError> {
    match words.trim() {
        "" => Err(PrivacyError::NoWords),
        words if words.chars().count() > LONGEST => Err(PrivacyError::TooLong(LONGEST)),
        words => Ok(words),
    }
}

/// The request, while nobody decided it and nobody of the town talks with the person.
async fn open(app: &App, reference: &str) -> Result<(Unit, RequestRow), PrivacyError> {
    let reference = reference.trim().to_uppercase();
    let unit = app.store.unit().await?;
    let Some(request) = privacy_requests::by_reference(&*unit, &reference).await? else {
        return Err(PrivacyError::Unknown(reference));
    };
    if request.state != State::Open {
        return Err(PrivacyError::Over(reference));
    }
    if store::handovers::open_of(&*unit, request.person).await?.is_some() {
        return Err(PrivacyError::Attended);
    }
    Ok((unit, request))
}

async fn end(
    app: &Arc<App>,
    unit: Unit,
    request: RequestRow,
    state: State,
    by: &str,
    words: Option<&str>,
) -> Result<Decided, PrivacyError> {
    if !privacy_requests::decide(&unit, request.id, state, by, words, app.clock.now()).await? {
        return Err(PrivacyError::Over(request.reference));
    }
    let (action, subject) = (format!("privacy.{}", state.as_str()), format!("privacy:{}", request.reference));
    staff::note(app, &unit, by, &action, &subject, &json!({ "kind": request.kind.as_str() })).await?;
    let slots = [
        ("reference", Value::Text(request.reference.clone())),
        ("answer", Value::Text(words.unwrap_or_default().to_owned())),
        ("kind", Value::Text(request.kind.as_str().to_owned())),
        ("refused", Value::YesNo(state == State::Refused)),
    ];
    let slots = slots.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let tell = Command::start(FLOW, None, slots);
    // What they were telling the bot is among what was erased.
    let erased = request.kind == Kind::Erase && state == State::Done;
    let commands = if erased { vec![Command::Reset, tell] } else { vec![tell] };
    Box::pin(resume_bot(app, request.person, unit, commands, "privacy")).await?;
    Ok(Decided { reference: request.reference, state })
}
