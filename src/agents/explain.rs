//! Why the bot takes a text for what it takes it for, put so that a trainer can read it. Called by the training page. What
//! was typed may be a citizen's: it is answered and neither kept nor logged.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_intents::{
    Certainty, EntityKind, Explanation, NONE, Neighbour, Ranked, Safety, SignSaid, Understanding, Weight,
    WordShare, entities,
};
use ventanilla_values::Lang;

use super::{
    packet::{Guess, guess},
    teach::{IntentName, named},
};
use crate::app::App;

/// What made the decision.
#[derive(Clone, Serialize, ToSchema)]
pub struct Explained {
    pub decision: Decision,
    /// Likeliest first, at most five.
    pub intents: Vec<Guess>,
    /// A tag; `null` where it cannot be told.
    pub language: Option<String>,
    /// The text with its spelling mended.
    pub read_as: String,
    /// How much each word spoke for `words_for`; the first sixty words.
    pub words: Vec<Word>,
    /// What the two heads together take the text for, before danger is weighed.
    pub words_for: Option<IntentName>,
    /// The phrases that mean nearly the same, nearest first, at most five. None without a sentence encoder.
    pub phrases: Vec<NearPhrase>,
    /// What words and letters say alone, at most three.
    pub by_words: Vec<Guess>,
    /// What the sentence says alone; empty without a sentence encoder.
    pub by_sense: Vec<Guess>,
    pub danger: DangerSeen,
    /// What the text names: places, days, amounts …
    pub entities: Vec<EntityFound>,
}

/// What the bot does with it, where nothing was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Acts on the first.
    Sure,
    /// Asks "¿te refieres a …?".
    Asks,
    /// Takes it for nothing of the town hall's.
    None,
    /// Says that it did not understand.
    Unsure,
}

/// A word, and what would be lost without it; below 0 it spoke against.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WeighedWord)]
pub struct Word {
    pub word: String,
    /// By words and letters.
    pub by_words: f32,
    /// By the sense of the sentence; `null` without a sentence encoder.
    pub by_sense: Option<f32>,
}

/// A phrase of the town's files.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct NearPhrase {
    pub text: String,
    pub intent: IntentName,
    /// Up to 1.
    pub similarity: f32,
}

/// What was found of a danger.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct DangerSeen {
    /// `null`: nobody is in danger.
    pub alarm: Option<Alarm>,
    /// What rules found, idioms included, which speak against.
    pub signs: Vec<SignSeen>,
    /// The part of a long text that is a cry by itself.
    pub part: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Alarm {
    pub intent: IntentName,
    /// 0 to 1: that it is a danger at all.
    pub confidence: f32,
    /// Help is offered at once; else it is asked about first.
    pub at_once: bool,
}

#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct SignSeen {
    pub words: String,
    pub weight: SignWeight,
    /// The rule's name.
    pub rule: String,
}

/// How much a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignWeight {
    /// No crisis is meant.
    Idiom,
    Hint,
    Likely,
    Certain,
}

/// Something that the text names.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct EntityFound {
    /// `place`, `date`, `amount` …
    #[schema(value_type = String)]
    pub kind: EntityKind,
    pub text: String,
}

/// What the model said about `text`, by the names that people use.
pub fn explained(app: &App, text: &str, why: Explanation, lang: Lang) -> Explained {
    let guesses = |ranked: &[Ranked]| ranked.iter().map(|one| guess(app, one, lang)).collect::<Vec<Guess>>();
    let alarm = |danger: &Safety| Alarm {
        intent: named(app, danger.intent, lang),
        confidence: danger.confidence,
        at_once: danger.is_likely(),
    };
    let near = |near: Neighbour| NearPhrase {
        intent: named(app, &near.intent, lang),
        text: near.phrase,
        similarity: near.cosine,
    };
    let understood = &why.understanding;
    Explained {
        decision: Decision::of(understood),
        intents: guesses(&understood.ranked),
        language: understood.language.map(|lang| lang.to_string()),
        by_words: guesses(&why.lexical),
        by_sense: guesses(&why.semantic),
        danger: DangerSeen {
            alarm: understood.safety.as_ref().map(alarm),
            signs: why.signs.into_iter().map(SignSeen::from).collect(),
            part: why.danger_in,
        },
        words_for: why.words_for.map(|intent| named(app, &intent, lang)),
        words: why.words.into_iter().map(Word::from).collect(),
        phrases: why.neighbours.into_iter().map(near).collect(),
        read_as: why.read_as,
        entities: entities(text)
            .into_iter()
            .map(|one| EntityFound { kind: one.kind, text: one.text })
            .collect(),
    }
}

impl Decision {
    fn of(understood: &Understanding) -> Self {
        let first_is_none = understood.ranked.first().is_some_and(|first| &*first.intent == NONE);
        match understood.certainty {
            Certainty::Sure => Self::Sure,
            Certainty::Between => Self::Asks,
            Certainty::Unsure if first_is_none => Self::None,
            Certainty::Unsure => Self::Unsure,
        }
    }
}

impl From<WordShare> for Word {
    fn from(share: WordShare) -> Self {
        Self { word: share.word, by_words: share.weight, by_sense: share.felt }
    }
}

impl From<SignSaid> for SignSeen {
    fn from(SignSaid { words, sign }: SignSaid) -> Self {
        let weight = match sign.weight {
            Weight::Idiom => SignWeight::Idiom,
            Weight::Hint => SignWeight::Hint,
            Weight::Likely => SignWeight::Likely,
            Weight::Certain => SignWeight::Certain,
        };
        Self { words, weight, rule: sign.rule.to_owned() }
    }
}

/// Without what was typed.
impl std::fmt::Debug for Explained {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explained").field("decision", &self.decision).finish_non_exhaustive()
    }
}

macro_rules! silent {
    ($($name:ident),*) => {$(
        /// It holds what was typed.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

silent!(Word, NearPhrase, DangerSeen, SignSeen, EntityFound);
