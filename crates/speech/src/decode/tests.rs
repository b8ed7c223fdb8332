use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::resample::Resampler;
use super::*;

const OPUS: &[u8] = include_bytes!("../../tests/fixtures/bache.ogg");
const STEREO: &[u8] = include_bytes!("../../tests/fixtures/stereo.ogg");
const VORBIS: &[u8] = include_bytes!("../../tests/fixtures/vorbis.ogg");
const MP3: &[u8] = include_bytes!("../../tests/fixtures/bache.mp3");
const AAC: &[u8] = include_bytes!("../../tests/fixtures/bache.aac");
const M4A: &[u8] = include_bytes!("../../tests/fixtures/bache.m4a");
const MULAW: &[u8] = include_bytes!("../../tests/fixtures/bache.wav");
const WAV: &[u8] = include_bytes!("../../tests/fixtures/pcm.wav");
const ALL: [&[u8]; 8] = [OPUS, STEREO, VORBIS, MP3, AAC, M4A, MULAW, WAV];

fn hear(bytes: &[u8]) -> Result<Pcm, AudioError> {
    decode(bytes, &Limits::default())
}

/// How loud each 40 ms are: alike for the same words, whatever packed them.
fn shape(pcm: &Pcm) -> Vec<f32> {
    let loud = |part: &[f32]| part.iter().map(|sample| sample.abs()).sum::<f32>();
    pcm.samples().chunks(640).map(loud).collect()
}

/// The best correlation of two shapes, one moved by up to 0.12 s against the other.
fn likeness(left: &[f32], right: &[f32]) -> f32 {
    (0..4)
        .flat_map(|by| [(by, 0), (0, by)])
        .map(|(a, b)| correlation(&left[a..], &right[b..]))
        .fold(0.0, f32::max)
}

fn correlation(left: &[f32], right: &[f32]) -> f32 {
    let count = left.len().min(right.len());
    let mean = |of: &[f32]| of[..count].iter().sum::<f32>() / count as f32;
    let (a, b) = (mean(left), mean(right));
    let sum = |pairs: &dyn Fn(usize) -> f32| (0..count).map(pairs).sum::<f32>();
    let both = sum(&|at| (left[at] - a) * (right[at] - b));
    both / (sum(&|at| (left[at] - a).powi(2)) * sum(&|at| (right[at] - b).powi(2))).sqrt()
}

#[test]
fn the_same_words_sound_the_same_whatever_packed_them() {
    let reference = shape(&hear(MULAW).unwrap());
    for (name, bytes) in [("opus", OPUS), ("stereo opus", STEREO), ("mp3", MP3), ("aac", AAC), ("m4a", M4A)] {
        let pcm = hear(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let seconds = pcm.seconds() - hear(MULAW).unwrap().seconds();
        assert!(seconds.abs() < 0.15, "{name} is {seconds} s longer");
        let likeness = likeness(&shape(&pcm), &reference);
        assert!(likeness > 0.9, "{name} sounds like the original by {likeness}");
    }
}

#[test]
fn old_telephones_and_unknown_kinds_are_left_to_a_person() {
    assert_eq!(hear(b"#!AMR-WB\n\x04"), Err(AudioError::Unsupported { kind: "AMR" }));
    assert_eq!(hear(b"<html>nothing to hear</html>"), Err(AudioError::Unsupported { kind: "desconocido" }));
    assert_eq!(hear(VORBIS), Err(AudioError::Unsupported { kind: "Ogg sin Opus" }));
    assert_eq!(hear(b""), Err(AudioError::Unsupported { kind: "desconocido" }));
}

#[test]
fn a_file_that_is_too_large_is_not_even_looked_at() {
    assert_eq!(decode(OPUS, &Limits { bytes: 100, seconds: 180 }), Err(AudioError::TooLarge));
}

#[test]
fn a_recording_that_is_too_long_is_stopped_at_the_limit() {
    for bytes in [OPUS, MP3, AAC, M4A, MULAW] {
        assert_eq!(decode(bytes, &Limits { bytes: 1 << 20, seconds: 1 }), Err(AudioError::TooLong));
    }
}

#[test]
fn an_hour_that_is_packed_into_little_is_refused_quickly() {
    // A WAV header that says an hour, and a stream that really goes on for long.
    let mut wav = WAV.to_vec();
    wav.extend(vec![0; 10 << 20]);
    let total = u32::try_from(wav.len()).unwrap();
    wav[4..8].copy_from_slice(&(total - 8).to_le_bytes());
    let data = wav.windows(4).position(|four| four == b"data").unwrap();
    wav[data + 4..data + 8].copy_from_slice(&(total - 52).to_le_bytes());
    let started = Instant::now();
    assert_eq!(hear(&wav), Err(AudioError::TooLong));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_file_with_a_music_tag_in_front_is_heard_all_the_same() {
    let mut tagged = b"ID3\x04\0\0\0\0\x01\x48".to_vec();
    tagged.extend(vec![0; 0x48 + 128]);
    tagged.extend_from_slice(MP3);
    assert_eq!(hear(&tagged).unwrap(), hear(MP3).unwrap());
}

#[test]
fn what_is_cut_off_at_once_is_damaged() {
    for bytes in [OPUS, MP3, AAC, M4A, MULAW] {
        assert_eq!(hear(&bytes[..40]), Err(AudioError::Damaged), "{:?}", Kind::of(bytes));
    }
}

#[test]
fn a_tone_keeps_its_pitch_and_loudness_at_every_rate() {
    for rate in [8_000u32, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] {
        let tone = |at: u32| (std::f32::consts::TAU * 1_000.0 * at as f32 / rate as f32).sin();
        let mut out = Vec::new();
        Resampler::new(rate).unwrap().push((0..rate).map(tone), &mut out);
        let middle = &out[2_000..14_000];
        let crossings = middle.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count();
        assert!((749..=751).contains(&crossings), "{rate}: {crossings} waves in 0.75 s");
        let loudness = (middle.iter().map(|sample| sample * sample).sum::<f32>() / 12_000.0).sqrt();
        assert!((loudness - 0.707).abs() < 0.01, "{rate}: {loudness}");
    }
}

#[test]
fn a_tone_above_what_sixteen_kilohertz_can_carry_is_gone() {
    let tone = |at: u32| (std::f32::consts::TAU * 11_000.0 * at as f32 / 48_000.0).sin();
    let mut out = Vec::new();
    Resampler::new(48_000).unwrap().push((0..48_000).map(tone), &mut out);
    assert!(out[1_000..15_000].iter().all(|sample| sample.abs() < 0.01));
}

#[test]
fn sound_that_comes_in_pieces_is_the_same_as_at_once() {
    let samples: Vec<f32> = (0..5_000).map(|at| (at as f32 * 0.05).sin()).collect();
    let (mut once, mut pieces) = (Vec::new(), Vec::new());
    Resampler::new(44_100).unwrap().push(samples.iter().copied(), &mut once);
    let mut resampler = Resampler::new(44_100).unwrap();
    samples.chunks(97).for_each(|piece| resampler.push(piece.iter().copied(), &mut pieces));
    assert_eq!(once, pieces);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    /// Real files with some bytes changed, cut or doubled: answered in time, never with a panic, never with more
    /// sound than allowed.
    #[test]
    fn damaged_files_are_heard_or_refused(
        file in 0..ALL.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in any::<prop::sample::Index>(),
        doubled in any::<bool>(),
    ) {
        let mut bytes = ALL[file].to_vec();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let cut = cut.index(bytes.len());
        if doubled { let again = bytes[cut..].to_vec(); bytes.extend(again) } else { bytes.truncate(cut.max(16)) }
        let started = Instant::now();
        if let Ok(pcm) = decode(&bytes, &Limits { bytes: 1 << 20, seconds: 10 }) {
            prop_assert!(pcm.seconds() <= 10.0);
            prop_assert!(pcm.samples().iter().all(|sample| sample.abs() <= 1.0));
        }
        prop_assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn any_bytes_behind_a_known_beginning_are_heard_or_refused(
        file in 0..ALL.len(),
        rest in prop::collection::vec(any::<u8>(), 0..2_000),
        kept in 4usize..64,
    ) {
        let mut bytes = ALL[file][..kept].to_vec();
        bytes.extend(rest);
        let heard = decode(&bytes, &Limits { bytes: 1 << 20, seconds: 10 });
        prop_assert!(heard.is_err() || heard.is_ok_and(|pcm| pcm.seconds() <= 10.0));
    }
}
