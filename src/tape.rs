//! The tape of `ventanilla chat --record`: what the engine was told and said in the talk at the terminal, for a
//! transcript. A server never has one: what citizens say is on no tape.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use ventanilla_flows::{Command, Recording, Turn, World};

/// Off until [`Tape::start`].
#[derive(Debug, Default)]
pub struct Tape(Mutex<State>);

#[derive(Debug, Default)]
enum State {
    #[default]
    Off,
    /// With the name of the transcript.
    On(String),
    Running(Recording),
}

impl Tape {
    /// From now on turns are kept.
    pub fn start(&self, name: &str) {
        *self.state() = State::On(name.to_owned());
    }

    /// What a turn was told, and what came of it.
    pub fn turn(&self, commands: &[Command], turn: &Turn, world: &World) {
        let mut state = self.state();
        if let State::On(name) = &*state {
            let lang = turn.session.lang;
            *state = State::Running(Recording::new(name, lang, world));
        }
        if let State::Running(recording) = &mut *state {
            recording.turn(commands, turn);
        }
    }

    /// What an action gave.
    pub fn result(&self, result: &Result<Value, String>, turn: &Turn) {
        if let State::Running(recording) = &mut *self.state() {
            recording.result(result, turn);
        }
    }

    /// The transcript so far; none where nothing was said.
    pub fn transcript(&self) -> Option<String> {
        match &*self.state() {
            State::Running(recording) if !recording.is_empty() => Some(recording.yaml()),
            _ => None,
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
