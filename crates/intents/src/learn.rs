//! Phrases -> a model, in two steps: fitting gives a model that answers at once, rehearsing says how far its answers
//! can be trusted. In a rehearsal a part of the phrases is kept away from learning and then guessed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ventanilla_values::Lang;

use crate::calibrate::{Calibration, Guess, Rehearsed};
use crate::fusion::lexical_share;
use crate::lexical::features::{Features, features};
use crate::lexical::train::{Pace, Rng};
use crate::lexical::{Learnt, Lexical, Shape};
use crate::model::{Model, Phrase, TrainOptions};
use crate::parallel;
use crate::phrases::PhraseBook;
use crate::reading::Reader;
use crate::roles::Roles;
use crate::semantic::Semantic;
use crate::semantic::embeddings::Embeddings;

/// A book made ready to be learnt. [`Training::fit`] needs seconds, [`Training::calibrate`] some more: a server
/// answers with the fitted model while it is calibrated.
#[derive(Debug)]
pub struct Training {
    book_hash: [u8; 32],
    intents: Vec<Arc<str>>,
    languages: Vec<Lang>,
    phrases: Arc<[Phrase]>,
    reader: Arc<Reader>,
    texts: Vec<Features>,
    /// The intent of each text.
    classes: Vec<usize>,
    shape: Shape,
    roles: Roles,
    /// One a text, where there is an encoder.
    vectors: Option<Vectors>,
    held_out: Vec<HeldOut>,
    options: TrainOptions,
}

#[derive(Debug)]
struct Vectors {
    encoder: Arc<dyn ventanilla_encoder::Encoder>,
    each: Vec<Arc<[f32]>>,
}

/// A text that is never learnt, ready to be guessed.
#[derive(Debug)]
struct HeldOut {
    folded: String,
    intent: usize,
    vector: Option<Arc<[f32]>>,
}

impl Training {
    /// Reads the phrases. Without `embeddings` only the lexical head is trained.
    pub fn prepare(book: &PhraseBook, embeddings: Option<&mut Embeddings>, options: &TrainOptions) -> Self {
        let mut phrases = Vec::new();
        for (i, intent) in book.intents.iter().enumerate() {
            phrases.extend(intent.learnt().map(|(lang, text)| Phrase::new(text, lang, i)));
        }
        let phrases: Arc<[Phrase]> = phrases.into();
        let reader = Arc::new(Reader::new(&phrases, &book.languages));
        let read = parallel::map(&phrases, |phrase| reader.mend(&phrase.text));
        let mut embeddings = embeddings;
        let held_out = held_out(book, &reader, embeddings.as_deref_mut());
        let vectors = embeddings.map(|embeddings| Vectors {
            encoder: Arc::clone(embeddings.encoder()),
            each: embeddings.of(read.iter().map(|mended| mended.text.as_str())),
        });
        let intents: Vec<Arc<str>> = book.intents.iter().map(|intent| Arc::clone(&intent.name)).collect();
        let roles = Roles::of(&intents);
        Self {
            book_hash: book.hash(),
            intents,
            languages: book.languages(),
            texts: parallel::map(&read, |mended| features(&mended.folded)),
            classes: phrases.iter().map(|phrase| phrase.intent).collect(),
            shape: Shape { class_count: book.intents.len(), none: roles.none },
            roles,
            reader,
            phrases,
            vectors,
            held_out,
            options: *options,
        }
    }

    /// A model that answers, and is cautious until it is calibrated.
    pub fn fit(&self) -> Model {
        let texts: Vec<&Features> = self.texts.iter().collect();
        let (lexical, semantic) = parallel::both(
            || Lexical::train(&texts, &self.classes, self.shape, self.pace()),
            || self.semantic(&self.everything()),
        );
        Model {
            phrase_hash: self.book_hash,
            intents: self.intents.clone(),
            languages: self.languages.clone(),
            roles: self.roles.clone(),
            phrases: Arc::clone(&self.phrases),
            reader: Arc::clone(&self.reader),
            calibration: Calibration::cautious(lexical_share(&self.classes, self.shape.class_count)),
            strictness: self.options.strictness,
            encoder: self.vectors.as_ref().map(|vectors| Arc::clone(&vectors.encoder)),
            lexical,
            semantic,
        }
    }

    /// The same model with honest confidences and thresholds, found by rehearsing and by the held-out texts.
    #[must_use]
    pub fn calibrate(&self, model: Model) -> Model {
        let share = lexical_share(&self.classes, self.shape.class_count);
        let held_out: Vec<Guess> = self.held_out.iter().map(|one| self.guess(one, &model)).collect();
        let calibration = Calibration::of(&self.rehearse(ENOUGH), &held_out, share, self.shape.none);
        Model { calibration, ..model }
    }

    fn guess(&self, held_out: &HeldOut, model: &Model) -> Guess {
        let HeldOut { folded, intent, vector } = held_out;
        let felt = model.semantic.as_ref().zip(vector.as_ref());
        let felt = felt.map(|(head, vector)| head.feel(vector, &self.roles));
        Guess { read: model.lexical.read(folded), felt, intent: *intent }
    }

    fn everything(&self) -> Vec<usize> {
        (0..self.texts.len()).collect()
    }

    fn pace(&self) -> Pace {
        let TrainOptions { epochs, rate, seed, .. } = self.options;
        // Measured: a book of thousands learns nothing more by being read again and again.
        let needed = (LESSONS / self.texts.len().max(1)).max(2);
        Pace { epochs: epochs.min(needed), rate, seed }
    }

    fn classes(&self, chosen: &[usize]) -> Vec<usize> {
        chosen.iter().filter_map(|i| self.classes.get(*i).copied()).collect()
    }

    fn semantic(&self, chosen: &[usize]) -> Option<Semantic> {
        let each = &self.vectors.as_ref()?.each;
        let vectors: Vec<&[f32]> = chosen.iter().filter_map(|i| each.get(*i).map(|v| &**v)).collect();
        Some(Semantic::train(&vectors, &self.classes(chosen), self.shape.class_count))
    }

    /// Texts guessed by heads that have not seen them, `enough` of them. Those whose intent has no other text are left
    /// out.
    pub(crate) fn rehearse(&self, enough: usize) -> Vec<Rehearsed> {
        let folds = self.options.folds;
        if folds < 2 {
            return Vec::new();
        }
        let fold_of = self.deal(folds);
        // Small books need every guess; a large one has enough before every part was kept away once.
        let needed = enough.div_ceil(self.texts.len().div_ceil(folds).max(1)).clamp(1, folds);
        (0..needed).flat_map(|fold| self.rehearse_one(fold, &fold_of)).collect()
    }

    fn rehearse_one(&self, fold: usize, fold_of: &[usize]) -> Vec<Rehearsed> {
        let (kept, away): (Vec<usize>, Vec<usize>) =
            self.everything().into_iter().partition(|i| fold_of.get(*i) != Some(&fold));
        let texts: Vec<&Features> = kept.iter().filter_map(|i| self.texts.get(*i)).collect();
        let classes = self.classes(&kept);
        let known: HashSet<usize> = classes.iter().copied().collect();
        let lexical = Learnt::from(&texts, &classes, self.shape, self.pace());
        let semantic = self.semantic(&kept);
        let guess = |i: &usize| {
            let (text, intent) = (self.texts.get(*i)?, *self.classes.get(*i)?);
            let vector = self.vectors.as_ref().and_then(|vectors| vectors.each.get(*i));
            let felt = semantic.as_ref().zip(vector).map(|(head, v)| head.feel(v, &self.roles));
            let guess = Guess { read: lexical.read(text), felt, intent };
            known.contains(&intent).then_some(Rehearsed { guess, phrase: *i })
        };
        away.iter().filter_map(guess).collect()
    }

    /// Which fold each text is kept away in: every intent is dealt out evenly.
    fn deal(&self, folds: usize) -> Vec<usize> {
        let mut order = self.everything();
        Rng::new(self.options.seed).shuffle(&mut order);
        let mut fold_of = vec![0; order.len()];
        let mut dealt: HashMap<usize, usize> = HashMap::new();
        for i in order {
            let Some(intent) = self.classes.get(i) else { continue };
            let next = dealt.entry(*intent).or_default();
            if let Some(fold) = fold_of.get_mut(i) {
                *fold = *next % folds.max(1);
            }
            *next += 1;
        }
        fold_of
    }
}

fn held_out(book: &PhraseBook, reader: &Reader, embeddings: Option<&mut Embeddings>) -> Vec<HeldOut> {
    let tests = book.intents.iter().enumerate();
    let tests: Vec<(usize, &String)> =
        tests.flat_map(|(i, intent)| intent.test.values().flatten().map(move |text| (i, text))).collect();
    let read = parallel::map(&tests, |(_, text)| reader.mend(text));
    let vectors: Vec<Option<Arc<[f32]>>> = match embeddings {
        Some(embeddings) => {
            embeddings.of(read.iter().map(|mended| mended.text.as_str())).into_iter().map(Some).collect()
        }
        None => vec![None; read.len()],
    };
    let mut all = Vec::with_capacity(tests.len());
    for ((intent, _), (mended, vector)) in tests.iter().zip(read.into_iter().zip(vectors)) {
        all.push(HeldOut { folded: mended.folded, intent: *intent, vector });
    }
    all
}

/// As many texts are read at least, repeated ones counted, before the lexical head has learnt what it can.
const LESSONS: usize = 96_000;
/// As many guesses calibrate well.
const ENOUGH: usize = 4_000;
