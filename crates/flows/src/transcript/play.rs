//! Playing a talk against the engine.

use std::collections::VecDeque;

use serde_json::Value as Json;

use super::{
    talk::{Line, Me, Start, Talk},
    wildcard::matches,
};
use crate::{
    Answer, Ask, Command, Event, Library, Session, Suspended, Turn, World,
    engine::{self, Visited},
    template::from_json,
};

/// Where the talk went another way. Line 0: nowhere in particular.
#[derive(Debug)]
pub(super) struct Miss {
    pub line: u32,
    pub expected: String,
    pub got: String,
}

pub(super) fn play(talk: &Talk, library: &Library, world: &World, visited: &mut Visited) -> Result<(), Miss> {
    let mut player = Player {
        library,
        world,
        visited,
        session: Session::new(talk.lang),
        bubbles: VecDeque::new(),
        suspended: None,
        asked: None,
        cut: None,
        photos: 0,
    };
    player.command(start(&talk.start));
    for line in &talk.talk {
        player.line(line).map_err(|(expected, got)| Miss { line: line.line, expected, got })?;
    }
    player.quiet().map_err(|(expected, got)| Miss { line: 0, expected, got })
}

/// What was expected and what came.
type Other = (String, String);

struct Player<'a> {
    library: &'a Library,
    world: &'a World<'a>,
    visited: &'a mut Visited,
    session: Session,
    /// Said and not yet expected.
    bubbles: VecDeque<Bubble>,
    suspended: Option<Suspended>,
    /// The newest question.
    asked: Option<Ask>,
    /// Why a flow was cut last.
    cut: Option<String>,
    photos: usize,
}

/// A message of the bot: its text, and its text with the labels of its options, its link or its picture.
struct Bubble {
    text: String,
    with_labels: String,
}

fn start(start: &Start) -> Command {
    let slots =
        start.slots.0.iter().map(|(name, value)| (name.value.clone(), from_json(value.value.clone())));
    Command::Start { flow: start.flow.clone(), intent: start.intent.clone(), slots: slots.collect() }
}

impl Player<'_> {
    fn line(&mut self, line: &Line) -> Result<(), Other> {
        if let Some(pattern) = &line.bot {
            self.bot(pattern)?;
        }
        if let Some(me) = &line.me {
            self.quiet()?;
            let answer = self.answer(me)?;
            self.command(Command::Answer { answer });
        }
        if let Some(action) = &line.action {
            self.action(action, line)?;
        }
        if let Some(flow) = &line.start {
            self.quiet()?;
            self.command(start(flow));
        }
        if line.cancel == Some(true) {
            self.quiet()?;
            self.command(Command::Cancel);
        }
        match line.ended {
            Some(expected) => self.ended(expected),
            None => Ok(()),
        }
    }

    fn command(&mut self, command: Command) {
        let session = std::mem::replace(&mut self.session, Session::new(ventanilla_values::Lang::ES));
        let turn = engine::turn(self.library, session, &[command], self.world, Some(self.visited));
        self.take(turn);
    }

    fn take(&mut self, turn: Turn) {
        self.session = turn.session;
        self.suspended = turn.suspended;
        for event in turn.events {
            match event {
                Event::Say { text, link, image } => {
                    let link = link.map(|link| format!("\n[{}]({})", link.label, link.url));
                    let image = image.map(|image| format!("\n(imagen: {})", image.described));
                    let with_labels =
                        [Some(text.clone()), link, image].into_iter().flatten().collect::<String>();
                    self.bubbles.push_back(Bubble { text, with_labels });
                }
                Event::Ask(ask) => {
                    let labels =
                        ask.offers.iter().map(|offer| format!(" [{}]", offer.label)).collect::<String>();
                    let with_labels = format!("{}{labels}", ask.text);
                    self.bubbles.push_back(Bubble { text: ask.text.clone(), with_labels });
                    self.asked = Some(ask);
                }
                Event::Cut { flow, step, reason } => self.cut = Some(format!("{flow}.{step}: {reason}")),
                _ => {}
            }
        }
    }

    fn bot(&mut self, pattern: &str) -> Result<(), Other> {
        match self.bubbles.pop_front() {
            Some(bubble) if matches(pattern, &bubble.text) || matches(pattern, &bubble.with_labels) => Ok(()),
            Some(bubble) => Err((pattern.to_owned(), self.explained(bubble.with_labels))),
            None => Err((pattern.to_owned(), self.explained(self.state()))),
        }
    }

    /// Nothing was said or asked for that the transcript does not have.
    fn quiet(&self) -> Result<(), Other> {
        if let Some(bubble) = self.bubbles.front() {
            return Err(("no more bubbles here".to_owned(), self.explained(bubble.with_labels.clone())));
        }
        match &self.suspended {
            Some(_) => Err(("no action here".to_owned(), self.explained(self.state()))),
            None => Ok(()),
        }
    }

    fn answer(&mut self, me: &Me) -> Result<Answer, Other> {
        Ok(match me {
            Me::Text(text) => Answer::Text { text: text.clone() },
            Me::Location(lat, lon) => Answer::Location { lat: *lat, lon: *lon, name: None, address: None },
            Me::Photo => {
                self.photos += 1;
                Answer::Photo { id: format!("photo-{}", self.photos), caption: None }
            }
            Me::Choice(wanted) => {
                let offers = self.asked.iter().flat_map(|ask| &ask.offers);
                let id_is = |payload: &str| payload.split_once(':').is_some_and(|(_, id)| id == wanted);
                let chosen = offers.clone().find(|offer| id_is(&offer.payload) || offer.label == *wanted);
                let Some(offer) = chosen else {
                    let labels: Vec<&str> = offers.map(|offer| offer.label.as_str()).collect();
                    return Err((
                        format!("an option '{wanted}'"),
                        format!("these options: {}", labels.join(", ")),
                    ));
                };
                Answer::Choice { payload: offer.payload.clone(), title: offer.label.clone() }
            }
        })
    }

    fn action(&mut self, action: &str, line: &Line) -> Result<(), Other> {
        if let Some(bubble) = self.bubbles.front() {
            return Err((format!("the action {action}"), self.explained(bubble.with_labels.clone())));
        }
        let Some(suspended) = self.suspended.take() else {
            return Err((format!("the action {action}"), self.explained(self.state())));
        };
        let with = line.with.clone().unwrap_or(Json::Null);
        if suspended.action != action || !holds(&suspended.args, &with) {
            return Err((format!("{action} {with}"), format!("{} {}", suspended.action, suspended.args)));
        }
        let result = match &line.fails {
            Some(reason) => Err(reason.clone()),
            None => Ok(line.gives.clone().unwrap_or(Json::Null)),
        };
        let session = std::mem::replace(&mut self.session, Session::new(ventanilla_values::Lang::ES));
        let turn = engine::resume(self.library, session, result, self.world, Some(self.visited));
        self.take(turn);
        Ok(())
    }

    fn ended(&self, expected: bool) -> Result<(), Other> {
        self.quiet()?;
        let ended = self.session.stack.is_empty() && self.session.asked.is_none();
        match (expected, ended) {
            (true, false) => Err(("the end".to_owned(), self.explained(self.state()))),
            (false, true) => Err(("the flow goes on".to_owned(), self.explained(self.state()))),
            _ => Ok(()),
        }
    }

    fn state(&self) -> String {
        match (&self.suspended, self.session.running()) {
            (Some(suspended), _) => format!("the action {} {}", suspended.action, suspended.args),
            (None, Some(frame)) => format!("nothing: the flow waits at {}.{}", frame.flow, frame.step),
            (None, None) => "nothing: the talk has ended".to_owned(),
        }
    }

    fn explained(&self, got: String) -> String {
        match &self.cut {
            Some(cut) => format!("{got} (a flow was cut at {cut})"),
            None => got,
        }
    }
}

/// Whether a value has at least what is expected of it.
fn holds(value: &Json, expected: &Json) -> bool {
    match (value, expected) {
        (_, Json::Null) => true,
        (Json::Object(value), Json::Object(expected)) => {
            expected.iter().all(|(key, expected)| value.get(key).is_some_and(|value| holds(value, expected)))
        }
        (Json::Array(value), Json::Array(expected)) => {
            value.len() == expected.len()
                && value.iter().zip(expected).all(|(value, expected)| holds(value, expected))
        }
        (Json::Number(value), Json::Number(expected)) => value.as_f64() == expected.as_f64(),
        (value, expected) => value == expected,
    }
}
