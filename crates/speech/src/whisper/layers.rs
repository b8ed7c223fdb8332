//! The layers that Whisper is made of, for one recording at a time: every tensor is rows (frames or tokens) by width.
//! Keys and values of earlier tokens and of the sound are kept, so that a new token costs one row.

use candle_core::quantized::QMatMul;
use candle_core::{D, Module, Result, Tensor};
use candle_nn::ops::{layer_norm, softmax_last_dim};

use super::weights::Weights;

/// What Whisper was trained with.
const NORM_EPS: f32 = 1e-5;

pub(super) struct Norm {
    weight: Tensor,
    bias: Tensor,
}

impl Norm {
    pub(super) fn load(from: &mut Weights, name: &str) -> Result<Self> {
        Ok(Self {
            weight: from.plain(&format!("{name}.weight"))?,
            bias: from.plain(&format!("{name}.bias"))?,
        })
    }

    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        layer_norm(rows, &self.weight, &self.bias, NORM_EPS)
    }
}

pub(super) struct Linear {
    weight: QMatMul,
    bias: Option<Tensor>,
}

impl Linear {
    pub(super) fn load(from: &mut Weights, name: &str) -> Result<Self> {
        let weight = from.packed(&format!("{name}.weight"))?;
        // Whisper's keys are the only ones without a bias.
        let bias = if name.ends_with("k_proj") { None } else { Some(from.plain(&format!("{name}.bias"))?) };
        Ok(Self { weight, bias })
    }

    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        let out = self.weight.forward(rows)?;
        match &self.bias {
            Some(bias) => out.broadcast_add(bias),
            None => Ok(out),
        }
    }
}

/// Keys and values, each as heads by rows by width of a head.
#[derive(Clone)]
pub(super) struct Memory {
    keys: Tensor,
    values: Tensor,
}

pub(super) struct Attention {
    query: Linear,
    key: Linear,
    value: Linear,
    out: Linear,
    norm: Norm,
    heads: usize,
}

impl Attention {
    pub(super) fn load(from: &mut Weights, name: &str, heads: usize) -> Result<Self> {
        Ok(Self {
            query: Linear::load(from, &format!("{name}.q_proj"))?,
            key: Linear::load(from, &format!("{name}.k_proj"))?,
            value: Linear::load(from, &format!("{name}.v_proj"))?,
            out: Linear::load(from, &format!("{name}.out_proj"))?,
            norm: Norm::load(from, &format!("{name}_layer_norm"))?,
            heads,
        })
    }

    /// Keys and values of the encoded sound, made once per recording.
    pub(super) fn remember(&self, sound: &Tensor) -> Result<Memory> {
        Ok(Memory {
            keys: self.split(&self.key.forward(sound)?)?,
            values: self.split(&self.value.forward(sound)?)?,
        })
    }

    /// Frames looking at each other, one head after the other: half a minute of all heads at once would be 70 MB.
    pub(super) fn among(&self, rows: &Tensor) -> Result<Tensor> {
        let rows = self.norm.forward(rows)?;
        let memory = self.remember(&rows)?;
        let queries = self.split(&self.query.forward(&rows)?)?;
        let mut heads = Vec::with_capacity(self.heads);
        for head in 0..self.heads {
            let one = |of: &Tensor| of.narrow(0, head, 1);
            heads.push(attend(&one(&queries)?, &one(&memory.keys)?, &one(&memory.values)?, None)?);
        }
        self.join(&Tensor::cat(&heads, 0)?)
    }

    /// Tokens looking at the sound.
    pub(super) fn to(&self, rows: &Tensor, sound: &Memory) -> Result<Tensor> {
        let queries = self.split(&self.query.forward(&self.norm.forward(rows)?)?)?;
        self.join(&attend(&queries, &sound.keys, &sound.values, None)?)
    }

    /// New tokens looking at themselves and at those before, which are in `memory`; adds them to it. `mask` is rows
    /// by all, minus infinity where a token would see a later one, and not needed for a single row.
    pub(super) fn after(
        &self,
        rows: &Tensor,
        memory: &mut Option<Memory>,
        mask: Option<&Tensor>,
    ) -> Result<Tensor> {
        let rows = self.norm.forward(rows)?;
        let mut all = self.remember(&rows)?;
        if let Some(before) = memory.take() {
            all.keys = Tensor::cat(&[&before.keys, &all.keys], 1)?;
            all.values = Tensor::cat(&[&before.values, &all.values], 1)?;
        }
        let queries = self.split(&self.query.forward(&rows)?)?;
        let out = attend(&queries, &all.keys, &all.values, mask)?;
        *memory = Some(all);
        self.join(&out)
    }

    fn split(&self, rows: &Tensor) -> Result<Tensor> {
        let (count, width) = rows.dims2()?;
        rows.reshape((count, self.heads, width / self.heads))?.transpose(0, 1)?.contiguous()
    }

    fn join(&self, heads: &Tensor) -> Result<Tensor> {
        let (count, rows, width) = heads.dims3()?;
        self.out.forward(&heads.transpose(0, 1)?.contiguous()?.reshape((rows, count * width))?)
    }
}

fn attend(queries: &Tensor, keys: &Tensor, values: &Tensor, mask: Option<&Tensor>) -> Result<Tensor> {
    let width = queries.dim(D::Minus1)?;
    let scaled = (queries * (width as f64).powf(-0.5))?;
    let mut scores = scaled.matmul(&keys.transpose(1, 2)?)?;
    if let Some(mask) = mask {
        scores = scores.broadcast_add(mask)?;
    }
    softmax_last_dim(&scores)?.matmul(values)
}

/// The two linear layers after every attention.
pub(super) struct FeedForward {
    first: Linear,
    second: Linear,
    norm: Norm,
}

impl FeedForward {
    pub(super) fn load(from: &mut Weights, layer: &str) -> Result<Self> {
        Ok(Self {
            first: Linear::load(from, &format!("{layer}.fc1"))?,
            second: Linear::load(from, &format!("{layer}.fc2"))?,
            norm: Norm::load(from, &format!("{layer}.final_layer_norm"))?,
        })
    }

    pub(super) fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        self.second.forward(&self.first.forward(&self.norm.forward(rows)?)?.gelu_erf()?)
    }
}
