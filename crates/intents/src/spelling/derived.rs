//! Words that no list has because they are made as one speaks: "agrégame", "pancita", "mandárselos". They are known by
//! the word they are made of.

use super::lexicon::Lexicon;

/// Whether a folded word is a Spanish word with a pronoun or a diminutive behind it.
pub(super) fn is_derived(lexicon: &Lexicon, word: &str) -> bool {
    if word.len() >= 5 && is_inflected(lexicon, word) {
        return true;
    }
    word.len() >= 6
        && (is_diminutive(lexicon, word)
            || has_pronoun(lexicon, word)
            || is_adverb(lexicon, word)
            || is_verb_form(lexicon, word))
}

/// The same word in the other gender or number, "enferma" and "enfermo", or an English plural.
fn is_inflected(lexicon: &Lexicon, word: &str) -> bool {
    const OTHER: &[(&str, &str)] =
        &[("a", "o"), ("o", "a"), ("as", "o"), ("os", "o"), ("as", "a"), ("es", "")];
    let as_other = |(ending, other): &(&str, &str)| {
        word.strip_suffix(ending)
            .is_some_and(|stem| stem.len() >= 4 && is_spanish(lexicon, &format!("{stem}{other}")))
    };
    let english =
        |stem: &str| stem.len() >= 4 && lexicon.known(stem).is_some_and(|id| lexicon.entry(id).english);
    OTHER.iter().any(as_other) || word.strip_suffix('s').is_some_and(english)
}

/// Endings of regular verbs, and the ending of the verb they belong to.
const VERB_FORMS: &[(&str, &str)] = &[
    ("o", "ar"),
    ("as", "ar"),
    ("a", "ar"),
    ("amos", "ar"),
    ("an", "ar"),
    ("e", "ar"),
    ("es", "ar"),
    ("emos", "ar"),
    ("en", "ar"),
    ("aste", "ar"),
    ("aron", "ar"),
    ("aba", "ar"),
    ("abas", "ar"),
    ("abamos", "ar"),
    ("aban", "ar"),
    ("ado", "ar"),
    ("ada", "ar"),
    ("ados", "ar"),
    ("adas", "ar"),
    ("ando", "ar"),
    ("ara", "ar"),
    ("aran", "ar"),
    ("aria", "ar"),
    ("arian", "ar"),
    ("are", "ar"),
    ("aremos", "ar"),
    ("o", "er"),
    ("e", "er"),
    ("en", "er"),
    ("emos", "er"),
    ("ia", "er"),
    ("ian", "er"),
    ("ido", "er"),
    ("ida", "er"),
    ("iendo", "er"),
    ("iera", "er"),
    ("ieron", "er"),
    ("o", "ir"),
    ("e", "ir"),
    ("en", "ir"),
    ("imos", "ir"),
    ("ia", "ir"),
    ("ian", "ir"),
    ("ido", "ir"),
    ("ida", "ir"),
    ("iendo", "ir"),
    ("ieron", "ir"),
    ("iste", "ir"),
];

/// "tumben" is a form of "tumbar".
fn is_verb_form(lexicon: &Lexicon, word: &str) -> bool {
    VERB_FORMS.iter().any(|(ending, verb)| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= 4);
        stem.is_some_and(|stem| is_spanish(lexicon, &format!("{stem}{verb}")))
    })
}

fn is_spanish(lexicon: &Lexicon, word: &str) -> bool {
    word.len() >= 3 && lexicon.known(word).is_some_and(|id| lexicon.entry(id).spanish)
}

const PRONOUNS: &[&str] = &["me", "te", "se", "nos", "le", "les", "lo", "la", "los", "las"];

fn has_pronoun(lexicon: &Lexicon, word: &str) -> bool {
    PRONOUNS.iter().any(|pronoun| {
        let Some(stem) = word.strip_suffix(pronoun).filter(|stem| stem.len() >= 4) else { return false };
        // "callela" is two words that ran together; "mandarla" and "mandala" behind another pronoun are one.
        let free = stem.ends_with('r')
            || stem.ends_with("ndo")
            || matches!(*pronoun, "me" | "te" | "nos" | "se" | "les");
        let second = PRONOUNS
            .iter()
            .filter_map(|p| stem.strip_suffix(p))
            .any(|verb| verb.len() >= 3 && is_spanish(lexicon, verb));
        (free && is_verb(stem) && is_spanish(lexicon, stem)) || second
    })
}

fn is_verb(stem: &str) -> bool {
    ["ar", "er", "ir", "ando", "endo", "a", "e", "an", "en"].iter().any(|ending| stem.ends_with(ending))
}

fn is_adverb(lexicon: &Lexicon, word: &str) -> bool {
    word.strip_suffix("mente").is_some_and(|adjective| is_spanish(lexicon, adjective))
}

const DIMINUTIVES: &[(&str, &[&str])] = &[
    ("cito", &["", "o", "e", "zo"]),
    ("cita", &["", "a", "e", "za"]),
    ("citos", &["", "os", "es", "zos"]),
    ("citas", &["", "as", "es", "zas"]),
    ("ito", &["o", ""]),
    ("ita", &["a", ""]),
    ("itos", &["os", "es"]),
    ("itas", &["as", "es"]),
    ("isimo", &["o", "e", ""]),
    ("isima", &["a", "e", ""]),
    ("ote", &["o", "a", ""]),
    ("ota", &["o", "a", ""]),
];

fn is_diminutive(lexicon: &Lexicon, word: &str) -> bool {
    let from = |stem: &str, ending: &str| {
        let plain = format!("{stem}{ending}");
        is_spanish(lexicon, &plain)
            || stem.strip_suffix("qu").is_some_and(|s| is_spanish(lexicon, &format!("{s}c{ending}")))
    };
    DIMINUTIVES.iter().any(|(ending, endings)| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() >= 3);
        stem.is_some_and(|stem| endings.iter().any(|e| from(stem, e)))
    })
}
