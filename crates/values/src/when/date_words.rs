//! The words of days in Spanish and English.

use crate::{Reader, TokenKind};

use super::{
    DateExpression, Length, Unit, Which,
    date_names::{ALSO_WORDS, DAYS, MONTHS, MONTHS_FROM, WEEKDAYS, WEEKS},
    date_phrases::{day_of_another_month, feast, weekend, year_alone},
};

/// Whether a folded word names a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|(name, _)| *name == word)
}

/// Whether a folded word names a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|(name, _)| *name == word)
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<DateExpression> {
    let readers = [
        numeric,
        day_word,
        counted,
        named_day,
        month_first,
        weekday,
        weekend,
        week_or_month,
        named_month,
        day_of_another_month,
        day_alone,
        feast,
        year_alone,
    ];
    readers.into_iter().find_map(|read| reader.attempt(read))
}

/// "15/05/2026", "15-05", "2026-05-15", "15.05.2026". Day before month, as in Mexico.
fn numeric(r: &mut Reader<'_>) -> Option<DateExpression> {
    let begun = *r;
    if begun.is_glued() && matches!(begun.word_at(-1), "/" | "-" | "." | ":" | ",") {
        return None;
    }
    let first = r.take_digits(4)?;
    let sign = r.take(&["/", "-", "."]).filter(|_| r.is_glued())?;
    let second = r.take_digits(2)?;
    let third = r.attempt(|r| {
        r.take(&[sign]).filter(|_| r.is_glued())?;
        r.take_digits(4)
    });
    // Part of a longer row of numbers is no date.
    let longer = r.is_glued() && matches!(r.word(), "/" | "-") || (r.is_glued() && r.word_at(0) == ":");
    let figures = begun.word().len();
    match third.filter(|_| !longer) {
        Some(day) if figures == 4 => DateExpression::date(first as i32, second, day),
        Some(year) => DateExpression::date(full_year(year, r.word_at(-1).len())?, second, first),
        None if longer || third.is_some() => None,
        None => without_year(first, second, sign, (figures, begun.word_at(2).len())),
    }
}

/// Two numbers alone may be a fraction, a range or "24/7": they are a date when they look like one.
fn without_year(day: u32, month: u32, sign: &str, figures: (usize, usize)) -> Option<DateExpression> {
    let likely = match sign {
        "/" => figures.0 == 2 || figures.1 == 2,
        "-" => figures == (2, 2) && (day < 10 || month < 10),
        _ => false,
    };
    let always = sign == "/" && (day, month) == (24, 7) && figures == (2, 1);
    if likely && !always { DateExpression::day_and_month(day, month) } else { None }
}

/// "26" is 2026, "85" is 1985.
fn full_year(year: u32, figures: usize) -> Option<i32> {
    match figures {
        4 => Some(year as i32),
        2 if year < 70 => Some(2000 + year as i32),
        2 => Some(1900 + year as i32),
        _ => None,
    }
}

/// "Mañana"; not the morning in "en la mañana", "mañana" behind "por la".
fn day_word(r: &mut Reader<'_>) -> Option<DateExpression> {
    let morning = r.word() == "manana" && matches!(r.word_at(-1), "la" | "esta" | "una" | "cada" | "toda");
    (!morning).then(|| r.take_listed(&DAYS)).flatten().map(DateExpression::Days)
}

/// "En quince días", "hace un mes", "two weeks ago".
fn counted(r: &mut Reader<'_>) -> Option<DateExpression> {
    if let Some(length) = r.attempt(ago) {
        return shifted(length, -1);
    }
    let sign = r.take_listed(&[
        ("dentro de", 1),
        ("de aqui a", 1),
        ("en", 1),
        ("in", 1),
        ("within", 1),
        ("hace", -1),
        ("hacen", -1),
    ])?;
    r.take(&["como", "unos", "unas", "about", "casi", "ya"]);
    let length = Length::read(r)?;
    shifted(length, sign)
}

fn ago(r: &mut Reader<'_>) -> Option<Length> {
    let length = Length::read(r)?;
    r.take(&["ago", "atras"]).map(|_| length)
}

fn shifted(length: Length, sign: i32) -> Option<DateExpression> {
    let whole = length.amount.fract() == 0.0;
    match length.unit {
        Unit::Hours => None,
        Unit::Months if whole => Some(DateExpression::Months(sign * length.amount as i32)),
        Unit::Years if whole => Some(DateExpression::Months(sign * 12 * length.amount as i32)),
        _ => Some(DateExpression::Days(sign * i32::try_from(length.days()).ok()?)),
    }
}

/// "El lunes que viene", "este viernes", "next monday". "Los lunes" and "every monday" are habits, no day.
fn weekday(r: &mut Reader<'_>) -> Option<DateExpression> {
    let habit = matches!(r.word_at(-1), "los" | "cada" | "every" | "entre");
    let lead = lead(r);
    let also_word = ALSO_WORDS.contains(&r.word()) && lead.is_none();
    let day = r.take_listed(&WEEKDAYS).filter(|_| !habit && !also_word)?;
    // "De lunes a viernes".
    let range = |word: &str| WEEKDAYS.iter().any(|(day, _)| *day == word);
    let ranged = (matches!(r.word(), "a" | "to") && range(r.word_at(1)))
        || (matches!(r.word_at(-2), "a" | "to") && range(r.word_at(-3)));
    if ranged {
        return None;
    }
    let which = behind(r).or(lead).unwrap_or(Which::Plain);
    Some(DateExpression::Weekday { day, which })
}

fn lead(r: &mut Reader<'_>) -> Option<Which> {
    r.take_listed(&[
        ("el proximo", Which::Next),
        ("el siguiente", Which::Next),
        ("el pasado", Which::Last),
        ("el otro", Which::Next),
        ("el dia", Which::Plain),
        ("este proximo", Which::Next),
        ("este pasado", Which::Last),
        ("proximo", Which::Next),
        ("el", Which::Plain),
        ("este", Which::This),
        ("on", Which::Plain),
        ("this", Which::This),
        ("next", Which::Next),
        ("last", Which::Last),
    ])
}

fn behind(r: &mut Reader<'_>) -> Option<Which> {
    r.take_listed(&[
        ("que viene", Which::Next),
        ("que entra", Which::Next),
        ("proximo", Which::Next),
        ("siguiente", Which::Next),
        ("pasado", Which::Last),
        ("que paso", Which::Last),
    ])
}

/// "15 de mayo de 2026", "el primero de mayo", "the 15th of May".
fn named_day(r: &mut Reader<'_>) -> Option<DateExpression> {
    r.take_phrase(&["el dia", "the", "el", "dia", "on the"]);
    let before = r.word_at(-1);
    let day = day_number(r)?;
    let dashed = r.attempt(|r| r.take(&["-", "/"]).filter(|_| r.is_glued())).is_some();
    r.take(&["de", "of"]);
    let month = month(r)?;
    // "La 16 de Septiembre" is a street: no day is "la".
    (before != "la").then_some(())?;
    if dashed {
        r.take(&["-", "/"]);
    }
    with_year(r, day, month)
}

/// "May 15th, 2026", "mayo 15".
fn month_first(r: &mut Reader<'_>) -> Option<DateExpression> {
    let month = month(r)?;
    r.take(&["the"]);
    let day = r.take_digits(2)?;
    r.take(&["st", "nd", "rd", "th"]);
    with_year(r, day, month)
}

fn day_number(r: &mut Reader<'_>) -> Option<u32> {
    if r.take(&["primero", "first"]).is_some() {
        return Some(1);
    }
    let day = r.take_count(31)?;
    if r.is_glued() {
        r.take(&["st", "nd", "rd", "th", "ro", "o", "º", "°"]);
    }
    Some(day)
}

fn month(r: &mut Reader<'_>) -> Option<u32> {
    let month = r.take_listed(&MONTHS)?;
    r.attempt(|r| r.take(&["."]).filter(|_| r.token().is_some_and(|next| next.kind != TokenKind::Sign)));
    Some(month)
}

fn with_year(r: &mut Reader<'_>, day: u32, month: u32) -> Option<DateExpression> {
    match r.attempt(year) {
        Some(year) => DateExpression::date(year, month, day),
        None => DateExpression::day_and_month(day, month),
    }
}

/// "De 2026", "del 2026", ", 2026", "del dos mil trece".
fn year(r: &mut Reader<'_>) -> Option<i32> {
    let led = r.take_phrase(&["de el", "del ano", "de", "del", ",", "of"]);
    let digits = r.attempt(|r| r.take_digits(4).filter(|year| *year >= 1900));
    let year = digits.or_else(|| r.take_count(2100).filter(|year| led && *year >= 1900))?;
    i32::try_from(year).ok()
}

fn week_or_month(r: &mut Reader<'_>) -> Option<DateExpression> {
    let week = r.take_listed(&WEEKS).map(DateExpression::Week);
    week.or_else(|| r.take_listed(&MONTHS_FROM).map(DateExpression::Month))
}

/// "En enero", "desde mayo de 2025", "since March". Alone it may be anything.
fn named_month(r: &mut Reader<'_>) -> Option<DateExpression> {
    let led = matches!(r.word_at(-1), "desde" | "since")
        || r.take_phrase(&["en el mes de", "el mes de", "mes de", "en", "in"])
        || r.is_done();
    let alone = r.position() == 0;
    let short = r.word().len() == 3 && r.word() != "may";
    let month = r.take_listed(&MONTHS).filter(|_| (led || alone) && !short)?;
    let year = r.attempt(year);
    (led || year.is_some()).then_some(DateExpression::NamedMonth { month, year })
}

/// "El 15", "the 15th": not "el 15 por ciento" and not "el 15 casas".
fn day_alone(r: &mut Reader<'_>) -> Option<DateExpression> {
    let named = r.take(&["el", "the", "dia"])?;
    let named = if named == "el" && r.take(&["dia"]).is_some() { "dia" } else { named };
    let day = r.take_digits(2).filter(|day| (1..=31).contains(day))?;
    let ordinal = r.is_glued() && r.take(&["st", "nd", "rd", "th"]).is_some();
    let right =
        if named == "the" { ordinal } else { !r.is_glued() || matches!(r.word(), "," | "." | "?" | "!") };
    let next = r.token();
    let ends = next.is_none_or(|next| {
        next.kind == TokenKind::Sign && !matches!(next.folded.as_str(), "%" | "-" | "/" | ":")
    });
    let goes_on = [
        "a", "de", "en", "y", "o", "para", "porque", "si", "que", "no", "at", "in", "and", "or", "ya", "del",
    ];
    // "El 15 de …" names a month or another thing; months were read before.
    let free = ends
        || (goes_on.contains(&r.word()) && !matches!(r.word(), "de" | "del"))
        || named == "dia"
        || ordinal;
    (right && free).then_some(DateExpression::DayOfMonth(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(text: &str, expected: &str) {
        let read = DateExpression::parse(text).map(|d| format!("{d:?}"));
        assert_eq!(read.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn dates_in_figures_have_the_day_first() {
        says("15/05/2026", "Date(2026-05-15)");
        says("el 5/6/26", "Date(2026-06-05)");
        says("15-05", "DayAndMonth { day: 15, month: 5 }");
        says("15/5", "DayAndMonth { day: 15, month: 5 }");
        says("2026-05-15", "Date(2026-05-15)");
        says("1.5.1985", "Date(1985-05-01)");
        for text in [
            "31/02",
            "31/02/2026",
            "05/15/2026",
            "24/7",
            "1/2",
            "10-20",
            "12-11",
            "1/1/1/1",
            "5.5",
            "998-12-34",
        ] {
            says(text, "none");
        }
    }

    #[test]
    fn dates_in_words_are_read() {
        says("15 de mayo", "DayAndMonth { day: 15, month: 5 }");
        says("el quince de mayo de 2026", "Date(2026-05-15)");
        says("15 de mayo del dos mil trece", "Date(2013-05-15)");
        says("el 1ro de septiembre", "DayAndMonth { day: 1, month: 9 }");
        says("primero de mayo", "DayAndMonth { day: 1, month: 5 }");
        says("May 15th", "DayAndMonth { day: 15, month: 5 }");
        says("may 15, 2026", "Date(2026-05-15)");
        says("the 3rd of june", "DayAndMonth { day: 3, month: 6 }");
        says("el 15", "DayOfMonth(15)");
        says("el día 3", "DayOfMonth(3)");
        says("the 15th", "DayOfMonth(15)");
        says("4-mar-2013", "Date(2013-03-04)");
        says("04/marzo/2013", "Date(2013-03-04)");
        says("desde enero", "NamedMonth { month: 1, year: None }");
        says("el mes de marzo de 2023", "NamedMonth { month: 3, year: Some(2023) }");
        for text in [
            "31 de abril",
            "el 40",
            "el 15 por ciento",
            "el 15%",
            "you may go",
            "mayo",
            "el 3 casas",
            "en la 16 de septiembre",
        ] {
            says(text, "none");
        }
    }

    #[test]
    fn days_are_told_by_something_else() {
        says("el fin de semana pasado", "Weekend(Last)");
        says("this weekend", "Weekend(This)");
        says("el 15 del mes pasado", "DayOfMonthFrom { day: 15, months: -1 }");
        says("15 de este mes", "DayOfMonthFrom { day: 15, months: 0 }");
        says("the 3rd of last month", "DayOfMonthFrom { day: 3, months: -1 }");
        says("el 20 del presente", "DayOfMonthFrom { day: 20, months: 0 }");
        says("en Navidad", "DayAndMonth { day: 25, month: 12 }");
        says("desde el día de muertos", "DayAndMonth { day: 2, month: 11 }");
        says("desde 2020", "Year(2020)");
        says("desde el año 2019", "Year(2019)");
        for text in [
            "las luces de Navidad",
            "los fines de semana",
            "buen fin de semana",
            "cada fin de semana",
            "desde 2000 pesos",
            "en 2020",
            "15 de este año",
        ] {
            says(text, "none");
        }
    }

    #[test]
    fn weekdays_have_a_which_and_habits_are_no_day() {
        says("el lunes", "Weekday { day: Mon, which: Plain }");
        says("el lunes que viene", "Weekday { day: Mon, which: Next }");
        says("el proximo martes", "Weekday { day: Tue, which: Next }");
        says("el miércoles pasado", "Weekday { day: Wed, which: Last }");
        says("este biernes", "Weekday { day: Fri, which: This }");
        says("sábado", "Weekday { day: Sat, which: Plain }");
        says("last sun", "Weekday { day: Sun, which: Last }");
        for text in
            ["los lunes", "every monday", "de lunes a viernes", "monday to friday", "the sun", "Mondays"]
        {
            says(text, "none");
        }
    }

    #[test]
    fn days_are_counted() {
        says("mañana", "Days(1)");
        says("pasado manana", "Days(2)");
        says("en quince días", "Days(15)");
        says("hace tres días", "Days(-3)");
        says("three days ago", "Days(-3)");
        says("hace mes y medio", "Days(-45)");
        says("dentro de un mes", "Months(1)");
        says("el año pasado", "Month(-12)");
        says("la semana que viene", "Week(1)");
        for text in ["en la mañana", "hace dos horas", "hace frío", "en 3 casas", "hoy o mañana"] {
            says(text, "none");
        }
    }
}
