//! When a caller has said something, pressed something, or nothing. Pure: time comes as beats of 20 ms.
//!
//! The rules are those that Twilio keeps for us on its calls (`<Gather input="dtmf speech">`): one key or a row of them
//! ended by `#`, a pause that ends what is said, and so long to begin.

use std::{collections::VecDeque, fmt};

use ventanilla_adapters::{
    Keys,
    audiosocket::{SAMPLES, SILENCE},
};
use ventanilla_speech::voice::{Endpointer, EndpointerOptions, Event};

/// Milliseconds of a beat.
const BEAT: u32 = 20;
const SAMPLES_A_MS: usize = SAMPLES / BEAT as usize;
/// Sound before the moment in which somebody is known to speak: a voice begins softly.
const BEFORE_MS: usize = 400;
/// A shorter sound is a click of the line, or a cough.
const A_WORD_MS: usize = 140;
/// What must have been said before a prompt is cut short: its echo, or a cough, is shorter.
const SURELY_MS: usize = 240;
/// Longer than this nobody is listened to in one go.
const LONGEST_MS: usize = 30_000;
/// Keys of a row: a folio has eight, a CURP none.
const MOST_KEYS: usize = 32;
/// A line that brings no sound at all (silence is suppressed) is silent.
const STARVED_MS: u32 = 100;

/// What a caller answered.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// 8 kHz, with a little before and the pause after.
    Speech(Vec<i16>),
    /// Without the `#` that ends a row.
    Keys(String),
    Silence,
}

/// What somebody says never reaches a log by `{:?}`.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Speech(_) => "Speech(…)",
            Self::Keys(_) => "Keys(…)",
            Self::Silence => "Silence",
        })
    }
}

/// What is being said to the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prompt {
    None,
    /// It must be heard to the end.
    Held,
    Free,
}

/// Milliseconds, see `config.default.toml`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Silence after which somebody has finished speaking.
    pub pause_ms: u32,
    /// To begin, and between two keys.
    pub silence_ms: u32,
}

/// Listens to one call from its first frame to its last: the noise of the line is learnt all the time, what is said
/// counts only while a question is open.
pub(super) struct Ear {
    endpointer: Endpointer,
    patience: Patience,
    /// The last [`BEFORE_MS`].
    before: VecDeque<i16>,
    /// Since the last sound came.
    starved: u32,
    open: Option<Open>,
}

impl fmt::Debug for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ear").field("open", &self.open.is_some()).finish_non_exhaustive()
    }
}

struct Open {
    keys: Keys,
    pressed: String,
    recording: Option<Recording>,
    /// Milliseconds since the prompt, or the last key.
    quiet: u32,
}

struct Recording {
    sound: Vec<i16>,
    /// Samples in `sound` from before somebody was known to speak.
    before: usize,
}

impl Recording {
    fn spoken_ms(&self) -> usize {
        (self.sound.len() - self.before) / SAMPLES_A_MS
    }
}

impl Ear {
    pub(super) fn new(patience: Patience) -> Self {
        let options = EndpointerOptions { silence_ms: patience.pause_ms, ..EndpointerOptions::default() };
        Self {
            endpointer: Endpointer::new(options),
            patience,
            before: VecDeque::new(),
            starved: 0,
            open: None,
        }
    }

    /// A question begins to be asked.
    pub(super) fn open(&mut self, keys: Keys) {
        self.open = Some(Open { keys, pressed: String::new(), recording: None, quiet: 0 });
    }

    /// Sound of the line.
    pub(super) fn sound(&mut self, samples: &[i16], prompt: Prompt) -> Option<Answer> {
        self.starved = 0;
        // In pieces of a frame, whatever the line's frames are: the endpointer counts time by them.
        samples.chunks(SAMPLES).find_map(|frame| self.frame(frame, prompt))
    }

    fn frame(&mut self, frame: &[i16], prompt: Prompt) -> Option<Answer> {
        let event = self.endpointer.push(frame);
        self.before.extend(frame);
        let surplus = self.before.len().saturating_sub(BEFORE_MS * SAMPLES_A_MS);
        self.before.drain(..surplus);
        let open = self.open.as_mut().filter(|open| prompt != Prompt::Held && open.pressed.is_empty())?;
        match (&mut open.recording, event) {
            (None, Some(Event::Began)) => {
                let sound: Vec<i16> = self.before.iter().copied().collect();
                open.recording = Some(Recording { before: sound.len(), sound });
                None
            }
            (None, _) => None,
            (Some(recording), event) => {
                recording.sound.extend(frame);
                self.spoken(event)
            }
        }
    }

    fn spoken(&mut self, event: Option<Event>) -> Option<Answer> {
        let open = self.open.as_mut()?;
        let spoken = open.recording.as_ref()?.spoken_ms();
        if event != Some(Event::Ended) && spoken < LONGEST_MS {
            return None;
        }
        let recording = open.recording.take()?;
        if spoken < A_WORD_MS + self.patience.pause_ms as usize {
            return None;
        }
        self.open = None;
        Some(Answer::Speech(recording.sound))
    }

    /// A key of the phone: pressed deliberately, so it goes before what is being said.
    pub(super) fn key(&mut self, key: char, prompt: Prompt) -> Option<Answer> {
        let open = self.open.as_mut().filter(|_| prompt != Prompt::Held)?;
        if !(key.is_ascii_digit() || matches!(key, '*' | '#')) {
            return None;
        }
        (open.recording, open.quiet) = (None, 0);
        let ends = key == '#' && open.keys == Keys::Many;
        if !ends {
            open.pressed.push(key);
        }
        if ends || open.keys == Keys::One || open.pressed.len() >= MOST_KEYS { self.pressed() } else { None }
    }

    /// 20 ms went by.
    pub(super) fn beat(&mut self, prompt: Prompt) -> Option<Answer> {
        self.starved = self.starved.saturating_add(BEAT);
        if self.starved > STARVED_MS
            && let Some(answer) = self.frame(&SILENCE, prompt)
        {
            return Some(answer);
        }
        let open = self.open.as_mut()?;
        if prompt != Prompt::None && open.pressed.is_empty() {
            open.quiet = 0;
            return None;
        }
        if open.recording.is_some() {
            return None;
        }
        open.quiet = open.quiet.saturating_add(BEAT);
        if open.quiet >= self.patience.silence_ms { self.pressed() } else { None }
    }

    /// Whether the caller has begun to answer, so that the prompt is to stop.
    pub(super) fn interrupts(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            let spoken = open.recording.as_ref().map_or(0, Recording::spoken_ms);
            !open.pressed.is_empty() || spoken >= SURELY_MS
        })
    }

    /// What was being said when the line broke.
    pub(super) fn unfinished(&mut self) -> Option<Vec<i16>> {
        let recording = self.open.take()?.recording?;
        (recording.spoken_ms() >= A_WORD_MS).then_some(recording.sound)
    }

    fn pressed(&mut self) -> Option<Answer> {
        let pressed = self.open.take()?.pressed;
        Some(if pressed.is_empty() { Answer::Silence } else { Answer::Keys(pressed) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience { pause_ms: 300, silence_ms: 1_000 };

    fn ear(keys: Keys) -> Ear {
        let mut ear = Ear::new(PATIENCE);
        ear.open(keys);
        ear
    }

    /// A voice as far as loudness goes.
    fn voice() -> [i16; SAMPLES] {
        std::array::from_fn(|at| if at % 8 < 4 { 9_000 } else { -9_000 })
    }

    fn hears(ear: &mut Ear, frame: &[i16; SAMPLES], ms: u32, prompt: Prompt) -> Option<Answer> {
        (0..ms / BEAT).find_map(|_| ear.sound(frame, prompt).or_else(|| ear.beat(prompt)))
    }

    #[test]
    fn what_is_said_ends_with_a_pause_and_is_whole() {
        let mut ear = ear(Keys::One);
        assert_eq!(hears(&mut ear, &SILENCE, 200, Prompt::None), None);
        assert_eq!(hears(&mut ear, &voice(), 600, Prompt::None), None);
        let Some(Answer::Speech(sound)) = hears(&mut ear, &SILENCE, 400, Prompt::None) else {
            panic!("no end")
        };
        let loud = sound.iter().filter(|sample| **sample != 0).count();
        assert_eq!(loud, 600 * SAMPLES_A_MS, "the beginning, too, though it was known only after a moment");
        assert_eq!(hears(&mut ear, &voice(), 600, Prompt::None), None, "the question is answered");
    }

    #[test]
    fn a_click_is_no_answer_and_cuts_nothing_short() {
        let mut ear = ear(Keys::One);
        hears(&mut ear, &voice(), 80, Prompt::Free);
        assert!(!ear.interrupts());
        assert_eq!(hears(&mut ear, &SILENCE, 600, Prompt::Free), None);
        assert_eq!(hears(&mut ear, &SILENCE, 980, Prompt::None), None);
        assert_eq!(hears(&mut ear, &SILENCE, 40, Prompt::None), Some(Answer::Silence));
    }

    #[test]
    fn speech_cuts_a_prompt_short_but_not_one_that_must_be_heard() {
        let mut ear = ear(Keys::One);
        hears(&mut ear, &voice(), 400, Prompt::Held);
        assert!(!ear.interrupts());
        hears(&mut ear, &SILENCE, 400, Prompt::Held);
        hears(&mut ear, &voice(), 400, Prompt::Free);
        assert!(ear.interrupts());
    }

    #[test]
    fn one_key_answers_at_once_and_a_row_ends_with_the_hash() {
        let mut one = ear(Keys::One);
        assert_eq!(one.key('2', Prompt::Held), None, "not before it was heard");
        assert_eq!(one.key('A', Prompt::Free), None, "no phone of people has that");
        assert_eq!(one.key('2', Prompt::Free), Some(Answer::Keys("2".to_owned())));
        assert_eq!(one.key('3', Prompt::Free), None);
        let mut many = ear(Keys::Many);
        assert!("4827".chars().all(|key| many.key(key, Prompt::Free).is_none()) && many.interrupts());
        assert_eq!(many.key('#', Prompt::None), Some(Answer::Keys("4827".to_owned())));
        assert_eq!(ear(Keys::Many).key('#', Prompt::None), Some(Answer::Silence));
    }

    #[test]
    fn a_row_of_keys_ends_when_no_other_follows() {
        let mut ear = ear(Keys::Many);
        ear.key('4', Prompt::None);
        assert_eq!(hears(&mut ear, &SILENCE, 900, Prompt::None), None);
        ear.key('8', Prompt::None);
        assert_eq!(hears(&mut ear, &SILENCE, 980, Prompt::None), None);
        assert_eq!(hears(&mut ear, &SILENCE, 40, Prompt::None), Some(Answer::Keys("48".to_owned())));
    }

    #[test]
    fn silence_is_counted_from_the_end_of_the_prompt() {
        let mut ear = ear(Keys::One);
        assert_eq!(hears(&mut ear, &SILENCE, 5_000, Prompt::Free), None);
        assert_eq!(hears(&mut ear, &SILENCE, 980, Prompt::None), None);
        assert_eq!(hears(&mut ear, &SILENCE, 20, Prompt::None), Some(Answer::Silence));
    }

    #[test]
    fn a_line_that_suppresses_silence_ends_what_is_said_as_well() {
        let mut ear = ear(Keys::One);
        hears(&mut ear, &voice(), 600, Prompt::None);
        let answer = (0..30).find_map(|_| ear.beat(Prompt::None));
        assert!(matches!(answer, Some(Answer::Speech(_))), "{answer:?}");
    }

    #[test]
    fn who_never_stops_is_heard_all_the_same() {
        let mut ear = ear(Keys::One);
        let answer = hears(&mut ear, &voice(), 31_000, Prompt::None);
        assert!(matches!(answer, Some(Answer::Speech(_))), "{answer:?}");
    }

    #[test]
    fn what_was_being_said_when_the_line_broke_is_there() {
        let mut ear = ear(Keys::One);
        assert_eq!(ear.unfinished(), None);
        ear.open(Keys::One);
        hears(&mut ear, &voice(), 600, Prompt::None);
        assert!(ear.unfinished().is_some());
    }

    #[test]
    fn frames_of_any_length_are_the_same_sound() {
        let mut ear = ear(Keys::One);
        let long: Vec<i16> = voice().repeat(30);
        assert_eq!(ear.sound(&long, Prompt::None), None);
        let quiet = vec![0; SAMPLES * 20 + 7];
        assert!(matches!(ear.sound(&quiet, Prompt::None), Some(Answer::Speech(_))));
    }
}
