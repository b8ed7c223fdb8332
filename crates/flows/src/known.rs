//! What the rest of the server offers to flows, as plain values: the lint compares flows with it.

use ventanilla_values::Lang;

/// Names that flows may use. An empty list is not checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub actions: Vec<ActionInfo>,
    pub intents: Vec<String>,
    /// Languages that every text should have, beside `es`.
    pub languages: Vec<Lang>,
    /// Keys of [`crate::World::content`]. Without them names in templates are not checked.
    pub content: Vec<String>,
}

/// An action of `do`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionInfo {
    pub name: String,
    /// Arguments that must be given.
    pub required: Vec<String>,
    /// Arguments that may be given. Where both lists are empty, arguments are not checked.
    pub optional: Vec<String>,
}

impl ActionInfo {
    /// An action with any arguments.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn requires(mut self, args: &[&str]) -> Self {
        self.required.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    pub fn takes(mut self, args: &[&str]) -> Self {
        self.optional.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }
}
