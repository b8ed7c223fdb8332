//! The arithmetic of the forward pass, one file per kind of processor, chosen when the model is loaded.
//!
//! A linear step is done in integers: weights in 7 or 8 bits, one scale per row; what comes in, in 8 bits, one scale
//! and one middle per token. Its sums are exact, so every kernel gets the same. Everything else is `f32` in [`portable`], written with
//! sixteen lanes and no fused multiply-add, and compiled again for each kind of processor. So:
//!
//! - [`Kernel::Vnni`], [`Kernel::Neon`] and [`Kernel::Scalar8`] give the same vectors, bit by bit;
//! - [`Kernel::Avx2`] and [`Kernel::Scalar7`] likewise;
//! - the two families differ by the rounding of the weights: cosine 0.9985 or better on 56 messages.
//!
//! `unsafe` is only in this folder: calling what was compiled for a processor that is known to be there, and reading
//! and writing whole registers. The functions of [`Chosen`] check the lengths that this relies on.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "aarch64")]
mod neon;
mod pack;
mod portable;
mod scalar;
#[cfg(target_arch = "x86_64")]
mod vnni;

#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use pack::{Linear, Quantised, Width};

/// A way to do the arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kernel {
    /// x86-64 with AVX-512 VNNI; 8-bit weights.
    Vnni,
    /// x86-64 with AVX2; 7-bit weights, because its products are summed in 16 bits.
    Avx2,
    /// ARM64; 8-bit weights.
    Neon,
    /// Any processor; 8-bit weights.
    Scalar8,
    /// Any processor, exactly as [`Kernel::Avx2`]; 7-bit weights. For comparison.
    Scalar7,
}

impl Kernel {
    /// Those that this processor can run, fastest first. Never empty.
    pub fn available() -> Vec<Self> {
        let all = [Self::Vnni, Self::Avx2, Self::Neon, Self::Scalar8, Self::Scalar7];
        all.into_iter().filter(|kernel| kernel.is_available()).collect()
    }

    /// Whether this processor can run it.
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => vnni::is_available(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => avx2::is_available(),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => true,
            Self::Scalar7 | Self::Scalar8 => true,
            _ => false,
        }
    }

    /// The fastest that this processor can run.
    pub fn best() -> Self {
        Self::available().first().copied().unwrap_or(Self::Scalar8)
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vnni => "vnni",
            Self::Avx2 => "avx2",
            Self::Neon => "neon",
            Self::Scalar8 => "scalar8",
            Self::Scalar7 => "scalar7",
        })
    }
}

/// The functions of one kernel. They may need features of the processor, hence `unsafe`.
struct Functions {
    width: Width,
    /// How many tokens a linear step works on together.
    most: usize,
    linear: unsafe fn(&Linear, &Quantised, &mut [f32]),
    quantise: unsafe fn(&[f32], &mut Quantised),
    normalise: unsafe fn(&mut [f32], &Norm),
    add: unsafe fn(&mut [f32], &[f32]),
    gelu: unsafe fn(&mut [f32]),
    attend: unsafe fn(&Heads, &[f32], &mut Attention, &mut [f32]),
}

/// A layer norm, ready to use.
#[derive(Debug)]
pub(crate) struct Norm {
    pub weights: Vec<f32>,
    pub biases: Vec<f32>,
    pub epsilon: f32,
}

/// How the numbers of a token are shared between attention heads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heads {
    /// Numbers per token.
    pub hidden: usize,
    /// Numbers per head; a multiple of 16.
    pub each: usize,
    pub tokens: usize,
}

/// Room for the attention of one head.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// The keys, number by number instead of token by token.
    keys: Vec<f32>,
    /// How much some tokens look at each, one after the other.
    shares: Vec<f32>,
}

/// A kernel that this processor is known to have.
#[derive(Clone, Copy)]
pub(crate) struct Chosen {
    kernel: Kernel,
    functions: &'static Functions,
}

impl fmt::Debug for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kernel.fmt(f)
    }
}

impl Chosen {
    /// Nothing when this processor cannot run `kernel`.
    pub fn new(kernel: Kernel) -> Option<Self> {
        let functions = match kernel {
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => &vnni::FUNCTIONS,
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => &avx2::FUNCTIONS,
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon => &neon::FUNCTIONS,
            Kernel::Scalar8 => &scalar::EIGHT,
            Kernel::Scalar7 => &scalar::SEVEN,
            _ => return None,
        };
        kernel.is_available().then_some(Self { kernel, functions })
    }

    pub fn kernel(self) -> Kernel {
        self.kernel
    }

    /// In how many bits weights are to be packed.
    pub fn width(self) -> Width {
        self.functions.width
    }
}

#[expect(
    unsafe_code,
    reason = "what was compiled for features of the processor is called, which were asked for"
)]
impl Chosen {
    /// `outputs[token][row] = inputs[token] . weights[row] + bias[row]`
    pub fn linear(self, linear: &Linear, inputs: &Quantised, outputs: &mut [f32]) {
        assert_eq!(linear.inputs(), inputs.inputs(), "a linear step gets what it was packed for");
        assert_eq!(
            outputs.len(),
            inputs.tokens() * linear.outputs(),
            "a linear step has room for what it makes"
        );
        assert_eq!(inputs.most(), self.functions.most, "tokens are laid out for this kernel");
        assert_eq!(linear.width(), self.width(), "weights are packed for this kernel");
        // SAFETY: `new` asked for the features of the processor, and the lengths were just compared.
        unsafe { (self.functions.linear)(linear, inputs, outputs) }
    }

    /// Packs tokens of `inputs` numbers each into 8 bits.
    pub fn quantise(self, numbers: &[f32], inputs: usize, quantised: &mut Quantised) {
        quantised.resize(numbers.len() / inputs, inputs, self.functions.most);
        // SAFETY: `new` asked for the features of the processor.
        unsafe { (self.functions.quantise)(numbers, quantised) }
    }

    /// Brings each token to the mean and variance of `norm`.
    pub fn normalise(self, tokens: &mut [f32], norm: &Norm) {
        // SAFETY: `new` asked for the features of the processor.
        unsafe { (self.functions.normalise)(tokens, norm) }
    }

    /// Adds number by number.
    pub fn add(self, to: &mut [f32], what: &[f32]) {
        // SAFETY: `new` asked for the features of the processor.
        unsafe { (self.functions.add)(to, what) }
    }

    /// x * P(a normal variable is below x), number by number.
    pub fn gelu(self, numbers: &mut [f32]) {
        // SAFETY: `new` asked for the features of the processor.
        unsafe { (self.functions.gelu)(numbers) }
    }

    /// Scaled dot-product attention of every token to every token. `inputs` holds query, key and value of the first
    /// token, then of the second, and so on.
    pub fn attend(self, heads: &Heads, inputs: &[f32], room: &mut Attention, outputs: &mut [f32]) {
        // SAFETY: `new` asked for the features of the processor.
        unsafe { (self.functions.attend)(heads, inputs, room, outputs) }
    }
}

/// Compiles the functions of [`portable`] for the features of one kernel, beside its own `linear`.
macro_rules! functions {
    ($width:expr, $most:expr, $linear:expr $(, $feature:literal)?) => {{
        use crate::kernels::{Attention, Functions, Heads, Norm, Quantised, portable};

        $(#[target_feature(enable = $feature)])?
        fn quantise(numbers: &[f32], quantised: &mut Quantised) {
            portable::quantise(numbers, quantised);
        }
        $(#[target_feature(enable = $feature)])?
        fn normalise(tokens: &mut [f32], norm: &Norm) {
            portable::normalise(tokens, norm);
        }
        $(#[target_feature(enable = $feature)])?
        fn add(to: &mut [f32], what: &[f32]) {
            portable::add(to, what);
        }
        $(#[target_feature(enable = $feature)])?
        fn gelu(numbers: &mut [f32]) {
            portable::gelu(numbers);
        }
        $(#[target_feature(enable = $feature)])?
        fn attend(heads: &Heads, inputs: &[f32], room: &mut Attention, outputs: &mut [f32]) {
            portable::attend(heads, inputs, room, outputs);
        }
        Functions { width: $width, most: $most, linear: $linear, quantise, normalise, add, gelu, attend }
    }};
}
use functions;
