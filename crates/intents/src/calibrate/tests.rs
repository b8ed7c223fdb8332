use super::*;
use crate::maths::softmax;

/// Of a hundred phrases with this lead over the other class, `right` are guessed right.
fn guesses(lead: f32, right: usize) -> impl Iterator<Item = Rehearsed> {
    (0..100).map(move |i| Rehearsed { guess: guess(lead, None, usize::from(i >= right)), phrase: i })
}

fn guess(lead: f32, felt: Option<Felt>, intent: usize) -> Guess {
    Guess { read: Read { logits: vec![lead, 0.0], coverage: 1.0 }, felt, intent }
}

fn thresholds(rehearsed: &[Rehearsed]) -> Thresholds {
    Calibration::of(rehearsed, &[], 0.5, None).alone.at(Strictness::Normal)
}

#[test]
fn boastful_logits_are_cooled_until_confidence_is_honest() {
    let boastful: Vec<Rehearsed> = guesses(10.0, 80).collect();
    let cooled = Calibration::of(&boastful, &[], 0.5, None).fusion.lexical_temperature;
    let mut probabilities = [10.0 / cooled, 0.0];
    softmax(&mut probabilities);
    assert!((probabilities[0] - 0.8).abs() < 0.01, "{probabilities:?}");
}

/// Of so many guesses of both heads 19 in 20 are right.
fn held_out(count: usize) -> Vec<Guess> {
    let felt = || Felt { logits: vec![2.0, 0.0], ..Felt::default() };
    (0..count).map(|i| guess(2.0, Some(felt()), usize::from(i % 20 == 0))).collect()
}

#[test]
fn held_out_texts_say_how_far_both_heads_can_be_trusted_where_there_are_enough() {
    let felt = || Felt { logits: vec![2.0, 0.0], ..Felt::default() };
    let hard: Vec<Rehearsed> = (0..400)
        .map(|i| Rehearsed { guess: guess(2.0, Some(felt()), usize::from(i % 5 == 0)), phrase: i })
        .collect();
    let sure = |held_out: &[Guess]| {
        let fusion = Calibration::of(&hard, held_out, 0.5, None).fusion;
        fusion.mix(&[2.0, 0.0], Some(&[2.0, 0.0]))[0]
    };
    assert!((sure(&[]) - 0.8).abs() < 0.01, "{}", sure(&[]));
    assert!((sure(&held_out(400)) - 0.95).abs() < 0.01, "{}", sure(&held_out(400)));
    assert!((sure(&held_out(100)) - 0.8).abs() < 0.01, "a hundred are too few");
}

#[test]
fn it_is_sure_where_nine_in_ten_were_right_and_asks_below() {
    let mixed: Vec<Rehearsed> = guesses(4.0, 98).chain(guesses(1.0, 60)).collect();
    let at = thresholds(&mixed);
    assert_eq!(at.certainty(false, 0.99, 0.0), Certainty::Sure);
    assert_eq!(at.certainty(false, 0.6, 0.0), Certainty::Between);
}

#[test]
fn what_scores_under_the_own_phrases_is_foreign() {
    let own: Vec<Rehearsed> = guesses(6.0, 100).collect();
    let at = thresholds(&own);
    assert_eq!(at.certainty(false, 1.0, at.loose - 0.1), Certainty::Unsure);
    assert_eq!(at.certainty(false, 1.0, at.strict), Certainty::Sure);
}

#[test]
fn a_stricter_gate_turns_more_away() {
    let own: Vec<Rehearsed> =
        (0..200).map(|i| Rehearsed { guess: guess(i as f32 / 20.0, None, 0), phrase: i }).collect();
    let gate = Calibration::of(&own, &[], 0.5, None).alone;
    let [lenient, normal, strict] = gate.strict;
    assert!(lenient < normal && normal < strict, "{gate:?}");
    assert!(gate.loose[1] < normal, "{gate:?}");
}

#[test]
fn none_is_never_acted_on() {
    assert_eq!(CAUTIOUS.at(Strictness::Lenient).certainty(true, 0.99, 9.0), Certainty::Unsure);
}

#[test]
fn without_rehearsal_only_a_clear_answer_counts() {
    let calibration = Calibration::of(&[], &[], 0.5, None);
    assert_eq!(calibration, Calibration::cautious(0.5));
    let at = calibration.both.at(Strictness::Normal);
    assert_eq!(at.certainty(false, 0.65, 0.65f32.ln()), Certainty::Between);
}
