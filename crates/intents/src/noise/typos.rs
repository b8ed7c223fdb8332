//! One slip in one word.

use super::Dice;
use crate::keyboard::neighbours;

/// What is written for what, by people who write as they speak.
const AS_IT_SOUNDS: &[(&str, &[&str])] = &[
    ("v", &["b"]),
    ("b", &["v"]),
    ("ci", &["si"]),
    ("ce", &["se"]),
    ("z", &["s"]),
    ("s", &["z"]),
    ("h", &[""]),
    ("ll", &["y"]),
    ("y", &["ll"]),
    ("ge", &["je"]),
    ("gi", &["ji"]),
    ("j", &["g"]),
    ("que", &["ke", "qe"]),
    ("qui", &["ki"]),
    ("ca", &["ka"]),
    ("co", &["ko"]),
    ("ch", &["x", "sh"]),
    ("mb", &["nb"]),
    ("mp", &["np"]),
    ("ñ", &["n", "ni"]),
    ("gu", &["w"]),
];

/// The word with one slip; words of one or two letters stay, since people watch those they see whole.
pub(super) fn slip(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let at = dice.below(letters.len());
    match dice.below(6) {
        0 => beside(&mut letters, at, dice),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        3 => {
            let first = at.min(letters.len() - 2);
            letters.swap(first, first + 1);
        }
        4 => return as_it_sounds(word, dice).unwrap_or_else(|| without_accents(word)),
        _ => return dropped_accent_or_letter(word, at),
    }
    letters.into_iter().collect()
}

fn beside(letters: &mut [char], at: usize, dice: &mut Dice) {
    let Some(letter) = letters.get_mut(at) else { return };
    let keys: Vec<char> = neighbours(bare(*letter).to_ascii_lowercase()).chars().collect();
    if !keys.is_empty() {
        *letter = *dice.one_of(&keys);
    }
}

fn as_it_sounds(word: &str, dice: &mut Dice) -> Option<String> {
    let lower = word.to_lowercase();
    let fitting: Vec<_> = AS_IT_SOUNDS.iter().filter(|(letters, _)| lower.contains(letters)).collect();
    if fitting.is_empty() {
        return None;
    }
    let &&(letters, sounds) = dice.one_of(&fitting);
    let sound: &&str = dice.one_of(sounds);
    Some(lower.replacen(letters, sound, 1))
}

/// Without its accents; a word that has none loses a letter.
fn dropped_accent_or_letter(word: &str, at: usize) -> String {
    let bare = without_accents(word);
    if bare != word {
        return bare;
    }
    word.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect()
}

fn without_accents(word: &str) -> String {
    word.chars().map(bare).collect()
}

fn bare(letter: char) -> char {
    match letter {
        'á' | 'Á' => 'a',
        'é' | 'É' => 'e',
        'í' | 'Í' => 'i',
        'ó' | 'Ó' => 'o',
        'ú' | 'ü' | 'Ú' | 'Ü' => 'u',
        other => other,
    }
}
