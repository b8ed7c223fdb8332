//! The places of the town: colonias, landmarks and the limits of the municipality. Answers what a pin or a text
//! names. A text never becomes a pin: a wrong pin would send a crew to the wrong street.

use geo::{Coord, Intersects, MultiPolygon};
use ventanilla_values::Place;

use super::{fold, place_words};

#[derive(Debug, Clone, Default)]
pub struct Places {
    /// `None` where the file does not say: then nothing is known to be outside.
    pub municipality: Option<MultiPolygon>,
    pub colonias: Vec<Colonia>,
    pub landmarks: Vec<Landmark>,
    pub zones: Vec<Zone>,
}

/// Where a rule of `routing.yaml` holds: how departments divide the town. People never name them.
#[derive(Debug, Clone)]
pub struct Zone {
    pub id: String,
    pub name: String,
    pub area: MultiPolygon,
}

#[derive(Debug, Clone)]
pub struct Colonia {
    pub id: String,
    pub name: String,
    /// Folded words of its name and of what else people call it.
    pub(super) names: Vec<Vec<String>>,
    pub area: MultiPolygon,
}

#[derive(Debug, Clone)]
pub struct Landmark {
    pub id: String,
    pub name: String,
    pub(super) names: Vec<Vec<String>>,
    /// People may say what they think of it.
    pub rated: bool,
    /// Degrees, WGS84.
    pub lat: f64,
    pub lon: f64,
}

impl Places {
    /// Whether a landmark is one that people may rate.
    pub fn is_rated(&self, id: &str) -> bool {
        self.landmarks.iter().any(|landmark| landmark.rated && landmark.id == id)
    }

    /// The colonia that words name, among whatever else they say.
    pub fn colonia_in(&self, text: &str) -> Option<&Colonia> {
        let words = fold::words(text);
        let named = |one: &&Colonia| one.names.iter().any(|name| place_words::names(&words, name));
        self.colonias.iter().find(named)
    }

    /// A pin: its colonia, and whether it lies in the municipality.
    pub fn locate(&self, lat: f64, lon: f64) -> Place {
        let colonia = self.colonia_at(lat, lon);
        let point = Coord { x: lon, y: lat };
        let inside = self.municipality.as_ref().map(|area| area.intersects(&point));
        Place {
            text: colonia
                .map_or_else(|| format!("{lat:.5}, {lon:.5}"), |colonia| format!("Col. {}", colonia.name)),
            lat: Some(lat),
            lon: Some(lon),
            colonia: colonia.map(|colonia| colonia.id.clone()),
            inside: if colonia.is_some() { Some(true) } else { inside },
        }
    }

    /// A place in words. Known colonias and landmarks are recognised; any other answer that may be a place is kept
    /// as the person wrote it. `None` for a question, a "no sé", or no words at all.
    pub fn find(&self, text: &str) -> Option<Place> {
        let words = fold::words(text);
        let named = self.named(&words);
        let is_place = match named {
            Named::Nothing => place_words::may_be_place(text, &words),
            _ => !place_words::is_question(text, &words),
        };
        is_place.then(|| Place {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            colonia: match named {
                Named::Colonia(id) => Some(id.to_owned()),
                _ => None,
            },
            inside: (!matches!(named, Named::Nothing)).then_some(true),
            ..Place::default()
        })
    }

    pub fn colonia(&self, id: &str) -> Option<&Colonia> {
        self.colonias.iter().find(|colonia| colonia.id == id)
    }

    fn colonia_at(&self, lat: f64, lon: f64) -> Option<&Colonia> {
        let point = Coord { x: lon, y: lat };
        self.colonias.iter().find(|colonia| colonia.area.intersects(&point))
    }

    fn named(&self, words: &[String]) -> Named<'_> {
        let mut colonias: Vec<&str> = self
            .colonias
            .iter()
            .filter(|colonia| colonia.names.iter().any(|name| place_words::names(words, name)))
            .map(|colonia| colonia.id.as_str())
            .collect();
        let landmarks = self
            .landmarks
            .iter()
            .filter(|mark| mark.names.iter().any(|name| place_words::names(words, name)));
        let mut landmark = false;
        for mark in landmarks {
            landmark = true;
            // A colonia that was said outweighs where the landmark stands.
            if colonias.is_empty() {
                colonias.extend(self.colonia_at(mark.lat, mark.lon).map(|colonia| colonia.id.as_str()));
            }
        }
        match colonias.as_slice() {
            [] if landmark => Named::Somewhere,
            [] => Named::Nothing,
            [one] => Named::Colonia(one),
            _ => Named::Somewhere,
        }
    }
}

enum Named<'a> {
    Nothing,
    Colonia(&'a str),
    /// In the town, but two colonias were named, or a landmark outside all.
    Somewhere,
}
