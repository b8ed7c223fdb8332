//! Definition -> flat instructions with jump targets, every text and condition compiled. The library keeps the
//! result, the engine runs it, the lint reads it.

mod emit;
mod extras;
mod names;
mod question;

use std::sync::Arc;

pub(crate) use emit::compile;
pub(crate) use names::{is_name, is_slot_name, walk};

use ventanilla_values::{Hours, Tense};

use crate::{
    adopt::Moves,
    definition::SlotType,
    info::FlowInfo,
    template::{Compiled, Expr, Names, Source, Uses, ValueSource},
    yaml::Mistake,
};

/// A flow that can run.
#[derive(Debug)]
pub(crate) struct Flow {
    pub info: FlowInfo,
    /// Ends with an [`Op::End`], so that no jump leads past it.
    pub code: Vec<Instruction>,
    /// Every slot that the flow can fill.
    pub slots: Arc<Names>,
    /// What the person has in hand while it runs.
    pub about: Option<Compiled>,
    /// What becomes of talks that stand in an older revision.
    pub moves: Moves,
}

/// What the compiler found beside the code.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub mistakes: Vec<Mistake>,
    /// Templates and conditions that are no such.
    pub broken: Vec<Mistake>,
    /// Names used by templates.
    pub uses: Vec<Used>,
}

/// Names that a template uses.
#[derive(Debug)]
pub(crate) struct Used {
    /// The instruction that it belongs to.
    pub at: usize,
    /// The line of its step or text.
    pub line: u32,
    /// It is a text that people read, not a condition or a value.
    pub said: bool,
    pub names: Uses,
}

#[derive(Debug)]
pub(crate) struct Instruction {
    pub op: Op,
    /// Index into the flow's step names.
    pub step: usize,
    /// From 1; 0 for what no line of the file asks for.
    pub line: u32,
}

#[derive(Debug)]
pub(crate) enum Op {
    Say(Box<SayOp>),
    Ask(Box<Question>),
    /// Goes on at `otherwise` unless the condition holds.
    Unless {
        condition: Condition,
        otherwise: usize,
    },
    Jump(usize),
    Set(Vec<(String, ValueSource)>),
    Do(Box<DoOp>),
    Call(Box<CallOp>),
    End(Option<ValueSource>),
    /// Leaves everything that runs.
    EndAll,
}

#[derive(Debug)]
pub(crate) struct SayOp {
    pub text: Compiled,
    pub link: Option<LinkSource>,
    pub image: Option<ImageSource>,
}

#[derive(Debug)]
pub(crate) struct LinkSource {
    pub label: Compiled,
    pub url: Source,
}

#[derive(Debug)]
pub(crate) struct ImageSource {
    pub url: Source,
    pub described: Compiled,
}

#[derive(Debug)]
pub(crate) enum Condition {
    Expr(Expr),
    /// The slot of a `confirm` holds yes.
    Yes(String),
}

#[derive(Debug)]
pub(crate) struct DoOp {
    pub action: String,
    pub with: Vec<(String, ValueSource)>,
    pub into: Option<String>,
    /// Where the steps below `failed` begin.
    pub failed: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct CallOp {
    pub flow: String,
    pub with: Vec<(String, ValueSource)>,
    pub into: Option<String>,
}

/// What `collect` and `confirm` ask.
#[derive(Debug)]
pub(crate) struct Question {
    pub slot: String,
    pub slot_type: SlotType,
    /// A confirmation is asked even when its slot is filled: nobody agrees by accident.
    pub always: bool,
    /// A fact is asked for: "ok" agrees with nothing.
    pub fact: bool,
    pub ask: Compiled,
    pub retry: Option<Compiled>,
    /// The label of the "skip" option.
    pub optional: Option<Compiled>,
    pub choices: Choices,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub max_length: Option<u32>,
    /// Of a `date`.
    pub days: Tense,
    /// Of a `time`: in which hours one is meant whose half of the day was not said.
    pub hours: Option<Hours>,
    /// Other words for the slot.
    pub also: Vec<String>,
    /// What it may have been told as, where that is not its type.
    pub hears: Option<Source>,
}

#[derive(Debug)]
pub(crate) enum Choices {
    None,
    Fixed(Vec<FixedOption>),
    Expr(Expr),
}

#[derive(Debug)]
pub(crate) struct FixedOption {
    pub id: String,
    pub label: Compiled,
    pub description: Option<Compiled>,
    pub also: Vec<String>,
}

impl Flow {
    /// The name of an instruction's step.
    pub(crate) fn step_name(&self, position: usize) -> &str {
        let step = self.code.get(position).map_or(0, |instruction| instruction.step);
        self.info.steps.get(step).map_or("", String::as_str)
    }

    /// Where a step asks or calls.
    pub(crate) fn asks_at(&self, step: &str) -> Option<usize> {
        self.code.iter().enumerate().position(|(at, instruction)| {
            matches!(instruction.op, Op::Ask(_) | Op::Call(_)) && self.step_name(at) == step
        })
    }

    /// The question at a position.
    pub(crate) fn question(&self, position: usize) -> Option<&Question> {
        match self.code.get(position).map(|instruction| &instruction.op) {
            Some(Op::Ask(question)) => Some(question),
            _ => None,
        }
    }
}
