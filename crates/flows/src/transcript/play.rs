//! Playing a talk against the engine.

use std::collections::VecDeque;

use serde_json::Value as Json;

use super::{
    acts::Me,
    coverage::Seen,
    expect, near,
    talk::{Line, Start, Talk},
    wildcard::matches,
};
use crate::{
    Answer, Ask, Command, Event, Library, Session, Suspended, Turn, World, engine, template::from_json,
};

/// Where the talk went another way. Line 0: nowhere in particular.
#[derive(Debug)]
pub(super) struct Miss {
    pub line: u32,
    pub expected: String,
    pub got: String,
}

/// Plays a talk to its end, or to where it goes another way. What it comes by is kept in `seen`.
pub(super) fn play(
    talk: &Talk,
    library: &Library,
    world: &World,
    seen: Option<&mut Seen>,
) -> Result<(), Miss> {
    let mut player = Player {
        library,
        world,
        seen,
        session: Session::new(talk.lang),
        events: Vec::new(),
        bubbles: VecDeque::new(),
        suspended: None,
        asked: None,
        cut: None,
        photos: 0,
    };
    if let Some(flow) = &talk.start {
        player.act(&[start(flow)]);
    }
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
    seen: Option<&'a mut Seen>,
    session: Session,
    /// Since the person's last line.
    events: Vec<Event>,
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
    Command::Start {
        flow: start.flow.clone(),
        intent: start.intent.clone(),
        slots: slots.collect(),
        told: start.told(),
    }
}

impl Player<'_> {
    fn line(&mut self, line: &Line) -> Result<(), Other> {
        if let Some(pattern) = &line.bot {
            self.bot(pattern)?;
        }
        if let Some(me) = &line.me {
            self.quiet()?;
            let answer = self.answer(me)?;
            self.act(&[Command::Answer { answer }]);
        }
        if let Some(action) = &line.action {
            self.action(action, line)?;
        }
        if let Some(flow) = &line.start {
            self.quiet()?;
            self.act(&[start(flow)]);
        }
        if line.cancel == Some(true) {
            self.quiet()?;
            self.act(&[Command::Cancel]);
        }
        if let Some(given) = &line.command {
            self.quiet()?;
            self.act(&given.0);
        }
        self.expectations(line)
    }

    /// What is looked at without anything happening.
    fn expectations(&self, line: &Line) -> Result<(), Other> {
        if let Some(expected) = &line.slots {
            let held = expect::slots(&self.session, expected);
            let expected = Json::Object(expected.clone());
            if !expect::holds(&held, &expected) {
                return Err((format!("the slots {expected}"), self.explained(format!("the slots {held}"))));
            }
        }
        if let Some(expected) = &line.events {
            let expected: Vec<Json> = expected.iter().map(|event| event.value.clone()).collect();
            if !expect::in_order(&self.events, &expected) {
                let came = Json::Array(self.events.iter().map(expect::written).collect());
                return Err((format!("the events {}", Json::Array(expected)), format!("the events {came}")));
            }
        }
        match line.ended {
            Some(expected) => self.ended(expected),
            None => Ok(()),
        }
    }

    /// The person does something: what happened before is over.
    fn act(&mut self, commands: &[Command]) {
        self.events.clear();
        if let Some(seen) = &mut self.seen {
            commands.iter().for_each(|command| seen.command(command));
        }
        let session = std::mem::replace(&mut self.session, Session::new(ventanilla_values::Lang::ES));
        let visited = self.seen.as_deref_mut().map(|seen| &mut seen.visited);
        let turn = engine::turn(self.library, session, commands, self.world, visited);
        self.take(turn);
    }

    fn take(&mut self, turn: Turn) {
        if let Some(seen) = &mut self.seen {
            seen.events(&turn.events);
        }
        self.events.extend(turn.events.iter().cloned());
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
            Some(bubble) => {
                let near = self.near(pattern, &bubble);
                Err((pattern.to_owned(), self.explained(format!("{}{near}", bubble.with_labels))))
            }
            None => Err((pattern.to_owned(), self.explained(self.state()))),
        }
    }

    /// How far the bubble is from what was expected, as a line of its own.
    fn near(&self, pattern: &str, bubble: &Bubble) -> String {
        let behind = self.bubbles.iter().map(|bubble| bubble.text.as_str());
        let said = match near::later(pattern, behind) {
            Some(1) => Some("the next bubble is the one expected here".to_owned()),
            Some(n) => Some(format!("the bubble {n} further on is the one expected here")),
            None => {
                let with_labels = pattern.contains('[');
                near::miss(pattern, if with_labels { &bubble.with_labels } else { &bubble.text })
            }
        };
        said.map(|said| format!("\n    near:     {said}")).unwrap_or_default()
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
            Me::Photo(caption) => {
                self.photos += 1;
                Answer::Photo { id: format!("photo-{}", self.photos), caption: caption.clone() }
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
        let as_expected = line.with.as_ref().is_none_or(|with| expect::holds(&suspended.args, with));
        if suspended.action != action || !as_expected {
            let with = line.with.as_ref().map(|with| format!(" {with}")).unwrap_or_default();
            return Err((format!("{action}{with}"), format!("{} {}", suspended.action, suspended.args)));
        }
        let result = match &line.fails {
            Some(reason) => Err(reason.clone()),
            None => Ok(line.gives.clone().unwrap_or(Json::Null)),
        };
        let session = std::mem::replace(&mut self.session, Session::new(ventanilla_values::Lang::ES));
        let visited = self.seen.as_deref_mut().map(|seen| &mut seen.visited);
        let turn = engine::resume(self.library, session, result, self.world, visited);
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
