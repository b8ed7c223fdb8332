//! Streets in English ("12 Oak Street"), kilometres of a road, and blocks with lots.

use ventanilla_values::{Reader, TokenKind};

use super::super::Said;
use super::words::{KINDS_ENGLISH, is_stop, is_street_name};
use super::{PlaceSaid, bare, street};

/// "12 Oak Street", "Main St", "5th Avenue".
pub(super) fn english(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || bare::is_inside(r) {
        return None;
    }
    let number = r.attempt(|r| {
        let begun = r.position();
        r.take_digits(5)?;
        (!r.is_glued()).then(|| said.slice(&(begun..begun + 1)).to_owned())
    });
    let begun = r.position();
    for words in 1..=3_usize {
        let token = r.token()?;
        let ordinal = token.kind == TokenKind::Digits
            && r.token_at(1)
                .is_some_and(|t| t.glued && matches!(t.folded.as_str(), "th" | "st" | "nd" | "rd"));
        let word = token.folded.as_str();
        let named = token.kind == TokenKind::Word
            && !is_stop(word)
            && (said.is_name(token)
                || is_street_name(word)
                || matches!(word, "main" | "oak" | "first" | "second" | "third"));
        if !ordinal && !named {
            return None;
        }
        r.skip(if ordinal { 2 } else { 1 });
        if words <= 3 && KINDS_ENGLISH.contains(&r.word()) && !r.is_glued() {
            place.street = Some(said.slice(&(begun..r.position())).to_owned());
            place.number = number.or(place.number.take());
            r.skip(1);
            return Some(());
        }
    }
    None
}

/// "Km 12 carretera a Mérida", "kilómetro 3.5", "km12".
pub(super) fn kilometre(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.kilometre.is_some() {
        return None;
    }
    let glued = r.word().strip_prefix("km").and_then(|rest| rest.parse::<u32>().ok()).map(f64::from);
    place.kilometre = match glued {
        Some(km) => {
            r.skip(1);
            Some(km)
        }
        None => {
            r.take(&["km", "kilometro", "kilometer"])?;
            r.take(&["."]);
            Some(r.take_number().filter(|km| (0.0..5_000.0).contains(km))?)
        }
    };
    // "Km 23+500": and so many metres.
    let metres = r.attempt(|r| {
        r.take(&["+"])?;
        r.take_digits(3).filter(|_| r.word_at(-1).len() == 3)
    });
    place.kilometre = place.kilometre.map(|km| km + f64::from(metres.unwrap_or(0)) / 1000.0);
    r.attempt(|r| {
        r.take_phrase(&["de la", "de", "en la", "sobre la", "on the", "of the", "of", ","]);
        street::typed(said, r, place)
    });
    Some(())
}

/// "Manzana 4 lote 12", "mz. 4 lt. 12".
pub(super) fn block(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.number.is_some() {
        return None;
    }
    let begun = r.position();
    let numbered = |r: &mut Reader<'_>, kinds: &[&str]| {
        r.attempt(|r| {
            r.take(kinds)?;
            r.take(&[".", "numero", "no", "#"]);
            r.take_digits(4)
        })
    };
    numbered(r, &["manzana", "mza", "mz", "supermanzana", "sm", "smza"])?;
    let end = r.position();
    r.take(&[","]);
    if numbered(r, &["lote", "lt", "manzana", "mza", "mz"]).is_none() {
        *r = r.from(end);
    }
    place.number = Some(said.slice(&(begun..r.position())).to_owned());
    Some(())
}
