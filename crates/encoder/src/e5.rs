//! The encoder itself: a vocabulary, a model and room to work.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::file::checksum;
use crate::kernels::Chosen;
use crate::model::{Model, Scratch};
use crate::tokens::Tokens;
use crate::{Encoder, Kernel, Parts, WeightsError};

/// Pieces of a text that are looked at, the beginning and the end of text included; the rest is cut off. A message of
/// 80 words has about 110.
pub const MAX_TOKENS: usize = 128;

/// Goes up whenever the same weights would give other vectors: other cutting, other prefix, other mean.
const RECIPE: u32 = 2;

/// multilingual-e5-small in memory, ready for any number of threads.
pub struct E5 {
    tokens: Tokens,
    model: Model,
    licence: String,
    fingerprint: String,
    /// Room left by whoever is done.
    idle: Mutex<Vec<Scratch>>,
}

impl E5 {
    /// Reads a weights file, as `ventanilla models import` writes it, for the best kernel of this processor. Takes
    /// some tenths of a second. The bytes are not needed afterwards.
    ///
    /// # Errors
    /// When the file is not ours, of another version, damaged or absurd. The sentence says what to do.
    pub fn from_bytes(file: &[u8]) -> Result<Self, WeightsError> {
        Self::with_kernel(file, Kernel::best())
    }

    /// The same with a kernel of one's choice, for tests and measurements.
    ///
    /// # Errors
    /// The same, and when this processor does not have what the kernel needs.
    pub fn with_kernel(file: &[u8], kernel: Kernel) -> Result<Self, WeightsError> {
        let chosen = Chosen::new(kernel).ok_or(WeightsError::NoSuchKernel(kernel))?;
        let parts = Parts::read(file)?;
        Ok(Self {
            tokens: Tokens::new(&parts.pieces)?,
            model: Model::pack(&parts, chosen, MAX_TOKENS),
            licence: parts.licence,
            fingerprint: format!("e5-{RECIPE}-{}", checksum(file)),
            idle: Mutex::default(),
        })
    }

    /// How it computes.
    pub fn kernel(&self) -> Kernel {
        self.model.chosen().kernel()
    }

    /// Under which licence the weights are, for the page that thanks.
    pub fn licence(&self) -> &str {
        &self.licence
    }

    fn with_room<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut scratch = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let made = work(&mut scratch);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
        made
    }

    /// The pieces of a text as the model sees them, beginning and end included: 2 to [`MAX_TOKENS`] ids.
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.tokens.ids(text, self.model.places())
    }
}

impl Encoder for E5 {
    fn dimensions(&self) -> usize {
        self.model.hidden()
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Looks at the first [`MAX_TOKENS`] pieces (of the first [`crate::MAX_CHARACTERS`] characters).
    fn embed(&self, text: &str) -> Vec<f32> {
        self.with_room(|scratch| self.model.forward(&self.pieces(text), scratch))
    }

    fn embed_through(&self, text: &str, layers: &[usize]) -> (Vec<f32>, Vec<f32>) {
        let (pieces, hidden) = (self.pieces(text), self.model.hidden());
        let each = layers.len() * hidden;
        let mut seen = vec![0.0; pieces.len() * each];
        let mut shown = 0;
        let look = |number: usize, tokens: &[f32]| {
            if let Some(at) = layers.iter().position(|layer| *layer == number) {
                shown += 1;
                for (piece, token) in seen.chunks_exact_mut(each).zip(tokens.chunks_exact(hidden)) {
                    piece[at * hidden..][..hidden].copy_from_slice(token);
                }
            }
        };
        let vector = self.with_room(|scratch| self.model.forward_past(&pieces, scratch, look));
        (vector, if shown == layers.len() { seen } else { Vec::new() })
    }
}

impl fmt::Debug for E5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("E5")
            .field("kernel", &self.kernel())
            .field("dimensions", &self.dimensions())
            .field("fingerprint", &self.fingerprint)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::unit_mean;
    use crate::testing::tiny;

    fn encoder(seed: u64) -> E5 {
        E5::from_bytes(&tiny(seed).write().unwrap()).unwrap()
    }

    #[test]
    fn the_fingerprint_goes_with_the_weights_and_not_with_the_processor() {
        let file = tiny(1).write().unwrap();
        let prints: Vec<_> = Kernel::available()
            .into_iter()
            .map(|kernel| E5::with_kernel(&file, kernel).unwrap().fingerprint().to_owned())
            .collect();
        assert!(prints.iter().all(|print| print == &prints[0]), "{prints:?}");
        assert!(prints[0].starts_with("e5-2-") && prints[0].len() == 5 + 64, "{prints:?}");
        assert_ne!(encoder(2).fingerprint(), prints[0]);
    }

    #[test]
    fn many_threads_get_what_one_gets() {
        let encoder = encoder(1);
        let texts = ["hay un bache", "", "no hay agua en mi calle desde ayer, 3 días", "a"];
        let alone: Vec<_> = texts.iter().map(|text| encoder.embed(text)).collect();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        let again: Vec<_> = texts.iter().map(|text| encoder.embed(text)).collect();
                        assert_eq!(again, alone);
                    }
                });
            }
        });
    }

    #[test]
    fn on_its_way_a_text_can_be_looked_at() {
        let encoder = encoder(1);
        let (vector, seen) = encoder.embed_through("hay un bache", &[2, 1]);
        assert_eq!(vector, encoder.embed("hay un bache"));
        let width = encoder.dimensions();
        assert_eq!(seen.len(), encoder.pieces("hay un bache").len() * 2 * width);
        // The last of the two layers is what the vector is made of.
        let layer = |at: usize| -> Vec<f32> {
            seen.chunks_exact(2 * width).flat_map(|piece| piece[at * width..][..width].to_vec()).collect()
        };
        assert_eq!(unit_mean(&layer(0), width), vector);
        assert_ne!(unit_mean(&layer(1), width), vector);
        assert_eq!(encoder.embed_through("hay un bache", &[1, 3]).1, Vec::<f32>::new(), "it has two");
    }

    #[test]
    fn debug_says_nothing_of_texts() {
        let encoder = encoder(1);
        encoder.embed("soy Rosa");
        let said = format!("{encoder:?}");
        assert!(said.starts_with("E5 { kernel: ") && !said.contains("Rosa"), "{said}");
    }

    proptest! {
        #[test]
        fn any_text_has_a_vector_of_length_1(text in any::<String>()) {
            let vector = encoder(1).embed(&text);
            let length: f32 = vector.iter().map(|number| number * number).sum();
            prop_assert!((length - 1.0).abs() < 1e-4, "{}", length);
        }
    }
}
