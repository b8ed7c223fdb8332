//! Yes and no, as people write them on a phone in Mexican Spanish and English. Flows ask it for `yes_no` slots and
//! confirmations. It reads a message only as a whole: "no hay luz en mi calle" is news, not an answer.

use std::{collections::HashMap, sync::LazyLock};

use crate::text;

/// A longer message says more than yes or no.
const MOST_WORDS: usize = 8;

/// Folded phrases between commas; the longest that fits is taken.
const YES: &str = "
    si, s, sip, sipi, sep, simon, sisi, sisas, claro, claro que si, clarines, va, vas, va que va, sale,
    sale y vale, vale, dale, jalo, arre, fierro, orale, orale pues, andale, andale pues, aja, ajam, aha,
    mhm, uhum, ok, oka, oki, okis, okay, okey, okei, asi es, asi mero, eso es, es correcto, correcto,
    exacto, exactamente, efectivamente, afirmativo, de acuerdo, por supuesto, por supuesto que si,
    desde luego, obvio, seguro, cierto, es cierto, es verdad, como no, esta bien, asi esta bien,
    me parece, me parece bien, perfecto, adelante, acepto, quiero, si quiero, confirmo, lo confirmo,
    confirmado, mandalo, envialo, hazlo, yo creo que si, creo que si, no hay problema, no hay bronca,
    sin problema, cuando quieras, yes, yep, yeah, yea, yup, sure, of course, correct, that s correct,
    that is correct, thats correct, right, that s right, thats right, that is right, exactly,
    absolutely, definitely, go ahead, please do, do it, send it, sounds good, fine, all right, alright,
    i do, yes i do, agreed, i agree, no problem,
    sim, pois nao, isso, isso mesmo, com certeza, esta bom, ta bom, tudo bem, claro que sim,
    beey, je el, je el e, je elo, ma alob, 👍, 👌, ✅, ✔, ☑, 🙌, 🆗";
const NO: &str = "
    no, n, nop, nope, nel, nel pastel, nah, na, nones, nanay, ni maiz, nada, nada mas, nunca, jamas,
    negativo, tampoco, para nada, mejor no, mejor ya no, ya no, todavia no, aun no, ahorita no,
    ahora no, por ahora no, por el momento no, de momento no, claro que no, por supuesto que no,
    desde luego que no, obvio no, pues no, creo que no, yo creo que no, de ninguna manera, en absoluto,
    asi no, no asi no, eso no, eso no es, no es asi, asi no es, no es correcto, no es cierto,
    no es verdad, no esta bien, incorrecto, esta mal, es incorrecto, esta incorrecto, falso, no quiero,
    ya no quiero, no deseo, no acepto, no lo mandes, no lo envies, no estoy de acuerdo,
    no asi esta bien, no esta bien asi, no hace falta, no es necesario, never, not yet, not really,
    not now, no way, no thanks, no thank you, wrong, incorrect, that s wrong, thats wrong,
    that is wrong, not correct, i don t, i dont, no i don t, no i dont, of course not, absolutely not,
    definitely not, i disagree,
    nao, agora nao, ainda nao, acho que nao, claro que nao, nao quero, ma atech, matech, 👎, ❌, ✖, 🚫, 🙅";
const UNSURE: &str = "
    no se, nao sei, talvez, no lo se, no estoy seguro, no estoy segura, no recuerdo, no me acuerdo, no entiendo,
    no entendi, ni idea, tal vez, quiza, quizas, a lo mejor, puede ser, depende, maybe, perhaps,
    not sure, i m not sure, im not sure, i don t know, i dont know, idk, it depends";
/// Says neither.
const COURTESY: &str = "
    hola, buenas, buenos dias, buenas tardes, buenas noches, hello, hi,
    por favor, porfavor, porfa, porfas, porfis, xfa, xfavor, gracias, muchas gracias, mil gracias,
    muy amable, obrigado, obrigada, muito obrigado, muito obrigada, pues, pos, bueno, oye, senor, senora, senorita, amigo, amiga, joven, es todo,
    eso es todo, seria todo, nada mas eso, eso, que, asi, please, pls, plz, thanks, thank you,
    that s all, thats all, it is, it s, 🙏, 😊, 🙂, 😀, 😅, 😂, 👋, ❤";

/// Whether a whole message says yes or no; none for anything else, doubt included.
///
/// ```
/// use ventanilla_values::yes_no;
/// assert_eq!(yes_no("¡Simón!"), Some(true));
/// assert_eq!(yes_no("sí, por favor"), Some(true));
/// assert_eq!(yes_no("nel, gracias"), Some(false));
/// assert_eq!(yes_no("no sé"), None);
/// assert_eq!(yes_no("no hay luz en mi calle"), None);
/// ```
pub fn yes_no(text: &str) -> Option<bool> {
    let head = text::head(text);
    if is_no_in_maya(&head) {
        return Some(false);
    }
    let mut rest = said(&head)?;
    let mut answer = None;
    while !rest.is_empty() {
        let (meaning, words) = longest_match(&rest)?;
        match (meaning, answer) {
            (Meaning::Unsure, _) => return None,
            (Meaning::Courtesy, _) => {}
            (Meaning::Answer(now), Some(before)) if now != before => return None,
            (Meaning::Answer(now), _) => answer = Some(now),
        }
        rest.drain(..words);
    }
    answer
}

/// "Ma'" is no with its glottal stop; without it, it is what people in Yucatán begin with, or a mother.
fn is_no_in_maya(folded: &str) -> bool {
    let around = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '¡');
    folded
        .trim_matches(around)
        .strip_prefix("ma")
        .is_some_and(|stop| matches!(stop, "'" | "’" | "‘" | "´" | "`" | "ʼ" | "ʔ"))
}

/// Folded: they take an offer, and say nothing of what is so.
const AGREES: &str = "
    va, vas, va que va, sale, sale y vale, vale, dale, jalo, arre, fierro, orale, orale pues, andale, andale pues, ok, oka,
    oki, okis, okay, okey, okei, de acuerdo, esta bien, asi esta bien, me parece, me parece bien, perfecto,
    adelante, acepto, quiero, si quiero, mandalo, envialo, hazlo, no hay problema,
    no hay bronca, sin problema, cuando quieras, pois nao, esta bom, ta bom, tudo bem, je el, je el e, je elo, ma alob,
    sure, go ahead, please do, do it, send it, sounds good, fine, all right,
    alright, agreed, i agree, no problem";
/// Folded: what is not so, and what is.
const NOT_SO: &str = "
    ninguno, ninguna, ningun, nadie, nadie gracias a dios, no hay nadie, no hay ninguno, no hay ninguna, no hay heridos,
    no hay peligro, sin heridos, sin peligro, nadie herido, nadie esta herido, nada de eso, nada grave, que yo sepa no,
    no que yo sepa, no que sepa, hasta ahora no, hasta ahorita no, no hasta ahorita, no por ahora, no todavia, no aun,
    por suerte no, afortunadamente no, gracias a dios no, no gracias a dios, no bendito dios, no creo, no lo creo,
    no fijate, no fijese, pues no, no pues no, none, nobody, no one, not that i know, not as far as i know, luckily not,
    fortunately not, nobody is hurt, i don t think so, i dont think so, not so far, thank god no";
const SO: &str = "
    si hay, si esta, si hay heridos, si hay peligro, si hay uno, si hay una, si hay alguien, hay heridos, hay uno, hay una,
    hay alguien, si alguien, there is, there are, yes there is, yes there are, yes someone";
/// Behind a yes or no they begin what is told beside it.
const GOES_ON: [&str; 12] =
    ["nomas", "nada", "solo", "solamente", "pero", "nunca", "ya", "porque", "esta", "es", "just", "but"];

/// Whether a message says that what was asked about is so: "¿Hay alguien herido?". What only agrees ("ok", "va") says neither;
/// what is told behind the answer does not hide it.
///
/// ```
/// use ventanilla_values::yes_no_of_fact;
/// assert_eq!(yes_no_of_fact("sí"), Some(true));
/// assert_eq!(yes_no_of_fact("ok"), None);
/// assert_eq!(yes_no_of_fact("no que yo sepa"), Some(false));
/// assert_eq!(yes_no_of_fact("pues no, nomás se tira el agua"), Some(false));
/// assert_eq!(yes_no_of_fact("Sí, hay un señor en el piso"), Some(true));
/// assert_eq!(yes_no_of_fact("no hay luz en mi calle"), None);
/// ```
pub fn yes_no_of_fact(text: &str) -> Option<bool> {
    let said = text::head(text);
    whole_fact(&said)
        .or_else(|| {
            let (first, rest) = said.split_once([',', '.', ';', '!'])?;
            // "No sé, sí" and "sí, no" are neither.
            whole_fact(first).filter(|so| yes_no(rest).is_none_or(|other| other == *so))
        })
        .or_else(|| {
            let words = text::split(&said);
            let at = words
                .iter()
                .position(|word| word != "pues" && word != "pos" && word != "ah" && word != "eh")?;
            let next = words.get(at + 1)?;
            let goes_on = GOES_ON.contains(&next.as_str());
            whole_fact(words.get(at)?).filter(|_| goes_on && words.get(at).is_some_and(|word| word == "no"))
        })
}

fn whole_fact(said: &str) -> Option<bool> {
    let words = squeezed(&text::split(said).join(" "));
    let is_in = |list: &str| list.split([',', '\n']).any(|phrase| squeezed(phrase.trim()) == words);
    match () {
        // A thumb has heard it: 👎 and ❌ deny it.
        () if words.is_empty() => yes_no(said).filter(|so| !so),
        () if is_in(NOT_SO) => Some(false),
        () if is_in(SO) => Some(true),
        () if is_in(AGREES) => None,
        () => yes_no(said),
    }
}

#[derive(Clone, Copy)]
enum Meaning {
    Answer(bool),
    Unsure,
    Courtesy,
}

/// The words of a short message, repeated letters written once ("siii"), each emoji a word; none when it is long.
fn said(folded: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            match words.last_mut().filter(|_| open) {
                Some(word) if word.ends_with(c) => {}
                Some(word) => word.push(c),
                None => words.push(c.to_string()),
            }
            open = true;
        } else {
            open = false;
            if is_symbol(c) && words.last().is_none_or(|w| *w != c.to_string()) {
                words.push(c.to_string());
            }
        }
        if words.len() > MOST_WORDS {
            return None;
        }
    }
    Some(words)
}

/// An emoji, without what only changes its skin or style.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')
        && !matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Every phrase, its repeated letters written once. Made once: this is asked for each answer of each citizen.
static PHRASES: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let lists = [
        (UNSURE, Meaning::Unsure),
        (NO, Meaning::Answer(false)),
        (YES, Meaning::Answer(true)),
        (COURTESY, Meaning::Courtesy),
    ];
    let phrases = lists.into_iter().flat_map(|(list, meaning)| {
        let phrases = list.split([',', '\n']).map(str::trim).filter(|phrase| !phrase.is_empty());
        phrases.map(move |phrase| (squeezed(phrase), meaning))
    });
    phrases.collect()
});

/// The longest phrase that the message begins with, and its number of words.
fn longest_match(words: &[String]) -> Option<(Meaning, usize)> {
    (1..=words.len()).rev().find_map(|n| {
        let meaning = PHRASES.get(&words.get(..n)?.join(" "))?;
        Some((*meaning, n))
    })
}

fn squeezed(phrase: &str) -> String {
    let mut before = None;
    phrase.chars().filter(|c| before.replace(*c) != Some(*c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn yes_has_many_words() {
        for text in [
            "sí",
            "SI",
            "si",
            "siiii",
            "Sip",
            "simón",
            "claro",
            "claro que sí",
            "va",
            "órale",
            "ajá",
            "ok",
            "Okay!",
            "así es",
            "correcto",
            "de acuerdo",
            "ándale",
            "👍",
            "👍🏽",
            "👍👍👍",
            "sí por favor",
            "sí, muchas gracias 🙏",
            "sí señor",
            "s",
            "pues sí",
            "sí sí sí",
            "está bien",
            "cómo no",
            "no hay problema",
            "✔️",
            "si\u{200b}",
            "si\u{301}",
            "ｓｉ",
            "yes",
            "yeah",
            "yep",
            "sure",
            "Yes, please",
            "of course",
            "sim",
            "Sim, por favor",
            "pois não",
            "beey",
            "je'el",
            "je’el e’",
            "ma'alob",
            "that's right",
            "all right",
        ] {
            assert_eq!(yes_no(text), Some(true), "{text}");
        }
    }

    #[test]
    fn so_has_no() {
        for text in [
            "no",
            "NO",
            "nooo",
            "nel",
            "nop",
            "para nada",
            "mejor no",
            "todavía no",
            "no gracias",
            "No, gracias.",
            "👎",
            "nope",
            "claro que no",
            "no, así no",
            "pues no",
            "ahorita no",
            "no no no",
            "incorrecto",
            "no es correcto",
            "nada, gracias",
            "no, es todo",
            "no señor",
            "❌",
            "not yet",
            "no thanks",
            "I don't",
            "n",
            "no porfa",
            "não",
            "Não, obrigado",
            "ma'",
            "MA’.",
            "ma'atech",
        ] {
            assert_eq!(yes_no(text), Some(false), "{text}");
        }
    }

    #[test]
    fn doubt_news_and_contradiction_are_neither() {
        for text in [
            "",
            "no sé",
            "No lo sé",
            "tal vez",
            "quizás",
            "no estoy segura",
            "i don't know",
            "maybe",
            "no hay luz en mi calle",
            "sí hay agua",
            "no, es la calle 12",
            "si no",
            "ok no",
            "gracias",
            "🙏",
            "¿?",
            "nosotros",
            "sierra",
            "hola",
            "no entiendo",
            "ma",
            "ma' uts",
            "não sei",
            "não tem água na minha rua",
            "sim ou não",
            "¿y qué?",
            "1",
            "👍👎",
        ] {
            assert_eq!(yes_no(text), None, "{text}");
        }
        assert_eq!(yes_no(&"si ".repeat(1_400_000)), None, "four megabytes");
    }

    #[test]
    fn a_fact_is_told_in_other_words_than_a_wish() {
        for (text, so) in [
            ("sí", Some(true)),
            ("si hay", Some(true)),
            ("Sí, hay un señor tirado", Some(true)),
            ("simón", Some(true)),
            ("no", Some(false)),
            ("No que yo sepa", Some(false)),
            ("ninguno", Some(false)),
            ("nadie, gracias a dios", Some(false)),
            ("no todavía", Some(false)),
            ("pues no, nomás se tira", Some(false)),
            ("no nomás se tira", Some(false)),
            ("no, solo huele feo", Some(false)),
            ("👎", Some(false)),
            ("ok", None),
            ("okkk", None),
            ("va", None),
            ("sale", None),
            ("👍", None),
            ("no sé", None),
            ("no hay luz en mi calle", None),
            ("no, sí", None),
            ("si no vienen me enojo", None),
            ("", None),
        ] {
            assert_eq!(yes_no_of_fact(text), so, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let _ = yes_no(&text);
            let _ = yes_no_of_fact(&text);
        }

        #[test]
        fn case_spaces_and_points_do_not_matter(yes in any::<bool>(), pad in "[ .,!¡\n]{0,4}", shout in any::<bool>()) {
            let word = if yes { "claro que sí" } else { "mejor no" };
            let word = if shout { word.to_uppercase() } else { word.to_owned() };
            prop_assert_eq!(yes_no(&format!("{pad}{word}{pad}")), Some(yes));
        }
    }
}
