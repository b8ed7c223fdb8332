//! Which service somebody asks for, in their own words. Pure: words and entries in, entries out.
//!
//! A rare word counts more than a common one, a name more than a summary, and a slip of the finger costs a little. What no
//! word of is found is not found: nothing is guessed.

use ventanilla_values::Lang;

use crate::catalogue::{Department, Text, fold};

use super::{Part, Service};

/// So many are offered at most.
const OFFERED: usize = 3;
/// A name or another word for it; the line about it.
const NAME: f64 = 3.0;
const SUMMARY: f64 = 1.0;
/// All words of a name, or of another word for it, are said.
const WHOLE_NAME: f64 = 4.0;
/// Below this, what was said has little to do with the entry.
const FITS: f64 = 3.5;
/// The first is meant, and not the second, where it has so many times as much.
const CLEARLY: f64 = 1.5;
/// Others are offered beside the first where they have this much of it.
const NEAR: f64 = 0.5;

/// Words that say that something is asked, and not what. Folded.
const ASKING: &str = "\
    a acerca ahi al algo alguien algun alguna ando aqui asi ayuda ayudar ayudas buen buena buenas buenos busco cada como con conocer \
    consigo costo cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuesta cuestan da dan dar de debo decir del \
    desde dia dias dice dicen digan dime dinero dobla documentos donde e el ella en era es esa ese eso esta este esto estoy \
    favor fui gracias gratis ha hace hacen hacer hago hasta hay haya hola hora horario horarios horas info informacion informes \
    ir la las le les lleva llevar llevo lo los manera mas me mi mis muy necesita necesitan necesito nos nuestro o obtener ocupa \
    ocupo oiga oye papeles para pasos pedir pero persona pide piden poder poner por porque precio pregunta puede pueden puedo que \
    quien quiere quiero quisiera realizar requiere requiero requisito requisitos saber sacar saco se senor senora ser si sin \
    sobre solicitar solo son soy su sus tardes te tener tengo tiene todo tramitar tramite tramites tramito tu tus un una uno \
    unos usted va vale van ver voy y ya yo \
    about am an and any apply are be can could do does documents fee find for from get have help hi how i in information is it \
    know like me much my need of on or paper papers please price procedure requirements should some take tell than thank that \
    the there this to want was what when where which who will with would you your";

/// What fits, the best first: one that is clearly meant, or up to three to choose from.
#[derive(Debug, PartialEq)]
pub struct Found<'a>(pub Vec<&'a Service>);

/// The services that somebody asks for, among those that hold today. `intent` is what they mean where that is known:
/// `service.info` may be any of them.
pub fn find<'a>(services: &[&'a Service], words: &str, intent: Option<&str>) -> Found<'a> {
    let meant: Vec<&Service> = services
        .iter()
        .copied()
        .filter(|service| intent.is_some_and(|intent| service.intents.iter().any(|one| one == intent)))
        .collect();
    if let [only] = meant.as_slice() {
        return Found(vec![*only]);
    }
    let known = !meant.is_empty();
    let mut rated = rated(if known { &meant } else { services }, words);
    if !known {
        rated.retain(|(rating, _)| rating.score >= FITS);
    }
    let best = rated.first().map_or(0.0, |(rating, _)| rating.score);
    let clear = match rated.as_slice() {
        [(first, _), rest @ ..] => {
            let second = rest.first().map_or(0.0, |(second, _)| second.score);
            first.score >= FITS && first.score >= CLEARLY * second && (known || first.says_most())
        }
        [] => false,
    };
    let shown = if clear { 1 } else { OFFERED };
    // Of those that are meant for sure, the words only say in which order.
    let near = |rating: &Rating| known || rating.score >= NEAR * best;
    Found(rated.into_iter().filter(|(rating, _)| near(rating)).take(shown).map(|(_, one)| one).collect())
}

/// Whether words say that something is asked, and nothing of what.
pub fn is_blank(words: &str) -> bool {
    fold::words(words).iter().all(|word| listed(word))
}

/// How well an entry fits.
struct Rating {
    score: f64,
    /// Of the words that say something.
    said: usize,
    found: usize,
}

impl Rating {
    /// One word of many may be there by chance.
    fn says_most(&self) -> bool {
        self.found >= 2 || self.found * 2 >= self.said
    }
}

/// Words that ask for a procedure or a benefit, whichever it is. Folded beginnings.
const WANTED: [&str; 24] = [
    "permis",
    "permit",
    "tramit",
    "requisit",
    "licenci",
    "constanci",
    "credencial",
    "beca",
    "apoyo",
    "pension",
    "acta",
    "inscri",
    "registr",
    "certific",
    "renov",
    "reposici",
    "procedure",
    "licen",
    "sacar",
    "saco",
    "necesit",
    "ocupo",
    "pagar",
    "pago",
];

/// Whether words ask for one service of the catalogue, and clearly for that one. Who only names a thing ("se cayó un árbol
/// en el panteón") asks for none.
pub fn is_asked_for(services: &[&Service], words: &str) -> bool {
    let said = fold::words(words);
    let wants = || said.iter().any(|word| WANTED.iter().any(|begins| word.starts_with(begins)));
    // "¿Dónde venden tacos?" asks where, and for no permit.
    let asks = matches!(Part::asked_in(words), Some(Part::Documents | Part::Steps)) || wants();
    asks && find(services, words, None).0.len() == 1
}

/// The best first; where they fit alike, in their own order.
fn rated<'a>(services: &[&'a Service], words: &str) -> Vec<(Rating, &'a Service)> {
    let entries: Vec<Entry> =
        services.iter().map(|one| Entry::new(&one.name, &one.also, Some(&one.summary))).collect();
    let mut rated: Vec<(Rating, &Service)> =
        rate(&entries, words).into_iter().zip(services.iter().copied()).collect();
    rated.sort_by(|(one, _), (other, _)| other.score.total_cmp(&one.score));
    rated
}

/// The offices that words name: one that is clearly meant, or up to three.
pub fn offices<'a>(departments: &'a [Department], words: &str) -> Vec<&'a Department> {
    let entries: Vec<Entry> = departments.iter().map(|one| Entry::new(&one.name, &one.also, None)).collect();
    let mut rated: Vec<(Rating, &Department)> = rate(&entries, words)
        .into_iter()
        .zip(departments)
        .filter(|(rating, _)| rating.score >= FITS)
        .collect();
    rated.sort_by(|(one, _), (other, _)| other.score.total_cmp(&one.score));
    let best = rated.first().map_or(0.0, |(rating, _)| rating.score);
    rated.retain(|(rating, _)| rating.score * CLEARLY > best);
    rated.into_iter().take(OFFERED).map(|(_, department)| department).collect()
}

/// How well each entry fits.
fn rate(entries: &[Entry], words: &str) -> Vec<Rating> {
    let said = fold::words(words);
    let telling: Vec<&String> = said.iter().filter(|word| !listed(word)).collect();
    let rarity = |word: &String| {
        let with = entries.iter().filter(|entry| entry.weight(word) > 0.0).count().max(1);
        (1.0 + entries.len() as f64 / with as f64).ln()
    };
    let rarity: Vec<f64> = telling.iter().map(|word| rarity(word)).collect();
    let rate = |entry: &Entry| {
        let weights: Vec<f64> = telling.iter().map(|word| entry.weight(word)).collect();
        let found = weights.iter().filter(|weight| **weight > 0.0).count();
        let sum: f64 = weights.iter().zip(&rarity).map(|(weight, rarity)| weight * rarity).sum();
        let whole = entry.names.iter().filter(|name| name.len() > 1).any(|name| is_said(name, &said));
        Rating { score: sum + if whole { WHOLE_NAME } else { 0.0 }, said: telling.len(), found }
    };
    entries.iter().map(rate).collect()
}

/// The words of something that is looked for.
struct Entry {
    names: Vec<Vec<String>>,
    summary: Vec<String>,
}

impl Entry {
    fn new(name: &Text, also: &[(Lang, Vec<String>)], summary: Option<&Text>) -> Self {
        let telling = |text: &str| -> Vec<String> {
            fold::words(text).into_iter().filter(|word| !listed(word)).collect()
        };
        let also = also.iter().flat_map(|(_, words)| words.iter().map(String::as_str));
        let summary = summary.into_iter().flat_map(Text::iter);
        Self {
            names: name.iter().map(|(_, name)| name).chain(also).map(telling).collect(),
            summary: summary.flat_map(|(_, summary)| telling(summary)).collect(),
        }
    }

    fn weight(&self, said: &str) -> f64 {
        let best = |words: &mut dyn Iterator<Item = &String>| {
            words.map(|word| likeness(said, word)).fold(0.0, f64::max)
        };
        (NAME * best(&mut self.names.iter().flatten())).max(SUMMARY * best(&mut self.summary.iter()))
    }
}

fn is_said(name: &[String], said: &[String]) -> bool {
    name.iter().all(|word| said.iter().any(|other| likeness(other, word) > 0.0))
}

/// 1: the same word; less: another form of it, or a slip.
fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let shorter = one.chars().count().min(other.chars().count());
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    // "casarme" and "casar", "becas" and "beca"; not "caso" and "casa".
    if shared >= 4 && shared + 2 >= shorter && one.chars().count().abs_diff(other.chars().count()) <= 3 {
        return if shared == shorter || shared >= 5 { 0.8 } else { 0.0 };
    }
    if fold::close(one, other) { 0.7 } else { 0.0 }
}

fn listed(word: &str) -> bool {
    ASKING.split(' ').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use ventanilla_values::SourceFile;

    use super::*;
    use crate::{catalogue::Catalogue, content::builtin};

    fn ids(words: &str, intent: Option<&str>) -> Vec<String> {
        let files: Vec<SourceFile> = builtin();
        let catalogue = Catalogue::load(&files).0.unwrap();
        let services: Vec<&Service> = catalogue.services().iter().collect();
        find(&services, words, intent).0.into_iter().map(|one| one.id.clone()).collect()
    }

    #[test]
    fn people_find_a_procedure_by_their_own_words() {
        for (words, expected) in [
            ("qué necesito para poner un puesto de tacos", "street_stall"),
            ("que ocupo pa vender elotes en la calle", "street_stall"),
            ("quiero cerrar la calle para una fiesta", "street_closure"),
            ("permizo para tirar un arbol de mi patio", "tree_permit"),
            ("how do I get a permit for a street stall", "street_stall"),
            ("pension para adultos mayores", "pension_65"),
            ("la tarjeta del inapam", "inapam"),
            ("reposicion de la credencial del ine", "voter_card"),
            ("beca rita cetina", "rita_cetina"),
        ] {
            assert_eq!(ids(words, Some("service.info")), [expected], "{words}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for words in [
            "pasaporte",
            "visa para Estados Unidos",
            "",
            "¿qué necesito?",
            "quiero sacar un crédito hipotecario",
        ] {
            assert_eq!(ids(words, Some("service.info")), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn who_only_names_a_thing_asks_for_no_procedure() {
        let catalogue = Catalogue::load(&builtin()).0.unwrap();
        let services: Vec<&Service> = catalogue.services().iter().collect();
        for (words, asked) in [
            ("qué necesito para poner un puesto de tacos", true),
            ("donde saco mi ine", true),
            ("permiso para tirar un arbol", true),
            ("se cayó un árbol en el panteón", false),
            ("el puesto de tacos tapa la banqueta", false),
            ("cuánto cuesta el dólar", false),
            ("donde venden tacos", false),
        ] {
            assert_eq!(is_asked_for(&services, words), asked, "{words}");
        }
    }

    #[test]
    fn three_at_most_are_offered() {
        let offered = ids("apoyo", Some("service.info"));
        assert!((2..=3).contains(&offered.len()), "{offered:?}");
    }

    #[test]
    fn a_known_meaning_needs_no_words_and_words_choose_among_several() {
        assert_eq!(ids("", Some("service.curp")), ["curp"]);
        assert_eq!(ids("inapam", Some("service.senior_benefits")), ["inapam"]);
        assert_eq!(ids("apoyos", Some("service.senior_benefits")).len(), 3);
    }
}
