//! What a phone adds to letters is taken away before words are looked at: styled letters become plain ones, what cannot
//! be seen goes, pictures that mean something become words.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::emoji;

/// The text with plain letters. Nothing is copied when there is nothing to do.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut said = None;
    for c in text.nfkc().filter(|c| !is_unseen(*c)) {
        match emoji::name(c) {
            // Five flames are one fire.
            Some(name) if said == Some(name) => {}
            Some(name) => {
                spaced(name, &mut out);
                said = Some(name);
            }
            None => {
                after_picture(c, said.is_some(), &mut out);
                said = if c == ' ' { said } else { None };
            }
        }
    }
    Cow::Owned(out)
}

fn spaced(name: &str, out: &mut String) {
    if !out.is_empty() && !out.ends_with(char::is_whitespace) {
        out.push(' ');
    }
    out.push_str(name);
}

/// The word of a picture is followed by a space, and by one only.
fn after_picture(c: char, picture_before: bool, out: &mut String) {
    if picture_before && c.is_alphanumeric() && !out.ends_with(' ') {
        out.push(' ');
    }
    out.push(c);
}

/// Letters as Spanish has them, and signs that need no care.
fn is_plain(c: char) -> bool {
    matches!(c, '\n' | '\t' | ' '..='~' | '¡' | '¿' | 'À'..='ÿ' | '’' | '“' | '”' | '–' | '—' | '…')
}

/// Spaces of no width, marks of direction, soft hyphens, variants and skin colours of pictures.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
        || (c.is_control() && !matches!(c, '\n' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styled_letters_become_plain_and_unseen_signs_go() {
        assert_eq!(clean("𝐛𝐚𝐜𝐡𝐞 ｅｎ 𝓶𝓲 calle"), "bache en mi calle");
        assert_eq!(clean("ba\u{200b}che\u{202e} \u{feff}ya"), "bache ya");
        assert_eq!(clean("cami\u{301}on"), "camíon");
    }

    #[test]
    fn pictures_that_mean_something_become_words() {
        assert_eq!(clean("🔥🔥🔥en mi casa"), "fuego en mi casa");
        assert_eq!(clean("hay un 🐕muerto"), "hay un perro muerto");
        assert_eq!(clean("ok👍🏽"), "ok sí");
        assert_eq!(clean("jaja 😂"), "jaja 😂");
        assert_eq!(clean("🚓 🚓 vengan"), "patrulla  vengan");
    }

    #[test]
    fn a_plain_text_is_not_copied() {
        assert!(matches!(clean("¿Qué pasó, señor?"), Cow::Borrowed(_)));
    }
}
