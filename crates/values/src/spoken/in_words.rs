//! Numbers in words. The words below a hundred are those by which `number_words` reads.

use crate::{Lang, number_words};

/// Larger ones are not said in words.
pub(super) const LARGEST: u64 = 999_999_999_999;

const HUNDREDS_ES: [&str; 9] = [
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// 1650 -> "mil seiscientos cincuenta"; "one thousand six hundred fifty".
pub(super) fn in_words(n: u64, lang: Lang) -> String {
    if lang == Lang::EN { english(n) } else { spanish(n) }
}

/// As it stands before a masculine noun: "un", "veintiún", "treinta y un" (Ortografía de la lengua española, 2010).
pub(super) fn before_noun(n: u64, lang: Lang) -> String {
    let words = in_words(n, lang);
    match words.strip_suffix("uno") {
        Some("veinti") => "veintiún".to_owned(),
        Some(stem) if stem.ends_with("veinti") => format!("{}veintiún", stem.trim_end_matches("veinti")),
        Some(stem) => format!("{stem}un"),
        None => words,
    }
}

fn spanish(n: u64) -> String {
    match n {
        0..=99 => below_hundred(n, Lang::ES),
        100 => "cien".to_owned(),
        101..=999 => {
            let hundreds = HUNDREDS_ES.get(index(n / 100 - 1)).copied().unwrap_or_default();
            with_rest(hundreds.to_owned(), n % 100, spanish)
        }
        1_000..=1_999 => with_rest("mil".to_owned(), n % 1_000, spanish),
        2_000..=999_999 => with_rest(format!("{} mil", before_noun(n / 1_000, Lang::ES)), n % 1_000, spanish),
        1_000_000..=1_999_999 => with_rest("un millón".to_owned(), n % 1_000_000, spanish),
        _ => with_rest(format!("{} millones", before_noun(n / 1_000_000, Lang::ES)), n % 1_000_000, spanish),
    }
}

fn english(n: u64) -> String {
    let scaled = |by: u64, name: &str| with_rest(format!("{} {name}", english(n / by)), n % by, english);
    match n {
        0..=99 => below_hundred(n, Lang::EN),
        100..=999 => scaled(100, "hundred"),
        1_000..=999_999 => scaled(1_000, "thousand"),
        1_000_000..=999_999_999 => scaled(1_000_000, "million"),
        _ => scaled(1_000_000_000, "billion"),
    }
}

fn with_rest(words: String, rest: u64, say: fn(u64) -> String) -> String {
    if rest == 0 { words } else { format!("{words} {}", say(rest)) }
}

fn below_hundred(n: u64, lang: Lang) -> String {
    number_words::spoken_in_pairs(&n.to_string(), lang)
}

fn index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_said_in_both_languages() {
        for (n, es, en) in [
            (0, "cero", "zero"),
            (16, "dieciséis", "sixteen"),
            (100, "cien", "one hundred"),
            (101, "ciento uno", "one hundred one"),
            (555, "quinientos cincuenta y cinco", "five hundred fifty-five"),
            (1_000, "mil", "one thousand"),
            (1_650, "mil seiscientos cincuenta", "one thousand six hundred fifty"),
            (21_001, "veintiún mil uno", "twenty-one thousand one"),
            (100_000, "cien mil", "one hundred thousand"),
            (1_000_000, "un millón", "one million"),
            (31_000_700, "treinta y un millones setecientos", "thirty-one million seven hundred"),
            (2_000_000_000, "dos mil millones", "two billion"),
        ] {
            assert_eq!(in_words(n, Lang::ES), es);
            assert_eq!(in_words(n, Lang::EN), en);
        }
    }

    #[test]
    fn before_a_noun_one_is_shorter() {
        for (n, words) in
            [(1, "un"), (21, "veintiún"), (121, "ciento veintiún"), (31, "treinta y un"), (5, "cinco")]
        {
            assert_eq!(before_noun(n, Lang::ES), words);
        }
        assert_eq!(before_noun(21, Lang::EN), "twenty-one");
    }

    proptest! {
        #[test]
        fn every_number_has_words_of_its_own(a in 0..=LARGEST, b in 0..=LARGEST) {
            for lang in [Lang::ES, Lang::EN] {
                let (said, other) = (in_words(a, lang), in_words(b, lang));
                prop_assert_eq!(said == other, a == b);
                prop_assert!(!said.contains("  ") && said.trim() == said);
            }
        }
    }
}
