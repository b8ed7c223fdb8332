//! Calls that an agent promises: planning one, changing or withdrawing it, and saying what came of it. The citizen is
//! told in one message, where they can be written to.

use chrono::DateTime;
use ventanilla_adapters::Outbound;
use ventanilla_values::{Lang, Phone};

use super::{
    AgentError, By,
    find::{current, free_for, holds},
    hold::{log, take_in},
    reply::{Telling, say},
    times,
};
use crate::{
    app::App,
    bus::DeskNews,
    catalogue::Text,
    store::{
        self, Unit,
        chat_log::Kind,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
    },
};

/// A promise for later than this (milliseconds) is forgotten by both.
const FARTHEST: i64 = 30 * 24 * 3600 * 1000;
const LONGEST_NOTE: usize = 500;

/// A call that is to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct Plan {
    /// Unix milliseconds.
    pub at: i64,
    /// As it was typed; `None`: the number that is known.
    pub phone: Option<String>,
    /// For who calls.
    pub note: String,
}

/// Numbers and notes are about people.
impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan").field("at", &self.at).finish_non_exhaustive()
    }
}

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called {
    Reached,
    /// Nobody picked up: again at this time (Unix ms).
    NoAnswer {
        again_at: i64,
    },
}

/// Promises a call, or changes the one that is promised. Who promises it attends the chat from now on.
///
/// # Errors
/// When the time or the number cannot be, somebody else attends it, it changed meanwhile, or the database fails.
pub async fn plan_call(
    app: &App,
    entry: HandoverRow,
    by: &By,
    plan: &Plan,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    if plan.note.trim().chars().count() > LONGEST_NOTE {
        return Err(AgentError::TooLong(LONGEST_NOTE));
    }
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let news = if entry.call_at.is_some() { News::Changed } else { News::Planned };
    let entry = planned(app, &unit, entry, by, plan, news).await?;
    finish(app, unit, entry).await
}

/// Takes a promise back.
///
/// # Errors
/// When there is none, somebody else attends it, it changed meanwhile, or the database fails.
pub async fn withdraw_call(app: &App, entry: HandoverRow, by: &By) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let unit = app.store.unit().await?;
    let entry = promised(current(&unit, &entry).await?)?;
    log(app, &unit, &entry, by, Kind::CallWithdrawn, "").await?;
    let entry = attended_by(app, &unit, entry, by).await?;
    let entry = without_call(app, &unit, entry).await?;
    let entry = tell(app, &unit, entry, by, |lang| withdrawn(lang).to_owned()).await?;
    finish(app, unit, entry).await
}

/// Says what came of a promised call. Who was reached was answered; who was not is called again.
///
/// # Errors
/// As [`withdraw_call`], and when the new time cannot be.
pub async fn called(
    app: &App,
    entry: HandoverRow,
    by: &By,
    outcome: Called,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let unit = app.store.unit().await?;
    let entry = promised(current(&unit, &entry).await?)?;
    let entry = match outcome {
        Called::Reached => {
            log(app, &unit, &entry, by, Kind::Called, "reached").await?;
            let entry = attended_by(app, &unit, entry, by).await?;
            // Until the answer is noted: whether it came in time is reckoned from when the call was due.
            let due = entry.due_at;
            let entry = store::handovers::end_call(&unit, entry, due).await?;
            store::handovers::answered(&unit, entry, app.clock.now()).await?
        }
        Called::NoAnswer { again_at } => {
            log(app, &unit, &entry, by, Kind::Called, "no_answer").await?;
            let plan = Plan { at: again_at, phone: None, note: String::new() };
            planned(app, &unit, entry, by, &plan, News::NotReached).await?
        }
    };
    finish(app, unit, entry).await
}

/// The last four digits: enough to know one's own number, too little for who reads along.
pub fn ends_in(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    digits.iter().skip(digits.len().saturating_sub(4)).collect()
}

async fn planned(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    by: &By,
    plan: &Plan,
    news: News,
) -> Result<HandoverRow, AgentError> {
    let now = app.clock.now();
    possible(plan.at, now)?;
    let phone = number(unit, &entry, plan.phone.as_deref()).await?;
    let note = plan.note.trim();
    let text = if note.is_empty() { plan.at.to_string() } else { format!("{}: {note}", plan.at) };
    let entry = attended_by(app, unit, entry, by).await?;
    log(app, unit, &entry, by, Kind::CallPlanned, &text).await?;
    let entry = store::handovers::plan_call(unit, entry, &phone, plan.at, now).await?;
    let when = in_words(app, plan.at);
    tell(app, unit, entry, by, |lang| news.words(lang, when.get(lang), &ends_in(&phone))).await
}

fn possible(at: i64, now: i64) -> Result<(), AgentError> {
    match at - now {
        ..=0 => Err(AgentError::CallPast),
        1..=FARTHEST => Ok(()),
        _ => Err(AgentError::CallFar),
    }
}

async fn number(unit: &Unit, entry: &HandoverRow, typed: Option<&str>) -> Result<String, AgentError> {
    match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => {
            let phone = Phone::parse(typed, true).map_err(|_| AgentError::CallNumber)?;
            Ok(phone.as_str().to_owned())
        }
        None => store::handovers::phone_to_call(&**unit, entry).await?.ok_or(AgentError::CallNowhere),
    }
}

fn promised(entry: HandoverRow) -> Result<HandoverRow, AgentError> {
    if entry.call_at.is_some() { Ok(entry) } else { Err(AgentError::NoCall) }
}

async fn attended_by(app: &App, unit: &Unit, entry: HandoverRow, by: &By) -> Result<HandoverRow, AgentError> {
    if holds(&entry, by) {
        return Ok(entry);
    }
    let entry = take_in(app, unit, entry, by).await?;
    store::conversations::give_to(unit, entry.person_id, Owner::Agent).await?;
    Ok(entry)
}

async fn without_call(app: &App, unit: &Unit, entry: HandoverRow) -> Result<HandoverRow, AgentError> {
    let without = HandoverRow { call_at: None, ..entry.clone() };
    let due = times::due(&app.contents.active.catalogue, &without);
    Ok(store::handovers::end_call(unit, entry, due).await?)
}

/// Whoever can only be called is not told: they hear it when the phone rings.
async fn tell(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    by: &By,
    words: impl FnOnce(Lang) -> String,
) -> Result<HandoverRow, AgentError> {
    let conversation = store::conversations::load(&**unit, entry.person_id).await?;
    let text = words(language(&conversation));
    let outbound = [Outbound { text, ..Outbound::default() }];
    match say(app, unit, entry.clone(), by, &Telling::words(&outbound, 0)).await {
        Ok(said) => Ok(said.entry),
        Err(AgentError::CallThem(_) | AgentError::Unreachable) => Ok(entry),
        Err(err) => Err(err),
    }
}

fn language(conversation: &Conversation) -> Lang {
    conversation.session.as_ref().map_or(Lang::ES, |session| session.lang)
}

async fn finish(app: &App, unit: Unit, entry: HandoverRow) -> Result<HandoverRow, AgentError> {
    unit.commit().await?;
    app.bus.outbox.wake(entry.person_id);
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(entry)
}

/// "mañana lunes 23 a las 10:00"
fn in_words(app: &App, at: i64) -> Text {
    let moment = |millis| DateTime::from_timestamp_millis(millis).unwrap_or_default();
    app.contents.active.catalogue.moment_in_words(moment(app.clock.now()), moment(at))
}

/// What the citizen is told.
#[derive(Debug, Clone, Copy)]
enum News {
    Planned,
    Changed,
    NotReached,
}

impl News {
    fn words(self, lang: Lang, when: &str, ends_in: &str) -> String {
        let english = lang == Lang::EN;
        let first = match self {
            Self::Planned if english => "We will call you",
            Self::Planned => "Te llamamos",
            Self::Changed if english => "We changed your call: we will call you",
            Self::Changed => "Cambiamos tu llamada: te llamamos",
            Self::NotReached if english => "We called you and nobody answered. We will call you again",
            Self::NotReached => "Te llamamos y no contestaste. Te volvemos a llamar",
        };
        if english {
            format!("{first} {when}, at the number that ends in {ends_in}.")
        } else {
            format!("{first} {when}, al número que termina en {ends_in}.")
        }
    }
}

fn withdrawn(lang: Lang) -> &'static str {
    if lang == Lang::EN {
        "The call that we agreed on is cancelled. If you still need it, write to us here."
    } else {
        "Ya no te haremos la llamada que quedamos. Si todavía la necesitas, escríbelo aquí."
    }
}
