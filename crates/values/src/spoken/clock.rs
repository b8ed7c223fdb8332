//! Times of day: "de 8:00 a 15:30" -> "de ocho a tres y media de la tarde".

use super::{Heard, after_word, digits, in_words::in_words};
use crate::Lang;

/// `9:00`, `15:30 h`, `8:30 a.m.`, `8:00-14:00`. From 13 on the part of the day is said; before, only where it is
/// written: "de 9:00 a 3:00" may be meant by the clock of twelve hours, and nothing is guessed.
pub(super) fn time(text: &str, lang: Lang) -> Option<Heard> {
    let (from, rest) = hour(text)?;
    let (mut words, mut rest) = from.said(rest, lang);
    let until =
        rest.trim_start_matches(' ').strip_prefix(['-', '–', '—']).map(|rest| rest.trim_start_matches(' '));
    if let Some((until, after)) = until.and_then(hour) {
        let (end, after) = until.said(after, lang);
        let to = if lang == Lang::EN { "to" } else { "a" };
        words = format!("{words} {to} {end}");
        rest = after;
    }
    Some(Heard { words, used: text.len() - rest.len() })
}

#[derive(Clone, Copy)]
struct Time {
    hour: u8,
    minute: u8,
}

/// A time and what follows it.
fn hour(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = two(text, 1)?;
    let (minute, rest) = two(rest.strip_prefix(':')?, 2)?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == ':') || marker(rest).is_some();
    let right = hour < 24 && minute < 60 || hour == 24 && minute == 0;
    (right && ends).then_some((Time { hour, minute }, rest))
}

fn two(text: &str, least: usize) -> Option<(u8, &str)> {
    let row = digits(text);
    let rest = text.strip_prefix(row)?;
    (least..=2).contains(&row.len()).then_some((row.parse().ok()?, rest))
}

/// What is written behind a time.
#[derive(Clone, Copy, PartialEq)]
enum Marker {
    Morning,
    Afternoon,
    /// "h", "hrs": nothing that is not said anyway.
    Hours,
}

fn marker(text: &str) -> Option<(Marker, &str)> {
    let text = text.strip_prefix(' ').unwrap_or(text);
    let find = |words: &[&str]| words.iter().find_map(|word| after_word(text, word));
    find(&["a.m.", "a. m.", "am"])
        .map(|rest| (Marker::Morning, rest))
        .or_else(|| find(&["p.m.", "p. m.", "pm"]).map(|rest| (Marker::Afternoon, rest)))
        .or_else(|| find(&["horas", "hours", "hrs", "hr", "hs", "h"]).map(|rest| (Marker::Hours, rest)))
}

/// The full stop of "p.m." is also the sentence's own where nothing follows or a capital letter does.
fn ends_sentence(marker: &str, after: &str) -> bool {
    let next = after.trim_start().chars().next();
    marker.ends_with('.') && next.is_none_or(|c| c.is_uppercase() || "¿¡".contains(c))
}

impl Time {
    /// Its words, and what follows them in the text.
    fn said(self, rest: &str, lang: Lang) -> (String, &str) {
        let (marker, after) = marker(rest).map_or((None, rest), |(marker, after)| (Some(marker), after));
        let mut words = if lang == Lang::EN { self.english(marker) } else { self.spanish(marker) };
        if ends_sentence(rest.strip_suffix(after).unwrap_or_default(), after) && !words.ends_with('.') {
            words.push('.');
        }
        (words, after)
    }

    fn spanish(self, marker: Option<Marker>) -> String {
        let hour = match self.twelve() {
            1 => "una".to_owned(),
            hour => in_words(hour, Lang::ES),
        };
        let minute = match self.minute {
            0 => String::new(),
            15 => " y cuarto".to_owned(),
            30 => " y media".to_owned(),
            minute @ ..10 => format!(" y {}", in_words(minute.into(), Lang::ES)),
            minute => format!(" {}", in_words(minute.into(), Lang::ES)),
        };
        format!("{hour}{minute}{}", self.part_of_day(marker))
    }

    fn part_of_day(self, marker: Option<Marker>) -> &'static str {
        match (self.of_day(marker), marker) {
            (Some(0 | 24 | 20..), _) => " de la noche",
            (Some(12), _) => " del día",
            (Some(13..), _) => " de la tarde",
            (Some(_), Some(Marker::Morning)) => " de la mañana",
            _ => "",
        }
    }

    fn english(self, marker: Option<Marker>) -> String {
        let hour = in_words(self.twelve(), Lang::EN);
        let minute = match self.minute {
            0 => String::new(),
            minute @ ..10 => format!(" oh {}", in_words(minute.into(), Lang::EN)),
            minute => format!(" {}", in_words(minute.into(), Lang::EN)),
        };
        let half = match (self.of_day(marker), marker) {
            (Some(0 | 24), _) | (Some(..12), Some(Marker::Morning)) => " a.m.",
            (Some(12..), _) => " p.m.",
            _ => "",
        };
        format!("{hour}{minute}{half}")
    }

    /// The hour of the day, where it is certain: "3:00" alone is not.
    fn of_day(self, marker: Option<Marker>) -> Option<u8> {
        match (self.hour, marker) {
            (12, Some(Marker::Morning)) => Some(0),
            (1..12, Some(Marker::Afternoon)) => Some(self.hour + 12),
            (12, None | Some(Marker::Hours)) => None,
            (hour, _) => Some(hour),
        }
    }

    fn twelve(self) -> u64 {
        match self.hour % 12 {
            0 => 12,
            hour => hour.into(),
        }
    }
}
