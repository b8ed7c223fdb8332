//! Letters that look like ours: of other scripts, of pictures, with marks piled upon them, with what is not seen between.
//!
//! After Unicode's confusables (UTS 39), those that stand for a letter of Spanish or English.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Which scripts a text is really written in.
pub(super) struct Scripts {
    /// A word of another alphabet that looks like nothing of ours: "сор" beside it is a word of that alphabet.
    foreign: bool,
}

/// A letter that cannot be told from ours, and ours: enough for a word of nothing else to be read so.
const TWINS: &[(&str, &str)] = &[
    ("аеорсухѕіјһԁԛԝӏүАВЕКМНОРСТУХЅІЈԚԜ", "aeopcyxsijhdqwlyABEKMHOPCTYXSIJQW"),
    ("ονιαρυκτχγεΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oviapuktxyeABEZHIKMNOPTYX"),
    ("օսհոցքᎪᎬᎷᎢᏟᎻᎠᏒᏚᏔᏴ", "ouhngpAEMTCHDRSWB"),
    ("🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
];
/// Latin all the same: small capitals, turned and crossed letters.
const LATIN: &[(&str, &str)] = &[
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"),
    ("ɑɡıȷɩɛɔɾʋʌɯɹᥙøłđħŧɨʉɇƀØŁĐĦŦ", "agijieoruamruoldhtiuebOLDHT"),
];
/// Letters that are taken for ours only among letters of ours.
const COUSINS: &[(&str, &str)] = &[("квмнтгпиьяёйөєз", "kbmhtrnubreuoe3"), ("βδησωμϲϳ", "bdnowucj")];

impl Scripts {
    pub(super) fn of(text: &str) -> Self {
        let far = |word: &str| {
            let letters = || word.chars().filter(|c| c.is_alphabetic());
            !letters().any(is_ours) && letters().nth(1).is_some() && letters().any(|c| twin(c).is_none())
        };
        let foreign = !text.is_ascii() && text.split(|c: char| !c.is_alphabetic()).any(far);
        Self { foreign }
    }

    /// The word as it looks; `None` where that is how it is written, or where it is no word of ours.
    pub(super) fn plain(&self, word: &str) -> Option<String> {
        if word.chars().all(is_ordinary) || !word.chars().any(char::is_alphabetic) {
            return None;
        }
        let shown: String = word.nfkc().filter(|c| !is_unseen(*c)).collect();
        let letters = || shown.chars().filter(|c| c.is_alphabetic());
        let mixed = letters().any(is_ours);
        let disguised = !self.foreign && letters().all(|c| twin(c).is_some()) && !is_one_picture(&shown);
        if !mixed && !disguised {
            return None;
        }
        let looks = |c: char| latin(c).or_else(|| twin(c)).or_else(|| in_table(COUSINS, c)).unwrap_or(c);
        let plain: String = shown.chars().filter(|c| !is_mark(*c)).map(|c| looks(bare(c))).collect();
        (plain != word && !plain.is_empty()).then_some(plain)
    }
}

/// A parking sign is no P.
fn is_one_picture(shown: &str) -> bool {
    let mut letters = shown.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(|c| c > '\u{ffff}') && letters.next().is_none()
}

/// Letters of the Latin alphabet, with whatever accents.
fn is_ours(c: char) -> bool {
    c.is_alphabetic() && (c <= 'ɏ' || matches!(c, '\u{1e00}'..='\u{1eff}') || latin(c).is_some())
}

/// As people type them who hide nothing. The glottal stop of Maya is a letter to Unicode.
fn is_ordinary(c: char) -> bool {
    let letter = c <= 'ɏ' && latin(c).is_none() && !is_unseen(c);
    letter || matches!(c, 'ʔ' | '\u{2b0}'..='\u{2ff}')
}

/// Without the marks of a letter that hardly any language here has.
fn bare(c: char) -> char {
    if matches!(c, '\u{1e00}'..='\u{1eff}') { c.nfd().next().unwrap_or(c) } else { c }
}

fn twin(c: char) -> Option<char> {
    in_table(TWINS, c)
}

fn latin(c: char) -> Option<char> {
    in_table(LATIN, c)
}

fn in_table(table: &[(&str, &str)], c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    table
        .iter()
        .find_map(|(twins, ours)| twins.chars().zip(ours.chars()).find(|(twin, _)| *twin == c))
        .map(|(_, ours)| ours)
}

pub(super) fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

/// Spaces of no width, joiners, marks of direction, soft hyphens, fillers, variants and skin colours of pictures, tags.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}')
        || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_twin_has_one_letter() {
        for (twins, ours) in TWINS.iter().chain(LATIN).chain(COUSINS) {
            assert_eq!(twins.chars().count(), ours.chars().count(), "{twins}");
        }
    }
}
