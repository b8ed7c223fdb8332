//! What the phrases themselves tell about their faults: every phrase is guessed by a model that has not seen it, and
//! whoever writes phrases is shown where that went wrong.

use std::sync::Arc;

use serde::Serialize;

use crate::calibrate::{Calibration, Rehearsed};
use crate::eval::Report;
use crate::labelled::Labelled;
use crate::learn::Training;
use crate::maths::best;
use crate::model::Model;
use crate::understanding::Understanding;

/// From this confidence on a phrase is more likely to be in the wrong file than to be hard.
const DOUBTFUL: f32 = 0.6;

/// A phrase that a model which never saw it takes for something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    pub phrase: String,
    /// The file it is in.
    pub intent: Arc<str>,
    /// What it was taken for.
    pub taken_for: Arc<str>,
    /// 0 to 1.
    pub confidence: f32,
    /// So sure that it should be looked at first: it may be in the wrong file.
    pub doubtful: bool,
}

/// What a rehearsal of the whole book found.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// Over all phrases, each answered by a model that has not seen it.
    pub report: Report,
    /// The surest mistakes first.
    pub suggestions: Vec<Suggestion>,
}

impl Training {
    /// Every phrase is kept away from learning once and then guessed (k-fold). Takes as long as `folds` trainings.
    pub fn rehearse_all(&self, model: &Model) -> Rehearsal {
        let rehearsed = self.rehearse(usize::MAX);
        let share = model.calibration.fusion.lexical_share;
        let calibration = Calibration::of(&rehearsed, &[], share, model.roles.none);
        let model = Model { calibration, ..model.clone() };
        let mut data = Vec::new();
        let mut answers: Vec<Understanding> = Vec::new();
        let mut suggestions = Vec::new();
        for Rehearsed { guess, phrase } in &rehearsed {
            let (Some(phrase), Some(intent)) = (model.phrases.get(*phrase), model.intents.get(guess.intent))
            else {
                continue;
            };
            let felt = guess.felt.as_ref().map(|felt| felt.logits.as_slice());
            let mixed = model.calibration.fusion.mix(&guess.read.logits, felt);
            if let Some((taken, confidence)) = best(&mixed).filter(|(taken, _)| *taken != guess.intent)
                && let Some(taken_for) = model.intents.get(taken)
            {
                suggestions.push(Suggestion {
                    phrase: phrase.text.clone(),
                    intent: Arc::clone(intent),
                    taken_for: Arc::clone(taken_for),
                    confidence,
                    doubtful: confidence >= DOUBTFUL,
                });
            }
            data.push(Labelled::new(phrase.text.as_str(), &**intent));
            answers.push(model.answer_of(&mixed, &guess.read, guess.felt.as_ref()));
        }
        suggestions.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let known: Vec<&str> = model.intents.iter().map(|name| &**name).collect();
        Rehearsal { report: Report::of(&data, &answers, &known), suggestions }
    }
}
