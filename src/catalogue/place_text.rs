//! A place in words, made comparable: abbreviations written out, numbers in figures, "60x57" taken apart. Names of
//! the map go through the same, so that both sides agree.

use ventanilla_values::{Token, TokenKind, is_number_word, number_at, tokens};

/// As people write them -> as they are compared. Folded.
const WRITTEN_OUT: [(&str, &str); 49] = [
    ("av", "avenida"),
    ("ave", "avenida"),
    ("avda", "avenida"),
    ("avn", "avenida"),
    ("c", "calle"),
    ("cll", "calle"),
    ("cale", "calle"),
    ("caye", "calle"),
    ("blvd", "boulevard"),
    ("blv", "boulevard"),
    ("bulevar", "boulevard"),
    ("boulevar", "boulevard"),
    ("prol", "prolongacion"),
    ("priv", "privada"),
    ("pri", "privada"),
    ("calz", "calzada"),
    ("cjon", "callejon"),
    ("carr", "carretera"),
    ("fracc", "fraccionamiento"),
    ("frac", "fraccionamiento"),
    ("fracto", "fraccionamiento"),
    ("col", "colonia"),
    ("esq", "esquina"),
    ("ezquina", "esquina"),
    ("cruzamiento", "esquina"),
    ("cruzamientos", "esquina"),
    ("cruce", "esquina"),
    ("num", "numero"),
    ("#", "numero"),
    ("mza", "manzana"),
    ("mz", "manzana"),
    ("lt", "lote"),
    ("gral", "general"),
    ("gpe", "guadalupe"),
    ("sta", "santa"),
    ("sto", "santo"),
    ("ma", "maria"),
    ("fco", "francisco"),
    ("esc", "escuela"),
    ("prim", "primaria"),
    ("primara", "primaria"),
    ("sec", "secundaria"),
    ("merc", "mercado"),
    ("mpal", "municipal"),
    ("pque", "parque"),
    ("street", "calle"),
    ("st", "calle"),
    ("avenue", "avenida"),
    ("between", "entre"),
];

/// The largest number that a street has.
const MOST: f64 = 999.0;

/// "Av. Juárez x 57-A" -> `["avenida", "juarez", "x", "57a"]`
pub(super) fn words(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (word, used) = word_at(&tokens, at, token);
        words.extend(word);
        at += used;
    }
    words
}

fn word_at(tokens: &[Token], at: usize, token: &Token) -> (Option<String>, usize) {
    let word = token.folded.as_str();
    let next = tokens.get(at + 1);
    if token.kind == TokenKind::Digits {
        return numbered(tokens, at, word);
    }
    if is_number_word(word)
        && !matches!(word, "un" | "una" | "uno" | "mil" | "cien")
        && let Some((number, used)) = tokens.get(at..).and_then(number_at)
        && number.fract() == 0.0
        && (1.0..=MOST).contains(&number)
    {
        return (Some(format!("{number}")), used);
    }
    let slashed = next.is_some_and(|next| next.glued && next.folded == "/");
    let short = match word {
        // "e/ 57 y 59", "c/ 20"
        "e" if slashed => Some("entre"),
        // "No. 5", and not "no es la 5".
        "no" if next.is_some_and(|next| next.folded == "." || next.kind == TokenKind::Digits) => {
            Some("numero")
        }
        // "And. 5" is a lane, "20 and 15" a corner.
        "and" if next.is_some_and(|next| next.glued && next.folded == ".") => Some("andador"),
        _ => WRITTEN_OUT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long),
    };
    let sign = token.kind == TokenKind::Sign;
    (short.map(str::to_owned).or_else(|| (!sign).then(|| word.to_owned())), 1)
}

/// "57", "57-A", "57a", "57th"; "60x57" are two.
fn numbered(tokens: &[Token], at: usize, number: &str) -> (Option<String>, usize) {
    let plain = number.trim_start_matches('0');
    let dash = usize::from(tokens.get(at + 1).is_some_and(|sign| sign.glued && sign.folded == "-"));
    let letter = tokens.get(at + 1 + dash).filter(|next| {
        let alone =
            tokens.get(at + 2 + dash).is_none_or(|behind| !behind.glued || behind.kind == TokenKind::Sign);
        next.glued && matches!(next.folded.as_str(), "a" | "b" | "c" | "d") && alone
    });
    let ordinal = tokens
        .get(at + 1)
        .is_some_and(|next| next.glued && matches!(next.folded.as_str(), "st" | "nd" | "rd" | "th"));
    match letter {
        Some(letter) => (Some(format!("{plain}{}", letter.folded)), 2 + dash),
        None => (Some(plain.to_owned()), 1 + usize::from(ordinal)),
    }
}
