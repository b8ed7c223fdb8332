//! The lexical head: hashed words and letter sequences -> logits. Needs no weights from elsewhere and some ten
//! microseconds a message; knows nothing of meaning ("bache" and "hoyo" are strangers until a phrase has both).

pub(crate) mod features;
pub(crate) mod head;
pub(crate) mod train;
pub(crate) mod vectoriser;

use self::features::Features;
use self::head::Head;
use self::train::{Lesson, Pace, Weights, train};
use self::vectoriser::{Vector, Vectoriser};
use crate::parallel;

/// A trained lexical head with what it reads texts by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lexical {
    pub vectoriser: Vectoriser,
    pub head: Head,
}

/// Reads a text and says how much speaks for each class.
#[derive(Debug)]
pub(crate) struct Read {
    pub logits: Vec<f32>,
    /// 0 to 1: see [`Vector::coverage`].
    pub coverage: f32,
}

impl Lexical {
    /// As the server keeps it.
    pub(crate) fn train(texts: &[&Features], classes: &[usize], shape: Shape, pace: Pace) -> Self {
        let learnt = Learnt::from(texts, classes, shape, pace);
        Self { head: Head::rounded(&learnt.weights, shape.class_count), vectoriser: learnt.vectoriser }
    }

    /// `folded` is what `normalise` returned.
    pub(crate) fn read(&self, folded: &str) -> Read {
        let vector = self.vectoriser.read(folded);
        Read { logits: self.head.logits(&vector), coverage: vector.coverage }
    }
}

/// What is to be told apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub class_count: usize,
    /// The class whose texts mean nothing to a town hall: their letters do not count as known.
    pub none: Option<usize>,
}

/// Weights in full precision: what rehearsals use, who answer once and are gone.
pub(crate) struct Learnt {
    vectoriser: Vectoriser,
    weights: Weights,
    class_count: usize,
}

impl Learnt {
    pub(crate) fn from(texts: &[&Features], classes: &[usize], shape: Shape, pace: Pace) -> Self {
        let in_scope: Vec<bool> = classes.iter().map(|class| Some(*class) != shape.none).collect();
        let vectoriser = Vectoriser::fit(texts, &in_scope);
        let vectors: Vec<Vector> = parallel::map(texts, |text| vectoriser.vector(text));
        let lesson = Lesson {
            vectors: vectors.iter().collect(),
            classes: classes.to_vec(),
            class_count: shape.class_count,
            columns: vectoriser.columns(),
        };
        Self { weights: train(&lesson, pace), vectoriser, class_count: shape.class_count }
    }

    pub(crate) fn read(&self, text: &Features) -> Read {
        let vector = self.vectoriser.vector(text);
        Read { logits: self.weights.logits(&vector, self.class_count), coverage: vector.coverage }
    }
}
