//! "¿Te refieres a …?": a question that belongs to no flow.

use super::{
    Run,
    ask::Shown,
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
        self.session.asked = Some(Asked { clarify: suggestions.to_vec(), ..Asked::new(String::new()) });
        self.clarify_again(Phrase::Clarify);
    }

    pub(super) fn clarify_again(&mut self, phrase: Phrase) {
        let Some(asked) = &mut self.session.asked else { return };
        self.session.questions += 1;
        asked.id = format!("{ID}.{}", self.session.questions);
        let shown = shown(asked, self.session.lang);
        let with_offers = !matches!(phrase, Phrase::InOtherWords);
        let offers =
            shown.into_iter().filter(|_| with_offers).map(|option| option.offer(&asked.id)).collect();
        let text = phrase.text(self.session.lang).to_owned();
        let slot_type = SlotType::Choice.as_str().to_owned();
        self.events.push(Event::Ask(Ask { text, offers, slot_type, from: 0 }));
    }

    pub(super) fn answer_clarification(&mut self, answer: &Answer) {
        let Some(asked) = &self.session.asked else { return };
        match chosen(asked, answer) {
            Some(Pick::Suggestion(index)) => {
                let suggestion = asked.clarify.get(index).cloned();
                self.session.asked = None;
                if let Some(Suggestion { flow, intent, .. }) = suggestion {
                    self.start(&flow, intent, Vec::new());
                }
                self.advance();
            }
            Some(Pick::NoneOfThese) => self.clarification_missed(Phrase::InOtherWords),
            None if matches!(answer, Answer::Choice { .. }) => self.stale(),
            None => self.clarification_missed(Phrase::Clarify),
        }
    }

    fn clarification_missed(&mut self, phrase: Phrase) {
        let misses = self.count_miss();
        self.events.push(Event::NoMatch { flow: String::new(), step: String::new(), misses });
        if misses >= self.library.limits.misses && self.rescue() {
            self.advance();
        } else {
            self.clarify_again(phrase);
        }
    }
}

/// What an answer to a clarification means. Only buttons of this very clarification count: another one had other
/// suggestions.
pub(super) fn chosen(asked: &Asked, answer: &Answer) -> Option<Pick> {
    let id = match answer {
        Answer::Choice { payload, .. } => {
            payload.strip_prefix(asked.id.as_str())?.strip_prefix(':')?.to_owned()
        }
        Answer::Text { text } if is_none_of_these(text) => NONE.to_owned(),
        Answer::Text { text } => pick(&shown(asked, ventanilla_values::Lang::ES), text)?.id.clone(),
        Answer::Location { .. } | Answer::Photo { .. } => return None,
    };
    if id == NONE {
        return Some(Pick::NoneOfThese);
    }
    id.parse().ok().filter(|index| *index < asked.clarify.len()).map(Pick::Suggestion)
}

fn shown(asked: &Asked, lang: ventanilla_values::Lang) -> Vec<Shown> {
    let suggestion =
        |(index, suggestion): (usize, &Suggestion)| Shown::new(&index.to_string(), &suggestion.label);
    let mut shown: Vec<Shown> = asked.clarify.iter().enumerate().map(suggestion).collect();
    if shown.len() < BUTTONS {
        shown.push(Shown::new(NONE, Phrase::NoneOfThese.text(lang)));
    }
    shown
}
