//! Phrases -> vectors and weights, for the final model and for its rehearsals: in a rehearsal a part of the phrases is
//! kept away from training and then guessed, which is what calibration goes by.

use std::collections::{HashMap, HashSet};

use crate::calibrate::Rehearsed;
use crate::features::{Features, features};
use crate::normalise::normalise;
use crate::phrases::PhraseBook;
use crate::taxonomy::NONE;
use crate::train::{Lesson, Pace, Rng, Weights, train};
use crate::vectoriser::{Vector, Vectoriser};

/// The phrases of a book with numbers for names.
pub(crate) struct Material {
    pub texts: Vec<Features>,
    /// The intent of each text.
    pub intents: Vec<usize>,
    pub intent_count: usize,
    /// The number of `none`, if the book has it.
    pub none: Option<usize>,
    /// The language of each text, as a place in `book.languages()`.
    pub languages: Vec<usize>,
}

impl Material {
    pub(crate) fn of(book: &PhraseBook) -> Self {
        let places: HashMap<_, _> =
            book.languages().into_iter().enumerate().map(|(i, lang)| (lang, i)).collect();
        let (mut texts, mut intents, mut languages) = (Vec::new(), Vec::new(), Vec::new());
        for (i, intent) in book.intents.iter().enumerate() {
            for (lang, text) in intent.learnt() {
                let Some(place) = places.get(&lang) else { continue };
                texts.push(features(&normalise(text)));
                intents.push(i);
                languages.push(*place);
            }
        }
        let none = book.intents.iter().position(|intent| &*intent.name == NONE);
        Self { texts, intents, intent_count: book.intents.len(), none, languages }
    }

    fn subset(&self, chosen: &[usize]) -> (Vec<&Features>, Vec<usize>) {
        let pairs = chosen.iter().filter_map(|i| Some((self.texts.get(*i)?, *self.intents.get(*i)?)));
        pairs.unzip()
    }
}

/// What came of learning: how to read a text, how each text reads, and what each column means.
pub(crate) struct Learnt {
    pub vectoriser: Vectoriser,
    pub vectors: Vec<Vector>,
    pub weights: Weights,
}

/// Learns the intents from the chosen texts.
pub(crate) fn learn(material: &Material, chosen: &[usize], pace: Pace) -> Learnt {
    let (texts, classes) = material.subset(chosen);
    let in_scope: Vec<bool> = classes.iter().map(|class| Some(*class) != material.none).collect();
    let vectoriser = Vectoriser::fit(&texts, &in_scope);
    let vectors: Vec<Vector> = texts.iter().map(|text| vectoriser.vector(text)).collect();
    let lesson = Lesson {
        vectors: vectors.iter().collect(),
        classes,
        class_count: material.intent_count,
        columns: vectoriser.columns(),
    };
    let weights = train(&lesson, pace);
    Learnt { vectoriser, vectors, weights }
}

/// As many guesses calibrate well; a large book need not be rehearsed whole.
const ENOUGH: usize = 1_200;

/// Texts guessed by a model that has not seen them. Those whose intent has no other text are left out.
pub(crate) fn rehearse(material: &Material, folds: usize, pace: Pace) -> Vec<Rehearsed> {
    let fold_of = deal(material, folds, pace.seed);
    let mut all = Vec::new();
    for fold in 0..folds {
        if all.len() >= ENOUGH {
            break;
        }
        let (kept, away): (Vec<usize>, Vec<usize>) =
            (0..material.texts.len()).partition(|i| fold_of.get(*i) != Some(&fold));
        let learnt = learn(material, &kept, pace);
        let (_, known) = material.subset(&kept);
        let known: HashSet<usize> = known.into_iter().collect();
        let (texts, intents) = material.subset(&away);
        for (text, intent) in texts.into_iter().zip(intents).filter(|(_, intent)| known.contains(intent)) {
            let vector = learnt.vectoriser.vector(text);
            let logits = learnt.weights.logits(&vector, material.intent_count);
            all.push(Rehearsed { logits, intent, coverage: vector.coverage });
        }
    }
    all
}

/// Which fold each text is kept away in: every intent is dealt out evenly.
fn deal(material: &Material, folds: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..material.texts.len()).collect();
    Rng::new(seed).shuffle(&mut order);
    let mut fold_of = vec![0; order.len()];
    let mut dealt = vec![0usize; material.intent_count];
    for i in order {
        let Some(next) = material.intents.get(i).and_then(|intent| dealt.get_mut(*intent)) else { continue };
        if let Some(fold) = fold_of.get_mut(i) {
            *fold = *next % folds.max(1);
        }
        *next += 1;
    }
    fold_of
}
