//! Small sums over scores that every head needs.

/// Logits -> probabilities, in place.
pub(crate) fn softmax(logits: &mut [f32]) {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for z in logits.iter_mut() {
        *z = exp(*z - top);
    }
    let sum: f32 = logits.iter().sum();
    for z in logits.iter_mut() {
        *z /= sum;
    }
}

/// Logits divided by a temperature -> probabilities.
pub(crate) fn probabilities(logits: &[f32], temperature: f32) -> Vec<f32> {
    let mut all: Vec<f32> = logits.iter().map(|z| z / temperature).collect();
    softmax(&mut all);
    all
}

pub(crate) fn best(probabilities: &[f32]) -> Option<(usize, f32)> {
    probabilities.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}

/// e^x for x <= 0, to six digits, in a form that the vector units can do many at a time (Cephes' expf).
fn exp(x: f32) -> f32 {
    let x = x.max(-87.0);
    // Truncation rounds what is negative upwards, hence the half.
    let turns = (x * std::f32::consts::LOG2_E - 0.5) as i32;
    let whole = turns as f32;
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    let tail = 1.987_569_1e-4 * rest + 1.398_199_9e-3;
    let tail = tail * rest + 8.333_452e-3;
    let tail = tail * rest + 4.166_579_6e-2;
    let tail = tail * rest + 1.666_666_5e-1;
    let tail = tail * rest + 0.5;
    (tail * rest * rest + rest + 1.0) * f32::from_bits(((turns + 127) << 23) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_exponential_is_the_exponential() {
        for i in 0..870 {
            let x = -(i as f32) / 10.0;
            let (quick, exact) = (exp(x), x.exp());
            assert!((quick - exact).abs() <= exact * 2e-6, "{x}: {quick} {exact}");
        }
    }

    #[test]
    fn probabilities_sum_to_one_and_keep_the_order() {
        let mut z = [1.0, 3.0, -200.0, 2.0];
        softmax(&mut z);
        assert!((z.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert_eq!(best(&z).map(|(i, _)| i), Some(1));
        assert!(z[2] < 1e-30);
    }
}
