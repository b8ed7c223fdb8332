//! Days, times of day, and since when something is so.

use serde::Serialize;
use ventanilla_values::{DateExpression, Length, Reader, TimeExpression, Unit};

use super::{EntityValue, Said, names::is_first_name, overlap::Found, people::PEOPLE};

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
    if is_called(r) { None } else { DateExpression::read(r) }
}

/// "Soy Domingo", "mi vecino Domingo": a name, since the day is "el domingo".
fn is_called(r: &Reader<'_>) -> bool {
    let before = r.word_at(-1);
    let one = PEOPLE.contains(&before) && !before.ends_with('s');
    let announced =
        matches!(before, "soy" | "llamo" | "llama" | "dicen" | "don" | "sr" | "compadre" | "amigo");
    r.word() == "domingo" && (one || announced || is_first_name(before))
}

fn since(r: &mut Reader<'_>) -> Option<Since> {
    [lasting, begun, ago_that, so_long, until_now].into_iter().find_map(|read| r.attempt(read))
}

/// "Desde hace dos semanas", "lleva tres meses", "for two weeks".
fn lasting(r: &mut Reader<'_>) -> Option<Since> {
    let begun = r.position();
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
        "tiene ya",
        "tienen ya",
        "tenemos ya",
        "ya va para",
        "va ya para",
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
        "it ' s been",
        "it has been",
        "its been",
        "van para",
        "va para",
        "van pa",
        "va pa",
        "ya son",
    ])
    .then_some(())?;
    if r.word_at(-1).starts_with("llev") || r.word_at(-2).starts_with("llev") {
        r.attempt(so_it_is);
    }
    about(r);
    let since = length(r).or_else(|| several(r))?;
    (!is_age(r, begun)).then_some(since)
}

/// "Lleva **así** 3 semanas", "llevamos **sin agua** dos días".
fn so_it_is(r: &mut Reader<'_>) -> Option<()> {
    const ENDS: [&str; 8] = ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"];
    let how = r.word();
    let state = how.len() > 4 && ENDS.iter().any(|end| how.ends_with(end));
    match how {
        "sin" => r.skip(2),
        _ if state || GOES_ON.contains(&how) => r.skip(1),
        _ => return None,
    }
    r.take(&["ya", "ahi", "asi"]);
    // Only where the length follows.
    let mut ahead = *r;
    about(&mut ahead);
    length(&mut ahead).or_else(|| several(&mut ahead)).map(|_| ())
}

/// "Mi hijo ya tiene 3 años", "for a 6 year old": what was read is how old somebody is.
fn is_age(r: &Reader<'_>, begun: usize) -> bool {
    if matches!(r.word(), "old" | "olds") || r.clone().take_phrase(&["- old", "- olds", "of age", "de edad"])
    {
        return true;
    }
    let first = r.from(begun);
    let has = (0..2).any(|at| first.word_at(at).starts_with("tien"));
    let years = (begun..r.position()).any(|at| matches!(r.from(at).word(), "ano" | "anos" | "mes" | "meses"));
    // "La casa de mi mamá ya tiene 3 años".
    let of = |at: isize| (1..=2).any(|back| matches!(first.word_at(at - back), "de" | "del"));
    let before = (1..=3).any(|back| PEOPLE.contains(&first.word_at(-back)) && !of(-back));
    let person = before || (0..=2).any(|ahead| PEOPLE.contains(&r.word_at(ahead)));
    has && years && person && !GOES_ON.contains(&r.word())
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
    let date = DateExpression::read(&mut day).or_else(|| DateExpression::read(r).inspect(|_| day = *r));
    let Some(date) = date else {
        // "Since 2 days", "desde 3 semanas".
        about(r);
        return length(r);
    };
    *r = day;
    Some(Since::Date(date))
}

/// "Three days now", "5 días seguidos"; "in two weeks now" is to come.
fn until_now(r: &mut Reader<'_>) -> Option<Since> {
    let other =
        matches!(r.word_at(-1), "en" | "in" | "hace" | "within" | "de" | "cada" | "every" | "las" | "los");
    let one = matches!(r.word(), "un" | "una");
    let since = length(r).filter(|_| !other)?;
    // "Un día ya no vuelvo" is to come. "Dieciocho años ya" is how old somebody is.
    let years = matches!(r.word_at(-1), "ano" | "anos" | "year" | "years");
    let lasted = r.take_phrase(&["now", "straight", "in a row", "seguidos", "seguidas"]);
    (lasted || (!years && !one && r.take(&["ya", "already"]).is_some())).then_some(since)
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
    GOES_ON.contains(&r.word()).then_some(since)
}

/// What has been so for a while: no age.
const GOES_ON: [&str; 17] = [
    "que",
    "sin",
    "asi",
    "en",
    "con",
    "tirado",
    "tirada",
    "tapado",
    "tapada",
    "roto",
    "rota",
    "descompuesto",
    "esperando",
    "abandonado",
    "abandonada",
    "fundido",
    "fundida",
];

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
