//! Days that are told by something else: weekends, feasts, years, days of the month before.

use crate::{Money, Reader};

use super::{
    DateExpression,
    date_names::{FEASTS, MONTHS_FROM, WEEKENDS},
};

/// "El fin de semana pasado", "this weekend". "Cada fin de semana" is a habit, "buen fin de semana" a wish.
pub(super) fn weekend(r: &mut Reader<'_>) -> Option<DateExpression> {
    let other = matches!(r.word_at(-1), "cada" | "los" | "todos" | "buen" | "every" | "happy");
    r.take_listed(&WEEKENDS).filter(|_| !other).map(DateExpression::Weekend)
}

/// "El 15 del mes pasado", "15 de este mes", "the 3rd of last month".
pub(super) fn day_of_another_month(r: &mut Reader<'_>) -> Option<DateExpression> {
    r.take_phrase(&["el dia", "dia", "el", "on the", "the"]);
    let day = r.take_count(31).filter(|day| *day > 0)?;
    if r.is_glued() {
        r.take(&["st", "nd", "rd", "th"]);
    }
    r.take(&["de", "del", "of"])?;
    let listed = MONTHS_FROM.iter().find(|(phrase, months)| {
        // "Del" has the article.
        months.abs() < 12 && r.take_phrase(&[phrase.strip_prefix("el ").unwrap_or(phrase)])
    });
    let months = match listed {
        Some((_, months)) => *months,
        None => r.take_listed(&[("presente mes", 0), ("presente", 0), ("mes en curso", 0)])?,
    };
    Some(DateExpression::DayOfMonthFrom { day, months })
}

/// "En Navidad", "since Christmas": behind other words it may be what lights and presents are for.
pub(super) fn feast(r: &mut Reader<'_>) -> Option<DateExpression> {
    let led = |word: &str| {
        matches!(
            word,
            "en" | "desde" | "para" | "por" | "hasta" | "at" | "on" | "since" | "by" | "before" | "after"
        )
    };
    let behind_lead = led(r.word_at(-1)) || (matches!(r.word_at(-1), "el" | "la") && led(r.word_at(-2)));
    let (day, month) = r.take_listed(&FEASTS).filter(|_| behind_lead)?;
    DateExpression::day_and_month(day, month)
}

/// "Desde 2020", "since 2019": behind other words four digits may be anything.
pub(super) fn year_alone(r: &mut Reader<'_>) -> Option<DateExpression> {
    let begun =
        matches!(r.word_at(-1), "desde" | "since") || (r.word_at(-1) == "el" && r.word_at(-2) == "desde");
    r.take_phrase(&["el ano", "ano"]);
    let mut amount = *r;
    let year = r.take_digits(4).filter(|year| (1950..=2100).contains(year))?;
    let free = begun && !r.is_glued() && Money::read(&mut amount).is_none();
    free.then_some(DateExpression::Year(i32::try_from(year).ok()?))
}
