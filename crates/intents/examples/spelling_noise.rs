//! What noise costs and what mending wins back, on the held-out phrases of a folder:
//! `cargo run --release -p ventanilla-intents --example spelling_noise -- intents`
//! With `--show N` the first N mended phrases are printed; words after `--` are mended and timed.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::time::Instant;

use ventanilla_intents::{
    Labelled, LanguageGuess, Languages, Model, Noise, PhraseBook, Speller, TrainOptions, evaluate, load,
};
use ventanilla_values::{Lang, SourceFile};

const SEEDS: u64 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "intents".to_owned());
    let book = read(&folder)?;
    let phrases: Vec<&str> = book.intents.iter().flat_map(|i| i.learnt().map(|(_, text)| text)).collect();
    let started = Instant::now();
    let speller = Speller::new(phrases.iter().copied());
    println!(
        "{} phrases, speller in {:.1} ms, {speller:?}",
        phrases.len(),
        started.elapsed().as_secs_f32() * 1e3
    );
    let said: Vec<String> = std::env::args().skip(2).collect();
    if said.first().is_some_and(|first| first != "--show") {
        for text in said {
            let started = Instant::now();
            let fixed = speller.fix(&text);
            println!("{text} -> {} ({:?})", fixed.text, started.elapsed());
        }
        return Ok(());
    }
    if let Some(n) = said.get(1) {
        show(&speller, &book, n.parse()?);
        return Ok(());
    }
    table(&book, &speller);
    languages(&book);
    Ok(())
}

/// How often the language of the held-out phrases is told right, wrong, or not at all.
fn languages(book: &PhraseBook) {
    let model = Model::train(book, &TrainOptions::default());
    let mut own = Languages::built_in();
    for (lang, text) in book.intents.iter().flat_map(|i| i.learnt()) {
        own.learn(lang, text);
    }
    let built_in = Languages::built_in();
    for short in [false, true] {
        let mut counts = [[0u32; 3]; 3];
        for (lang, text) in
            book.intents.iter().flat_map(|i| &i.test).flat_map(|(l, all)| all.iter().map(move |t| (*l, t)))
        {
            if short && text.split(' ').count() > 3 {
                continue;
            }
            let told = |guess: Option<LanguageGuess>| guess.map(|guess| guess.lang);
            let all = [model.understand(text).language, told(built_in.guess(text)), told(own.guess(text))];
            for (count, guess) in counts.iter_mut().zip(all) {
                count[guess.map_or(2, |guess| usize::from(guess != lang))] += 1;
            }
        }
        println!(
            "language, {}: [right, wrong, not told] head {:?}, built in {:?}, with phrases {:?}",
            if short { "up to 3 words" } else { "all" },
            counts[0],
            counts[1],
            counts[2]
        );
    }
}

fn table(book: &PhraseBook, speller: &Speller) {
    let plain = Model::train(book, &TrainOptions::default());
    let mended = Model::train(&mend_book(book, speller), &TrainOptions::default());
    println!("top-1 in scope, % (mean of {SEEDS} seeds)      raw    fix at asking  fix also in training");
    for (name, noise) in [("clean", None), ("light", Some(Noise::LIGHT)), ("heavy", Some(Noise::HEAVY))] {
        let mut sums = [0.0f32; 3];
        let mut micros = 0.0;
        for seed in 0..SEEDS {
            let data: Vec<Labelled> = spanish(book).map(|l| spoil(l, noise, seed)).collect();
            let started = Instant::now();
            let fixed: Vec<Labelled> =
                data.iter().map(|l| Labelled::new(speller.fix(&l.text).text, &*l.intent)).collect();
            micros += started.elapsed().as_secs_f32() * 1e6 / data.len() as f32;
            let all = [evaluate(&plain, &data), evaluate(&plain, &fixed), evaluate(&mended, &fixed)];
            for (sum, report) in sums.iter_mut().zip(&all) {
                *sum += report.in_scope_accuracy * 100.0 / SEEDS as f32;
            }
        }
        println!(
            "{name:8} {:28.1} {:12.1} {:14.1}   {:.0} us/phrase",
            sums[0],
            sums[1],
            sums[2],
            micros / SEEDS as f32
        );
    }
}

fn spoil(labelled: &Labelled, noise: Option<Noise>, seed: u64) -> Labelled {
    let text = noise.map_or_else(|| labelled.text.clone(), |noise| noise.apply(&labelled.text, seed));
    Labelled::new(text, &*labelled.intent)
}

fn spanish(book: &PhraseBook) -> impl Iterator<Item = &Labelled> {
    let all = book.intents.iter().flat_map(|i| {
        let texts = i.test.get(&Lang::ES).into_iter().flatten();
        texts.map(|text| Labelled::new(text.as_str(), &*i.name))
    });
    all.collect::<Vec<_>>().leak().iter()
}

fn mend_book(book: &PhraseBook, speller: &Speller) -> PhraseBook {
    let mut mended = book.clone();
    for text in mended.intents.iter_mut().flat_map(|i| i.phrases.values_mut().flatten()) {
        *text = speller.fix(text).text;
    }
    mended
}

fn show(speller: &Speller, book: &PhraseBook, n: usize) {
    for labelled in spanish(book).step_by(7).take(n) {
        for noise in [None, Some(Noise::HEAVY)] {
            let spoilt = spoil(labelled, noise, 3);
            let fixed = speller.fix(&spoilt.text).text;
            if fixed != labelled.text {
                println!("  {}\n- {}\n+ {fixed}\n", labelled.text, spoilt.text);
            }
        }
    }
}

fn read(folder: &str) -> Result<PhraseBook, Box<dyn Error>> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("intents/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if name.ends_with(".yaml") {
            sources.push(SourceFile { path: name, text: std::fs::read_to_string(&path)? });
        }
    }
    Ok(load(&sources).0)
}
