//! One thing broken in a flow's tree.

use std::fmt;

use crate::yaml::{Kind, Node};

/// What to break, and where.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// Keys and indices from the top of the file to the node that is broken.
    pub path: Vec<Part>,
    pub line: u32,
    pub kind: ChangeKind,
}

/// A step down the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Key(String),
    Index(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ChangeKind {
    /// The item of the list, or the key of the map, that the path's last part names is left out.
    Without(String),
    /// `yes` and `no` change places.
    SwapAnswers,
    /// The condition is the opposite of itself: its branches are swapped.
    Negate,
    /// The condition always gives this.
    Always(bool),
    /// Something else is said, in every language.
    SayOther,
    /// Another value is set, given or returned.
    OtherValue(String),
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Without(what) => write!(f, "without {what}"),
            Self::SwapAnswers => f.write_str("with 'yes' and 'no' swapped"),
            Self::Negate => f.write_str("with 'then' and 'else' swapped"),
            Self::Always(true) => f.write_str("with a condition that always holds"),
            Self::Always(false) => f.write_str("with a condition that never holds"),
            Self::SayOther => f.write_str("with other words"),
            Self::OtherValue(what) => write!(f, "with another value for {what}"),
        }
    }
}

/// What a replaced text says: no transcript expects it.
const OTHER_WORDS: &str = "Zzz";

impl Change {
    /// Breaks the tree.
    pub(super) fn apply(&self, tree: &mut Node) {
        if let (ChangeKind::Without(_), Some((last, above))) = (&self.kind, self.path.split_last()) {
            if let Some(node) = find(tree, above) {
                leave_out(node, last);
            }
            return;
        }
        let Some(node) = find(tree, &self.path) else { return };
        match &self.kind {
            ChangeKind::Without(_) => {}
            ChangeKind::SwapAnswers => swap_answers(node),
            ChangeKind::Negate => {
                let condition = node.as_text().unwrap_or_default();
                let inner = crate::template::expression_in(&condition).unwrap_or(&condition);
                node.kind = Kind::Text(format!("not ({inner})"));
            }
            ChangeKind::Always(holds) => node.kind = Kind::Text(holds.to_string()),
            ChangeKind::SayOther => other_words(node),
            ChangeKind::OtherValue(_) => node.kind = Kind::Text(OTHER_WORDS.to_owned()),
        }
    }
}

fn find<'a>(node: &'a mut Node, path: &[Part]) -> Option<&'a mut Node> {
    let Some((first, rest)) = path.split_first() else { return Some(node) };
    let below = match (first, &mut node.kind) {
        (Part::Key(key), Kind::Map(entries)) => {
            entries.iter_mut().find(|(name, _)| name.is(key)).map(|(_, value)| value)
        }
        (Part::Index(index), Kind::List(items)) => items.get_mut(*index),
        _ => None,
    };
    find(below?, rest)
}

fn leave_out(node: &mut Node, part: &Part) {
    match (part, &mut node.kind) {
        (Part::Key(key), Kind::Map(entries)) => entries.retain(|(name, _)| !name.is(key)),
        (Part::Index(index), Kind::List(items)) if *index < items.len() => drop(items.remove(*index)),
        _ => {}
    }
}

fn swap_answers(node: &mut Node) {
    let Kind::Map(entries) = &mut node.kind else { return };
    for (key, _) in entries {
        let other = if key.is("yes") { "no" } else { "yes" };
        if key.is("yes") || key.is("no") {
            key.kind = Kind::Text(other.to_owned());
        }
    }
}

fn other_words(node: &mut Node) {
    match &mut node.kind {
        Kind::Map(entries) => entries.iter_mut().for_each(|(_, words)| other_words(words)),
        kind => *kind = Kind::Text(OTHER_WORDS.to_owned()),
    }
}
