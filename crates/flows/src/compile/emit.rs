//! Steps -> instructions.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    CallOp, Condition, DoOp, Findings, Flow, Instruction, Op, Used,
    names::{free_name, given_ids, slots_of},
};
use crate::{
    adopt::Moves,
    definition::{Call, Confirm, Do, End, Read, Step, Text, Values, When},
    info::{FlowInfo, SlotInfo},
    template::{Compiled, Expr, Names, Source, Templates, Uses, ValueSource},
    yaml::{At, Mistake, did_you_mean},
};

/// Compiles a definition. With mistakes the code is of no use, but the lint can still read it.
pub(crate) fn compile(read: &Read, revision: String, templates: &mut Templates) -> (Flow, Findings) {
    let definition = &read.definition;
    let mut findings = Findings::default();
    let taken = given_ids(definition, &mut findings.mistakes);
    let slots = Arc::new(slots_of(definition));
    let mut emitter = Emitter {
        templates,
        findings,
        taken,
        slots: Arc::clone(&slots),
        code: Vec::new(),
        steps: Vec::new(),
        asked: Vec::new(),
        entries: BTreeMap::new(),
        jumps: Vec::new(),
        step: 0,
        line: 0,
    };
    emitter.block(&definition.steps);
    emitter.line = 0;
    emitter.push(Op::End(None));
    emitter.resolve_jumps(&read.lost);
    let about = definition.about.as_ref().map(|text| emitter.text(text));
    let Emitter { findings, code, steps, asked, .. } = emitter;
    let info = FlowInfo {
        name: definition.flow.value.clone(),
        title: definition.title.value.clone(),
        intents: definition.intents.iter().map(|intent| intent.value.clone()).collect(),
        private: definition.private,
        passing: definition.passing,
        resumes: definition.resumes,
        rests: definition.rests,
        given: definition.given.iter().map(|slot| slot.value.clone()).collect(),
        revision,
        slots: asked,
        steps,
    };
    (Flow { info, code, slots, about, moves: Moves::new(&definition.running) }, findings)
}

pub(super) struct Emitter<'a> {
    templates: &'a mut Templates,
    findings: Findings,
    /// Names of steps.
    taken: BTreeSet<String>,
    slots: Arc<Names>,
    code: Vec<Instruction>,
    steps: Vec<String>,
    asked: Vec<SlotInfo>,
    /// Where each step begins.
    entries: BTreeMap<String, usize>,
    /// Jumps of `go`, resolved at the end.
    jumps: Vec<(usize, At<String>)>,
    /// The step being compiled.
    step: usize,
    line: u32,
}

impl Emitter<'_> {
    fn block(&mut self, steps: &[At<Step>]) {
        for step in steps {
            let name = match step.value.id() {
                Some(id) => id.value.clone(),
                None => free_name(step.value.default_name(), &mut self.taken),
            };
            self.entries.entry(name.clone()).or_insert(self.code.len());
            (self.step, self.line) = (self.steps.len(), step.line);
            self.steps.push(name);
            self.step(&step.value);
        }
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Say(say) => {
                let op = self.say(say);
                self.push(Op::Say(Box::new(op)));
            }
            Step::Collect(collect) => {
                let question = self.collect_question(collect);
                self.ask(question);
            }
            Step::Confirm(confirm) => self.confirm(confirm),
            Step::When(when) => self.when(when),
            Step::Set(set) => {
                let values = self.values(&set.set);
                self.push(Op::Set(values));
            }
            Step::Do(action) => self.action(action),
            Step::Call(call) => self.call(call),
            Step::Go(go) => {
                self.jumps.push((self.code.len(), go.go.clone()));
                self.push(Op::Jump(usize::MAX));
            }
            Step::End(end) => self.end(end),
        }
    }

    fn ask(&mut self, question: super::Question) {
        let step = self.steps.last().cloned().unwrap_or_default();
        self.asked.push(SlotInfo { name: question.slot.clone(), slot_type: question.slot_type, step });
        self.push(Op::Ask(Box::new(question)));
    }

    fn confirm(&mut self, confirm: &Confirm) {
        let question = self.confirm_question(confirm);
        self.ask(question);
        self.branches(Condition::Yes(confirm.confirm.value.clone()), &confirm.yes, &confirm.no);
    }

    fn when(&mut self, when: &When) {
        let source = crate::template::expression_in(&when.when).unwrap_or(&when.when);
        if let Some(condition) = self.expr(when.when.line, source) {
            self.branches(Condition::Expr(condition), &when.then, &when.otherwise);
        } else {
            self.block(&when.then);
            self.block(&when.otherwise);
        }
    }

    /// `Unless c -> else; then…; Jump end; else…; end`
    fn branches(&mut self, condition: Condition, then: &[At<Step>], otherwise: &[At<Step>]) {
        let (step, line) = (self.step, self.line);
        let unless = self.push(Op::Unless { condition, otherwise: usize::MAX });
        self.block(then);
        (self.step, self.line) = (step, line);
        let skip = (!otherwise.is_empty()).then(|| self.push_hidden(Op::Jump(usize::MAX)));
        self.aim(unless);
        self.block(otherwise);
        (self.step, self.line) = (step, line);
        if let Some(skip) = skip {
            self.aim(skip);
        }
    }

    fn action(&mut self, action: &Do) {
        let op = DoOp {
            action: action.action.value.clone(),
            with: self.values(&action.with),
            into: action.into.as_ref().map(|into| into.value.clone()),
            failed: action.failed.as_ref().map(|_| usize::MAX),
        };
        let (step, line) = (self.step, self.line);
        let start = self.push(Op::Do(Box::new(op)));
        if let Some(failed) = &action.failed {
            let skip = self.push_hidden(Op::Jump(usize::MAX));
            self.aim(start);
            self.block(failed);
            (self.step, self.line) = (step, line);
            self.aim(skip);
        }
    }

    fn call(&mut self, call: &Call) {
        let op = CallOp {
            flow: call.call.value.clone(),
            with: self.values(&call.with),
            into: call.into.as_ref().map(|into| into.value.clone()),
        };
        self.push(Op::Call(Box::new(op)));
    }

    fn end(&mut self, end: &End) {
        if end.leaves_all() {
            self.push(Op::EndAll);
            return;
        }
        let value = match &end.end.value {
            serde_json::Value::Bool(true) | serde_json::Value::Null => None,
            value => self.value(end.end.line, value),
        };
        self.push(Op::End(value));
    }

    fn values(&mut self, values: &Values) -> Vec<(String, ValueSource)> {
        let compile = |(name, value): &(At<String>, At<serde_json::Value>)| {
            self.value(value.line, &value.value).map(|source| (name.value.clone(), source))
        };
        values.0.iter().filter_map(compile).collect()
    }

    fn value(&mut self, line: u32, value: &serde_json::Value) -> Option<ValueSource> {
        let mut uses = Uses::new();
        let result = self.templates.add_value(value, &self.slots, &mut uses);
        self.keep(line, uses, false, result)
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) {
        self.findings.mistakes.push(mistake);
    }

    pub(super) fn expr(&mut self, line: u32, source: &str) -> Option<Expr> {
        let mut uses = Uses::new();
        let result = self.templates.add_expr(source, &mut uses);
        self.keep(line, uses, false, result)
    }

    pub(super) fn source(&mut self, line: u32, source: &str) -> Option<Source> {
        let mut uses = Uses::new();
        let result = self.templates.add_source(source, &mut uses);
        self.keep(line, uses, false, result)
    }

    pub(super) fn text(&mut self, text: &At<Text>) -> Compiled {
        let mut uses = Uses::new();
        match self.templates.add_text(text, &mut uses) {
            Ok(compiled) => self.keep(text.line, uses, true, Ok(compiled)).unwrap_or_default(),
            Err(errors) => {
                let line = |own: u32| if own == 0 { text.line } else { own };
                let mistakes = errors.iter().map(|(own, error)| explain(line(*own), error));
                self.findings.broken.extend(mistakes);
                Compiled::default()
            }
        }
    }

    /// What is compiled belongs to the instruction that comes next.
    fn keep<T>(
        &mut self,
        line: u32,
        names: Uses,
        said: bool,
        result: Result<T, minijinja::Error>,
    ) -> Option<T> {
        if !names.is_empty() {
            self.findings.uses.push(Used { at: self.code.len(), line, said, names });
        }
        result.map_err(|error| self.findings.broken.push(explain(line, &error))).ok()
    }

    fn push(&mut self, op: Op) -> usize {
        self.code.push(Instruction { op, step: self.step, line: self.line });
        self.code.len() - 1
    }

    /// An instruction that no line asks for: the lint does not call it unreachable.
    fn push_hidden(&mut self, op: Op) -> usize {
        let line = std::mem::take(&mut self.line);
        let at = self.push(op);
        self.line = line;
        at
    }

    /// Lets a jump lead to what comes next.
    fn aim(&mut self, at: usize) {
        let here = self.code.len();
        match self.code.get_mut(at).map(|instruction| &mut instruction.op) {
            Some(Op::Jump(to) | Op::Unless { otherwise: to, .. }) => *to = here,
            Some(Op::Do(op)) => op.failed = Some(here),
            _ => {}
        }
    }

    fn resolve_jumps(&mut self, lost: &BTreeSet<String>) {
        for (at, target) in std::mem::take(&mut self.jumps) {
            let found = self.entries.get(&target.value).copied();
            if found.is_none() && !lost.contains(&target.value) {
                let hint = did_you_mean(&target.value, self.entries.keys().map(String::as_str));
                let message = format!("'go' leads to '{}', but no step has this id", target.value);
                self.findings.mistakes.push(Mistake::new(target.line, message, hint));
            }
            let end = self.code.len() - 1;
            if let Some(Instruction { op: Op::Jump(to), .. }) = self.code.get_mut(at) {
                *to = found.unwrap_or(end);
            }
        }
    }
}

/// What minijinja complains about, in the words of the file.
fn explain(line: u32, error: &minijinja::Error) -> Mistake {
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let below = error.line().and_then(|n| u32::try_from(n).ok()).unwrap_or(1).saturating_sub(1);
    Mistake::new(
        line.saturating_add(below),
        format!("this template or condition is broken: {}{detail}", error.kind()),
        "look at its {{ }} and {% %}: each must be closed, and every {% if %} needs its {% endif %}",
    )
}
