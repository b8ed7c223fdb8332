//! Whisper's tokens: the special ones that steer it, and text from and to numbers.

use std::path::Path;

use tokenizers::Tokenizer;

use super::Language;
use super::folder::{TOKENIZER, WeightsError};

/// The tokenizer, and the special tokens looked up in it.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    pub end: u32,
    pub start: u32,
    pub before: u32,
    pub no_speech: u32,
    spanish: u32,
    english: u32,
    transcribe: u32,
    no_timestamps: u32,
}

impl Tokens {
    pub(super) fn open(folder: &Path, vocabulary: usize) -> Result<Self, WeightsError> {
        let path = folder.join(TOKENIZER);
        let damaged = || WeightsError::Damaged { file: path.clone() };
        let tokenizer = Tokenizer::from_file(&path).map_err(|_| damaged())?;
        Self::find(tokenizer, vocabulary).ok_or_else(damaged)
    }

    fn find(tokenizer: Tokenizer, vocabulary: usize) -> Option<Self> {
        let id = |name: &str| tokenizer.token_to_id(name).filter(|&id| (id as usize) < vocabulary);
        Some(Self {
            end: id("<|endoftext|>")?,
            start: id("<|startoftranscript|>")?,
            before: id("<|startofprev|>")?,
            // The hub renamed this token; older files have the first name.
            no_speech: id("<|nocaptions|>").or_else(|| id("<|nospeech|>"))?,
            spanish: id("<|es|>")?,
            english: id("<|en|>")?,
            transcribe: id("<|transcribe|>")?,
            no_timestamps: id("<|notimestamps|>")?,
            tokenizer,
        })
    }

    /// What a transcript begins with: start, language, task, and that no times are wanted.
    pub(super) fn opening(&self, language: Language) -> [u32; 4] {
        let language = match language {
            Language::Es => self.spanish,
            Language::En => self.english,
        };
        [self.start, language, self.transcribe, self.no_timestamps]
    }

    /// Everything from the end token on is special: markers and times, never words.
    pub(super) fn is_special(&self, token: u32) -> bool {
        token >= self.end
    }

    pub(super) fn encode(&self, text: &str) -> Vec<u32> {
        let encoded = self.tokenizer.encode_fast(text, false);
        encoded.map(|encoded| encoded.get_ids().to_vec()).unwrap_or_default()
    }

    pub(super) fn decode(&self, tokens: &[u32]) -> String {
        self.tokenizer.decode(tokens, true).unwrap_or_default()
    }

    /// Whether a token begins a new word: the byte-level alphabet writes a space as "Ġ".
    pub(super) fn begins_word(&self, token: u32) -> bool {
        self.tokenizer.id_to_token(token).is_some_and(|piece| piece.starts_with('Ġ'))
    }
}
