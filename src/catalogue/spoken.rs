//! Hours and moments as people say them, in Spanish and in English.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use ventanilla_values::{DAYS_EN, DAYS_ES, MONTHS_EN, MONTHS_ES};

use super::{
    office::{Hours, Spell},
    text::Text,
};

/// "Atendemos de lunes a viernes de 8:00 a 15:00."
pub(super) fn hours(hours: &Hours) -> Text {
    match times(hours) {
        Some((es, en)) => Text::es_en(format!("Atendemos {es}."), format!("We are open {en}.")),
        None => {
            Text::es_en("No hay horario de atención.".to_owned(), "There are no office hours.".to_owned())
        }
    }
}

/// The same of somebody else: "Atienden de lunes a viernes de 8:00 a 15:00."
pub(super) fn their_hours(hours: &Hours) -> Option<Text> {
    let (es, en) = times(hours)?;
    Some(Text::es_en(format!("Atienden {es}."), format!("They are open {en}.")))
}

/// Of who comes by: "el lunes de 7:00 a 9:00 y el jueves de 7:00 a 9:00"
pub(super) fn rounds(hours: &Hours) -> Option<Text> {
    let (es, en) = times(hours)?;
    Some(Text::es_en(es, en))
}

/// "de lunes a viernes de 8:00 a 15:00", "Monday to Friday, 8:00 am to 3:00 pm"
fn times(hours: &Hours) -> Option<(String, String)> {
    let runs = runs(hours);
    let es: Vec<_> = runs.iter().map(|run| format!("{} {}", days_es(run), spells_es(run.spells))).collect();
    let en: Vec<_> = runs.iter().map(|run| format!("{}, {}", days_en(run), spells_en(run.spells))).collect();
    (!runs.is_empty()).then(|| (joined(&es, "y"), joined(&en, "and")))
}

/// "15 de octubre", with the year where it is another than today's: "2 de enero de 2027"
pub(super) fn day(day: NaiveDate, today: NaiveDate) -> Text {
    if day.year() != today.year() {
        return whole_day(day);
    }
    let month = usize::try_from(day.month0()).unwrap_or(0);
    let (es, en) = (name(&MONTHS_ES, month), name(&MONTHS_EN, month));
    Text::es_en(format!("{} de {es}", day.day()), format!("{en} {}", day.day()))
}

/// "21 de noviembre de 2026"
pub(super) fn whole_day(day: NaiveDate) -> Text {
    let month = usize::try_from(day.month0()).unwrap_or(0);
    let (es, en) = (MONTHS_ES.get(month).unwrap_or(&""), MONTHS_EN.get(month).unwrap_or(&""));
    let (day, year) = (day.day(), day.year());
    Text::es_en(format!("{day} de {es} de {year}"), format!("{en} {day}, {year}"))
}

/// "hoy hasta las 15:00"
pub(super) fn until(now: NaiveDateTime, until: NaiveDateTime) -> Text {
    let (es, en) = (clock_es(minutes(until)), clock_en(minutes(until)));
    if until.date() == now.date() {
        return Text::es_en(format!("hoy hasta {es}"), format!("today until {en}"));
    }
    let (day_es, day_en) = from_today(now.date(), until.date());
    Text::es_en(format!("hasta {day_es} a {es}"), format!("until {day_en} at {en}"))
}

/// "hoy a las 16:00", "mañana lunes 23 a las 8:00", "el lunes 11 de enero a las 8:00"
pub(super) fn next_open(now: NaiveDateTime, next: NaiveDateTime) -> Text {
    let (day_es, day_en) = from_today(now.date(), next.date());
    let (es, en) = (clock_es(minutes(next)), clock_en(minutes(next)));
    Text::es_en(format!("{day_es} a {es}"), format!("{day_en} at {en}"))
}

/// "hoy a partir de las 16:00", "mañana lunes 23 a partir de las 8:00"
pub(super) fn from(now: NaiveDateTime, next: NaiveDateTime) -> Text {
    let (day_es, day_en) = from_today(now.date(), next.date());
    let (es, en) = (clock_es(minutes(next)), clock_en(minutes(next)));
    Text::es_en(format!("{day_es} a partir de {es}"), format!("{day_en} from {en}"))
}

pub(super) fn not_soon() -> Text {
    Text::es_en("en una fecha por avisar".to_owned(), "on a date to be announced".to_owned())
}

fn from_today(today: NaiveDate, day: NaiveDate) -> (String, String) {
    let weekday = day.weekday().num_days_from_monday() as usize;
    let (es, en) = (name(&DAYS_ES, weekday), name(&DAYS_EN, weekday));
    let number = day.day();
    match (day - today).num_days() {
        0 => ("hoy".to_owned(), "today".to_owned()),
        1 => (format!("mañana {es} {number}"), format!("tomorrow, {en} {number},")),
        2..=6 if day.month() == today.month() => (format!("el {es} {number}"), format!("on {en} {number}")),
        _ => {
            let (month_es, month_en) =
                (name(&MONTHS_ES, day.month0() as usize), name(&MONTHS_EN, day.month0() as usize));
            (format!("el {es} {number} de {month_es}"), format!("on {en}, {month_en} {number},"))
        }
    }
}

fn minutes(at: NaiveDateTime) -> u32 {
    at.hour() * 60 + at.minute()
}

/// Days of the same hours that follow each other.
struct Run<'a> {
    first: usize,
    last: usize,
    spells: &'a [Spell],
}

fn runs(hours: &Hours) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (day, spells) in hours.0.iter().enumerate().filter(|(_, spells)| !spells.is_empty()) {
        match runs.last_mut() {
            Some(run) if run.last + 1 == day && run.spells == spells.as_slice() => run.last = day,
            _ => runs.push(Run { first: day, last: day, spells }),
        }
    }
    runs
}

fn days_es(run: &Run<'_>) -> String {
    let (first, last) = (name(&DAYS_ES, run.first), name(&DAYS_ES, run.last));
    match run.last - run.first {
        0 => format!("el {first}"),
        1 => format!("{first} y {last}"),
        6 => "todos los días".to_owned(),
        _ => format!("de {first} a {last}"),
    }
}

fn days_en(run: &Run<'_>) -> String {
    let (first, last) = (name(&DAYS_EN, run.first), name(&DAYS_EN, run.last));
    match run.last - run.first {
        0 => first.to_owned(),
        1 => format!("{first} and {last}"),
        6 => "every day".to_owned(),
        _ => format!("{first} to {last}"),
    }
}

fn spells_es(spells: &[Spell]) -> String {
    let spell = |spell: &Spell| match (spell.from, spell.to) {
        (0, 1440) => "las 24 horas".to_owned(),
        (from, to) => format!("de {} a {}", digits(from), digits(to)),
    };
    joined(&spells.iter().map(spell).collect::<Vec<_>>(), "y")
}

fn spells_en(spells: &[Spell]) -> String {
    let spell = |spell: &Spell| match (spell.from, spell.to) {
        (0, 1440) => "24 hours".to_owned(),
        (from, to) => format!("{} to {}", clock_en(from), clock_en(to)),
    };
    joined(&spells.iter().map(spell).collect::<Vec<_>>(), "and")
}

fn digits(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn clock_es(minutes: u32) -> String {
    let article = if minutes / 60 == 1 { "la" } else { "las" };
    format!("{article} {}", digits(minutes))
}

fn clock_en(minutes: u32) -> String {
    let (hour, half) = (minutes / 60 % 24, if minutes / 60 % 24 < 12 { "am" } else { "pm" });
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{hour}:{:02} {half}", minutes % 60)
}

fn name(names: &'static [&'static str], at: usize) -> &'static str {
    names.get(at).copied().unwrap_or_default()
}

/// "a", "a y b", "a, b y c"
fn joined(parts: &[String], and: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}
