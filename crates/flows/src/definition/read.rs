//! Tree -> definition. Each step is read on its own, so that a mistake in one hides none in another.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use ventanilla_values::Lang;

use super::{Confirm, Definition, Do, Running, Step, Text, When};
use crate::yaml::{At, Kind, Mistake, Node, decode, did_you_mean, fields_of, one_of};

/// A definition as far as it could be read.
#[derive(Debug)]
pub(crate) struct Read {
    pub definition: Definition,
    pub mistakes: Vec<Mistake>,
    /// Ids and slots of steps that could not be read: who refers to them makes no mistake.
    pub lost: BTreeSet<String>,
}

/// Reads a flow; `name` stands in where its head is broken.
pub(crate) fn read(mut node: Node, name: &str) -> Read {
    let mut reader = Reader::default();
    let steps = node.take("steps");
    let line = node.line;
    let head = read_struct(node, &mut reader.mistakes);
    let steps = match steps {
        Some((_, list)) => reader.steps(list),
        None => {
            let hint = "add a line 'steps:' and below it what happens";
            reader.mistakes.push(Mistake::new(line, "'steps' is missing", hint));
            Vec::new()
        }
    };
    let definition = Definition { steps, ..head.unwrap_or_else(|| nameless(name)) };
    Read { definition, mistakes: reader.mistakes, lost: reader.lost }
}

/// Stands in for a broken head, so that the steps below it are still looked at.
fn nameless(name: &str) -> Definition {
    Definition {
        spec: 1,
        flow: At::new(0, name.to_owned()),
        title: At::new(0, Text::new(vec![(Lang::ES, name.to_owned())])),
        intents: Vec::new(),
        private: false,
        passing: false,
        about: None,
        resumes: false,
        rests: false,
        given: Vec::new(),
        running: Running::default(),
        steps: Vec::new(),
    }
}

#[derive(Debug, Default)]
struct Reader {
    mistakes: Vec<Mistake>,
    lost: BTreeSet<String>,
}

impl Reader {
    fn steps(&mut self, list: Node) -> Vec<At<Step>> {
        match list.kind {
            Kind::List(nodes) => nodes.into_iter().filter_map(|node| self.step(node)).collect(),
            _ => {
                self.mistakes.push(Mistake::new(list.line, "steps are a list", "begin each step with '- '"));
                Vec::new()
            }
        }
    }

    fn step(&mut self, node: Node) -> Option<At<Step>> {
        let (line, names) = (node.line, names_in(&node));
        let step = kind_of(&node, &mut self.mistakes).and_then(|key| self.step_of(key, node));
        if step.is_none() {
            self.lost.extend(names);
        }
        step.map(|step| At::new(line, step))
    }

    /// The steps below a key of a step.
    fn branch(&mut self, node: &mut Node, key: &str) -> Option<Vec<At<Step>>> {
        node.take(key).map(|(_, list)| self.steps(list))
    }

    fn step_of(&mut self, key: &str, mut node: Node) -> Option<Step> {
        Some(match key {
            "say" => Step::Say(self.read(node)?),
            "collect" => Step::Collect(Box::new(self.read(node)?)),
            "confirm" => {
                let (yes, no) = (self.branch(&mut node, "yes"), self.branch(&mut node, "no"));
                let (yes, no) = (yes.unwrap_or_default(), no.unwrap_or_default());
                Step::Confirm(Confirm { yes, no, ..self.read(node)? })
            }
            "when" => {
                let (then, otherwise) = (self.branch(&mut node, "then"), self.branch(&mut node, "else"));
                let (then, otherwise) = (then.unwrap_or_default(), otherwise.unwrap_or_default());
                Step::When(When { then, otherwise, ..self.read(node)? })
            }
            "set" => Step::Set(self.read(node)?),
            "do" => {
                let failed = self.branch(&mut node, "failed");
                Step::Do(Do { failed, ..self.read(node)? })
            }
            "call" => Step::Call(self.read(node)?),
            "go" => Step::Go(self.read(node)?),
            _ => Step::End(self.read(node)?),
        })
    }

    fn read<T: DeserializeOwned>(&mut self, node: Node) -> Option<T> {
        read_struct(node, &mut self.mistakes)
    }
}

/// Names that a step gives to steps and slots, its branches' included.
fn names_in(node: &Node) -> Vec<String> {
    let mut names = Vec::new();
    let items = if let Kind::List(items) = &node.kind { items.as_slice() } else { &[] };
    for item in items {
        names.extend(names_in(item));
    }
    for (key, value) in node.entries() {
        if key.is("set") {
            names.extend(value.entries().iter().filter_map(|(slot, _)| slot.as_text()));
        }
        match value.as_text() {
            Some(text) if ["id", "collect", "confirm", "into"].iter().any(|name| key.is(name)) => {
                names.push(text)
            }
            Some(_) => {}
            None => names.extend(names_in(value)),
        }
    }
    names
}

/// Which step it is: the one key that names a step.
fn kind_of(node: &Node, mistakes: &mut Vec<Mistake>) -> Option<&'static str> {
    let found: Vec<&'static str> = Step::KEYS.into_iter().filter(|key| node.get(key).is_some()).collect();
    let hint_all = || format!("a step begins with one of: {}", one_of(Step::KEYS));
    match found.as_slice() {
        [key] => return Some(*key),
        [] => match mistyped_key(node) {
            Some((line, name)) => {
                let hint = did_you_mean(&name, Step::KEYS);
                mistakes.push(Mistake::new(line, format!("'{name}' is not a step"), hint));
            }
            None => {
                let message = format!("a step belongs here, but here is {}", node.describe());
                mistakes.push(Mistake::new(node.line, message, hint_all()));
            }
        },
        [first, second, ..] => mistakes.push(Mistake::new(
            node.line,
            format!("this step is both '{first}' and '{second}'"),
            format!("begin '{second}' in a line of its own, with '- '"),
        )),
    }
    None
}

/// The key that was meant to say what the step is: the one that resembles a step, or else the first.
fn mistyped_key(node: &Node) -> Option<(u32, String)> {
    let keys = || node.entries().iter().map(|(key, _)| (key.line, key.as_text().unwrap_or_default()));
    let named = |(_, name): &(u32, String)| did_you_mean(name, Step::KEYS).starts_with("did you mean");
    keys().find(named).or_else(|| keys().find(|(_, name)| name != "id"))
}

/// Reads a struct, naming all its unknown keys and then the first thing that is wrong with the others.
fn read_struct<T: DeserializeOwned>(mut node: Node, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let fields = fields_of::<T>();
    if let Kind::Map(entries) = &mut node.kind {
        entries.retain(|(key, _)| {
            let name = key.as_text().unwrap_or_default();
            let known = fields.contains(&name.as_str());
            if !known {
                let hint = did_you_mean(&name, fields.iter().copied());
                mistakes.push(Mistake::new(key.line, format!("'{name}' is not known here"), hint));
            }
            known
        });
    }
    decode(&node).map_err(|mistake| mistakes.push(mistake)).ok()
}
