//! Sound to words and words to sound, whoever does it. Both take a core for a while, so they run where blocking is
//! allowed and only so many at once.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Semaphore;
use ventanilla_values::Lang;

use super::lately::Lately;

/// Texts that are spoken at once: a call waits for at most a sentence of each other one.
const SPEAKING_AT_ONCE: usize = 4;

/// What somebody said.
#[derive(Clone, PartialEq)]
pub struct Heard {
    /// Empty when nothing was understood.
    pub text: String,
    /// 0 to 1.
    pub confidence: Option<f32>,
}

/// Words never reach a log by `{:?}`.
impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heard").field("confidence", &self.confidence).finish_non_exhaustive()
    }
}

/// Why nothing was heard or said, in words that hold nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SpeechError(pub String);

/// Sound to words.
pub trait Ears: fmt::Debug + Send + Sync {
    /// Writes down what is said; blocking. `sound` is 8 kHz, `hints` are words that are likely now.
    ///
    /// # Errors
    /// When the model fails. Sound in which nobody speaks is an empty text.
    fn hear(&self, sound: &[i16], lang: Lang, hints: &[String]) -> Result<Heard, SpeechError>;
}

/// Words to sound.
pub trait Mouth: fmt::Debug + Send + Sync {
    /// Speaks a text that was written for the ear, as 8 kHz sound; blocking.
    ///
    /// # Errors
    /// When the program is missing, slow or fails.
    fn say(&self, text: &str, lang: Lang) -> Result<Vec<i16>, SpeechError>;
}

/// Both, shared by all calls. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Engines {
    ears: Arc<dyn Ears>,
    mouth: Arc<dyn Mouth>,
    hearing: Arc<Semaphore>,
    speaking: Arc<Semaphore>,
    lately: Arc<Mutex<Lately>>,
}

impl Engines {
    /// `hearing_at_once` recordings at a time.
    pub fn new(ears: Arc<dyn Ears>, mouth: Arc<dyn Mouth>, hearing_at_once: usize) -> Self {
        Self {
            ears,
            mouth,
            hearing: Arc::new(Semaphore::new(hearing_at_once)),
            speaking: Arc::new(Semaphore::new(SPEAKING_AT_ONCE)),
            lately: Arc::default(),
        }
    }

    pub(super) async fn hear(
        &self,
        sound: Vec<i16>,
        lang: Lang,
        hints: Vec<String>,
    ) -> Result<Heard, SpeechError> {
        let ears = Arc::clone(&self.ears);
        apart(&self.hearing, move || ears.hear(&sound, lang, &hints)).await
    }

    /// The same words again are not spoken again: most of what a call says is fixed.
    pub(super) async fn say(&self, text: &str, lang: Lang) -> Result<Arc<[i16]>, SpeechError> {
        if let Some(sound) = self.lately().find(lang, text) {
            return Ok(sound);
        }
        let (mouth, words) = (Arc::clone(&self.mouth), text.to_owned());
        let sound: Arc<[i16]> = apart(&self.speaking, move || mouth.say(&words, lang)).await?.into();
        self.lately().keep(lang, text, &sound);
        Ok(sound)
    }

    fn lately(&self) -> std::sync::MutexGuard<'_, Lately> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where blocking is allowed, behind those that came first.
async fn apart<T: Send + 'static>(
    room: &Semaphore,
    work: impl FnOnce() -> Result<T, SpeechError> + Send + 'static,
) -> Result<T, SpeechError> {
    // Nobody closes it.
    let _place = room.acquire().await.map_err(|_| SpeechError("the server stops".to_owned()))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(SpeechError("the engine broke off".to_owned())))
}
