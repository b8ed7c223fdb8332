//! An earlier answer was another one: "no, perdón, es la calle 21", "cambiar la ubicación", "no, es una fuga". What is
//! corrected is named, or is of the kind of what is said, or is the newest answer that the words could be.

use ventanilla_flows::{Answer, Answered, Command, Confidence, OpenQuestion, SlotType};
use ventanilla_intents::{entities, is_only_an_address};
use ventanilla_values::{ChoiceOption, Value, named, words};

use super::{
    Situation,
    given::{kind, place_said},
};
use crate::conversation::burst::Burst;

/// Said first, they take back what was said before.
const WRONG: [&str; 24] = [
    "no perdon",
    "no perdona",
    "perdon",
    "perdona",
    "disculpa",
    "me equivoque",
    "corrijo",
    "correccion",
    "rectifico",
    "quise decir",
    "mejor dicho",
    "mas bien",
    "digo",
    "en realidad",
    "no espera",
    "espera",
    "ups",
    "sorry",
    "no sorry",
    "i meant",
    "i mean",
    "actually",
    "no wait",
    "oops",
];
/// They want something changed, which they name.
const CHANGE: [&str; 24] = [
    "cambia",
    "cambiar",
    "cambiame",
    "cambiarle",
    "cambio",
    "corrige",
    "corregir",
    "corrigeme",
    "corregirle",
    "modifica",
    "modificar",
    "edita",
    "editar",
    "actualiza",
    "actualizar",
    "mal",
    "equivoque",
    "change",
    "correct",
    "fix",
    "edit",
    "update",
    "wrong",
    "mistake",
];
/// Between the name of a slot and what it is to be.
const COPULA: [&str; 20] = [
    "es", "era", "son", "en", "a", "por", "que", "el", "la", "los", "las", "mi", "de", "its", "is", "it",
    "to", "the", "my", "esta",
];
/// Say of an answer that it is none.
const FALSE: [&str; 10] = [
    "mal",
    "equivocada",
    "equivocado",
    "incorrecta",
    "incorrecto",
    "erronea",
    "erroneo",
    "wrong",
    "incorrect",
    "mistaken",
];
/// Begin what it is instead.
const SAYS_WHAT: [&str; 14] =
    ["es", "era", "son", "eran", "sino", "esta", "en", "queda", "its", "it", "that", "thats", "in", "at"];
/// Before the number of a house.
const NUMBERED: [&str; 6] = ["numero", "num", "no", "nro", "number", "n"];
/// Longer, it is a new story and no other word for an answer.
const FEW: usize = 6;

/// What a text says of an answer before.
#[derive(Debug, PartialEq, Eq)]
struct Taken<'t> {
    /// What it is instead, as it was written.
    rest: &'t str,
    /// It says that something was wrong, and not only that something is to be changed.
    wrong: bool,
}

impl Situation<'_> {
    /// The correction of an answer before, where the message is one.
    pub(super) fn correction(&self, burst: &Burst<'_>, open: Option<&OpenQuestion>) -> Option<Vec<Command>> {
        self.session.running()?;
        if open.is_none_or(|question| question.clarify) {
            return None;
        }
        let taken = taken_back(&burst.text)?;
        if let Some(commands) = self.other_matter(burst, &taken) {
            return Some(commands);
        }
        let answered = self.library.answered(self.session);
        let open_type = open.map(|question| question.slot_type);
        let again = |one: &&Answered| {
            // The same kind of thing is asked right now: that is what it answers.
            one.slot_type != open_type || !self.accepts(taken.rest)
        };
        let candidates: Vec<&Answered> = answered.iter().filter(again).collect();
        if let Some(named) = candidates.iter().find(|one| is_named(one, taken.rest)) {
            let answer = self.value(named, taken.rest).filter(|answer| self.corrects(named, answer));
            return Some(vec![Command::Correct { slot: named.slot.clone(), answer }]);
        }
        if !taken.wrong {
            return None;
        }
        let said = |one: &&&Answered| Some((one.slot.clone(), self.other_answer(one, taken.rest)?));
        let (slot, answer) = candidates.iter().find_map(|one| said(&one))?;
        Some(vec![Command::Correct { slot, answer: Some(answer) }])
    }

    /// "No, no es un bache, es una fuga de agua": the same conversation about something else.
    fn other_matter(&self, burst: &Burst<'_>, taken: &Taken<'_>) -> Option<Vec<Command>> {
        let sure = self.top().and_then(|(intent, sure)| sure.then_some(intent));
        let intent = sure.or_else(|| self.matter_named(taken.rest))?;
        let flow = self.library.flow_for_intent(intent).filter(|_| taken.wrong)?;
        let begun = self
            .session
            .stack
            .iter()
            .skip(self.session.chain().start)
            .find(|frame| frame.flow == flow.name)?;
        let other = begun.intent.as_deref().is_some_and(|begun| begun != intent);
        other.then(|| self.begin_again(flow, intent, burst))
    }

    /// "Es una fuga de agua": the one category that is called so.
    fn matter_named(&self, rest: &str) -> Option<&str> {
        let categories = self.catalogue.categories();
        let lang = self.session.lang;
        let options: Vec<ChoiceOption> = categories
            .iter()
            .map(|one| ChoiceOption { id: &one.id, label: one.name.get(lang), also: &[] })
            .collect();
        let named = categories.get(named(rest, &options)?)?;
        Some(&named.intent)
    }

    /// "Es el número 54": of the place that was told, its number.
    fn other_number(&self, one: &Answered, rest: &str) -> Option<Answer> {
        let number = house_number(rest)?;
        let told = self
            .session
            .chain()
            .rev()
            .filter_map(|at| self.session.stack.get(at))
            .find_map(|frame| frame.get(&one.slot));
        let Some(Value::Place(place)) = told else { return None };
        Some(text(&with_house_number(&place.text, &number)))
    }

    fn other_answer(&self, one: &Answered, rest: &str) -> Option<Answer> {
        match one.slot_type {
            Some(SlotType::Place) if house_number(rest).is_some() => {
                self.other_number(one, rest).filter(|answer| self.corrects(one, answer))
            }
            // Any words would do, or a bare "no".
            Some(SlotType::Text | SlotType::YesNo | SlotType::Photo) => None,
            Some(SlotType::Choice | SlotType::Number) | None => {
                let few = rest.split_whitespace().count() <= FEW
                    && (self.asks_for_any_words() || !self.accepts(rest));
                Some(text(rest)).filter(|answer| few && self.corrects(one, answer))
            }
            Some(SlotType::Place) => {
                let found = self.named_in(one, rest).or_else(|| self.corner(rest));
                found.filter(|answer| self.corrects(one, answer))
            }
            Some(_) => self.named_in(one, rest).filter(|answer| self.corrects(one, answer)),
        }
    }

    /// "Es 20 con 18": numbers alone, where a place was told.
    fn corner(&self, rest: &str) -> Option<Answer> {
        let said = without_copula(rest);
        let known =
            || self.world.gazetteer.look_up(&said).is_some_and(|one| one.confidence == Confidence::Certain);
        (is_only_an_address(&said) || are_two_streets(&said) || known()).then(|| text(&said))
    }

    /// What the slot is to be, where the text says it.
    fn value(&self, one: &Answered, rest: &str) -> Option<Answer> {
        self.named_in(one, rest).or_else(|| {
            let names = names(one);
            let is_name = |word: &str| names.iter().any(|name| words(name).iter().any(|own| own == word));
            let skipped = behind(rest, |folded| is_name(folded) || COPULA.contains(&folded));
            (!skipped.is_empty()).then(|| text(&skipped))
        })
    }

    /// What the text names of the slot's kind.
    fn named_in(&self, one: &Answered, rest: &str) -> Option<Answer> {
        let wanted = one.slot_type?;
        let found = entities(rest);
        if wanted == SlotType::Place {
            return place_said(&found).map(|place| text(&place));
        }
        let fits = found.iter().find(|entity| kind(entity.value.kind()) == Some(wanted.as_str()))?;
        Some(text(&fits.text))
    }

    fn corrects(&self, one: &Answered, answer: &Answer) -> bool {
        self.library.corrects(self.session, &one.slot, answer, self.world)
    }

    fn accepts(&self, rest: &str) -> bool {
        self.library.accepts(self.session, &text(rest), self.world)
    }
}

/// "20 con 18", "la 20 x la 18".
fn are_two_streets(said: &str) -> bool {
    let said = words(said);
    let said: Vec<&str> =
        said.iter().map(String::as_str).filter(|word| !matches!(*word, "la" | "calle")).collect();
    let is_number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    matches!(said.as_slice(), [one, joint, other]
        if is_number(one) && is_number(other) && ["con", "x", "por", "y", "esquina"].contains(joint))
}

/// Without "es", "es en la".
fn without_copula(rest: &str) -> String {
    behind(rest, |folded| COPULA.contains(&folded))
}

/// From the first word that is not skipped.
fn behind(rest: &str, skipped: impl Fn(&str) -> bool) -> String {
    let kept = rest.split_whitespace().skip_while(|word| {
        let folded = words(word).join(" ");
        folded.is_empty() || skipped(&folded)
    });
    kept.collect::<Vec<_>>().join(" ")
}

fn text(text: &str) -> Answer {
    Answer::Text { text: text.to_owned() }
}

/// What is left of a text that takes something back or wants it changed.
fn taken_back(text: &str) -> Option<Taken<'_>> {
    let mut rest = text.trim();
    let mut wrong = false;
    while let Some(after) = without_cue(rest) {
        (rest, wrong) = (after, true);
    }
    if let Some(instead) = behind_what_is_wrong(rest) {
        (rest, wrong) = (instead, true);
    }
    if wrong {
        return (!rest.is_empty()).then_some(Taken { rest, wrong });
    }
    let changes = words(text).iter().any(|word| CHANGE.contains(&word.as_str()));
    let after = || {
        let verb = text
            .split_whitespace()
            .find(|word| words(word).iter().any(|own| CHANGE.contains(&own.as_str())))?;
        let at = text.find(verb)? + verb.len();
        text.get(at..).map(str::trim)
    };
    let rest = changes.then(after).flatten()?;
    // "La calle está mal" names it before.
    Some(Taken { rest: if rest.is_empty() { text } else { rest }, wrong: false })
}

/// "La calle está mal, es 20 con 18", "no es un bache, es una fuga": what stands behind the clause that says so.
fn behind_what_is_wrong(text: &str) -> Option<&str> {
    let (clause, rest) = text.split_once([',', ';', '.'])?;
    let said = words(clause);
    let is = |at: usize, any: &[&str]| said.get(at).is_some_and(|word| any.contains(&word.as_str()));
    let denies = is(0, &["no"]) && is(1, &["es", "era", "son", "eran", "fue"]);
    let denies_in_english = is(0, &["it", "its", "that", "thats"])
        && said.iter().take(4).any(|word| ["not", "isn"].contains(&word.as_str()));
    let wrong = said.len() <= FEW && said.iter().any(|word| FALSE.contains(&word.as_str()));
    let instead = rest.trim();
    let says_what = words(instead).first().is_some_and(|word| SAYS_WHAT.contains(&word.as_str()));
    ((denies || denies_in_english || wrong) && says_what).then_some(instead)
}

/// The text behind a cue at its beginning. A "no" is one where a comma shows that it stands alone.
fn without_cue(text: &str) -> Option<&str> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let longest = pieces.len().min(3);
    for count in (1..=longest).rev() {
        let said = pieces.get(..count)?;
        let folded = words(&said.join(" ")).join(" ");
        let last = said.last()?;
        let alone =
            count == 1 && ["no", "nop", "nope"].contains(&folded.as_str()) && last.ends_with([',', '.', ';']);
        if alone || WRONG.contains(&folded.as_str()) {
            let at = text.find(last)? + last.len();
            return text
                .get(at..)
                .map(|rest| rest.trim_start_matches([' ', ',', '.', ';', ':', '\n']).trim());
        }
    }
    None
}

/// "Es el número 54", "#54", "num. 54 bis": a house number and nothing else.
fn house_number(text: &str) -> Option<String> {
    let said = words(text);
    let digits = |word: &String| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    let at = said.iter().position(digits)?;
    let before = at.checked_sub(1).and_then(|at| said.get(at));
    let numbered = text.contains('#') || before.is_some_and(|word| NUMBERED.contains(&word.as_str()));
    let rest = said.iter().enumerate().filter(|(index, _)| *index != at);
    let nothing_else = rest.map(|(_, word)| word.as_str()).all(|word| {
        NUMBERED.contains(&word)
            || COPULA.contains(&word)
            || matches!(word, "bis" | "a" | "b" | "casa" | "exterior")
    });
    (numbered && nothing_else).then(|| said.get(at..).unwrap_or_default().join(" "))
}

/// The place with this number, instead of the one that it had.
fn with_house_number(place: &str, number: &str) -> String {
    let pieces: Vec<&str> = place.split_whitespace().collect();
    let mark = pieces.iter().position(|piece| {
        piece.starts_with('#') || words(piece).first().is_some_and(|word| NUMBERED.contains(&word.as_str()))
    });
    let Some(at) = mark else { return format!("{place}, número {number}") };
    let glued = pieces.get(at).is_some_and(|piece| piece.starts_with('#') && piece.len() > 1);
    let behind = at + if glued { 1 } else { 2 };
    let comma = pieces.get(behind - 1).filter(|piece| piece.ends_with(',')).map_or("", |_| ",");
    let number = format!("número {number}{comma}");
    let kept = pieces.iter().take(at).copied();
    kept.chain([number.as_str()]).chain(pieces.iter().skip(behind).copied()).collect::<Vec<_>>().join(" ")
}

fn is_named(one: &Answered, rest: &str) -> bool {
    let said = format!(" {} ", words(rest).join(" "));
    names(one).iter().any(|name| said.contains(&format!(" {} ", words(name).join(" "))))
}

/// How people call what a slot holds.
fn names(one: &Answered) -> Vec<&str> {
    let own = one.also.iter().map(String::as_str);
    own.chain(one.slot_type.map(names_of).unwrap_or_default().iter().copied()).collect()
}

fn names_of(slot_type: SlotType) -> &'static [&'static str] {
    match slot_type {
        SlotType::Place => &[
            "lugar",
            "ubicacion",
            "direccion",
            "domicilio",
            "calle",
            "colonia",
            "esquina",
            "place",
            "address",
            "location",
            "street",
        ],
        SlotType::Photo => &["foto", "imagen", "photo", "picture"],
        SlotType::Phone => &["telefono", "celular", "phone"],
        SlotType::Date => &["fecha", "dia", "date", "day"],
        SlotType::DateRange => &["fechas", "dias", "dates"],
        SlotType::Time => &["hora", "time"],
        SlotType::TimeRange => &["horario", "horas", "hours"],
        SlotType::Email => &["correo", "email", "mail"],
        SlotType::FullName => &["nombre", "name"],
        SlotType::Age => &["edad", "anos", "age"],
        SlotType::Plate => &["placa", "placas", "plate"],
        SlotType::Curp => &["curp"],
        SlotType::Rfc => &["rfc"],
        SlotType::Money => &["monto", "cantidad", "amount"],
        SlotType::Number => &["numero", "cantidad", "number"],
        SlotType::Folio => &["folio"],
        SlotType::Text | SlotType::Choice | SlotType::YesNo => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_something_back_is_told_from_what_only_denies() {
        for (text, rest) in [
            ("no, perdón, es la calle 21", Some("es la calle 21")),
            ("No, es grande", Some("es grande")),
            ("Perdón, me equivoqué: calle 21", Some("calle 21")),
            ("quise decir el lunes", Some("el lunes")),
            ("sorry, I meant Hidalgo street", Some("Hidalgo street")),
            ("actually it is big", Some("it is big")),
            ("no, la calle está mal, es 20 con 18", Some("es 20 con 18")),
            ("la dirección es incorrecta, es en la 33", Some("es en la 33")),
            ("no es un bache, es una fuga", Some("es una fuga")),
            ("it's not a pothole, it's a leak", Some("it's a leak")),
            ("la calle está muy mal, urge", None),
            ("no es grande", None),
            ("no", None),
            ("no, gracias", Some("gracias")),
            ("hay un bache", None),
            ("perdón", None),
        ] {
            let taken = taken_back(text).filter(|taken| taken.wrong).map(|taken| taken.rest);
            assert_eq!(taken, rest, "{text}");
        }
    }

    #[test]
    fn a_house_number_takes_the_place_of_the_one_before() {
        for (text, number) in [
            ("es el numero 54", Some("54")),
            ("#54", Some("54")),
            ("es el número 54 bis", Some("54 bis")),
            ("es la calle 54", None),
            ("54", None),
            ("son 3 casas", None),
            ("no es la 54", None),
        ] {
            assert_eq!(house_number(text).as_deref(), number, "{text}");
        }
        for (place, now) in [
            ("calle 12 número 30, Centro", "calle 12 número 54, Centro"),
            ("calle 12 #30 centro", "calle 12 número 54 centro"),
            ("calle 12 num. 30", "calle 12 número 54"),
            ("calle 12 por 15", "calle 12 por 15, número 54"),
        ] {
            assert_eq!(with_house_number(place, "54"), now);
        }
    }

    #[test]
    fn what_is_to_be_changed_is_behind_the_verb_or_before_it() {
        for (text, rest) in [
            ("cambiar ubicación", "ubicación"),
            ("quiero cambiar la dirección por favor", "la dirección por favor"),
            ("la calle está mal", "la calle está mal"),
            ("change the photo", "the photo"),
        ] {
            assert_eq!(taken_back(text), Some(Taken { rest, wrong: false }), "{text}");
        }
    }
}
