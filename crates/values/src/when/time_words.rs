//! The words of times of day in Spanish and English.

use crate::{Reader, TokenKind};

use super::{
    Hour, TimeExpression,
    time_names::{AT, HALVES, PARTS, TWELVE},
};

pub(super) fn read(reader: &mut Reader<'_>) -> Option<TimeExpression> {
    [range, single, part].into_iter().find_map(|read| reader.attempt(read))
}

fn part(r: &mut Reader<'_>) -> Option<TimeExpression> {
    r.take_listed(&PARTS).map(TimeExpression::Part)
}

/// "Entre las 4 y las 5", "de 9 a 2", "from 9 to 5", "between 4 and 5".
fn range(r: &mut Reader<'_>) -> Option<TimeExpression> {
    let end = match r.take(&["entre", "de", "from", "between"])? {
        "entre" => ["y", "e"],
        "de" => ["a", "hasta"],
        "from" => ["to", "until"],
        _ => ["and", "to"],
    };
    let first = r.take(&["las", "la"]);
    let from = hour(r)?;
    r.take(&end)?;
    let second = r.take(&["las", "la"]);
    let to = hour(r)?;
    // Of hours only one is "la": "entre la 20 y la 22" are streets.
    let street = |article: Option<&str>, hour: u32| article == Some("la") && hour != 1;
    if street(first, from.hour.hour) || street(second, to.hour.hour) {
        return None;
    }
    let exact = first.is_some() || second.is_some();
    let plain = from.known || to.known || exact;
    let fits = from.hour.hour.max(to.hour.hour) <= 12 && from.hour.hour > 0 && ends_here(r);
    (plain || fits).then_some(TimeExpression::Between { from: from.hour, to: to.hour })
}

/// "A las 4 y media", "4:30 pm", "a mediodía", "half past four".
fn single(r: &mut Reader<'_>) -> Option<TimeExpression> {
    if let Some(hour) = r.take_listed(&TWELVE) {
        return Some(TimeExpression::At(Hour { hour, minute: 0, sure: true }));
    }
    let inside = r.is_glued() && matches!(r.word_at(-1), ":" | "." | "/" | "-" | "," | "$" | "#");
    let led = r.take_phrase(&AT);
    // "At once" is no eleven o'clock, "at 18" an age or a house: nobody counts to 24 behind "at".
    let at_once = r.word_at(-1) == "at" && (r.word() == "once" || is_past_noon_alone(r));
    if at_once || (!led && is_one_of_them(r)) {
        return None;
    }
    // "Las 4" alone are things; "a las 4", "a eso de las 4" are times.
    let article_alone = r.word_at(-1) == "las" && !matches!(r.word_at(-2), "a" | "de");
    // Of hours only one is "la": "de la nave 6 a la 9".
    let door = r.word_at(-1) == "la" && !matches!(r.word(), "1" | "una");
    let read = r.attempt(quarter_to).or_else(|| hour(r)).filter(|_| !inside)?;
    let right = read.known || (led && !article_alone && !door && !is_counted(r));
    right.then_some(TimeExpression::At(read.hour))
}

/// "18", without minutes or hours behind it.
fn is_past_noon_alone(r: &Reader<'_>) -> bool {
    let late = r.clone().take_digits(2).is_some_and(|hour| hour > 12);
    late && !matches!(r.word_at(1), ":" | "h" | "hrs" | "hs" | "hours" | "horas")
}

/// "Platiqué con uno en la noche": a person or a thing, and when.
fn is_one_of_them(r: &Reader<'_>) -> bool {
    matches!(r.word(), "un" | "uno" | "una" | "one") && matches!(r.word_at(1), "en" | "por" | "in" | "at")
}

struct Read {
    hour: Hour,
    /// By its minutes or its half of the day it can be nothing else than a time.
    known: bool,
}

/// "Cuarto para las 5", "quarter to five", "half past four".
fn quarter_to(r: &mut Reader<'_>) -> Option<Read> {
    let shift = r.take_listed(&[
        ("un cuarto para las", -15),
        ("cuarto para las", -15),
        ("cuarto para la", -15),
        ("veinte para las", -20),
        ("diez para las", -10),
        ("diez para la", -10),
        ("cinco para las", -5),
        ("cinco para la", -5),
        ("a quarter to", -15),
        ("quarter to", -15),
        ("quarter past", 15),
        ("half past", 30),
    ])?;
    let hour = r.take_count(12).filter(|hour| *hour > 0)?;
    Some(finished(r, past(hour, shift)?, true))
}

/// "4", "4:30", "4 y media", "5 menos cuarto", with its half of the day.
fn hour(r: &mut Reader<'_>) -> Option<Read> {
    let digits = r.token()?.kind == TokenKind::Digits;
    // Only in digits: "doce y cuarto" is one number to the number reader, and hours end at "y".
    let hour = if digits { r.take_digits(2)? } else { hour_word(r)? };
    let written = r.attempt(|r| minutes(r, digits));
    let (minute, shift) = (written.unwrap_or(0), if written.is_some() { 0 } else { said_minutes(r) });
    let hour = if shift == 0 { Hour::new(hour, minute)? } else { past(hour, shift)? };
    // "Tres y media" may be weeks; "cinco menos cuarto" is a time.
    let whole = written.is_some() || shift < 0;
    Some(finished(r, hour, whole))
}

/// One word from one to twelve.
fn hour_word(r: &mut Reader<'_>) -> Option<u32> {
    let word = [r.token()?.clone()];
    let (value, _) = crate::number_at(&word)?;
    ((1.0..=12.0).contains(&value) && value.fract() == 0.0).then(|| r.skip(1))?;
    Some(value as u32)
}

/// ":30", ".30" behind "a las"; "16h30".
fn minutes(r: &mut Reader<'_>, digits: bool) -> Option<u32> {
    let sign = r.take(&[":", "h"]).filter(|_| digits && r.is_glued())?;
    let two = r.word().len() == 2 && !sign.is_empty();
    let minute = r.take_digits(2).filter(|minute| two && *minute < 60)?;
    // "10:30:45:12" is no time.
    (!(r.is_glued() && r.word() == ":")).then_some(minute)
}

/// Minutes in words, as a shift: "y media" 30, "menos cuarto" -15.
fn said_minutes(r: &mut Reader<'_>) -> i32 {
    r.take_listed(&[
        ("y media", 30),
        ("y cuarto", 15),
        ("y quince", 15),
        ("y treinta y cinco", 35),
        ("y treinta", 30),
        ("y veinticinco", 25),
        ("y veinte", 20),
        ("y diez", 10),
        ("y cinco", 5),
        ("y cuarenta y cinco", 45),
        ("y cuarenta", 40),
        ("y cincuenta y cinco", 55),
        ("y cincuenta", 50),
        ("menos cuarto", -15),
        ("menos veinte", -20),
        ("menos diez", -10),
        ("menos cinco", -5),
        ("thirty", 30),
        ("fifteen", 15),
    ])
    .unwrap_or(0)
}

fn past(hour: u32, shift: i32) -> Option<Hour> {
    let minutes = i32::try_from(hour).ok()? * 60 + shift;
    let minutes = u32::try_from(minutes).ok()?;
    let hour = minutes / 60;
    Hour::new(if hour == 0 { 12 } else { hour }, minutes % 60)
}

/// With what stands behind: "hrs", "pm", "de la tarde", "en punto", "o'clock".
fn finished(r: &mut Reader<'_>, hour: Hour, whole: bool) -> Read {
    let clock = r.take_phrase(&["en punto", "o ' clock", "o ’ clock", "oclock"]);
    let known = whole || clock;
    if known {
        r.take_phrase(&["hrs .", "hrs", "horas", "hs", "h"]);
    }
    match r.take_listed(&HALVES).filter(|_| hour.hour <= 12) {
        Some(part) => Read { hour: hour.in_part(part), known: true },
        None => Read { hour, known },
    }
}

/// "A las 3 vecinas", "at 12 houses": what is counted is no hour. Verbs of "we" end in "mos".
fn is_counted(r: &Reader<'_>) -> bool {
    let Some(next) = r.token() else { return false };
    let word = next.folded.as_str();
    let open =
        ["hrs", "horas", "es", "nos", "les", "los", "las", "mas", "pues", "is", "ellos", "tus", "sus", "mis"];
    let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("mos");
    let street = matches!(word, "-" | "/" | "%" | "x" | "cuadras" | "km" | "metros" | "m" | "por");
    (plural && !open.contains(&word)) || (street && !word.is_empty())
}

/// Nothing follows that could be counted: "entre 4 y 5", and not "entre 3 y 5 personas".
fn ends_here(r: &Reader<'_>) -> bool {
    let small = [
        "de", "en", "por", "a", "o", "para", "pero", "si", "que", "porque", "estoy", "puedo", "podria", "in",
        "on", "at", "or", "me", "esta", "and", "if", "please",
    ];
    r.token().is_none_or(|next| {
        let sign = next.kind == TokenKind::Sign && !matches!(next.folded.as_str(), "%" | "-" | "/" | "$");
        sign || small.contains(&next.folded.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(text: &str, expected: &str) {
        let read = TimeExpression::parse(text).map(|time| match time {
            TimeExpression::At(hour) => shown(hour),
            TimeExpression::Between { from, to } => format!("{} to {}", shown(from), shown(to)),
            TimeExpression::Part(part) => format!("{part:?}"),
        });
        assert_eq!(read.as_deref().unwrap_or("none"), expected, "{text}");
    }

    fn shown(hour: Hour) -> String {
        format!("{}:{:02}{}", hour.hour, hour.minute, if hour.sure { "" } else { "?" })
    }

    #[test]
    fn hours_are_read_in_spanish() {
        says("a las 4", "4:00?");
        says("a las cuatro y media", "4:30?");
        says("a las 4 y cuarto de la tarde", "16:15");
        says("a la una", "1:00?");
        says("cuarto para las 5", "4:45?");
        says("a las cinco menos cuarto", "4:45?");
        says("4:30 pm", "16:30");
        says("4pm", "16:00");
        says("4 p.m.", "16:00");
        says("16:00 hrs", "16:00");
        says("a las 12 de la noche", "0:00");
        says("a mediodía", "12:00");
        says("9 de la mañana", "9:00");
        says("a eso de las diez", "10:00?");
    }

    #[test]
    fn hours_are_read_in_english() {
        says("at 4", "4:00?");
        says("at 4:30", "4:30?");
        says("half past four", "4:30?");
        says("quarter to five pm", "16:45");
        says("at noon", "12:00");
        says("at 18:30", "18:30");
        says("at 18 hrs", "18:00");
        says("4 in the afternoon", "16:00");
        says("five o'clock", "5:00?");
    }

    #[test]
    fn ranges_and_parts_of_the_day_are_read() {
        says("entre 4 y 5", "4:00? to 5:00?");
        says("de 9 a 2", "9:00? to 2:00?");
        says("de 9 am a 2 pm", "9:00 to 14:00");
        says("between 4 and 5", "4:00? to 5:00?");
        says("from 9 to 5", "9:00? to 5:00?");
        says("en la tarde", "Afternoon");
        says("por la mañana", "Morning");
        says("in the evening", "Night");
        says("toda la noche", "Night");
        says("platiqué con uno en la noche", "Night");
    }

    #[test]
    fn what_is_counted_is_no_time() {
        for text in [
            "",
            "4",
            "entre 3 y 5 personas",
            "a las 3 vecinas",
            "de 5 a 10 metros",
            "las 24 horas",
            "a las casas",
            "25:00",
            "4:75",
            "10:30:45:12",
            "entre 60 y 62",
            "entre la 20 y la 22",
            "entre la 8 y la 10 de la colonia Centro",
            "tres y media",
            "look at the road",
            "come at once",
            "adult documents at 18",
            "I live at 22 Calle Allende",
            "platiqué con uno",
            "de la nave 6 a la 9",
        ] {
            says(text, "none");
        }
    }
}
