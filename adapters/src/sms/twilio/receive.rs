//! Twilio's webhooks -> [`Event`]. Called by `mod.rs`; it must read nothing before the signature was checked.

use bytes::Bytes;
use http::{Request, StatusCode};

use crate::{
    Body, Channel, ConsentNews, ConsentScope, DeliveryState, Event, Inbound, Media, MediaKind, ProviderError,
    Reception, Refusal, Sender, StatusUpdate, Wish,
    sms::{Sms, SmsProvider, answer, heard, kept_apart, person},
    twilio::{Form, TwilioConfig, silence, verified},
};

/// Twilio: an MMS carries at most ten files.
const MAX_FILES: usize = 10;

impl Sms {
    fn twilio_account(&self) -> Result<&TwilioConfig, Refusal> {
        let reason = "there is no account of Twilio's in the configuration";
        self.config.twilio.as_ref().ok_or(Refusal { status: StatusCode::FORBIDDEN, reason })
    }

    /// A message. Whatever it is, Twilio hears that we have it: it would not be sent again anyway.
    pub(in crate::sms) fn hear_twilio(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let account = self.twilio_account()?;
        let form = verified(account, request)?;
        Ok(match self.twilio_events(account, &form) {
            Ok(events) => heard(events, silence()),
            Err(reason) => kept_apart(reason, request.body().clone(), silence()),
        })
    }

    fn twilio_events(&self, account: &TwilioConfig, form: &Form) -> Result<Vec<Event>, &'static str> {
        let word = |name| form.word(name).unwrap_or_default();
        let (from, to) = (word("From"), word("To"));
        if word("AccountSid") != account.account_sid {
            return Err("a message of another Twilio account");
        }
        if from.contains(':') || to.contains(':') {
            // `whatsapp:+52…`, `messenger:…`, `rcs:…`: those channels do not come to us through Twilio.
            return Err("a message of another channel came in as SMS: Twilio's console points here");
        }
        let ours = self.number(SmsProvider::Twilio, &to).ok_or("a message for a number that is not ours")?;
        let ids = ["MessageSid", "SmsMessageSid", "SmsSid"];
        let id = ids.into_iter().find_map(|name| form.word(name)).ok_or("a message without an id")?;
        // A bank's name or a short code: nobody there reads an answer.
        let Some(from) = person::sender(&from, &ours.number) else { return Ok(Vec::new()) };
        Ok(match word("OptOutType").to_ascii_uppercase().as_str() {
            "STOP" => vec![consent(id, from, Wish::OptOut)],
            "START" => vec![consent(id, from, Wish::OptIn)],
            // Twilio has sent its help text already.
            "HELP" => Vec::new(),
            _ => messages(form, &id, &from),
        })
    }

    /// News of a message of ours.
    pub(in crate::sms) fn hear_twilio_status(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let account = self.twilio_account()?;
        let form = verified(account, request)?;
        let reference = Form::of_query(request)?.word("ref");
        if form.word("AccountSid").as_ref() != Some(&account.account_sid) {
            let reason = "a status of another Twilio account";
            return Ok(kept_apart(reason, request.body().clone(), answer::no_content()));
        }
        let status = self.twilio_status(&form, reference).map(Event::Status);
        Ok(heard(status.into_iter().collect(), answer::no_content()))
    }

    fn twilio_status(&self, form: &Form, reference: Option<String>) -> Option<StatusUpdate> {
        let state = state(&form.word("MessageStatus").or_else(|| form.word("SmsStatus"))?)?;
        let from = form.word("From").unwrap_or_default();
        let account = self.number(SmsProvider::Twilio, &from).map_or(from, |ours| ours.number.clone());
        let provider_id = form.word("MessageSid").or_else(|| form.word("SmsSid"))?;
        let error = form
            .word("ErrorCode")
            .and_then(|code| code.parse().ok())
            .map(|code| ProviderError { code, title: form.word("ErrorMessage").unwrap_or_default() });
        // `RawDlrDoneDate` is in the carrier's own time zone, which nobody tells.
        let at = None;
        Some(StatusUpdate { channel: Channel::Sms, account, provider_id, reference, state, at, error })
    }
}

/// Only Advanced Opt-Out tells the type. Twilio has answered the person, and lets nothing more through to them.
fn consent(id: String, from: Sender, wish: Wish) -> Event {
    Event::Consent(ConsentNews { id, from, wish, scope: ConsentScope::Channel, at: None })
}

/// One event a file; the text goes with the first.
fn messages(form: &Form, id: &str, from: &Sender) -> Vec<Event> {
    let text = form.phrase("Body").unwrap_or_default();
    let announced = form.word("NumMedia").and_then(|count| count.parse().ok()).unwrap_or(0_usize);
    let mut files: Vec<Media> = (0..announced.min(MAX_FILES)).filter_map(|index| file(form, index)).collect();
    if let Some(first) = files.first_mut() {
        first.caption = Some(text.clone()).filter(|text| !text.trim().is_empty());
    }
    match files.len() {
        0 if announced > 0 && text.trim().is_empty() => {
            vec![message(id.to_owned(), from, Body::Unsupported { kind: "media".to_owned() })]
        }
        0 => vec![message(id.to_owned(), from, Body::Text { text })],
        1 => files.into_iter().map(|file| message(id.to_owned(), from, Body::Media(file))).collect(),
        _ => {
            let numbered = files.into_iter().enumerate();
            numbered.map(|(n, file)| message(format!("{id}:{n}"), from, Body::Media(file))).collect()
        }
    }
}

fn file(form: &Form, index: usize) -> Option<Media> {
    let source = form.word(&format!("MediaUrl{index}"))?;
    let told = form.word(&format!("MediaContentType{index}")).unwrap_or_default();
    let mime = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let kind = match mime.split('/').next().unwrap_or_default() {
        "image" => MediaKind::Image,
        "audio" => MediaKind::Audio,
        "video" => MediaKind::Video,
        _ => MediaKind::Document,
    };
    let mime = if mime.is_empty() { "application/octet-stream".to_owned() } else { mime };
    Some(Media { kind, source, mime, caption: None, voice: false })
}

fn message(id: String, from: &Sender, body: Body) -> Event {
    Event::Message(Inbound {
        id,
        channel: Channel::Sms,
        account: from.address.account.clone(),
        from: from.clone(),
        // Twilio does not say when the message was sent.
        sent_at: None,
        body,
        reply_to: None,
        referral: None,
        forwarded: false,
    })
}

/// `None` for the words of incoming messages, and for those of the future.
fn state(told: &str) -> Option<DeliveryState> {
    match told {
        "accepted" | "scheduled" | "queued" | "sending" => Some(DeliveryState::Accepted),
        "sent" => Some(DeliveryState::Sent),
        "delivered" => Some(DeliveryState::Delivered),
        "read" => Some(DeliveryState::Read),
        "undelivered" | "failed" | "canceled" => Some(DeliveryState::Failed),
        _ => None,
    }
}
