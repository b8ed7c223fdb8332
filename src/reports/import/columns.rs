//! Which column of a file is what, and what its words mean here.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

/// What a report is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Folio,
    Category,
    Lat,
    Lon,
    Address,
    Description,
    State,
    FiledAt,
    ClosedAt,
    Department,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Folio,
        Self::Category,
        Self::Lat,
        Self::Lon,
        Self::Address,
        Self::Description,
        Self::State,
        Self::FiledAt,
        Self::ClosedAt,
        Self::Department,
    ];

    /// The names that it is known by without a mapping, the first in messages; folded.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Folio => &["folio", "id", "numero", "no de reporte"],
            Self::Category => &["category", "categoria", "tipo", "servicio"],
            Self::Lat => &["lat", "latitud", "latitude"],
            Self::Lon => &["lon", "long", "lng", "longitud", "longitude"],
            Self::Address => &["address", "direccion", "domicilio", "ubicacion"],
            Self::Description => &["description", "descripcion", "detalle"],
            Self::State => &["state", "estado", "estatus", "status"],
            Self::FiledAt => {
                &["filed at", "fecha", "fecha de reporte", "fecha de registro", "requested datetime"]
            }
            Self::ClosedAt => &["closed at", "fecha de cierre", "fecha de atencion"],
            Self::Department => &["department", "departamento", "area", "dependencia"],
        }
    }

    /// As messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FiledAt => "filed_at",
            Self::ClosedAt => "closed_at",
            other => other.names()[0],
        }
    }
}

/// What differs from the usual names: `--map columns.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The header of a column.
    pub columns: BTreeMap<Column, String>,
    /// A word of the file -> id of a category.
    pub categories: BTreeMap<String, String>,
    /// A word of the file -> a state.
    pub states: BTreeMap<String, String>,
    /// A word of the file -> id of a department.
    pub departments: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads `columns.yaml`.
    ///
    /// # Errors
    /// With line and reason.
    pub fn from_yaml(text: &str) -> Result<Self, String> {
        serde_saphyr::from_str(text).map_err(|err| err.to_string())
    }

    /// Whether a header is this column.
    pub(super) fn is(&self, column: Column, header: &str) -> bool {
        let header = folded(header);
        match self.columns.get(&column) {
            Some(named) => folded(named) == header,
            None => column.names().contains(&header.as_str()),
        }
    }
}

/// What a list of words says of a text, however it is spelled.
pub(super) fn meant<'a>(words: &'a BTreeMap<String, String>, text: &str) -> Option<&'a str> {
    let text = folded(text);
    words.iter().find(|(word, _)| folded(word) == text).map(|(_, meant)| meant.as_str())
}

/// Small letters without accents; one space between words, also for `_` and `-` and points.
pub(super) fn folded(text: &str) -> String {
    let letters = text.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).flat_map(char::to_lowercase);
    let plain: String = letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_however_they_are_spelled() {
        let plain = Mapping::default();
        assert!(plain.is(Column::FiledAt, " Filed_At "));
        assert!(plain.is(Column::Category, "CATEGORÍA"));
        assert!(plain.is(Column::Address, "Dirección"));
        assert!(!plain.is(Column::Lat, "lon"));
        let named =
            Mapping::from_yaml("columns: {lat: Coord. Y}\nstates: {Listo: closed_confirmed}").unwrap();
        assert!(named.is(Column::Lat, "coord y") && !named.is(Column::Lat, "lat"));
        assert_eq!(meant(&named.states, "LISTO"), Some("closed_confirmed"));
        assert!(Mapping::from_yaml("colums: {}").is_err());
    }
}
