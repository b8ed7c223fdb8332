//! A town for transcripts where none is at hand.

use ventanilla_values::{Place, words};

use crate::Gazetteer;

/// Every pin lies in the municipality, and every text of two words or more is a place in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnyPlace;

impl Gazetteer for AnyPlace {
    fn locate(&self, lat: f64, lon: f64) -> Place {
        let text = format!("{lat:.5}, {lon:.5}");
        Place { text, lat: Some(lat), lon: Some(lon), colonia: None, inside: Some(true) }
    }

    fn find(&self, text: &str) -> Option<Place> {
        let is_place = words(text).len() >= 2;
        is_place.then(|| Place { text: text.trim().to_owned(), ..Place::default() })
    }
}
