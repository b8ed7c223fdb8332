use proptest::prelude::*;

use super::sound::Sound;
use super::*;

const THINGS: [&str; 12] = [
    "bache",
    "fuga de agua",
    "lámpara",
    "alumbrado público",
    "basura",
    "coladera",
    "semáforo",
    "banqueta",
    "perro callejero",
    "árbol caído",
    "alcantarilla",
    "reporte",
];
const PLACES: [&str; 7] = [
    "Benito Juárez",
    "Ignacio Zaragoza",
    "Zaragoza",
    "Cuauhtémoc",
    "Emiliano Zapata",
    "Morelos",
    "Niños Héroes",
];
/// What people here say in the example phrases of the intents.
const KNOWN: &str = "quiero reportar un baño público la escuela frente muy grande hay en calle agua perro que pasto \
    poste está mi casa barra no funciona esquina avenida han reparado el pasaron";

fn repairer() -> Repairer {
    let word = |names| move |text: &&str| DomainWord { text: (*text).to_owned(), names };
    let domain = THINGS.iter().map(word(Names::Thing)).chain(PLACES.iter().map(word(Names::Place)));
    Repairer::new(domain, KNOWN.split_whitespace())
}

/// Every word as sure as `probability`, but those with a "?" before them, which are unsure.
fn repair(text: &str, probability: f32) -> String {
    let word = |text: &'static str| match text.strip_prefix('?') {
        Some(unsure) => HeardWord { text: unsure, probability: 0.3 },
        None => HeardWord { text, probability },
    };
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    repairer().repair(&text.split(' ').map(word).collect::<Vec<_>>()).text
}

#[test]
fn a_bathroom_in_the_street_is_a_pothole() {
    assert_eq!(repair("Quiero reportar un ?baño en la calle", 0.9), "Quiero reportar un bache en la calle");
}

#[test]
fn a_bathroom_that_was_clearly_said_stays_one() {
    assert_eq!(repair("Quiero reportar un baño público", 0.95), "Quiero reportar un baño público");
}

#[test]
fn a_street_gets_the_name_that_the_town_gave_it() {
    assert_eq!(repair("en la calle benito juares.", 0.9), "en la calle Benito Juárez.");
    assert_eq!(repair("en la calle Ignacio Salamosa", 0.9), "en la calle Ignacio Zaragoza");
    assert_eq!(repair("en la calle, guauté moque.", 0.9), "en la calle, Cuauhtémoc.");
}

#[test]
fn both_streets_of_a_corner_are_looked_for() {
    assert_eq!(repair("en la esquina de morelo y saragosa", 0.9), "en la esquina de Morelos y Zaragoza");
}

#[test]
fn a_word_that_nobody_uses_becomes_the_one_it_sounds_like() {
    assert_eq!(repair("La vanqueta está rota", 0.9), "La banqueta está rota");
    assert_eq!(repair("El semáfole no funciona", 0.9), "El semáforo no funciona");
    assert_eq!(repair("la Vassura!", 0.9), "la Basura!");
}

#[test]
fn the_plural_of_a_domain_word_was_heard_well() {
    assert_eq!(repair("los ?perros ?callejeros", 0.5), "los perros callejeros");
    assert_eq!(repair("los ?baches", 0.5), "los baches");
}

#[test]
fn a_verb_is_not_taken_for_a_thing() {
    assert_eq!(repair("no han ?reparado el bache", 0.9), "no han reparado el bache");
}

#[test]
fn every_change_says_where_it_was() {
    let heard = ["un", "baño", "en", "la", "calle", "benito", "juares"];
    let words: Vec<HeardWord<'_>> = heard.iter().map(|text| HeardWord { text, probability: 0.3 }).collect();
    let repaired = repairer().repair(&words);
    let changes: Vec<_> =
        repaired.changes.iter().map(|change| (change.at, change.count, &*change.to)).collect();
    assert_eq!(changes, [(1, 1, "bache"), (5, 2, "Benito Juárez")]);
}

#[test]
fn letters_that_sound_alike_are_alike() {
    for (left, right) in
        [("vaca", "baca"), ("zapata", "sapata"), ("hoyo", "ollo"), ("quien", "kien"), ("gente", "jente")]
    {
        assert_eq!(Sound::of(left), Sound::of(right), "{left} and {right}");
    }
    // Nothing is repaired across half of its sounds.
    assert!(Sound::of("bache").distance(&Sound::of("semaforo")) >= 0.5);
}

proptest! {
    #[test]
    fn whatever_was_heard_is_repaired_without_harm(text in "[a-zA-ZñÑáéíóúü0-9 .,¡!¿?😀ß]{0,80}", probability in 0f32..1.0) {
        let words: Vec<HeardWord<'_>> = text.split(' ').map(|text| HeardWord { text, probability }).collect();
        let repaired = repairer().repair(&words);
        let changed: usize = repaired.changes.iter().map(|change| change.count).sum();
        prop_assert!(changed <= words.len());
        if repaired.changes.is_empty() { prop_assert_eq!(repaired.text, text); }
    }
}
