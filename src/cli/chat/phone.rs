//! What stands in for a phone or a page: says things to the server over its real front door, and hears the answers.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use serde_json::{Value, json};
use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_values::Lang;

use crate::{
    app::App,
    demo::Simulators,
    simulator::{
        Said, Simulator,
        twilio::{Call, CallState, Twilio},
    },
};

const WA_ID: &str = "5219811112233";
/// The same phone, as everybody else spells it.
const PHONE: &str = "529811112233";
/// A grey picture of one pixel.
const PHOTO: &[u8] = include_bytes!("pixel.png");

pub struct Phone {
    app: Arc<App>,
    meta: Simulator,
    twilio: Twilio,
    front: Front,
    /// Options of the last answer, as [payload, title, message id, kind].
    options: Vec<Choice>,
}

enum Front {
    Whatsapp { seen: u64 },
    Sms { seen: u64 },
    Voice { call: Call },
    Webchat { token: String, after: Option<Uuid> },
}

struct Choice {
    payload: String,
    title: String,
    message: String,
    row: bool,
}

impl Phone {
    pub async fn new(app: &Arc<App>, simulators: Simulators, channel: Channel) -> anyhow::Result<Self> {
        let front = match channel {
            Channel::Whatsapp => Front::Whatsapp { seen: 0 },
            Channel::Webchat => Front::Webchat { token: open_session(app).await?, after: None },
            Channel::Sms => Front::Sms { seen: 0 },
            Channel::Voice => Front::Voice { call: simulators.twilio.call(PHONE)? },
        };
        let Simulators { meta, twilio } = simulators;
        Ok(Self { app: Arc::clone(app), meta, twilio, front, options: Vec::new() })
    }

    /// Begins in a language, whatever the first words are in.
    pub async fn speak(&mut self, lang: Lang) -> anyhow::Result<()> {
        let greeting = if lang == Lang::EN { "hello good morning" } else { "hola buenos días" };
        self.say(greeting).await?;
        for line in self.heard().await? {
            out!("{line}");
        }
        Ok(())
    }

    pub async fn say(&mut self, text: &str) -> anyhow::Result<()> {
        let chosen = text.parse::<usize>().ok().and_then(|n| self.options.get(n.checked_sub(1)?));
        match (&self.front, chosen) {
            (Front::Whatsapp { .. }, Some(choice)) => self.wa(choice.said())?,
            (Front::Whatsapp { .. }, None) => self.wa(Said::Text { text: text.to_owned() })?,
            (Front::Sms { .. }, _) => {
                self.twilio.sms(PHONE, text)?;
            }
            (Front::Voice { call }, _) => call.say(text, Some(0.9))?,
            (Front::Webchat { .. }, Some(choice)) => {
                let body = json!({ "type": "choice", "payload": choice.payload, "title": choice.title });
                self.web(body).await?;
            }
            (Front::Webchat { .. }, None) => self.web(json!({ "type": "text", "text": text })).await?,
        }
        Ok(())
    }

    pub async fn pin(&self, lat: f64, lon: f64) -> anyhow::Result<()> {
        match &self.front {
            Front::Whatsapp { .. } => {
                let said = json!({ "type": "location", "latitude": lat, "longitude": lon });
                self.wa(serde_json::from_value(said)?)
            }
            Front::Webchat { .. } => self.web(json!({ "type": "location", "lat": lat, "lon": lon })).await,
            Front::Sms { .. } | Front::Voice { .. } => bail!("this phone has no map: write or say the place"),
        }
    }

    pub fn press(&self, keys: &str) -> anyhow::Result<()> {
        self.call()?.press(keys)?;
        Ok(())
    }

    pub fn silence(&self) -> anyhow::Result<()> {
        self.call()?.silence()?;
        Ok(())
    }

    pub fn hang_up(&self) -> anyhow::Result<()> {
        self.call()?.hang_up()?;
        Ok(())
    }

    /// Hangs up, where it is a call, and waits until the town knows.
    pub async fn leave(&self) {
        if let Front::Voice { call } = &self.front {
            // It may be over already.
            call.hang_up().ok();
            call.ended().await;
            while self.twilio.stats().calls_ended < self.twilio.stats().calls {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            self.settle().await;
        }
    }

    fn call(&self) -> anyhow::Result<&Call> {
        match &self.front {
            Front::Voice { call } => Ok(call),
            _ => bail!("only on a call: begin one with --channel voice"),
        }
    }

    pub async fn photo(&self) -> anyhow::Result<()> {
        match &self.front {
            Front::Whatsapp { .. } => {
                self.meta.say_photo(WA_ID, "image/png", Bytes::from_static(PHOTO), None)?;
                Ok(())
            }
            Front::Sms { .. } => {
                self.twilio.sms_media(PHONE, "", "image/png", Bytes::from_static(PHOTO))?;
                Ok(())
            }
            Front::Voice { .. } => bail!("a call shows no photos"),
            Front::Webchat { .. } => {
                let answer: Value = self
                    .post("/webchat/media")
                    .header("content-type", "image/png")
                    .body(PHOTO)
                    .send()
                    .await?
                    .error_for_status()?
                    .json()
                    .await?;
                self.web(json!({ "type": "photo", "media": answer["media"] })).await
            }
        }
    }

    /// Everything said since, as lines; options are numbered.
    pub async fn heard(&mut self) -> anyhow::Result<Vec<String>> {
        if let Front::Voice { call } = &self.front {
            return Ok(spoken(call).await);
        }
        self.settle().await;
        let bubbles = match &self.front {
            Front::Sms { .. } => self.texts()?,
            Front::Webchat { .. } => self.web_bubbles().await?,
            Front::Whatsapp { .. } | Front::Voice { .. } => self.wa_bubbles()?,
        };
        let mut lines = Vec::new();
        for bubble in bubbles {
            lines.push(bubble.text);
            self.options = bubble.options;
            lines.extend(
                self.options.iter().enumerate().map(|(n, choice)| format!("  [{}] {}", n + 1, choice.title)),
            );
            lines.push(String::new());
        }
        Ok(lines)
    }

    /// Waits until everything said has been answered.
    async fn settle(&self) {
        loop {
            while self.meta.stats().webhooks.waiting > 0 || self.twilio.stats().waiting > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            self.app.bus.conversations.settled().await;
            self.app.bus.outbox.settled().await;
            if self.meta.stats().webhooks.waiting == 0 && self.app.bus.conversations.is_idle() {
                return;
            }
        }
    }

    fn wa(&self, said: Said) -> anyhow::Result<()> {
        self.meta.say(WA_ID, said)?;
        Ok(())
    }

    fn wa_bubbles(&mut self) -> anyhow::Result<Vec<Heard>> {
        let Front::Whatsapp { seen } = &mut self.front else { bail!("not on WhatsApp") };
        let mut heard = Vec::new();
        for bubble in self.meta.bubbles(WA_ID, *seen) {
            *seen = bubble.seq;
            let bubble = serde_json::to_value(&bubble)?;
            if bubble["from"] == "town" {
                heard.push(Heard::of_whatsapp(&bubble));
            }
        }
        Ok(heard)
    }

    fn texts(&mut self) -> anyhow::Result<Vec<Heard>> {
        let Front::Sms { seen } = &mut self.front else { bail!("not by SMS") };
        let texts = self.twilio.texts(PHONE, *seen);
        *seen = texts.last().map_or(*seen, |text| text.seq);
        let town = texts.into_iter().filter(|text| text.from_town);
        Ok(town.map(|text| Heard { text: text.text.to_string(), options: Vec::new() }).collect())
    }

    async fn web_bubbles(&mut self) -> anyhow::Result<Vec<Heard>> {
        let Front::Webchat { token, after } = &mut self.front else { bail!("not on web chat") };
        let query = after.map(|id| format!("?after={id}")).unwrap_or_default();
        let url = format!("{}/webchat/messages{query}", self.app.config.server.public_url);
        let answer = self.app.http.get(url).bearer_auth(&*token).send().await?.error_for_status()?;
        let answer: Value = answer.json().await?;
        let messages = answer["messages"].as_array().cloned().unwrap_or_default();
        if let Some(last) = messages.last() {
            *after = last["id"].as_str().and_then(|id| id.parse().ok());
        }
        Ok(messages.iter().map(|message| Heard::of_webchat(&message["message"])).collect())
    }

    async fn web(&self, mut body: Value) -> anyhow::Result<()> {
        body["id"] = json!(self.app.ids.next());
        self.post("/webchat/messages").json(&body).send().await?.error_for_status().context("web chat")?;
        Ok(())
    }

    fn post(&self, path: &str) -> reqwest::RequestBuilder {
        let request = self.app.http.post(format!("{}{path}", self.app.config.server.public_url));
        match &self.front {
            Front::Webchat { token, .. } => request.bearer_auth(token),
            Front::Whatsapp { .. } | Front::Sms { .. } | Front::Voice { .. } => request,
        }
    }
}

async fn open_session(app: &App) -> anyhow::Result<String> {
    let url = format!("{}/webchat/session", app.config.server.public_url);
    let answer: Value = app.http.post(url).send().await?.error_for_status()?.json().await?;
    Ok(answer["token"].as_str().unwrap_or_default().to_owned())
}

/// What a call said until it listens again.
async fn spoken(call: &Call) -> Vec<String> {
    let said = call.heard().await.into_iter().map(|said| said.text.to_string());
    let ended = (call.state() == CallState::Ended).then(|| "(the call is over)".to_owned());
    said.chain(ended).chain([String::new()]).collect()
}

/// A bubble of the town.
struct Heard {
    text: String,
    options: Vec<Choice>,
}

impl Heard {
    fn of_whatsapp(bubble: &Value) -> Self {
        let message = bubble["id"].as_str().unwrap_or_default();
        let rows = &bubble["list"]["rows"];
        let options = if rows.is_array() { rows } else { &bubble["buttons"] };
        let options = options.as_array().into_iter().flatten();
        let row = rows.is_array();
        Self {
            text: bubble["text"].as_str().unwrap_or_default().to_owned(),
            options: options.map(|option| Choice::read(option, "id", "title", message, row)).collect(),
        }
    }

    fn of_webchat(message: &Value) -> Self {
        let options = if message["rows"].is_array() { &message["rows"] } else { &message["buttons"] };
        let options = options.as_array().into_iter().flatten();
        Self {
            text: message["text"].as_str().unwrap_or_default().to_owned(),
            options: options.map(|option| Choice::read(option, "payload", "label", "", false)).collect(),
        }
    }
}

impl Choice {
    fn read(option: &Value, payload: &str, title: &str, message: &str, row: bool) -> Self {
        let text = |key: &str| option[key].as_str().unwrap_or_default().to_owned();
        Self { payload: text(payload), title: text(title), message: message.to_owned(), row }
    }

    fn said(&self) -> Said {
        let (id, title, message_id) = (self.payload.clone(), self.title.clone(), self.message.clone());
        if self.row {
            Said::Row { id, title, description: None, message_id }
        } else {
            Said::Button { id, title, message_id }
        }
    }
}
