//! Compares what was understood with what was said.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla_speech::whisper::{HintUse, Transcript};

pub(super) struct Sentence {
    pub text: String,
    plain: Vec<String>,
    keys: Vec<String>,
}

impl Sentence {
    pub(super) fn new(text: &str, keys: &str) -> Self {
        let keys = keys.split(',').map(|key| words(key).join(" ")).collect();
        Self { text: text.into(), plain: words(text), keys }
    }
}

/// Processor time for one sentence.
#[derive(Clone, Copy)]
pub(super) struct Spent {
    pub decoding: Duration,
    pub all: Duration,
}

/// Sums over the sentences.
#[derive(Default)]
pub(super) struct Score {
    wrong: usize,
    words: usize,
    wrong_letters: usize,
    letters: usize,
    keys_found: usize,
    keys: usize,
    spent: Duration,
    decoding: Duration,
    heard: f32,
    retried: usize,
    /// Of each sentence: how sure, and the share of words that were right.
    sure: Vec<(f32, f32)>,
}

impl Score {
    pub(super) fn add(&mut self, said: &Sentence, text: &str, transcript: &Transcript, spent: Spent) {
        let heard = words(text);
        let wrong = edits(&said.plain, &heard);
        self.wrong += wrong;
        self.words += said.plain.len();
        let letters = |words: &[String]| words.join(" ").chars().collect::<Vec<char>>();
        self.wrong_letters += edits(&letters(&said.plain), &letters(&heard));
        self.letters += letters(&said.plain).len();
        let line = format!(" {} ", heard.join(" "));
        self.keys_found += said.keys.iter().filter(|key| line.contains(&format!(" {key} "))).count();
        self.keys += said.keys.len();
        self.spent += spent.all;
        self.decoding += spent.decoding;
        self.heard += transcript.seconds;
        self.retried += usize::from(transcript.retried);
        let right = 1.0 - (wrong as f32 / said.plain.len() as f32).min(1.0);
        self.sure.push((transcript.confidence, right));
    }

    pub(super) fn told(&self, sound: &str, hint_use: HintUse, repair: bool) -> Value {
        let share = |part: usize, whole: usize| round(part as f32 / whole.max(1) as f32);
        json!({
            "sound": sound,
            "hints": format!("{hint_use:?}"),
            "repair": repair,
            "wer": share(self.wrong, self.words),
            "cer": share(self.wrong_letters, self.letters),
            "key_recall": share(self.keys_found, self.keys),
            "cpu_real_time_factor": round(self.spent.as_secs_f32() / self.heard),
            "of_it_decoding_the_file": round(self.decoding.as_secs_f32() / self.heard),
            "retried": self.retried,
            "confidence": self.calibration(),
        })
    }

    /// Mean confidence and mean share of right words, from the least sure third to the surest.
    fn calibration(&self) -> Vec<(f32, f32)> {
        let mut sorted = self.sure.clone();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mean = |third: &[(f32, f32)], pick: fn(&(f32, f32)) -> f32| {
            round(third.iter().map(pick).sum::<f32>() / third.len() as f32)
        };
        sorted
            .chunks(sorted.len().div_ceil(3))
            .map(|third| (mean(third, |pair| pair.0), mean(third, |pair| pair.1)))
            .collect()
    }
}

fn round(value: f32) -> f32 {
    (value * 1_000.0).round() / 1_000.0
}

pub(super) fn worded(transcript: &Transcript) -> String {
    transcript
        .words
        .iter()
        .map(|word| format!("{}:{:.2}", word.text, word.probability))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lower case, without accents and punctuation.
fn words(text: &str) -> Vec<String> {
    let bare = |letter: char| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        letter => letter,
    };
    let letters: String = text.to_lowercase().chars().map(bare).collect();
    letters
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn edits<T: PartialEq>(left: &[T], right: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, b) in right.iter().enumerate() {
            let swapped = diagonal + usize::from(a != b);
            diagonal = row[place + 1];
            row[place + 1] = swapped.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Processor time that this process has used: on a busy machine the clock on the wall says little.
pub(super) fn cpu() -> Duration {
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = line.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Memory in use, and the most that ever was, as Linux says it.
pub(super) fn memory() -> Value {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).map(str::to_owned)
    };
    json!({ "resident": of("VmRSS:"), "peak": of("VmHWM:") })
}
