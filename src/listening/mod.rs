//! Voice notes: heard beside everything else, so that no text ever waits for audio.
//!
//! The conversation begins a job for each note ([`start`]) and is woken when it is settled; how a note waits in its
//! person's lane is `conversation/notes.rs`. Here is the pool: so many recordings at once (`speech.workers`), the
//! others in a queue that is bounded (`speech.queue`). A job fetches and keeps the audio, decodes it, takes silence
//! out, hears it and puts the town's words right; its outcome is a row of `store::transcripts`. It says nothing to
//! anybody: what people read is the business of flows.

mod hear;
mod job;
mod pool;
#[cfg(feature = "speech")]
mod whisper;
mod words;

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use uuid::Uuid;
use ventanilla_speech::{Pcm, decode::Limits};
use ventanilla_values::Lang;

use self::pool::Pool;
use crate::{catalogue::Catalogue, config::Speech};

#[cfg(any(test, feature = "speech"))]
pub(crate) use self::words::Ready;
pub use self::{job::start, words::Vocabulary};

/// Whoever turns speech into words. Used by one thread at a time.
pub trait Ears: Send {
    /// Writes down what is said in a recording without silence. Blocks, for seconds.
    ///
    /// # Errors
    /// See [`Deaf`].
    fn hear(&mut self, sound: &Pcm, ask: &Ask<'_>) -> Result<Words, Deaf>;
}

/// How a recording is to be heard.
pub struct Ask<'a> {
    /// The language that the person speaks here.
    pub lang: Lang,
    /// Words of the town worth expecting, the most important first.
    pub hints: &'a [String],
    /// Asked again and again: nobody waits for the answer any more.
    pub stop: &'a dyn Fn() -> bool,
}

impl std::fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ask")
            .field("lang", &self.lang)
            .field("hints", &self.hints.len())
            .finish_non_exhaustive()
    }
}

/// What was heard, in order.
#[derive(Clone, Default)]
pub struct Words {
    /// As they should be written, with capitals and full stops, each with how probable it was (0 to 1).
    pub words: Vec<(String, f32)>,
    /// 0 to 1: the share of words that are expected to be right.
    pub confidence: f32,
}

/// What people say is theirs.
impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({}, {:.2})", self.words.len(), self.confidence)
    }
}

/// Why there are no words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Deaf {
    #[error("nobody waits for it any more")]
    Stopped,
    /// The recogniser failed; the sentence is for staff.
    #[error("{0}")]
    Broken(String),
}

/// How a worker comes by its ears: when the first note is there, and once more for each further worker. `None`: there
/// are none on this machine, and the reason is in the log.
pub type OpenEars = Arc<dyn Fn() -> Option<Box<dyn Ears>> + Send + Sync>;

/// The model that hears, in the folder of the weights.
pub const WHISPER: &str = "whisper-base";

/// The ears of this machine: Whisper, where this build has it and its weights are in the folder.
pub fn of_this_machine(weights: &Path) -> OpenEars {
    #[cfg(feature = "speech")]
    return whisper::open_from(weights.join(WHISPER));
    #[cfg(not(feature = "speech"))]
    {
        let folder = weights.to_owned();
        Arc::new(move || {
            tracing::warn!(
                folder = %folder.display(),
                "this build cannot hear (it was made without the feature `speech`): voice notes go to a person"
            );
            None
        })
    }
}

/// The notes that are being heard in this process, and who hears them.
pub struct Listening {
    pool: Arc<Pool>,
    jobs: Mutex<HashMap<Uuid, Arc<Job>>>,
    words: Arc<Vocabulary>,
    limits: Limits,
    sure_from: f32,
    most: usize,
}

/// A note that is being heard.
#[derive(Debug)]
pub struct Job {
    /// From then on (Unix ms) a person hears it.
    pub give_up_at: i64,
    stopped: AtomicBool,
}

impl Job {
    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// Whether there is room for another note.
#[derive(Debug)]
pub enum Room {
    /// Behind so many others.
    Behind(usize, Arc<Job>),
    /// The queue is full.
    Full,
}

impl Listening {
    pub fn new(
        config: &Speech,
        catalogue: &Catalogue,
        phrases: &ventanilla_intents::PhraseBook,
        open: OpenEars,
    ) -> Self {
        Self {
            pool: Arc::new(Pool::new(config.workers, open)),
            jobs: Mutex::default(),
            words: Arc::new(Vocabulary::new(catalogue, phrases)),
            limits: Limits { seconds: config.most_seconds, ..Limits::default() },
            sure_from: config.sure_from,
            most: config.workers + config.queue,
        }
    }

    /// The job of a note, while there is one.
    pub fn job(&self, note: Uuid) -> Option<Arc<Job>> {
        self.jobs().get(&note).cloned()
    }

    /// Makes room for a note.
    pub fn enter(&self, note: Uuid, give_up_at: i64) -> Room {
        let mut jobs = self.jobs();
        let before = jobs.len();
        if before >= self.most {
            return Room::Full;
        }
        let job = Arc::new(Job { give_up_at, stopped: AtomicBool::new(false) });
        jobs.insert(note, Arc::clone(&job));
        gauge(jobs.len());
        Room::Behind(before, job)
    }

    /// Nobody waits for this note any more: its job ends when it next looks.
    pub fn leave(&self, note: Uuid) {
        let mut jobs = self.jobs();
        if let Some(job) = jobs.remove(&note) {
            job.stopped.store(true, Ordering::Relaxed);
        }
        gauge(jobs.len());
    }

    /// Whether no note is being heard.
    pub fn is_idle(&self) -> bool {
        self.jobs().is_empty()
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<Uuid, Arc<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a metric")]
fn gauge(notes: usize) {
    metrics::gauge!("ventanilla_notes_being_heard").set(notes as f64);
}

impl std::fmt::Debug for Listening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listening").field("jobs", &self.jobs().len()).finish_non_exhaustive()
    }
}
