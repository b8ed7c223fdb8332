//! Dangers come before everything, in every state. One that is said in so many words, or is as likely as not, is answered with
//! whom to call. One that is only possible is asked about, with the help line in the question; to a no the talk goes on as if
//! nothing had been asked.

use ventanilla_flows::{Answer, Command, SlotType};
use ventanilla_intents::{Safety, Weight, entities};
use ventanilla_values::{Value, words, yes_no};

use super::{
    DANGER_OVER, Situation, Waits, answer,
    for_others::tells_of_somebody,
    given::{FOR_OTHER, place_said},
    is_open, start,
    words::has_no_photo,
};
use crate::conversation::{burst::Burst, keywords::keyword};

/// The flow that asks.
pub(crate) const CHECK: &str = "danger_check";
/// Its slot with which danger it may be.
pub(super) const KIND: &str = "kind";
/// Its slot with what was said.
const SAID: &str = "said";
/// Who says more than an answer says more words.
const FEW: usize = 6;
/// So sure, a cry without a sign is one also where a report is being told.
const CLEAR: f32 = 0.9;
/// Longer, it tells something else as well.
const SHORT: usize = 14;
/// As [`words`] writes them: the danger is over, or there was none. A "no" before them turns them round.
const OVER: [&str; 60] = [
    "falsa alarma",
    "malentendido",
    "fue un error",
    "fue error",
    "me equivoque",
    "por equivocacion",
    "ya lo apagaron",
    "ya la apagaron",
    "ya apagaron",
    "ya se apago",
    "ya lo controlaron",
    "ya esta controlado",
    "ya paso todo",
    "ya todo paso",
    "ya paso el peligro",
    "ya no hay peligro",
    "no hay peligro",
    "no hay ningun peligro",
    "no hay nadie en peligro",
    "nadie esta en peligro",
    "no estoy en peligro",
    "no estamos en peligro",
    "no corro peligro",
    "no hay emergencia",
    "no hay ninguna emergencia",
    "no es emergencia",
    "no es una emergencia",
    "no es ninguna emergencia",
    "no era emergencia",
    "no era una emergencia",
    "no fue emergencia",
    "no es para tanto",
    "no paso nada",
    "no es nada grave",
    "ya estoy bien",
    "ya estamos bien",
    "estoy bien",
    "estamos bien",
    "todo bien",
    "todo esta bien",
    "ya esta bien",
    "ya me siento mejor",
    "ya estoy mejor",
    "ya llego la ambulancia",
    "ya llego la policia",
    "ya llego la patrulla",
    "ya llegaron los bomberos",
    "ya llego ayuda",
    "ya nos atendieron",
    "ya me atendieron",
    "era broma",
    "es broma",
    "false alarm",
    "misunderstanding",
    "im fine",
    "i m fine",
    "im ok",
    "we are fine",
    "it is over",
    "no emergency",
];

impl Situation<'_> {
    /// What was said is a danger, or may be one.
    pub(in crate::conversation) fn danger(&self) -> Option<&Safety> {
        let danger = self.understood?.safety.as_ref()?;
        self.library.flow_for_intent(danger.intent)?;
        let heard = danger.is_likely() || self.waits != Some(Waits::InDanger) && self.can_ask();
        heard.then_some(danger)
    }

    /// The answer to a danger.
    pub(super) fn safety(&self, burst: &Burst<'_>) -> Option<Vec<Command>> {
        let Some(danger) = self.danger() else { return self.safe_after_all(burst) };
        if self.was_to_be_expected(burst, danger) {
            return None;
        }
        if self.is_acted_on(danger) || !self.can_ask() {
            let flow = self.library.flow_for_intent(danger.intent)?;
            let other = flow.given.iter().any(|name| name == FOR_OTHER) && tells_of_somebody(&burst.text);
            let slots = other.then(|| (FOR_OTHER.to_owned(), Value::YesNo(true)));
            let told = start(&flow.name, Some(danger.intent), slots.into_iter().collect());
            // Nobody in danger is asked afterwards how large the pothole is.
            return Some(vec![Command::Reset, told]);
        }
        if self.means_something_else(burst) {
            return None;
        }
        let slots = vec![
            (KIND.to_owned(), Value::Text(danger.intent.to_owned())),
            (SAID.to_owned(), Value::Text(burst.text.clone())),
        ];
        Some(vec![start(CHECK, None, slots)])
    }

    /// At once, unless a report is being told and the words show no sign: then it is asked about first, so that a report is
    /// not lost to "pues no, nomás se tira".
    fn is_acted_on(&self, danger: &Safety) -> bool {
        let told = danger.signs.iter().any(|sign| sign.weight >= Weight::Likely);
        let question = self.library.open_question(self.session);
        let passing = |flow: &str| self.library.flow(flow).is_none_or(|flow| flow.passing);
        let tells = question.is_some_and(|question| !passing(&question.flow));
        danger.is_likely() && (told || !tells || danger.confidence >= CLEAR)
    }

    /// "Ya lo apagaron", "fue un malentendido": said by who was told whom to call.
    pub(super) fn is_over(&self, text: &str) -> Option<Command> {
        let over = self.waits == Some(Waits::InDanger) && self.danger().is_none() && says_it_is_over(text);
        let flow = self.library.flow(DANGER_OVER).filter(|_| over)?;
        Some(start(&flow.name, None, Vec::new()))
    }

    /// "Salir", "no", "la grande", "perdón, es la calle 21": a word of ours, an answer that was to be expected, or another one
    /// than before.
    fn means_something_else(&self, burst: &Burst<'_>) -> bool {
        let question = self.library.open_question(self.session);
        let closed = question.as_ref().is_some_and(|question| !is_open(question));
        let said = Answer::Text { text: burst.text.clone() };
        keyword(&burst.text).is_some()
            || closed && self.library.accepts(self.session, &said, self.world)
            || self.correction(burst, question.as_ref()).is_some()
    }

    /// "En el puente" to "¿Dónde está?", "hoy en la noche" to "¿Cuándo pasa?": a few words without a sign, by themselves those of
    /// many cries, where they answer what was asked.
    fn was_to_be_expected(&self, burst: &Burst<'_>, danger: &Safety) -> bool {
        let Some(question) = self.library.open_question(self.session) else { return false };
        if self.only_wants_no_name(&burst.text) {
            return true;
        }
        let few = burst.text.split_whitespace().count() <= FEW;
        let told = danger.signs.iter().any(|sign| sign.weight >= Weight::Likely);
        if !few || told {
            return false;
        }
        let said = Answer::Text { text: burst.text.clone() };
        match question.slot_type {
            SlotType::Place => place_said(&entities(&burst.text)).is_some(),
            SlotType::Photo => !danger.is_likely() && has_no_photo(&burst.text),
            _ => !is_open(&question) && self.library.accepts(self.session, &said, self.world),
        }
    }

    fn can_ask(&self) -> bool {
        self.library.flow(CHECK).is_some()
    }

    /// A no to the question, and what was said goes to the question that it came after.
    fn safe_after_all(&self, burst: &Burst<'_>) -> Option<Vec<Command>> {
        let asked =
            self.session.running().filter(|frame| frame.flow == CHECK && self.session.is_waiting())?;
        let Some(Value::Text(said)) = asked.get(SAID) else { return None };
        let no = match burst.choice {
            Some((payload, title)) if payload.ends_with(":no") => {
                Answer::Choice { payload: payload.to_owned(), title: title.to_owned() }
            }
            None if yes_no(&burst.text) == Some(false) => Answer::Text { text: burst.text.clone() },
            _ => return None,
        };
        let left = self.library.turn(self.session.clone(), &[answer(no.clone())], self.world);
        let said = Answer::Text { text: said.clone() };
        let fills = left.suspended.is_none() && self.library.accepts(&left.session, &said, self.world);
        fills.then(|| vec![answer(no), answer(said)])
    }
}

fn says_it_is_over(text: &str) -> bool {
    let said = words(text);
    let over = |phrase: &&str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        said.windows(phrase.len()).enumerate().any(|(at, window)| {
            let denied = at
                .checked_sub(1)
                .and_then(|at| said.get(at))
                .is_some_and(|word| word == "no" || word == "not");
            !denied && window.iter().zip(&phrase).all(|(word, own)| word == own)
        })
    };
    said.len() <= SHORT && OVER.iter().any(over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_told_from_what_is_not() {
        for text in [
            "Ya lo apagaron, gracias",
            "fue un malentendido",
            "No es una emergencia.",
            "ya estoy bien",
            "I'm fine",
        ] {
            assert!(says_it_is_over(text), "{text}");
        }
        for text in ["no estoy bien", "sigue el fuego", "ya", "no", "", "no fue un error", "I'm not fine"] {
            assert!(!says_it_is_over(text), "{text}");
        }
    }
}
