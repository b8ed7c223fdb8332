//! Finds the tensors of the hub's Whisper among the variables of a CTranslate2 model: the same numbers under other
//! names, with query, key and value laid one under the other.

use candle_core::Tensor;

use super::ImportError;
use super::ct2::Variables;

/// The tensor that the hub calls `name`, for instance `model.decoder.layers.3.encoder_attn.k_proj.weight`.
///
/// # Errors
/// [`ImportError::Missing`] for a name that has no counterpart, [`ImportError::Damaged`] when it cannot be read.
pub(super) fn tensor(variables: &Variables<'_>, name: &str, width: usize) -> Result<Tensor, ImportError> {
    let found = place(name).ok_or_else(|| ImportError::Missing { what: name.into() })?;
    let whole = variables.tensor(&found.variable)?;
    let Some(row) = found.part else { return Ok(whole) };
    // Quantising reads the storage, not the view, so the third must be a tensor of its own.
    let third = whole.narrow(0, row * width, width).and_then(|third| third.force_contiguous());
    third.map_err(|_| ImportError::Damaged { file: found.variable })
}

/// Where a tensor lies: the variable, and which third of it (or half, in the attention to the sound).
struct Place {
    variable: String,
    part: Option<usize>,
}

fn place(name: &str) -> Option<Place> {
    let parts: Vec<&str> = name.split('.').collect();
    match *parts.as_slice() {
        ["model", side, "layers", at, part, projection, leaf] if projection.ends_with("_proj") => {
            attention(&format!("{side}/layer_{at}"), part, projection, leaf)
        }
        ["model", side, "layers", at, part, leaf] => {
            whole(&format!("{side}/layer_{at}/{}", block(part, leaf)?))
        }
        ["model", side, "layer_norm", leaf] => whole(&format!("{side}/layer_norm/{}", norm_leaf(leaf)?)),
        ["model", side, "embed_positions", "weight"] => {
            whole(&format!("{side}/position_encodings/encodings"))
        }
        ["model", "decoder", "embed_tokens", "weight"] => whole("decoder/embeddings/weight"),
        ["model", "encoder", conv, leaf] => whole(&format!("encoder/{conv}/{leaf}")),
        _ => None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm above answers an Option")]
fn whole(variable: &str) -> Option<Place> {
    Some(Place { variable: variable.into(), part: None })
}

/// `linear_0` holds query, key and value (to itself) or the query alone (to the sound); the layer after it the rest.
fn attention(layer: &str, part: &str, projection: &str, leaf: &str) -> Option<Place> {
    let (block, linear, row) = match (part, projection) {
        ("self_attn", "q_proj") => ("self_attention", 0, Some(0)),
        ("self_attn", "k_proj") => ("self_attention", 0, Some(1)),
        ("self_attn", "v_proj") => ("self_attention", 0, Some(2)),
        ("self_attn", "out_proj") => ("self_attention", 1, None),
        ("encoder_attn", "q_proj") => ("attention", 0, None),
        ("encoder_attn", "k_proj") => ("attention", 1, Some(0)),
        ("encoder_attn", "v_proj") => ("attention", 1, Some(1)),
        ("encoder_attn", "out_proj") => ("attention", 2, None),
        _ => return None,
    };
    Some(Place { variable: format!("{layer}/{block}/linear_{linear}/{leaf}"), part: row })
}

fn block(part: &str, leaf: &str) -> Option<String> {
    Some(match part {
        "fc1" => format!("ffn/linear_0/{leaf}"),
        "fc2" => format!("ffn/linear_1/{leaf}"),
        "self_attn_layer_norm" => format!("self_attention/layer_norm/{}", norm_leaf(leaf)?),
        "encoder_attn_layer_norm" => format!("attention/layer_norm/{}", norm_leaf(leaf)?),
        "final_layer_norm" => format!("ffn/layer_norm/{}", norm_leaf(leaf)?),
        _ => return None,
    })
}

fn norm_leaf(leaf: &str) -> Option<&'static str> {
    match leaf {
        "weight" => Some("gamma"),
        "bias" => Some("beta"),
        _ => None,
    }
}
