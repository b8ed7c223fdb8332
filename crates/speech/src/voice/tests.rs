use super::*;
use crate::pcm::Pcm;

/// A voice as far as loudness goes: a buzz of 140 Hz and overtones, louder and softer four times a second.
fn voice(seconds: f32, rate: u32, loud: f32) -> Vec<f32> {
    let sample = |at: u32| {
        let time = at as f32 / rate as f32;
        let buzz: f32 = (1..8).map(|tone| (std::f32::consts::TAU * 140.0 * tone as f32 * time).sin()).sum();
        buzz / 7.0 * loud * (0.6 + 0.4 * (std::f32::consts::TAU * 4.0 * time).sin())
    };
    (0..(seconds * rate as f32) as u32).map(sample).collect()
}

/// Noise of a fixed loudness; always the same.
fn noise(seconds: f32, rate: u32, loud: f32) -> Vec<f32> {
    let mut seed = 7u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..(seconds * rate as f32) as u32).map(|_| next() * loud).collect()
}

fn add(mut left: Vec<f32>, right: &[f32]) -> Vec<f32> {
    left.iter_mut().zip(right).for_each(|(a, b)| *a += b);
    left
}

fn spoken(heard: Heard) -> f32 {
    match heard {
        Heard::Speech(pcm) => pcm.seconds(),
        Heard::Silence => panic!("somebody spoke"),
    }
}

#[test]
fn silence_before_and_after_a_voice_is_cut() {
    let sound = [vec![0.0; 48_000], voice(2.0, 16_000, 0.3), vec![0.0; 80_000]].concat();
    let left = spoken(trim(&Pcm::new(sound)));
    assert!((2.0..3.0).contains(&left), "{left} s are left of ten");
}

#[test]
fn a_long_gap_becomes_half_a_second() {
    let sound = [voice(1.0, 16_000, 0.3), vec![0.0; 64_000], voice(1.0, 16_000, 0.3)].concat();
    let left = spoken(trim(&Pcm::new(sound)));
    assert!((2.3..3.0).contains(&left), "{left} s are left of six");
}

#[test]
fn a_noisy_street_without_anybody_is_silence() {
    for loud in [0.001, 0.01, 0.03] {
        assert_eq!(trim(&Pcm::new(noise(5.0, 16_000, loud))), Heard::Silence, "noise of {loud}");
    }
}

#[test]
fn a_knock_is_not_a_voice() {
    let knock = [vec![0.0; 16_000], voice(0.05, 16_000, 0.9), vec![0.0; 16_000]].concat();
    assert_eq!(trim(&Pcm::new(knock)), Heard::Silence);
}

#[test]
fn a_voice_on_a_noisy_street_is_heard() {
    let street = noise(6.0, 16_000, 0.02);
    let sound = add(street, &[vec![0.0; 32_000], voice(2.0, 16_000, 0.3)].concat());
    let left = spoken(trim(&Pcm::new(sound)));
    assert!((1.8..3.2).contains(&left), "{left} s are left of six");
}

#[test]
fn somebody_who_never_pauses_is_heard_whole() {
    let left = spoken(trim(&Pcm::new(voice(4.0, 16_000, 0.5))));
    assert!(left > 3.8, "{left} s are left of four");
}

fn listen(samples: &[f32], options: EndpointerOptions) -> Vec<(u32, Event)> {
    let mut ear = Endpointer::new(options);
    let frame = options.rate as usize / 50;
    let loud: Vec<i16> = samples.iter().map(|sample| (sample * 32_767.0) as i16).collect();
    let heard = loud
        .chunks(frame)
        .zip(0u32..)
        .filter_map(|(frame, at)| ear.push(frame).map(|event| (at * 20, event)));
    heard.collect()
}

#[test]
fn a_call_hears_when_somebody_begins_and_ends() {
    for rate in [8_000, 16_000] {
        let line = |seconds| noise(seconds, rate, 0.002);
        let sound = [line(1.0), voice(1.5, rate, 0.2), line(2.0)].concat();
        let heard = listen(&sound, EndpointerOptions { rate, ..EndpointerOptions::default() });
        let [(began, Event::Began), (ended, Event::Ended)] = heard.as_slice() else { panic!("{heard:?}") };
        assert!((1_000..1_200).contains(began), "began at {began} ms");
        assert!((3_300..3_500).contains(ended), "ended at {ended} ms");
    }
}

#[test]
fn a_pause_for_thought_does_not_end_a_turn() {
    let line = |seconds| noise(seconds, 8_000, 0.002);
    let sound = [line(0.5), voice(1.0, 8_000, 0.2), line(0.7), voice(1.0, 8_000, 0.2), line(1.5)].concat();
    let events = |silence_ms| {
        let heard = listen(&sound, EndpointerOptions { silence_ms, ..EndpointerOptions::default() });
        heard.into_iter().map(|(_, event)| event).collect::<Vec<_>>()
    };
    assert_eq!(events(900), [Event::Began, Event::Ended]);
    assert_eq!(events(400), [Event::Began, Event::Ended, Event::Began, Event::Ended]);
}

#[test]
fn a_line_that_grows_noisy_is_not_taken_for_a_voice_for_ever() {
    let sound = [noise(1.0, 8_000, 0.001), noise(40.0, 8_000, 0.03)].concat();
    let heard = listen(&sound, EndpointerOptions::default());
    assert!(heard.len() <= 2, "{heard:?}");
    assert_ne!(heard.last().map(|(_, event)| *event), Some(Event::Began), "still listening to noise");
}

#[test]
fn odd_frames_do_no_harm() {
    let mut ear = Endpointer::new(EndpointerOptions { rate: 0, ..EndpointerOptions::default() });
    assert_eq!(ear.push(&[]), None);
    for _ in 0..10 {
        ear.push(&[i16::MIN; 3]);
    }
}
