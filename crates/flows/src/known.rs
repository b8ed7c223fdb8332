//! What the rest of the server offers to flows, as plain values: the lint compares flows with it.

use std::fmt;

use ventanilla_values::Lang;

/// Names that flows may use. An empty list is not checked.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub actions: Vec<ActionInfo>,
    pub intents: Vec<String>,
    /// Languages that every text should have, beside `es`.
    pub languages: Vec<Lang>,
    /// Keys of [`crate::World::content`]. Without them names in templates are not checked.
    pub content: Vec<String>,
    /// Ids of the categories of reports.
    pub categories: Vec<String>,
    /// Ids of the public services.
    pub services: Vec<String>,
    /// What the channels can show. Without them texts may be of any length.
    pub channels: Vec<ChannelInfo>,
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

/// What a channel can show.
#[derive(Clone)]
pub struct ChannelInfo {
    /// What templates see as `channel`; it has a `name`.
    pub seen: minijinja::Value,
    /// The longest text, in UTF-16 units.
    pub text: usize,
    /// The longest question with options, in UTF-16 units.
    pub question: usize,
    /// What a text costs, where it is paid by its length.
    pub cost: Option<fn(&str) -> Cost>,
    /// The most segments of one text, where they are counted.
    pub segments: Option<usize>,
}

/// What a text costs as a text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// What is paid for.
    pub segments: usize,
    /// A letter outside GSM-7 makes all of it UCS-2.
    pub ucs2: bool,
    /// What it would cost without accents, emoji and curly quotes, where that is less.
    pub plain: Option<usize>,
}

impl fmt::Debug for ChannelInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChannelInfo")
            .field("text", &self.text)
            .field("question", &self.question)
            .finish_non_exhaustive()
    }
}

impl ChannelInfo {
    /// `whatsapp`, `sms` …
    pub(crate) fn name(&self) -> String {
        self.seen.get_attr("name").map(|name| name.to_string()).unwrap_or_default()
    }
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
