//! Streets without the word "calle": they must show themselves by their name, their number or what crosses them.

use ventanilla_values::{Reader, is_number_word, matching};

use super::super::Said;
use super::PlaceSaid;
use super::crossing::crossings;
use super::name::{self, Name};
use super::street::house;
use super::words::{is_landmark, is_street_name};

/// "60 x 57 y 59", "juarez y 12", "Hidalgo esquina con Morelos", "en Hidalgo 22", "en la 16 de Septiembre".
pub(super) fn bare(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || !place.crossings.is_empty() || is_inside(r) {
        return None;
    }
    // "El hoyo de Juárez 20": the name is behind; "el CBTIS 20" is a school.
    if matches!(r.word(), "de" | "del") || begins_with_landmark(r) || begins_with_article(said, r) {
        return None;
    }
    let mut around = Around {
        context: context(r),
        article: r.word_at(-1) == "la",
        numbered: false,
        glued: r.token_at(1).is_some_and(|next| next.glued),
    };
    let led = matches!(r.word_at(-1), "sobre" | "en");
    let name = name::read(said, r, 2).filter(|name| name.is_likely() && name.shows_itself)?;
    // No date is "la", and none follows "sobre" without "el".
    let is_day = name.feast && (around.article || (name.known && led));
    place.street = Some(name.text.clone());
    house(said, r, place, &name);
    around.numbered = place.number.is_some();
    let before = r.position();
    if crossings(said, r, place).is_none() {
        *r = r.from(before);
        place.crossings.clear();
        let shown = around.context || (name.known && !name.person);
        let housed = around.numbered && (!name.number || name.known) && shown;
        return (housed || is_day).then_some(());
    }
    let how = r.from(before).word();
    let fits = fits(&name, how, place, &around);
    if is_day && !fits {
        *r = r.from(before);
        place.crossings.clear();
    }
    (fits || is_day).then_some(())
}

/// "En la Hidalgo": the article is no part of the name, as in "La Paz".
fn begins_with_article(said: &Said<'_>, r: &Reader<'_>) -> bool {
    let small = r.token().is_some_and(|token| !token.capital) && matches!(r.word(), "el" | "la");
    small && r.token_at(1).is_some_and(|next| said.is_name(next) || is_street_name(&next.folded))
}

fn begins_with_landmark(r: &Reader<'_>) -> bool {
    let article = matches!(r.word(), "el" | "la" | "los" | "las");
    let first = r.word_at(isize::from(article));
    is_landmark(first) && !is_street_name(first)
}

/// What speaks for a street without the word "calle".
struct Around {
    /// Behind "en", "sobre".
    context: bool,
    /// Directly behind "la".
    article: bool,
    /// With the number of a house.
    numbered: bool,
    /// What follows the first word touches it: "2x1".
    glued: bool,
}

/// Whether a crossing without the word "calle" is one.
fn fits(name: &Name, how: &str, place: &PlaceSaid, around: &Around) -> bool {
    let Around { context, article, numbered, glued } = *around;
    let figures = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let numbers = place.crossings.iter().all(|c| figures(c))
        || (article && place.crossings.iter().all(|c| is_number_word(&matching(c))));
    let crossing_known = || place.crossings.iter().any(|c| is_street_name(&matching(c)));
    match how {
        // "2x1" is an offer.
        "x" if name.number => numbers && (!glued || place.crossings.len() == 2 || name.text.len() > 1),
        // "En la 20 por 15"; "3 por 20" is an offer.
        "por" => name.number && numbers && (context || place.crossings.len() == 2),
        "entre" | "between" if name.number => numbers && place.crossings.len() == 2,
        "y" | "e" | "and" | "con" | "&" if name.number && !name.known && !name.feast => {
            context && numbers && how != "and"
        }
        "/" => !name.number && ((context && !name.person) || (name.known && crossing_known())),
        "y" | "e" | "and" | "&" | "con" => {
            let people = name.person && !context;
            numbered || (context && !name.person) || (name.known && !people && (numbers || crossing_known()))
        }
        _ => !name.number || numbers,
    }
}

/// Behind "en", "sobre": what follows is a place.
fn context(r: &Reader<'_>) -> bool {
    let article = matches!(r.word_at(-1), "la" | "el");
    let before = if article { r.word_at(-2) } else { r.word_at(-1) };
    matches!(before, "en" | "sobre" | "por" | "calles" | "on" | "at" | "direccion" | "vivo")
        || (article && before == "de")
}

pub(super) fn is_inside(r: &Reader<'_>) -> bool {
    r.is_glued() && !matches!(r.word_at(-1), "\n" | "," | "(" | "¿" | ":" | "." | "\"")
}
