//! The job of one note: fetch and keep the audio, wait for a place, hear it, write down what came of it, wake the lane.
//! It may be broken off anywhere and done again.

use std::sync::Arc;

use tracing::{error, info, warn};
use uuid::Uuid;
use ventanilla_adapters::{Body, Media};
use ventanilla_values::Lang;

use super::{
    Job,
    hear::{Setting, hear, refused, to_a_person},
};
use crate::{
    app::App,
    media::{self, Missing},
    store::{
        self, StoreError,
        inbox::Waiting,
        transcripts::{NoteState, Outcome},
    },
};

/// Why a file that is there was not fetched.
const TOO_LARGE: &str = "el archivo es demasiado grande, o no está donde el proveedor guarda los suyos";

/// Begins to hear a note beside everything else, and sees to it that its lane is woken: when it is settled, and when
/// it took too long.
pub fn start(app: &Arc<App>, person: Uuid, message: &Waiting, job: Arc<Job>, lang: Lang) {
    let (note, give_up_at) = (message.clone(), job.give_up_at);
    let worker = Arc::clone(app);
    app.tasks.spawn(async move {
        tokio::select! {
            () = run(&worker, person, &note, &job, lang) => {}
            // It still says `waiting`, and is heard at the next start.
            () = worker.stop.cancelled() => {}
        }
        // Before it is left: whoever sees no note being heard must see a lane that is awake.
        worker.bus.conversations.wake(person);
        worker.listening.leave(note.id);
        // And after it: what could not be settled is begun anew.
        if !worker.stop.is_cancelled() {
            worker.bus.conversations.wake(person);
        }
    });
    let (sleeper, note) = (Arc::clone(app), message.id);
    app.tasks.spawn(async move {
        tokio::select! {
            () = sleeper.clock.sleep_until(give_up_at) => {}
            () = sleeper.stop.cancelled() => return,
        }
        if sleeper.listening.job(note).is_some() {
            sleeper.bus.conversations.wake(person);
        }
    });
}

async fn run(app: &Arc<App>, person: Uuid, message: &Waiting, job: &Arc<Job>, lang: Lang) {
    match outcome(app, person, message, job, lang).await {
        Ok(Some(outcome)) => {
            if let Err(err) = settle(app, message, &outcome).await {
                warn!(trace = message.trace, inbox.id = %message.id, "what was heard could not be kept: {err}");
            }
        }
        Ok(None) => {}
        Err(err) => {
            warn!(trace = message.trace, inbox.id = %message.id, "a note could not be heard now: {err}")
        }
    }
}

async fn outcome(
    app: &Arc<App>,
    person: Uuid,
    message: &Waiting,
    job: &Arc<Job>,
    lang: Lang,
) -> Result<Option<Outcome>, StoreError> {
    let file = match kept(app, person, message).await? {
        Ok(file) => file,
        Err(Missing::Refused) => return Ok(Some(refused(TOO_LARGE))),
        Err(Missing::Lost) => {
            let why = "el proveedor ya no tiene el audio";
            return Ok(Some(Outcome::without_text(NoteState::Lost, why)));
        }
    };
    let Some(room) = app.listening.pool.enter().await.filter(|_| !job.is_stopped()) else { return Ok(None) };
    let bytes = match app.media.get(file).await {
        Ok(bytes) => bytes,
        Err(err) => {
            error!(media.id = %file, alert = true, "file {file} could not be read: {err}");
            return Ok(Some(to_a_person("el audio guardado no se pudo leer")));
        }
    };
    let (setting, job, stop) = (Setting::of(&app.listening), Arc::clone(job), app.stop.clone());
    let heard = tokio::task::spawn_blocking(move || {
        let outcome = hear(&bytes, lang, &setting, &|| job.is_stopped() || stop.is_cancelled());
        drop(room);
        outcome
    });
    Ok(heard.await.unwrap_or_else(|err| {
        error!(media.id = %file, alert = true, "hearing file {file} broke off: {err}");
        Some(to_a_person("el reconocedor de voz falló"))
    }))
}

/// The audio's file: fetched now, unless it was kept before a crash.
async fn kept(app: &App, person: Uuid, message: &Waiting) -> Result<Result<Uuid, Missing>, StoreError> {
    let known = store::transcripts::by_message(app.store.read(), message.id).await?;
    if let Some(file) = known.and_then(|known| known.file) {
        return Ok(Ok(file));
    }
    let Some((adapter, media)) = app.channels.get(message.inbound.channel).zip(audio(&message.inbound.body))
    else {
        return Ok(Err(Missing::Lost));
    };
    let file = match media::fetch_and_keep(app, person, adapter, media).await {
        Ok(file) => file,
        Err(missing) => return Ok(Err(missing)),
    };
    let (now, unit) = (app.clock.now(), app.store.unit().await?);
    store::media::insert(&unit, &file, now).await?;
    store::transcripts::keep_file(&unit, message.id, file.id, now).await?;
    unit.commit().await?;
    Ok(Ok(file.id))
}

fn audio(body: &Body) -> Option<&Media> {
    if let Body::Media(media) = body { Some(media) } else { None }
}

async fn settle(app: &App, message: &Waiting, outcome: &Outcome) -> Result<(), StoreError> {
    let unit = app.store.unit().await?;
    let first = store::transcripts::settle(&unit, message.id, outcome, app.clock.now()).await?;
    unit.commit().await?;
    if first {
        let (state, seconds) = (outcome.state.as_str(), outcome.seconds);
        metrics::counter!("ventanilla_notes_total", "outcome" => state).increment(1);
        info!(
            trace = message.trace, inbox.id = %message.id, state, seconds, confidence = outcome.confidence,
            "note {} of {seconds:.0} s: {state}", message.id
        );
    }
    Ok(())
}
