//! Sound to words and words to sound, whoever does it. Both take a core for a while, so they run where blocking is
//! allowed and only so many at once.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::sync::Semaphore;
#[cfg(any(test, feature = "speech"))]
use ventanilla_speech::repair::HeardWord;
use ventanilla_values::Lang;

use super::lately::Lately;
#[cfg(any(test, feature = "speech"))]
use crate::listening::Ready;

/// Texts that are spoken at once: a call waits for at most a sentence of each other one.
const SPEAKING_AT_ONCE: usize = 4;

/// What somebody said.
#[derive(Clone, PartialEq)]
pub struct Heard {
    /// What was understood, with the words of the town put right. Empty when nothing was.
    pub text: String,
    /// As the recogniser wrote it.
    pub raw: String,
    /// 0 to 1.
    pub confidence: Option<f32>,
    /// Nothing but spelling was put right. Another word is a better guess and no fact.
    pub certain: bool,
}

impl Heard {
    /// What a recogniser wrote, put right with the words of the town; with none for English, which would be mended into
    /// Spanish.
    #[cfg(any(test, feature = "speech"))]
    pub(super) fn of(words: &[HeardWord<'_>], raw: &str, confidence: f32, town: Option<&Ready>) -> Self {
        let (text, certain) = town.map_or_else(|| (raw.to_owned(), true), |town| town.put_right(words));
        Self { text, raw: raw.to_owned(), confidence: Some(confidence), certain }
    }

    /// Nobody spoke, or nothing was understood.
    pub fn nothing() -> Self {
        Self { text: String::new(), raw: String::new(), confidence: None, certain: true }
    }
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
    /// Writes down what is said; blocking. `sound` is 8 kHz, `hints` are words that are likely now, `stop` is asked again
    /// and again: nobody waits for the answer any more.
    ///
    /// # Errors
    /// When the model fails or was stopped. Sound in which nobody speaks is an empty text.
    fn hear(
        &self,
        sound: &[i16],
        lang: Lang,
        hints: &[String],
        stop: &dyn Fn() -> bool,
    ) -> Result<Heard, SpeechError>;
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

    /// Who drops this stops the model: a minute of sound would keep the others from being heard.
    pub(super) async fn hear(
        &self,
        sound: Vec<i16>,
        lang: Lang,
        hints: Vec<String>,
    ) -> Result<Heard, SpeechError> {
        let (ears, waits) = (Arc::clone(&self.ears), Waits::default());
        let over = Arc::clone(&waits.over);
        let stop = move || over.load(Ordering::Relaxed);
        apart(&self.hearing, move || ears.hear(&sound, lang, &hints, &stop)).await
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

/// Somebody waits for an answer until this is dropped.
#[derive(Default)]
struct Waits {
    over: Arc<AtomicBool>,
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        content::{Content, builtin},
        listening::Vocabulary,
    };

    #[test]
    fn what_was_put_right_keeps_what_the_recogniser_wrote() {
        let town = Content::compile(builtin()).unwrap();
        let words = Vocabulary::new(&town.catalogue, &town.phrases);
        let heard = |town, last: &str, probability| {
            let written = format!("En la calle {last}");
            let mut words: Vec<HeardWord<'_>> =
                ["En", "la", "calle"].map(|text| HeardWord { text, probability: 0.9 }).into();
            words.push(HeardWord { text: last, probability });
            Heard::of(&words, &written, 0.9, town)
        };
        let guessed = heard(Some(words.of(Lang::ES)), "Moreno", 0.5);
        assert_eq!(
            (guessed.text.as_str(), guessed.raw.as_str()),
            ("En la calle Morelos", "En la calle Moreno")
        );
        assert!(!guessed.certain);
        assert!(heard(Some(words.of(Lang::ES)), "Morelos", 0.9).certain);
        let english = heard(None, "Moreno", 0.5);
        assert!(english.certain && english.text == english.raw);
    }

    /// Listens until it is stopped, and says so.
    #[derive(Debug)]
    struct Endless(tokio::sync::mpsc::UnboundedSender<&'static str>);

    impl Ears for Endless {
        fn hear(
            &self,
            _sound: &[i16],
            _lang: Lang,
            _hints: &[String],
            stop: &dyn Fn() -> bool,
        ) -> Result<Heard, SpeechError> {
            self.0.send("begun").ok();
            while !stop() {
                std::thread::yield_now();
            }
            self.0.send("stopped").ok();
            Err(SpeechError("stopped".to_owned()))
        }
    }

    #[derive(Debug)]
    struct Mute;

    impl Mouth for Mute {
        fn say(&self, _text: &str, _lang: Lang) -> Result<Vec<i16>, SpeechError> {
            Ok(Vec::new())
        }
    }

    #[tokio::test]
    async fn a_model_that_nobody_waits_for_is_stopped() {
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let engines = Engines::new(Arc::new(Endless(tell)), Arc::new(Mute), 1);
        let waiting =
            tokio::spawn(async move { engines.hear(vec![0; 160], Lang::ES, Vec::new()).await.is_ok() });
        assert_eq!(told.recv().await, Some("begun"));
        waiting.abort();
        let stopped = tokio::time::timeout(Duration::from_secs(30), told.recv()).await;
        assert_eq!(stopped, Ok(Some("stopped")));
    }
}
