//! Limited-memory BFGS (Nocedal 1980): the lowest point of a smooth function of many numbers. Deterministic.

/// Steps remembered to guess the curvature.
const MEMORY: usize = 8;
/// A step must gain at least this share of what the slope promises (Armijo).
const GAIN: f64 = 1e-4;
/// Half steps tried before giving up.
const HALVINGS: usize = 12;

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    pub iterations: usize,
    /// Of the value, from one iteration to the next.
    pub gain: f64,
}

/// Moves `at` downhill. `slope` gets a point, writes the gradient there and returns the value.
pub(crate) fn minimise(
    at: &mut Vec<f32>,
    patience: Patience,
    mut slope: impl FnMut(&[f32], &mut [f32]) -> f64,
) {
    let mut gradient = vec![0.0; at.len()];
    let mut value = slope(at, &mut gradient);
    let mut past: Vec<Step> = Vec::new();
    let (mut next, mut next_gradient) = (at.clone(), gradient.clone());
    for _ in 0..patience.iterations {
        let (direction, first) = (downhill(&gradient, &past), past.is_empty());
        let promised = dot(&direction, &gradient);
        if promised >= 0.0 {
            break;
        }
        let mut length = if first { 1.0 / dot(&gradient, &gradient).sqrt().max(1e-12) } else { 1.0 };
        let mut found = None;
        for _ in 0..HALVINGS {
            for ((to, from), d) in next.iter_mut().zip(at.iter()).zip(&direction) {
                *to = from + length as f32 * d;
            }
            let there = slope(&next, &mut next_gradient);
            if there <= value + GAIN * length * promised {
                found = Some(there);
                break;
            }
            length *= 0.5;
        }
        let Some(there) = found else { break };
        remember(&mut past, Step::between(at, &next, &gradient, &next_gradient));
        std::mem::swap(at, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        let gained = value - there;
        value = there;
        if gained <= patience.gain * value.abs() {
            break;
        }
    }
}

/// A step made: how far, how much the slope changed, and one over their product.
struct Step {
    moved: Vec<f32>,
    turned: Vec<f32>,
    scale: f64,
}

impl Step {
    fn between(from: &[f32], to: &[f32], before: &[f32], after: &[f32]) -> Self {
        let minus = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<_>>();
        let (moved, turned) = (minus(to, from), minus(after, before));
        let scale = 1.0 / dot(&moved, &turned);
        Self { moved, turned, scale }
    }
}

fn remember(past: &mut Vec<Step>, step: Step) {
    // Without curvature a step teaches nothing.
    if !step.scale.is_finite() || step.scale <= 0.0 {
        return;
    }
    if past.len() == MEMORY {
        past.remove(0);
    }
    past.push(step);
}

/// The two-loop recursion.
fn downhill(gradient: &[f32], past: &[Step]) -> Vec<f32> {
    let mut direction: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(past.len());
    for step in past.iter().rev() {
        let share = step.scale * dot(&step.moved, &direction);
        add(&mut direction, &step.turned, -share);
        shares.push(share);
    }
    if let Some(last) = past.last() {
        let size = (1.0 / (last.scale * dot(&last.turned, &last.turned))) as f32;
        direction.iter_mut().for_each(|d| *d *= size);
    }
    for (step, share) in past.iter().zip(shares.into_iter().rev()) {
        let back = step.scale * dot(&step.turned, &direction);
        add(&mut direction, &step.moved, share - back);
    }
    direction
}

fn add(to: &mut [f32], what: &[f32], times: f64) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += times as f32 * what;
    }
}

/// Summed in parts of double precision, so that thousands of small products do not get lost.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let part = |(a, b): (&[f32], &[f32])| f64::from(a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>());
    a.chunks(256).zip(b.chunks(256)).map(part).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_bottom_of_a_crooked_valley() {
        // Rosenbrock's banana: the bottom is at (1, 1).
        let mut at = vec![-1.2, 1.0];
        minimise(&mut at, Patience { iterations: 200, gain: 0.0 }, |p, g| {
            let (x, y) = (f64::from(p[0]), f64::from(p[1]));
            g[0] = (-400.0 * x * (y - x * x) - 2.0 * (1.0 - x)) as f32;
            g[1] = (200.0 * (y - x * x)) as f32;
            100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2)
        });
        assert!((at[0] - 1.0).abs() < 0.02 && (at[1] - 1.0).abs() < 0.04, "{at:?}");
    }

    #[test]
    fn a_flat_place_is_left_as_it_is() {
        let mut at = vec![3.0, 4.0];
        minimise(&mut at, Patience { iterations: 5, gain: 0.0 }, |_, g| {
            g.fill(0.0);
            7.0
        });
        assert_eq!(at, [3.0, 4.0]);
    }
}
