//! Voice notes: what is said of one without words, and of one that was perhaps misheard.

use ventanilla_flows::{Answer, Command, SlotType};
use ventanilla_values::Value;

use super::{HEARD, NOTE, Situation, UNSUPPORTED, Waits, start};
use crate::{
    conversation::{burst::Burst, echoed},
    store::transcripts::NoteState,
};

impl Situation<'_> {
    /// A note without words: what is said of it.
    pub(super) fn unheard(&self, burst: &Burst<'_>) -> Option<Command> {
        let note = burst.note?;
        let slots = match note.outcome.state {
            NoteState::Heard | NoteState::Waiting => return None,
            NoteState::Lost => vec![("lost".to_owned(), Value::YesNo(true))],
            NoteState::Silent => vec![("silent".to_owned(), Value::YesNo(true))],
            // Who is in danger is told whom to call, and not what happens to a file.
            _ if self.waits == Some(Waits::InDanger) => return Some(self.listening()),
            state => {
                let file = note.file.map_or_else(|| "-".to_owned(), |file| file.to_string());
                let damaged = Value::YesNo(state == NoteState::Refused);
                vec![(NOTE.to_owned(), Value::Text(file)), ("damaged".to_owned(), damaged)]
            }
        };
        Some(start(UNSUPPORTED, None, slots))
    }

    /// A note that was perhaps misheard is asked about, unless it is one of a few answers that were to be expected.
    pub(super) fn unsure(&self, burst: &Burst<'_>) -> Option<Command> {
        burst.unsure()?;
        let question = self.library.open_question(self.session);
        // Who waits for a person, above all in danger, is not examined.
        if (question.is_none() || self.waits == Some(Waits::InDanger))
            && let Some(command) = self.while_waiting()
        {
            return Some(command);
        }
        let said = Answer::Text { text: burst.text.clone() };
        let closed = question.is_some_and(|one| matches!(one.slot_type, SlotType::YesNo | SlotType::Choice));
        let expected = closed && self.library.accepts(self.session, &said, self.world);
        let slots = vec![(echoed::SAID.to_owned(), Value::Text(burst.text.clone()))];
        (!expected).then(|| start(HEARD, None, slots))
    }
}
