//! Days, times of day, and since when something is so.

use serde::Serialize;
use ventanilla_values::{DateExpression, Length, Reader, TimeExpression, Unit};

use super::{EntityValue, Said, overlap::Found};

/// Since when: "desde hace dos semanas", "desde el lunes", "lleva meses".
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// So many whole days.
    Days(u32),
    /// Since a day; ask [`DateExpression::resolve_past`] which.
    Date(DateExpression),
    /// Several of them; how many was not said.
    Several(Unit),
}

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let since = said.each(since).into_iter().map(|(since, at)| Found::new(EntityValue::Since(since), at));
    let dates = said.each(date).into_iter().map(|(date, at)| Found::new(EntityValue::Date(date), at));
    let times =
        said.each(TimeExpression::read).into_iter().map(|(time, at)| Found::new(EntityValue::Time(time), at));
    since.chain(dates).chain(times).collect()
}

/// Months alone and "el 15" of a sentence that goes on are left to whoever asks for a day.
fn date(r: &mut Reader<'_>) -> Option<DateExpression> {
    DateExpression::read(r)
}

fn since(r: &mut Reader<'_>) -> Option<Since> {
    [lasting, begun, ago_that, so_long].into_iter().find_map(|read| r.attempt(read))
}

/// "Desde hace dos semanas", "lleva tres meses", "for two weeks".
fn lasting(r: &mut Reader<'_>) -> Option<Since> {
    r.take_phrase(&[
        "desde hace ya",
        "desde hace",
        "desde ase",
        "dsd hace",
        "desde hacen",
        "llevamos ya",
        "llevamos",
        "llevo ya",
        "llevo",
        "lleva ya",
        "lleva",
        "llevan ya",
        "llevan",
        "ya tiene",
        "ya tienen",
        "ya tenemos",
        "ya va para",
        "ya van",
        "for the past",
        "for the last",
        "for over",
        "for about",
        "for almost",
        "for more than",
        "for",
        "over the last",
        "been like this",
    ])
    .then_some(())?;
    about(r);
    length(r).or_else(|| several(r))
}

/// "Desde el lunes", "since Monday", "since three days ago".
fn begun(r: &mut Reader<'_>) -> Option<Since> {
    r.take_phrase(&["desde ya hace", "desde", "dsd", "since", "ever since", "a partir de"]).then_some(())?;
    r.take(&["ya", "el", "la"]).filter(|word| *word == "ya");
    let start = r.position();
    // "Desde la semana pasada": the article belongs to the day.
    let article = matches!(r.word_at(-1), "el" | "la");
    let from = if article { start - 1 } else { start };
    let mut day = r.from(from);
    let date = DateExpression::read(&mut day).or_else(|| DateExpression::read(r).inspect(|_| day = *r))?;
    *r = day;
    Some(Since::Date(date))
}

/// "Hace dos semanas que no pasa".
fn ago_that(r: &mut Reader<'_>) -> Option<Since> {
    r.take(&["hace", "ace", "hacen"])?;
    r.take(&["ya"]);
    about(r);
    let since = length(r).or_else(|| several(r))?;
    matches!(r.word(), "que" | "ke" | "q").then_some(since)
}

/// "Tiene una semana sin luz": what is counted is not an age.
fn so_long(r: &mut Reader<'_>) -> Option<Since> {
    r.take(&["tiene", "tienen", "tenemos", "tengo", "van", "va"])?;
    about(r);
    let since = length(r).or_else(|| several(r))?;
    matches!(
        r.word(),
        "que"
            | "sin"
            | "asi"
            | "tirado"
            | "tirada"
            | "tapado"
            | "tapada"
            | "roto"
            | "rota"
            | "descompuesto"
            | "esperando"
            | "abandonado"
            | "abandonada"
            | "fundido"
            | "fundida"
    )
    .then_some(since)
}

fn about(r: &mut Reader<'_>) {
    let small = [
        "como",
        "unos",
        "unas",
        "casi",
        "mas de",
        "ya",
        "about",
        "almost",
        "over",
        "more than",
        "aproximadamente",
        "alrededor de",
        "cerca de",
        "al menos",
        "the past",
        "the last",
    ];
    for _ in 0..3 {
        r.take_phrase(&small);
    }
}

fn length(r: &mut Reader<'_>) -> Option<Since> {
    Length::read(r).map(|length| Since::Days(length.days()))
}

/// "Semanas", "varios meses", "several days"; a unit in the singular is not several.
fn several(r: &mut Reader<'_>) -> Option<Since> {
    r.attempt(|r| {
        r.take(&[
            "varios", "varias", "muchos", "muchas", "algunos", "algunas", "several", "many", "some", "puros",
        ]);
        let word = r.word();
        Unit::read(r).filter(|_| word.ends_with('s') && word != "mes" && word != "hrs").map(Since::Several)
    })
}
