//! The shape of a Whisper model: the few fields of the hub's `config.json` that say how big each part is.

use serde::{Deserialize, Serialize};

/// Sizes and suppressed tokens, named as in the hub's `config.json`; unknown fields are left aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Config {
    /// Bands of the mel spectrogram (80).
    pub num_mel_bins: usize,
    /// Frames of encoded sound at most: 1,500 of 20 ms.
    pub max_source_positions: usize,
    /// Width of every layer (512 in "base").
    pub d_model: usize,
    /// Attention heads of the encoder.
    pub encoder_attention_heads: usize,
    /// Layers of the encoder.
    pub encoder_layers: usize,
    /// Tokens known; 51,865 when multilingual.
    pub vocab_size: usize,
    /// Tokens of text at most, prompt included (448).
    pub max_target_positions: usize,
    /// Attention heads of the decoder.
    pub decoder_attention_heads: usize,
    /// Layers of the decoder.
    pub decoder_layers: usize,
    /// Tokens that are never said (symbols, notes of music, special tokens).
    #[serde(default)]
    pub suppress_tokens: Option<Vec<u32>>,
    /// Tokens that are never said first (a space, the end).
    #[serde(default)]
    pub begin_suppress_tokens: Option<Vec<u32>>,
}

impl Config {
    /// Whether the sizes are those of a model that this crate can run on a town's machine. Guards the sizes of what
    /// is laid out in memory before anything is read.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let heads_fit = |heads: usize| heads > 0 && self.d_model.is_multiple_of(heads);
        (1..=2_048).contains(&self.d_model)
            && self.d_model.is_multiple_of(2)
            && (1..=128).contains(&self.num_mel_bins)
            && (1..=1_500).contains(&self.max_source_positions)
            && (1..=448).contains(&self.max_target_positions)
            && (1..=64_000).contains(&self.vocab_size)
            && self.encoder_layers <= 48
            && self.decoder_layers <= 48
            && heads_fit(self.encoder_attention_heads)
            && heads_fit(self.decoder_attention_heads)
    }

    /// Every tensor that the model is made of, by its name on the hub, with its dimensions.
    #[must_use]
    pub fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let width = self.d_model;
        let mut all = vec![
            ("model.encoder.conv1.weight".into(), vec![width, self.num_mel_bins, 3]),
            ("model.encoder.conv1.bias".into(), vec![width]),
            ("model.encoder.conv2.weight".into(), vec![width, width, 3]),
            ("model.encoder.conv2.bias".into(), vec![width]),
            ("model.encoder.embed_positions.weight".into(), vec![self.max_source_positions, width]),
            ("model.decoder.embed_positions.weight".into(), vec![self.max_target_positions, width]),
            ("model.decoder.embed_tokens.weight".into(), vec![self.vocab_size, width]),
        ];
        for (side, layers) in [("encoder", self.encoder_layers), ("decoder", self.decoder_layers)] {
            norm(&mut all, &format!("model.{side}.layer_norm"), width);
            for at in 0..layers {
                layer(&mut all, &format!("model.{side}.layers.{at}"), width, side == "decoder");
            }
        }
        all
    }
}

fn layer(all: &mut Vec<(String, Vec<usize>)>, name: &str, width: usize, listens: bool) {
    attention(all, &format!("{name}.self_attn"), width);
    if listens {
        attention(all, &format!("{name}.encoder_attn"), width);
    }
    for (part, rows, columns) in [("fc1", 4 * width, width), ("fc2", width, 4 * width)] {
        all.push((format!("{name}.{part}.weight"), vec![rows, columns]));
        all.push((format!("{name}.{part}.bias"), vec![rows]));
    }
    norm(all, &format!("{name}.final_layer_norm"), width);
}

fn attention(all: &mut Vec<(String, Vec<usize>)>, name: &str, width: usize) {
    norm(all, &format!("{name}_layer_norm"), width);
    for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
        all.push((format!("{name}.{part}.weight"), vec![width, width]));
        // Whisper's keys have no bias: softmax would take it out again.
        if part != "k_proj" {
            all.push((format!("{name}.{part}.bias"), vec![width]));
        }
    }
}

fn norm(all: &mut Vec<(String, Vec<usize>)>, name: &str, width: usize) {
    all.push((format!("{name}.weight"), vec![width]));
    all.push((format!("{name}.bias"), vec![width]));
}
