//! Finds a CURP, an RFC or a plate in an answer: "mi curp es HEGG 560427 MVZRRL04, gracias".

/// A code has so many pieces at most when it is written with spaces.
const MOST_PIECES: usize = 6;
/// Words of an answer that are looked at.
const MOST_WORDS: usize = 40;

/// What `parse` makes of the whole text, or of neighbouring words of it. Its error is that of the piece that looks most
/// like a code, or of nothing.
pub(crate) fn find<T, E>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> Result<T, E> {
    let whole = parse(text);
    if whole.is_ok() {
        return whole;
    }
    let mark = |c: char| !c.is_alphanumeric() && c != '&';
    let words = text.split_whitespace().map(|word| word.trim_matches(mark)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(MOST_WORDS).collect();
    for start in 0..words.len() {
        for end in start + 1..=words.len().min(start + MOST_PIECES) {
            let found = parse(&words.get(start..end).unwrap_or_default().join(" "));
            if found.is_ok() {
                return found;
            }
        }
    }
    let likely = likely(&words);
    // A sentence without a code in it is no code that is too long.
    parse(&likely)
}

/// The longest row of words with digits in them, with what is written in capitals around.
fn likely(words: &[&str]) -> String {
    let digits = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase));
    let part = |word: &&str| digits(word) || (!shouted && !word.chars().any(char::is_lowercase));
    let runs = words.split(|word| !part(word)).filter(|run| run.iter().any(|word| digits(word)));
    runs.map(|run| run.join(" ")).max_by_key(String::len).unwrap_or_default()
}
