//! Options that say since when ("Desde hoy", "2 o 3 días", "Un mes o más"), and which of them an answer falls into: such
//! options share their words, so words cannot tell them apart. For `choice` alone.

use std::collections::BTreeSet;

use crate::{DateExpression, Length, Reader, TokenKind, Unit, Which, is_number_word, tokens};

/// Days ago, from and until.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ago {
    from: u32,
    to: u32,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "Desde hoy", "2 o 3 días".
    Exact,
    /// "Una semana", "unos días": as an option it goes on until the next one begins.
    About,
    /// "Más de 3 días", "un mes o más".
    OrMore,
}

/// The options with the days that each stands for, the latest first; none where they are not about since when. One
/// of them may be another ("No sé").
pub(crate) struct SinceOptions(Vec<(usize, Ago)>);

impl SinceOptions {
    pub(crate) fn of<'a>(labels: impl Iterator<Item = &'a str>) -> Option<Self> {
        let read: Vec<Option<Ago>> = labels.map(whole).collect();
        let mut options: Vec<(usize, Ago)> =
            read.iter().enumerate().filter_map(|(i, ago)| Some((i, (*ago)?))).collect();
        // "1 día", "3 días", "1 semana" may be how long a permit lasts.
        let since = options.iter().any(|(_, ago)| ago.kind == Kind::OrMore || (ago.from, ago.to) == (0, 0));
        (since && options.len() >= 2 && options.len() + 1 >= read.len()).then_some(())?;
        options.sort_by_key(|(_, ago)| ago.from);
        // "Hoy" is one of the days of "esta semana": such options do not follow each other.
        options.windows(2).all(|two| matches!(two, [(_, a), (_, b)] if a.from < b.from)).then_some(())?;
        close_gaps(&mut options);
        Some(Self(options))
    }

    /// The options that what was said falls into; none where it says no length or several.
    pub(crate) fn fitting(&self, said: &str) -> BTreeSet<usize> {
        let Some(said) = the_one(said) else { return BTreeSet::new() };
        let fits = |ago: &Ago| ago.from <= said.to && said.from <= ago.to;
        self.0.iter().filter(|(_, ago)| fits(ago)).map(|(index, _)| *index).collect()
    }
}

/// Nobody falls between two options: "desde ayer" is nearer to "2 o 3 días" than to "hoy".
fn close_gaps(options: &mut [(usize, Ago)]) {
    let starts: Vec<u32> = options.iter().skip(1).map(|(_, ago)| ago.from).collect();
    let mut free = 0;
    for (at, (_, ago)) in options.iter_mut().enumerate() {
        ago.from = ago.from.min(free);
        ago.to = match (ago.kind, starts.get(at)) {
            (Kind::About, Some(next)) => next.saturating_sub(1).max(ago.from),
            (Kind::Exact, _) => ago.to,
            (Kind::About | Kind::OrMore, _) => u32::MAX,
        };
        free = ago.to.saturating_add(1);
    }
}

/// A label that says this and nothing else.
fn whole(label: &str) -> Option<Ago> {
    let tokens = tokens(label);
    let mut r = Reader::new(&tokens);
    r.take_phrase(&["desde hace", "desde", "hace", "since", "for"]);
    let ago = r.attempt(read)?;
    r.take(&["ago"]);
    r.is_done().then_some(ago)
}

fn the_one(said: &str) -> Option<Ago> {
    let tokens = tokens(said);
    let (mut r, mut found) = (Reader::new(&tokens), None);
    while !r.is_done() {
        match r.attempt(read) {
            Some(one) if found.is_some_and(|first| first != one) => return None,
            Some(one) => found = Some(one.said()),
            None => r.skip(1),
        }
    }
    found
}

impl Ago {
    fn exactly(days: u32) -> Self {
        Self { from: days, to: days, kind: Kind::Exact }
    }

    /// What a person means by it: "más de una semana" is not yet months, "hace semanas" is more than one.
    fn said(self) -> Self {
        let several = self.to > self.from;
        match self.kind {
            Kind::OrMore => Self { to: self.from.saturating_mul(2), ..self },
            Kind::About if several => Self { from: self.to / 2, ..self },
            _ => self,
        }
    }
}

fn read(r: &mut Reader<'_>) -> Option<Ago> {
    [between, compared, day, several, whole_unit].into_iter().find_map(|read| r.attempt(read))
}

/// "2 o 3 días", "de 3 a 7 días".
fn between(r: &mut Reader<'_>) -> Option<Ago> {
    r.take(&["de", "entre"]);
    let first = r.take_count(999)?;
    r.take(&["o", "a", "y", "-", "or", "to"])?;
    let last = Length::read(r)?.days();
    let days = |count: u32| unit_behind(r).map(|unit| of(f64::from(count), unit));
    let from = days(first)?;
    (from <= last).then_some(Ago { from, to: last, kind: Kind::Exact })
}

/// The unit that was just read.
fn unit_behind(r: &Reader<'_>) -> Option<Unit> {
    Unit::read(&mut r.from(r.position().checked_sub(1)?))
}

/// "Una semana", "más de 3 días", "menos de un mes", "un mes o más".
fn compared(r: &mut Reader<'_>) -> Option<Ago> {
    let ahead = matches!(r.word_at(-1), "en" | "in" | "cada" | "every") || r.word_at(-2) == "dentro";
    let more = r.take_phrase(&["mas de", "more than", "over"]);
    let less = !more && r.take_phrase(&["menos de", "less than", "under"]);
    let days = Length::read(r).filter(|_| !ahead)?.days();
    if more || less {
        let (from, to) = if more { (days + 1, days + 1) } else { (0, days.saturating_sub(1)) };
        return Some(Ago { from, to, kind: if more { Kind::OrMore } else { Kind::Exact } });
    }
    let kind = if or_more(r) { Kind::OrMore } else { Kind::About };
    Some(Ago { from: days, to: days, kind })
}

fn or_more(r: &mut Reader<'_>) -> bool {
    r.take_phrase(&["o mas", "or more"])
}

/// "Hoy", "ayer", "el martes", "la semana pasada". A day of the calendar needs today, which is not known here.
fn day(r: &mut Reader<'_>) -> Option<Ago> {
    let range = |from, to| Some(Ago { from, to, kind: Kind::Exact });
    match DateExpression::read(r)? {
        DateExpression::Days(days) if days <= 0 => Some(Ago::exactly(days.unsigned_abs())),
        DateExpression::Months(months) if months <= 0 => {
            Some(Ago::exactly(of(f64::from(months.unsigned_abs()), Unit::Months)))
        }
        DateExpression::Weekday { which: Which::Plain | Which::Last, .. } => range(1, 6),
        DateExpression::Weekend(Which::Plain | Which::Last) => range(1, 8),
        DateExpression::Week(0) => range(0, 6),
        DateExpression::Week(-1) => range(1, 13),
        DateExpression::Month(0) => range(0, 30),
        DateExpression::Month(-1) => range(1, 61),
        DateExpression::Month(-12) => range(30, 730),
        _ => None,
    }
}

/// "Unos días", "semanas", "meses o más".
fn several(r: &mut Reader<'_>) -> Option<Ago> {
    let before = r.token_at(-1);
    let counted = before.is_some_and(|t| t.kind == TokenKind::Digits || is_number_word(&t.folded));
    r.take_phrase(&["unos", "unas", "varios", "varias", "muchos", "muchas", "algunos", "algunas", "a few"]);
    r.take(&["several", "some", "many"]);
    let word = r.word();
    let unit = Unit::read(r).filter(|_| !counted && word.ends_with('s') && !matches!(word, "mes" | "hrs"))?;
    let kind = if or_more(r) { Kind::OrMore } else { Kind::About };
    Some(Ago { from: of(1.0, unit), to: of(4.0, unit), kind })
}

/// "Todo el año", "toda la semana", "all week".
fn whole_unit(r: &mut Reader<'_>) -> Option<Ago> {
    r.take_phrase(&["todo el", "toda la", "all"]).then_some(())?;
    let days = of(1.0, Unit::read(r)?);
    Some(Ago::exactly(if days > 1 { days } else { 0 }))
}

fn of(amount: f64, unit: Unit) -> u32 {
    Length { amount, unit }.days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(labels: &[&str], table: &[(&str, &[usize])]) {
        let options = SinceOptions::of(labels.iter().copied()).expect("options that say since when");
        for (said, expected) in table {
            let found: Vec<usize> = options.fitting(said).into_iter().collect();
            assert_eq!(found, *expected, "{said}");
        }
    }

    #[test]
    fn an_answer_falls_into_the_option_that_holds_its_days() {
        check(
            &["Desde hoy", "2 o 3 días", "Más de 3 días"],
            &[
                ("desde esta mañana no, desde hoy", &[0]),
                ("hace 3 horas", &[0]),
                ("desde ayer", &[1]),
                ("antier", &[1]),
                ("hace como 3 días", &[1]),
                ("llevamos 5 dias sin agua", &[2]),
                ("desde hace 2 semanas", &[2]),
                ("ya va para un mes", &[2]),
                ("más de 3 días", &[2]),
                ("desde el martes", &[1, 2]),
                ("hace días", &[1, 2]),
                ("todo el año", &[2]),
                ("desde hace rato", &[]),
                ("mañana", &[]),
                ("dentro de 2 semanas", &[]),
            ],
        );
        check(
            &[
                "Desde hoy",
                "Desde hace unos días",
                "Desde hace una semana",
                "Desde hace un mes o más",
                "No sé",
            ],
            &[
                ("desde ayer", &[1]),
                ("desde el martes", &[1]),
                ("desde hace una semana", &[2]),
                ("hace como 15 días", &[2]),
                ("hace más de una semana", &[2]),
                ("lleva un mes así", &[3]),
                ("hace meses", &[3]),
                ("todo el año", &[3]),
                ("hace un año", &[3]),
            ],
        );
        check(
            &["Some days", "Several weeks", "Months or more"],
            &[
                ("since yesterday", &[0]),
                ("three weeks", &[1]),
                ("for two months now", &[2]),
                ("a year", &[2]),
            ],
        );
    }

    #[test]
    fn options_about_other_things_are_left_to_their_words() {
        for labels in
            [&["Hoy", "Mañana", "Esta semana"][..], &["1 día", "3 días", "1 semana"], &["Bache"], &[]]
        {
            assert!(SinceOptions::of(labels.iter().copied()).is_none(), "{labels:?}");
        }
    }
}
