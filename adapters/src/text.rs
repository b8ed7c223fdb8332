//! Text helpers that every channel needs. Called by the adapters and by the server's renderer; they know no
//! channel and never cut inside a letter.

use unicode_segmentation::UnicodeSegmentation;

/// Length in UTF-16 units, the unit of [`crate::Capabilities`].
///
/// ```
/// assert_eq!(ventanilla_adapters::text::utf16_len("sí"), 2);
/// assert_eq!(ventanilla_adapters::text::utf16_len("👍🏽"), 4);
/// ```
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// At most `limit` UTF-16 units of `text`, cut between two visible characters and ended with `…` where something
/// was left out.
///
/// ```
/// use ventanilla_adapters::text::cut;
/// assert_eq!(cut("Constancia de residencia", 24), "Constancia de residencia");
/// assert_eq!(cut("Constancia de residencia", 14), "Constancia de…");
/// ```
pub fn cut(text: &str, limit: usize) -> String {
    if utf16_len(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = limit.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let units = utf16_len(grapheme);
        if units > left {
            break;
        }
        left -= units;
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    if limit > 0 {
        kept.push('…');
    }
    kept
}

/// The text as a database takes it: NUL is legal in JSON, but PostgreSQL refuses it.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_emoji_is_never_cut_in_two() {
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(utf16_len(family), 11);
        assert_eq!(cut(&format!("casa {family}"), 12), "casa…");
        assert_eq!(cut(&format!("casa {family}"), 16), format!("casa {family}"));
    }

    #[test]
    fn an_accent_written_apart_stays_with_its_letter() {
        assert_eq!(cut("canto\u{301}n largo", 6), "cant…");
    }

    #[test]
    fn no_room_is_no_text() {
        assert_eq!(cut("hola", 0), "");
        assert_eq!(cut("hola", 1), "…");
    }
}
