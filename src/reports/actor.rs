//! Who does something to a report.

use uuid::Uuid;

use super::lifecycle::Who;
use crate::staff::{self, keys};

/// Who does it, as the events name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Who filed it or follows it; which person is no business of the events.
    Citizen,
    Staff(Uuid),
    /// Another system, with a key of ours.
    Key(Uuid),
    /// Another system that attends it, by its name in the configuration.
    Source(String),
    /// Somebody at this machine.
    Cli(String),
    /// The clock.
    System,
}

impl Actor {
    /// What the table of the lifecycle knows them as.
    pub fn who(&self) -> Who {
        match self {
            Self::Citizen => Who::Citizen,
            Self::Staff(_) | Self::Cli(_) => Who::Staff,
            Self::Key(_) | Self::Source(_) => Who::Source,
            Self::System => Who::System,
        }
    }

    /// As events and the audit log spell them.
    pub fn name(&self) -> String {
        match self {
            Self::Citizen => "citizen".to_owned(),
            Self::Staff(id) => staff::named(*id),
            Self::Key(id) => keys::named(*id),
            Self::Source(name) => format!("source:{name}"),
            Self::Cli(user) => format!("cli:{user}"),
            Self::System => "system".to_owned(),
        }
    }
}

/// What the table of the lifecycle knows the actor of an event as, by the name that [`Actor::name`] gave it.
pub(super) fn who_of(name: &str) -> Who {
    match name.split_once(':').map_or(name, |(kind, _)| kind) {
        "citizen" => Who::Citizen,
        "system" => Who::System,
        "key" | "source" => Who::Source,
        _ => Who::Staff,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_who_it_was() {
        let actors = [
            Actor::Citizen,
            Actor::Staff(Uuid::nil()),
            Actor::Key(Uuid::nil()),
            Actor::Source("north".to_owned()),
            Actor::Cli("ana".to_owned()),
            Actor::System,
        ];
        for actor in actors {
            assert_eq!(who_of(&actor.name()), actor.who(), "{actor:?}");
        }
    }
}
