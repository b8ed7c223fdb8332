//! From what a caller answered to what they hear next. Runs beside the line, and on after it broke: what was said is
//! stored whatever happens.

use std::{future::Future, sync::Arc};

use bytes::Bytes;
use tokio::{sync::watch, task::JoinHandle};
use tracing::error;
use ventanilla_adapters::{
    Body, Listen,
    audiosocket::{Call, Script},
};
use ventanilla_values::Lang;

use super::{
    announce::keep,
    ear::Answer,
    engines::{self, Engines},
};
use crate::{
    app::App,
    inbox::InboxError,
    outbox::{self, Heard},
};

/// What comes of a turn.
#[derive(Debug)]
pub(super) enum Thought {
    Said(Script),
    /// The call is over, as far as we know.
    Over,
    /// We cannot work now.
    Broken,
}

/// A turn under way.
#[derive(Debug)]
pub(super) struct Thinking {
    task: JoinHandle<Thought>,
    /// What the caller said is stored.
    kept: watch::Receiver<bool>,
}

/// What a turn is made with.
#[derive(Debug, Clone)]
pub(super) struct Mind {
    pub app: Arc<App>,
    pub engines: Engines,
    pub call: Call,
    /// The call is held in English.
    pub english: bool,
}

impl Thinking {
    /// Of a message that is stored already: what the call hears first.
    pub(super) fn of_message(mind: Mind, id: String) -> Self {
        Self::of(|kept| async move {
            kept.send_replace(true);
            mind.replied(&id).await
        })
    }

    /// Of what the caller answered to a question.
    pub(super) fn of_answer(mind: Mind, asked: Listen, answer: Answer) -> Self {
        Self::of(|kept| async move {
            let message = match mind.store(&asked, answer).await {
                Ok(id) => id,
                Err(err) => {
                    error!(alert = true, "what a caller said could not be stored: {err:?}");
                    return Thought::Broken;
                }
            };
            kept.send_replace(true);
            mind.replied(&message).await
        })
    }

    fn of<F: Future<Output = Thought> + Send + 'static>(
        think: impl FnOnce(watch::Sender<bool>) -> F,
    ) -> Self {
        let (done, kept) = watch::channel(false);
        Self { task: tokio::spawn(think(done)), kept }
    }

    /// Waits for the thought. Nothing is lost when this is dropped before it is done.
    pub(super) async fn done(thinking: Option<&mut Self>) -> Thought {
        let Some(thinking) = thinking else { return std::future::pending().await };
        (&mut thinking.task).await.unwrap_or(Thought::Broken)
    }

    /// Returns once what the caller said is stored, or cannot be.
    pub(super) async fn kept(&mut self) {
        self.kept.wait_for(|kept| *kept).await.ok();
    }
}

impl Mind {
    /// Stores what was answered, as a webhook is stored: it is in the inbox before anything else happens. Gives the
    /// message's id.
    async fn store(&self, asked: &Listen, answer: Answer) -> Result<String, InboxError> {
        let body = self.body(asked, answer).await;
        let message = self.call.answered(&asked.step, asked.attempt, body);
        let id = message.id.clone();
        keep(&self.app, vec![message], &Bytes::new(), &id).await?;
        Ok(id)
    }

    async fn body(&self, asked: &Listen, answer: Answer) -> Body {
        match answer {
            Answer::Silence => Body::Silence,
            Answer::Keys(digits) => Body::Digits { digits, from: asked.from },
            Answer::Speech(sound) => self.words(sound, asked.hints.clone()).await,
        }
    }

    /// What could not be understood is asked again, as silence is.
    async fn words(&self, sound: Vec<i16>, hints: Vec<String>) -> Body {
        let lang = if self.english { Lang::EN } else { Lang::ES };
        match self.engines.hear(sound, lang, hints).await {
            Ok(heard) if heard.text.trim().is_empty() => Body::Silence,
            Ok(heard) => said(heard, self.app.config.speech.sure_from),
            Err(err) => {
                metrics::counter!("ventanilla_speech_failed_total", "what" => "hear").increment(1);
                error!(alert = true, "a caller could not be heard: {err}");
                Body::Silence
            }
        }
    }

    /// Waits for the turn of a message, however long: who has no more patience is the line.
    async fn replied(&self, id: &str) -> Thought {
        loop {
            match outbox::answer(&self.app, self.call.account(), id).await {
                Ok(Some(Heard::Said(messages))) => return Thought::Said(Script::of(&messages, self.english)),
                Ok(Some(Heard::Over)) => return Thought::Over,
                Ok(None) if self.app.stop.is_cancelled() => return Thought::Broken,
                Ok(None) => {}
                Err(err) => {
                    error!(alert = true, "a call cannot be answered: {err}");
                    return Thought::Broken;
                }
            }
        }
    }
}

/// As for voice notes: what was heard badly, or guessed anew, is asked about; and what the recogniser wrote stays beside what
/// was made of it, since there may be a cry in it.
fn said(heard: engines::Heard, sure_from: f32) -> Body {
    let engines::Heard { text, raw, confidence, certain } = heard;
    let sure = certain && confidence.is_none_or(|confidence| confidence >= sure_from);
    let raw = (raw != text && !raw.trim().is_empty()).then_some(raw);
    Body::Speech { text, confidence, raw, unsure: !sure }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str, raw: &str, confidence: f32, certain: bool) -> Body {
        let heard = engines::Heard {
            text: text.to_owned(),
            raw: raw.to_owned(),
            confidence: Some(confidence),
            certain,
        };
        said(heard, 0.75)
    }

    #[test]
    fn what_was_heard_well_counts_at_once() {
        let expected =
            Body::Speech { text: "hay un bache".to_owned(), confidence: Some(0.9), raw: None, unsure: false };
        assert_eq!(body("hay un bache", "hay un bache", 0.9, true), expected);
    }

    #[test]
    fn what_was_guessed_is_asked_about_and_the_recognisers_words_stay() {
        let is_unsure = |body: Body| matches!(body, Body::Speech { unsure: true, .. });
        assert!(is_unsure(body("hay un bache", "hay un bache", 0.5, true)), "heard badly");
        let guessed = body("hay un bache", "hay un baño", 0.9, false);
        assert!(matches!(&guessed, Body::Speech { raw: Some(raw), .. } if raw == "hay un baño"));
        assert!(is_unsure(guessed), "put right");
    }
}
