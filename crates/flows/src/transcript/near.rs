//! Where a text stops looking like the pattern: what a person who mends a transcript wants to see first.

use super::wildcard::matches;

/// The first piece between stars that the text has not, with what stands there. None where the whole is another.
pub(super) fn miss(pattern: &str, text: &str) -> Option<String> {
    let (pattern, text) = (spaced(pattern), spaced(text));
    let mut rest = text.as_str();
    for (index, piece) in pattern.split('*').enumerate().filter(|(_, piece)| !piece.is_empty()) {
        let found = match index {
            0 => rest.strip_prefix(piece),
            _ => rest.split_once(piece).map(|(_, behind)| behind),
        };
        match found {
            Some(behind) => rest = behind,
            None if index == 0 => return differs(piece, rest),
            None => return Some(format!("'{piece}' is not in it")),
        }
    }
    (!rest.is_empty()).then(|| format!("'{}' is too much at its end", shortened(rest)))
}

/// "as far as «…», then «a» instead of «b»".
fn differs(expected: &str, got: &str) -> Option<String> {
    let same = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let behind = |text: &str| shortened(&text.chars().skip(same).collect::<String>());
    let before: String = expected.chars().take(same).collect();
    (same >= 3).then(|| {
        let tail: String = before.chars().skip(same.saturating_sub(20)).collect();
        format!("the same up to '{tail}', then '{}' and not '{}'", behind(got), behind(expected))
    })
}

fn shortened(text: &str) -> String {
    let head: String = text.chars().take(30).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}

/// Which of these texts the pattern was meant for: their number, from 1.
pub(super) fn later<'a>(pattern: &str, texts: impl IntoIterator<Item = &'a str>) -> Option<usize> {
    texts.into_iter().position(|text| matches(pattern, text)).map(|index| index + 1)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_says_where_it_differs() {
        for (pattern, text, said) in [
            (
                "Tu folio es PC-1.",
                "Tu folio es PC-2.",
                "the same up to 'Tu folio es PC-', then '2.' and not '1.'",
            ),
            ("*calle*colonia*", "¿En qué calle está?", "'colonia' is not in it"),
            ("Hola", "Hola, Rosa", "', Rosa' is too much at its end"),
        ] {
            assert_eq!(miss(pattern, text).as_deref(), Some(said), "{pattern} / {text}");
        }
        assert_eq!(miss("Adiós", "¿Dónde está?"), None, "nothing in common is no near miss");
    }
}
