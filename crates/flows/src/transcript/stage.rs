//! Where a talk is held: the town at a moment, the channel and the person that templates see.

use std::fmt;

use minijinja::{
    context,
    value::{Serde, Value as Mini},
};
use serde_json::{Map, Value as Json};

use super::talk::Talk;
use crate::{World, yaml::did_you_mean};

/// A channel by its name, and what templates see as `channel`.
pub type Channels = [(&'static str, Mini)];

/// The town's content at another moment, from RFC 3339; why there is none, as a sentence.
pub type Clock<'a> = dyn Fn(&str) -> Result<Mini, String> + 'a;

/// What transcripts are played on.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// The town on an ordinary day.
    pub world: &'a World<'a>,
    pub channels: &'a Channels,
    /// For talks at another time. Without it those keep the content of the ordinary day.
    pub clock: Option<&'a Clock<'a>>,
}

impl fmt::Debug for Stage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stage").field("world", self.world).finish_non_exhaustive()
    }
}

/// What a talk sees: its time, and the content with its channel, its person and its facts in front.
pub(super) struct Scene {
    pub now: String,
    pub content: Mini,
}

/// Why a talk cannot be played: line, what should be there, what is.
pub(super) type Unplayable = (u32, &'static str, String);

pub(super) fn scene(talk: &Talk, stage: &Stage) -> Result<Scene, Unplayable> {
    let clock = talk.given.clock.as_ref();
    let now = clock.map_or(stage.world.now, |clock| clock.value.as_str()).to_owned();
    let town = match (clock, stage.clock) {
        (Some(clock), Some(at)) => at(&clock.value).map_err(|why| (clock.line, "a time of the town", why))?,
        _ => stage.world.content.clone(),
    };
    let facts = with_facts(&town, talk);
    let town = context! { ..facts, ..town };
    let person = Mini::from(Serde(&talk.person));
    let content = match channel(talk, stage.channels)? {
        Some(channel) => context! { channel, person, ..town },
        None => context! { person, ..town },
    };
    Ok(Scene { now, content })
}

fn channel<'a>(talk: &Talk, channels: &'a Channels) -> Result<Option<&'a Mini>, Unplayable> {
    let Some(wanted) = &talk.channel else { return Ok(channels.first().map(|(_, channel)| channel)) };
    match channels.iter().find(|(name, _)| wanted.value == *name) {
        Some((_, channel)) => Ok(Some(channel)),
        None => {
            let hint = did_you_mean(wanted, channels.iter().map(|(name, _)| *name));
            let got = format!("no channel is called '{}': {hint}", wanted.value);
            Err((wanted.line, "a channel of the town", got))
        }
    }
}

/// What is other than usual, laid over what the town says.
fn with_facts(town: &Mini, talk: &Talk) -> Mini {
    let facts = talk.given.content.iter().map(|(name, facts)| {
        let own = town.get_attr(name).ok().filter(|own| !own.is_undefined());
        let own = own.and_then(|own| serde_json::to_value(&own).ok()).unwrap_or(Json::Null);
        (name.clone(), laid_over(own, facts))
    });
    Mini::from(Serde(facts.collect::<Map<String, Json>>()))
}

/// Objects key by key, everything else as a whole.
fn laid_over(own: Json, facts: &Json) -> Json {
    match (own, facts) {
        (Json::Object(mut own), Json::Object(facts)) => {
            for (key, fact) in facts {
                let below = own.get(key).cloned().unwrap_or(Json::Null);
                own.insert(key.clone(), laid_over(below, fact));
            }
            Json::Object(own)
        }
        (_, facts) => facts.clone(),
    }
}
