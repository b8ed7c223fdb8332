//! Somebody who listens to voice notes as a test wants it.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ventanilla::listening::{self, Ask, Deaf, OpenEars, Words};
use ventanilla_speech::Pcm;
use ventanilla_values::Lang;

/// What a recogniser would have written, one entry a note, and how sure it was.
#[derive(Clone, Default)]
pub struct Ears(Arc<Inner>);

#[derive(Default)]
struct Inner {
    present: bool,
    #[cfg(feature = "speech")]
    real: bool,
    script: Mutex<VecDeque<(String, f32)>>,
    covered: AtomicBool,
    asked: Mutex<Vec<Lang>>,
}

impl Ears {
    /// Will hear these, in this order.
    pub fn that_hear(script: &[(&str, f32)]) -> Self {
        let script = script.iter().map(|(text, sure)| ((*text).to_owned(), *sure)).collect();
        Self(Arc::new(Inner { present: true, script: Mutex::new(script), ..Inner::default() }))
    }

    /// Whisper, with the weights of this machine.
    #[cfg(feature = "speech")]
    pub fn of_this_machine() -> Self {
        Self(Arc::new(Inner { real: true, ..Inner::default() }))
    }

    /// Nothing is heard until they are uncovered; nobody waits for it either.
    pub fn cover(&self, covered: bool) {
        self.0.covered.store(covered, Ordering::SeqCst);
    }

    pub fn are_covered(&self) -> bool {
        self.0.covered.load(Ordering::SeqCst)
    }

    /// The languages that were asked for, a note each.
    pub fn languages(&self) -> Vec<Lang> {
        self.0.asked.lock().unwrap().clone()
    }

    pub fn open(&self) -> OpenEars {
        #[cfg(feature = "speech")]
        if self.0.real {
            return listening::of_this_machine(&ventanilla::config::cached_weights());
        }
        let ears = self.clone();
        Arc::new(move || ears.0.present.then(|| Box::new(ears.clone()) as Box<dyn listening::Ears>))
    }
}

impl listening::Ears for Ears {
    fn hear(&mut self, _sound: &Pcm, ask: &Ask<'_>) -> Result<Words, Deaf> {
        while self.are_covered() {
            if (ask.stop)() {
                return Err(Deaf::Stopped);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        if (ask.stop)() {
            return Err(Deaf::Stopped);
        }
        self.0.asked.lock().unwrap().push(ask.lang);
        let next = self.0.script.lock().unwrap().pop_front();
        let (text, confidence) = next.ok_or_else(|| Deaf::Broken("the test told no more".to_owned()))?;
        let words = text.split_whitespace().map(|word| (word.to_owned(), confidence)).collect();
        Ok(Words { words, confidence })
    }
}
