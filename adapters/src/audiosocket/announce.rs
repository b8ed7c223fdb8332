//! What the dialplan tells of a call before it connects. AudioSocket itself knows neither caller nor number, and asks
//! for no password: a connection is only believed when its id was announced here.

use std::fmt;

use ventanilla_values::{Phone, canonical};

use crate::{
    Address, AddressKey, Body, CallEvent, Channel, Inbound, Sender, twilio::Form, voice::caller::SPELLED,
};

/// A body that the dialplan sends is far shorter.
const LONGEST: usize = 4096;
/// Digits of our number that are enough to know it by: exchanges often tell the last ones only.
const LAST_DIGITS: usize = 4;

/// The town's telephone exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Our numbers, E.164: the accounts of its calls.
    pub numbers: Vec<String>,
}

/// The number that was called is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number that was called is not in audiosocket.numbers")]
pub struct NotOurs;

/// A call that is about to connect, as a form: `from`, `to`, and perhaps `uuid`.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Announcement {
    /// The id that the dialplan chose, where it can make one.
    pub uuid: Option<String>,
    /// `CALLERID(num)`; empty or a word where it is withheld.
    pub from: String,
    /// `EXTEN`: our number, or its last digits. Empty where there is only one.
    pub to: String,
}

impl fmt::Debug for Announcement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Announcement(…)")
    }
}

impl Announcement {
    /// Reads `application/x-www-form-urlencoded`, as the dialplan's `CURL()` posts it. What is missing is empty; `None`
    /// for what is no such form at all.
    pub fn read(body: &[u8]) -> Option<Self> {
        let form = form(body)?;
        let word = |name| form.word(name).unwrap_or_default();
        Some(Self { uuid: form.word("uuid"), from: word("from"), to: word("to") })
    }
}

/// What became of a call that was passed on to a person, as the dialplan tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody answered and has finished; the call is over.
    Attended,
    /// Nobody picked up: the call comes back to us.
    Unattended,
    /// The caller hung up meanwhile.
    Ended,
}

impl Outcome {
    /// Of a form with `outcome`.
    pub fn read(body: &[u8]) -> Option<Self> {
        match form(body)?.word("outcome")?.as_str() {
            "attended" => Some(Self::Attended),
            "unattended" => Some(Self::Unattended),
            "ended" => Some(Self::Ended),
            _ => None,
        }
    }
}

fn form(body: &[u8]) -> Option<Form> {
    if body.len() > LONGEST { None } else { Form::read(body).ok() }
}

/// A call between its announcement and its end.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    id: String,
    account: String,
    from: String,
    /// Turns so far: a part of each message's id, so that no two answers are one message.
    turn: u32,
}

/// Whoever calls never reaches a log by `{:?}`.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("id", &self.id).field("turn", &self.turn).finish_non_exhaustive()
    }
}

impl Call {
    /// `id` are the 32 hexadecimal digits of the call's UUID.
    ///
    /// # Errors
    /// When the number that was called is none of ours.
    pub fn new(exchange: &Exchange, id: String, announced: &Announcement) -> Result<Self, NotOurs> {
        let account = called(exchange, &announced.to).ok_or(NotOurs)?;
        Ok(Self { id, account, from: announced.from.clone(), turn: 0 })
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Our number, as configured.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// It came in.
    pub fn started(&self) -> Inbound {
        self.event("start".to_owned(), CallEvent::Started)
    }

    /// Nothing can be said in it any more.
    pub fn ended(&self) -> Inbound {
        self.event("ended".to_owned(), CallEvent::Ended)
    }

    /// The next turn of the call begins.
    pub fn advance(&mut self) {
        self.turn = self.turn.saturating_add(1);
    }

    /// It was passed on to a person: whether somebody picked up.
    pub fn passed_on(&self, attended: bool) -> Inbound {
        let event = if attended { CallEvent::Attended } else { CallEvent::Unattended };
        self.event(format!("dial:{}", self.turn), event)
    }

    /// What the caller answered in this turn to the question `step` on its `attempt`.
    pub fn answered(&self, step: &str, attempt: u8, body: Body) -> Inbound {
        self.inbound(format!("{step}:{attempt}:{}", self.turn), body)
    }

    fn event(&self, what: String, event: CallEvent) -> Inbound {
        self.inbound(what, Body::Call { event })
    }

    /// The exchange tells no time.
    fn inbound(&self, what: String, body: Body) -> Inbound {
        Inbound {
            id: format!("{}:{what}", self.id),
            channel: Channel::Voice,
            account: self.account.clone(),
            from: self.sender(),
            sent_at: None,
            body,
            reply_to: None,
            referral: None,
            forwarded: false,
        }
    }

    /// `CALLERID(name)` is what a directory says of the line, not what anybody chose for themselves.
    fn sender(&self) -> Sender {
        let key = shown(&self.from)
            .map_or_else(|| AddressKey::Call(self.id.clone()), |phone| AddressKey::Phone(phone.to_string()));
        let (account, route) = (self.account.clone(), self.from.clone());
        Sender {
            address: Address { channel: Channel::Voice, account, key, route },
            also: Vec::new(),
            name: None,
        }
    }
}

/// The caller's phone, if the network shows one. A line in Mexico shows ten digits without the country; an extension
/// of the exchange is nobody's phone. It is easily forged: it names an address, and proves nothing.
fn shown(from: &str) -> Option<Phone> {
    let digits = from.strip_prefix('+').unwrap_or(from);
    let withheld = SPELLED.iter().any(|word| word.trim_start_matches('+') == digits);
    if withheld || digits.len() < 10 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match from.starts_with('+') {
        true => Phone::from_wa_id(from).ok(),
        false => Phone::parse(digits, true).ok(),
    }
}

fn called(exchange: &Exchange, to: &str) -> Option<String> {
    if to.is_empty() {
        return exchange.numbers.first().cloned();
    }
    let digits: String = to.chars().filter(char::is_ascii_digit).collect();
    let same = |number: &&String| canonical(number) == canonical(&digits);
    let ends = |number: &&String| digits.len() >= LAST_DIGITS && number.ends_with(&digits);
    let numbers = || exchange.numbers.iter();
    numbers().find(same).or_else(|| numbers().find(ends)).cloned()
}
