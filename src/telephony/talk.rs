//! One call on the line: what is heard becomes a turn, and what the turn says is spoken, until somebody hangs up.

use std::sync::Arc;

use bytes::Bytes;
use tracing::{error, info};
use uuid::Uuid;
use ventanilla_adapters::{
    Listen, Then,
    audiosocket::{Call, Frame, Script, TICK},
};
use ventanilla_values::Lang;

use super::{
    announce::keep,
    calls::After,
    ear::{Answer, Ear, Patience, Prompt},
    engines::{Engines, SpeechError},
    line::{Hearing, Pace, Speaking},
    player::Player,
    think::{Mind, Thinking, Thought},
};
use crate::{app::App, channels::emergency};

/// How often a caller is asked to wait for one answer, as on every call.
const FILLERS: u64 = 6;
/// Beats between the last word and the end: what is on its way is still heard.
const LAST_BEATS: u32 = 10;

/// How a call leaves the line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ending {
    /// The line is dead.
    HungUp,
    /// We have done with it: back to the dialplan.
    Left(After),
    /// The server stops.
    Stopped,
}

/// What the line waits for.
enum Event {
    Frame(Option<Frame>),
    Beat,
    Spoken(Result<(), SpeechError>),
    Thought(Thought),
    Stop,
}

/// Holds a call from its first word to its end. `first` is the message whose turn is heard first.
pub(super) async fn talk(
    app: Arc<App>,
    engines: Engines,
    id: Uuid,
    call: Call,
    first: String,
    mut hearing: Hearing,
    mut speaking: Speaking,
) {
    let mut talk = Talk::new(app, engines, call, first);
    let ending = talk.hold(&mut hearing, &mut speaking).await;
    talk.end(id, ending, &mut hearing, &mut speaking).await;
}

struct Talk {
    app: Arc<App>,
    mind: Mind,
    ear: Ear,
    player: Player,
    /// The open question.
    asked: Option<Listen>,
    thinking: Option<Thinking>,
    /// Beats since the caller waits for an answer, and how often they were told to.
    waited: u64,
    fillers: u64,
    /// What comes after the last word, and beats since it was said.
    leaving: Option<(After, u32)>,
    /// Beats of the whole call.
    beats: u64,
}

impl Talk {
    fn new(app: Arc<App>, engines: Engines, call: Call, first: String) -> Self {
        let set = &app.config.audiosocket;
        let patience = Patience { pause_ms: set.pause_ms, silence_ms: set.silence_ms };
        let english = app.contents.active.catalogue.town().languages.first() == Some(&Lang::EN);
        let mind = Mind { app: Arc::clone(&app), engines: engines.clone(), call, english };
        let thinking = Some(Thinking::of_message(mind.clone(), first));
        Self {
            app,
            mind,
            ear: Ear::new(patience),
            player: Player::new(engines),
            asked: None,
            thinking,
            waited: 0,
            fillers: 0,
            leaving: None,
            beats: 0,
        }
    }

    async fn hold(&mut self, hearing: &mut Hearing, speaking: &mut Speaking) -> Ending {
        let mut pace = Pace::new();
        loop {
            let event = tokio::select! {
                frame = hearing.next() => Event::Frame(frame),
                () = pace.beat() => Event::Beat,
                spoken = self.player.fill() => Event::Spoken(spoken),
                thought = Thinking::done(self.thinking.as_mut()) => Event::Thought(thought),
                () = self.app.stop.cancelled() => Event::Stop,
            };
            let ending = match event {
                Event::Frame(Some(frame)) => self.frame(frame),
                Event::Beat => match speaking.say(&self.player.next()).await {
                    Ok(()) => self.beat(),
                    Err(_) => Some(Ending::HungUp),
                },
                Event::Spoken(Ok(())) => None,
                Event::Spoken(Err(err)) => Some(self.dumb(&err)),
                Event::Thought(thought) => self.thought(thought),
                Event::Frame(None) => Some(Ending::HungUp),
                Event::Stop => Some(Ending::Stopped),
            };
            if let Some(ending) = ending {
                return ending;
            }
        }
    }

    fn frame(&mut self, frame: Frame) -> Option<Ending> {
        let prompt = self.player.prompt();
        let answer = match frame {
            Frame::Audio(samples) => self.ear.sound(&samples, prompt),
            Frame::Key(key) => self.ear.key(key, prompt),
            Frame::HangUp | Frame::Failed(_) => return Some(Ending::HungUp),
            Frame::Id(_) | Frame::Other(_) => None,
        };
        if prompt == Prompt::Free && self.ear.interrupts() {
            self.player.stop();
        }
        self.answered(answer);
        None
    }

    /// 20 ms went by.
    fn beat(&mut self) -> Option<Ending> {
        self.beats += 1;
        let answer = self.ear.beat(self.player.prompt());
        self.answered(answer);
        self.wait();
        if self.leaving.is_none() && self.beats >= beats(self.app.config.audiosocket.most_minutes * 60) {
            info!("a call has lasted as long as it may");
            return Some(Ending::Left(self.person_or_over()));
        }
        let (after, said) = self.leaving.as_mut().filter(|_| self.player.is_done())?;
        *said += 1;
        (*said >= LAST_BEATS).then(|| Ending::Left(after.clone()))
    }

    /// The caller has answered: the next turn begins.
    fn answered(&mut self, answer: Option<Answer>) {
        let Some(answer) = answer else { return };
        let Some(asked) = self.asked.take() else { return };
        self.player.stop();
        self.mind.call.advance();
        (self.waited, self.fillers) = (0, 0);
        self.thinking = Some(Thinking::of_answer(self.mind.clone(), asked, answer));
    }

    /// Whoever waits hears so after a while: silence is a dead line to them. In the end they hear whom to call.
    fn wait(&mut self) {
        if self.thinking.is_none() {
            return;
        }
        self.waited += 1;
        if self.waited < beats(self.app.config.voice.wait_seconds) * (self.fillers + 1) {
            return;
        }
        if self.fillers < FILLERS {
            let waited = u8::try_from(self.fillers).unwrap_or(u8::MAX);
            self.player.say(Script::filler(waited, self.mind.english));
            self.fillers += 1;
        } else {
            self.sorry();
        }
    }

    fn thought(&mut self, thought: Thought) -> Option<Ending> {
        self.thinking = None;
        match thought {
            Thought::Said(script) => self.says(script),
            Thought::Over => return Some(Ending::Left(After::Over)),
            Thought::Broken => self.sorry(),
        }
        None
    }

    fn says(&mut self, script: Script) {
        self.mind.english = script.english;
        self.player.say(script.pieces);
        match script.then {
            Then::Listen(listen) => {
                self.ear.open(listen.keys);
                self.asked = Some(listen);
            }
            Then::Dial { number, .. } => self.leaving = Some((After::Person(number), 0)),
            Then::HangUp => self.leaving = Some((After::Over, 0)),
        }
    }

    fn sorry(&mut self) {
        // What is still being thought is stored and done; nobody waits for it here any more.
        self.thinking = None;
        let whom = emergency(&self.app.contents.active.catalogue);
        self.says(Script::sorry(&whom, self.mind.english));
    }

    /// A bot without a voice is no help: the dialplan has people.
    fn dumb(&self, err: &SpeechError) -> Ending {
        metrics::counter!("ventanilla_speech_failed_total", "what" => "say").increment(1);
        error!(alert = true, "a caller cannot be spoken to: {err}");
        Ending::Left(self.person_or_over())
    }

    fn person_or_over(&self) -> After {
        match self.app.config.audiosocket.person.as_str() {
            "" => After::Over,
            person => After::Person(person.to_owned()),
        }
    }

    /// What becomes of the call is known before the dialplan can ask for it.
    async fn end(mut self, id: Uuid, ending: Ending, hearing: &mut Hearing, speaking: &mut Speaking) {
        let after = match &ending {
            Ending::HungUp => After::Over,
            Ending::Left(after) => after.clone(),
            Ending::Stopped => self.person_or_over(),
        };
        info!(call.id = %id, "call {id} leaves the line: {ending:?}");
        let passed_on = matches!(&ending, Ending::Left(After::Person(_)));
        self.app.calls.leave(id, self.mind.call.clone(), after, self.app.clock.now());
        if ending != Ending::HungUp {
            speaking.hang_up(hearing).await;
        }
        self.store_rest().await;
        if !passed_on {
            self.store_end().await;
        }
    }

    /// What was said last goes before the end.
    async fn store_rest(&mut self) {
        if let (Some(asked), Some(sound)) = (self.asked.take(), self.ear.unfinished()) {
            self.mind.call.advance();
            self.thinking = Some(Thinking::of_answer(self.mind.clone(), asked, Answer::Speech(sound)));
        }
        if let Some(thinking) = &mut self.thinking {
            thinking.kept().await;
        }
    }

    async fn store_end(&self) {
        let ended = self.mind.call.ended();
        if let Err(err) = keep(&self.app, vec![ended], &Bytes::new(), self.mind.call.id()).await {
            error!(alert = true, "the end of a call could not be stored: {err}");
        }
    }
}

/// Beats in so many seconds.
fn beats(seconds: u64) -> u64 {
    let tick = u64::try_from(TICK.as_millis()).unwrap_or(u64::MAX);
    seconds.saturating_mul(1000) / tick
}
