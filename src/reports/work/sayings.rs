//! What the town says with an act: not too long, and not nothing in many words. Pure.

use super::{LONGEST, Refusal};

/// What says that something is over, and nothing of what was done.
const STOCK: &[&str] = &[
    "gracias",
    "su",
    "tu",
    "reporte",
    "fue",
    "ha",
    "sido",
    "se",
    "ya",
    "cerrado",
    "cerro",
    "atendido",
    "atendio",
    "concluido",
    "resuelto",
    "por",
    "el",
    "la",
    "lo",
    "los",
    "de",
    "que",
    "y",
    "esta",
    "ha",
    "sido",
    "folio",
    "saludos",
    "buen",
    "buenos",
    "dia",
    "dias",
    "reportar",
    "avisar",
    "quedo",
    "listo",
    "ok",
    "thank",
    "you",
    "your",
    "report",
    "was",
    "has",
    "been",
    "closed",
    "done",
    "the",
    "is",
];
/// Words of its own that a sentence about work has at least.
const FEWEST: usize = 3;

/// Words with nothing around them; `None` where there are none.
///
/// # Errors
/// [`Refusal::LongWords`].
pub fn said(text: Option<String>) -> Result<Option<String>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Refusal::LongWords);
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Whether a sentence says what was done: "Gracias, su reporte fue cerrado" does not.
pub fn tells_what_was_done(text: &str) -> bool {
    let folded = text.to_lowercase().replace(['á', 'à'], "a").replace('é', "e").replace('í', "i");
    let folded = folded.replace('ó', "o").replace('ú', "u");
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !STOCK.contains(word)).count() >= FEWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_work_tells_it() {
        for work in [
            "Se tapó el bache con mezcla caliente",
            "La cuadrilla cambió la lámpara el martes",
            "Repair: new lamp fitted",
        ] {
            assert!(tells_what_was_done(work), "{work}");
        }
        for nothing in [
            "Gracias, su reporte fue cerrado.",
            "Ya quedó listo, saludos",
            "Su reporte ha sido ATENDIDÓ",
            "ok",
            "",
        ] {
            assert!(!tells_what_was_done(nothing), "{nothing}");
        }
    }

    #[test]
    fn words_are_trimmed_and_have_an_end() {
        assert_eq!(said(Some("  hola ".to_owned())), Ok(Some("hola".to_owned())));
        assert_eq!(said(Some("  ".to_owned())), Ok(None));
        assert_eq!(said(Some("a".repeat(2001))), Err(Refusal::LongWords));
    }
}
