//! The body of a send, checked as Twilio checks it.

use std::collections::BTreeMap;

use reqwest::Url;

use super::refusal::Refusal;
use crate::simulator::twilio::{form::decode, phone, voice::twiml::is_e164};

/// Twilio counts characters of the whole message.
pub(super) const MOST_TEXT: usize = 1_600;
const MOST_MEDIA: usize = 10;

/// What Twilio documents for this resource. It ignores other names; the simulator does not, since a misspelt
/// `StatusCallback` would otherwise go unseen.
const KNOWN: &[&str] = &[
    "To",
    "From",
    "MessagingServiceSid",
    "Body",
    "MediaUrl",
    "StatusCallback",
    "ValidityPeriod",
    "SmartEncoded",
    "ProvideFeedback",
    "MaxPrice",
    "Attempt",
    "ShortenUrls",
    "RiskCheck",
    "ApplicationSid",
];

/// A send that may go.
#[derive(Clone)]
pub(super) struct Send {
    /// The phone's digits.
    pub(super) phone: String,
    /// As it was asked for: a plus and digits.
    pub(super) to: String,
    /// `None`: the Messaging Service chooses.
    pub(super) from: Option<String>,
    pub(super) body: String,
    pub(super) media: usize,
    pub(super) callback: Option<Url>,
}

/// What the account owns.
pub(super) struct Account<'a> {
    pub(super) number: &'a str,
    pub(super) service: Option<&'a str>,
}

pub(super) fn read(bytes: &[u8], account: &Account<'_>) -> Result<Send, Refusal> {
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in decode(bytes) {
        fields.entry(name).or_default().push(value);
    }
    if let Some(name) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(Refusal::new(20_001, format!("Unknown parameter {name}")));
    }
    let one =
        |name: &str| fields.get(name).and_then(|values| values.first()).filter(|value| !value.is_empty());
    let (phone, to) = recipient(one("To"))?;
    let from = sender(one("From"), one("MessagingServiceSid"), account)?;
    let media = media(fields.get("MediaUrl").map_or(&[], Vec::as_slice))?;
    let body = body(one("Body"), media)?;
    let callback = one("StatusCallback").map(|url| callback(url)).transpose()?;
    options(&one)?;
    Ok(Send { phone, to, from, body, media, callback })
}

fn recipient(to: Option<&String>) -> Result<(String, String), Refusal> {
    let to = to.ok_or_else(|| Refusal::of(21_604))?;
    let invalid = || Refusal::new(21_211, format!("The 'To' number {to} is not a valid phone number."));
    if !is_e164(to) {
        return Err(invalid());
    }
    let phone = phone::key(to.trim_start_matches('+')).map_err(|_| invalid())?;
    // Mexican numbers have ten digits after the country's.
    if phone.starts_with("52") && phone.len() != 12 {
        return Err(invalid());
    }
    Ok((phone, to.clone()))
}

fn sender(
    from: Option<&String>,
    service: Option<&String>,
    account: &Account<'_>,
) -> Result<Option<String>, Refusal> {
    match (from, service) {
        (None, None) => Err(Refusal::of(21_603)),
        (None, Some(service)) if Some(service.as_str()) == account.service => Ok(None),
        (None, Some(_)) => Err(Refusal::of(21_701)),
        (Some(from), _) if from == account.number => Ok(Some(from.clone())),
        (Some(from), _) if is_e164(from) => Err(Refusal::new(
            21_606,
            format!(
                "The From phone number {from} is not a valid, SMS-capable inbound phone number or short code for your account."
            ),
        )),
        (Some(from), _) => Err(Refusal::new(
            21_212,
            format!(
                "The 'From' number {from} is not a valid phone number, shortcode, or alphanumeric sender ID."
            ),
        )),
    }
}

fn media(urls: &[String]) -> Result<usize, Refusal> {
    let valid = urls.iter().all(|url| callback(url).is_ok());
    if valid && urls.len() <= MOST_MEDIA { Ok(urls.len()) } else { Err(Refusal::of(21_620)) }
}

fn body(body: Option<&String>, media: usize) -> Result<String, Refusal> {
    match body {
        Some(body) if body.chars().count() > MOST_TEXT => Err(Refusal::of(21_617)),
        Some(body) => Ok(body.clone()),
        None if media > 0 => Ok(String::new()),
        None => Err(Refusal::of(21_602)),
    }
}

fn callback(url: &str) -> Result<Url, Refusal> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| Refusal::of(21_609))
}

/// The rest, whose values mean nothing here but must be right.
fn options<'a>(one: &impl Fn(&str) -> Option<&'a String>) -> Result<(), Refusal> {
    let within = |name: &str, least: u32, most: u32| {
        one(name).is_none_or(|value| value.parse().is_ok_and(|number: u32| (least..=most).contains(&number)))
    };
    let boolean = |name: &str| one(name).is_none_or(|value| matches!(value.as_str(), "true" | "false"));
    let wrong = |name: &str| Err(Refusal::new(20_001, format!("Invalid value for {name}")));
    if !within("ValidityPeriod", 1, 36_000) {
        return wrong("ValidityPeriod");
    }
    if !within("Attempt", 1, u32::MAX) {
        return wrong("Attempt");
    }
    ["SmartEncoded", "ProvideFeedback", "ShortenUrls"]
        .into_iter()
        .find(|name| !boolean(name))
        .map_or(Ok(()), wrong)
}
