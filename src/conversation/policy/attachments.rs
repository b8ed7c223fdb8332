//! Pins and photos.

use ventanilla_flows::{Answer, Command};

use super::{Situation, answer};
use crate::conversation::burst::{Burst, Pin};

impl Situation<'_> {
    /// A pin or a photo that answers the open question, or one that a running flow will ask for.
    pub(super) fn attachments(&self, burst: &Burst<'_>) -> Vec<Command> {
        let pin = burst.location.map(|pin| (location(pin), "place"));
        let photo = self.photo.map(|id| (Answer::Photo { id: id.to_owned(), caption: None }, "photo"));
        let mut commands: Vec<Command> = pin
            .into_iter()
            .chain(photo)
            .filter_map(|(said, slot)| self.attachment(burst, said, slot))
            .collect();
        // What is noted ahead must be there before the answer moves the talk on.
        commands.sort_by_key(|command| matches!(command, Command::Answer { .. }));
        commands
    }

    fn attachment(&self, burst: &Burst<'_>, said: Answer, slot: &str) -> Option<Command> {
        if self.library.accepts(self.session, &said, self.world) {
            return Some(answer(said));
        }
        let expected = self.library.expects(self.session, slot);
        let (_, value) = self.slots(burst).into_iter().find(|(name, _)| name == slot).filter(|_| expected)?;
        Some(Command::Fill { slot: slot.to_owned(), value })
    }
}

pub(super) fn location(pin: Pin<'_>) -> Answer {
    Answer::Location {
        lat: pin.lat,
        lon: pin.lon,
        name: pin.name.map(str::to_owned),
        address: pin.address.map(str::to_owned),
    }
}
