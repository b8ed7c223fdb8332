//! Buttons of an older question: one that the running flows asked is another answer to it, one of a menu opens it
//! again; any other is over, and that is said.

use super::{Run, ask::Manner, phrases::Phrase};
use crate::{Answer, Event, Frame, Library, Session, World, compile::Flow};

/// What an old button means now.
enum Old {
    /// Another answer to what the flow that talks asked before.
    Correction(String),
    /// It answers what an interrupted flow asks.
    Below(String),
    /// Of a menu that is closed.
    Menu(String),
}

impl Run<'_> {
    pub(super) fn stale(&mut self, answer: &Answer) {
        let payload = match answer {
            Answer::Choice { payload, .. } => payload.as_str(),
            _ => "",
        };
        match meaning(self.library, &self.session, payload, self.world) {
            Some(Old::Correction(slot)) => self.correct(&slot, Some(answer)),
            Some(Old::Below(flow)) => {
                self.resume_flow(&flow);
                self.answer(answer);
            }
            Some(Old::Menu(flow)) => {
                self.session.asked = None;
                self.leave_passing();
                self.start(&flow, None, Vec::new(), Vec::new());
                self.advance();
                self.answer(answer);
            }
            None => {
                self.events.push(Event::Stale);
                let open = self.session.is_waiting();
                let phrase = if open { Phrase::Stale } else { Phrase::Over };
                self.events.push(Event::say(phrase.text(self.session.lang)));
                self.ask_again(&Manner::Plain);
            }
        }
    }
}

fn meaning(library: &Library, session: &Session, payload: &str, world: &World) -> Option<Old> {
    let (id, _) = payload.split_once(':')?;
    let (flow, step) = id.rsplit_once('.')?.0.split_once('.')?;
    let answer = Answer::Choice { payload: payload.to_owned(), title: String::new() };
    let index = session.stack.iter().rposition(|frame| frame.flow == flow);
    let Some(frame) = index.and_then(|index| session.stack.get(index)) else {
        return opens(library, flow, step, &answer, world).then(|| Old::Menu(flow.to_owned()));
    };
    let known = library.pinned(frame)?;
    let asked = known.question(known.asks_at(step)?)?;
    if index.is_some_and(|index| session.chain().contains(&index)) {
        let corrects =
            frame.has(&asked.slot) && super::correct::corrects(library, session, &asked.slot, &answer, world);
        return corrects.then(|| Old::Correction(asked.slot.clone()));
    }
    stands_at(frame, known, step).then(|| Old::Below(flow.to_owned()))
}

fn stands_at(frame: &Frame, flow: &Flow, step: &str) -> bool {
    flow.question(frame.position).is_some() && flow.step_name(frame.position) == step
}

/// A menu begins with its question, and asks nothing about anybody: its buttons never grow old.
fn opens(library: &Library, flow: &str, step: &str, answer: &Answer, world: &World) -> bool {
    let Some(menu) = library.get(flow).filter(|flow| flow.info.passing && !flow.info.private) else {
        return false;
    };
    if menu.asks_at(step).is_none() {
        return false;
    }
    let mut run = Run::new(library, Session::new(ventanilla_values::Lang::ES), world);
    run.start(flow, None, Vec::new(), Vec::new());
    run.advance();
    run.session.running().is_some_and(|frame| frame.flow == flow && frame.step == step)
        && super::accepts(library, &run.session, answer, world)
}
