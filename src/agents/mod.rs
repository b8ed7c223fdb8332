//! People of the town who answer citizens: the queue, taking a chat over, answering, passing it on, giving it back.
//!
//! Called by the console and the command line. While a chat is with a person the bot is silent; closing it gives it
//! back at the exact step where it was, or elsewhere. What the desk shows is put together in `view`, who is told of what
//! in `live`.

mod append;
mod approval;
mod ask;
mod assign;
pub(crate) mod bare;
mod block;
mod call_back;
mod chat;
mod explain;
mod file_report;
mod files;
mod find;
mod fitting;
mod genuine;
mod give_back;
mod hold;
mod lend;
mod lines;
pub mod live;
mod nobody_came;
mod notice;
mod packet;
mod prefill;
mod preview;
mod price;
mod quality;
mod rating;
mod reach;
mod refusals;
mod reply;
mod review;
pub mod sensitive;
mod stats;
mod talks;
mod teach;
mod templates;
pub mod times;
mod view;
mod whisper;
mod wording;

use uuid::Uuid;

pub use append::{Addition, OpenReport, append_report, open_reports};
pub use approval::{Awaiting, Sent, approve, give_it_back, send, withdraw};
pub use ask::{Ask, ask};
pub use block::{Blocked, block, blocked, unblock};
pub use call_back::{Called, Plan, called, ends_in, plan_call, withdraw_call};
pub use chat::{Chat, chat};
pub use explain::{Explained, explained};
pub use file_report::{Form, Where, file_report};
pub use files::{TakenIn, attachment, forget_unsent, largest as largest_file, take_in};
pub use find::{entry, find};
pub use give_back::{FlowName, Then, close, close_and_ask, flows};
pub use hold::{To, claim, drain, note, transfer};
pub use lend::{ASKABLE, Errand, lend};
pub use lines::{Line, last_lines};
pub use live::Desk;
pub use nobody_came::nobody_came;
pub use packet::Packet;
pub use prefill::{Prefilled, prefill};
pub use preview::{Preview, preview};
pub use price::{Cost, priced};
pub use rating::note_hard;
pub(crate) use reach::on_channel;
pub use refusals::ActError;
pub use reply::{Replied, Words, reply, take_back};
pub use review::{Example, ExampleState, examples, export, review};
pub use stats::{TeamStats, stats};
pub use talks::{JOINED, Talk, TalkListing, TalkSummary, count_talks, join, talk, talks};
pub use teach::{IntentName, Lesson, intents, teach};
pub use templates::{Chosen, Sendable, send_template, templates};
pub use view::{ChatRow, ChatState, Holder, Listing, listing, row};
pub use whisper::whisper;

use crate::{
    conversation::TurnError,
    staff::{self, Member, Permission},
    store::{StoreError, desk::Viewer},
};

/// Why something at the desk did not work.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    #[error("no open conversation has the id {0}: `ventanilla agents list` shows those that wait")]
    Unknown(String),
    #[error("this chat is closed")]
    Closed,
    #[error("{0} attends this conversation; only they can go on, or whoever takes it over")]
    Taken(String),
    #[error("the chat changed while you were writing: look at it again")]
    Stale,
    #[error("it is on its way already")]
    Gone,
    #[error("say why you take it over: {0} reads it")]
    NoReason(String),
    #[error("there is nothing to say: write the answer first")]
    Nothing,
    #[error("that is too long: at most {0} characters")]
    TooLong(usize),
    #[error("this person cannot be reached: they never wrote")]
    Unreachable,
    #[error("they talked by phone and did not agree to text messages: call them{}", at(.0.as_deref()))]
    CallThem(Option<String>),
    #[error("there is no {0} to pass it on to")]
    Nobody(&'static str),
    #[error("a call can only be promised for later than now")]
    CallPast,
    #[error("a call can be promised for the next 30 days")]
    CallFar,
    #[error("that is no phone number: write it with its ten digits, or with + and the country's code")]
    CallNumber,
    #[error("there is no number to call: write one")]
    CallNowhere,
    #[error("no call is promised in this chat")]
    NoCall,
    #[error(
        "they are not asked how they were attended: nobody answered, it was a crisis, or they were asked before"
    )]
    NotAsked,
    #[error("somebody of the town has this person already: look at the desk")]
    AtDesk,
    #[error("they are on a call with the bot: nobody can come in")]
    OnCall,
    #[error("say why, in up to 500 letters")]
    NoWhy,
    #[error("nobody attends this chat but you: leave a note instead")]
    NobodyAttends,
    #[error("what you write here is read by a supervisor first")]
    NeedsApproval,
    #[error("this was decided already")]
    Decided,
    #[error("no flow is called '{0}'")]
    NoFlow(String),
    #[error(transparent)]
    Act(#[from] ActError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Turn(#[from] TurnError),
}

fn at(phone: Option<&str>) -> String {
    phone.map_or_else(String::new, |phone| format!(" at {phone}"))
}

/// Who acts.
#[derive(Clone, PartialEq, Eq)]
pub struct By {
    /// Their account; the command line has none.
    pub staff: Option<Uuid>,
    /// As colleagues see it.
    pub name: String,
}

impl By {
    /// How the audit log spells them.
    pub fn actor(&self) -> String {
        self.staff.map_or_else(|| "cli".to_owned(), staff::named)
    }

    /// Somebody without an account.
    pub fn named(name: &str) -> Self {
        Self { staff: None, name: name.to_owned() }
    }
}

impl From<&Member> for By {
    fn from(member: &Member) -> Self {
        Self { staff: Some(member.id), name: member.name.clone() }
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("By").field("staff", &self.staff).finish_non_exhaustive()
    }
}

/// Which chats a member sees.
pub fn viewer(member: &Member) -> Viewer<'_> {
    let departments = (!member.sees_all_teams()).then_some(member.departments.as_slice());
    Viewer { staff: member.id, departments, sensitive: member.may(Permission::PrivateReports) }
}
