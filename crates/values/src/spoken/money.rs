//! Amounts of money: "$1,650.50" -> "mil seiscientos cincuenta pesos con cincuenta centavos".

use super::{
    Heard, after_word, digits,
    in_words::{LARGEST, before_noun},
    is_whole,
};
use crate::Lang;

/// An amount with `$` before it or `pesos` behind it. A dollar sign means pesos unless the text says otherwise.
pub(super) fn amount(text: &str, lang: Lang) -> Option<Heard> {
    let signed = text.strip_prefix('$').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    let (written, rest) = written(signed.unwrap_or(text))?;
    let (currency, after) = named(rest).map_or((None, rest), |(currency, after)| (Some(currency), after));
    if signed.is_none() && currency.is_none() {
        return None;
    }
    let currency = currency.unwrap_or(Currency::Pesos);
    let words = match scale(rest) {
        // "$1.5 millones": the voice reads the number well, only the currency would be lost.
        Some(after) => return Some(scaled(text, rest, after, lang)).filter(|_| signed.is_some()),
        None => written.said(currency, lang),
    };
    Some(Heard { words, used: text.len() - after.len() })
}

struct Written {
    whole: u64,
    cents: u64,
}

#[derive(Clone, Copy)]
enum Currency {
    Pesos,
    Dollars,
}

impl Written {
    fn said(&self, currency: Currency, lang: Lang) -> String {
        let (whole, english) = (before_noun(self.whole, lang), lang == Lang::EN);
        // "Un millón de pesos", but "un millón cien pesos".
        let of = if !english && self.whole > 0 && self.whole.is_multiple_of(1_000_000) { " de" } else { "" };
        let mut said = format!("{whole}{of} {}", currency.name(self.whole == 1, english));
        if self.cents > 0 {
            let cents = before_noun(self.cents, lang);
            let (with, unit) = if english { ("and", "cent") } else { ("con", "centavo") };
            let plural = if self.cents == 1 { "" } else { "s" };
            said = format!("{said} {with} {cents} {unit}{plural}");
        }
        said
    }
}

impl Currency {
    fn name(self, one: bool, english: bool) -> &'static str {
        match (self, one, english) {
            (Self::Pesos, true, _) => "peso",
            (Self::Pesos, false, _) => "pesos",
            (Self::Dollars, true, true) => "dollar",
            (Self::Dollars, false, true) => "dollars",
            (Self::Dollars, true, false) => "dólar",
            (Self::Dollars, false, false) => "dólares",
        }
    }
}

/// `1,650.50`, `1650`; none where it is more than that or not whole.
fn written(text: &str) -> Option<(Written, &str)> {
    let head = digits(text);
    let mut rest = text.strip_prefix(head)?;
    let mut whole = head.to_owned();
    while let Some((group, after)) = thousands(rest).filter(|_| head.len() <= 3 && whole.len() <= 12) {
        whole.push_str(group);
        rest = after;
    }
    let (cents, rest) = cents(rest).unwrap_or((0, rest));
    let whole: u64 = whole.parse().ok().filter(|whole| *whole <= LARGEST)?;
    is_whole(rest).then_some((Written { whole, cents }, rest))
}

/// `,650` and what follows.
fn thousands(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(',')?;
    rest.split_at_checked(3).filter(|(group, _)| digits(group).len() == 3 && digits(rest).len() == 3)
}

/// `.50`, `.5`: hundredths.
fn cents(text: &str) -> Option<(u64, &str)> {
    let rest = text.strip_prefix('.')?;
    let row = digits(rest);
    let cents = row.parse::<u64>().ok()?;
    let cents = match row.len() {
        1 => cents * 10,
        2 => cents,
        _ => return None,
    };
    Some((cents, rest.strip_prefix(row)?))
}

/// The currency in words or as its code.
fn named(text: &str) -> Option<(Currency, &str)> {
    let text = text.strip_prefix(' ')?;
    let pesos = ["pesos", "peso", "mxn", "m.n.", "mn"].iter().find_map(|word| after_word(text, word));
    let dollars =
        ["dólares", "dólar", "dollars", "dollar", "usd"].iter().find_map(|word| after_word(text, word));
    pesos.map(|rest| (Currency::Pesos, rest)).or(dollars.map(|rest| (Currency::Dollars, rest)))
}

/// What follows a word by which the number is multiplied.
fn scale(text: &str) -> Option<&str> {
    let text = text.strip_prefix(' ')?;
    ["millones", "millón", "mil", "million", "thousand", "billion"]
        .iter()
        .find_map(|word| after_word(text, word))
}

fn scaled(text: &str, rest: &str, after: &str, lang: Lang) -> Heard {
    let number = text.strip_suffix(rest).unwrap_or(text).trim_start_matches(['$', ' ']);
    let unit = rest.strip_suffix(after).unwrap_or_default();
    let after_pesos =
        after_word(after.trim_start(), "de pesos").or_else(|| after_word(after.trim_start(), "pesos"));
    let of = if lang != Lang::EN && unit.starts_with(" mill") { " de" } else { "" };
    let used = text.len() - after_pesos.unwrap_or(after).len();
    Heard { words: format!("{number}{unit}{of} pesos"), used }
}
