//! Running instructions until the person is asked, an action is awaited, or nothing runs.

use std::sync::Arc;

use ventanilla_values::Value;

use super::{Broken, Json, Next, Run, ask::Manner, from_json};
use crate::{
    FlowOutcome, Frame,
    compile::{CallOp, Condition, DoOp, Flow, Op},
    event::Suspended,
    template::{Scope, Templates, ValueSource},
};

impl Run<'_> {
    /// Runs what is on top. Nobody must be asked meanwhile.
    pub(super) fn advance(&mut self) {
        while self.suspended.is_none() {
            if self.turn_of_next {
                self.begin_next();
            }
            match self.session.stack.last() {
                Some(frame) if !frame.suspended => {}
                _ => return,
            }
            match self.step() {
                Ok(Next::Wait) => return,
                Ok(Next::Stack) => {}
                Ok(Next::On) => self.move_by(|position| position + 1),
                Ok(Next::Jump(to)) => self.move_by(|_| to),
                Err(broken) => self.cut(&broken),
            }
        }
    }

    fn move_by(&mut self, to: impl Fn(usize) -> usize) {
        if let Some(frame) = self.session.stack.last_mut() {
            frame.position = to(frame.position);
        }
    }

    fn step(&mut self) -> Result<Next, Broken> {
        let library = self.library;
        self.session.steps += 1;
        if self.session.steps > library.limits.steps_per_turn {
            return Err(Broken::new("the turn has too many steps: does the flow go in a circle?"));
        }
        let Some(frame) = self.session.stack.last() else { return Ok(Next::Wait) };
        let position = frame.position;
        let Some(flow) = library.pinned(frame) else {
            return Err(Broken::new("this revision of the flow is not loaded"));
        };
        if let Some(visited) = &mut self.visited {
            visited.insert((flow.info.name.clone(), flow.step_name(position).to_owned()));
        }
        match flow.code.get(position) {
            Some(instruction) => self.execute(flow, &instruction.op),
            None => Err(Broken::new("the flow has no step at this position")),
        }
    }

    fn execute(&mut self, flow: &Arc<Flow>, op: &Op) -> Result<Next, Broken> {
        match op {
            Op::Say(op) => self.say(flow, op),
            Op::Ask(question) => {
                let filled = self.session.stack.last().is_some_and(|frame| frame.has(&question.slot));
                if filled && !question.always {
                    return Ok(Next::On);
                }
                if !question.always
                    && let Some(next) = self.answer_with_told(flow, question)?
                {
                    return Ok(next);
                }
                if let Some(resumed) = self.resumed.take()
                    && self.bridge(resumed)
                {
                    return Ok(Next::Wait);
                }
                self.ask(flow, question, &Manner::Plain)?;
                Ok(Next::Wait)
            }
            Op::Unless { condition, otherwise } => {
                let holds = self.holds(flow, condition)?;
                Ok(if holds { Next::On } else { Next::Jump(*otherwise) })
            }
            Op::Jump(to) => Ok(Next::Jump(*to)),
            Op::Set(values) => self.set(flow, values),
            Op::Do(op) => self.suspend(flow, op),
            Op::Call(op) => self.call(flow, op),
            Op::End(value) => {
                let returned = match value {
                    Some(value) => self.with_scope(flow, |templates, scope| templates.value(value, scope))?,
                    None => Value::None,
                };
                self.end(returned);
                Ok(Next::Stack)
            }
            Op::EndAll => {
                self.end(Value::None);
                self.drop_all(FlowOutcome::Cancelled);
                Ok(Next::Stack)
            }
        }
    }

    fn holds(&mut self, flow: &Arc<Flow>, condition: &Condition) -> Result<bool, Broken> {
        match condition {
            Condition::Expr(expr) => self.with_scope(flow, |templates, scope| templates.is_true(expr, scope)),
            Condition::Yes(slot) => {
                let frame = self.session.stack.last();
                Ok(frame.is_some_and(|frame| frame.get(slot) == Some(&Value::YesNo(true))))
            }
        }
    }

    fn set(&mut self, flow: &Arc<Flow>, values: &[(String, ValueSource)]) -> Result<Next, Broken> {
        for (slot, source) in values {
            let value = self.with_scope(flow, |templates, scope| templates.value(source, scope))?;
            if let Some(frame) = self.session.stack.last_mut() {
                frame.fill(slot, value);
            }
        }
        Ok(Next::On)
    }

    fn suspend(&mut self, flow: &Arc<Flow>, op: &DoOp) -> Result<Next, Broken> {
        let args = self.with_scope(flow, |templates, scope| templates.object(&op.with, scope))?;
        self.stand_still(flow);
        if let Some(frame) = self.session.stack.last_mut() {
            frame.suspended = true;
        }
        self.suspended = Some(Suspended { action: op.action.clone(), args });
        Ok(Next::Wait)
    }

    fn call(&mut self, flow: &Arc<Flow>, op: &CallOp) -> Result<Next, Broken> {
        if self.session.stack.len() >= self.library.limits.depth {
            return Err(Broken::new("too many flows call each other"));
        }
        let mut slots = Vec::with_capacity(op.with.len());
        for (slot, source) in &op.with {
            let value = self.with_scope(flow, |templates, scope| templates.value(source, scope))?;
            slots.push((slot.clone(), value));
        }
        let intent = self.session.stack.last().and_then(|frame| frame.intent.clone());
        let called = Frame { intent, slots, into: op.into.clone(), called: true, ..Frame::new(&op.flow) };
        self.push(called)?;
        // The caller goes on behind the call.
        let below = self.session.stack.len().saturating_sub(2);
        if let Some(caller) = self.session.stack.get_mut(below) {
            caller.position += 1;
        }
        Ok(Next::Stack)
    }

    /// Puts what an action gave where its step wants it.
    pub(super) fn apply_result(&mut self, index: usize, result: Result<Json, String>) -> Result<(), Broken> {
        let library = self.library;
        let Some(frame) = self.session.stack.get_mut(index) else { return Ok(()) };
        let Some(flow) = library.pinned(frame) else {
            return Err(Broken::new("this revision of the flow is not loaded"));
        };
        let Some(Op::Do(op)) = flow.code.get(frame.position).map(|instruction| &instruction.op) else {
            return Err(Broken::new("no action was awaited here"));
        };
        match (result, op.failed) {
            (Ok(json), _) => {
                frame.position += 1;
                if let Some(slot) = &op.into {
                    frame.fill(slot, from_json(json));
                }
            }
            (Err(_), Some(failed)) => frame.position = failed,
            // The reason may hold personal text; the server has it.
            (Err(_), None) => return Err(Broken(format!("the action '{}' failed", op.action))),
        }
        Ok(())
    }

    /// Writes the readable name of the step into the frame, for whoever looks at the session.
    pub(super) fn stand_still(&mut self, flow: &Flow) {
        if let Some(frame) = self.session.stack.last_mut() {
            frame.step.clear();
            frame.step.push_str(flow.step_name(frame.position));
        }
    }

    /// Lends the slots of the flow on top to templates; nothing is copied.
    pub(super) fn with_scope<T>(
        &mut self,
        flow: &Flow,
        work: impl FnOnce(&Templates, &Arc<Scope>) -> Result<T, minijinja::Error>,
    ) -> Result<T, Broken> {
        let top = self.session.stack.len().saturating_sub(1);
        self.with_scope_of(top, flow, work)
    }

    /// The same for a flow below.
    pub(super) fn with_scope_of<T>(
        &mut self,
        index: usize,
        flow: &Flow,
        work: impl FnOnce(&Templates, &Arc<Scope>) -> Result<T, minijinja::Error>,
    ) -> Result<T, Broken> {
        let Some(frame) = self.session.stack.get_mut(index) else { return Err(Broken::new("no flow runs")) };
        let scope = Arc::new(Scope {
            slots: std::mem::take(&mut frame.slots),
            declared: Arc::clone(&flow.slots),
            intent: frame.intent.take(),
            lang: self.session.lang,
            now: Arc::clone(&self.now),
            content: self.world.content.clone(),
        });
        let result = work(&self.library.templates, &scope);
        let (slots, intent) = match Arc::try_unwrap(scope) {
            Ok(scope) => (scope.slots, scope.intent),
            // A value that outlives its template still looks at them.
            Err(scope) => (scope.slots.clone(), scope.intent.clone()),
        };
        frame.slots = slots;
        frame.intent = intent;
        Ok(result?)
    }
}
