//! How easily a Spanish text is read.

use super::syllables;

/// Fewer words say nothing about how a text reads.
const WORDS: usize = 12;
/// INFLESZ: from 55 on a text reads as a newspaper does, from 65 on fairly easily. People who read little should not
/// meet less than 60.
pub(super) const EASY: f64 = 60.0;

/// The Fernández-Huerta score of a Spanish text, 0 (hard) to 100 (easy); none where it is too short to tell.
///
/// `206.84 - 60 · (syllables / words) - 1.02 · (words / sentences)`: the formula of 1959 as G. Law corrected it in
/// 2011 (its F is words per sentence). There is none for English here: Flesch's counts syllables of English spelling,
/// which no short rule does.
pub(super) fn score(text: &str) -> Option<f64> {
    let sentences = text.split(['.', '!', '?', '…', '\n']);
    let (mut words, mut syllables_, mut sentences_) = (0_u32, 0_u32, 0_u32);
    for sentence in sentences {
        let counted = sentence.split(|c: char| !c.is_alphanumeric()).map(syllables::count).filter(|n| *n > 0);
        let (in_sentence, said) = counted.fold((0, 0), |(words, said), n| (words + 1, said + n));
        words += u32::try_from(in_sentence).unwrap_or_default();
        syllables_ += u32::try_from(said).unwrap_or_default();
        sentences_ += u32::from(in_sentence > 0);
    }
    if usize::try_from(words).unwrap_or_default() < WORDS {
        return None;
    }
    let per_word = f64::from(syllables_) / f64::from(words);
    let per_sentence = f64::from(words) / f64::from(sentences_.max(1));
    Some(206.84 - 60.0 * per_word - 1.02 * per_sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_by_hand() {
        // 13 words, 21 syllables, 2 sentences.
        let text = "Dime la calle y el cruce. Si puedes, manda una foto del bache.";
        let expected = 206.84 - 60.0 * (21.0 / 13.0) - 1.02 * (13.0 / 2.0);
        assert!((score(text).unwrap() - expected).abs() < 1e-9, "{:?}", score(text));
        assert!(score(text).unwrap() > EASY);
    }

    #[test]
    fn the_words_of_offices_are_hard_and_short_texts_are_not_judged() {
        let office = "La presentación de la documentación correspondiente constituye requisito indispensable para la \
                      continuación del procedimiento administrativo solicitado.";
        assert!(score(office).unwrap() < 20.0);
        assert_eq!(score("Identificación oficial vigente."), None);
        assert_eq!(score(""), None);
    }
}
