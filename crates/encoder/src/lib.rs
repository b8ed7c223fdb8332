//! Text -> sentence vector: phrases that mean alike lie close together, in any of the languages of the model. Pure:
//! bytes of a weights file in, vectors out; no files, no network, no clock, no threads of its own.
//!
//! The server reads the weights once ([`E5::from_bytes`]) and asks [`Encoder::embed`] from any thread, some
//! milliseconds a message. `ventanilla models import` makes the weights file ([`import`]).
//!
//! The model is multilingual-e5-small (12 layers of width 384, MIT licence, see `THIRD_PARTY/e5-small.txt`), its
//! linear layers in 8-bit integers. The way of a text: [`E5`] asks `tokens` for pieces, `model` for the forward pass,
//! whose arithmetic is in `kernels`, one file per kind of processor. Nothing else knows which processor this is.
//!
//! ```
//! use ventanilla_encoder::{E5, Encoder, WeightsError};
//!
//! fn similarity(weights: &[u8]) -> Result<f32, WeightsError> {
//!     let encoder = E5::from_bytes(weights)?;
//!     let (a, b) = (encoder.embed("hay un bache"), encoder.embed("un hoyo en la calle"));
//!     Ok(a.iter().zip(&b).map(|(a, b)| a * b).sum())
//! }
//!
//! let refused = similarity(b"not weights").unwrap_err();
//! assert!(refused.to_string().contains("ventanilla models import"));
//! ```

mod dense;
mod e5;
mod encoder;
pub mod export;
mod file;
mod flat;
pub mod import;
mod kernels;
mod model;
#[cfg(feature = "onnx")]
pub mod onnx;
mod q4;
#[cfg(feature = "rust-bert")]
pub mod rust_bert;
pub mod testing;
mod tokens;

pub use dense::Dense;
pub use e5::{E5, MAX_TOKENS};
pub use encoder::Encoder;
pub use file::{Dimensions, LayerParts, LinearParts, NormParts, Parts, WeightsError};
pub use flat::FlatIndex;
pub use kernels::Kernel;
pub use tokens::MAX_CHARACTERS;
