//! Where a flow can be broken, and how.

use super::change::{Change, ChangeKind, Part};
use crate::{
    definition::Step,
    yaml::{Kind, Node},
};

/// Keys below which steps stand.
const BRANCHES: [&str; 5] = ["yes", "no", "then", "else", "failed"];

/// Every change that makes the flow another one.
pub(super) fn all(tree: &Node) -> Vec<Change> {
    let mut sites = Sites::default();
    if let Some(steps) = tree.get("steps") {
        sites.block(steps, vec![Part::Key("steps".to_owned())], true);
    }
    sites.0
}

#[derive(Default)]
struct Sites(Vec<Change>);

impl Sites {
    /// The steps of a block. `last`: behind it the flow ends.
    fn block(&mut self, block: &Node, path: Vec<Part>, last: bool) {
        let Kind::List(steps) = &block.kind else { return };
        for (index, step) in steps.iter().enumerate() {
            let path = with(&path, Part::Index(index));
            let last = last && index + 1 == steps.len();
            self.step(step, &path, last);
        }
    }

    fn step(&mut self, step: &Node, path: &[Part], last: bool) {
        let Some(kind) = Step::KEYS.into_iter().find(|key| step.get(key).is_some()) else { return };
        // Where the flow ends anyway, ending it changes nothing.
        let ends_anyway = last && kind == "end" && step.get("end").is_some_and(returns_nothing);
        if !ends_anyway {
            self.add(path, step.line, ChangeKind::Without(format!("this {kind}")));
        }
        for (key, value) in step.entries() {
            let name = key.as_text().unwrap_or_default();
            let path = with(path, Part::Key(name.clone()));
            self.part(kind, &name, value, &path);
        }
        if kind == "confirm" {
            self.add(path, step.line, ChangeKind::SwapAnswers);
        }
        for branch in BRANCHES {
            if let Some(steps) = step.get(branch) {
                self.block(steps, with(path, Part::Key(branch.to_owned())), last);
            }
        }
    }

    /// What stands below a key of a step.
    fn part(&mut self, kind: &str, key: &str, value: &Node, path: &[Part]) {
        match (kind, key) {
            ("say", "say") | (_, "ask" | "retry" | "optional") => {
                self.add(path, value.line, ChangeKind::SayOther);
            }
            ("say", "link" | "image") | (_, "failed" | "into") => {
                self.add(path, value.line, ChangeKind::Without(format!("'{key}'")));
            }
            ("when", "when") => {
                self.add(path, value.line, ChangeKind::Negate);
                self.add(path, value.line, ChangeKind::Always(true));
                self.add(path, value.line, ChangeKind::Always(false));
            }
            ("set", "set") => self.values(value, path, value.entries().len() > 1, true),
            ("do" | "call", "with") => self.values(value, path, true, false),
            ("end", "end") if !returns_nothing(value) && !value.is("all") => {
                self.add(path, value.line, ChangeKind::OtherValue("the caller".to_owned()));
            }
            ("collect", "options") => self.options(value, path),
            _ => {}
        }
    }

    /// Each value left out (unless that is the whole step left out) and replaced. `null` empties a slot, but as an
    /// argument it is as good as left out.
    fn values(&mut self, values: &Node, path: &[Part], leave_out: bool, null_counts: bool) {
        for (key, value) in values.entries() {
            let name = key.as_text().unwrap_or_default();
            let path = with(path, Part::Key(name.clone()));
            if leave_out && (null_counts || value.kind != Kind::Null) {
                self.add(&path, key.line, ChangeKind::Without(format!("'{name}'")));
            }
            self.add(&path, key.line, ChangeKind::OtherValue(format!("'{name}'")));
        }
    }

    fn options(&mut self, options: &Node, path: &[Part]) {
        let Kind::List(items) = &options.kind else { return };
        for (index, option) in items.iter().enumerate() {
            let path = with(path, Part::Index(index));
            let name = option.get("id").and_then(Node::as_text).unwrap_or_default();
            self.add(&path, option.line, ChangeKind::Without(format!("the option '{name}'")));
        }
    }

    fn add(&mut self, path: &[Part], line: u32, kind: ChangeKind) {
        self.0.push(Change { path: path.to_vec(), line, kind });
    }
}

fn with(path: &[Part], part: Part) -> Vec<Part> {
    let mut path = path.to_vec();
    path.push(part);
    path
}

fn returns_nothing(value: &Node) -> bool {
    matches!(value.kind, Kind::Bool(true) | Kind::Null)
}
