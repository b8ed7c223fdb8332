//! The people who write while the server dies: some in bursts without waiting, some one message after the other,
//! some file reports. They keep a record of all that they said.

use std::{collections::HashMap, sync::Arc};

use tokio::{
    sync::broadcast::{Receiver, error::TryRecvError},
    time::{Instant, timeout_at},
};
use ventanilla::simulator::{Bubble, News, PhoneEvent, Said, Side, Simulator, Tick};

use super::town::DEADLINE;

/// What a reporter waits for, and does then. After the last comes the folio.
const REPORT: [(&str, Step); 4] = [
    ("luz de la calle?", Step::Press("Sí")),
    ("¿Dónde está?", Step::Write("calle 21 entre 14 y 16")),
    ("¿Lo mando?", Step::Press("Sí")),
    ("Tu folio es *", Step::Keep),
];

#[derive(Debug, Clone, Copy)]
enum Step {
    Press(&'static str),
    Write(&'static str),
    Keep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Says all it has to say at once.
    Bursts,
    /// Says the next when the last was answered.
    Waits,
    /// Files one report after the other.
    Reports,
}

#[derive(Debug)]
pub struct Person {
    pub phone: Arc<str>,
    pub manner: Manner,
    /// (id, text) in the order they were said. A pressed button has no text.
    pub said: Vec<(Arc<str>, Option<String>)>,
    /// "Yes, send it" was said so often.
    pub confirmed: usize,
    /// Folios heard, in order.
    pub folios: Vec<String>,
    /// Messages, or reports, that it may still begin.
    left: usize,
    /// First of its numbers, and how many it said.
    numbers: (usize, usize),
    /// What it waits for.
    awaited: Option<Awaited>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Awaited {
    Words(String),
    Report(usize),
}

pub struct Crowd {
    pub people: Vec<Person>,
    simulator: Simulator,
    news: Receiver<PhoneEvent>,
    by_phone: HashMap<Arc<str>, usize>,
    /// Messages of people that the server answered with 200 so far.
    pub taken: usize,
    /// Messages of the town on phones so far.
    pub heard: usize,
}

impl Crowd {
    pub fn new(simulator: &Simulator, manners: &[(Manner, usize)]) -> Self {
        let (simulator, news) = (simulator.clone(), simulator.tap());
        let mut people = Vec::new();
        for &(manner, count) in manners {
            people.extend((0..count).map(|_| manner));
        }
        let people: Vec<Person> =
            people.into_iter().enumerate().map(|(n, manner)| Person::new(n, manner)).collect();
        let by_phone = people.iter().enumerate().map(|(n, person)| (Arc::clone(&person.phone), n)).collect();
        Self { people, simulator, news, by_phone, taken: 0, heard: 0 }
    }

    /// Everybody who writes numbers asks for it, and waits until they are listened to.
    pub async fn open(&mut self) {
        for person in self.people.iter_mut().filter(|person| person.manner != Manner::Reports) {
            person.write(&self.simulator, "quiero ver mi reporte");
            person.awaited = Some(Awaited::Words("Te escucho.".to_owned()));
        }
        self.until("everybody is listened to", |crowd| crowd.people.iter().all(|p| p.awaited.is_none()))
            .await;
    }

    /// Gives everybody something to say: `numbers` each, or a report.
    pub fn pour(&mut self, numbers: usize) {
        for person in &mut self.people {
            person.left += if person.manner == Manner::Reports { 1 } else { numbers };
            person.go_on(&self.simulator);
        }
    }

    /// Listens until it is so.
    pub async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !is_so(self) {
            let event = timeout_at(deadline, self.news.recv()).await;
            let event =
                event.unwrap_or_else(|_| panic!("it never came to pass that {what}: {}", self.standing()));
            self.note(event.unwrap());
        }
    }

    /// Hears what is already told. `true` when somebody answered to it.
    pub fn catch_up(&mut self) -> bool {
        let before = self.messages();
        loop {
            match self.news.try_recv() {
                Ok(event) => self.note(event),
                Err(TryRecvError::Empty) => return self.messages() > before,
                Err(err) => panic!("the crowd missed something: {err}"),
            }
        }
    }

    pub fn messages(&self) -> usize {
        self.people.iter().map(|person| person.said.len()).sum()
    }

    fn note(&mut self, event: PhoneEvent) {
        let person = &mut self.people[self.by_phone[&event.wa_id]];
        match event.news {
            News::Bubble(bubble) if bubble.from == Side::Town => {
                self.heard += 1;
                person.hear(&bubble, &self.simulator);
            }
            News::Status { id, status: Tick::Delivered } if person.has_said(&id) => self.taken += 1,
            News::Bubble(_) | News::Status { .. } | News::Typing { .. } => {}
        }
    }

    fn standing(&self) -> String {
        let waiting: Vec<_> =
            self.people.iter().filter_map(|p| p.awaited.as_ref().map(|a| (&p.phone, a))).collect();
        format!("taken {}, heard {}, waiting: {waiting:?}", self.taken, self.heard)
    }
}

impl Person {
    fn new(n: usize, manner: Manner) -> Self {
        Self {
            phone: format!("52198{n:08}").into(),
            manner,
            said: Vec::new(),
            confirmed: 0,
            folios: Vec::new(),
            left: 0,
            numbers: ((n + 10) * 1000, 0),
            awaited: None,
        }
    }

    pub fn has_said(&self, id: &str) -> bool {
        self.said.iter().any(|(said, _)| **said == *id)
    }

    /// Says what may be said now.
    fn go_on(&mut self, simulator: &Simulator) {
        while self.left > 0 && (self.manner == Manner::Bursts || self.awaited.is_none()) {
            self.left -= 1;
            self.awaited = match self.manner {
                Manner::Reports => {
                    self.write(simulator, "se fundio la luz de mi calle");
                    Some(Awaited::Report(0))
                }
                Manner::Bursts | Manner::Waits => {
                    let (first, count) = self.numbers;
                    self.numbers.1 += 1;
                    let number = (first + count).to_string();
                    self.write(simulator, &number);
                    Some(Awaited::Words(format!("*{number}*")))
                }
            };
        }
    }

    /// A repeated bubble is not what is awaited and changes nothing.
    fn hear(&mut self, bubble: &Bubble, simulator: &Simulator) {
        let text = bubble.view.text.as_deref().unwrap_or_default();
        match self.awaited.clone() {
            Some(Awaited::Words(words)) if text.contains(&words) => self.awaited = None,
            Some(Awaited::Report(at)) if text.contains(REPORT[at].0) => {
                self.awaited = (at + 1 < REPORT.len()).then_some(Awaited::Report(at + 1));
                self.confirmed += usize::from(at + 2 == REPORT.len());
                self.step(REPORT[at].1, bubble, simulator);
            }
            _ => {}
        }
        self.go_on(simulator);
    }

    fn step(&mut self, step: Step, bubble: &Bubble, simulator: &Simulator) {
        match step {
            Step::Write(text) => self.write(simulator, text),
            Step::Press(title) => {
                let button = bubble.view.buttons.iter().find(|button| button.title == title).unwrap();
                let (id, title) = (button.id.clone(), button.title.clone());
                let id =
                    simulator.say(&self.phone, Said::Button { id, title, message_id: bubble.id.to_string() });
                self.said.push((id.unwrap(), None));
            }
            Step::Keep => self.folios.extend(bubble.view.text.as_deref().and_then(super::folio_in)),
        }
    }

    fn write(&mut self, simulator: &Simulator, text: &str) {
        let id = simulator.say(&self.phone, Said::Text { text: text.to_owned() }).unwrap();
        self.said.push((id, Some(text.to_owned())));
    }
}
