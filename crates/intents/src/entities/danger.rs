//! What makes a thing dangerous, so that a report can be told to be urgent. Emergencies are not its matter: the guard
//! reads every message before anything else does.

mod exposed;

use serde::Serialize;
use ventanilla_values::{Reader, close};

use exposed::exposed;

use super::{EntityValue, PlaceSaid, Said, overlap::Found, people::PEOPLE, place};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Somebody fell, was hit or hurt: "ya se cayó un niño".
    Injury,
    /// It nearly happened: "casi atropellan".
    NearMiss,
    /// "Peligroso", "hay riesgo".
    Dangerous,
    /// Points, wires and holes that lie open: "con la punta salida".
    Exposed,
    /// Children, or a school near by.
    Children,
    /// "No es peligroso".
    No,
}

/// A danger; with the place, where the same words say where it is ("cerca de la escuela").
#[derive(Clone, PartialEq, Serialize)]
pub struct DangerSaid {
    pub danger: Danger,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceSaid>,
}

/// Without the place.
impl std::fmt::Debug for DangerSaid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DangerSaid").field("danger", &self.danger).finish_non_exhaustive()
    }
}

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let found = said.each(|r| {
        let near = r.attempt(|r| near_school(said, r));
        near.or_else(|| read(r).map(|danger| DangerSaid { danger, place: None }))
    });
    found.into_iter().map(|(danger, at)| Found::new(EntityValue::Danger(danger), at)).collect()
}

fn read(r: &mut Reader<'_>) -> Option<Danger> {
    [dangerous, near_miss, deadly, hurt, fallen, exposed, children]
        .into_iter()
        .find_map(|read| r.attempt(read))
}

/// "Cerca de la escuela": a danger that says where, too.
fn near_school(said: &Said<'_>, r: &mut Reader<'_>) -> Option<DangerSaid> {
    let near = ["cerca de", "cerca del", "near", "close to"];
    near.iter().any(|phrase| r.clone().take_phrase(&[phrase])).then_some(())?;
    let begun = r.position();
    let place = place::read(said, r)?;
    let school = (begun..r.position()).any(|at| SCHOOLS.contains(&r.from(at).word()));
    (school && !place.is_address()).then_some(DangerSaid { danger: Danger::Children, place: Some(place) })
}

const SCHOOLS: [&str; 12] = [
    "escuela",
    "primaria",
    "secundaria",
    "kinder",
    "kinder",
    "guarderia",
    "preescolar",
    "jardin",
    "school",
    "daycare",
    "kindergarten",
    "telesecundaria",
];

/// "Peligroso", "muy peligrosa", "no es peligroso", "es un riesgo".
fn dangerous(r: &mut Reader<'_>) -> Option<Danger> {
    let denied = r.take_phrase(&DENIALS);
    r.take(&["muy", "tan", "nada", "ningun", "un", "very", "really", "a", "any"]);
    let danger = is_dangerous(r.word());
    // "Not so": a word of its own is the beginning, not "muy".
    danger.then(|| r.skip(1))?;
    Some(if denied { Danger::No } else { Danger::Dangerous })
}

const DENIALS: [&str; 23] = [
    "no creo que sea",
    "no creo que este",
    "no creo que haya",
    "no es tan",
    "no es nada",
    "no es",
    "no esta",
    "no son",
    "no parece",
    "no se ve",
    "no hay",
    "no representa",
    "no corre",
    "no veo",
    "sin",
    "nada",
    "it ' s not",
    "it is not",
    "is not",
    "isn ' t",
    "isnt",
    "not",
    "no",
];

fn is_dangerous(word: &str) -> bool {
    let known = [
        "peligro",
        "peligros",
        "peligroso",
        "peligrosa",
        "peligrosos",
        "peligrosas",
        "peligra",
        "riesgo",
        "riesgos",
        "riesgoso",
        "riesgosa",
        "dangerous",
        "danger",
        "unsafe",
        "hazard",
        "hazardous",
    ];
    known.contains(&word)
        || (word.len() >= 8 && ["peligroso", "peligrosa", "dangerous"].iter().any(|k| close(k, word)))
}

/// "Casi atropellan a una señora", "por poco me caigo", "almost fell".
fn near_miss(r: &mut Reader<'_>) -> Option<Danger> {
    let led =
        r.take_phrase(&["casi casi", "casi", "por poco y", "por poco", "almost", "nearly", "a punto de"]);
    led.then_some(())?;
    r.take(&["me", "se", "nos", "lo", "la", "los", "un", "que", "got", "was", "i", "he", "she", "a"]);
    let verbs = [
        "atropella",
        "atropello",
        "caigo",
        "cae",
        "caen",
        "cai",
        "cayo",
        "choca",
        "chocan",
        "choco",
        "chocamos",
        "mata",
        "matan",
        "mato",
        "pega",
        "pegan",
        "lastima",
        "lastimo",
        "quema",
        "electrocuta",
        "tropieza",
        "tropiezo",
        "voltea",
        "accidente",
        "accidenta",
        "fell",
        "hit",
        "fall",
        "crashed",
        "tripped",
        "died",
        "killed",
        "caer",
        "caerse",
    ];
    let word = r.word();
    (verbs.contains(&word) || word.starts_with("atropell")).then(|| r.skip(1))?;
    Some(Danger::NearMiss)
}

/// "Hasta que se mate alguien", "antes de que haya un muerto".
fn deadly(r: &mut Reader<'_>) -> Option<Danger> {
    r.take_phrase(&["se mate", "se maten", "haya un muerto", "haya muertos"]).then_some(Danger::Dangerous)
}

/// "Se lastimó", "atropellaron", "hubo un accidente", "got hurt". "No se ha lastimado nadie" is none.
fn hurt(r: &mut Reader<'_>) -> Option<Danger> {
    let denied = is_denied(r);
    let begun = *r;
    r.take_phrase(&[
        "ya se", "se", "ya", "got", "gets", "get", "be", "was", "were", "me", "han", "ha", "hubo un",
        "hay un",
    ]);
    r.take(&["ha", "han", "ya", "he"]);
    let stems = [
        "lastim",
        "atropell",
        "accident",
        "descalabr",
        "electrocut",
        "fractur",
        "quebro",
        "tropez",
        "herid",
        "injur",
    ];
    let whole = ["accidentes", "hurt", "quemo", "corto", "tripped"];
    let word = r.word();
    let reflexive = matches!(r.word_at(-1), "se" | "me" | "got" | "gets" | "get" | "be" | "was" | "were");
    let hurts = stems.iter().any(|stem| word.starts_with(stem)) || (whole.contains(&word) && reflexive);
    hurts.then_some(())?;
    let to_come = is_to_come(r) || is_form_to_come(r);
    r.skip(1);
    // "Para que no se lastime nadie" fears it, "no se lastimó nadie" denies it.
    let feared =
        to_come && (1..=3).any(|back| begun.word_at(-back) == "no" && begun.word_at(-back - 1) == "que");
    match to_come {
        _ if denied && !feared => None,
        true => Some(Danger::Dangerous),
        false => Some(Danger::Injury),
    }
}

/// "Antes de que pase un accidente", "podría lastimarse alguien": it has not happened.
fn is_to_come(r: &Reader<'_>) -> bool {
    (1..=4).any(|back| TO_COME.contains(&r.word_at(-back)))
}

/// "Lastimar", "se lastime", "get hurt": forms of what has not happened. "Me lastime" is written without its accent.
fn is_form_to_come(r: &Reader<'_>) -> bool {
    let word = r.word();
    let infinitive = ["ar", "arse", "arme", "arnos"].iter().any(|end| word.ends_with(end));
    let done = (1..=2).any(|back| ["acab", "volv"].iter().any(|stem| r.word_at(-back).starts_with(stem)));
    let wished = word.ends_with("en") || (word.ends_with('e') && r.word_at(-1) == "se");
    let english = matches!(r.word_at(-1), "get" | "gets" | "be");
    (infinitive && !done) || wished || english
}

const TO_COME: [&str; 27] = [
    "antes", "puede", "pueden", "podria", "podrian", "pueda", "puedan", "vaya", "vayan", "pase", "haya",
    "ocurra", "suceda", "cause", "causar", "causen", "provoque", "provocar", "evitar", "evite", "could",
    "might", "may", "can", "before", "cause", "prevent",
];

/// A person who fell: "ya se cayó un niño", "me caí", "a kid fell". A pole or a tree that fell is not an injury.
fn fallen(r: &mut Reader<'_>) -> Option<Danger> {
    // "Que no se vaya a caer un niño" fears it.
    let feared = r.word_at(-2) == "que" && r.word_at(-1) == "no" && r.clone().take_phrase(&TO_FALL);
    if is_denied(r) && !feared {
        return None;
    }
    if r.take_phrase(&["me cai", "nos caimos", "me he caido", "i fell", "se me cayo mi hijo"]) {
        return Some(Danger::Injury);
    }
    if let Some(danger) = r.attempt(someone_fell) {
        return Some(danger);
    }
    r.take(&["ya"]);
    // "Si se cae un niño".
    let only_if = r.word_at(-1) == "si" && r.word_at(1).starts_with("cae");
    let fell = r.take_phrase(&[
        "se cayeron",
        "se cayo",
        "se callo",
        "se ha caido",
        "se han caido",
        "se caen",
        "se cae",
    ]);
    (fell || r.take_phrase(&TO_FALL)).then_some(())?;
    for _ in 0..3 {
        if r.take(&PEOPLE).is_some() || r.take(&RIDERS).is_some() || r.take(&["alguien"]).is_some() {
            return Some(if fell && !only_if { Danger::Injury } else { Danger::Dangerous });
        }
        r.take(&[
            "un", "una", "dos", "tres", "mi", "la", "el", "los", "varios", "varias", "muchos", "otro",
            "otra", "de",
        ])?;
    }
    None
}

fn someone_fell(r: &mut Reader<'_>) -> Option<Danger> {
    r.take(&PEOPLE).or_else(|| r.take(&RIDERS))?;
    r.take(&["ya", "has", "have", "already"]);
    if r.take_phrase(&TO_FALL) {
        return Some(Danger::Dangerous);
    }
    r.take_phrase(&["se cayo", "se cayeron", "fell", "fallen", "se callo"]).then_some(Danger::Injury)
}

/// It has not happened: "se puede caer un niño".
const TO_FALL: [&str; 13] = [
    "se puede caer",
    "se pueden caer",
    "se podria caer",
    "se va a caer",
    "se van a caer",
    "se vaya a caer",
    "se vayan a caer",
    "se caiga",
    "se caigan",
    "puede caerse",
    "podria caerse",
    "could fall",
    "might fall",
];

const RIDERS: [&str; 5] = ["moto", "motos", "motociclista", "ciclista", "bici"];

/// "Nadie se ha caído", "no se ha lastimado nadie".
fn is_denied(r: &Reader<'_>) -> bool {
    (1..=3).any(|back| {
        matches!(r.word_at(-back), "no" | "nadie" | "nunca" | "nobody" | "never" | "casi" | "sin")
    })
}

/// "Pasan muchos niños", "hay niños", "kids play there".
fn children(r: &mut Reader<'_>) -> Option<Danger> {
    let phrases = [
        "pasan muchos ninos",
        "pasan ninos",
        "pasan los ninos",
        "juegan los ninos",
        "juegan ninos",
        "los ninos juegan",
        "ninos jugando",
        "hay muchos ninos",
        "hay ninos",
        "kids play",
        "children play",
        "kids walk",
        "children walk",
    ];
    r.take_phrase(&phrases).then_some(Danger::Children)
}
