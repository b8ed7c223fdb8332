//! A word -> its most probable pieces: the Unigram model of `tokenizers`, in a sixth of its memory. That one keeps a hash
//! map per letter of each piece, 20 MB for our vocabulary; this one keeps the pieces sorted. It cuts the same way, as a
//! test here shows, and plugs into the same pipeline. It also remembers no words, which would be words of citizens.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tokenizers::models::unigram::UnigramTrainer;
use tokenizers::{Model, Result, Token};

/// How much less probable than the least probable piece an unknown character is: as in sentencepiece.
const PENALTY: f64 = 10.0;

pub(super) struct Cutter {
    /// Sorted by their bytes.
    pieces: Vec<Piece>,
    /// The bytes of all pieces, one after the other.
    bytes: Vec<u8>,
    unknown: u32,
    unknown_score: f64,
}

#[derive(Clone, Copy)]
struct Piece {
    start: u32,
    length: u32,
    id: u32,
    score: f32,
}

/// The best way to a place in the word: its last piece.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    id: u32,
    score: f64,
}

impl Cutter {
    /// A piece's place in `vocabulary` is its id. Empty pieces are never found.
    pub fn new<'a>(vocabulary: impl Iterator<Item = (&'a str, f32)> + Clone, unknown: u32) -> Self {
        let mut sorted: Vec<_> = vocabulary.clone().zip(0u32..).collect();
        sorted.sort_by_key(|((piece, _), _)| *piece);
        let mut made =
            Self { pieces: Vec::with_capacity(sorted.len()), bytes: Vec::new(), unknown, unknown_score: 0.0 };
        for ((piece, score), id) in sorted {
            let start = u32::try_from(made.bytes.len()).unwrap_or(u32::MAX);
            made.bytes.extend(piece.bytes());
            let length = u32::try_from(piece.len()).unwrap_or(u32::MAX);
            made.pieces.push(Piece { start, length, id, score });
        }
        made.bytes.shrink_to_fit();
        let least = vocabulary.map(|(_, score)| f64::from(score)).fold(f64::INFINITY, f64::min);
        made.unknown_score = least - PENALTY;
        made
    }

    fn text(&self, piece: &Piece) -> &[u8] {
        self.bytes
            .get(piece.start as usize..)
            .and_then(|rest| rest.get(..piece.length as usize))
            .unwrap_or_default()
    }

    /// Calls `found` with each piece that `text` begins with, shortest first.
    fn beginnings(&self, text: &[u8], mut found: impl FnMut(&Piece)) {
        let mut left = &self.pieces[..];
        for (depth, byte) in text.iter().enumerate() {
            let at = |piece: &Piece| self.text(piece).get(depth).copied();
            left = &left[left.partition_point(|piece| at(piece) < Some(*byte))..];
            left = &left[..left.partition_point(|piece| at(piece) == Some(*byte))];
            // What ends here is sorted before what goes on.
            match left.first() {
                Some(piece) if piece.length as usize == depth + 1 => found(piece),
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Viterbi: the best way to every place, from the left.
    fn steps(&self, word: &str) -> Vec<Option<Step>> {
        let mut steps: Vec<Option<Step>> = vec![None; word.len() + 1];
        for (from, letter) in word.char_indices() {
            let so_far = steps[from].map_or(0.0, |step| step.score);
            let mut known = false;
            let mut take = |length: usize, id: u32, score: f64| {
                let step = &mut steps[from + length];
                if step.is_none_or(|best| score > best.score) {
                    *step = Some(Step { from, id, score });
                }
            };
            self.beginnings(&word.as_bytes()[from..], |piece| {
                known |= piece.length as usize == letter.len_utf8();
                take(piece.length as usize, piece.id, f64::from(piece.score) + so_far);
            });
            if !known {
                take(letter.len_utf8(), self.unknown, self.unknown_score + so_far);
            }
        }
        steps
    }

    /// Pieces of a word, (from, to, id); neighbours that are unknown are one.
    fn cut(&self, word: &str) -> Vec<(usize, usize, u32)> {
        let steps = self.steps(word);
        let mut pieces: Vec<(usize, usize, u32)> = Vec::new();
        let mut to = word.len();
        while let Some(step) = steps[to].filter(|step| step.from < to) {
            match pieces.last_mut() {
                Some((from, _, id)) if *id == self.unknown && step.id == self.unknown => *from = step.from,
                _ => pieces.push((step.from, to, step.id)),
            }
            to = step.from;
        }
        pieces.reverse();
        pieces
    }
}

impl Model for Cutter {
    type Trainer = UnigramTrainer;

    fn tokenize(&self, word: &str) -> Result<Vec<Token>> {
        let token = |(from, to, id)| {
            let text = word.get(from..to).unwrap_or_default();
            Token::new(id, text.to_owned(), (from, to))
        };
        Ok(self.cut(word).into_iter().map(token).collect())
    }

    fn token_to_id(&self, token: &str) -> Option<u32> {
        let at = self.pieces.binary_search_by_key(&token.as_bytes(), |piece| self.text(piece)).ok()?;
        self.pieces.get(at).map(|piece| piece.id)
    }

    fn id_to_token(&self, id: u32) -> Option<String> {
        let piece = self.pieces.iter().find(|piece| piece.id == id)?;
        String::from_utf8(self.text(piece).to_vec()).ok()
    }

    fn get_vocab(&self) -> HashMap<String, u32> {
        let piece = |piece: &Piece| Some((String::from_utf8(self.text(piece).to_vec()).ok()?, piece.id));
        self.pieces.iter().filter_map(piece).collect()
    }

    fn get_vocab_size(&self) -> usize {
        self.pieces.len()
    }

    fn save(&self, _folder: &Path, _prefix: Option<&str>) -> Result<Vec<PathBuf>> {
        Err("the vocabulary is in the weights file".into())
    }

    fn get_trainer(&self) -> UnigramTrainer {
        UnigramTrainer::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokenizers::models::unigram::Unigram;

    use super::*;

    const UNKNOWN: u32 = 0;

    fn both(pieces: &[(String, f32)]) -> (Cutter, Unigram) {
        let ours = Cutter::new(pieces.iter().map(|(piece, score)| (piece.as_str(), *score)), UNKNOWN);
        let theirs = pieces.iter().map(|(piece, score)| (piece.clone(), f64::from(*score))).collect();
        (ours, Unigram::from(theirs, Some(UNKNOWN as usize), false).unwrap())
    }

    fn tokens(model: &impl Model, word: &str) -> Vec<(u32, String, (usize, usize))> {
        let tokens = model.tokenize(word).unwrap();
        tokens.into_iter().map(|token| (token.id, token.value, token.offsets)).collect()
    }

    #[test]
    fn pieces_are_found_by_text_and_by_id() {
        let pieces =
            [("<unk>", 0.0), ("a", -1.0), ("ab", -1.5)].map(|(piece, score)| (piece.to_owned(), score));
        let (cutter, theirs) = both(&pieces);
        assert_eq!(cutter.get_vocab(), theirs.get_vocab());
        assert_eq!((cutter.token_to_id("ab"), cutter.token_to_id("b")), (Some(2), None));
        assert_eq!((cutter.id_to_token(1).as_deref(), cutter.id_to_token(9)), (Some("a"), None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn words_are_cut_as_unigram_cuts_them(
            pieces in prop::collection::btree_map("[abñ▁]{1,4}", -12.0f32..-1.0, 0..40),
            word in "[abcñ▁é👍]{0,12}",
        ) {
            let unknown = [("<unk>".to_owned(), 0.0)];
            let pieces: Vec<_> = unknown.into_iter().chain(pieces).collect();
            let (ours, theirs) = both(&pieces);
            prop_assert_eq!(tokens(&ours, &word), tokens(&theirs, &word));
        }
    }
}
