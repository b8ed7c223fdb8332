//! "¿Te refieres a …?": a question that belongs to no flow.

use ventanilla_values::Lang;

use super::{
    Run,
    ask::{Manner, Shown},
    phrases::{Phrase, is_none_of_these},
    understand::pick,
};
use crate::{Answer, Ask, Asked, Event, SlotType, Suggestion};

/// What its payloads begin with; no flow's name begins so.
const ID: &str = "_clarify.which";
const NONE: &str = "none";
/// Meta: at most 3 reply buttons. "Otra cosa" is offered where it still fits.
const BUTTONS: usize = 3;

/// What a person chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pick {
    Suggestion(usize),
    NoneOfThese,
}

impl Run<'_> {
    /// Asks between flows. The open question below is asked again afterwards.
    pub(super) fn clarify(&mut self, suggestions: &[Suggestion]) {
        if suggestions.is_empty() {
            return;
        }
        // Asked once more, about other words: not for ever.
        let again = self.session.asked.as_ref().is_some_and(|asked| !asked.clarify.is_empty());
        let misses = if again { self.count_miss() } else { 0 };
        if again && misses >= self.library.limits.misses && self.rescue() {
            return self.advance();
        }
        self.session.asked =
            Some(Asked { clarify: suggestions.to_vec(), misses, ..Asked::new(String::new()) });
        self.clarify_again(Phrase::Clarify, &Manner::Plain);
    }

    pub(super) fn clarify_again(&mut self, phrase: Phrase, manner: &Manner) {
        let heard = self.is_heard();
        let Some(asked) = &mut self.session.asked else { return };
        let lang = self.session.lang;
        self.session.questions += 1;
        asked.id = format!("{ID}.{}", self.session.questions);
        let shown = shown(asked, lang);
        asked.offers = shown.len();
        let with_offers = !matches!(phrase, Phrase::InOtherWords);
        let lines: Vec<String> = shown.iter().filter(|_| !heard).filter_map(apart).collect();
        let offers =
            shown.into_iter().filter(|_| with_offers).map(|option| option.offer(&asked.id)).collect();
        let mut text = phrase.text(lang).to_owned();
        if with_offers {
            text = self.after_misses(manner, text);
            text.extend(lines);
        }
        let slot_type = SlotType::Choice.as_str().to_owned();
        self.events.push(Event::Ask(Ask { text, offers, slot_type, from: 0 }));
    }

    pub(super) fn answer_clarification(&mut self, answer: &Answer) {
        let Some(asked) = &self.session.asked else { return };
        match chosen(asked, answer, self.session.lang) {
            Some(Pick::Suggestion(index)) => {
                let suggestion = asked.clarify.get(index).cloned();
                self.session.asked = None;
                if let Some(Suggestion { flow, intent, slots, told, .. }) = suggestion {
                    self.start(&flow, intent, slots, told);
                }
                self.advance();
            }
            Some(Pick::NoneOfThese) => self.clarification_missed(Phrase::InOtherWords),
            None if matches!(answer, Answer::Choice { .. }) => self.stale(answer),
            None => self.clarification_missed(Phrase::Clarify),
        }
    }

    fn clarification_missed(&mut self, phrase: Phrase) {
        let misses = self.count_miss();
        self.events.push(Event::NoMatch { flow: String::new(), step: String::new(), misses });
        // Who wants none of it and has no other words is better off with a person.
        let enough =
            misses >= self.library.limits.misses || misses > 1 && matches!(phrase, Phrase::InOtherWords);
        if enough && self.rescue() {
            self.advance();
        } else {
            self.clarify_again(phrase, &Manner::Again(None));
        }
    }
}

/// The line that tells an option from the others.
fn apart(option: &Shown) -> Option<String> {
    let line = option.description.as_ref()?;
    Some(format!("\n*{}*: {line}", option.label))
}

/// What an answer to a clarification means. Only buttons of this very clarification count: another one had other
/// suggestions.
pub(super) fn chosen(asked: &Asked, answer: &Answer, lang: Lang) -> Option<Pick> {
    let id = match answer {
        Answer::Choice { payload, .. } => {
            payload.strip_prefix(asked.id.as_str())?.strip_prefix(':')?.to_owned()
        }
        Answer::Text { text } if is_none_of_these(text) => NONE.to_owned(),
        Answer::Text { text } => pick(&shown(asked, lang), text)?.id.clone(),
        Answer::Location { .. } | Answer::Photo { .. } => return None,
    };
    if id == NONE {
        return Some(Pick::NoneOfThese);
    }
    id.parse().ok().filter(|index| *index < asked.clarify.len()).map(Pick::Suggestion)
}

fn shown(asked: &Asked, lang: Lang) -> Vec<Shown> {
    let suggestion = |(index, suggestion): (usize, &Suggestion)| Shown {
        description: suggestion.description.clone(),
        // "La del agua que se sale": chosen by what it says of itself.
        also: suggestion.description.iter().cloned().collect(),
        ..Shown::new(&index.to_string(), &suggestion.label)
    };
    let mut shown: Vec<Shown> = asked.clarify.iter().enumerate().map(suggestion).collect();
    if shown.len() < BUTTONS {
        shown.push(Shown::new(NONE, Phrase::NoneOfThese.text(lang)));
    }
    shown
}
