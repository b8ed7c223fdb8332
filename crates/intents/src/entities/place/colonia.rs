//! Colonias, fraccionamientos, barrios, ejidos, comisarías.

use ventanilla_values::{Reader, TokenKind};

use super::super::Said;
use super::PlaceSaid;
use super::name;
use super::words::{KINDS_COLONIA, KINDS_WEAK, is_function, is_landmark, is_street_name, take_point};

/// "Col. Centro", "fraccionamiento laguna azul", "barrio de Guadalupe", "the Centro neighborhood".
pub(super) fn read(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.colonia.is_some() {
        return None;
    }
    let name = r.attempt(|r| spanish(said, r)).or_else(|| english(said, r))?;
    place.colonia = Some(name);
    Some(())
}

fn spanish(said: &Said<'_>, r: &mut Reader<'_>) -> Option<String> {
    let kind = match r.take_phrase(&["unidad habitacional"]) {
        true => "colonia",
        false => r.take(KINDS_COLONIA)?,
    };
    take_point(r);
    let bound = r.take(&["de", "del"]).is_some();
    let name = name::read(said, r, 2)?;
    // "El pueblo unido", "la zona afectada": only a name that shows itself.
    let weak = KINDS_WEAK.contains(&kind);
    let right = !weak || name.capital || (name.known && !name.number);
    let counted = bound && name.number && !name.text.contains(' ');
    (right && !counted).then_some(name.text)
}

/// "Calle 20 por 15, Guadalupe": behind a whole address, without the word.
pub(super) fn behind_address(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    let whole = place.street.is_some() && (place.number.is_some() || !place.crossings.is_empty());
    (whole && place.colonia.is_none()).then_some(())?;
    r.take(&[","])?;
    let first = r.word();
    let other = matches!(first, "ciudad" | "municipio" | "estado" | "mexico")
        || (is_landmark(first) && !is_street_name(first));
    let name = name::read(said, r, 2)?;
    let shown = (name.known || (name.capital && !name.person)) && !name.number;
    (shown && !other && ends(r)).then_some(())?;
    place.colonia = Some(name.text);
    Some(())
}

/// A name goes on with a crossing or a number of a house: "calle 20 por 15, Hidalgo y Morelos".
fn ends(r: &Reader<'_>) -> bool {
    let crossing = ["y", "e", "entre", "esquina", "esq", "con", "por", "x", "and"];
    r.token().is_none_or(|next| match next.kind {
        TokenKind::Sign => !matches!(next.folded.as_str(), "/" | "#"),
        TokenKind::Digits => false,
        TokenKind::Word => is_function(&next.folded) && !crossing.contains(&next.folded.as_str()),
    })
}

fn english(said: &Said<'_>, r: &mut Reader<'_>) -> Option<String> {
    let name = name::read(said, r, 1).filter(|name| name.capital)?;
    r.take(&["neighborhood", "neighbourhood"]).map(|_| name.text)
}
