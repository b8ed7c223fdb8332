//! What of a service somebody wants to know.

use crate::catalogue::fold;

/// What of a service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Documents,
    Cost,
    /// Where and when.
    Venue,
    Steps,
    /// How long it takes.
    Time,
}

/// Words for each, folded, phrase by phrase; the first that is said decides.
const PARTS: [(Part, &str); 5] = [
    (
        Part::Time,
        "cuanto tarda, cuanto tardan, cuanto se tarda, cuanto tiempo, cuanto demora, en cuantos dias, cuantos dias tarda, \
         es rapido, how long, how many days",
    ),
    (
        Part::Cost,
        "cuanto cuesta, cuanto cuestan, cuanto cobran, cuanto se paga, cuanto sale, cuanto hay que pagar, cuanto vale, costo, \
         costos, precio, es gratis, how much, cost, price, fee, free of charge",
    ),
    (
        Part::Venue,
        "donde, direccion, ubicacion, en que lugar, en que oficina, a que hora, que horario, horario, horarios, que dias, \
         cuando abren, hasta cuando, que fecha, fechas, where, address, what time, opening hours, which office, dates",
    ),
    (
        Part::Documents,
        "requisito, requisitos, papeles, documento, documentos, que necesito, que ocupo, que se necesita, que se ocupa, que piden, \
         que me piden, que llevo, que tengo que llevar, que debo llevar, requirements, documents, papers, what do i need, \
         what is needed, what should i bring",
    ),
    (Part::Steps, "pasos, como le hago, como se hace, como hago, que tengo que hacer, steps, how do i"),
];

impl Part {
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Cost => "cost",
            Self::Venue => "venue",
            Self::Steps => "steps",
            Self::Time => "time",
        }
    }

    /// What of it was asked, if that was said.
    pub fn asked_in(text: &str) -> Option<Self> {
        let said = fold::words(text);
        let says = |phrase: &str| {
            let phrase: Vec<&str> = phrase.split_whitespace().collect();
            said.windows(phrase.len()).any(|window| window == phrase)
        };
        PARTS.iter().find(|(_, phrases)| phrases.split(',').any(says)).map(|(part, _)| *part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_of_it_is_asked_is_heard() {
        for (words, part) in [
            ("¿Cuánto cuesta el acta?", Some(Part::Cost)),
            ("qué papeles llevo para casarme", Some(Part::Documents)),
            ("dónde saco la licencia", Some(Part::Venue)),
            ("a qué hora abren", Some(Part::Venue)),
            ("how much is the licence", Some(Part::Cost)),
            ("como le hago para la constancia", Some(Part::Steps)),
            ("¿cuánto se tarda la licencia?", Some(Part::Time)),
            ("predial", None),
        ] {
            assert_eq!(Part::asked_in(words), part, "{words}");
        }
    }
}
