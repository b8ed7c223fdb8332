//! Colonias, fraccionamientos, barrios, ejidos, comisarías.

use ventanilla_values::Reader;

use super::super::Said;
use super::PlaceSaid;
use super::name;
use super::words::{KINDS_COLONIA, KINDS_WEAK};

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
    r.take(&["."]).filter(|_| kind.len() <= 5);
    let bound = r.take(&["de", "del"]).is_some();
    let name = name::read(said, r, 2)?;
    // "El pueblo unido", "la zona afectada": only a name that shows itself.
    let weak = KINDS_WEAK.contains(&kind);
    let right = !weak || name.capital || (name.known && !name.number);
    let counted = bound && name.number && !name.text.contains(' ');
    (right && !counted).then_some(name.text)
}

fn english(said: &Said<'_>, r: &mut Reader<'_>) -> Option<String> {
    let name = name::read(said, r, 1).filter(|name| name.capital)?;
    r.take(&["neighborhood", "neighbourhood"]).map(|_| name.text)
}
