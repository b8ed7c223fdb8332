//! How sure a place in words is: what of the map it names, and what else it may be. A text never becomes a
//! pin, unless it is the point itself ("18.9263, -91.1131").

use std::ops::Range;

use geo::Coord;
use ventanilla_flows::{Confidence, PlaceFound};
use ventanilla_values::{Coordinates, Place};

use super::{
    corner::Corner,
    fold, place_text, place_words,
    places::{Landmark, Places},
};

/// So many are offered at most.
const OFFERED: usize = 3;
/// A corner on the border of a colonia belongs to both. Degrees, about 90 m.
const BORDER: f64 = 0.0008;

/// A landmark and the words that name it.
type Marked<'a> = (&'a Landmark, Range<usize>);

/// What of the map a text names.
#[derive(Default)]
struct Known {
    /// Ids.
    colonias: Vec<String>,
    /// The colonia stands in the text letter by letter.
    exact: bool,
    /// Two landmarks of one name, or a corner that there is twice.
    possible: Vec<Place>,
    /// At least something of it is on the map.
    any: bool,
    /// Letters were forgiven in more than one word.
    doubtful: bool,
}

impl Places {
    /// See [`ventanilla_flows::Gazetteer::look_up`]. The place keeps the person's own words; only what is certain is
    /// added to it.
    pub fn look_up(&self, text: &str) -> Option<PlaceFound> {
        if let Some(point) = Coordinates::parse(text) {
            return Some(self.typed(point, text));
        }
        let words = place_text::words(text);
        let known = self.known(&words);
        let folded = fold::words(text);
        let is_place = match known.any {
            true => !place_words::is_question(text, &folded),
            false => place_words::may_be_place(text, &folded),
        };
        is_place.then(|| found(text, known))
    }

    /// A pin, with the words that stand around it.
    fn typed(&self, point: Coordinates, text: &str) -> PlaceFound {
        let described = text.contains(char::is_alphabetic) && !text.contains("://");
        let place = self.locate(point.lat, point.lon).called(described.then_some(text));
        PlaceFound { place, confidence: Confidence::Certain, alternatives: Vec::new() }
    }

    fn known(&self, words: &[String]) -> Known {
        let corner = Corner::read(words, &self.streets);
        let corner =
            corner.map(|corner| (corner.meetings(&self.streets), corner)).filter(|(met, _)| !met.is_empty());
        let free = |at: usize| {
            corner.as_ref().is_none_or(|(_, corner)| !corner.used.iter().any(|used| used.contains(&at)))
        };
        let rest: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| if free(at) { word.clone() } else { String::new() })
            .collect();
        // "Primaria Benito Juárez" names no colonia Benito Juárez.
        let marks = self.landmarks_in(&rest);
        let in_mark = |at: usize| marks.iter().any(|(_, span)| span.len() > 1 && span.contains(&at));
        let apart: Vec<String> = rest
            .iter()
            .enumerate()
            .map(|(at, word)| if in_mark(at) { String::new() } else { word.clone() })
            .collect();
        let (colonias, exact) = self.colonias_in(&apart);
        match corner {
            Some((meetings, corner)) => {
                let met: Vec<Place> = meetings.iter().map(|met| self.place_at(met.at, &met.name)).collect();
                let near: Vec<&Coord> = meetings.iter().map(|met| &met.at).collect();
                self.of_corner(met, &near, colonias, corner.slips)
            }
            None => self.of_landmark(&rest, marks, colonias, exact),
        }
    }

    pub(super) fn colonias_in(&self, words: &[String]) -> (Vec<String>, bool) {
        let named =
            self.colonias.iter().filter(|one| one.names.iter().any(|name| place_words::names(words, name)));
        let colonias: Vec<String> = named.map(|one| one.id.clone()).collect();
        let letters = |one: &&String| {
            let names = self.colonia(one).map(|one| one.names.as_slice()).unwrap_or_default();
            names.iter().any(|name| words.windows(name.len().max(1)).any(|said| said == name))
        };
        let exact = colonias.iter().all(|one| letters(&one));
        (colonias, exact)
    }

    fn place_at(&self, at: Coord, name: &str) -> Place {
        let colonia = self.colonia_at(at.y, at.x);
        let text = colonia.map_or_else(|| name.to_owned(), |colonia| format!("{name}, {}", colonia.name));
        Place {
            text,
            colonia: colonia.map(|colonia| colonia.id.clone()),
            inside: Some(true),
            ..Place::default()
        }
    }

    /// Corners that lie in the colonia that was said, where one was.
    fn of_corner(&self, met: Vec<Place>, at: &[&Coord], said: Vec<String>, slips: usize) -> Known {
        let in_said = |index: usize| {
            let near = |id: &String| at.get(index).is_some_and(|at| self.is_near(id, at));
            said.is_empty() || said.iter().any(near)
        };
        let mut fitting: Vec<Place> = Vec::new();
        for (index, place) in met.iter().enumerate() {
            if in_said(index) && !fitting.iter().any(|known| known.text == place.text) {
                fitting.push(place.clone());
            }
        }
        match fitting.as_slice() {
            // The corner is in another colonia than was said.
            [] => Known { possible: met, any: true, doubtful: true, ..Known::default() },
            [one] => {
                let colonia = if said.is_empty() { one.colonia.clone().into_iter().collect() } else { said };
                Known {
                    colonias: colonia,
                    exact: slips == 0,
                    doubtful: slips > 1,
                    any: true,
                    possible: fitting,
                }
            }
            _ => Known { possible: fitting, any: true, ..Known::default() },
        }
    }

    fn is_near(&self, colonia: &str, at: &Coord) -> bool {
        use geo::Intersects;
        let around = geo::Rect::new((at.x - BORDER, at.y - BORDER), (at.x + BORDER, at.y + BORDER));
        self.colonia(colonia).is_some_and(|one| one.area.intersects(&around))
    }

    fn of_landmark(
        &self,
        words: &[String],
        marks: Vec<Marked<'_>>,
        colonias: Vec<String>,
        exact: bool,
    ) -> Known {
        let mut marks: Vec<&Landmark> = marks.into_iter().map(|(mark, _)| mark).collect();
        // "La primaria de Guadalupe": a colonia that was said decides, and outweighs where the landmark stands.
        let there = |mark: &&Landmark| {
            self.colonia_at(mark.lat, mark.lon).is_some_and(|one| colonias.contains(&one.id))
        };
        if marks.len() > 1 && !colonias.is_empty() {
            marks.retain(there);
        }
        let letters = |mark: &Landmark| {
            mark.names.iter().any(|name| words.windows(name.len().max(1)).any(|said| said == name))
        };
        let exact = exact && colonias.len() < 2 && marks.iter().all(|mark| letters(mark));
        let any = !marks.is_empty() || !colonias.is_empty();
        let of = |mark: &Landmark| self.place_at(Coord { x: mark.lon, y: mark.lat }, &mark.name);
        let possible: Vec<Place> = marks.iter().map(|mark| of(mark)).collect();
        let colonias = match (colonias.is_empty(), possible.as_slice()) {
            (true, [one]) => one.colonia.clone().into_iter().collect(),
            _ => colonias,
        };
        let exact = exact && !colonias.is_empty();
        Known { possible, any, exact, colonias, doubtful: false }
    }

    /// The landmarks that are named: a longer name hides a shorter one of the same words.
    fn landmarks_in(&self, words: &[String]) -> Vec<Marked<'_>> {
        let spans = self.landmarks.iter().filter_map(|mark| {
            let named = mark.names.iter().filter_map(|name| {
                let start = place_words::named_at(words, name)?;
                Some(start..start + name.len())
            });
            named.max_by_key(ExactSizeIterator::len).map(|span| (mark, span))
        });
        let spans: Vec<_> = spans.collect();
        let hidden = |span: &Range<usize>| {
            spans.iter().any(|(_, other)| {
                other.len() > span.len() && other.start < span.end && span.start < other.end
            })
        };
        spans.iter().filter(|(_, span)| !hidden(span)).cloned().collect()
    }
}

fn found(text: &str, known: Known) -> PlaceFound {
    let colonia = match known.colonias.as_slice() {
        [one] if !known.doubtful => Some(one.clone()),
        _ => None,
    };
    let place = Place {
        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        colonia,
        inside: known.any.then_some(true),
        ..Place::default()
    };
    let several = known.possible.len() > 1;
    let confidence = match (several || known.doubtful, known.exact) {
        (true, _) => Confidence::Unsure,
        (false, true) => Confidence::Certain,
        (false, false) => Confidence::Likely,
    };
    let mut alternatives = if confidence == Confidence::Unsure { known.possible } else { Vec::new() };
    alternatives.truncate(OFFERED);
    PlaceFound { place, confidence, alternatives }
}
