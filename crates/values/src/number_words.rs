//! The words of numbers in Spanish and English, one table both for reading an answer and for saying digits aloud.

use std::{collections::HashMap, sync::LazyLock};

use crate::Lang;

const SMALL_ES: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS_ES: [&str; 7] = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS_ES: [(&str, f64); 10] = [
    ("cien", 100.0),
    ("ciento", 100.0),
    ("doscientos", 200.0),
    ("trescientos", 300.0),
    ("cuatrocientos", 400.0),
    ("quinientos", 500.0),
    ("seiscientos", 600.0),
    ("setecientos", 700.0),
    ("ochocientos", 800.0),
    ("novecientos", 900.0),
];
const SMALL_EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Other forms of the small ones, and how they are often written.
const ALSO_SMALL: [(&str, f64); 14] = [
    ("una", 1.0),
    ("un", 1.0),
    ("veintiun", 21.0),
    ("veintiuna", 21.0),
    ("sinco", 5.0),
    ("ceis", 6.0),
    ("dies", 10.0),
    ("dose", 12.0),
    ("trese", 13.0),
    ("catorse", 14.0),
    ("quinse", 15.0),
    ("beinte", 20.0),
    ("fourty", 40.0),
    ("ninty", 90.0),
];
/// What a number before them is multiplied by; alone they count once.
const TIMES: [(&str, f64); 13] = [
    ("mil", 1e3),
    ("thousand", 1e3),
    ("millon", 1e6),
    ("millones", 1e6),
    ("million", 1e6),
    ("hundred", 100.0),
    ("par", 2.0),
    ("pares", 2.0),
    ("couple", 2.0),
    ("docena", 12.0),
    ("docenas", 12.0),
    ("dozen", 12.0),
    ("dozens", 12.0),
];

/// What a folded word is in a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberWord {
    /// 0 to 29, a ten, or a hundred: "tres", "treinta", "doscientos".
    Amount(f64),
    /// "mil", "docena".
    Times(f64),
}

/// Reads one folded word.
pub(crate) fn number_word(word: &str) -> Option<NumberWord> {
    WORDS.get(word).copied()
}

/// All of them, folded. Where two tables hold a word, the first counts.
static WORDS: LazyLock<HashMap<String, NumberWord>> = LazyLock::new(|| {
    let tens_es = TENS_ES.iter().zip(3_u8..).map(|(w, n)| (*w, n * 10));
    let tens_en = TENS_EN.iter().zip(2_u8..).map(|(w, n)| (*w, n * 10));
    let small = |table: &'static [&str]| table.iter().zip(0_u8..).map(|(w, n)| (*w, n));
    let listed = small(&SMALL_ES).chain(tens_es).chain(small(&SMALL_EN)).chain(tens_en);
    let amounts = listed.map(|(w, n)| (w, f64::from(n))).chain(HUNDREDS_ES).chain(ALSO_SMALL);
    let mut words = HashMap::new();
    for (word, n) in amounts {
        words.entry(word.chars().map(without_accent).collect()).or_insert(NumberWord::Amount(n));
    }
    for (word, n) in HUNDREDS_ES {
        // "doscientas luminarias"
        if let Some(stem) = word.strip_suffix("os") {
            words.entry(format!("{stem}as")).or_insert(NumberWord::Amount(n));
        }
    }
    for (word, n) in TIMES {
        words.entry(word.to_owned()).or_insert(NumberWord::Times(n));
    }
    words
});

fn without_accent(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        _ => c,
    }
}

/// Digits in pairs, as people read them aloud: `"4807"` -> "cuarenta y ocho, cero siete". Characters that are not
/// digits are left out. Any language but English is said in Spanish.
pub(crate) fn spoken_in_pairs(digits: &str, lang: Lang) -> String {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let said: Vec<String> = digits.chunks(2).map(|pair| spoken_pair(pair, lang)).collect();
    said.join(", ")
}

fn spoken_pair(pair: &[u8], lang: Lang) -> String {
    match pair {
        [0, low] => format!("{} {}", below_hundred(0, lang), below_hundred(*low, lang)),
        [high, low] => below_hundred(high * 10 + low, lang),
        _ => pair.iter().map(|n| below_hundred(*n, lang)).collect(),
    }
}

fn below_hundred(n: u8, lang: Lang) -> String {
    let (small, tens, first_ten, and): (&[&str], &[&str], usize, &str) =
        if lang == Lang::EN { (&SMALL_EN, &TENS_EN, 2, "-") } else { (&SMALL_ES, &TENS_ES, 3, " y ") };
    let n = usize::from(n);
    if let Some(word) = small.get(n) {
        return (*word).to_owned();
    }
    let ten = tens.get((n / 10).saturating_sub(first_ten)).copied().unwrap_or_default();
    match n % 10 {
        0 => ten.to_owned(),
        unit => format!("{ten}{and}{}", small.get(unit).copied().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number;

    #[test]
    fn digits_are_said_in_pairs() {
        assert_eq!(
            spoken_in_pairs("48271365", Lang::ES),
            "cuarenta y ocho, veintisiete, trece, sesenta y cinco"
        );
        assert_eq!(spoken_in_pairs("48271365", Lang::EN), "forty-eight, twenty-seven, thirteen, sixty-five");
        assert_eq!(spoken_in_pairs("0700-30", Lang::ES), "cero siete, cero cero, treinta");
        assert_eq!(spoken_in_pairs("123", Lang::EN), "twelve, three");
    }

    #[test]
    fn what_is_said_is_read_back() {
        for lang in [Lang::ES, Lang::EN] {
            for n in 0..100 {
                assert_eq!(number(&below_hundred(n, lang)), Some(f64::from(n)));
            }
        }
    }

    #[test]
    fn hundreds_have_two_genders() {
        assert_eq!(number_word("doscientas"), Some(NumberWord::Amount(200.0)));
        assert_eq!(number_word("quinientas"), Some(NumberWord::Amount(500.0)));
        assert_eq!(number_word("mil"), Some(NumberWord::Times(1000.0)));
        assert_eq!(number_word("medio"), None);
    }
}
