//! The ear: a small network that hears danger in what several layers of the sentence encoder make of a text. The last
//! layer is made to tell what a text is about; whether "ya me quiero ir" is about a queue or about life is plainer on the
//! way there. Trained beforehand (tools/train_ear.py, ADR 20) and compiled in: it goes with one file of weights of the
//! encoder, and is silent with any other.

use std::sync::LazyLock;

/// What `tools/train_ear.py` wrote.
static TRAINED: &[u8] = include_bytes!("ear.bin");
static EAR: LazyLock<Option<Ear>> = LazyLock::new(|| Ear::read(TRAINED));

const MAGIC: &[u8] = b"VENTEAR1";
/// No danger, then the three of them.
const ANSWERS: usize = 4;
/// Beyond this, in logarithms of the odds, it is as sure as it gets.
const SURE: f32 = 9.0;
/// Vectors of length 1 have small numbers; it was trained with larger ones.
const LOUDNESS: f32 = 8.0;

/// Layers of the encoder -> hidden units -> no danger or which.
#[derive(PartialEq)]
pub(crate) struct Ear {
    /// Of the encoder that it was trained with.
    fingerprint: String,
    layers: Vec<usize>,
    /// What all texts have in common, layer by layer.
    mean: Vec<f32>,
    hidden: Vec<Unit>,
    /// For each answer its bias, then a weight for each hidden unit.
    answers: Vec<(f32, Vec<f32>)>,
}

/// A hidden unit: a weight is `scale` × the byte.
#[derive(PartialEq)]
struct Unit {
    bias: f32,
    scale: f32,
    weights: Vec<i8>,
}

impl Ear {
    /// The one for an encoder, where there is one.
    pub(crate) fn with(fingerprint: &str) -> Option<&'static Self> {
        EAR.as_ref().filter(|ear| ear.fingerprint == fingerprint)
    }

    /// Which layers it wants to hear, counted from 1.
    pub(crate) fn layers(&self) -> &[usize] {
        &self.layers
    }

    /// ln (danger / no danger), from -9 to 9. `heard` is what [`Encoder::embed_through`] gave for [`Self::layers`].
    ///
    /// [`Encoder::embed_through`]: ventanilla_encoder::Encoder::embed_through
    pub(crate) fn hear(&self, heard: &[f32]) -> Option<f32> {
        if heard.len() != self.mean.len() {
            return None;
        }
        let input = self.centred(heard);
        let hidden: Vec<f32> = self.hidden.iter().map(|unit| unit.answer(&input)).collect();
        let logits: Vec<f32> =
            self.answers.iter().map(|(bias, weights)| bias + dot(weights, &hidden)).collect();
        let (none, dangers) = logits.split_first()?;
        let largest = dangers.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let any = largest + dangers.iter().map(|logit| (logit - largest).exp()).sum::<f32>().ln();
        Some((any - none).clamp(-SURE, SURE))
    }

    fn centred(&self, heard: &[f32]) -> Vec<f32> {
        let width = (self.mean.len() / self.layers.len().max(1)).max(1);
        let layer = |(heard, mean): (&[f32], &[f32])| {
            let off: Vec<f32> = heard.iter().zip(mean).map(|(x, m)| x - m).collect();
            let scale = LOUDNESS / dot(&off, &off).sqrt().max(1e-9);
            off.into_iter().map(move |x| x * scale)
        };
        heard.chunks(width).zip(self.mean.chunks(width)).flat_map(layer).collect()
    }

    fn read(file: &[u8]) -> Option<Self> {
        let mut reader = Reader(file.strip_prefix(MAGIC)?);
        let length = reader.count()?;
        let fingerprint = String::from_utf8(reader.bytes(length)?.to_vec()).ok()?;
        let count = reader.count()?;
        let layers = (0..count).map(|_| reader.count()).collect::<Option<Vec<_>>>()?;
        let (width, units) = (reader.count()?, reader.count()?);
        let inputs = layers.len() * width;
        let mean = reader.floats(inputs)?;
        let hidden = (0..units).map(|_| reader.unit(inputs)).collect::<Option<_>>()?;
        let mut answer = || Some((*reader.floats(1)?.first()?, reader.floats(units)?));
        let answers = (0..ANSWERS).map(|_| answer()).collect::<Option<_>>()?;
        reader.0.is_empty().then_some(Self { fingerprint, layers, mean, hidden, answers })
    }
}

impl Unit {
    fn answer(&self, input: &[f32]) -> f32 {
        let sum: f32 = self.weights.iter().zip(input).map(|(weight, x)| f32::from(*weight) * x).sum();
        (self.bias + self.scale * sum).max(0.0)
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Little endian.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn count(&mut self) -> Option<usize> {
        let bytes = self.bytes(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn floats(&mut self, count: usize) -> Option<Vec<f32>> {
        let numbers = self.bytes(count.checked_mul(4)?)?.as_chunks().0;
        Some(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn unit(&mut self, inputs: usize) -> Option<Unit> {
        let [bias, scale] = self.floats(2)?.try_into().ok()?;
        let weights = self.bytes(inputs)?.iter().map(|byte| byte.cast_signed()).collect();
        Some(Unit { bias, scale, weights })
    }
}

/// Without its weights.
impl std::fmt::Debug for Ear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ear")
            .field("layers", &self.layers)
            .field("units", &self.hidden.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One layer of two numbers, one unit that fires at the first, which means a danger of the first kind.
    fn small() -> Vec<u8> {
        let counts = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
        let floats = |numbers: &[f32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
        let answers = [[0.0, 0.0], [-2.0, 1.0], [-30.0, 0.0], [-30.0, 0.0]];
        [
            MAGIC.to_vec(),
            counts(&[4]),
            b"e5-x".to_vec(),
            counts(&[1, 12, 2, 1]),
            floats(&[0.0, 0.0, 0.0, 0.5]),
            vec![1, 0],
            floats(answers.as_flattened()),
        ]
        .concat()
    }

    #[test]
    fn what_was_compiled_in_can_be_read() {
        let ear = EAR.as_ref().unwrap();
        assert!(ear.fingerprint.starts_with("e5-") && !ear.layers.is_empty());
        assert_eq!(ear.mean.len(), ear.layers.len() * 384);
        assert!(Ear::with(&ear.fingerprint).is_some());
        assert!(Ear::with("another").is_none());
    }

    #[test]
    fn it_hears_what_fires_its_units() {
        let ear = Ear::read(&small()).unwrap();
        // 8 × 0.5 × 1 = 4 of the unit, 2 of the answer.
        assert!((ear.hear(&[1.0, 0.0]).unwrap() - 2.0).abs() < 1e-4);
        assert!((ear.hear(&[-1.0, 0.0]).unwrap() + 2.0).abs() < 1e-4);
        assert_eq!(ear.hear(&[1.0]), None);
        assert!(ear.hear(&[0.0, 0.0]).unwrap().is_finite());
    }

    /// Without this an ear that was trained with other weights would be silent, and nobody would notice. Needs the weights
    /// that `ventanilla models pull` makes, in `$VENTANILLA_MODELS` or `~/.cache/ventanilla/models`.
    #[test]
    fn it_goes_with_the_weights_that_everybody_has() {
        use ventanilla_encoder::Encoder;
        let folder = std::env::var_os("VENTANILLA_MODELS").map(std::path::PathBuf::from);
        let home =
            || Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".cache/ventanilla/models"));
        let file = folder.or_else(home).unwrap_or_default().join("e5-small-es-en-pt.vte");
        let Ok(bytes) = std::fs::read(&file) else {
            eprintln!("NOT CHECKED: there are no weights at {}", file.display());
            return;
        };
        let encoder = ventanilla_encoder::E5::from_bytes(&bytes).unwrap();
        let ear = Ear::with(encoder.fingerprint()).expect("train it again: tools/train_ear.py");
        let hear = |text: &str| ear.hear(&encoder.embed_through(text, ear.layers()).1).unwrap();
        let (cry, story) = (
            hear("mi vecino le está pegando a su señora ahorita, se oye todo"),
            hear("mi vecino le pega al claxon cada noche, ya no aguantamos, se oye todo"),
        );
        assert!(cry > 0.0 && story < 0.0, "{cry} {story}");
    }

    #[test]
    fn a_damaged_ear_is_none() {
        let file = small();
        for end in 0..file.len() {
            assert!(Ear::read(&file[..end]).is_none(), "{end}");
        }
        assert!(Ear::read(&[file, vec![0]].concat()).is_none());
    }
}
