//! "¿Es en …?", "¿4:00 de la tarde o 4:00 de la madrugada?": an answer that may mean several things is asked back, at
//! every question of every flow. Who refuses is asked the question once more, and then taken at their word.

use std::sync::Arc;

use ventanilla_values::{Lang, Place, Value, words, yes_no};

use super::{
    Broken, Run,
    answer::question_of,
    ask::{Manner, SKIP, Shown},
    phrases::{Phrase, is_none_of_these},
    understand::{Open, Understood, option_of, pick, understand},
};
use crate::{
    Answer, Ask, Asked, Event, SlotType, World,
    calendar::today,
    compile::{Flow, Question},
};

/// Options of a flow never begin so.
const OPTION: &str = "_which_";
const NONE: &str = "_which_none";

/// What an answer means while the person is asked which.
pub(super) enum Which {
    This(Value),
    /// None of them.
    Refused,
    /// Another answer to the question itself.
    Anew(Understood),
}

impl Run<'_> {
    /// Asks which of these was meant.
    pub(super) fn ask_which(&mut self, possible: Vec<Value>, written: Option<Value>) {
        if let Some(asked) = &mut self.session.asked {
            (asked.unsure, asked.written) = (possible, written);
            self.ask_which_again(&Manner::Plain);
        }
    }

    pub(super) fn ask_which_again(&mut self, manner: &Manner) {
        let step =
            self.session.running().map(|frame| format!("{}.{}", frame.flow, frame.step)).unwrap_or_default();
        let Some(asked) = &mut self.session.asked else { return };
        self.session.questions += 1;
        asked.id = format!("{step}.{}", self.session.questions);
        asked.from = 0;
        let (shown, text) =
            (shown(asked, self.session.lang, self.world), said(asked, self.session.lang, self.world));
        asked.offers = shown.len();
        // Yes and no are said otherwise than options where they are heard.
        let slot_type = if asked.unsure.len() == 1 { SlotType::YesNo } else { SlotType::Choice };
        let offers = shown.into_iter().map(|option| option.offer(&asked.id)).collect();
        let text = self.after_misses(manner, text);
        self.events.push(Event::Ask(Ask { text, offers, slot_type: slot_type.to_string(), from: 0 }));
    }

    pub(super) fn answer_which(
        &mut self,
        flow: &Arc<Flow>,
        question: &Question,
        answer: &Answer,
    ) -> Result<(), Broken> {
        match self.which(flow, question, answer)? {
            Which::This(value) | Which::Anew(Understood::Value(value)) => self.fill(question, value),
            Which::Anew(Understood::Stale) => self.stale(answer),
            Which::Anew(Understood::WayOut(way)) => self.take_way_out(way),
            Which::Refused => {
                if let Some(asked) = &mut self.session.asked {
                    asked.unsure.clear();
                }
                self.missed(&flow.info.name, &Manner::NotThose);
            }
            Which::Anew(Understood::Unsure { possible, written }) => {
                if let Some(asked) = &mut self.session.asked {
                    (asked.unsure, asked.written) = (possible, written);
                }
                self.missed(&flow.info.name, &Manner::Again(None));
            }
            Which::Anew(Understood::Miss(why)) => self.missed(&flow.info.name, &Manner::Again(why)),
        }
        Ok(())
    }

    pub(super) fn which(
        &mut self,
        flow: &Arc<Flow>,
        question: &Question,
        answer: &Answer,
    ) -> Result<Which, Broken> {
        let offered = self.shown(flow, question)?;
        let Some(asked) = &self.session.asked else { return Ok(Which::Anew(Understood::Miss(None))) };
        let open = Open { question, shown: &offered, id: &asked.id, lang: self.session.lang };
        let id = match answer {
            Answer::Choice { payload, .. } => pressed(asked, payload),
            Answer::Text { text } if is_corner(text) && is_other(asked, &open, answer, self.world) => None,
            Answer::Text { text } => named(asked, text, self.session.lang, self.world),
            Answer::Location { .. } | Answer::Photo { .. } => None,
        };
        if let Some(id) = id {
            let value =
                id.strip_prefix(OPTION).and_then(|index| asked.unsure.get(index.parse::<usize>().ok()?));
            return Ok(
                value.map_or(Which::Refused, |value| Which::This(as_said(asked.written.as_ref(), value)))
            );
        }
        Ok(Which::Anew(match answer {
            // A button of another list of places has the same name and another meaning.
            Answer::Choice { payload, .. } if option_of(payload, &asked.id) != Some(SKIP) => {
                Understood::Stale
            }
            Answer::Text { text } => {
                understand(&open, &Answer::Text { text: without_no(text).to_owned() }, self.world)
            }
            _ => understand(&open, answer, self.world),
        }))
    }
}

/// "Enfrente de la primaria (Primaria Hidalgo, Centro)": the crew reads both.
fn as_said(written: Option<&Value>, chosen: &Value) -> Value {
    match (written, chosen) {
        (Some(Value::Place(said)), Value::Place(place)) => {
            Value::Place(Place { text: format!("{} ({})", said.text, place.text), ..place.clone() })
        }
        _ => chosen.clone(),
    }
}

/// "Hidalgo y Morelos" is no word for "Primaria Hidalgo".
fn is_corner(text: &str) -> bool {
    let joints = ["y", "x", "con", "entre", "esquina", "esq", "and", "corner"];
    words(text).iter().any(|word| joints.contains(&word.as_str()))
}

/// Whether an answer means something else than what is asked.
fn is_other(asked: &Asked, open: &Open, answer: &Answer, world: &World) -> bool {
    match understand(open, answer, world) {
        Understood::Value(_) => true,
        Understood::Unsure { possible, .. } => possible != asked.unsure,
        Understood::Stale | Understood::WayOut(_) | Understood::Miss(_) => false,
    }
}

fn pressed(asked: &Asked, payload: &str) -> Option<String> {
    let id = payload.strip_prefix(asked.id.as_str())?.strip_prefix(':')?;
    id.starts_with(OPTION).then(|| id.to_owned())
}

fn named(asked: &Asked, text: &str, lang: Lang, world: &World) -> Option<String> {
    if asked.unsure.len() == 1
        && let Some(yes) = yes_no(text)
    {
        return Some(if yes { format!("{OPTION}0") } else { NONE.to_owned() });
    }
    let chosen = pick(&shown(asked, lang, world), text).map(|shown| shown.id.clone());
    chosen.or_else(|| is_none_of_these(text).then(|| NONE.to_owned()))
}

/// "No, es la calle 12" -> "la calle 12".
fn without_no(text: &str) -> &str {
    const BEFORE: [&str; 8] = ["no es ", "no ", "es en ", "es ", "está en ", "it is ", "it's ", "its "];
    let mut rest = text.trim_start();
    while let Some(shorter) = BEFORE.iter().find_map(|before| {
        let head =
            rest.get(..before.len() - 1).filter(|head| head.eq_ignore_ascii_case(before.trim_end()))?;
        let after = rest.get(head.len()..)?;
        after.starts_with([' ', ',']).then(|| after.trim_start_matches([' ', ',']))
    }) {
        rest = shorter;
    }
    if rest.is_empty() { text } else { rest }
}

/// What may be chosen. Of hours and days one is meant for sure; of places perhaps none.
fn shown(asked: &Asked, lang: Lang, world: &World) -> Vec<Shown> {
    if asked.unsure.len() == 1 {
        let yes = Shown::new(&format!("{OPTION}0"), Phrase::Yes.text(lang));
        return vec![yes, Shown::new(NONE, Phrase::No.text(lang))];
    }
    let option = |(index, value): (usize, &Value)| {
        Shown::new(&format!("{OPTION}{index}"), &capital(&value.written(today(world.now), lang)))
    };
    let mut shown: Vec<Shown> = asked.unsure.iter().enumerate().map(option).collect();
    if asked.unsure.iter().any(|value| matches!(value, Value::Place(_))) {
        shown.push(Shown::new(NONE, Phrase::NoneOfThem.text(lang)));
    }
    shown
}

fn said(asked: &Asked, lang: Lang, world: &World) -> String {
    match asked.unsure.as_slice() {
        [value] => {
            let written = value.written(today(world.now), lang);
            if lang == Lang::EN { format!("Is it {written}?") } else { format!("¿Es {written}?") }
        }
        _ => Phrase::Which.text(lang).to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// Whether an answer settles which was meant, or answers the question anew.
pub(super) fn settles(run: &mut Run<'_>, answer: &Answer) -> bool {
    let library = run.library;
    let Some((flow, question)) = question_of(library, &run.session) else { return false };
    match run.which(flow, question, answer) {
        Ok(Which::This(_) | Which::Refused) => true,
        Ok(Which::Anew(understood)) => matches!(understood, Understood::Value(_) | Understood::Unsure { .. }),
        Err(_) => false,
    }
}
