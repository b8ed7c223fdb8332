//! "60 x 57 y 59", "Juárez y 12", "calle 20 esquina con 31": which streets a text names, and where they meet.

use std::ops::Range;

use geo::Coord;

use super::{
    fold, place_words,
    streets::{Street, metres},
};

/// Stand before the name of a street.
const TYPES: &str =
    "calle calles avenida boulevard calzada callejon privada prolongacion andador carretera diagonal";
/// Stand between two streets that meet.
const JOINTS: &str = "x por con y e entre esquina and corner casi cruza sobre";
/// A number behind these is no street.
const COUNTED: &str = "numero lote manzana km kilometro casa depto interior local";
/// Stand between a joint and a name.
const SMALL: &str = "la el las los de con a the of";
/// Words of the longest street name.
const MOST_WORDS: usize = 5;

/// The streets of a text that meet somewhere.
pub(super) struct Corner {
    /// The street that it is on; none in "entre Hidalgo y Morelos".
    main: Option<Named>,
    others: Vec<Named>,
    /// Words that belong to the streets: "Benito Juárez y 12" names no colonia.
    pub used: Vec<Range<usize>>,
    /// Letters that had to be forgiven.
    pub slips: usize,
}

/// A street as it is named; several may have that name.
struct Named {
    at: Range<usize>,
    streets: Vec<usize>,
    slips: usize,
}

/// Where the streets of a text meet.
pub(super) struct Meeting {
    pub at: Coord,
    /// "Calle 60 entre 57 y 59".
    pub name: String,
}

impl Corner {
    /// `None` where fewer than two known streets are named.
    pub(super) fn read(words: &[String], streets: &[Street]) -> Option<Self> {
        let mut named: Vec<Named> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match street_at(words, at, streets) {
                Some(street) => {
                    at = street.at.end;
                    named.push(street);
                }
                None => at += 1,
            }
        }
        if named.len() < 2 {
            return None;
        }
        let used = named.iter().map(|one| one.at.clone()).collect();
        let slips = named.iter().map(|one| one.slips).sum();
        // "Entre 57 y 59, sobre la 60": the pair comes first.
        let pair_first = before(words, named.first()?.at.start) == Some("entre");
        let main = match (pair_first, named.len()) {
            (true, 2) => None,
            (true, _) => Some(named.remove(2)),
            (false, _) => Some(named.remove(0)),
        };
        named.truncate(2);
        Some(Self { main, others: named, used, slips })
    }

    /// All the places where they meet; none where the map has no such corner.
    pub(super) fn meetings(&self, streets: &[Street]) -> Vec<Meeting> {
        let Some(main) = &self.main else { return self.crossings_of_pair(streets) };
        let mut found = Vec::new();
        for main in main.streets.iter().filter_map(|main| streets.get(*main)) {
            match self.others.as_slice() {
                [one] => found.extend(met(main, one, streets).into_iter().map(|(at, other)| Meeting {
                    at,
                    name: format!("{} con {}", main.name, short(&other.name)),
                })),
                [one, two, ..] => found.extend(between(main, one, two, streets)),
                [] => {}
            }
        }
        found
    }

    fn crossings_of_pair(&self, streets: &[Street]) -> Vec<Meeting> {
        let [one, two] = self.others.as_slice() else { return Vec::new() };
        let firsts = one.streets.iter().filter_map(|one| streets.get(*one));
        let meetings = firsts.flat_map(|first| {
            met(first, two, streets)
                .into_iter()
                .map(|(at, other)| Meeting { at, name: format!("{} y {}", first.name, short(&other.name)) })
        });
        meetings.collect()
    }
}

fn met<'a>(main: &Street, other: &Named, streets: &'a [Street]) -> Vec<(Coord, &'a Street)> {
    let others = other.streets.iter().filter_map(|other| streets.get(*other));
    others.flat_map(|other| main.crossings(other).into_iter().map(move |at| (at, other))).collect()
}

/// In the middle of the block, for each block of that name.
fn between(main: &Street, one: &Named, two: &Named, streets: &[Street]) -> Vec<Meeting> {
    let ends = met(main, two, streets);
    let blocks = met(main, one, streets).into_iter().filter_map(|(from, first)| {
        let near = |to: &&(Coord, &Street)| metres(from, to.0);
        let (to, second) = ends.iter().min_by(|a, b| near(a).total_cmp(&near(b)))?;
        let at = Coord { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
        let name = format!("{} entre {} y {}", main.name, short(&first.name), short(&second.name));
        Some(Meeting { at, name })
    });
    blocks.collect()
}

/// "Calle 57" -> "57"
fn short(name: &str) -> &str {
    name.strip_prefix("Calle ").unwrap_or(name)
}

fn street_at(words: &[String], at: usize, streets: &[Street]) -> Option<Named> {
    let word = words.get(at)?;
    if listed(TYPES, word) || listed(JOINTS, word) || !may_stand(words, at) {
        return None;
    }
    let number = is_number(word);
    let led = before_is(words, at, TYPES) || before_is(words, at, JOINTS);
    let mut longest = (1..=MOST_WORDS.min(words.len() - at)).rev();
    longest.find_map(|length| {
        let end = at + length;
        // "20th street" has its kind behind it.
        let follows =
            words.get(end).is_some_and(|next| listed(JOINTS, next) || (number && listed(TYPES, next)));
        let (streets, slips) = (led || follows).then(|| called(words.get(at..end)?, streets, !number))??;
        Some(Named { at: at..end, streets, slips })
    })
}

/// Not behind "colonia", "primaria", "número".
fn may_stand(words: &[String], at: usize) -> bool {
    let counted =
        at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| listed(COUNTED, word));
    let other =
        |word: &str| matches!(word, "colonia" | "fraccionamiento" | "barrio") || place_words::is_spot(word);
    !counted && (before_is(words, at, TYPES) || !before(words, at).is_some_and(other))
}

/// The streets of that name, and the slips in it. Where one is called so letter by letter, no other is meant.
fn called(said: &[String], streets: &[Street], forgiving: bool) -> Option<(Vec<usize>, usize)> {
    let with = |fits: &dyn Fn(&Vec<String>) -> bool| -> Vec<usize> {
        let named = streets.iter().enumerate().filter(|(_, street)| street.names.iter().any(fits));
        named.map(|(index, _)| index).collect()
    };
    let exact = with(&|name| name == said);
    if !exact.is_empty() {
        return Some((exact, 0));
    }
    if !forgiving {
        return None;
    }
    let close = with(&|name| {
        name.len() == said.len() && name.iter().zip(said).all(|(known, word)| fold::close(word, known))
    });
    (!close.is_empty()).then_some((close, 1))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The word before, small ones and types left aside.
fn before(words: &[String], at: usize) -> Option<&str> {
    let earlier = words.get(..at)?.iter().rev();
    earlier.map(String::as_str).find(|word| !listed(SMALL, word) && !listed(TYPES, word))
}

/// Whether one of these stands directly before, small words left aside.
fn before_is(words: &[String], at: usize, list: &str) -> bool {
    let mut earlier = words.get(..at).unwrap_or_default().iter().rev().map(String::as_str);
    // "Con" is both.
    earlier.find(|word| listed(list, word) || !listed(SMALL, word)).is_some_and(|word| listed(list, word))
}

fn listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}
