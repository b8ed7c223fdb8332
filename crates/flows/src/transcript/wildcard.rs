//! `*` stands for anything. Spaces and line ends count as one space.

/// Whether a text looks like the pattern says.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (spaced(pattern), spaced(text));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.split_once(part) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything_and_also_for_a_star() {
        for (pattern, text) in [
            ("Hola", "Hola"),
            ("*", ""),
            ("*¿Dónde está?*", "Va. ¿Dónde está? Mándame tu ubicación"),
            ("Tu folio es *PC-1*.", "Tu folio es *PC-1*."),
            ("a*b*c", "a\n b  b c"),
        ] {
            assert!(matches(pattern, text), "{pattern} should match {text}");
        }
        for (pattern, text) in [("Hola", "Hola!"), ("*b", "abc"), ("a*a", "a"), ("*x*", "abc")] {
            assert!(!matches(pattern, text), "{pattern} should not match {text}");
        }
    }
}
