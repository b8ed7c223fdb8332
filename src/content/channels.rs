//! What templates see of a channel: its name and what it can do. Talks and transcript tests see the same.

use minijinja::{Value, context};
use ventanilla_adapters::{Channel, capabilities};

/// `channel` in a template.
pub fn channel(channel: Channel) -> Value {
    let abilities = capabilities(channel);
    context! {
        name => channel.as_str(),
        location => abilities.location_request,
        photos => abilities.photos,
        spoken => abilities.spoken,
    }
}

/// Every channel by its name, the one that most people write on first.
pub fn channels() -> Vec<(&'static str, Value)> {
    Channel::ALL.into_iter().map(|one| (one.as_str(), channel(one))).collect()
}
