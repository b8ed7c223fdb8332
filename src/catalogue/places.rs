//! The places of the town: colonias, streets, landmarks and the limits of the municipality. Answers what a pin or a text
//! names. A text never becomes a pin: a wrong pin would send a crew to the wrong street.

use geo::{Coord, Intersects, MultiPolygon};
use ventanilla_values::Place;

use super::{place_text, streets::Street};

#[derive(Debug, Clone, Default)]
pub struct Places {
    /// `None` where the file does not say: then nothing is known to be outside.
    pub municipality: Option<MultiPolygon>,
    pub colonias: Vec<Colonia>,
    pub landmarks: Vec<Landmark>,
    pub streets: Vec<Street>,
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
    /// Comparable words of its name and of what else people call it.
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
        let (named, _) = self.colonias_in(&place_text::words(text));
        self.colonia(named.first()?)
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

    /// A place in words. Known colonias, corners and landmarks are recognised; any other answer that may be a place is
    /// kept as the person wrote it. `None` for a question, a "no sé", or no words at all.
    pub fn find(&self, text: &str) -> Option<Place> {
        self.look_up(text).map(|found| found.place)
    }

    pub fn colonia(&self, id: &str) -> Option<&Colonia> {
        self.colonias.iter().find(|colonia| colonia.id == id)
    }

    pub(super) fn colonia_at(&self, lat: f64, lon: f64) -> Option<&Colonia> {
        let point = Coord { x: lon, y: lat };
        self.colonias.iter().find(|colonia| colonia.area.intersects(&point))
    }
}
