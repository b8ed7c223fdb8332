//! What the transcripts came by: steps of flows, commands of the engine, events.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::{Command, Event, Library, engine::Visited};

/// What was seen while transcripts were played.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub visited: Visited,
    /// Of the transcript that is being played.
    now: BTreeSet<(Pattern, String)>,
    counts: BTreeMap<(Pattern, String), usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pattern {
    Command,
    Event,
}

/// How much of the content the transcripts come by.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Per flow.
    pub flows: BTreeMap<String, FlowCoverage>,
    /// In how many transcripts each command is given; those that are in none have 0. An answer is counted by its kind
    /// (`answer photo`).
    pub commands: BTreeMap<String, usize>,
    /// In how many transcripts each event comes.
    pub events: BTreeMap<String, usize>,
}

/// How much of a flow the transcripts come by.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct FlowCoverage {
    pub steps: usize,
    /// Steps that no transcript comes by, in order.
    pub unvisited: Vec<String>,
}

impl FlowCoverage {
    pub fn visited(&self) -> usize {
        self.steps - self.unvisited.len()
    }

    /// Per cent of the steps; 100 where there are none.
    pub fn percent(&self) -> f64 {
        percent(self.visited(), self.steps)
    }
}

impl Coverage {
    /// Steps of all flows, as (visited, all).
    pub fn steps(&self) -> (usize, usize) {
        self.flows.values().fold((0, 0), |(visited, all), flow| (visited + flow.visited(), all + flow.steps))
    }

    /// Per cent of the steps of all flows.
    pub fn percent(&self) -> f64 {
        let (visited, all) = self.steps();
        percent(visited, all)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    let as_float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 100.0 } else { 100.0 * as_float(part) / as_float(whole) }
}

impl Seen {
    pub(super) fn command(&mut self, command: &Command) {
        self.now.insert((Pattern::Command, names::of_command(command)));
    }

    pub(super) fn events(&mut self, events: &[Event]) {
        self.now.extend(events.iter().map(|event| (Pattern::Event, names::of_event(event))));
    }

    /// A transcript is over.
    pub(super) fn next(&mut self) {
        for pattern in std::mem::take(&mut self.now) {
            *self.counts.entry(pattern).or_default() += 1;
        }
    }

    pub(super) fn coverage(&self, library: &Library) -> Coverage {
        let flows = library.flows().map(|flow| {
            let missed = flow
                .steps
                .iter()
                .filter(|step| !self.visited.contains(&(flow.name.clone(), (*step).clone())));
            let covered = FlowCoverage { steps: flow.steps.len(), unvisited: missed.cloned().collect() };
            (flow.name.clone(), covered)
        });
        let count = |pattern, name: String| {
            let count = self.counts.get(&(pattern, name.clone())).copied().unwrap_or_default();
            (name, count)
        };
        Coverage {
            flows: flows.collect(),
            commands: names::commands().into_iter().map(|name| count(Pattern::Command, name)).collect(),
            events: names::events().iter().map(|name| count(Pattern::Event, (*name).to_owned())).collect(),
        }
    }
}
