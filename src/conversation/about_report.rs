//! What people say about a report that is there: "ya quedó", "sigue igual", "me sumo PC-…", and the answers to "¿Quedó
//! resuelto?", which count days later and whatever is being talked about then. Pure.

use ventanilla_flows::Command;
use ventanilla_intents::Certainty;
use ventanilla_values::{Folio, Value, words, yes_no};

use super::{
    burst::Burst,
    policy::{OUT_OF_SCOPE, Situation, start},
};
use crate::reports::PAYLOAD;

/// The flow that hears whether it is done.
const FIXED: &str = "report_fixed";
const JOIN: &str = "report_join";
const REOPEN: &str = "report_reopen";
const CANCEL: &str = "report_cancel";
const ADD: &str = "report_add";
/// Words of a bare answer: more is a story of its own.
const BARE: usize = 5;
/// Of a wish without a folio.
const FEW: usize = 8;

/// What is said of a report whose folio stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Join,
    Fixed,
    NotFixed,
    Cancel,
    Add,
}

/// Folded words, in the order in which they are looked for: "no quedó" is no "quedó".
const WISHES: [(Wish, &[&str]); 5] = [
    (
        Wish::Join,
        &["me sumo", "me uno", "sumarme", "sumame", "tambien me afecta", "count me in", "i join", "join"],
    ),
    (
        Wish::NotFixed,
        &[
            "sigue igual",
            "sigue ahi",
            "sigue sin",
            "sigue roto",
            "sigue mal",
            "no quedo",
            "no ha quedado",
            "no esta resuelto",
            "no lo arreglaron",
            "no lo han arreglado",
            "no arreglaron",
            "esta igual",
            "quedo mal",
            "reabrir",
            "reabran",
            "abrir otra vez",
            "still",
            "not fixed",
            "reopen",
            "apelar",
            "no estoy de acuerdo",
        ],
    ),
    (Wish::Cancel, &["cancelar", "cancela", "cancelen", "ya no hace falta", "ya no lo necesito", "cancel"]),
    (
        Wish::Fixed,
        &[
            "ya quedo",
            "ya esta",
            "ya lo arreglaron",
            "ya arreglaron",
            "quedo bien",
            "quedo resuelto",
            "resuelto",
            "fixed",
            "solved",
        ],
    ),
    (Wish::Add, &["agregar", "agrega", "agreguen", "anadir", "le falto", "otra foto", "add"]),
];

/// Bare answers to "¿Quedó resuelto?" that a yes or no does not cover.
const ANSWERS: [(&str, &[&str]); 3] = [
    (
        "yes",
        &[
            "1",
            "ya quedo",
            "si ya quedo",
            "ya esta",
            "quedo bien",
            "ya lo arreglaron",
            "si quedo",
            "resuelto",
            "it is fixed",
        ],
    ),
    (
        "no",
        &[
            "2",
            "sigue igual",
            "no quedo",
            "todavia no",
            "aun no",
            "no sigue igual",
            "no ha quedado",
            "still the same",
        ],
    ),
    ("unsure", &["3", "no se", "no lo se", "no he visto", "no he pasado", "i do not know", "i don t know"]),
];

impl Situation<'_> {
    /// A yes to "we have something for you": what was kept for them is the answer.
    pub(super) fn only_wants_to_see(&self, burst: &Burst<'_>) -> bool {
        let asks_nothing = !self.session.is_waiting() && burst.choice.is_none() && self.photo.is_none();
        self.kept && asks_nothing && yes_no(&burst.text) == Some(true) && words(&burst.text).len() <= BARE
    }

    /// A button under the news of a report, or a bare answer to its question when nothing else is asked.
    pub(super) fn about_report(&self, burst: &Burst<'_>) -> Option<Command> {
        if let Some((payload, _)) = burst.choice {
            let (folio, option) = payload.strip_prefix(PAYLOAD)?.split_once(':')?;
            return self.fixed(Some(folio.to_owned()), option);
        }
        let asked = self.claimed.first().filter(|_| !self.session.is_waiting() && self.waits.is_none())?;
        let said = burst.keys.map_or(burst.text.as_str(), |(keys, _)| keys);
        let answer = bare_answer(said)?;
        // Of several, which one it is must be asked.
        let folio = (self.claimed.len() == 1).then(|| asked.clone());
        self.fixed(folio, answer)
    }

    /// "Cancela mi reporte", without its folio.
    pub(super) fn cancels_theirs(&self, text: &str) -> Option<Command> {
        let said = words(text);
        let of_a_report =
            said.iter().any(|word| ["reporte", "reportes", "folio", "report"].contains(&word.as_str()));
        let cancels = of_a_report && said.len() <= FEW && wish(text) == Some(Wish::Cancel);
        self.library.flow(CANCEL).filter(|_| cancels)?;
        Some(start(CANCEL, None, Vec::new()))
    }

    /// Words that mean nothing by themselves, where the town waits for something: perhaps they are that.
    pub(super) fn wanted_words(&self, text: &str) -> Option<Command> {
        let folio = self.wanted.first()?;
        let means = self.top().is_some_and(|(intent, sure)| sure && intent != OUT_OF_SCOPE);
        let between = self.understood.is_some_and(|understood| understood.certainty == Certainty::Between);
        if means || between {
            return None;
        }
        let said = ("said".to_owned(), Value::Text(text.to_owned()));
        self.add(folio, vec![said, ("perhaps".to_owned(), Value::YesNo(true))])
    }

    /// The same of a photo that comes alone.
    pub(super) fn wanted_photo(&self) -> Option<Command> {
        let photo = ("photo".to_owned(), Value::Photo(self.photo?.to_owned()));
        self.add(self.wanted.first()?, vec![photo])
    }

    fn add(&self, folio: &str, mut slots: Vec<(String, Value)>) -> Option<Command> {
        self.library.flow(ADD)?;
        slots.push(("folio".to_owned(), Value::Folio(folio.to_owned())));
        Some(start(ADD, None, slots))
    }

    fn fixed(&self, folio: Option<String>, answer: &str) -> Option<Command> {
        let answer = ("fixed".to_owned(), Value::Choice(answer.to_owned()));
        let folio = folio.map(|folio| ("folio".to_owned(), Value::Folio(folio)));
        self.library.flow(FIXED)?;
        Some(start(FIXED, None, folio.into_iter().chain([answer]).collect()))
    }

    /// A folio, and what is said of it. Without such words it is asked how it goes.
    pub(super) fn about_folio(&self, text: &str, folio: &Folio) -> Option<Command> {
        let known = vec![("folio".to_owned(), Value::Folio(folio.to_string()))];
        let (flow, slots) = match wish(text)? {
            Wish::Join => (JOIN, known),
            Wish::Fixed => return self.fixed(Some(folio.to_string()), "yes"),
            Wish::NotFixed => (REOPEN, known),
            Wish::Cancel => (CANCEL, known),
            Wish::Add => (ADD, known),
        };
        self.library.flow(flow)?;
        Some(start(flow, None, slots))
    }
}

/// Whether a flow is about a report that is there.
pub(super) fn is_about_report(flow: &str) -> bool {
    [FIXED, JOIN, REOPEN, CANCEL, ADD].contains(&flow)
}

/// Whether a button of the news is heard while a person of the town attends: it needs no answer of theirs.
pub(super) fn concludes(burst: &Burst<'_>) -> bool {
    let option = burst.choice.and_then(|(payload, _)| payload.strip_prefix(PAYLOAD)?.rsplit_once(':'));
    option.is_some_and(|(_, option)| option != "no")
}

fn wish(text: &str) -> Option<Wish> {
    let said = format!(" {} ", words(text).join(" "));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| said.contains(&format!(" {phrase} ")));
    let found = WISHES.iter().find(|(_, phrases)| says(phrases)).map(|(wish, _)| *wish);
    // "¿Ya quedó PC-…?" asks how it goes.
    found.filter(|wish| *wish == Wish::Join || !text.contains('?'))
}

fn bare_answer(text: &str) -> Option<&'static str> {
    let said = words(text);
    if said.is_empty() || said.len() > BARE {
        return None;
    }
    let joined = said.join(" ");
    let found = ANSWERS.iter().find(|(_, phrases)| phrases.contains(&joined.as_str()));
    found.map(|(answer, _)| *answer).or_else(|| yes_no(text).map(|yes| if yes { "yes" } else { "no" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_folio_is_understood() {
        for (text, meant) in [
            ("Me sumo PC-4827-1361", Some(Wish::Join)),
            ("mi reporte PC-4827-1361 sigue igual", Some(Wish::NotFixed)),
            ("PC-4827-1361 no quedó bien", Some(Wish::NotFixed)),
            ("Ya quedó PC-4827-1361, gracias", Some(Wish::Fixed)),
            ("cancelar PC-4827-1361", Some(Wish::Cancel)),
            ("quiero agregar algo a PC-4827-1361", Some(Wish::Add)),
            ("¿cómo va PC-4827-1361?", None),
            ("¿ya quedó PC-4827-1361?", None),
            ("cómo sigue PC-4827-1361", None),
            ("PC-4827-1361", None),
        ] {
            assert_eq!(wish(text), meant, "{text}");
        }
    }

    #[test]
    fn bare_answers_are_few_words() {
        for (text, meant) in [
            ("sí", Some("yes")),
            ("1", Some("yes")),
            ("ya quedó", Some("yes")),
            ("No", Some("no")),
            ("2", Some("no")),
            ("sigue igual", Some("no")),
            ("no sé", Some("unsure")),
            ("3", Some("unsure")),
            ("hola", None),
            ("", None),
            ("hay un bache enorme enfrente de mi casa", None),
        ] {
            assert_eq!(bare_answer(text), meant, "{text}");
        }
    }
}
