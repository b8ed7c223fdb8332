//! What templates see of a channel: its name and what it can do. Talks and transcript tests see the same.

use minijinja::{Value, context};
use ventanilla_adapters::{
    Channel, capabilities,
    sms::{Encoding, saved, segments},
};
use ventanilla_flows::{ChannelInfo, Cost};

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

/// What the lint compares texts with.
pub fn infos() -> Vec<ChannelInfo> {
    Channel::ALL.into_iter().map(info).collect()
}

fn info(one: Channel) -> ChannelInfo {
    let abilities = capabilities(one);
    ChannelInfo {
        seen: channel(one),
        text: abilities.text,
        question: abilities.interactive_body,
        cost: abilities.segments.map(|_| cost as fn(&str) -> Cost),
        segments: abilities.segments,
    }
}

fn cost(text: &str) -> Cost {
    let counted = segments(text);
    Cost {
        segments: counted.count,
        ucs2: counted.encoding == Encoding::Ucs2,
        plain: saved(text).map(|saved| saved.after.count),
    }
}
