//! How well and how fast speech is understood here, as JSON: `bench_speech MODEL_FOLDER [--quick] [--show]`.
//!
//! Speaks the sentences beside this file with espeak-ng (several voices and paces), as they are and as a voice note
//! (ogg/opus, 16 kbit/s, by ffmpeg), and compares what is understood with what was said, with and without hints and
//! repair. `--quick` takes every third sentence as a voice note, without hints and with the default; `--show` prints
//! each transcript. Set CANDLE_NUM_THREADS=1 and RAYON_NUM_THREADS=1 to measure one core. A robot's voice only shows gross differences; the JSON says so too.
#![expect(clippy::print_stdout, reason = "a benchmark speaks on the terminal")]

mod score;
mod voices;

use std::path::Path;

use serde_json::{Value, json};
use ventanilla_speech::decode::{Limits, decode};
use ventanilla_speech::repair::{DomainWord, HeardWord, Names, Repairer};
use ventanilla_speech::voice::{Heard, trim};
use ventanilla_speech::whisper::{Ask, HintUse, Language, Transcript, Whisper};

use score::{Score, Sentence, Spent};

const SENTENCES: &str = include_str!("sentences.tsv");
const WORDS: &str = include_str!("hints.txt");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("say where the model is")?;
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    let (quick, show) = (asked("--quick"), asked("--show"));
    let whisper = Whisper::open(Path::new(&folder))?;
    let after_open = score::memory();
    let bench = Bench {
        whisper,
        domain: domain(),
        sentences: sentences(if quick { 3 } else { 1 }),
        known: known(),
        quick,
        show,
    };
    let mut rows = Vec::new();
    let sounds: &[&str] = if quick { &["opus16"] } else { &["mp3", "opus16"] };
    for &sound in sounds {
        for hint_use in bench.hint_uses() {
            rows.append(&mut bench.row(sound, hint_use)?);
        }
    }
    let told = json!({
        "voices": "espeak-ng only: good for comparing rows, not for promising a rate to people",
        "sentences": bench.sentences.len(),
        "memory_after_open": after_open,
        "memory_at_end": score::memory(),
        "rows": rows,
    });
    println!("{}", serde_json::to_string_pretty(&told)?);
    Ok(())
}

struct Bench {
    whisper: Whisper,
    domain: Vec<DomainWord>,
    sentences: Vec<Sentence>,
    known: Vec<String>,
    quick: bool,
    show: bool,
}

impl Bench {
    fn hint_uses(&self) -> Vec<HintUse> {
        let all = [HintUse::Off, HintUse::Before, HintUse::Likelier, HintUse::Both];
        if self.quick { vec![HintUse::Off, HintUse::default()] } else { all.to_vec() }
    }

    /// One way of hearing, without and with repair.
    fn row(&self, sound: &str, hint_use: HintUse) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let repairer = Repairer::new(self.domain.clone(), self.known.iter().map(String::as_str));
        let hints: Vec<String> = self.domain.iter().map(|word| word.text.clone()).collect();
        let ask = Ask { language: Language::Es, hints: &hints, hint_use };
        let (mut plain, mut repaired) = (Score::default(), Score::default());
        for (at, sentence) in self.sentences.iter().enumerate() {
            let bytes = voices::speak(&sentence.text, at, sound)?;
            let started = score::cpu();
            let pcm = decode(&bytes, &Limits::default())?;
            let decoding = score::cpu() - started;
            let Heard::Speech(pcm) = trim(&pcm) else { return Err("nobody speaks".into()) };
            let transcript = self.whisper.transcribe(&pcm, &ask, &|| false)?;
            let spent = Spent { decoding, all: score::cpu() - started };
            let mended = mend(&repairer, &transcript);
            if self.show {
                eprintln!(
                    "{sound} {hint_use:?} {:.2} | {} | {mended} || {}",
                    transcript.confidence,
                    transcript.text,
                    score::worded(&transcript)
                );
            }
            plain.add(sentence, &transcript.text, &transcript, spent);
            repaired.add(sentence, &mended, &transcript, spent);
        }
        Ok([(plain, false), (repaired, true)]
            .map(|(score, repair)| score.told(sound, hint_use, repair))
            .to_vec())
    }
}

fn mend(repairer: &Repairer, transcript: &Transcript) -> String {
    let words = transcript.words.iter();
    let heard: Vec<HeardWord<'_>> =
        words.map(|word| HeardWord { text: &word.text, probability: word.probability }).collect();
    repairer.repair(&heard).text
}

fn sentences(every: usize) -> Vec<Sentence> {
    let lines = SENTENCES.lines().step_by(every).filter_map(|line| line.split_once('\t'));
    lines.map(|(text, keys)| Sentence::new(text, keys)).collect()
}

/// The example phrases of the intents, if this is run where they are: the words that people here use.
fn known() -> Vec<String> {
    let files = std::fs::read_dir("intents").into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

/// Everything after "# places" is one.
fn domain() -> Vec<DomainWord> {
    let mut names = Names::Thing;
    let mut all = Vec::new();
    for line in WORDS.lines() {
        match line {
            "# things" => names = Names::Thing,
            "# places" => names = Names::Place,
            text => all.push(DomainWord { text: text.into(), names }),
        }
    }
    all
}
