//! Whisper's two halves on candle: the encoder hears a mel spectrogram, the decoder says one token after the other.
//!
//! Written for one recording and one core at a time. It differs from candle's own example model in what decides the
//! time on a town's machine: the spectrogram may be shorter than 30 seconds, the decoder keeps what it has said, and
//! the table of tokens stays packed.

use candle_core::quantized::QMatMul;
use candle_core::{Device, Module, Result, Tensor};

use super::Config;
use super::layers::{Attention, FeedForward, Memory, Norm};
use super::weights::Weights;

pub(super) struct Encoder {
    first: (Tensor, Tensor),
    second: (Tensor, Tensor),
    positions: Tensor,
    layers: Vec<(Attention, FeedForward)>,
    norm: Norm,
}

impl Encoder {
    pub(super) fn load(from: &mut Weights, config: &Config) -> Result<Self> {
        let mut conv = |name: &str| -> Result<(Tensor, Tensor)> {
            let name = format!("model.encoder.{name}");
            Ok((from.plain(&format!("{name}.weight"))?, from.plain(&format!("{name}.bias"))?))
        };
        let (first, second) = (conv("conv1")?, conv("conv2")?);
        let positions = from.plain("model.encoder.embed_positions.weight")?;
        let mut layers = Vec::new();
        for at in 0..config.encoder_layers {
            let name = format!("model.encoder.layers.{at}");
            let attention =
                Attention::load(from, &format!("{name}.self_attn"), config.encoder_attention_heads)?;
            layers.push((attention, FeedForward::load(from, &name)?));
        }
        let norm = Norm::load(from, "model.encoder.layer_norm")?;
        Ok(Self { first, second, positions, layers, norm })
    }

    /// `mel` is bands by frames of 10 ms, an even number of them; the answer is frames of 20 ms by width.
    pub(super) fn forward(&self, mel: &Tensor) -> Result<Tensor> {
        let rows = convolve(&mel.unsqueeze(0)?, &self.first, 1)?.gelu_erf()?;
        let rows = convolve(&rows, &self.second, 2)?.gelu_erf()?;
        let rows = rows.squeeze(0)?.t()?.contiguous()?;
        let mut rows = (&rows + self.positions.narrow(0, 0, rows.dim(0)?)?)?;
        for (attention, feed) in &self.layers {
            rows = (&rows + attention.among(&rows)?)?;
            rows = (&rows + feed.forward(&rows)?)?;
        }
        self.norm.forward(&rows)
    }
}

fn convolve(rows: &Tensor, (weight, bias): &(Tensor, Tensor), stride: usize) -> Result<Tensor> {
    rows.conv1d(weight, 1, stride, 1, 1)?.broadcast_add(&bias.reshape((1, (), 1))?)
}

struct DecoderLayer {
    itself: Attention,
    sound: Attention,
    feed: FeedForward,
}

pub(super) struct Decoder {
    tokens: QMatMul,
    positions: Tensor,
    layers: Vec<DecoderLayer>,
    norm: Norm,
}

/// What one recording has brought so far: its sound, and the tokens said.
pub(super) struct State {
    sound: Vec<Memory>,
    said: Vec<Option<Memory>>,
    length: usize,
}

impl State {
    /// Forgets what was said, keeps the sound: for another try.
    pub(super) fn forget(&mut self) {
        self.said.iter_mut().for_each(|memory| *memory = None);
        self.length = 0;
    }
}

impl Decoder {
    pub(super) fn load(from: &mut Weights, config: &Config) -> Result<Self> {
        let tokens = from.packed("model.decoder.embed_tokens.weight")?;
        let positions = from.plain("model.decoder.embed_positions.weight")?;
        let mut layers = Vec::new();
        for at in 0..config.decoder_layers {
            let name = format!("model.decoder.layers.{at}");
            let heads = config.decoder_attention_heads;
            let itself = Attention::load(from, &format!("{name}.self_attn"), heads)?;
            let sound = Attention::load(from, &format!("{name}.encoder_attn"), heads)?;
            layers.push(DecoderLayer { itself, sound, feed: FeedForward::load(from, &name)? });
        }
        let norm = Norm::load(from, "model.decoder.layer_norm")?;
        Ok(Self { tokens, positions, layers, norm })
    }

    /// Begins with a sound that the encoder has heard.
    pub(super) fn begin(&self, sound: &Tensor) -> Result<State> {
        let remembered =
            self.layers.iter().map(|layer| layer.sound.remember(sound)).collect::<Result<_>>()?;
        Ok(State { sound: remembered, said: vec![None; self.layers.len()], length: 0 })
    }

    /// Adds `tokens` to what was said and answers one row per token; [`Decoder::scores`] says what would come next.
    pub(super) fn forward(&self, tokens: &[u32], state: &mut State) -> Result<Tensor> {
        let ids = Tensor::new(tokens, &Device::Cpu)?;
        let places = self.positions.narrow(0, state.length, tokens.len())?;
        let mut rows = (self.tokens.embedding(&ids)? + places)?;
        let mask = mask(tokens.len(), state.length)?;
        state.length += tokens.len();
        for ((layer, sound), said) in self.layers.iter().zip(&state.sound).zip(&mut state.said) {
            rows = (&rows + layer.itself.after(&rows, said, mask.as_ref())?)?;
            rows = (&rows + layer.sound.to(&rows, sound)?)?;
            rows = (&rows + layer.feed.forward(&rows)?)?;
        }
        self.norm.forward(&rows)
    }

    /// How much each token would like to be the one after row `at`.
    pub(super) fn scores(&self, rows: &Tensor, at: usize) -> Result<Vec<f32>> {
        self.tokens.forward(&rows.narrow(0, at, 1)?)?.squeeze(0)?.to_vec1()
    }
}

/// Keeps each of `count` new tokens from seeing the ones after it; `before` tokens are seen by all.
fn mask(count: usize, before: usize) -> Result<Option<Tensor>> {
    if count == 1 {
        return Ok(None);
    }
    let all = before + count;
    let hidden = |at: usize| at % all > before + at / all;
    let cells: Vec<f32> =
        (0..count * all).map(|at| if hidden(at) { f32::NEG_INFINITY } else { 0.0 }).collect();
    Tensor::from_vec(cells, (count, all), &Device::Cpu).map(Some)
}
