//! A talk that stands at an older revision of a flow moves to the one that is here, where the flow's head says so
//! (`running: {move: true}`) and the talk can go on there: its open question has a step of the same kind of answer, under
//! the same name or the one that the head gives it.
//!
//! A session moves whole or stays whole: its flows come from one release.

use std::collections::BTreeMap;

use crate::{
    Command, Frame, Library, Session,
    command::Answer,
    compile::{Flow, Op},
    definition::Running,
};

/// What a flow's head says of talks that run when it changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Moves {
    allowed: bool,
    /// Names of steps in older revisions, and what they are called here.
    steps: BTreeMap<String, String>,
}

impl Moves {
    pub(crate) fn new(running: &Running) -> Self {
        let steps = running.steps.0.iter().map(|(old, new)| (old.value.clone(), new.value.clone())).collect();
        Self { allowed: running.moves, steps }
    }

    fn renamed<'a>(&'a self, step: &'a str) -> &'a str {
        self.steps.get(step).map_or(step, String::as_str)
    }
}

impl Library {
    /// A session that began with the flows of `older`, as it goes on with the flows that are here; `None` where it stays with
    /// the older ones. Slots are kept by their names.
    pub fn adopt(&self, session: &Session, older: &Self) -> Option<Session> {
        let frames = &session.stack;
        let changed = frames.iter().any(|frame| self.pinned(frame).is_none());
        if !changed || frames.iter().any(|frame| frame.suspended) || !session.pending.is_empty() {
            return None;
        }
        let calls = |index: usize| frames.get(index + 1).is_some_and(|above| above.called);
        let moved = frames.iter().enumerate().map(|(index, frame)| self.take(frame, older, calls(index)));
        let stack: Vec<Frame> = moved.collect::<Option<_>>()?;
        let asked = session.asked.clone().map(|mut asked| {
            asked.id = self.question_here(&asked.id).unwrap_or(asked.id);
            asked
        });
        Some(Session { stack, asked, ..session.clone() })
    }

    fn take(&self, frame: &Frame, older: &Self, calls: bool) -> Option<Frame> {
        if self.pinned(frame).is_some() {
            return Some(frame.clone());
        }
        let (old, new) = (older.pinned(frame)?, self.get(&frame.flow)?);
        if !new.moves.allowed || !fits(frame, old, new) {
            return None;
        }
        let position = if calls { behind_call(frame, old, new) } else { at_question(frame, old, new) }?;
        let step = new.moves.renamed(&frame.step).to_owned();
        let path = frame.path.iter().map(|step| new.moves.renamed(step).to_owned()).collect();
        Some(Frame { revision: new.info.revision.clone(), position, step, path, ..frame.clone() })
    }

    /// The commands as this library understands them: buttons of older revisions name steps as they were called then.
    pub(crate) fn renamed(&self, commands: &[Command]) -> Vec<Command> {
        let renamed = |command: &Command| match command {
            Command::Answer { answer: Answer::Choice { payload, title } } => {
                let (question, option) = payload.split_once(':')?;
                let payload = format!("{}:{option}", self.question_here(question)?);
                Some(Command::Answer { answer: Answer::Choice { payload, title: title.clone() } })
            }
            _ => None,
        };
        commands.iter().map(|command| renamed(command).unwrap_or_else(|| command.clone())).collect()
    }

    /// `<flow>.<step>.<n>` of a step that has another name here.
    fn question_here(&self, id: &str) -> Option<String> {
        let (place, number) = id.rsplit_once('.')?;
        let (flow, step) = place.split_once('.')?;
        let new = self.get(flow)?.moves.steps.get(step)?;
        Some(format!("{flow}.{new}.{number}"))
    }
}

/// Whether what is filled already is what the newer revision means by it.
fn fits(frame: &Frame, old: &Flow, new: &Flow) -> bool {
    let type_of = |flow: &Flow, slot: &str| {
        flow.info.slots.iter().find(|info| info.name == slot).map(|info| info.slot_type)
    };
    frame.slots.iter().all(|(slot, _)| match (type_of(old, slot), type_of(new, slot)) {
        (Some(was), Some(is)) => was == is,
        _ => true,
    })
}

/// Where the open question stands in the newer revision.
fn at_question(frame: &Frame, old: &Flow, new: &Flow) -> Option<usize> {
    let asked = old.question(frame.position)?;
    let step = new.moves.renamed(old.step_name(frame.position));
    let same = |position: &usize| {
        new.step_name(*position) == step
            && new.question(*position).is_some_and(|question| question.slot_type == asked.slot_type)
    };
    (0..new.code.len()).find(same)
}

/// The step behind the call whose flow runs above.
fn behind_call(frame: &Frame, old: &Flow, new: &Flow) -> Option<usize> {
    let at = frame.position.checked_sub(1)?;
    let called = call(old, at)?;
    let step = new.moves.renamed(old.step_name(at));
    let same = |position: &usize| new.step_name(*position) == step && call(new, *position) == Some(called);
    (0..new.code.len()).find(same).map(|position| position + 1)
}

/// The flow that is called at a position, and where its result goes.
fn call(flow: &Flow, position: usize) -> Option<(&str, Option<&str>)> {
    match &flow.code.get(position)?.op {
        Op::Call(call) => Some((&call.flow, call.into.as_deref())),
        _ => None,
    }
}
