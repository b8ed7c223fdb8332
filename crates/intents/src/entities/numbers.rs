//! Amounts of money, and numbers that belong to nothing else.

use ventanilla_values::{Money, Reader, TokenKind, number_at};

use super::{EntityValue, Said, overlap::Found};

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let amounts = said.each(amount).into_iter().map(|(money, at)| Found::new(EntityValue::Amount(money), at));
    let numbers = said.each(number).into_iter().map(|(n, at)| Found::new(EntityValue::Number(n), at));
    amounts.chain(numbers).collect()
}

fn amount(r: &mut Reader<'_>) -> Option<Money> {
    if is_inside(r) { None } else { Money::read(r) }
}

/// Part of a date, a code or a longer row of digits.
fn is_inside(r: &Reader<'_>) -> bool {
    r.is_glued() && !matches!(r.word_at(-1), "$" | "¿" | "¡" | "(" | ":" | "\n" | "\"" | "#" | "," | "=")
}

fn number(r: &mut Reader<'_>) -> Option<f64> {
    let first = r.token()?;
    if is_inside(r) || !may_count(r) {
        return None;
    }
    let value = r.take_number()?;
    let alone = r.word_at(-1) == first.folded;
    let word = first.kind == TokenKind::Word && alone;
    if (word && is_also_a_word(&first.folded, r)) || touches_more(r) {
        return None;
    }
    Some(value)
}

/// "Mil gracias", "no one", "at once".
fn is_also_a_word(word: &str, r: &Reader<'_>) -> bool {
    match word {
        "un" | "una" | "uno" | "one" | "par" | "pares" | "dies" | "dose" => true,
        "mil" => matches!(r.word(), "gracias" | "disculpas" | "perdones" | "veces" | "bendiciones"),
        "cien" | "cero" => false,
        // English "once", Spanish "ten".
        "once" => {
            matches!(r.word_at(-2), "at" | "more")
                || matches!(r.word(), "a" | "again" | "it" | "the" | "i" | "you" | "they" | "in")
        }
        "ten" => {
            matches!(r.word(), "cuidado" | "paciencia" | "piedad" | "en" | "lo" | "un" | "una" | "tu" | "por")
        }
        _ => false,
    }
}

/// Numbers alone; not what names a thing ("911" is one, an ordinal is not).
fn may_count(r: &Reader<'_>) -> bool {
    let row = [r.token().cloned(), r.token_at(1).cloned()];
    let row: Vec<_> = row.into_iter().flatten().collect();
    number_at(&row).is_some()
}

fn touches_more(r: &Reader<'_>) -> bool {
    let sign = |word: &str| matches!(word, "/" | ":" | "@" | "-" | "_" | "+");
    r.is_glued()
        && (r.token().is_some_and(|t| t.kind != TokenKind::Sign)
            || (sign(r.word()) && r.token_at(1).is_some_and(|t| t.glued)))
}
