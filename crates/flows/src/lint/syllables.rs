//! Syllables of Spanish words: as many as there are vowels that are not one with their neighbour.
//! Rules: RAE, Ortografía (2010), diphthongs and hiatuses; an `h` between vowels does not part them.

/// The syllables of a word; none where it has no letters.
///
/// Two open vowels part (`ca-er`); an open and a closed one are together (`cai-go`) unless the closed one has an accent
/// (`ca-í`); two closed ones are together (`ciu-dad`).
pub(super) fn count(word: &str) -> usize {
    let letters = sounded(word);
    let (mut count, mut before) = (0, None);
    for vowel in letters {
        match (before, vowel) {
            (_, None) => {}
            (None, Some(_)) => count += 1,
            (Some(first), Some(second)) if part(first, second) => count += 1,
            (Some(_), Some(_)) => {}
        }
        before = vowel;
    }
    match count {
        // `y` alone, and what has no vowel at all ("km"), is said in one.
        0 if word.chars().any(char::is_alphabetic) => 1,
        count => count,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vowel {
    Open,
    Closed,
    /// `í`, `ú`.
    Accented,
}

fn part(first: Vowel, second: Vowel) -> bool {
    match (first, second) {
        (Vowel::Open, Vowel::Open) => true,
        (Vowel::Open, Vowel::Accented) | (Vowel::Accented, Vowel::Open) => true,
        // `triunfo` and `construí` are together.
        _ => false,
    }
}

/// The vowels and consonants that are heard: `qu`, `gu` before e and i lose their u, and `h` is no sound.
fn sounded(word: &str) -> Vec<Option<Vowel>> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| letters.get(index)).copied().unwrap_or(' ');
    let mut sounds = Vec::with_capacity(letters.len());
    for (index, letter) in letters.iter().enumerate() {
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let soft = matches!(after, 'e' | 'i' | 'é' | 'í');
        match letter {
            'h' if before != 'c' => {}
            'u' if soft && matches!(before, 'q' | 'g') => {}
            // A vowel at the end of a word (`hoy`, `ley`), a consonant elsewhere (`yo`, `mayo`).
            'y' if !after.is_alphabetic() && before.is_alphabetic() => sounds.push(Some(Vowel::Closed)),
            letter => sounds.push(vowel(*letter)),
        }
    }
    sounds
}

fn vowel(letter: char) -> Option<Vowel> {
    match letter {
        'a' | 'e' | 'o' | 'á' | 'é' | 'ó' => Some(Vowel::Open),
        'i' | 'u' | 'ü' => Some(Vowel::Closed),
        'í' | 'ú' => Some(Vowel::Accented),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_counted_by_hand() {
        for (syllables, words) in [
            (0, "911 2026"),
            (1, "y o a el luz que quien pie hay ley buey más km"),
            (
                2,
                "calle agua bache folio ciudad bueno reír caer día oír país ahí guerra cuida guía mayo estoy leer hueso construí",
            ),
            (3, "reporte persona vergüenza caído ahora oído banqueta pingüino Uruguay prohibido cigüeña"),
            (4, "alumbrado municipio teléfono aéreo petróleo ubicación ciudadano"),
            (5, "ayuntamiento electricidad ubicaciones medicamento"),
            (6, "identificación responsabilidad"),
        ] {
            for word in words.split(' ') {
                assert_eq!(count(word), syllables, "{word}");
            }
        }
    }
}
