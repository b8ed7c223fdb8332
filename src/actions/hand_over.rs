//! `hand_over`: puts the conversation into the queue of the people of the town.

use chrono::DateTime;
use serde::Deserialize;
use serde_json::json;
use tracing::{info, warn};
use ventanilla_adapters::Channel;

use super::{Asker, Done};
use crate::{
    agents::times,
    app::App,
    notify,
    store::{self, StoreError, Unit, conversations::Owner, handovers::HandoverRow},
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    reason: String,
    #[serde(default)]
    priority: Priority,
    /// What whoever attends should know about, as accounts name it.
    #[serde(default)]
    skill: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Priority {
    #[default]
    Normal,
    Crisis,
}

impl Priority {
    fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Crisis => "crisis",
        }
    }
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let key = (asker.turn, asker.idx);
    let row = HandoverRow {
        skill: args.skill.filter(|skill| !skill.trim().is_empty()),
        priority: args.priority.as_str().to_owned(),
        ..HandoverRow::new(app.ids.next(), asker.person, key, args.reason, asker.now)
    };
    let row = HandoverRow { due_at: times::due(asker.catalogue, &row), ..row };
    let open = store::handovers::open(unit, row).await?;
    if open.priority == "crisis" {
        notify::open(app, unit, asker.catalogue, &open).await?;
    }
    let before = store::handovers::count_before(&**unit, open.opened_at).await?;
    tell_the_log(args.priority, open.id);
    let now = DateTime::from_timestamp_millis(asker.now).unwrap_or_default();
    let office = asker.catalogue.office_status(now);
    // A voice is passed on to a voice, while somebody is there to pick up.
    let dial = app.config.person_for(&asker.address.account);
    let dial =
        (asker.address.channel == Channel::Voice && office.open && !dial.is_empty()).then(|| dial.to_owned());
    let value = json!({
        "dial": dial.is_some(),
        "open": office.open,
        "position": before + 1,
        "next_open": office.when_text.get(asker.lang),
    });
    let owner = match open.priority.as_str() {
        _ if open.agent.is_some() => Owner::Agent,
        "crisis" => Owner::Danger,
        _ => Owner::Queue,
    };
    Ok(Done { owner: Some(owner), dial, queue: true, ..Done::gives(value) })
}

fn tell_the_log(priority: Priority, id: uuid::Uuid) {
    metrics::counter!("ventanilla_handovers_total", "priority" => priority.as_str()).increment(1);
    match priority {
        Priority::Normal => info!(handover.id = %id, "conversation {id} waits for a person of the town"),
        Priority::Crisis => {
            warn!(handover.id = %id, alert = true, "a crisis waits for a person: `ventanilla agents show {id}`");
        }
    }
}
