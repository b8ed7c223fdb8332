//! A talk that was held, written down as a transcript that passes.

use std::fmt;

use serde_json::{Value as Json, json};
use ventanilla_values::Lang;

use super::acts::written;
use crate::{Answer, Command, Event, Suspended, Turn, World};

/// What was said and done in one talk, turn by turn. `ventanilla chat --record` fills it.
#[derive(Clone)]
pub struct Recording {
    head: String,
    lines: Vec<String>,
    /// Payloads and ids of the newest options.
    offers: Vec<(String, String)>,
    /// Photos by their id in the media store: a transcript calls them photo-1, photo-2 …
    photos: Vec<String>,
    /// The action that waits for its result.
    awaited: Option<Suspended>,
}

/// Personal text never reaches a log by `{:?}`.
impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("lines", &self.lines.len()).finish_non_exhaustive()
    }
}

impl Recording {
    /// Before the first turn.
    pub fn new(name: &str, lang: Lang, world: &World) -> Self {
        let seen = |name: &str| {
            let value = world.content.get_attr(name).ok().filter(|value| !value.is_undefined());
            value.and_then(|value| serde_json::to_value(&value).ok()).unwrap_or(Json::Null)
        };
        let channel = seen("channel");
        let head = format!(
            "- name: {}\n  lang: {lang}\n  channel: {}\n  person: {}\n  given: {{clock: {}}}\n  talk:\n",
            json!(name),
            channel.get("name").and_then(Json::as_str).unwrap_or("whatsapp"),
            match seen("person") {
                Json::Null => json!({}),
                person => person,
            },
            json!(world.now),
        );
        Self { head, lines: Vec::new(), offers: Vec::new(), photos: Vec::new(), awaited: None }
    }

    /// What a turn was told and what came of it.
    pub fn turn(&mut self, commands: &[Command], turn: &Turn) {
        let line = match commands {
            [Command::Answer { answer }] => self.answer(answer),
            commands => format!("command: {}", Json::Array(commands.iter().map(written).collect())),
        };
        self.lines.push(line);
        self.heard(turn);
    }

    /// What an action gave, and how the turn went on.
    pub fn result(&mut self, result: &Result<Json, String>, turn: &Turn) {
        let Some(Suspended { action, args }) = self.awaited.take() else { return };
        let given = match result {
            Ok(gives) => format!("gives: {gives}"),
            Err(why) => format!("fails: {}", json!(why)),
        };
        self.lines.push(format!("do: {action}\n      with: {args}\n      {given}"));
        self.heard(turn);
    }

    /// The transcript, as YAML.
    pub fn yaml(&self) -> String {
        let mut text = self.head.clone();
        for line in &self.lines {
            text.push_str(&format!("    - {line}\n"));
        }
        for (index, id) in self.photos.iter().enumerate() {
            text = text.replace(id, &format!("photo-{}", index + 1));
        }
        text
    }

    /// Nothing was said yet.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn answer(&mut self, answer: &Answer) -> String {
        match answer {
            Answer::Text { text } => format!("me: {}", json!(text)),
            Answer::Choice { payload, .. } => match self.offers.iter().find(|(own, _)| own == payload) {
                Some((_, id)) => format!("me: {{choice: {}}}", json!(id)),
                // A button of an older question.
                None => format!("command: {}", written(&Command::Answer { answer: answer.clone() })),
            },
            Answer::Location { lat, lon, name: None, address: None } => {
                format!("me: {{location: [{lat}, {lon}]}}")
            }
            Answer::Location { .. } => {
                format!("command: {}", written(&Command::Answer { answer: answer.clone() }))
            }
            Answer::Photo { id, caption } => {
                self.photos.push(id.clone());
                match caption {
                    Some(caption) => format!("me: {{photo: true, caption: {}}}", json!(caption)),
                    None => "me: {photo: true}".to_owned(),
                }
            }
        }
    }

    fn heard(&mut self, turn: &Turn) {
        for event in &turn.events {
            match event {
                Event::Say { text, .. } => self.lines.push(format!("bot: {}", json!(text))),
                Event::Ask(ask) => {
                    let labels =
                        ask.offers.iter().map(|offer| format!(" [{}]", offer.label)).collect::<String>();
                    self.lines.push(format!("bot: {}", json!(format!("{}{labels}", ask.text))));
                    let id = |payload: &str| payload.split_once(':').map_or("", |(_, id)| id).to_owned();
                    self.offers =
                        ask.offers.iter().map(|offer| (offer.payload.clone(), id(&offer.payload))).collect();
                }
                _ => {}
            }
        }
        self.awaited.clone_from(&turn.suspended);
        if turn.suspended.is_none() {
            let over = turn.session.stack.is_empty() && turn.session.asked.is_none();
            self.lines.push(format!("ended: {over}"));
        }
    }
}
