//! One try at saying what was heard: the likeliest token each time, or a drawn one when that went round in circles.

use super::TranscribeError;
use super::hints::Likelier;
use super::network::{Decoder, State};
use super::tokens::Tokens;

/// What holds for every token of a transcript.
pub(super) struct Rules<'a> {
    pub tokens: &'a Tokens,
    pub never: &'a [u32],
    pub never_first: &'a [u32],
    pub likelier: &'a Likelier,
    /// Tokens at most.
    pub most: usize,
    /// 0: the likeliest token. Otherwise how freely one is drawn.
    pub temperature: f32,
    /// Asked before every token.
    pub stop: &'a dyn Fn() -> bool,
}

/// What was said in one try.
#[derive(Default)]
pub(super) struct Said {
    pub tokens: Vec<u32>,
    /// Of each token: how probable it was among all, hints left aside.
    pub probabilities: Vec<f32>,
    /// How probable it was that nobody speaks.
    pub no_speech: f32,
    /// Went round in circles; the tokens end before the second round.
    pub looped: bool,
}

impl Said {
    /// The mean of the tokens' log probabilities; Whisper's own measure of a good try.
    pub(super) fn mean_log(&self) -> f32 {
        let sum: f32 = self.probabilities.iter().map(|p| p.max(1e-9).ln()).sum();
        sum / self.probabilities.len().max(1) as f32
    }
}

pub(super) fn say(
    decoder: &Decoder,
    state: &mut State,
    prompt: &[u32],
    rules: &Rules<'_>,
) -> Result<Said, TranscribeError> {
    let mut said = Said::default();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    state.forget();
    let mut rows = decoder.forward(prompt, state)?;
    said.no_speech = no_speech(&decoder.scores(&rows, start(prompt, rules.tokens))?, rules.tokens);
    let mut last = prompt.len() - 1;
    while said.tokens.len() < rules.most {
        if (rules.stop)() {
            return Err(TranscribeError::Stopped);
        }
        let (token, probability) = choose(decoder.scores(&rows, last)?, &said.tokens, rules, &mut dice);
        said.probabilities.push(probability);
        if token == rules.tokens.end {
            cut_refrain(&mut said);
            return Ok(said);
        }
        said.tokens.push(token);
        if cut_circle(&mut said) {
            return Ok(said);
        }
        rows = decoder.forward(&[token], state)?;
        last = 0;
    }
    // Whoever never comes to an end is telling the same over and over, if not word for word.
    cut_refrain(&mut said);
    said.looped = true;
    Ok(said)
}

/// Where the transcript starts in the prompt: there the model says whether anybody speaks.
fn start(prompt: &[u32], tokens: &Tokens) -> usize {
    prompt.iter().position(|&token| token == tokens.start).unwrap_or_default()
}

fn no_speech(scores: &[f32], tokens: &Tokens) -> f32 {
    share(scores, tokens.no_speech)
}

/// The token to say, and its probability among all that may be said.
fn choose(mut scores: Vec<f32>, said: &[u32], rules: &Rules<'_>, dice: &mut Dice) -> (u32, f32) {
    forbid(&mut scores, rules.never);
    if said.is_empty() {
        forbid(&mut scores, rules.never_first);
    }
    for score in scores.iter_mut().skip(rules.tokens.end as usize + 1) {
        *score = f32::NEG_INFINITY;
    }
    let mut raised = scores.clone();
    rules.likelier.raise(said, &mut raised);
    let token =
        if rules.temperature > 0.0 { dice.draw(&raised, rules.temperature) } else { likeliest(&raised) };
    (token, share(&scores, token))
}

fn forbid(scores: &mut [f32], tokens: &[u32]) {
    for &token in tokens {
        if let Some(score) = scores.get_mut(token as usize) {
            *score = f32::NEG_INFINITY;
        }
    }
}

fn likeliest(scores: &[f32]) -> u32 {
    let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(token, _)| u32::try_from(token).unwrap_or_default())
}

/// Softmax of one token.
fn share(scores: &[f32], token: u32) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let all: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    scores.get(token as usize).map_or(0.0, |score| (score - top).exp() / all)
}

/// Rounds of `length` tokens that are a circle: single tokens may be "no, no, no", whole sentences may not come
/// three times.
fn rounds(length: usize) -> usize {
    match length {
        1 => 8,
        2 | 3 => 5,
        4..=6 => 4,
        _ => 3,
    }
}

/// Whether the tokens end with the same ones several times over; then all rounds but the first are taken away.
fn cut_circle(said: &mut Said) -> bool {
    let tokens = &said.tokens;
    for length in 1..=20 {
        let needed = length * rounds(length);
        let Some(from) = tokens.len().checked_sub(needed) else { break };
        let tail = tokens.get(from..).unwrap_or_default();
        if tail.iter().zip(tail.iter().skip(length)).all(|(a, b)| a == b) {
            said.tokens.truncate(from + length);
            said.probabilities.truncate(from + length);
            said.looped = true;
            return true;
        }
    }
    false
}

/// Tokens that a refrain begins with.
const REFRAIN: usize = 5;

/// People do not begin the same sentence twice with the same words; Whisper does, and then changes its end. Takes
/// away everything from the second time on.
fn cut_refrain(said: &mut Said) {
    let starts = 0..said.tokens.len().saturating_sub(REFRAIN);
    let window = |at: usize| said.tokens.get(at..at + REFRAIN);
    let again = starts
        .clone()
        .find(|&at| (0..(at + 1).saturating_sub(REFRAIN)).any(|before| window(before) == window(at)));
    if let Some(again) = again {
        said.tokens.truncate(again);
        said.probabilities.truncate(again);
        said.looped = true;
    }
}

/// Xorshift: the same recording always gives the same transcript.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    fn draw(&mut self, scores: &[f32], temperature: f32) -> u32 {
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weight = |score: &f32| ((score - top) / temperature).exp();
        let mut left = self.roll() * scores.iter().map(weight).sum::<f32>();
        for (token, score) in scores.iter().enumerate() {
            left -= weight(score);
            if left <= 0.0 {
                return u32::try_from(token).unwrap_or_default();
            }
        }
        likeliest(scores)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(tokens: &[u32]) -> Said {
        Said { tokens: tokens.to_vec(), probabilities: vec![0.5; tokens.len()], ..Said::default() }
    }

    #[test]
    fn a_circle_is_cut_after_its_first_round() {
        let mut round = said(&[1, 2, 3, 7, 8, 9, 4, 7, 8, 9, 4, 7, 8, 9, 4, 7, 8, 9, 4]);
        assert!(cut_circle(&mut round));
        assert_eq!(round.tokens, [1, 2, 3, 7, 8, 9, 4]);
        assert_eq!(round.probabilities.len(), 7);
    }

    #[test]
    fn no_no_no_is_no_circle() {
        assert!(!cut_circle(&mut said(&[5, 5, 5, 5, 5, 9])));
    }

    #[test]
    fn a_refrain_is_cut_even_when_it_ends_differently() {
        let mut song = said(&[1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 8, 9]);
        cut_refrain(&mut song);
        assert!(song.looped);
        assert_eq!(song.tokens, [1, 2, 3, 4, 5, 6, 7]);
        let mut speech = said(&[1, 2, 3, 4, 6, 7, 1, 2, 3, 4, 8]);
        cut_refrain(&mut speech);
        assert!(!speech.looped);
    }

    #[test]
    fn shares_are_a_softmax() {
        let scores = [0.0, 1.0, f32::NEG_INFINITY];
        assert!((share(&scores, 1) - 0.731).abs() < 1e-3);
        assert_eq!(share(&scores, 2), 0.0);
        assert_eq!(likeliest(&scores), 1);
        assert_ne!(Dice(9).draw(&scores, 1.0), 2);
    }
}
