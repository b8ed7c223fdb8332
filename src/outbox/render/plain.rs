//! Text for phones that show nothing but letters: without WhatsApp's marks and without emoji.

use unicode_segmentation::UnicodeSegmentation;

/// `*Bache* 📍 calle 20` -> `Bache calle 20`.
pub(super) fn plain(text: &str) -> String {
    text.lines().map(plain_line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn plain_line(line: &str) -> String {
    let unmarked = without_marks(line);
    let kept: String = unmarked.graphemes(true).filter(|grapheme| !is_emoji(grapheme)).collect();
    if kept.len() == unmarked.len() {
        return kept.trim_end().to_owned();
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A star or underline is a mark at the border of a word, and a character within one (`catastro_2026`).
fn without_marks(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    let inner = |at: usize| characters.get(at).is_some_and(|c| c.is_alphanumeric());
    let kept = characters.iter().enumerate().filter(|(at, c)| {
        let mark = matches!(c, '*' | '_' | '~' | '`');
        !mark || at.checked_sub(1).is_some_and(inner) && inner(at + 1)
    });
    kept.map(|(_, c)| *c).collect()
}

fn is_emoji(grapheme: &str) -> bool {
    grapheme.chars().any(|c| {
        matches!(u32::from(c), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B00..=0x2BFF | 0x2190..=0x21FF | 0xFE0F | 0x20E3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_emoji_go_and_the_words_stay() {
        assert_eq!(plain("*Bache* 📍 calle 20"), "Bache calle 20");
        assert_eq!(plain("📷 Con foto\n💬 muy _hondo_"), "Con foto\nmuy hondo");
        assert_eq!(plain("ve a gob.mx/pago_en_linea"), "ve a gob.mx/pago_en_linea");
        assert_eq!(plain("¿Lo mando así? ñ"), "¿Lo mando así? ñ");
    }
}
