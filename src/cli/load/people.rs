//! The simulated people: each walks through talks, a line at a time, and waits for the answer before the next.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use super::{
    LoadArgs,
    mix::{Line, Mix, Talk},
    town::Town,
};
use crate::simulator::{Bubble, News, PhoneEvent, Said, Side, Simulator};

/// After this long without an answer a message counts as lost.
const PATIENCE: Duration = Duration::from_secs(15);

/// What was seen.
#[derive(Debug, Default)]
pub struct Measured {
    pub sent: u64,
    pub answered: u64,
    pub lost: u64,
    /// Events that this program was too slow to see: answers among them count as lost.
    pub missed_by_the_meter: u64,
    /// Moments at which nobody was free to write: the rate was not reached.
    pub starved: u64,
    /// From a message to its first answer.
    pub latencies: Vec<Duration>,
    /// From the first to the last bubble of an answer, where it had several.
    pub spreads: Vec<Duration>,
    pub elapsed: Duration,
}

struct Person<'m> {
    wa_id: Arc<str>,
    talk: &'m Talk,
    at: usize,
    /// Options of the last answer: payload, title, message id, is a row.
    options: Vec<Said>,
    sent: Option<Instant>,
    first_bubble: Option<Instant>,
}

struct Crowd<'m> {
    people: Vec<Person<'m>>,
    by_phone: HashMap<Arc<str>, usize>,
    free: VecDeque<usize>,
    mix: &'m Mix,
    talks: u32,
}

pub async fn talk(town: &Town, mix: &Mix, args: &LoadArgs) -> Measured {
    let mut news = town.simulator.tap();
    let mut crowd = Crowd::new(mix, args.people);
    let mut measured = Measured::default();
    let begin = Instant::now();
    let length = Duration::from_secs(args.seconds);
    let mut tick = tokio::time::interval(Duration::from_millis(2));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    while begin.elapsed() < length {
        tokio::select! {
            heard = news.recv() => crowd.note(heard, &mut measured),
            _ = tick.tick() => {
                let due = begin.elapsed().as_secs_f64() * args.rate;
                crowd.write(&town.simulator, due, &mut measured);
            }
        }
    }
    measured.elapsed = begin.elapsed();
    let last = Instant::now();
    while crowd.somebody_waits() && last.elapsed() < PATIENCE {
        if let Ok(heard) = tokio::time::timeout(Duration::from_millis(200), news.recv()).await {
            crowd.note(heard, &mut measured);
        }
    }
    measured.lost += crowd.people.iter().filter(|person| person.sent.is_some()).count() as u64;
    measured
}

impl<'m> Crowd<'m> {
    fn new(mix: &'m Mix, people: usize) -> Self {
        let mut crowd =
            Self { people: Vec::new(), by_phone: HashMap::new(), free: VecDeque::new(), mix, talks: 0 };
        for n in 0..people {
            let wa_id: Arc<str> = format!("52198{n:08}").into();
            crowd.by_phone.insert(Arc::clone(&wa_id), n);
            let talk = crowd.next_talk();
            crowd.people.push(Person {
                wa_id,
                talk,
                at: 0,
                options: Vec::new(),
                sent: None,
                first_bubble: None,
            });
            crowd.free.push_back(n);
        }
        crowd
    }

    /// Spread over the weights, the same in every run.
    fn next_talk(&mut self) -> &'m Talk {
        self.talks = self.talks.wrapping_add(7);
        self.mix.choose(self.talks)
    }

    fn write(&mut self, simulator: &Simulator, due: f64, measured: &mut Measured) {
        while (measured.sent as f64) < due {
            let Some(n) = self.free.pop_front() else {
                measured.starved += 1;
                return;
            };
            let next = self.next_talk();
            let person = &mut self.people[n];
            if person.at >= person.talk.lines.len() {
                (person.talk, person.at) = (next, 0);
            }
            let said = said(&person.talk.lines[person.at], &person.options, measured.sent);
            person.at += 1;
            person.sent = Some(Instant::now());
            person.first_bubble = None;
            if simulator.say(&person.wa_id, said).is_ok() {
                measured.sent += 1;
            }
        }
    }

    fn note(&mut self, heard: Result<PhoneEvent, RecvError>, measured: &mut Measured) {
        if let Err(RecvError::Lagged(missed)) = heard {
            measured.missed_by_the_meter += missed;
        }
        let Ok(PhoneEvent { wa_id, news: News::Bubble(bubble) }) = heard else { return };
        let Some(n) = self.by_phone.get(&wa_id).copied() else { return };
        if bubble.from != Side::Town {
            return;
        }
        let person = &mut self.people[n];
        person.options = options(&bubble);
        match person.sent.take() {
            Some(sent) => {
                measured.answered += 1;
                measured.latencies.push(sent.elapsed());
                person.first_bubble = Some(Instant::now());
                self.free.push_back(n);
            }
            None => measured.spreads.extend(person.first_bubble.map(|first| first.elapsed())),
        }
    }

    fn somebody_waits(&self) -> bool {
        self.people.iter().any(|person| person.sent.is_some())
    }
}

fn said(line: &Line, options: &[Said], nth: u64) -> Said {
    match line {
        Line::Text(text) => Said::Text { text: text.clone() },
        Line::Press { press } => {
            options.get(press - 1).cloned().unwrap_or_else(|| Said::Text { text: press.to_string() })
        }
        Line::Pin { pin: (latitude, longitude) } => {
            // Nobody reports what somebody else did: they would be asked whether it is the same.
            let aside = |step: u64| (nth.wrapping_mul(step) % 2_000) as f64 / 100_000.0 - 0.01;
            let (latitude, longitude) = (latitude + aside(7_919), longitude + aside(104_729));
            let pin = json!({ "type": "location", "latitude": latitude, "longitude": longitude });
            serde_json::from_value(pin).unwrap_or(Said::Text { text: "calle 21".to_owned() })
        }
    }
}

fn options(bubble: &Bubble) -> Vec<Said> {
    let message_id = bubble.id.to_string();
    let buttons = bubble.view.buttons.iter().map(|button| Said::Button {
        id: button.id.clone(),
        title: button.title.clone(),
        message_id: message_id.clone(),
    });
    let rows = bubble.view.list.iter().flat_map(|list| &list.rows).map(|row| Said::Row {
        id: row.id.clone(),
        title: row.title.clone(),
        description: None,
        message_id: message_id.clone(),
    });
    buttons.chain(rows).collect()
}
