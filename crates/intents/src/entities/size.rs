//! How big something is: in words, in metres, or by what it is like.

use serde::Serialize;
use ventanilla_values::{Reader, TokenKind, close};

use super::{EntityValue, Said, overlap::Found};

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    Small,
    Medium,
    Large,
    Deep,
    /// Of several sides the longest: "3x2 metros" is 300.
    Centimetres(f64),
    /// "Del tamaño de una llanta": the thing, as said.
    Like(String),
}

static WORDS: [(&str, Size); 36] = [
    ("enorme", Size::Large),
    ("enormes", Size::Large),
    ("grande", Size::Large),
    ("grandes", Size::Large),
    ("grandote", Size::Large),
    ("grandota", Size::Large),
    ("grandisimo", Size::Large),
    ("grandisima", Size::Large),
    ("gigante", Size::Large),
    ("gigantesco", Size::Large),
    ("gigantesca", Size::Large),
    ("inmenso", Size::Large),
    ("inmensa", Size::Large),
    ("amplio", Size::Large),
    ("huge", Size::Large),
    ("big", Size::Large),
    ("large", Size::Large),
    ("massive", Size::Large),
    ("enormous", Size::Large),
    ("gigantic", Size::Large),
    ("pequeno", Size::Small),
    ("pequena", Size::Small),
    ("pequenito", Size::Small),
    ("chiquito", Size::Small),
    ("chiquita", Size::Small),
    ("chiquitito", Size::Small),
    ("chiquillo", Size::Small),
    ("small", Size::Small),
    ("tiny", Size::Small),
    ("little", Size::Small),
    ("mediano", Size::Medium),
    ("mediana", Size::Medium),
    ("profundo", Size::Deep),
    ("profunda", Size::Deep),
    ("hondo", Size::Deep),
    ("deep", Size::Deep),
];
/// Of one metre.
const UNITS: [(&str, f64); 20] = [
    ("cm", 1.0),
    ("cms", 1.0),
    ("centimetro", 1.0),
    ("centimetros", 1.0),
    ("sentimetros", 1.0),
    ("centimeters", 1.0),
    ("centimetres", 1.0),
    ("m", 100.0),
    ("mt", 100.0),
    ("mts", 100.0),
    ("metro", 100.0),
    ("metros", 100.0),
    ("meter", 100.0),
    ("meters", 100.0),
    ("metres", 100.0),
    ("pulgadas", 2.54),
    ("inches", 2.54),
    ("feet", 30.48),
    ("foot", 30.48),
    ("ft", 30.48),
];
/// A kilometre: larger things are distances.
const MOST: f64 = 100_000.0;

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let found = said.each(|r| {
        like(said, r).or_else(|| r.attempt(sides)).or_else(|| r.attempt(measure)).or_else(|| r.attempt(word))
    });
    found.into_iter().map(|(size, at)| Found::new(EntityValue::Size(size), at)).collect()
}

fn word(r: &mut Reader<'_>) -> Option<Size> {
    // "Henorme".
    let word = r.word().strip_prefix('h').filter(|rest| rest.starts_with('e')).unwrap_or(r.word());
    let listed = || WORDS.iter().find(|(known, _)| *known == word);
    // Long words are forgiven a slip; "grande" is too near to other words.
    let slip = || {
        WORDS.iter().find(|(known, _)| {
            known.len() >= 6
                && *known != "grande"
                && known.as_bytes().first() == word.as_bytes().first()
                && close(known, word)
        })
    };
    let found = listed().or_else(slip).map(|(_, size)| size.clone()).or_else(|| boy_or_small(r))?;
    let person = matches!(r.word_at(1), "que" | "hermano") && false_friend(word);
    let denied = is_denied(r);
    r.skip(1);
    (!person && !denied).then_some(found)
}

/// "No está tan grande", "ni muy hondo": it is said what it is not. "No, es grande" is what it is.
fn is_denied(r: &Reader<'_>) -> bool {
    let before = (1..=4).map(|back| r.word_at(-back));
    let of_degree = |word: &str| {
        matches!(
            word,
            "es" | "esta"
                | "son"
                | "estan"
                | "tan"
                | "muy"
                | "that"
                | "very"
                | "so"
                | "too"
                | "is"
                | "it"
                | "s"
                | "t"
                | "'"
        )
    };
    let mut behind = before.skip_while(|word| of_degree(word));
    matches!(behind.next(), Some("no" | "ni" | "not" | "isn" | "isnt"))
}

fn false_friend(word: &str) -> bool {
    matches!(word, "chiquillo" | "little")
}

/// "Un bache chico", and not "un chico"; "un gran hoyo", and not "la Gran Plaza".
fn boy_or_small(r: &Reader<'_>) -> Option<Size> {
    let before = r.word_at(-1);
    match r.word() {
        "chico" | "chica" | "chicos" | "chicas" => {
            let person = matches!(
                before,
                "un" | "una"
                    | "el"
                    | "la"
                    | "los"
                    | "las"
                    | "unos"
                    | "unas"
                    | "este"
                    | "esta"
                    | "esa"
                    | "ese"
                    | "mi"
                    | ""
            );
            (!person).then_some(Size::Small)
        }
        "gran" => matches!(before, "un" | "una").then_some(Size::Large),
        _ => None,
    }
}

/// "30 cm", "como de un metro", "metro y medio"; "a 50 metros" is a distance.
fn measure(r: &mut Reader<'_>) -> Option<Size> {
    let inside = r.is_glued() && matches!(r.word_at(-1), "/" | "." | "," | "-");
    let distant = inside || matches!(r.word_at(-1), "a" | "los" | "hasta" | "como a" | "every" | "cada");
    let amount = if r.take_phrase(&["medio", "half a", "1 / 2"]) {
        0.5
    } else if (r.word() == "metro" && r.word_at(1) == "y") || r.take(&["a"]).is_some() {
        1.0
    } else {
        r.take_number()?
    };
    let unit = r.take_listed(&UNITS)?;
    let half = if r.take_phrase(&["y medio", "and a half"]) { 0.5 } else { 0.0 };
    let away = matches!(r.word(), "from" | "away");
    let centimetres = (amount + half) * unit;
    let right = !distant && !away && centimetres > 0.0 && centimetres <= MOST;
    right.then(|| (centimetres * 100.0).round() / 100.0).map(Size::Centimetres)
}

/// "3x2 metros", "2.5 m por 3 m"; "calle 20 x 15" is a corner.
fn sides(r: &mut Reader<'_>) -> Option<Size> {
    let street = matches!(r.word_at(-1), "calle" | "calles" | "c" | "la" | "av" | "avenida");
    let inside = r.is_glued() && matches!(r.word_at(-1), "/" | "." | "," | "-" | "x");
    let one = r.take_number()?;
    let own = r.take_listed(&UNITS);
    r.take(&["x", "por", "by", "×", "*"])?;
    let other = r.take_number()?;
    let unit = r.take_listed(&UNITS)?;
    let longest = (one * own.unwrap_or(unit)).max(other * unit);
    let right = !street && !inside && longest > 0.0 && longest <= MOST;
    right.then(|| (longest * 100.0).round() / 100.0).map(Size::Centimetres)
}

/// What the thing of a comparison is of.
const THINGS: [&str; 7] = ["futbol", "basquet", "coche", "carro", "camion", "tractor", "moto"];

/// "Del tamaño de una llanta", "the size of a tire".
fn like(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Size> {
    r.attempt(|r| {
        let led = r.take_phrase(&[
            "del tamano de",
            "del tamano",
            "tamano de",
            "de este tamano de",
            "the size of",
            "as big as",
            "tan grande como",
            "tamano",
        ]);
        led.then_some(())?;
        let begun = r.position();
        r.take(&["un", "una", "la", "el", "mi", "a", "an", "the", "my"])?;
        r.token().filter(|token| token.kind == TokenKind::Word)?;
        r.skip(1);
        // "Un balón de futbol".
        if r.word() == "de" && THINGS.contains(&r.word_at(1)) {
            r.skip(2);
        }
        Some(Size::Like(said.slice(&(begun..r.position())).to_owned()))
    })
}
