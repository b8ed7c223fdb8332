//! An earlier answer was another one: "no, perdón, es la calle 21", "cambiar la ubicación", "no, es una fuga". What is
//! corrected is named, or is of the kind of what is said, or is the newest answer that the words could be.

use ventanilla_flows::{Answer, Answered, Command, OpenQuestion, SlotType};
use ventanilla_intents::entities;
use ventanilla_values::words;

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
        let (intent, sure) = self.top()?;
        let flow = self.library.flow_for_intent(intent).filter(|_| sure && taken.wrong)?;
        let begun = self
            .session
            .stack
            .iter()
            .skip(self.session.chain().start)
            .find(|frame| frame.flow == flow.name)?;
        let other = begun.intent.as_deref().is_some_and(|begun| begun != intent);
        other.then(|| self.begin_again(flow, intent, burst))
    }

    fn other_answer(&self, one: &Answered, rest: &str) -> Option<Answer> {
        match one.slot_type {
            // Any words would do, or a bare "no".
            Some(SlotType::Text | SlotType::YesNo | SlotType::Photo) => None,
            Some(SlotType::Choice | SlotType::Number) | None => {
                let few = rest.split_whitespace().count() <= FEW
                    && (self.asks_for_any_words() || !self.accepts(rest));
                Some(text(rest)).filter(|answer| few && self.corrects(one, answer))
            }
            Some(_) => self.named_in(one, rest).filter(|answer| self.corrects(one, answer)),
        }
    }

    /// What the slot is to be, where the text says it.
    fn value(&self, one: &Answered, rest: &str) -> Option<Answer> {
        self.named_in(one, rest).or_else(|| {
            let names = names(one);
            let is_name = |word: &str| names.iter().any(|name| words(name).iter().any(|own| own == word));
            let skipped = rest
                .split_whitespace()
                .skip_while(|word| {
                    let folded = words(word).join(" ");
                    folded.is_empty() || is_name(&folded) || COPULA.contains(&folded.as_str())
                })
                .collect::<Vec<_>>()
                .join(" ");
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
