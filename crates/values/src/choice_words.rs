//! The words around and of a choice: fillers, words that tell nothing, positions in a list. For `choice` alone.

use crate::number_words::{NumberWord, number_word};

/// Words around a number or a label.
pub(crate) fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "la" | "el"
            | "lo"
            | "las"
            | "los"
            | "un"
            | "opcion"
            | "option"
            | "opciones"
            | "numero"
            | "number"
            | "num"
            | "inciso"
            | "the"
            | "quiero"
            | "quisiera"
            | "elijo"
            | "escojo"
            | "prefiero"
            | "dame"
            | "es"
            | "seria"
            | "creo"
            | "que"
            | "por"
            | "favor"
            | "porfa"
            | "please"
            | "gracias"
            | "thanks"
            | "i"
            | "want"
            | "choose"
    )
}

/// Words that tell no option from another inside a message.
pub(crate) fn is_common(word: &str) -> bool {
    is_filler(word)
        || word.chars().count() < 3 && !word.contains(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "una"
                | "unos"
                | "unas"
                | "del"
                | "con"
                | "para"
                | "desde"
                | "hasta"
                | "hace"
                | "lleva"
                | "llevan"
                | "since"
                | "was"
                | "sin"
                | "esta"
                | "este"
                | "esto"
                | "esa"
                | "ese"
                | "hay"
                | "como"
                | "muy"
                | "mas"
                | "pero"
                | "todo"
                | "toda"
                | "otro"
                | "otra"
                | "otros"
                | "otras"
                | "and"
                | "for"
                | "with"
                | "not"
                | "has"
                | "have"
                | "that"
                | "this"
                | "there"
                | "other"
                | "another"
                | "from"
                | "are"
        )
}

/// The index a word names in a list of so many: "2", "dos", "segunda", "2da", "última".
pub(crate) fn position(word: &str, count: usize) -> Option<usize> {
    let number = match word {
        "primera" | "primero" | "primer" | "first" => 1,
        "segunda" | "segundo" | "second" => 2,
        "tercera" | "tercero" | "tercer" | "third" => 3,
        "cuarta" | "cuarto" | "fourth" => 4,
        "quinta" | "quinto" | "fifth" => 5,
        "sexta" | "sexto" | "sixth" => 6,
        "septima" | "septimo" | "seventh" => 7,
        "octava" | "octavo" | "eighth" => 8,
        "novena" | "noveno" | "ninth" => 9,
        "decima" | "decimo" | "tenth" => 10,
        "ultima" | "ultimo" | "last" => count,
        _ => cardinal(word)?,
    };
    number.checked_sub(1).filter(|index| *index < count)
}

fn cardinal(word: &str) -> Option<usize> {
    if let Some(NumberWord::Amount(n)) = number_word(word) {
        return (1..=20).find(|i| f64::from(*i) == n).and_then(|i| usize::try_from(i).ok());
    }
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let ending = word.strip_prefix(digits).unwrap_or_default();
    let ordinal = ["", "a", "o", "ª", "º", "ra", "ro", "da", "do", "ta", "to", "st", "nd", "rd", "th"];
    digits.parse().ok().filter(|_| ordinal.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_inside_the_list() {
        for (word, index) in [("1", 0), ("tres", 2), ("2da", 1), ("2ª", 1), ("3rd", 2), ("ultima", 3)] {
            assert_eq!(position(word, 4), Some(index), "{word}");
        }
        for word in ["0", "5", "cien", "2x", "bache", "", "00000000000000000000000000001x"] {
            assert_eq!(position(word, 4), None, "{word}");
        }
        assert_eq!(position("last", 0), None);
    }
}
