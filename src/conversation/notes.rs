//! Voice notes in a person's lane: which messages can be read now, while a note of theirs is being heard.
//!
//! What is said after a note waits for it, so that "hay un bache" and "en la calle 20" stay in their order, but for no
//! longer than `speech.patience_seconds`. Buttons, keys, whole-message keywords, calls, other channels and dangers never
//! wait.

use std::{collections::HashMap, sync::Arc};

use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{Body, Media, MediaKind};
use ventanilla_flows::Event;
use ventanilla_values::Lang;

use super::{
    attend::TurnError,
    burst::{Burst, same_place, stands_alone},
    context::Context,
    finish::finish,
    turn::{begin, opened},
};
use crate::{
    app::App,
    clock::millis,
    listening::{self, Room},
    store::{
        self, StoreError,
        conversations::{Conversation, Owner},
        inbox::Waiting,
        transcripts::{NoteState, Outcome, Transcript},
    },
};

/// Gives the messages that can be read now, each settled note with what came of it. Begins to hear the others; the lane
/// is woken when they are settled.
///
/// # Errors
/// When the database fails.
pub(super) async fn readable(
    app: &Arc<App>,
    person: Uuid,
    waiting: Vec<Waiting>,
) -> Result<Vec<Waiting>, TurnError> {
    if !waiting.iter().any(is_note) {
        return Ok(waiting);
    }
    let mut known = store::transcripts::of_waiting(app.store.read(), person).await?;
    let mut ready = Vec::new();
    let mut heard_now: Option<Waiting> = None;
    for mut message in waiting {
        if is_note(&message) {
            message.note = settled(app, person, &message, &mut known).await?;
            if message.note.is_none() {
                heard_now.get_or_insert(message);
                continue;
            }
        }
        match &heard_now {
            Some(note) if !goes_ahead(app, note, &message).await => {}
            _ => ready.push(message),
        }
    }
    Ok(ready)
}

fn is_note(message: &Waiting) -> bool {
    matches!(&message.inbound.body, Body::Media(Media { kind: MediaKind::Audio, .. }))
}

/// What came of a note; `None` while it is being heard.
async fn settled(
    app: &Arc<App>,
    person: Uuid,
    message: &Waiting,
    known: &mut HashMap<Uuid, Transcript>,
) -> Result<Option<Transcript>, TurnError> {
    if let Some(known) = known.remove(&message.id).filter(|known| known.outcome.state != NoteState::Waiting) {
        return Ok(Some(known));
    }
    match app.listening.job(message.id) {
        Some(job) if app.clock.now() < job.give_up_at => Ok(None),
        Some(_) => {
            app.listening.leave(message.id);
            to_a_person(app, message, "tardaba demasiado en escucharse").await
        }
        None => take_up(app, person, message).await,
    }
}

/// Begins to hear a note: for the first time, or again after a crash.
async fn take_up(app: &Arc<App>, person: Uuid, message: &Waiting) -> Result<Option<Transcript>, TurnError> {
    if app.stop.is_cancelled() {
        return Ok(None);
    }
    let unit = app.store.unit().await?;
    let attempts = store::transcripts::take_up(&unit, message.id, app.clock.now()).await?;
    unit.commit().await?;
    let Some(attempts) = attempts else {
        // It was settled a moment ago.
        return Ok(store::transcripts::by_message(app.store.read(), message.id).await?);
    };
    if attempts > app.config.conversation.attempts {
        return to_a_person(app, message, "falló varias veces al escucharse").await;
    }
    let give_up_at = app.clock.now() + millis(app.config.speech.patience());
    let Room::Behind(before, job) = app.listening.enter(message.id, give_up_at) else {
        return to_a_person(app, message, "había demasiados audios por escuchar").await;
    };
    let conversation = store::conversations::load(app.store.read(), person).await?;
    let lang = conversation.session.as_ref().map_or(Lang::ES, |session| session.lang);
    listening::start(app, person, message, job, lang);
    if before >= app.config.speech.busy_after
        && let Err(err) = in_a_moment(app, &conversation, message).await
    {
        warn!(trace = message.trace, inbox.id = %message.id, "nobody was told that a note is being heard: {err}");
    }
    Ok(None)
}

async fn to_a_person(app: &App, message: &Waiting, why: &str) -> Result<Option<Transcript>, TurnError> {
    let outcome = Outcome::without_text(NoteState::ToAPerson, why);
    let unit = app.store.unit().await?;
    store::transcripts::settle(&unit, message.id, &outcome, app.clock.now()).await?;
    unit.commit().await?;
    metrics::counter!("ventanilla_notes_total", "outcome" => outcome.state.as_str()).increment(1);
    Ok(store::transcripts::by_message(app.store.read(), message.id).await?)
}

/// Whether a message is read before a note that came earlier.
async fn goes_ahead(app: &Arc<App>, note: &Waiting, message: &Waiting) -> bool {
    !same_place(note, message) || never_waits(app, message).await
}

/// Whether a message is read at once, whatever else waits: buttons, keys, whole-message keywords, calls, dangers.
pub(super) async fn never_waits(app: &Arc<App>, message: &Waiting) -> bool {
    match &message.inbound.body {
        Body::Text { text } => stands_alone(text) || is_danger(app, vec![text.clone()]).await,
        Body::Media(media) => {
            let said =
                message.note.iter().flat_map(|note| [note.outcome.text.clone(), note.outcome.raw.clone()]);
            is_danger(app, said.chain(media.caption.clone()).collect()).await
        }
        Body::Location { .. } | Body::Form { .. } | Body::Order { .. } | Body::Unsupported { .. } => false,
        Body::Choice { .. }
        | Body::Contact { .. }
        | Body::Reaction { .. }
        | Body::Edited { .. }
        | Body::Revoked { .. }
        | Body::Echo { .. }
        | Body::Call { .. }
        | Body::Speech { .. }
        | Body::Digits { .. }
        | Body::Silence => true,
    }
}

async fn is_danger(app: &Arc<App>, texts: Vec<String>) -> bool {
    app.understanding.read(texts.clone()).await;
    let said = texts.iter().filter(|text| !text.trim().is_empty());
    said.map(|text| app.understanding.understand(text)).any(|understood| understood.safety.is_some())
}

/// "Lo escucho en un momento": once for each note, at once.
async fn in_a_moment(app: &Arc<App>, conversation: &Conversation, note: &Waiting) -> Result<(), TurnError> {
    let (read, now) = (app.store.read(), app.clock.now());
    let silent = conversation.owner == Owner::Agent
        || store::blocks::standing(read, conversation.person, now).await?.is_some();
    if silent {
        return Ok(());
    }
    let address = note.inbound.from.address.clone();
    let mut context = Context::new(app, conversation, address, &note.trace).await?;
    let this = std::slice::from_ref(note);
    context.window = opened(&Burst::gather(this, |_| true).0, conversation);
    let mut begun = begin(&context, &[]);
    begun.events.push(Event::say(in_words(context.session.lang)));
    let window = context.window.clone();
    let next = Conversation { session: None, window, ..conversation.clone() };
    let unit = app.store.unit().await?;
    if !store::transcripts::tell(&unit, note.id, context.now).await? {
        return Ok(());
    }
    match finish(&context, unit, begun, next, &Burst::default()).await {
        // Their talk went on meanwhile, so they are not waiting for a word.
        Err(TurnError::Store(StoreError::Conflict(_))) => Ok(()),
        done => done,
    }
}

fn in_words(lang: Lang) -> &'static str {
    if lang == Lang::EN { "I will listen to it in a moment." } else { "Lo escucho en un momento." }
}
