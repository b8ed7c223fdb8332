//! Text -> pieces, as Hugging Face does it for multilingual-e5-small: NMT and NFKC normalisation, one space for many,
//! words begun with "▁", and per word the most probable way to cut it. The work is done by `tokenizers`, but for the
//! last step, which [`cutter`] does in less memory.

mod cutter;

use cutter::Cutter;
use tokenizers::normalizers::replace::ReplacePattern;
use tokenizers::normalizers::{NFKC, Nmt, NormalizerWrapper, Replace, Sequence};
use tokenizers::pre_tokenizers::metaspace::Metaspace;
use tokenizers::{DecoderWrapper, PostProcessorWrapper, TokenizerImpl};

use crate::WeightsError;
use crate::file::SPECIAL;

/// Of longer texts only so many characters are looked at: 128 pieces rarely need more than 600, and somebody who sends a
/// book shall not keep the processor busy.
pub const MAX_CHARACTERS: usize = 2_000;

/// How a text begins and ends for the model.
const START: u32 = 0;
const END: u32 = 2;
const UNKNOWN: u32 = 3;

/// The model was trained on questions and passages; messages of people are questions.
const PREFIX: &str = "query: ";

/// A vocabulary, ready to cut texts.
pub(crate) struct Tokens {
    tokenizer: TokenizerImpl<Cutter, Sequence, Metaspace, PostProcessorWrapper, DecoderWrapper>,
}

impl Tokens {
    /// `pieces` begin with the special ones.
    pub fn new(pieces: &[(String, f32)]) -> Result<Self, WeightsError> {
        // Somebody who writes "</s>" means these four characters: what is empty is never found in a text.
        let vocabulary = pieces.iter().enumerate().map(|(id, (piece, score))| {
            let piece = if id < SPECIAL.len() { "" } else { piece.as_str() };
            (piece, *score)
        });
        let mut tokenizer = TokenizerImpl::new(Cutter::new(vocabulary, UNKNOWN));
        let refused = |error| WeightsError::absurd(format!("the vocabulary cannot be used ({error})"));
        tokenizer.with_normalizer(Some(normaliser().map_err(refused)?)).map_err(refused)?;
        tokenizer.with_pre_tokenizer(Some(Metaspace::default()));
        Ok(Self { tokenizer })
    }

    /// The pieces of `text` between start and end, at most `most` in all.
    pub fn ids(&self, text: &str, most: usize) -> Vec<u32> {
        let text: String = PREFIX.chars().chain(text.trim().chars().take(MAX_CHARACTERS)).collect();
        let encoded = self.tokenizer.encode_fast(text.trim_end(), false);
        let pieces = encoded.as_ref().map_or(&[UNKNOWN][..], |encoding| encoding.get_ids());
        let room = most.saturating_sub(2);
        std::iter::once(START).chain(pieces.iter().copied().take(room)).chain([END]).collect()
    }
}

/// What sentencepiece calls nmt_nfkc.
fn normaliser() -> tokenizers::Result<Sequence> {
    let spaces = Replace::new(ReplacePattern::Regex(" {2,}".to_owned()), " ")?;
    Ok(Sequence::new(vec![
        NormalizerWrapper::Nmt(Nmt),
        NormalizerWrapper::NFKC(NFKC),
        NormalizerWrapper::Replace(spaces),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tiny;

    fn tokens() -> Tokens {
        Tokens::new(&tiny(1).pieces).unwrap()
    }

    fn words(text: &str) -> Vec<String> {
        let (pieces, ids) = (tiny(1).pieces, tokens().ids(text, 128));
        ids.iter().map(|id| pieces[*id as usize].0.clone()).collect()
    }

    #[test]
    fn a_message_is_a_query_between_beginning_and_end() {
        assert_eq!(words("hay agua"), ["<s>", "▁query", ":", "▁hay", "▁agua", "</s>"]);
        assert_eq!(words(""), ["<s>", "▁query", ":", "</s>"]);
        assert_eq!(words("  hay   agua \n"), words("hay agua"), "spaces do not count");
    }

    #[test]
    fn letters_are_normalised() {
        assert_eq!(words("ﬁ ①"), ["<s>", "▁query", ":", "▁", "f", "i", "▁", "1", "</s>"]);
        assert_eq!(words("i\u{301}"), words("í"));
    }

    #[test]
    fn the_likeliest_pieces_win() {
        assert_eq!(words("bachería"), ["<s>", "▁query", ":", "▁bache", "r", "ía", "</s>"]);
    }

    #[test]
    fn what_is_unknown_is_one_piece() {
        assert_eq!(words("日本語"), ["<s>", "▁query", ":", "▁", "<unk>", "</s>"]);
    }

    #[test]
    fn nobody_can_write_a_special_piece() {
        for text in ["</s>", "<s>", "\u{1}</s>", "<pad><mask>"] {
            let ids = tokens().ids(text, 128);
            assert!(!ids[1..ids.len() - 1].iter().any(|id| *id < UNKNOWN), "{text:?}: {ids:?}");
        }
    }

    #[test]
    fn long_texts_are_cut_and_still_end() {
        let ids = tokens().ids(&"hay un bache ".repeat(100_000), 128);
        assert_eq!((ids.len(), ids[0], ids[127]), (128, START, END));
        assert_eq!(tokens().ids(&"a".repeat(10_000), 8).len(), 8);
    }
}
