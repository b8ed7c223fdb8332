//! Landmarks, and how something lies to them: "frente a la primaria", "junto al Oxxo", "behind the market".

use std::fmt;

use serde::Serialize;
use ventanilla_values::{Reader, Token, TokenKind, is_number_word};

use super::super::{Said, names};
use super::words::{
    ADJECTIVES, KINDS_COLONIA, KINDS_STREET, MONTHS, is_function, is_head, is_landmark, is_street_name,
};
use super::{PlaceSaid, crossing, name};

#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Landmark {
    pub relation: Relation,
    /// As said, with its article: "la primaria Vicente Guerrero".
    pub name: String,
}

/// Without the name.
impl fmt::Debug for Landmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Landmark").field("relation", &self.relation).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// "Frente a", "enfrente de", "across from".
    InFront,
    /// "A un lado de", "junto a", "next to".
    Beside,
    /// "Atrás de", "a espaldas de", "behind".
    Behind,
    /// "Cerca de", "a dos cuadras de", "a la vuelta de".
    Near,
    /// "En la esquina del mercado".
    Corner,
    /// "Afuera de", "outside".
    Outside,
    /// "En el parque".
    At,
}

use Relation::{Behind, Beside, Corner, InFront, Near, Outside};

const RELATIONS: [(&str, Relation); 68] = [
    ("enfrente de", InFront),
    ("enfrente del", InFront),
    ("enfrente a", InFront),
    ("en frente de", InFront),
    ("en frente del", InFront),
    ("enfrnte de", InFront),
    ("emfrente de", InFront),
    ("al frente de", InFront),
    ("frente a", InFront),
    ("frente al", InFront),
    ("frente de", InFront),
    ("frente del", InFront),
    ("in front of", InFront),
    ("across from", InFront),
    ("across the street from", InFront),
    ("opposite", InFront),
    ("a un lado de", Beside),
    ("a un lado del", Beside),
    ("a lado de", Beside),
    ("a lado del", Beside),
    ("al lado de", Beside),
    ("al lado del", Beside),
    ("aun lado de", Beside),
    ("aun lado del", Beside),
    ("alado de", Beside),
    ("alado del", Beside),
    ("a un costado de", Beside),
    ("a un costado del", Beside),
    ("junto a", Beside),
    ("junto al", Beside),
    ("junto de", Beside),
    ("juto a", Beside),
    ("pegado a", Beside),
    ("pegado al", Beside),
    ("next to", Beside),
    ("beside", Beside),
    ("atras de", Behind),
    ("atras del", Behind),
    ("detras de", Behind),
    ("detras del", Behind),
    ("a espaldas de", Behind),
    ("a espaldas del", Behind),
    ("behind", Behind),
    ("in back of", Behind),
    ("a la vuelta de", Near),
    ("a la vuelta del", Near),
    ("cerca de", Near),
    ("cerca del", Near),
    ("serca de", Near),
    ("serca del", Near),
    ("por donde esta", Near),
    ("a la altura de", Near),
    ("a la altura del", Near),
    ("around the corner from", Near),
    ("close to", Near),
    ("near", Near),
    ("by the", Near),
    ("en la esquina de", Corner),
    ("en la esquina del", Corner),
    ("esquina de", Corner),
    ("esquina del", Corner),
    ("on the corner of", Corner),
    ("corner of", Corner),
    ("afuera de", Outside),
    ("afuera del", Outside),
    ("fuera de", Outside),
    ("outside of", Outside),
    ("outside", Outside),
];

pub(super) fn read(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.landmark.is_some() {
        return None;
    }
    let landmark = r.attempt(|r| related(said, r)).or_else(|| r.attempt(|r| plain(said, r)))?;
    place.landmark = Some(landmark);
    Some(())
}

fn related(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Landmark> {
    let relation = r.take_listed(&RELATIONS).or_else(|| r.attempt(blocks))?;
    // Of two streets it is their corner, and no landmark.
    if relation == Corner && crossing::two_meet(said, r) {
        return None;
    }
    // "By the": the article belongs to the name; "by the way", "a la altura del pecho" are no places.
    let by_the = r.word_at(-1) == "the";
    let high = r.word_at(-2) == "altura";
    if by_the {
        *r = r.from(r.position() - 1);
    }
    let fits = |noun: &Token| match (by_the, high) {
        (true, _) => said.is_name(noun) || is_head(&noun.folded),
        (_, true) => is_landmark(&noun.folded),
        _ => true,
    };
    Some(Landmark { relation, name: thing(said, r, fits)? })
}

/// "A dos cuadras del mercado", "two blocks from the park", "a 50 metros de la escuela".
fn blocks(r: &mut Reader<'_>) -> Option<Relation> {
    let away = r.take(&["a"]).is_some();
    r.take(&["como", "media", "unas", "unos"]);
    if r.word_at(-1) != "media" {
        r.take_count(2_000)?;
    }
    // "2 metros de ancho" is a size.
    let unit =
        r.take(&["cuadra", "cuadras", "block", "blocks", "metros", "mts", "pasos", "casas", "meters"])?;
    (away || matches!(unit, "cuadra" | "cuadras" | "block" | "blocks")).then_some(())?;
    r.take(&["de", "del", "from", "antes", "despues"])?;
    Some(Near)
}

/// "El parque" behind "en" or "por": only what is known to be a landmark.
fn plain(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Landmark> {
    let led = |word: &str| matches!(word, "en" | "por" | "at" | "in" | "hacia" | "del" | "sobre");
    let before = r.word_at(-1);
    let article = matches!(before, "el" | "la") && led(r.word_at(-2));
    let glued = matches!(before, "," | "del") || article;
    (led(before) || glued).then_some(())?;
    Some(Landmark { relation: Relation::At, name: thing(said, r, |noun| is_landmark(&noun.folded))? })
}

/// A noun that fits, with its article and what describes it.
fn thing(said: &Said<'_>, r: &mut Reader<'_>, fits: impl Fn(&Token) -> bool) -> Option<String> {
    let begun = r.position();
    r.take(&[
        "el", "la", "los", "las", "un", "una", "mi", "su", "nuestra", "the", "a", "an", "my", "our", "l",
        "donde",
    ]);
    let english = matches!(r.word_at(-1), "the" | "a" | "an" | "my" | "our");
    let noun = r.token().filter(|token| is_noun(token))?;
    let words = if english { compound(r) } else { 1 };
    (0..words).filter_map(|ahead| r.token_at(ahead as isize)).any(fits).then_some(())?;
    r.skip(words);
    if is_landmark(&noun.folded) {
        // "La primaria 5 de mayo".
        r.attempt(|r| name::feast(said, r).filter(|name| name.known));
    }
    let mut bound = false;
    for _ in 0..5 {
        if !describes(said, r, &noun.folded) && (bound || !bound_noun(r)) {
            break;
        }
        bound |= r.word_at(-2) == "de" || r.word_at(-2) == "del";
    }
    called(said, r);
    Some(said.slice(&(begun..r.position())).to_owned())
}

/// In English the noun is last: "the bait shop", "the old ice plant". How many words there are with it; 1 when none
/// of them is known to be a place.
fn compound(r: &Reader<'_>) -> usize {
    const DESCRIBING: usize = 2;
    let content = |ahead: &usize| {
        r.token_at(*ahead as isize).is_some_and(|token| {
            token.kind == TokenKind::Word && (*ahead == 0 || !token.glued) && !is_function(&token.folded)
        })
    };
    let place = |ahead: &usize| content(ahead) && is_head(r.word_at(*ahead as isize));
    let described = (0..=DESCRIBING).take_while(content).find(place);
    described.map_or(1, |first| first + (first..).take_while(place).count())
}

/// "Que se llama La Esperanza".
fn called(said: &Said<'_>, r: &mut Reader<'_>) {
    r.attempt(|r| {
        r.take_phrase(&["que se llama", "llamada", "llamado", "que le dicen", "called", "named"])
            .then_some(())?;
        name::read(said, r, 2)
    });
}

fn is_noun(token: &Token) -> bool {
    let word = token.folded.as_str();
    let known = is_head(word);
    let kind = !known && (KINDS_STREET.contains(&word) || KINDS_COLONIA.contains(&word));
    let number = is_number_word(word);
    let road = matches!(word, "km" | "kilometro");
    token.kind == TokenKind::Word
        && word.len() > 1
        && !road
        && (known || (!kind && !number && !is_function(word)))
}

/// "Municipal", "Vicente Guerrero", "número 5".
fn describes(said: &Said<'_>, r: &mut Reader<'_>, noun: &str) -> bool {
    let Some(token) = r.token().filter(|token| token.kind != TokenKind::Sign && !token.glued) else {
        return false;
    };
    let word = token.folded.as_str();
    let school = matches!(
        noun,
        "primaria"
            | "secundaria"
            | "escuela"
            | "tecnica"
            | "prepa"
            | "casa"
            | "puerta"
            | "cobach"
            | "cbtis"
            | "cecyte"
            | "telesecundaria"
    );
    let numbered = token.kind == TokenKind::Digits && school && token.folded.len() <= 4;
    let kind = KINDS_STREET.contains(&word) || KINDS_COLONIA.contains(&word);
    let named = token.kind == TokenKind::Word
        && !is_function(word)
        && !kind
        && (said.is_name(token)
            || is_street_name(word)
            || names::is_first_name(word)
            || names::is_surname(word));
    let lower_name = named && (said.is_name(token) || is_landmark(noun));
    let fits = numbered || lower_name || ADJECTIVES.contains(&word);
    r.skip(usize::from(fits));
    fits
}

/// "De la esquina", "de don Pepe", "del centro": one more noun.
fn bound_noun(r: &mut Reader<'_>) -> bool {
    let found = r.attempt(|r| {
        r.take(&["de", "del"])?;
        r.take(&["la", "el", "los", "las", "don", "dona", "mi"]);
        let token = r.token().filter(|token| token.kind == TokenKind::Word && token.folded.len() > 1)?;
        let word = token.folded.as_str();
        let time =
            matches!(word, "tarde" | "manana" | "noche" | "madrugada" | "ayer" | "hoy" | "agua" | "basura")
                || MONTHS.contains(&word);
        let place = KINDS_STREET.contains(&word) || KINDS_COLONIA.contains(&word);
        let noun = (word == "esquina" || !is_function(word)) && !time && !place;
        noun.then(|| r.skip(1))
    });
    found.is_some()
}
