//! Every kernel against the scalar one of the same width: the same bits.

use super::*;
use crate::{E5, Encoder, q4, testing::tiny};

/// Numbers like those between layers: most small, some large, some zero.
fn numbers(count: usize, seed: usize) -> Vec<f32> {
    let number = |i: usize| {
        let x = ((i * 7919 + seed * 104_729) % 10_007) as f32 / 5003.5 - 1.0;
        if i.is_multiple_of(97) { x * 20.0 } else { x * x * x }
    };
    (0..count).map(number).collect()
}

fn packed(width: Width, inputs: usize, outputs: usize) -> Linear {
    let mut linear = Linear::new(width, inputs, outputs);
    linear.push(&q4::pack(&numbers(inputs * outputs, 1)), &numbers(outputs, 2));
    linear
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// Pairs of a kernel of this processor and the scalar one that it must equal.
fn pairs() -> Vec<(Chosen, Chosen)> {
    let scalar = |chosen: Chosen| match chosen.width() {
        Width::Seven => Chosen::new(Kernel::Scalar7),
        Width::Eight => Chosen::new(Kernel::Scalar8),
    };
    let chosen = Kernel::available().into_iter().filter_map(Chosen::new);
    chosen.map(|chosen| (chosen, scalar(chosen).unwrap())).collect()
}

const TOKENS: [usize; 9] = [1, 2, 5, 6, 12, 13, 25, 33, 128];

#[test]
fn linear_steps_are_the_same_to_the_bit() {
    for (chosen, scalar) in pairs() {
        for (inputs, outputs) in [(32, 32), (64, 96), (384, 64), (1536, 32)] {
            let linear = packed(chosen.width(), inputs, outputs);
            for tokens in TOKENS {
                let numbers = numbers(tokens * inputs, tokens);
                let run = |chosen: Chosen| {
                    let (mut quantised, mut out) = (Quantised::default(), vec![f32::NAN; tokens * outputs]);
                    chosen.quantise(&numbers, inputs, &mut quantised);
                    chosen.linear(&linear, &quantised, &mut out);
                    bits(&out)
                };
                assert!(run(chosen) == run(scalar), "{chosen:?}, {tokens} x {inputs} -> {outputs}");
            }
        }
    }
}

#[test]
fn the_largest_products_do_not_overflow() {
    for (chosen, _) in pairs() {
        let mut linear = Linear::new(chosen.width(), 4096, 32);
        let row = q4::pack(&[-1.0; 4096]);
        (0..32).for_each(|_| linear.push(&row, &[0.0]));
        let (mut quantised, mut out) = (Quantised::default(), vec![0.0; 32]);
        for sign in [1.0, -1.0] {
            // The one of the other sign keeps the middle at zero, so that all bytes are as large as they get.
            let mut x = [sign; 4096];
            x[0] = -sign;
            chosen.quantise(&x, 4096, &mut quantised);
            chosen.linear(&linear, &quantised, &mut out);
            assert!(out.iter().all(|sum| (sum + sign * 4094.0).abs() < 0.01), "{chosen:?}: {out:?}");
        }
    }
}

#[test]
fn what_lies_far_from_zero_keeps_its_digits() {
    for (chosen, _) in pairs() {
        let linear = packed(chosen.width(), 64, 32);
        let x = numbers(64, 3);
        let far: Vec<f32> = x.iter().map(|x| x + 1000.0).collect();
        let run = |x: &[f32]| {
            let (mut quantised, mut out) = (Quantised::default(), vec![0.0; 32]);
            chosen.quantise(x, 64, &mut quantised);
            chosen.linear(&linear, &quantised, &mut out);
            out
        };
        let ones: &[f32; 32] = linear.sums(0);
        for ((near, far), one) in run(&x).iter().zip(run(&far)).zip(ones) {
            assert!((near + 1000.0 * one - far).abs() < 0.2, "{chosen:?}: {near} {far} {one}");
        }
    }
}

#[test]
fn a_linear_step_is_a_linear_step() {
    for (chosen, _) in pairs() {
        let (inputs, outputs) = (384, 32);
        let weights = numbers(inputs * outputs, 1);
        let mut kept = vec![0.0; weights.len()];
        q4::unpack(&q4::pack(&weights), &mut kept);
        let x = numbers(inputs, 3);
        let (mut quantised, mut out) = (Quantised::default(), vec![0.0; outputs]);
        chosen.quantise(&x, inputs, &mut quantised);
        chosen.linear(&packed(chosen.width(), inputs, outputs), &quantised, &mut out);
        let biases = numbers(outputs, 2);
        for ((row, bias), out) in kept.chunks(inputs).zip(biases).zip(out) {
            let exact: f32 = row.iter().zip(&x).map(|(w, x)| w * x).sum::<f32>() + bias;
            let allowed = rounding(row, chosen.width().limit() as f32, &x) + 1e-3;
            assert!((exact - out).abs() <= allowed, "{chosen:?}: {exact} {out} {allowed}");
        }
    }
}

/// How much a product of two vectors may be off when each number is rounded to a whole step.
fn rounding(weights: &[f32], limit: f32, x: &[f32]) -> f32 {
    let top = |numbers: &[f32]| numbers.iter().fold(0.0f32, |top, number| top.max(number.abs()));
    let (w, x_) = (top(weights) / limit / 2.0, top(x) / 127.0 / 2.0);
    weights.iter().zip(x).map(|(weight, x)| weight.abs() * x_ + x.abs() * w + w * x_).sum()
}

#[test]
fn everything_between_linear_steps_is_the_same_to_the_bit() {
    let norm = Norm { weights: numbers(64, 4), biases: numbers(64, 5), epsilon: 1e-12 };
    for (chosen, scalar) in pairs() {
        for tokens in TOKENS {
            let run = |chosen: Chosen| {
                let mut x = numbers(tokens * 64, 6);
                chosen.normalise(&mut x, &norm);
                chosen.gelu(&mut x);
                chosen.add(&mut x, &numbers(tokens * 64, 7));
                let heads = Heads { hidden: 64, each: 32, tokens };
                chosen.attend(&heads, &numbers(tokens * 192, 8), &mut Attention::default(), &mut x);
                bits(&x)
            };
            assert!(run(chosen) == run(scalar), "{chosen:?}, {tokens} tokens");
        }
    }
}

#[test]
fn gelu_is_that_of_the_tables() {
    let chosen = Chosen::new(Kernel::Scalar8).unwrap();
    let mut x = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -30.0, 30.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    chosen.gelu(&mut x);
    let table = [0.0, 0.841_344_7, -0.158_655_25, 1.954_499_7, -0.045_500_264, 0.345_731_23, 0.0, 30.0];
    for (found, expected) in x.iter().zip(table) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }
}

#[test]
fn a_norm_brings_to_mean_0_and_variance_1() {
    let norm = Norm { weights: vec![1.0; 64], biases: vec![0.0; 64], epsilon: 1e-12 };
    let mut x = numbers(128, 9);
    Chosen::new(Kernel::Scalar8).unwrap().normalise(&mut x, &norm);
    for token in x.chunks(64) {
        let mean = token.iter().sum::<f32>() / 64.0;
        let variance = token.iter().map(|x| x * x).sum::<f32>() / 64.0;
        assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4, "{mean} {variance}");
    }
}

#[test]
fn attention_is_the_softmax_of_dot_products() {
    let (hidden, each, tokens) = (32, 16, 5);
    let inputs = numbers(tokens * 3 * hidden, 10);
    let mut found = vec![0.0; tokens * hidden];
    let heads = Heads { hidden, each, tokens };
    Chosen::new(Kernel::Scalar8).unwrap().attend(&heads, &inputs, &mut Attention::default(), &mut found);
    let part =
        |token: usize, kind: usize, head: usize| &inputs[(token * 3 + kind) * hidden + head * each..][..each];
    for head in 0..2 {
        for token in 0..tokens {
            let dot = |other| {
                part(token, 0, head).iter().zip(part(other, 1, head)).map(|(a, b)| a * b).sum::<f32>()
            };
            let weights: Vec<f64> = (0..tokens).map(|other| f64::from(dot(other) / 4.0).exp()).collect();
            let total: f64 = weights.iter().sum();
            for i in 0..each {
                let exact: f64 = (0..tokens)
                    .map(|other| weights[other] / total * f64::from(part(other, 2, head)[i]))
                    .sum();
                let found = f64::from(found[token * hidden + head * each + i]);
                assert!((exact - found).abs() < 1e-5, "{exact} {found}");
            }
        }
    }
}

#[test]
fn vectors_are_the_same_to_the_bit_within_a_width_and_close_between_widths() {
    let file = tiny(3).write().unwrap();
    let text = "hay un bache en mi calle, pasan 128 letras y no hay agua ".repeat(3);
    for length in [0, 1, 2, 5, 12, 33, 60, 150] {
        let text: String = text.chars().take(length).collect();
        let embed = |kernel| E5::with_kernel(&file, kernel).unwrap().embed(&text);
        for (chosen, scalar) in pairs() {
            let (a, b) = (embed(chosen.kernel()), embed(scalar.kernel()));
            assert!(bits(&a) == bits(&b), "{chosen:?}, {length} characters");
        }
        let (seven, eight) = (embed(Kernel::Scalar7), embed(Kernel::Scalar8));
        let cosine: f32 = seven.iter().zip(&eight).map(|(a, b)| a * b).sum();
        assert!(cosine >= 0.998, "{cosine} at {length} characters");
    }
}

#[test]
fn tokens_are_shared_out_evenly() {
    let shared: Vec<_> = pack::blocks(13, 12).collect();
    assert_eq!(shared, [(0, 7), (7, 6)]);
    for tokens in 1..=130 {
        let mut next = 0;
        for (first, count) in pack::blocks(tokens, 5) {
            assert!(first == next && (1..=5).contains(&count));
            next += count;
        }
        assert_eq!(next, tokens);
    }
}

#[test]
fn a_kernel_of_another_processor_is_refused() {
    let file = tiny(1).write().unwrap();
    let foreign = if cfg!(target_arch = "aarch64") { Kernel::Avx2 } else { Kernel::Neon };
    let refused = E5::with_kernel(&file, foreign).unwrap_err();
    assert!(refused.to_string().contains(&format!("cannot run the kernel {foreign}")), "{refused}");
    assert!(Kernel::available().ends_with(&[Kernel::Scalar8, Kernel::Scalar7]));
}
