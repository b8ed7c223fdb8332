//! What was understood: text, words, and how sure.

use super::say::Said;
use super::tokens::Tokens;

/// What a recording says.
#[derive(Clone, PartialEq)]
pub struct Transcript {
    /// The words, as Whisper writes them: with capitals and full stops. Empty when nothing was understood.
    pub text: String,
    /// 0 to 1: the share of words that are expected to be right. Made from the mean
    /// probability of the tokens, p, as 1.6 p - 0.45: the line that fitted synthetic voices.
    pub confidence: f32,
    /// 0 to 1: how probable it is that nobody speaks.
    pub no_speech: f32,
    /// The words of `text`, in order, each as sure as its weakest part.
    pub words: Vec<Word>,
    /// How long the recording is, in seconds.
    pub seconds: f32,
    /// The likeliest words went round in circles, so these come from another try: trust them less.
    pub retried: bool,
}

/// What people say is theirs: only the measure of it is shown.
impl std::fmt::Debug for Transcript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transcript")
            .field("words", &self.words.len())
            .field("confidence", &self.confidence)
            .field("no_speech", &self.no_speech)
            .field("seconds", &self.seconds)
            .finish_non_exhaustive()
    }
}

/// One word of a [`Transcript`].
#[derive(Clone, PartialEq)]
pub struct Word {
    /// As in the text, with its capitals and full stops, without spaces.
    pub text: String,
    /// 0 to 1: the geometric mean of the probabilities of its tokens.
    pub probability: f32,
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Word({:.2})", self.probability)
    }
}

/// What Whisper writes where nobody speaks, learnt from the credits of films. Left out when it is all there is.
const CREDITS: [&str; 6] = [
    "subtítulos realizados por la comunidad de amara.org",
    "subtítulos por la comunidad de amara.org",
    "¡gracias por ver el video!",
    "gracias por ver el video",
    "thanks for watching!",
    "thank you for watching",
];

pub(super) fn join(pieces: &[Said], tokens: &Tokens, seconds: f32) -> Transcript {
    let words: Vec<Word> = pieces.iter().flat_map(|piece| words(piece, tokens)).collect();
    let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let no_speech = pieces.iter().map(|piece| piece.no_speech).fold(1.0, f32::min);
    let retried = pieces.iter().any(|piece| piece.looped);
    if is_credit(&text) {
        let no_speech = no_speech.max(0.5);
        return Transcript {
            text: String::new(),
            confidence: 0.0,
            no_speech,
            words: Vec::new(),
            seconds,
            retried,
        };
    }
    Transcript { confidence: confidence(pieces), text, no_speech, words, seconds, retried }
}

fn is_credit(text: &str) -> bool {
    let said = text.to_lowercase();
    CREDITS.iter().any(|credit| said.trim_end_matches('.') == credit.trim_end_matches('.'))
}

fn words(piece: &Said, tokens: &Tokens) -> Vec<Word> {
    let mut words: Vec<(Vec<u32>, f32)> = Vec::new();
    for (&token, &probability) in piece.tokens.iter().zip(&piece.probabilities) {
        if tokens.is_special(token) {
            continue;
        }
        let log = probability.max(1e-9).ln();
        match words.last_mut() {
            Some((parts, sum)) if !tokens.begins_word(token) => {
                parts.push(token);
                *sum += log;
            }
            _ => words.push((vec![token], log)),
        }
    }
    let word = |(parts, sum): (Vec<u32>, f32)| Word {
        text: tokens.decode(&parts).trim().to_owned(),
        probability: (sum / parts.len() as f32).exp(),
    };
    words.into_iter().map(word).filter(|word| !word.text.is_empty()).collect()
}

fn confidence(pieces: &[Said]) -> f32 {
    let all: Vec<f32> = pieces.iter().flat_map(|piece| piece.probabilities.iter().copied()).collect();
    if pieces.iter().all(|piece| piece.tokens.is_empty()) {
        return 0.0;
    }
    calibrated(all.iter().sum::<f32>() / all.len() as f32)
}

/// From the mean probability of the tokens to the share of words that are right: a line through what was measured
/// with synthetic voices (0.50 -> 0.35, 0.64 -> 0.63, 0.76 -> 0.76), because Whisper doubts itself too little when it
/// has misunderstood and too much when it has not. Voices of people may need another one.
fn calibrated(mean: f32) -> f32 {
    (1.6 * mean - 0.45).clamp(0.0, 1.0)
}
