//! The spelling under which a word is looked up: small letters, no accents, no apostrophes, as `normalise` has it.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Adds the folded word to `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'á' | 'Á' | 'ã' | 'â' | 'à' => out.push('a'),
            'é' | 'É' | 'ê' => out.push('e'),
            'í' | 'Í' => out.push('i'),
            'ó' | 'Ó' | 'õ' | 'ô' => out.push('o'),
            'ú' | 'Ú' | 'ü' | 'Ü' => out.push('u'),
            'ñ' | 'Ñ' => out.push('n'),
            'ç' => out.push('c'),
            '\'' | '’' | '´' | '`' => {}
            other => fold_rare(other, out),
        }
    }
}

fn fold_rare(c: char, out: &mut String) {
    for part in c.nfkd().filter(|part| !is_combining_mark(*part)) {
        out.extend(part.to_lowercase());
    }
}
