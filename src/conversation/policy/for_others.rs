//! Reporting for somebody else: "es para mi abuelita", "mi vecino no tiene celular y tiene una fuga". Only what says so
//! counts: "el perro de mi vecino" is no report for the neighbour.

use ventanilla_values::words;

/// Who somebody speaks for.
const PEOPLE: [&str; 55] = [
    "abuela",
    "abuelita",
    "abuelito",
    "abuelo",
    "abuelos",
    "amiga",
    "amigo",
    "comadre",
    "compadre",
    "cunada",
    "cunado",
    "esposa",
    "esposo",
    "hermana",
    "hermano",
    "hija",
    "hijo",
    "jefa",
    "madre",
    "mama",
    "mami",
    "mamita",
    "nuera",
    "padre",
    "papa",
    "prima",
    "primo",
    "senor",
    "senora",
    "suegra",
    "suegro",
    "tia",
    "tio",
    "vecina",
    "vecinita",
    "vecino",
    "yerno",
    "aunt",
    "brother",
    "dad",
    "daughter",
    "father",
    "friend",
    "grandfather",
    "grandma",
    "grandmother",
    "husband",
    "mom",
    "mother",
    "neighbor",
    "neighbour",
    "sister",
    "son",
    "uncle",
    "wife",
];
/// May stand between "para" and the person.
const WHOSE: [&str; 13] =
    ["mi", "mis", "la", "el", "una", "un", "nuestra", "nuestro", "otra", "my", "our", "an", "the"];
/// Before a person they say for whom it is, whatever else is said.
const BEHALF: [&str; 4] = ["de parte de", "a nombre de", "en nombre de", "on behalf of"];
/// They do so where it was said before that something is told: "una rampa para mi abuela" is no such thing.
const FOR: [&str; 2] = ["para", "for"];
const TELLS: [&str; 13] = [
    "reporto",
    "reportar",
    "reporte",
    "reportando",
    "escribo",
    "escribiendo",
    "aviso",
    "avisar",
    "report",
    "reporting",
    "writing",
    "calling",
    "asking",
];
/// "Por" says so only right behind who tells: "reporto ruido por mi vecino" is against him.
const SPEAKS: [&str; 9] =
    ["reporto", "reportando", "escribo", "escribiendo", "hablo", "hablando", "llamo", "llamando", "pregunto"];
/// Or where it is what is said of the report itself.
const IS: [&str; 6] = ["es", "seria", "is", "its", "s", "this"];
/// Why somebody else writes; behind the person.
const CANNOT: [&str; 25] = [
    "no tiene celular",
    "no tiene cel",
    "no tiene telefono",
    "no tiene whatsapp",
    "no tiene internet",
    "no tiene saldo",
    "no usa celular",
    "no usa whatsapp",
    "no sabe escribir",
    "no sabe leer",
    "no sabe usar",
    "no sabe mandar",
    "no puede escribir",
    "no puede llamar",
    "no puede reportar",
    "me pidio",
    "me encargo que",
    "has no phone",
    "has no cell",
    "t have a phone",
    "doesnt have a phone",
    "cannot write",
    "cannot read",
    "cannot call",
    "asked me",
];

/// Who says them speaks of themselves, unless what stands behind is what the other one told them.
const MYSELF: [&str; 18] = [
    "me", "yo", "mi", "conmigo", "nos", "quiero", "estoy", "soy", "siento", "tengo", "voy", "puedo", "i",
    "im", "myself", "am", "kiero", "toy",
];
const TOLD_ME: [&str; 26] = [
    "dijo",
    "dice",
    "decia",
    "conto",
    "mando",
    "manda",
    "escribio",
    "confeso",
    "pidio",
    "llamo",
    "hablo",
    "amenaza",
    "amenazo",
    "preocupa",
    "asusta",
    "preocupada",
    "preocupado",
    "asustada",
    "asustado",
    "miedo",
    "told",
    "texted",
    "said",
    "sent",
    "worried",
    "scared",
];

/// Whether a text tells of another person and in no word of who writes.
pub(super) fn tells_of_somebody(text: &str) -> bool {
    let said = words(text);
    let word = |at: usize| said.get(at).map_or("", String::as_str);
    let of_myself = |at: usize| match word(at) {
        "mi" => !(is_person(&said, at + 1) || is_person(&said, at + 2)),
        "told" | "texted" | "sent" | "worried" | "scared" => false,
        own => {
            MYSELF.contains(&own)
                && !TOLD_ME.contains(&word(at + 1))
                && !(own == "me" && at > 0 && TOLD_ME.contains(&word(at - 1)))
        }
    };
    (0..said.len()).any(|at| is_person(&said, at)) && !(0..said.len()).any(of_myself)
}

/// Whether a text says that it is told for another person.
pub(super) fn is_for_somebody_else(text: &str) -> bool {
    let said = words(text);
    (0..said.len()).any(|at| is_person(&said, at) && (is_for(&said, at) || cannot(&said, at)))
}

fn is_person(said: &[String], at: usize) -> bool {
    said.get(at).is_some_and(|word| PEOPLE.contains(&word.as_str()))
}

/// "Es para mi abuelita", "a nombre de la señora".
fn is_for(said: &[String], person: usize) -> bool {
    let before = said.get(..person).unwrap_or_default();
    let before = match before.split_last() {
        Some((whose, rest)) if WHOSE.contains(&whose.as_str()) => rest,
        _ => before,
    };
    let behalf =
        BEHALF.iter().any(|phrase| format!(" {}", before.join(" ")).ends_with(&format!(" {phrase}")));
    let told = |rest: &[String]| {
        rest.last().is_some_and(|word| IS.contains(&word.as_str()))
            || rest.iter().any(|word| TELLS.contains(&word.as_str()))
    };
    let speaks = |rest: &[String]| rest.last().is_some_and(|word| SPEAKS.contains(&word.as_str()));
    behalf
        || before.split_last().is_some_and(|(word, rest)| {
            (FOR.contains(&word.as_str()) && told(rest)) || (word == "por" && speaks(rest))
        })
}

/// "Mi vecino, que no tiene celular": of the person who was named last.
fn cannot(said: &[String], person: usize) -> bool {
    let behind = said.get(person + 1..).unwrap_or_default();
    let until = (0..behind.len()).find(|at| is_person(behind, *at)).unwrap_or(behind.len());
    let clause = format!(" {} ", behind.get(..until).unwrap_or_default().join(" "));
    CANNOT.iter().any(|phrase| clause.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_for_another_says_so() {
        for text in [
            "es para mi abuelita",
            "quiero reportar una fuga para mi vecina",
            "mi vecino no tiene celular y tiene una fuga",
            "mi abuelita, que no sabe escribir, tiene la calle sin luz",
            "hay un bache enorme, reporto de parte de mi tía",
            "hablo a nombre de la señora de enfrente",
            "le reporto por mi mamá un poste caído",
            "hola, escribo por mi vecina, no tiene agua",
            "mi mamá me pidió que reportara un bache",
            "I report this for my mother",
            "reporting for a neighbor: my neighbor has no phone",
            "my grandma doesn't have a phone and her street is dark",
            "on behalf of my aunt: there is a leak",
        ] {
            assert!(is_for_somebody_else(text), "{text}");
        }
    }

    #[test]
    fn who_tells_of_another_says_nothing_of_themselves() {
        for text in [
            "mi hermano dice que se va a matar",
            "mi hija me dijo que ya no quiere vivir",
            "estoy preocupada, mi hijo se corta los brazos",
            "una amiga me mandó un mensaje de despedida",
            "my son told me he wants to die",
            "mi mejor amiga se tomó unas pastillas",
        ] {
            assert!(tells_of_somebody(text), "{text}");
        }
        for text in [
            "ya no quiero vivir",
            "me quiero morir y mi hija no sabe",
            "mi vida ya no vale, mi esposo me dejó",
            "extraño a mi mamá y quiero irme con ella",
            "I want to die, my son left",
            "",
        ] {
            assert!(!tells_of_somebody(text), "{text}");
        }
    }

    #[test]
    fn who_only_names_another_speaks_for_themselves() {
        for text in [
            "el perro de mi vecino no deja dormir",
            "reporto a mi vecino por ruido",
            "reporto ruido por mi vecino",
            "llamo por el perro de mi vecino",
            "mi vecino tiene la música muy alta",
            "la banqueta está rota y no hay paso para mi abuelita",
            "no tengo celular y hay una fuga junto a mi vecina",
            "casi se cae mi hijo en el bache",
            "the dog of my neighbor barks all night",
            "my son fell into the pothole",
            "",
        ] {
            assert!(!is_for_somebody_else(text), "{text}");
        }
    }
}
