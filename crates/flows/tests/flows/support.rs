//! A town, a person, and what is said between them, as lines to compare.

use minijinja::context;
use ventanilla_flows::{
    Answer, AnyPlace, Command, Event, Gazetteer, Known, Level, Library, Limits, Loaded, Session, SourceFile,
    Turn, World, load,
};
use ventanilla_values::Lang;

pub const NOW: &str = "2026-03-02T09:00:00-06:00";

/// A person takes over.
pub const AGENT: (&str, &str) = (
    "agent",
    "spec: 1\nflow: agent\ntitle: Una persona\nsteps:\n  - say: Te paso con una persona.\n  - do: hand_over\n",
);

pub fn file((name, text): (&str, &str)) -> SourceFile {
    SourceFile { path: format!("flows/{name}.yaml"), text: text.to_owned() }
}

pub fn loaded(flows: &[(&str, &str)], known: &Known) -> Loaded {
    let files: Vec<SourceFile> = flows.iter().copied().map(file).collect();
    load(&files, known, Limits::default())
}

/// Flows that must be in order.
pub fn library(flows: &[(&str, &str)]) -> Library {
    let loaded = loaded(flows, &Known::default());
    let errors: Vec<String> = loaded
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    loaded.library
}

/// A flow named `x` with these steps, and the rescue flow.
pub fn flow(steps: &str) -> Library {
    library(&[("x", &format!("spec: 1\nflow: x\ntitle: Prueba\ngiven: [given]\nsteps:\n{steps}")), AGENT])
}

pub fn content() -> minijinja::Value {
    context! {
        town => context! { name => "Puerto Claro", folio_prefix => "PC" },
        office => context! {
            workdays => vec![1, 2, 3, 4, 5],
            days_off => vec![context! {
                from => "2026-03-16", to => "2026-03-16",
                name => context! { es => "Natalicio de Benito Juárez", en => "Benito Juárez's birthday" },
            }],
        },
        catalogue => context! {
            kinds => vec![
                context! { id => "pothole", name => context! { es => "Bache", en => "Pothole" }, also => vec!["hoyo"] },
                context! { id => "light", name => context! { es => "Lámpara", en => "Street light" } },
            ],
        },
    }
}

/// A talk with a library.
pub struct Talk {
    pub library: Library,
    pub session: Session,
    pub turn: Option<Turn>,
    pub gazetteer: &'static dyn Gazetteer,
}

impl Talk {
    pub fn new(library: Library) -> Self {
        Self { library, session: Session::new(Lang::ES), turn: None, gazetteer: &AnyPlace }
    }

    /// Starts `x`.
    pub fn of(steps: &str) -> (Self, Vec<String>) {
        let mut talk = Self::new(flow(steps));
        let lines = talk.start("x");
        (talk, lines)
    }

    pub fn start(&mut self, flow: &str) -> Vec<String> {
        self.command(Command::start(flow, None, Vec::new()))
    }

    pub fn say(&mut self, text: &str) -> Vec<String> {
        self.answer(Answer::Text { text: text.to_owned() })
    }

    pub fn press(&mut self, payload: &str) -> Vec<String> {
        self.answer(Answer::Choice { payload: payload.to_owned(), title: String::new() })
    }

    pub fn pin(&mut self) -> Vec<String> {
        self.answer(Answer::Location { lat: 18.5, lon: -91.25, name: None, address: None })
    }

    pub fn photo(&mut self, caption: Option<&str>) -> Vec<String> {
        self.answer(Answer::Photo { id: "p1".to_owned(), caption: caption.map(str::to_owned) })
    }

    pub fn answer(&mut self, answer: Answer) -> Vec<String> {
        self.command(Command::Answer { answer })
    }

    pub fn command(&mut self, command: Command) -> Vec<String> {
        self.commands(&[command])
    }

    /// Does a turn, with the session written and read again as between two messages.
    pub fn commands(&mut self, commands: &[Command]) -> Vec<String> {
        let content = content();
        let world = World { now: NOW, content: &content, gazetteer: self.gazetteer };
        let turn = self.library.turn(self.stored(), commands, &world);
        self.take(turn)
    }

    pub fn resume(&mut self, result: Result<serde_json::Value, String>) -> Vec<String> {
        let content = content();
        let world = World { now: NOW, content: &content, gazetteer: &AnyPlace };
        let turn = self.library.resume(self.stored(), result, &world);
        self.take(turn)
    }

    pub fn accepts(&self, answer: &Answer) -> bool {
        let content = content();
        self.library.accepts(
            &self.session,
            answer,
            &World { now: NOW, content: &content, gazetteer: self.gazetteer },
        )
    }

    pub fn corrects(&self, slot: &str, text: &str) -> bool {
        let content = content();
        let world = World { now: NOW, content: &content, gazetteer: self.gazetteer };
        self.library.corrects(&self.session, slot, &Answer::Text { text: text.to_owned() }, &world)
    }

    /// What a slot of the topmost flow holds, as JSON.
    pub fn slot(&self, name: &str) -> Option<serde_json::Value> {
        self.session.running()?.get(name).map(ventanilla_values::Value::to_json)
    }

    /// The payloads of the newest question.
    pub fn payloads(&self) -> Vec<String> {
        let events = self.turn.iter().flat_map(|turn| &turn.events);
        let asks = events.filter_map(|event| if let Event::Ask(ask) = event { Some(ask) } else { None });
        asks.flat_map(|ask| ask.offers.iter().map(|offer| offer.payload.clone())).collect()
    }

    fn stored(&self) -> Session {
        let json = serde_json::to_string(&self.session).expect("a session is JSON");
        serde_json::from_str(&json).expect("a session can be read again")
    }

    fn take(&mut self, turn: Turn) -> Vec<String> {
        let mut lines: Vec<String> = turn.events.iter().map(line).collect();
        if let Some(suspended) = &turn.suspended {
            lines.push(format!("do {} {}", suspended.action, suspended.args));
        }
        self.session = turn.session.clone();
        self.turn = Some(turn);
        lines
    }
}

fn line(event: &Event) -> String {
    match event {
        Event::Say { text, link: None, image: None } => text.clone(),
        Event::Say { text, link: Some(link), .. } => format!("{text} [{}]({})", link.label, link.url),
        Event::Say { text, image: Some(image), .. } => {
            format!("{text} ({}: {})", image.url, image.described)
        }
        Event::Ask(ask) => {
            let labels: String = ask.offers.iter().map(|offer| format!(" [{}]", offer.label)).collect();
            format!("{}: {}{labels}", ask.slot_type, ask.text)
        }
        Event::FlowStarted { flow, .. } => format!("+{flow}"),
        Event::FlowEnded { flow, outcome } => format!("-{flow} {outcome:?}"),
        Event::SlotFilled { flow, slot } => format!("{flow}.{slot} filled"),
        Event::SlotReopened { slot, .. } => format!("reopened {slot}"),
        Event::FlowResumed { flow } => format!("resumed {flow}"),
        Event::NoMatch { misses, .. } => format!("no match {misses}"),
        Event::Stale => "stale".to_owned(),
        Event::LanguageChanged { lang } => format!("lang {lang}"),
        Event::Cut { flow, step, reason } => format!("cut {flow}.{step}: {reason}"),
    }
}
