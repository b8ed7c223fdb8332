//! Dangers come before everything, in every state. One that is said in so many words, or is as likely as not, is answered with
//! whom to call. One that is only possible is asked about, with the help line in the question; to a no the talk goes on as if
//! nothing had been asked.

use ventanilla_flows::{Answer, Command, SlotType};
use ventanilla_intents::{Safety, Weight, entities};
use ventanilla_values::{Value, yes_no};

use super::{Situation, Waits, answer, given::place_said, is_open, start};
use crate::conversation::{burst::Burst, keywords::keyword};

/// The flow that asks.
pub(crate) const CHECK: &str = "danger_check";
/// Its slot with which danger it may be.
const KIND: &str = "kind";
/// Its slot with what was said.
const SAID: &str = "said";
/// Who says more than an answer says more words.
const FEW: usize = 6;

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
        if danger.is_likely() || !self.can_ask() {
            let flow = self.library.flow_for_intent(danger.intent)?;
            // Nobody in danger is asked afterwards how large the pothole is.
            return Some(vec![Command::Reset, start(&flow.name, Some(danger.intent), Vec::new())]);
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
        let few = burst.text.split_whitespace().count() <= FEW;
        let told = danger.signs.iter().any(|sign| sign.weight >= Weight::Likely);
        if !few || told {
            return false;
        }
        let said = Answer::Text { text: burst.text.clone() };
        match question.slot_type {
            SlotType::Place => place_said(&entities(&burst.text)).is_some(),
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
