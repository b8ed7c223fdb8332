//! Which keys touch each other on a phone's Spanish QWERTY. The spelling fixer forgives such slips, the noise makes
//! them.

/// The keys beside, above and below a letter; empty for what is not a letter of the keyboard.
pub(crate) fn neighbours(letter: char) -> &'static str {
    match letter {
        'q' => "wa",
        'w' => "qeas",
        'e' => "wrsd",
        'r' => "etdf",
        't' => "ryfg",
        'y' => "tugh",
        'u' => "yihj",
        'i' => "uojk",
        'o' => "ipkl",
        'p' => "olñ",
        'a' => "qwsz",
        's' => "awedzx",
        'd' => "serfxc",
        'f' => "drtgcv",
        'g' => "ftyhvb",
        'h' => "gyujbn",
        'j' => "huiknm",
        'k' => "jiolm",
        'l' => "kopñ",
        'ñ' => "lp",
        'z' => "asx",
        'x' => "zsdc",
        'c' => "xdfv",
        'v' => "cfgb",
        'b' => "vghn",
        'n' => "bhjm",
        'm' => "njk",
        _ => "",
    }
}

pub(crate) fn touch(a: u8, b: u8) -> bool {
    neighbours(char::from(a)).contains(char::from(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_touch_do_so_both_ways() {
        for a in b'a'..=b'z' {
            for b in b'a'..=b'z' {
                assert_eq!(touch(a, b), touch(b, a), "{} {}", char::from(a), char::from(b));
            }
        }
    }
}
