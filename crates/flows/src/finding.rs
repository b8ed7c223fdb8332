//! What the lint says: a rule, a place, a sentence and what to do. docs/FLOWS.md has the table of the rules.

use std::fmt;

use serde::{Deserialize, Serialize};
use ventanilla_values::{Problem, Severity};

/// What is wrong with a content file, by which rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub rule: Rule,
    pub level: Level,
    pub file: String,
    /// From 1; 0 when the whole file is meant.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It works; it could be better, or it costs something.
    Advice,
    /// People will meet it.
    Warning,
    /// What holds it is left out; everything else works.
    Error,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What can be wrong, by the name that is printed with a finding and written to silence it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the table in docs/FLOWS.md.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The rule's name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

rules! {
    /// It is no YAML, or not the flow language.
    Syntax = "syntax",
    /// A template or condition cannot be read.
    Template = "template",
    /// A name of a flow, its file or a slot that cannot be, or is there twice.
    Name = "name",
    /// An id of a step that cannot be or is there twice, a `go` to none.
    StepId = "step-id",
    /// `call` of a flow that is not there or was left out.
    UnknownFlow = "unknown-flow",
    /// An intent that has no phrases.
    UnknownIntent = "unknown-intent",
    /// An intent that starts two flows.
    IntentTwice = "intent-twice",
    /// `do` of something that the server cannot do.
    UnknownAction = "unknown-action",
    /// Arguments of `do` that are missing or not known.
    ActionArguments = "action-arguments",
    /// A category of reports that is not in the catalogue.
    UnknownCategory = "unknown-category",
    /// A public service that is not in the catalogue.
    UnknownService = "unknown-service",
    /// A name in a template that nothing ever fills.
    UnknownName = "unknown-name",
    /// A slot that a text says before anything can have filled it.
    UnsetSlot = "unset-slot",
    /// No way leads to a step.
    UnreachableStep = "unreachable-step",
    /// Somebody answers and hears nothing.
    DeadEnd = "dead-end",
    /// A circle that waits for nobody.
    EndlessLoop = "endless-loop",
    /// A circle that asks, and no answer leads out of it.
    LoopWithoutExit = "loop-without-exit",
    /// The flow that brings a person is missing or broken.
    NoRescue = "no-rescue",
    /// `end: All` and the like.
    EndAll = "end-all",
    /// A choice without options, options that are none, ids twice.
    Options = "options",
    /// `min`, `max`, `max_length` where they do not belong.
    Bounds = "bounds",
    /// More options than a list has rows.
    TooManyRows = "too-many-rows",
    /// More options than there are buttons.
    MoreThanButtons = "more-than-buttons",
    /// A label that a button or row would cut.
    LongLabel = "long-label",
    /// Two labels that look the same once they are cut.
    LabelsAlike = "labels-alike",
    /// An address that cannot be opened, a link and an image in one text.
    Link = "link",
    /// A text without Spanish, or with nothing in it.
    EmptyText = "empty-text",
    /// A text that lacks a language of the town.
    MissingTranslation = "missing-translation",
    /// A text over a channel's limit.
    LongText = "long-text",
    /// More than one question in a message.
    ManyQuestions = "many-questions",
    /// A Spanish text that is hard to read.
    HardToRead = "hard-to-read",
    /// What makes a text message travel as UCS-2 and cost more.
    SmsCost = "sms-cost",
    /// Personal data asked before the privacy notice.
    PrivacyNotice = "privacy-notice",
    /// A silenced finding without a reason, of no rule, or that is not there.
    Silence = "silence",
    /// A flow that nobody may be without is missing or broken.
    Essential = "essential",
    /// A mistake in `intents/`.
    Phrases = "phrases",
    /// A mistake in `catalogue/`.
    Catalogue = "catalogue",
    /// A transcript that cannot be read.
    Transcript = "transcript",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Level {
    /// How a finding says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Finding {
    pub(crate) fn new(
        rule: Rule,
        level: Level,
        (file, line): (&str, u32),
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { rule, level, file: file.to_owned(), line, message: message.into(), hint: hint.into() }
    }

    /// A problem that another part of the content found.
    pub fn of(rule: Rule, problem: Problem) -> Self {
        let level = match problem.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        };
        let Problem { file, line, message, hint, .. } = problem;
        Self { rule, level, file, line, message, hint }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, level, file, line, message, hint } = self;
        write!(f, "{file}:{line}: {}: {message} [{rule}]", level.as_str())?;
        if hint.is_empty() { Ok(()) } else { write!(f, "\n    {hint}") }
    }
}
