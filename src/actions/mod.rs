//! Actions: what flows ask for with `do`. Each runs inside the turn's transaction and gives its result to the flow.
//!
//! Adding one is a file with its argument type and a function, a variant of `Action`, and a line in [`known`].
//! An action changes the database only: replies are said by the flow, and nothing is sent before the commit.

mod call_back;
mod consent;
mod consent_state;
mod feedback;
mod file_report;
mod find_office;
mod find_service;
mod hand_over;
mod leave_queue;
mod my_reports;
mod prefer_channel;
mod privacy;
mod rate;
mod report_act;
mod report_join;
mod report_near;
mod report_status;
mod service_round;
mod who_attends;

use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;
use ventanilla_adapters::Address;
use ventanilla_flows::{ActionInfo, Suspended};
use ventanilla_values::Lang;

use report_act::Act;

use crate::{
    app::App,
    catalogue::Catalogue,
    reports::Citizen,
    store::{StoreError, Unit, conversations::Owner},
};

/// What the flow asked for, with its arguments read.
#[derive(Debug)]
enum Action {
    FileReport(file_report::Args),
    ReportStatus(report_status::Args),
    HandOver(hand_over::Args),
    CallBack(call_back::Args),
    Consent(consent::Args),
    ConsentState(consent_state::Args),
    FindService(find_service::Args),
    FindOffice(find_office::Args),
    ServiceRound(service_round::Args),
    Feedback(feedback::Args),
    PrivacyHeld,
    PrivacyRequest(privacy::Args),
    EraseChat,
    LeaveQueue(leave_queue::Args),
    PreferChannel(prefer_channel::Args),
    Rate(rate::Args),
    ReportNear(report_near::Args),
    ReportJoin(report_join::Args),
    ReportAct(Act, report_act::Args),
    MyReports(my_reports::Args),
    WhoAttends(who_attends::Args),
}

/// The actions that flows may name, with their arguments: what the lint compares them with.
pub fn known() -> Vec<ActionInfo> {
    vec![
        ActionInfo::new("file_report").requires(&["category", "place"]).takes(&[
            "description",
            "photo",
            "details",
            "anonymous",
            "for_other",
        ]),
        ActionInfo::new("report_status").requires(&["folio"]),
        ActionInfo::new("report_near").requires(&["category", "place"]).takes(&["description", "photo"]),
        ActionInfo::new("report_join").requires(&["folio"]).takes(&["photo"]),
        ActionInfo::new("report_conclude").requires(&["folio"]).takes(&["pin"]),
        ActionInfo::new("report_reopen").requires(&["folio", "said"]).takes(&["pin", "photo"]),
        ActionInfo::new("report_cancel").requires(&["folio"]).takes(&["pin"]),
        ActionInfo::new("report_add").requires(&["folio"]).takes(&["pin", "said", "photo"]),
        ActionInfo::new("my_reports").takes(&["stands"]),
        ActionInfo::new("who_attends").requires(&["place"]),
        ActionInfo::new("hand_over").requires(&["reason"]).takes(&["priority", "skill"]),
        ActionInfo::new("call_back").requires(&["reason"]).takes(&["phone"]),
        ActionInfo::new("leave_queue"),
        ActionInfo::new("prefer_channel").requires(&["channel"]),
        ActionInfo::new("rate").requires(&["score"]).takes(&["comment"]),
        ActionInfo::new("consent").requires(&["purposes", "state", "shown"]).takes(&["everywhere"]),
        ActionInfo::new("consent_state").requires(&["purpose"]),
        ActionInfo::new("find_service").takes(&["words", "intent"]),
        ActionInfo::new("find_office").takes(&["words", "department"]),
        ActionInfo::new("service_round").requires(&["service"]).takes(&["words", "place"]),
        ActionInfo::new("feedback").requires(&["kind"]).takes(&["said", "place", "score"]),
        ActionInfo::new("privacy_held"),
        ActionInfo::new("privacy_request").requires(&["kind"]).takes(&["folio", "pin"]),
        ActionInfo::new("erase_chat"),
    ]
}

/// Who asks, and the first two parts of the effect's key.
#[derive(Debug)]
pub struct Asker<'a> {
    pub person: Uuid,
    /// Where they are talked with.
    pub address: Address,
    pub turn: i64,
    pub idx: i64,
    pub lang: Lang,
    pub now: i64,
    pub catalogue: &'a Catalogue,
}

/// What an action changed besides the database.
#[derive(Debug, Default)]
pub struct Done {
    /// For the flow, or why it failed: a sentence for the log and the agent.
    pub result: Option<Result<Value, String>>,
    /// Who owns the conversation from now on.
    pub owner: Option<Owner>,
    /// Pass the call to this number (E.164).
    pub dial: Option<String>,
    /// Said once and not kept: what replies hold of it is masked after they were sent.
    pub secret: Option<String>,
    /// The queue of the desk changed.
    pub queue: bool,
}

impl Done {
    fn gives(value: Value) -> Self {
        Self { result: Some(Ok(value)), ..Self::default() }
    }

    fn fails(why: impl Into<String>) -> Self {
        Self { result: Some(Err(why.into())), ..Self::default() }
    }

    /// The result, for [`ventanilla_flows::Library::resume`].
    pub fn into_result(self) -> Result<Value, String> {
        self.result.unwrap_or(Ok(Value::Null))
    }
}

/// Who asks, for the reports.
fn citizen(asker: &Asker<'_>) -> Citizen {
    Citizen { person: asker.person, channel: asker.address.channel, at: asker.now }
}

/// A photo by its id in the media store.
fn photo(id: Option<&str>) -> Option<Uuid> {
    id.and_then(|id| id.parse().ok())
}

/// Carries an action out.
///
/// # Errors
/// When the database fails: then the whole turn is undone and done again. Everything else (bad arguments, an unknown
/// category) is a failure that the flow hears of.
pub async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, asked: &Suspended) -> Result<Done, StoreError> {
    metrics::counter!("ventanilla_actions_total", "action" => asked.action.clone()).increment(1);
    match read(asked) {
        Ok(Action::FileReport(args)) => file_report::run(app, unit, asker, args).await,
        Ok(Action::ReportStatus(args)) => report_status::run(unit, asker, &args).await,
        Ok(Action::HandOver(args)) => hand_over::run(app, unit, asker, args).await,
        Ok(Action::CallBack(args)) => call_back::run(app, unit, asker, args).await,
        Ok(Action::LeaveQueue(args)) => leave_queue::run(unit, asker, &args).await,
        Ok(Action::PreferChannel(args)) => prefer_channel::run(unit, asker, &args).await,
        Ok(Action::Rate(args)) => rate::run(unit, asker, &args).await,
        Ok(Action::ReportNear(args)) => report_near::run(unit, asker, args).await,
        Ok(Action::ReportJoin(args)) => report_join::run(app, unit, asker, args).await,
        Ok(Action::ReportAct(act, args)) => report_act::run(app, unit, asker, act, args).await,
        Ok(Action::MyReports(args)) => my_reports::run(unit, asker, &args).await,
        Ok(Action::WhoAttends(args)) => Ok(who_attends::run(asker, &args)),
        Ok(Action::Consent(args)) => consent::run(app, unit, asker, args).await,
        Ok(Action::ConsentState(args)) => consent_state::run(unit, asker, &args).await,
        Ok(Action::FindService(args)) => Ok(find_service::run(asker, &args)),
        Ok(Action::FindOffice(args)) => Ok(find_office::run(asker, &args)),
        Ok(Action::ServiceRound(args)) => Ok(service_round::run(asker, &args)),
        Ok(Action::Feedback(args)) => feedback::run(app, unit, asker, &args).await,
        Ok(Action::PrivacyHeld) => privacy::held(unit, asker).await,
        Ok(Action::PrivacyRequest(args)) => privacy::request(app, unit, asker, &args).await,
        Ok(Action::EraseChat) => privacy::erase_chat(unit, asker).await,
        Err(why) => Ok(Done::fails(why)),
    }
}

fn read(asked: &Suspended) -> Result<Action, String> {
    match asked.action.as_str() {
        "file_report" => args(asked).map(Action::FileReport),
        "report_status" => args(asked).map(Action::ReportStatus),
        "hand_over" => args(asked).map(Action::HandOver),
        "call_back" => args(asked).map(Action::CallBack),
        "leave_queue" => args(asked).map(Action::LeaveQueue),
        "prefer_channel" => args(asked).map(Action::PreferChannel),
        "rate" => args(asked).map(Action::Rate),
        "report_near" => args(asked).map(Action::ReportNear),
        "report_join" => args(asked).map(Action::ReportJoin),
        "report_conclude" => args(asked).map(|args| Action::ReportAct(Act::Conclude, args)),
        "report_reopen" => args(asked).map(|args| Action::ReportAct(Act::Reopen, args)),
        "report_cancel" => args(asked).map(|args| Action::ReportAct(Act::Cancel, args)),
        "report_add" => args(asked).map(|args| Action::ReportAct(Act::Add, args)),
        "my_reports" => args(asked).map(Action::MyReports),
        "who_attends" => args(asked).map(Action::WhoAttends),
        "consent" => args(asked).map(Action::Consent),
        "consent_state" => args(asked).map(Action::ConsentState),
        "find_service" => args(asked).map(Action::FindService),
        "find_office" => args(asked).map(Action::FindOffice),
        "service_round" => args(asked).map(Action::ServiceRound),
        "feedback" => args(asked).map(Action::Feedback),
        "privacy_held" => Ok(Action::PrivacyHeld),
        "privacy_request" => args(asked).map(Action::PrivacyRequest),
        "erase_chat" => Ok(Action::EraseChat),
        other => Err(format!("there is no action called {other}")),
    }
}

fn args<T: DeserializeOwned>(asked: &Suspended) -> Result<T, String> {
    T::deserialize(&asked.args).map_err(|err| format!("the arguments of {} do not fit: {err}", asked.action))
}
