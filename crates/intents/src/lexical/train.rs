//! Vectors with a known class -> the weights of a linear model: softmax, stochastic gradient, Adagrad. The same seed
//! gives the same weights. Used for the intents and, with fewer classes, for the language.

use super::vectoriser::Vector;
use crate::maths::softmax;

/// What is learnt from: one class per vector.
#[derive(Debug)]
pub(crate) struct Lesson<'a> {
    pub vectors: Vec<&'a Vector>,
    pub classes: Vec<usize>,
    pub class_count: usize,
    pub columns: usize,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub epochs: usize,
    /// Step size of the first epoch; the last one has a tenth of it.
    pub rate: f32,
    pub seed: u64,
}

/// A row of `stride` weights per column; classes beyond `class_count` are padding and stay 0.
pub(crate) struct Weights {
    pub stride: usize,
    pub rows: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Weights {
    pub(crate) fn logits(&self, vector: &Vector, class_count: usize) -> Vec<f32> {
        let mut z = self.bias.clone();
        self.add_to(&mut z, vector);
        z.truncate(class_count);
        z
    }

    fn add_to(&self, z: &mut [f32], vector: &Vector) {
        for &(column, value) in &vector.entries {
            let at = column as usize * self.stride..(column as usize + 1) * self.stride;
            for (z, w) in z.iter_mut().zip(self.rows.get(at).unwrap_or_default()) {
                *z += value * w;
            }
        }
    }
}

/// A text whose squared errors sum to less has nothing more to teach, now and in the epochs to come.
const SETTLED: f32 = 3e-3;

/// A class that is wrong by less is left alone, which is most of the work: four updates in five, and on the development
/// sets not a message is understood worse for it.
const NEGLIGIBLE: f32 = 1e-2;
/// Where there are many classes: what a guess gives each of them, nearly. Else a beginner would leave all alone.
const OF_A_GUESS: f32 = 0.8;

/// Neighbouring classes that share a sum of squared steps. Measured on the development sets: with a sum for each class
/// half a point fewer first answers are right; with one for eight it is so on CLINC150. And what has to be fetched from
/// memory is most of the work.
const SHARED: usize = 4;

/// Wide enough for the vector units of every machine we know.
const LANES: usize = 8;

pub(crate) fn stride(class_count: usize) -> usize {
    class_count.next_multiple_of(LANES)
}

pub(crate) fn train(lesson: &Lesson<'_>, pace: Pace) -> Weights {
    let mut learner = Learner::new(lesson);
    let importance = importance(&lesson.classes, lesson.class_count);
    let mut order: Vec<usize> = (0..lesson.vectors.len()).collect();
    let mut rng = Rng::new(pace.seed);
    for epoch in 0..pace.epochs {
        rng.shuffle(&mut order);
        let done = epoch as f32 / (pace.epochs.max(2) - 1) as f32;
        let rate = pace.rate * (1.0 - 0.9 * done);
        order.retain(|&i| {
            let (Some(vector), Some(&class)) = (lesson.vectors.get(i), lesson.classes.get(i)) else {
                return false;
            };
            let weight = importance.get(class).copied().unwrap_or(1.0);
            learner.learn(vector, class, rate, weight)
        });
    }
    learner.weights
}

/// A class with many phrases must not swallow its neighbours: each phrase of it counts a little less.
fn importance(classes: &[usize], class_count: usize) -> Vec<f32> {
    let mut counts = vec![0.0f32; class_count];
    for class in classes {
        if let Some(n) = counts.get_mut(*class) {
            *n += 1.0;
        }
    }
    let mean = classes.len() as f32 / class_count.max(1) as f32;
    counts.into_iter().map(|n| (mean / n.max(1.0)).sqrt().clamp(0.4, 2.0)).collect()
}

struct Learner {
    weights: Weights,
    class_count: usize,
    /// See [`NEGLIGIBLE`].
    negligible: f32,
    /// Adagrad's sums of squared steps, one for [`SHARED`] classes.
    row_squares: Vec<f32>,
    bias_squares: Vec<f32>,
    /// Logits, then probabilities, then errors, of the text at hand.
    errors: Vec<f32>,
}

impl Learner {
    fn new(lesson: &Lesson<'_>) -> Self {
        let stride = stride(lesson.class_count);
        let rows = lesson.columns * stride;
        Self {
            weights: Weights { stride, rows: vec![0.0; rows], bias: vec![0.0; stride] },
            class_count: lesson.class_count,
            negligible: NEGLIGIBLE.min(OF_A_GUESS / lesson.class_count.max(1) as f32),
            row_squares: vec![1e-3; rows / SHARED],
            bias_squares: vec![1e-3; stride / SHARED],
            errors: vec![0.0; stride],
        }
    }

    /// Whether it may still teach something.
    fn learn(&mut self, vector: &Vector, class: usize, rate: f32, weight: f32) -> bool {
        self.guess(vector);
        if let Some(error) = self.errors.get_mut(class) {
            *error -= 1.0;
        }
        if self.errors.iter().map(|error| error * error).sum::<f32>() < SETTLED {
            return false;
        }
        let negligible = self.negligible;
        let wrong = |(class, error): (usize, &f32)| (class, error * weight);
        let worth = self.errors.iter().enumerate().filter(|(_, error)| error.abs() > negligible);
        let errors: Vec<(usize, f32)> = worth.map(wrong).collect();
        step(&mut self.weights.bias, &mut self.bias_squares, &errors, 1.0, rate);
        let stride = self.weights.stride;
        for &(column, value) in &vector.entries {
            let at = column as usize * stride..(column as usize + 1) * stride;
            let sums = at.start / SHARED..at.end / SHARED;
            if let (Some(row), Some(squares)) =
                (self.weights.rows.get_mut(at), self.row_squares.get_mut(sums))
            {
                step(row, squares, &errors, value, rate);
            }
        }
        true
    }

    /// Leaves the probability of each class in `errors`.
    fn guess(&mut self, vector: &Vector) {
        self.errors.copy_from_slice(&self.weights.bias);
        self.weights.add_to(&mut self.errors, vector);
        let (real, padding) = self.errors.split_at_mut(self.class_count);
        softmax(real);
        padding.fill(0.0);
    }
}

fn step(row: &mut [f32], squares: &mut [f32], errors: &[(usize, f32)], value: f32, rate: f32) {
    for (class, error) in errors {
        if let (Some(w), Some(sum)) = (row.get_mut(*class), squares.get_mut(*class / SHARED)) {
            let slope = value * error;
            *sum += slope * slope;
            *w -= rate * slope / sum.sqrt();
        }
    }
}

/// xorshift64: not for secrets, the same on every machine.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 16
    }
}
