//! Which pieces stay.

use super::ImportError;
use crate::file::SPECIAL;

/// Bit `i`, least significant first, says whether piece `i` stays. Made by `tools/choose_vocabulary.py`, which says how
/// the pieces were chosen.
static ES_EN_PT: &[u8] = include_bytes!("vocabulary-es-en-pt.bits");

/// Pieces of the original model.
const ORIGINAL: usize = 250_002;

/// Which pieces stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// Those that Spanish, English and Portuguese need, of the original's 250,002: a third of the size. Other scripts
    /// become unknown.
    EsEnPt,
    /// All.
    Whole,
}

impl Vocabulary {
    /// The ids that stay, in order, special ones first.
    ///
    /// # Errors
    /// When these are not the pieces that the choice was made for.
    pub(super) fn choose(self, pieces: &[(String, f32)]) -> Result<Vec<usize>, ImportError> {
        if !pieces.iter().zip(SPECIAL).all(|((piece, _), special)| piece == special) {
            return Err(ImportError::content("the vocabulary does not begin with <s>, <pad>, </s>, <unk>"));
        }
        match self {
            Self::Whole => Ok((0..pieces.len()).collect()),
            Self::EsEnPt if pieces.len() == ORIGINAL => Ok((0..ORIGINAL).filter(|i| stays(*i)).collect()),
            Self::EsEnPt => Err(ImportError::content(format!(
                "the vocabulary has {} pieces, not {ORIGINAL}",
                pieces.len()
            ))),
        }
    }
}

fn stays(piece: usize) -> bool {
    ES_EN_PT.get(piece / 8).is_some_and(|byte| byte >> (piece % 8) & 1 == 1)
}

/// `items` at `ids`.
pub(super) fn pick<T: Clone>(items: &[T], ids: &[usize]) -> Vec<T> {
    ids.iter().filter_map(|id| items.get(*id)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_fits_the_original() {
        assert_eq!(ES_EN_PT.len(), ORIGINAL.div_ceil(8));
        let kept = (0..ES_EN_PT.len() * 8).filter(|i| stays(*i)).collect::<Vec<_>>();
        assert_eq!(kept.len(), 43_500);
        assert_eq!(kept[..4], [0, 1, 2, 3]);
        assert!(kept.last().is_some_and(|last| *last < ORIGINAL));
    }

    #[test]
    fn another_vocabulary_is_not_cut_by_the_wrong_measure() {
        let pieces: Vec<_> = SPECIAL.iter().map(|piece| ((*piece).to_owned(), 0.0)).collect();
        assert_eq!(Vocabulary::Whole.choose(&pieces).unwrap(), [0, 1, 2, 3]);
        let refused = Vocabulary::EsEnPt.choose(&pieces).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the weights cannot be read: the vocabulary has 4 pieces, not 250002"
        );
        assert!(Vocabulary::Whole.choose(&[("a".to_owned(), 0.0)]).is_err());
    }
}
