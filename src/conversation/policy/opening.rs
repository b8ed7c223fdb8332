//! How people open a talk before they say what it is about.

use ventanilla_values::words;

/// Of what somebody says who wants to report, and says not what.
const TO_REPORT: [&str; 74] = [
    "hola",
    "buenas",
    "buenos",
    "buen",
    "dia",
    "dias",
    "tardes",
    "noches",
    "oiga",
    "oye",
    "disculpe",
    "disculpa",
    "perdon",
    "por",
    "favor",
    "porfa",
    "porfavor",
    "quiero",
    "kiero",
    "quisiera",
    "necesito",
    "ocupo",
    "deseo",
    "gustaria",
    "me",
    "le",
    "les",
    "puedo",
    "podria",
    "se",
    "puede",
    "como",
    "donde",
    "aqui",
    "es",
    "vengo",
    "voy",
    "a",
    "para",
    "hago",
    "hacer",
    "aser",
    "hacerle",
    "levantar",
    "poner",
    "meter",
    "mandar",
    "registrar",
    "un",
    "una",
    "el",
    "otro",
    "nuevo",
    "de",
    "algo",
    "tengo",
    "hay",
    "problema",
    "problemas",
    "reporte",
    "reportar",
    "ciudadano",
    "i",
    "want",
    "to",
    "need",
    "make",
    "file",
    "an",
    "have",
    "problem",
    "report",
    "something",
    "please",
];

/// "Quiero hacer un reporte", "reportar", "tengo un problema": what it is about is asked. "Mi reporte" is one that was made.
pub(super) fn wants_to_report(text: &str) -> bool {
    let said = words(text);
    let says = |any: &[&str]| said.iter().any(|word| any.contains(&word.as_str()));
    let about_one = says(&["reporte", "reportar", "report"])
        || says(&["problema", "problem"]) && says(&["tengo", "hay", "have"]);
    about_one && said.iter().all(|word| TO_REPORT.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::wants_to_report;

    #[test]
    fn who_wants_to_report_says_so_and_who_has_reported_does_not() {
        for text in [
            "quiero hacer un reporte",
            "Reportar",
            "reporte",
            "buenas tardes, ¿cómo le hago para levantar un reporte?",
            "hola, tengo un problema",
            "I want to report something",
            "¿aquí se puede reportar?",
        ] {
            assert!(wants_to_report(text), "{text}");
        }
        for text in [
            "mi reporte",
            "cómo va el reporte",
            "quiero reportar un bache",
            "no hay problema",
            "hay problemas de agua",
            "hola",
            "",
        ] {
            assert!(!wants_to_report(text), "{text}");
        }
    }
}
