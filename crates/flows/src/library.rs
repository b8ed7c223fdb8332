//! A content release's flows, compiled: what the server holds and asks.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    Answer, Command, Frame, Session, Turn, World,
    compile::Flow,
    engine,
    info::{Answered, FlowInfo, OpenQuestion},
    template::Templates,
    world::Limits,
};

/// The flows of one content release. Immutable; the server keeps one per release that a session pins.
#[derive(Debug)]
pub struct Library {
    pub(crate) limits: Limits,
    pub(crate) templates: Templates,
    pub(crate) flows: BTreeMap<String, Arc<Flow>>,
}

impl Library {
    /// Does a turn: runs the commands until the person is asked, an action is awaited, or nothing runs. Commands
    /// behind a `do` that waits are kept in the session until its result is there.
    pub fn turn(&self, session: Session, commands: &[Command], world: &World) -> Turn {
        engine::turn(self, session, &self.renamed(commands), world, None)
    }

    /// Goes on after a `do`, with what the action gave or why it failed. Where several flows wait, the topmost gets
    /// it; where none waits (it was cancelled meanwhile), nothing happens.
    pub fn resume(&self, session: Session, result: Result<serde_json::Value, String>, world: &World) -> Turn {
        engine::resume(self, session, result, world, None)
    }

    pub fn flows(&self) -> impl Iterator<Item = &FlowInfo> {
        self.flows.values().map(|flow| &flow.info)
    }

    pub fn flow(&self, name: &str) -> Option<&FlowInfo> {
        self.flows.get(name).map(|flow| &flow.info)
    }

    /// The flow that starts when a person means this.
    pub fn flow_for_intent(&self, intent: &str) -> Option<&FlowInfo> {
        self.flows().find(|flow| flow.intents.iter().any(|own| own == intent))
    }

    /// Whether this answer would fill the open question, or choose among the flows of a clarification.
    pub fn accepts(&self, session: &Session, answer: &Answer, world: &World) -> bool {
        engine::accepts(self, session, answer, world)
    }

    /// The question that waits for an answer.
    pub fn open_question(&self, session: &Session) -> Option<OpenQuestion> {
        engine::open_question(self, session)
    }

    /// What the open question takes for an answer beside its type: see [`crate::Told`].
    pub fn open_hears(&self, session: &Session, world: &World) -> Option<String> {
        engine::open_hears(self, session, world)
    }

    /// What the person has in hand, as they would name it ("tu reporte de bache"): of the topmost flow that is neither
    /// private nor in passing. `None` where there is none.
    pub fn about(&self, session: &Session, world: &World) -> Option<String> {
        engine::about(self, session, world)
    }

    /// What was answered in the flow that talks, the newest first: what [`Command::Correct`] can be about.
    pub fn answered(&self, session: &Session) -> Vec<Answered> {
        engine::answered(self, session)
    }

    /// Whether this answer would do for a slot that was answered before.
    pub fn corrects(&self, session: &Session, slot: &str, answer: &Answer, world: &World) -> bool {
        engine::corrects(self, session, slot, answer, world)
    }

    /// Whether a flow, or one that it calls, asks for what is told as this: see [`Command::Start`].
    pub fn hears(&self, flow: &str, kind: &str) -> bool {
        engine::hears(self, flow, kind)
    }

    /// Whether a question that is still to come wants what is told as this: see [`Command::Tell`].
    pub fn awaits(&self, session: &Session, kind: &str) -> bool {
        engine::awaits(self, session, kind)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Arc<Flow>> {
        self.flows.get(name)
    }

    /// Whether a running flow will still ask for this slot: then [`Command::Fill`] can fill it now.
    pub fn expects(&self, session: &Session, slot: &str) -> bool {
        engine::expecting(self, session, slot).is_some()
    }

    /// Whether the flow that talks takes this slot from outside and has not got it: then [`Command::Fill`] can fill it,
    /// although no question wants it.
    pub fn may_be_given(&self, session: &Session, slot: &str) -> bool {
        engine::given_to(self, session, slot).is_some()
    }

    /// Whether the flow that talks has a question for this text, and these words fit behind what it has: then
    /// [`Command::Add`] adds them.
    pub fn may_be_added_to(&self, session: &Session, slot: &str, text: &str) -> bool {
        engine::with_added(self, session, slot, text).is_some()
    }

    /// The flow of a frame, in the revision that it began with.
    pub(crate) fn pinned(&self, frame: &Frame) -> Option<&Arc<Flow>> {
        self.flows.get(&frame.flow).filter(|flow| flow.info.revision == frame.revision)
    }
}
