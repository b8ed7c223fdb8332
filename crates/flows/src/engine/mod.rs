//! The engine: does a turn over a session. `library.rs` calls it; it must not touch clock, database or network,
//! and it always comes to an end: every turn is bounded by steps, depth and fuel.

mod answer;
mod aside;
mod ask;
mod clarify;
mod correct;
mod cut;
mod execute;
mod phrases;
mod read;
mod say;
mod stack;
mod stale;
mod told;
mod understand;
mod unsure;
mod ways_out;

use std::{collections::BTreeSet, sync::Arc};

pub(crate) use answer::{accepts, expecting, given_to, open_question};
pub(crate) use aside::about;
pub(crate) use correct::{answered, corrects};
use serde_json::Value as Json;
pub(crate) use told::{awaits, hears, open_hears, with_added};

use aside::Resumed;
use ask::Manner;
use phrases::Phrase;

use crate::{Command, Event, Frame, Library, Session, Turn, World, event::Suspended, template::from_json};

/// A turn that is being done.
pub(crate) struct Run<'a> {
    library: &'a Library,
    world: &'a World<'a>,
    now: Arc<str>,
    session: Session,
    events: Vec<Event>,
    suspended: Option<Suspended>,
    /// A flow has come to the top again, and has not said so.
    resumed: Option<Resumed>,
    /// What is open was asked before, and is not to be said again now.
    resting: bool,
    /// Nothing is open any more, and something waits for its turn.
    turn_of_next: bool,
    /// Where it came by, if anybody wants to know.
    visited: Option<&'a mut Visited>,
}

/// (flow, step) of every instruction that ran.
pub(crate) type Visited = BTreeSet<(String, String)>;

/// Why a flow cannot go on. Ends as [`Event::Cut`]; holds no personal text.
#[derive(Debug)]
pub(crate) struct Broken(String);

/// What an instruction leads to.
enum Next {
    /// The following instruction.
    On,
    Jump(usize),
    /// Until the person answers or the action gives its result.
    Wait,
    /// The stack has changed.
    Stack,
}

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

/// Does the commands one after the other.
pub(crate) fn turn<'a>(
    library: &'a Library,
    session: Session,
    commands: &[Command],
    world: &'a World<'a>,
    visited: Option<&'a mut Visited>,
) -> Turn {
    let mut run = Run { visited, ..Run::new(library, session, world) };
    (run.session.steps, run.session.depth) = (0, run.session.stack.len());
    let pending = std::mem::take(&mut run.session.pending);
    run.commands(&pending);
    run.commands(commands);
    run.finish()
}

/// Goes on after a `do`. Without a waiting one nothing happens.
pub(crate) fn resume<'a>(
    library: &'a Library,
    session: Session,
    result: Result<Json, String>,
    world: &'a World<'a>,
    visited: Option<&'a mut Visited>,
) -> Turn {
    let mut run = Run { visited, ..Run::new(library, session, world) };
    run.take_result(result);
    if run.suspended.is_none() {
        let pending = std::mem::take(&mut run.session.pending);
        run.commands(&pending);
    }
    run.finish()
}

impl<'a> Run<'a> {
    fn new(library: &'a Library, session: Session, world: &'a World<'a>) -> Self {
        Self {
            library,
            world,
            now: world.now.into(),
            resumed: None,
            resting: false,
            turn_of_next: false,
            session,
            events: Vec::with_capacity(4),
            suspended: None,
            visited: None,
        }
    }

    /// Commands behind a suspension wait for its result.
    fn commands(&mut self, commands: &[Command]) {
        for command in commands {
            if self.suspended.is_some() {
                self.session.pending.push(command.clone());
            } else {
                self.command(command);
            }
        }
    }

    fn command(&mut self, command: &Command) {
        match command {
            Command::Start { flow, intent, slots, told } => {
                self.session.asked = None;
                self.leave_passing();
                self.start(flow, intent.clone(), slots.clone(), told.clone());
                self.advance();
            }
            Command::Later { flow, intent, slots, told } => self.begin_later(Frame {
                intent: intent.clone(),
                slots: slots.clone(),
                told: told.clone(),
                ..Frame::new(flow)
            }),
            Command::Answer { answer } => self.answer(answer),
            Command::Fill { slot, value } => self.fill_ahead(slot, value),
            Command::Add { slot, text } => self.add(slot, text),
            Command::Tell { told, alone } => self.tell(told, *alone),
            Command::Correct { slot, answer } => self.correct(slot, answer.as_ref()),
            Command::Back => self.back(),
            Command::Clarify { suggestions } => self.clarify(suggestions),
            Command::Repeat => self.ask_again(&Manner::Plain),
            Command::Page { from } => self.turn_page(*from),
            Command::Cancel => self.cancel(),
            Command::Leave => {
                self.session.asked = None;
                self.drop_chain(crate::FlowOutcome::Cancelled);
                self.resumed = None;
            }
            Command::Resume { flow } => self.resume_flow(flow),
            Command::LeavePassing => {
                let open = self.session.stack.len();
                self.leave_passing();
                self.resumed = None;
                if self.session.stack.len() < open {
                    self.session.asked = None;
                    self.advance();
                }
            }
            Command::Reset => self.drop_all(crate::FlowOutcome::Cancelled),
            Command::Language { lang } => {
                self.session.lang = *lang;
                self.events.push(Event::LanguageChanged { lang: *lang });
                if self.session.asked.is_none() {
                    self.events.push(Event::say(Phrase::InThisLanguage.text(*lang)));
                }
                self.ask_again(&Manner::Plain);
            }
        }
    }

    /// One question a message: of several asked in a turn only the last is open.
    fn finish(mut self) -> Turn {
        let last = self.events.iter().rposition(|event| matches!(event, Event::Ask(_)));
        let open = last.filter(|_| self.session.asked.is_some() && !self.resting);
        let mut index = 0;
        self.events.retain(|event| {
            let keep = !matches!(event, Event::Ask(_)) || Some(index) == open;
            index += 1;
            keep
        });
        Turn { session: self.session, events: self.events, suspended: self.suspended }
    }

    /// Gives a result to the topmost flow that waits for one.
    fn take_result(&mut self, result: Result<Json, String>) {
        let Some(index) = self.session.stack.iter().rposition(|frame| frame.suspended) else { return };
        let on_top = index + 1 == self.session.stack.len();
        if let Some(frame) = self.session.stack.get_mut(index) {
            frame.suspended = false;
        }
        match self.apply_result(index, result) {
            Err(broken) => self.cut_at(index, &broken),
            // A flow above it talks; this one goes on when that ends.
            Ok(()) if !on_top => return,
            Ok(()) => {}
        }
        if self.session.asked.is_none() {
            self.advance();
        }
    }
}
