//! The ear: a small network that hears danger in what several layers of the sentence encoder make of the pieces of a text.
//! The last layer is made to tell what a text is about; whether "ya me quiero ir" is about a queue or about life is plainer
//! on the way there. And a cry may be three words in a long story: it looks at each piece. Trained beforehand
//! (tools/train_ear.py, ADR 20) and compiled in: it goes with one file of weights of the encoder, and is silent with any
//! other.

use std::sync::LazyLock;

use ventanilla_encoder::Dense;

/// What `tools/train_ear.py` wrote.
static TRAINED: &[u8] = include_bytes!("ear.bin");
static EAR: LazyLock<Option<Ear>> = LazyLock::new(|| Ear::read(TRAINED));

const MAGIC: &[u8] = b"VENTEAR2";
/// No danger, then the three of them.
const ANSWERS: usize = 4;
/// Beyond this, in logarithms of the odds, it is as sure as it gets.
const SURE: f32 = 9.0;
/// What each layer says of a piece, or of all of them, is brought to this length: the network was trained with it.
const LOUDNESS: f32 = 8.0;

/// Layers of the encoder -> hidden units, of the whole text and of each piece -> no danger or which.
#[derive(Debug)]
pub(crate) struct Ear {
    /// Of the encoder that it was trained with.
    fingerprint: String,
    layers: Vec<usize>,
    /// What all pieces have in common, layer by layer.
    mean: Vec<f32>,
    /// Hears the mean of the pieces.
    whole: Dense,
    /// Hears each piece.
    piece: Dense,
    /// What makes one look at a piece: weights for its units, once for each look.
    looks: Vec<Vec<f32>>,
    /// For each answer its bias, then weights for the units of the whole, the loudest of each unit of the pieces, and the
    /// units of the pieces as each look sees them.
    answers: Vec<(f32, Vec<f32>)>,
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
        let inputs = self.mean.len();
        if heard.is_empty() || !heard.len().is_multiple_of(inputs) {
            return None;
        }
        let mut pieces: Vec<f32> = heard
            .chunks_exact(inputs)
            .flat_map(|piece| piece.iter().zip(&self.mean).map(|(x, m)| x - m))
            .collect();
        let mut whole = vec![0.0; inputs];
        pieces.chunks_exact(inputs).for_each(|piece| add(&mut whole, piece, 1.0));
        self.level(&mut whole);
        self.level(&mut pieces);

        let mut units = self.whole.apply(&whole);
        let mut of_pieces = self.piece.apply(&pieces);
        units.iter_mut().chain(&mut of_pieces).for_each(|unit| *unit = unit.max(0.0));
        let of_pieces: Vec<&[f32]> = of_pieces.chunks_exact(self.piece.outputs()).collect();
        units.extend(loudest(&of_pieces));
        units.extend(self.looks.iter().flat_map(|look| seen(look, &of_pieces)));

        let logits: Vec<f32> =
            self.answers.iter().map(|(bias, weights)| bias + dot(weights, &units)).collect();
        let (none, dangers) = logits.split_first()?;
        let largest = dangers.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let any = largest + dangers.iter().map(|logit| (logit - largest).exp()).sum::<f32>().ln();
        Some((any - none).clamp(-SURE, SURE))
    }

    /// Brings what each layer says to the same length.
    fn level(&self, numbers: &mut [f32]) {
        for layer in numbers.chunks_mut((self.mean.len() / self.layers.len()).max(1)) {
            let scale = LOUDNESS / (dot(layer, layer).sqrt() + 1e-6);
            layer.iter_mut().for_each(|x| *x *= scale);
        }
    }

    fn read(file: &[u8]) -> Option<Self> {
        let mut reader = Reader(file.strip_prefix(MAGIC)?);
        let length = reader.count()?;
        let fingerprint = String::from_utf8(reader.bytes(length)?.to_vec()).ok()?;
        let count = reader.count()?;
        let layers = (0..count).map(|_| reader.count()).collect::<Option<Vec<_>>>()?;
        let [width, units, looks] = [reader.count()?, reader.count()?, reader.count()?];
        let inputs = layers.len().checked_mul(width)?;
        let mean = reader.floats(inputs)?;
        let (whole, piece) = (reader.dense(inputs, units)?, reader.dense(inputs, units)?);
        let looks = (0..looks).map(|_| reader.floats(units)).collect::<Option<Vec<_>>>()?;
        let felt = (2 + looks.len()).checked_mul(units)?;
        let mut answer = || Some((*reader.floats(1)?.first()?, reader.floats(felt)?));
        let answers = (0..ANSWERS).map(|_| answer()).collect::<Option<_>>()?;
        reader.0.is_empty().then_some(Self { fingerprint, layers, mean, whole, piece, looks, answers })
    }
}

/// Of each unit, what it is at the piece where it is loudest.
fn loudest(pieces: &[&[f32]]) -> Vec<f32> {
    let mut most = vec![0.0f32; pieces.first().map_or(0, |piece| piece.len())];
    pieces
        .iter()
        .for_each(|piece| most.iter_mut().zip(*piece).for_each(|(most, unit)| *most = most.max(*unit)));
    most
}

/// The mean of the pieces, each counted by how much `look` is drawn to it.
fn seen(look: &[f32], pieces: &[&[f32]]) -> Vec<f32> {
    let drawn: Vec<f32> = pieces.iter().map(|piece| dot(look, piece)).collect();
    let strongest = drawn.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let shares: Vec<f32> = drawn.iter().map(|drawn| (drawn - strongest).exp()).collect();
    let all: f32 = shares.iter().sum();
    let mut mean = vec![0.0; look.len()];
    pieces.iter().zip(shares).for_each(|(piece, share)| add(&mut mean, piece, share / all));
    mean
}

fn add(to: &mut [f32], what: &[f32], times: f32) {
    to.iter_mut().zip(what).for_each(|(to, x)| *to += x * times);
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

    /// Rows in 8 bits: of each its bias, what a byte of 1 is worth, the bytes.
    fn dense(&mut self, inputs: usize, outputs: usize) -> Option<Dense> {
        let mut row = || {
            let [bias, scale] = self.floats(2)?.try_into().ok()?;
            let weights =
                self.bytes(inputs)?.iter().map(|byte| f32::from(byte.cast_signed()) * scale).collect();
            Some((weights, bias))
        };
        let rows = (0..outputs).map(|_| row()).collect::<Option<Vec<_>>>()?;
        Dense::new(inputs, &rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One layer of 32 numbers. The first unit of the whole fires at the first number, the first of the pieces at the second;
    /// the only look is drawn to it. The first speaks for a danger of the first kind, what the look sees against it.
    fn small() -> Vec<u8> {
        let counts = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
        let floats = |numbers: &[f32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
        let at = |number: usize, worth: f32| {
            let mut all = [0.0; 32];
            all[number] = worth;
            all
        };
        let dense = |first: usize| -> Vec<u8> {
            let row = |unit: usize| {
                let fires = |input: usize| u8::from(unit == 0 && input == first);
                [floats(&[0.0, 0.5]), (0..32).map(fires).collect()].concat()
            };
            (0..32).flat_map(row).collect()
        };
        let answer = |bias: f32, whole: f32, look: f32| {
            [vec![bias], at(0, whole).to_vec(), vec![0.0; 32], at(0, look).to_vec()].concat()
        };
        [
            MAGIC.to_vec(),
            counts(&[4]),
            b"e5-x".to_vec(),
            counts(&[1, 12, 32, 32, 1]),
            floats(&[0.0; 32]),
            dense(0),
            dense(1),
            floats(&at(0, 100.0)),
            floats(&answer(0.0, 0.0, 0.0)),
            floats(&answer(-2.0, 1.0, -0.5)),
            floats(&answer(-30.0, 0.0, 0.0)),
            floats(&answer(-30.0, 0.0, 0.0)),
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
        let piece = |first: f32, second: f32| [vec![first, second], vec![0.0; 30]].concat();
        let near = |heard: &[f32], expected: f32| {
            let said = ear.hear(heard).unwrap();
            assert!((said - expected).abs() < 0.1, "{said} {expected}");
        };
        // 8 × 0.5 × 1 = 4 of the unit, 2 of the answer.
        near(&piece(1.0, 0.0), 2.0);
        near(&piece(-1.0, 0.0), -2.0);
        // 4 of the whole as it was; the look is drawn to the second piece, whose 4 count half against it.
        near(&[piece(40.0, 0.0), piece(0.0, 0.1)].concat(), 0.0);
        near(&[piece(40.0, 0.0), piece(0.0, -0.1)].concat(), 2.0);
        assert_eq!(ear.hear(&[1.0]), None);
        assert_eq!(ear.hear(&[]), None);
        assert!(ear.hear(&[0.0; 32]).unwrap().is_finite());
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
