//! Whatever citizens do with the demo town's real flows: nothing panics, nothing loops, nobody is left without an
//! answer or a way out, and the same talk gives the same again.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use minijinja::context;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value as Json, json};
use ventanilla_flows::{Answer, Command, Event, FlowInfo, Frame, Library, Session, Suggestion, Turn, World};
use ventanilla_values::{Lang, Value};

use super::{conversations::library, demo};
use crate::content::channels;

const NOW: &str = "2026-11-24T10:00:00-06:00";
/// Results that an action may take in a row before something must be asked or be over.
const RESULTS: usize = 30;

static LIBRARY: LazyLock<Library> = LazyLock::new(library);

/// What a citizen, or the policy for them, may do.
#[derive(Debug, Clone)]
enum Act {
    Command(Command),
    /// Presses an option of the newest question, by its place.
    Press(usize),
    /// Presses an option of an older one.
    PressOld(usize),
}

/// Any flow, for one of its intents or for none.
fn flow_and_intent() -> impl Strategy<Value = (String, Option<String>)> {
    let of = |flow: &FlowInfo| {
        let intents = flow.intents.iter().cloned().map(Some).chain([None]);
        intents.map(|intent| (flow.name.clone(), intent)).collect::<Vec<_>>()
    };
    select(LIBRARY.flows().map(of).collect::<Vec<_>>()).prop_flat_map(select)
}

/// One that a citizen can ask for. "¿Te refieres a…?" offers no other.
fn flow_with_intents() -> impl Strategy<Value = String> {
    let asked_for = LIBRARY.flows().filter(|flow| !flow.intents.is_empty());
    select(asked_for.map(|flow| flow.name.clone()).collect::<Vec<String>>())
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(vec![
            "sí", "no", "1", "2", "9", "bache", "calle 20 por 15", "no sé", "omitir", "PC-4827-1361", "041927", "tres",
            "982 555 0142", "nada", "otro", "ninguna", "cancelar", "hola", "{{ town.name }}", "más opciones",
        ]).prop_map(str::to_owned),
        2 => ".{0,60}",
        1 => "[ -~]{200,400}",
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let payload = prop_oneof!["[a-z_]{1,12}\\.[a-z_]{1,12}\\.[0-9]{1,2}:[a-z_]{1,8}", ".{0,30}"];
    prop_oneof![
        6 => words().prop_map(|text| Answer::Text { text }),
        1 => payload.prop_map(|payload| Answer::Choice { payload, title: String::new() }),
        1 => (18.0..20.0_f64, -92.0..-90.0_f64).prop_map(|(lat, lon)| Answer::Location { lat, lon, name: None, address: None }),
        1 => (any::<f64>(), any::<f64>()).prop_map(|(lat, lon)| Answer::Location { lat, lon, name: None, address: None }),
        1 => proptest::option::of(words()).prop_map(|caption| Answer::Photo { id: "photo-1".into(), caption }),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    let suggestion = (flow_with_intents(), words()).prop_map(|(flow, label)| Suggestion {
        flow,
        intent: None,
        label,
        description: None,
        slots: Vec::new(),
        told: Vec::new(),
    });
    prop_oneof![
        4 => flow_and_intent().prop_map(|(flow, intent)| Command::start(&flow, intent.as_deref(), Vec::new())),
        1 => flow_and_intent().prop_map(|(flow, intent)| Command::Later { flow, intent, slots: Vec::new(), told: Vec::new() }),
        8 => answer().prop_map(|answer| Command::Answer { answer }),
        1 => (select(vec!["photo", "place", "description", "folio"]), words())
            .prop_map(|(slot, text)| Command::Fill { slot: slot.to_owned(), value: Value::Text(text) }),
        1 => vec(suggestion, 1..4).prop_map(|suggestions| Command::Clarify { suggestions }),
        1 => Just(Command::Repeat),
        1 => (0..30_usize).prop_map(|from| Command::Page { from }),
        1 => Just(Command::Cancel),
        1 => Just(Command::LeavePassing),
        1 => Just(Command::Reset),
        1 => select(vec![Lang::ES, Lang::EN]).prop_map(|lang| Command::Language { lang }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => command().prop_map(Act::Command),
        3 => (0..12_usize).prop_map(Act::Press),
        1 => (0..40_usize).prop_map(Act::PressOld),
    ]
}

/// What actions give, or why they fail: what the server gives, and what it might.
fn result() -> impl Strategy<Value = Result<Json, String>> {
    let report = json!({"folio": "PC-4827-1361", "pin": "402817", "category_name": "Bache", "department_name": "Obras",
        "state_label": "Asignado", "open": true, "again": false, "people": 2, "done": true});
    let with = move |result: &str| {
        let mut report = report.clone();
        report["result"] = json!(result);
        Ok(report)
    };
    let found =
        json!({"found": true, "folio": "PC-4827-1361", "state_label": "Asignado", "filed_on": "lunes"});
    let mine = json!({"count": 2, "first": "PC-4827-1361", "options": [{"id": "PC-4827-1361", "label": "A"}, {"id": "PC-1111-1114", "label": "B"}]});
    select(vec![
        with("done"),
        with("pin"),
        with("wrong_pin"),
        with("joined"),
        with("not_now"),
        with("unknown"),
        Ok(found),
        Ok(mine),
        Ok(json!({"count": 0, "options": []})),
        Ok(json!({"open": true, "position": 2, "changed": true, "left": true})),
        Ok(json!({"open": false, "dial": true})),
        Ok(Json::Null),
        Ok(json!("")),
        Err("the database is away".to_owned()),
    ])
}

/// A talk: its channel, what is done, and what actions give, one after the other.
fn talk() -> impl Strategy<Value = (usize, Vec<Act>, Vec<Result<Json, String>>)> {
    (0..4_usize, vec(act(), 1..14), vec(result(), 1..8))
}

struct Citizen<'a> {
    world: World<'a>,
    session: Session,
    offers: Vec<String>,
    older: Vec<String>,
    results: std::iter::Cycle<std::iter::Cloned<std::slice::Iter<'a, Result<Json, String>>>>,
}

/// What a turn gave, with those behind its actions.
#[derive(Debug, PartialEq)]
struct Heard {
    events: Vec<Event>,
    actions: Vec<String>,
}

impl Citizen<'_> {
    fn does(&mut self, act: &Act) -> Result<Option<Heard>, TestCaseError> {
        let command = match act {
            Act::Command(command) => command.clone(),
            Act::Press(place) => match self.offers.get(*place) {
                Some(payload) => pressed(payload),
                None => return Ok(None),
            },
            Act::PressOld(place) => match self.older.get(*place) {
                Some(payload) => pressed(payload),
                None => return Ok(None),
            },
        };
        // As between two messages: written and read again.
        let stored = serde_json::to_string(&self.session).expect("a session is JSON");
        let session: Session = serde_json::from_str(&stored).expect("a session can be read again");
        prop_assert_eq!(&session, &self.session, "the session is another after it was stored");
        let mut turn = LIBRARY.turn(session, &[command], &self.world);
        let mut heard = Heard { events: Vec::new(), actions: Vec::new() };
        loop {
            let Turn { session, events, suspended } = turn;
            self.session = session;
            heard.events.extend(events);
            let Some(suspended) = suspended else { break };
            heard.actions.push(format!("{} {}", suspended.action, suspended.args));
            prop_assert!(heard.actions.len() < RESULTS, "a turn that never ends: {:?}", heard.actions);
            let result = self.results.next().unwrap_or(Ok(Json::Null));
            turn = LIBRARY.resume(self.session.clone(), result, &self.world);
        }
        self.remember(&heard);
        Ok(Some(heard))
    }

    /// The flow whose older question an option belongs to: options are named after it.
    fn asked_by(&self, act: &Act) -> Option<String> {
        let Act::PressOld(place) = act else { return None };
        Some(self.older.get(*place)?.split('.').next()?.to_owned())
    }

    fn remember(&mut self, heard: &Heard) {
        for event in &heard.events {
            if let Event::Ask(ask) = event {
                self.older.append(&mut self.offers);
                self.offers = ask.offers.iter().map(|offer| offer.payload.clone()).collect();
            }
        }
    }
}

fn pressed(payload: &str) -> Command {
    Command::Answer { answer: Answer::Choice { payload: payload.to_owned(), title: String::new() } }
}

/// Whether somebody who does this expects words: an answer to a question, a question, a start.
fn wants_words(act: &Act, before: &Session) -> bool {
    match act {
        Act::Command(Command::Answer { .. }) | Act::Press(_) | Act::PressOld(_) => before.is_waiting(),
        Act::Command(Command::Cancel | Command::Clarify { .. }) => true,
        Act::Command(Command::Repeat | Command::Page { .. }) => before.is_waiting(),
        Act::Command(_) => false,
    }
}

/// The flows whose answer the server takes itself, or whose end says nothing because what runs below goes on.
const SILENT: [&str; 4] = ["heard", "continue_talk", "unfinished", "report_news"];

/// `asked_by` is the flow that asked what is answered by an older option.
fn check(
    act: &Act,
    asked_by: Option<&str>,
    before: &Session,
    after: &Session,
    heard: &Heard,
) -> Result<(), TestCaseError> {
    let asks = heard.events.iter().filter(|event| matches!(event, Event::Ask(_))).count();
    prop_assert!(asks <= heard.actions.len() + 1, "one question a message");
    prop_assert!(after.stack.len() <= 9, "flows pile up");
    prop_assert!(
        after.stack.is_empty() || after.is_waiting(),
        "a flow runs that neither asks nor waits for an action: {:?}",
        after.running().map(|frame| (&frame.flow, &frame.step))
    );
    let started = heard.events.iter().filter_map(|event| match event {
        Event::FlowStarted { flow, .. } => Some(flow.as_str()),
        _ => None,
    });
    let running = before.running().map(|frame| frame.flow.as_str());
    let silent = running.into_iter().chain(asked_by).chain(started).any(answers_a_caller);
    let words = heard.events.iter().any(|event| matches!(event, Event::Say { .. } | Event::Ask(_)));
    prop_assert!(
        words || silent || !wants_words(act, before) || !heard.actions.is_empty(),
        "nothing is said to {act:?} at {:?}, only {:?}",
        before.running().map(|frame| (&frame.flow, &frame.step)),
        heard.events
    );
    Ok(())
}

/// Flows that only the server or another flow starts, with what they are about: begun by themselves they may have
/// nothing to say, and what they find out is for their caller.
fn answers_a_caller(flow: &str) -> bool {
    SILENT.contains(&flow)
        || matches!(
            flow,
            "detail" | "which_report" | "report_pin" | "report_for_other" | "sms_consent" | "ask_consent"
        )
}

fn play(channel: usize, acts: &[Act], results: &[Result<Json, String>]) -> Result<Vec<Heard>, TestCaseError> {
    let town = demo().content(DateTime::parse_from_rfc3339(NOW).unwrap().with_timezone(&Utc));
    let channels = channels();
    let content = context! { channel => channels[channel].1.clone(), person => context! { phone_known => true }, ..town };
    let world = World { now: NOW, content: &content, gazetteer: demo() };
    let mut citizen = Citizen {
        world,
        session: Session::new(Lang::ES),
        offers: Vec::new(),
        older: Vec::new(),
        results: results.iter().cloned().cycle(),
    };
    let mut all = Vec::new();
    for act in acts {
        let before = citizen.session.clone();
        let asked_by = citizen.asked_by(act);
        if let Some(heard) = citizen.does(act)? {
            check(act, asked_by.as_deref(), &before, &citizen.session, &heard)?;
            all.push(heard);
        }
    }
    way_out(&mut citizen)?;
    Ok(all)
}

fn is_agent(frame: &Frame) -> bool {
    frame.flow == "agent"
}

/// From wherever a talk is, asking for a person brings one, unless they stand in the queue already and are asked whether
/// somebody shall call; and leaving everything leaves everything.
fn way_out(citizen: &mut Citizen) -> Result<(), TestCaseError> {
    let here = citizen.session.clone();
    let agent = Command::start("agent", Some("chat.agent"), Vec::new());
    let heard = citizen.does(&Act::Command(agent))?;
    let brought =
        heard.is_some_and(|heard| heard.actions.iter().any(|action| action.starts_with("hand_over")));
    let open = &citizen.session.stack;
    let talks =
        open.iter().rposition(|frame| !frame.called).and_then(|root| open.get(root..)).unwrap_or_default();
    let stands_there = here.stack.iter().any(is_agent) && talks.iter().any(is_agent);
    prop_assert!(
        brought || stands_there,
        "nobody comes from {:?}",
        here.running().map(|frame| (&frame.flow, &frame.step))
    );
    citizen.session = here;
    for _ in 0..20 {
        citizen.does(&Act::Command(Command::Cancel))?;
    }
    prop_assert!(citizen.session.stack.is_empty(), "cancelling does not lead out");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_citizen_does_ends_well_and_again_the_same((channel, acts, results) in talk()) {
        let heard = play(channel, &acts, &results)?;
        let again = play(channel, &acts, &results)?;
        prop_assert_eq!(heard, again, "the same talk gave something else");
    }
}
