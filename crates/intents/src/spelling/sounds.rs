//! A word as it sounds in Mexico: one byte a sound. "vaca" and "baka" are the same; so are "cielo" and "sielo". Used to
//! find words that are written as they are heard.

/// ch, told from c and h.
pub(super) const CH: u8 = b'C';

/// The sounds of a folded word; empty when it is not of plain letters.
pub(super) fn sounds(word: &str, out: &mut Vec<u8>) {
    out.clear();
    let w = word.as_bytes();
    let mut i = 0;
    while let Some(&letter) = w.get(i) {
        let (sound, used) = sound(letter, w.get(i + 1).copied(), w.get(i + 2).copied(), i);
        i += used;
        let Some(sound) = sound else { continue };
        if sound == b'W' {
            out.extend([b'g', b'u']);
        } else if out.last() != Some(&sound) {
            out.push(sound);
        }
    }
}

pub(super) fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The sound that begins with `letter`, and how many letters it takes.
fn sound(letter: u8, next: Option<u8>, after: Option<u8>, at: usize) -> (Option<u8>, usize) {
    let soft = |c: Option<u8>| matches!(c, Some(b'e' | b'i'));
    match letter {
        b'h' => (None, 1),
        b'q' if next == Some(b'u') && soft(after) => (Some(b'k'), 2),
        b'q' | b'k' => (Some(b'k'), 1),
        b'c' if next == Some(b'h') => (Some(CH), 2),
        b'c' if soft(next) => (Some(b's'), 1),
        b'c' => (Some(b'k'), 1),
        b'z' | b's' => (Some(b's'), 1),
        b'v' | b'b' => (Some(b'b'), 1),
        b'g' if soft(next) => (Some(b'j'), 1),
        b'g' if next == Some(b'u') && soft(after) => (Some(b'g'), 2),
        b'l' if next == Some(b'l') => (Some(b'y'), 2),
        // "y" alone and at the end sounds like i.
        b'y' if next.is_none() => (Some(b'i'), 1),
        b'm' if matches!(next, Some(b'b' | b'p' | b'v')) => (Some(b'n'), 1),
        b'w' if at == 0 || next.is_some() => (Some(b'W'), 1),
        other => (Some(other), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(word: &str) -> String {
        let mut out = Vec::new();
        sounds(word, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_that_sound_alike_are_alike() {
        let pairs = [
            ("vache", "bache"),
            ("kiero", "quiero"),
            ("qiero", "quiero"),
            ("aser", "hacer"),
            ("jente", "gente"),
            ("caye", "calle"),
            ("senbrar", "sembrar"),
            ("lus", "luz"),
            ("gera", "jera"),
            ("ay", "hay"),
            ("gitarra", "jitarra"),
        ];
        for (a, b) in pairs {
            assert_eq!(heard(a), heard(b), "{a} {b}");
        }
        assert_ne!(heard("casa"), heard("cacha"));
        assert_eq!(heard("guerra"), "gera");
        assert_eq!(heard("awa"), "agua");
    }
}
