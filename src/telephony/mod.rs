//! Calls from a telephone exchange of the town's own (Asterisk AudioSocket), heard and spoken on this machine. Started
//! by `cli/serve.rs` beside the HTTP server.
//!
//! What is said is decided where every call's words are decided: an answer becomes a message in the inbox, and what the
//! caller hears is read from the outbox ([`crate::outbox::answer`]). Here are only the line and its two ends:
//!
//! - `announce`: the dialplan says that a call is coming, and what became of one that was passed on (by HTTP);
//! - `calls`: the calls that are known, in memory;
//! - `line`: frames from and to one connection, 20 ms by 20 ms;
//! - `ear`: when the caller has said or pressed something, or nothing. Pure;
//! - `player`: what is still to be said on the line, and what may be cut short;
//! - `think`: from what was heard to what is answered;
//! - `talk`: one call, all of these together;
//! - `engines`: sound to words and words to sound; `local` are the programs of this machine.

mod announce;
mod calls;
mod ear;
mod engines;
mod lately;
mod line;
#[cfg_attr(not(feature = "speech"), path = "without.rs")]
mod local;
mod player;
mod talk;
mod think;

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::audiosocket::Frame;

pub use announce::{AnnounceError, announce, outcome};
pub use calls::{After, Calls, Stage};
pub use engines::{Ears, Engines, Heard, Mouth, SpeechError};
pub use local::open as local_engines;

use crate::{app::App, listening::Vocabulary};
use line::{Hearing, Speaking};

/// Connections beside those of calls: somebody who connects and says nothing must not take a call's place.
const SPARE: usize = 8;
/// Asterisk names the call with its first frame.
const NAMED_WITHIN: Duration = Duration::from_secs(5);
/// After a failed accept (too many open files).
const REST: Duration = Duration::from_millis(200);

/// A listener with what it needs to take calls.
#[derive(Debug)]
pub struct Telephone {
    listener: TcpListener,
    engines: Engines,
}

impl Telephone {
    /// Listens, if the settings say so, and makes sure that this machine can hear and speak.
    ///
    /// # Errors
    /// With the sentence that says what to install, or why there is nothing to listen on.
    pub async fn open(app: &App) -> anyhow::Result<Option<Self>> {
        let set = &app.config.audiosocket;
        if !set.is_on() {
            return Ok(None);
        }
        let engines = local::open(set, &app.config.understanding.weights(), words(app))?;
        let address = set.address().context("audiosocket.listen is no address")?;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("audiosocket.listen: cannot listen on {address}"))?;
        info!("calls from the telephone exchange are taken at {address}");
        Ok(Some(Self { listener, engines }))
    }

    /// Takes calls until the server stops.
    pub async fn serve(self, app: Arc<App>) {
        serve(app, self.listener, self.engines).await;
    }
}

/// What people report here and where, as they would call it.
fn words(app: &App) -> Vocabulary {
    let content = &app.contents.active;
    Vocabulary::new(&content.catalogue, &content.phrases)
}

/// Takes calls until [`App::stop`] is cancelled; calls under way end then, and shutdown waits for them.
pub async fn serve(app: Arc<App>, listener: TcpListener, engines: Engines) {
    let room = Arc::new(Semaphore::new(app.config.audiosocket.most_calls.saturating_add(SPARE)));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = app.stop.cancelled() => return,
        };
        match (accepted, Arc::clone(&room).try_acquire_owned()) {
            (Ok((stream, _)), Ok(place)) => {
                let call = Box::pin(connection(Arc::clone(&app), stream, engines.clone()));
                app.tasks.spawn(async move {
                    call.await;
                    drop(place);
                });
            }
            (Ok(_), Err(_)) => warn!(alert = true, "a connection was refused: there are too many at once"),
            (Err(err), _) => {
                warn!(alert = true, "a call could not be taken: {err}");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

async fn connection(app: Arc<App>, stream: TcpStream, engines: Engines) {
    // A frame waits for nothing: not for the next one either.
    if let Err(err) = stream.set_nodelay(true) {
        warn!("a connection is gone already: {err}");
        return;
    }
    let (read, write) = stream.into_split();
    let (mut hearing, mut speaking) = (Hearing::new(read), Speaking::new(write));
    let named = tokio::time::timeout(NAMED_WITHIN, hearing.next()).await;
    let Ok(Some(Frame::Id(id))) = named else {
        metrics::counter!("ventanilla_calls_refused_total", "reason" => "nameless").increment(1);
        warn!("a connection did not say which call it is, and was closed");
        return speaking.hang_up(&mut hearing).await;
    };
    let id = Uuid::from_bytes(id);
    let Some((call, first)) = app.calls.connect(id) else {
        metrics::counter!("ventanilla_calls_refused_total", "reason" => "unknown").increment(1);
        warn!("a call connected that nobody announced, and was sent back to the dialplan");
        return speaking.hang_up(&mut hearing).await;
    };
    metrics::counter!("ventanilla_calls_total").increment(1);
    info!(call.id = %id, "call {id} is on the line");
    talk::talk(app, engines, id, call, first, hearing, speaking).await;
}
