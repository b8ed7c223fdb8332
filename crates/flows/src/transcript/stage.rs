//! Where a talk is held: the channel and the person that templates see.

use minijinja::{
    context,
    value::{Serde, Value as Mini},
};

use super::talk::Talk;
use crate::{World, yaml::did_you_mean};

/// A channel by its name, and what templates see as `channel`.
pub type Channels = [(&'static str, Mini)];

/// The world's content, with the talk's channel and person in front.
pub(super) fn content(talk: &Talk, world: &World, channels: &Channels) -> Result<Mini, (u32, String)> {
    let person = Mini::from(Serde(&talk.person));
    let channel = match &talk.channel {
        None => channels.first(),
        Some(wanted) => match channels.iter().find(|(name, _)| wanted.value == *name) {
            Some(channel) => Some(channel),
            None => {
                let hint = did_you_mean(wanted, channels.iter().map(|(name, _)| *name));
                return Err((wanted.line, format!("no channel is called '{}': {hint}", wanted.value)));
            }
        },
    };
    Ok(match channel {
        Some((_, channel)) => context! { channel, person, ..world.content.clone() },
        None => context! { person, ..world.content.clone() },
    })
}
