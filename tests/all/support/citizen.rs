//! A person with a phone, or at the town's page: says things at the server's real door and hears the answers.

use bytes::Bytes;
use serde_json::{Value, json};
use ventanilla::simulator::{Attached, Location, Profile, Said, twilio::Call};

use super::TestApp;

/// A picture of one pixel.
pub const PHOTO: &[u8] = include_bytes!("../../../src/cli/chat/pixel.png");

pub struct Citizen<'a> {
    app: &'a TestApp,
    front: Front,
    /// Of the last answer.
    options: Vec<Offered>,
}

enum Front {
    Whatsapp { wa_id: String, seen: u64 },
    Sms { phone: String, seen: u64 },
    Voice { call: Call },
    Webchat { token: String, after: Option<String>, sent: u32 },
}

#[derive(Debug, Clone)]
struct Offered {
    payload: String,
    title: String,
    description: Option<String>,
    message: String,
    row: bool,
}

impl<'a> Citizen<'a> {
    pub(super) fn on_whatsapp(app: &'a TestApp, name: &str) -> Self {
        let wa_id = format!("521{}", number(name));
        let profile = Profile { name: Some(name.to_owned()), ..Profile::default() };
        app.simulator.set_profile(&wa_id, profile).unwrap();
        Self { app, front: Front::Whatsapp { wa_id, seen: 0 }, options: Vec::new() }
    }

    pub(super) fn by_sms(app: &'a TestApp, name: &str) -> Self {
        let phone = format!("52{}", number(name));
        Self { app, front: Front::Sms { phone, seen: 0 }, options: Vec::new() }
    }

    pub(super) fn on_the_phone(app: &'a TestApp, name: &str) -> Self {
        let call = app.twilio.call(&format!("52{}", number(name))).unwrap();
        Self { app, front: Front::Voice { call }, options: Vec::new() }
    }

    /// Ends the call, and waits until the town knows.
    pub async fn hangs_up(&self) {
        let call = self.call();
        call.hang_up().unwrap();
        let ended = format!("{}:ended", call.sid());
        let known = "SELECT COUNT(*) AS n FROM inbox WHERE provider_id = $1 AND state = 'done'";
        self.app
            .until("the town hears that the call is over", async || {
                self.app.count(known, [ended.clone().into()]).await == 1
            })
            .await;
        self.app.settle().await;
    }

    /// The call, for what only a call can do.
    pub fn call(&self) -> &Call {
        match &self.front {
            Front::Voice { call } => call,
            _ => panic!("not on the phone"),
        }
    }

    pub(super) async fn on_webchat(app: &'a TestApp) -> Self {
        let answer = app.post("/webchat/session").send().await.unwrap().error_for_status().unwrap();
        let answer: Value = answer.json().await.unwrap();
        let token = answer["token"].as_str().unwrap().to_owned();
        Self { app, front: Front::Webchat { token, after: None, sent: 0 }, options: Vec::new() }
    }

    /// The simulated phone's number.
    pub fn wa_id(&self) -> &str {
        match &self.front {
            Front::Whatsapp { wa_id, .. } => wa_id,
            _ => panic!("not on WhatsApp"),
        }
    }

    /// The phone that texts are sent from: country and number.
    pub fn phone(&self) -> &str {
        match &self.front {
            Front::Sms { phone, .. } => phone,
            _ => panic!("not by SMS"),
        }
    }

    pub async fn says(&mut self, text: &str) {
        match &self.front {
            Front::Whatsapp { .. } => self.wa(Said::Text { text: text.to_owned() }),
            Front::Sms { phone, .. } => {
                self.app.twilio.sms(phone, text).unwrap();
            }
            Front::Voice { call } => call.say(text, Some(0.9)).unwrap(),
            Front::Webchat { .. } => self.web(json!({ "type": "text", "text": text })).await,
        }
    }

    /// Presses the button or row of the last answer that reads so.
    pub async fn presses(&mut self, label: &str) {
        let fits = |option: &&Offered| option.title == label || option.description.as_deref() == Some(label);
        let found = self.options.iter().find(fits).cloned();
        let Some(option) = found else { panic!("nobody offered '{label}', but {:?}", self.options) };
        match &self.front {
            Front::Whatsapp { .. } => self.wa(option.said()),
            Front::Sms { .. } | Front::Voice { .. } => panic!("there are no buttons"),
            Front::Webchat { .. } => {
                let body = json!({ "type": "choice", "payload": option.payload, "title": option.title });
                self.web(body).await;
            }
        }
    }

    pub async fn sends_pin(&mut self, latitude: f64, longitude: f64) {
        match &self.front {
            Front::Whatsapp { .. } => {
                self.wa(Said::Location(Location { latitude, longitude, name: None, address: None }));
            }
            Front::Sms { .. } | Front::Voice { .. } => panic!("there is no map"),
            Front::Webchat { .. } => {
                self.web(json!({ "type": "location", "lat": latitude, "lon": longitude })).await;
            }
        }
    }

    pub async fn sends_photo(&mut self) {
        match &self.front {
            Front::Whatsapp { wa_id, .. } => {
                self.app.simulator.say_photo(wa_id, "image/png", Bytes::from_static(PHOTO), None).unwrap();
            }
            Front::Sms { phone, .. } => {
                self.app.twilio.sms_media(phone, "", "image/png", Bytes::from_static(PHOTO)).unwrap();
            }
            Front::Voice { .. } => panic!("a call shows no photos"),
            Front::Webchat { token, .. } => {
                let upload =
                    self.app.post("/webchat/media").bearer_auth(token).header("content-type", "image/png");
                let answer = upload.body(PHOTO).send().await.unwrap().error_for_status().unwrap();
                let answer: Value = answer.json().await.unwrap();
                self.web(json!({ "type": "photo", "media": answer["media"] })).await;
            }
        }
    }

    /// A voice note, or an audio file where it is none.
    pub async fn sends_audio(&mut self, mime: &str, audio: &'static [u8]) {
        match &self.front {
            Front::Whatsapp { .. } => {
                let attached = Attached::new(mime, audio);
                let voice = mime.starts_with("audio/ogg");
                self.wa(if voice { Said::Voice(attached) } else { Said::Audio(attached) });
            }
            Front::Sms { phone, .. } => {
                self.app.twilio.sms_media(phone, "", mime, Bytes::from_static(audio)).unwrap();
            }
            Front::Voice { .. } => panic!("a call is no voice note"),
            Front::Webchat { token, .. } => {
                let upload = self.app.post("/webchat/media").bearer_auth(token).header("content-type", mime);
                let answer = upload.body(audio).send().await.unwrap().error_for_status().unwrap();
                let answer: Value = answer.json().await.unwrap();
                self.web(json!({ "type": "audio", "media": answer["media"] })).await;
            }
        }
    }

    /// Something that the town cannot read.
    pub async fn sends_unsupported(&mut self, kind: &str) {
        match &self.front {
            Front::Whatsapp { .. } => self.wa(Said::Unsupported { kind: kind.to_owned() }),
            Front::Sms { .. } | Front::Voice { .. } => panic!("everything can be read here"),
            Front::Webchat { .. } => self.web(json!({ "type": kind })).await,
        }
    }

    /// Every bubble of the town since the last time, options in brackets below the text.
    pub async fn hears(&mut self) -> Vec<String> {
        if let Front::Voice { call } = &self.front {
            return call.heard().await.into_iter().map(|said| said.text.to_string()).collect();
        }
        self.app.settle().await;
        let bubbles = match &self.front {
            Front::Whatsapp { .. } => self.new_on_the_phone(),
            Front::Sms { .. } => self.new_texts(),
            Front::Voice { .. } => unreachable!("answered above"),
            Front::Webchat { .. } => self.new_on_the_page().await,
        };
        if let Some((_, options)) = bubbles.last() {
            self.options.clone_from(options);
        }
        bubbles.into_iter().map(readable).collect()
    }

    /// Says something and hears the answer, as one text. What the town keeps for a moment, in case more belongs to
    /// it, is given that moment.
    pub async fn asks(&mut self, text: &str) -> String {
        self.says(text).await;
        let mut heard = self.hears().await;
        if heard.is_empty() {
            self.app.advance(self.app.app().config.conversation.burst()).await;
            heard = self.hears().await;
        }
        heard.join("\n\n")
    }

    fn wa(&self, said: Said) {
        self.app.simulator.say(self.wa_id(), said).unwrap();
    }

    async fn web(&mut self, mut body: Value) {
        let Front::Webchat { token, sent, .. } = &mut self.front else { panic!("not at the page") };
        *sent += 1;
        body["id"] = json!(format!("page-{sent}"));
        let request = self.app.post("/webchat/messages").bearer_auth(token).json(&body);
        request.send().await.unwrap().error_for_status().unwrap();
    }

    fn new_on_the_phone(&mut self) -> Vec<(String, Vec<Offered>)> {
        let Front::Whatsapp { wa_id, seen } = &mut self.front else { panic!("not on WhatsApp") };
        let mut heard = Vec::new();
        for bubble in self.app.simulator.bubbles(wa_id, *seen) {
            *seen = bubble.seq;
            let bubble = serde_json::to_value(&bubble).unwrap();
            if bubble["from"] != "town" {
                continue;
            }
            let (buttons, rows) = (list(&bubble["buttons"]), list(&bubble["list"]["rows"]));
            let of = |option: &Value, row| Offered::read(option, ["id", "title"], &bubble["id"], row);
            let buttons = buttons.iter().map(|button| of(button, false));
            heard
                .push((word(&bubble["text"]), buttons.chain(rows.iter().map(|row| of(row, true))).collect()));
        }
        heard
    }

    fn new_texts(&mut self) -> Vec<(String, Vec<Offered>)> {
        let Front::Sms { phone, seen } = &mut self.front else { panic!("not by SMS") };
        let texts = self.app.twilio.texts(phone, *seen);
        *seen = texts.last().map_or(*seen, |text| text.seq);
        let town = texts.into_iter().filter(|text| text.from_town);
        town.map(|text| (text.text.to_string(), Vec::new())).collect()
    }

    async fn new_on_the_page(&mut self) -> Vec<(String, Vec<Offered>)> {
        let Front::Webchat { token, after, .. } = &mut self.front else { panic!("not at the page") };
        let query = after.as_ref().map(|id| format!("?after={id}")).unwrap_or_default();
        let request = self.app.get(&format!("/webchat/messages{query}")).bearer_auth(token);
        let answer: Value = request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap();
        let messages = list(&answer["messages"]);
        if let Some(last) = messages.last() {
            *after = Some(word(&last["id"]));
        }
        let heard = messages.iter().map(|message| {
            let message = &message["message"];
            let options = list(&message["buttons"]).into_iter().chain(list(&message["rows"]));
            let options =
                options.map(|option| Offered::read(&option, ["payload", "label"], &Value::Null, false));
            (word(&message["text"]), options.collect())
        });
        heard.collect()
    }
}

impl Offered {
    fn read(option: &Value, [payload, title]: [&str; 2], message: &Value, row: bool) -> Self {
        Self {
            payload: word(&option[payload]),
            title: word(&option[title]),
            description: option["description"].as_str().map(str::to_owned),
            message: word(message),
            row,
        }
    }

    fn said(self) -> Said {
        let Self { payload: id, title, description, message: message_id, row } = self;
        if row {
            Said::Row { id, title, description, message_id }
        } else {
            Said::Button { id, title, message_id }
        }
    }
}

/// Ten digits; the same for the same name, so that a person has one phone on every channel.
fn number(name: &str) -> String {
    let number = name.bytes().fold(7_u64, |sum, byte| (sum * 131 + u64::from(byte)) % 10_000_000);
    format!("981{number:07}")
}

fn readable((text, options): (String, Vec<Offered>)) -> String {
    options.iter().fold(text, |text, option| format!("{text}\n[{}]", option.title))
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
