//! Which keys complete an answer, and what is left over.

use std::collections::VecDeque;

use crate::simulator::twilio::voice::twiml::{Verb, parse};

/// What the keys come to under these attributes: the answers in order, then what is pending.
fn keyed(attributes: &str, keys: &str) -> (Vec<(String, Option<char>)>, String) {
    let verbs = parse(format!("<Response><Gather {attributes}/></Response>").as_bytes()).ok().unwrap();
    let [Verb::Gather(gather)] = &verbs[..] else { panic!("a gather expected") };
    let (mut keys, mut pending, mut answers) = (VecDeque::from_iter(keys.chars()), String::new(), Vec::new());
    while let Some(done) = gather.listens.feed(&mut keys, &mut pending) {
        answers.push((done.digits, done.finished_on));
    }
    (answers, pending)
}

#[test]
fn the_last_digit_completes_at_once() {
    assert_eq!(keyed("numDigits=\"2\"", "12"), (vec![("12".into(), None)], String::new()));
    assert_eq!(keyed("numDigits=\"2\"", "1"), (vec![], "1".into()));
}

#[test]
fn the_finish_key_completes_and_is_not_part_of_the_answer() {
    assert_eq!(keyed("", "04118022#"), (vec![("04118022".into(), Some('#'))], String::new()));
    assert_eq!(keyed("finishOnKey=\"*\"", "1#2*"), (vec![("1#2".into(), Some('*'))], String::new()));
}

#[test]
fn without_a_finish_key_every_key_counts() {
    assert_eq!(keyed("finishOnKey=\"\"", "1#2"), (vec![], "1#2".into()));
}

#[test]
fn keys_left_over_wait_for_the_next_question() {
    assert_eq!(keyed("numDigits=\"1\"", "12"), (vec![("1".into(), None), ("2".into(), None)], String::new()));
}
