//! Voices that tests understand: the words are written into the sound itself, a letter (a byte of UTF-8) a sample. So
//! what one end says is known at the other sample by sample, through codec, pacing, pauses and barge-in.

use std::time::Duration;

use ventanilla::telephony::{Ears, Heard, Mouth, SpeechError};
use ventanilla_values::Lang;

/// Samples from here on are letters: loud, as a voice is.
const LETTERS: i16 = 0x4000;
/// What a word at least lasts: half a second, so that it is a word and no click.
const SHORTEST: usize = 4_000;

/// The caller's voice, for [`TestEars`].
pub fn of_a_caller(words: &str) -> Vec<i16> {
    lasting(words, SHORTEST)
}

/// The same, drawn out to so many samples. Swings, since a line passes no direct current.
pub fn lasting(words: &str, samples: usize) -> Vec<i16> {
    let mut letters: Vec<u8> = words.bytes().collect();
    letters.resize(letters.len().max(samples), 0);
    let swing = |(at, letter): (usize, u8)| {
        let sample = LETTERS | i16::from(letter);
        if at % 2 == 0 { sample } else { -sample }
    };
    letters.into_iter().enumerate().map(swing).collect()
}

/// What the town said.
pub fn of_the_town(sound: &[i16]) -> String {
    let letters: Vec<u8> = sound.iter().filter_map(|sample| letter(*sample)).collect();
    String::from_utf8_lossy(&letters).into_owned()
}

fn letter(sample: i16) -> Option<u8> {
    let letter = sample.saturating_abs() - LETTERS;
    u8::try_from(letter).ok().filter(|letter| *letter != 0)
}

/// Hears what [`of_a_caller`] wrote, well unless it is told otherwise.
#[derive(Debug, Default)]
pub struct TestEars {
    /// How long it takes to hear.
    pub slow: Duration,
    pub deaf: bool,
    /// Words that are put right, to these: a guess.
    pub guesses: &'static [(&'static str, &'static str)],
    /// Words that are heard badly.
    pub mumbled: &'static [&'static str],
}

impl Ears for TestEars {
    fn hear(
        &self,
        sound: &[i16],
        _lang: Lang,
        _hints: &[String],
        _stop: &dyn Fn() -> bool,
    ) -> Result<Heard, SpeechError> {
        std::thread::sleep(self.slow);
        if self.deaf {
            return Err(SpeechError("the model is broken".to_owned()));
        }
        let raw = of_the_town(sound);
        let guess = self.guesses.iter().find(|(said, _)| *said == raw);
        let text = guess.map_or_else(|| raw.clone(), |(_, guess)| (*guess).to_owned());
        let confidence = if self.mumbled.contains(&raw.as_str()) { 0.5 } else { 0.9 };
        Ok(Heard { text, raw, confidence: Some(confidence), certain: guess.is_none() })
    }
}

/// Speaks so that [`of_the_town`] understands it.
#[derive(Debug, Default)]
pub struct TestMouth {
    /// Silent samples behind each letter: with 159 a letter lasts 20 ms.
    pub drawl: usize,
    pub dumb: bool,
}

impl Mouth for TestMouth {
    fn say(&self, text: &str, _lang: Lang) -> Result<Vec<i16>, SpeechError> {
        if self.dumb {
            return Err(SpeechError("no voice".to_owned()));
        }
        let letters = text.bytes().chain([b' ']);
        let sound = letters
            .flat_map(|letter| [LETTERS | i16::from(letter)].into_iter().chain(vec![0; self.drawl]))
            .collect();
        Ok(sound)
    }
}
