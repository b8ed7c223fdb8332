//! One probability from two heads.

use crate::maths::{probabilities, softmax};

/// How the heads are mixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fusion {
    /// Logits of the lexical head are divided by this.
    pub lexical_temperature: f32,
    pub semantic_temperature: f32,
    /// 0 to 1: what the lexical head counts.
    pub lexical_share: f32,
    /// The mixture's logarithms are divided by this: two heads that disagree are humbler than they need be.
    pub temperature: f32,
}

/// Fixed by examples per intent: weights that are learnt trust the encoder too much where phrases are few, and lose
/// nine points on misspelt text.
pub(crate) fn lexical_share(classes: &[usize], class_count: usize) -> f32 {
    let each = classes.len() as f32 / class_count.max(1) as f32;
    match each {
        _ if each <= 10.0 => 0.3,
        _ if each <= 20.0 => 0.3 + 0.1 * (each - 10.0) / 10.0,
        _ if each <= 50.0 => 0.4 + 0.1 * (each - 20.0) / 30.0,
        _ => 0.5,
    }
}

impl Fusion {
    /// `lexical` and `semantic` are logits. Without the second the first decides alone.
    pub(crate) fn mix(&self, lexical: &[f32], semantic: Option<&[f32]>) -> Vec<f32> {
        let lexical = probabilities(lexical, self.lexical_temperature);
        let Some(semantic) = semantic else { return lexical };
        let semantic = probabilities(semantic, self.semantic_temperature);
        let share = self.lexical_share;
        let mut mixed: Vec<f32> = lexical
            .iter()
            .zip(&semantic)
            .map(|(l, s)| (share * l + (1.0 - share) * s).max(1e-12).ln() / self.temperature)
            .collect();
        softmax(&mut mixed);
        mixed
    }

    /// With every temperature at 1.
    pub(crate) fn uncooled(self) -> Self {
        let Self { lexical_share, .. } = self;
        Self { lexical_temperature: 1.0, semantic_temperature: 1.0, lexical_share, temperature: 1.0 }
    }

    /// For a message in a language that no phrase is written in: its letters mean nothing, its sense does.
    pub(crate) fn without_letters(self) -> Self {
        Self { lexical_share: 0.0, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVEN: Fusion =
        Fusion { lexical_temperature: 1.0, semantic_temperature: 1.0, lexical_share: 0.5, temperature: 1.0 };

    #[test]
    fn the_share_grows_with_the_phrases() {
        let share = |each: usize| lexical_share(&vec![0; each], 1);
        assert_eq!([share(5), share(10), share(20), share(50), share(200)], [0.3, 0.3, 0.4, 0.5, 0.5]);
        assert!((share(35) - 0.45).abs() < 1e-6);
    }

    #[test]
    fn two_heads_are_averaged_and_one_decides_alone() {
        let mixed = EVEN.mix(&[9.0, 0.0], Some(&[0.0, 9.0]));
        assert!((mixed[0] - 0.5).abs() < 1e-3, "{mixed:?}");
        assert!(EVEN.mix(&[9.0, 0.0], None)[0] > 0.99);
        assert!(EVEN.without_letters().mix(&[9.0, 0.0], Some(&[0.0, 9.0]))[1] > 0.99);
    }
}
