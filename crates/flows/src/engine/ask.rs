//! Asking: the text, the offers, and what is remembered of the question.

use std::sync::Arc;

use minijinja::Value as Mini;
use ventanilla_values::Lang;

use super::{Broken, Run, phrases::Phrase, ways_out::WAYS_OUT};
use crate::{
    Ask, Asked, Event, Offer, SlotType,
    compile::{Choices, FixedOption, Flow, Question},
    template::{Scope, Templates},
};

/// The option that skips an optional question.
pub(super) const SKIP: &str = "_skip";
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// An option as the person sees it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub id: String,
    pub label: String,
    pub description: Option<String>,
    pub also: Vec<String>,
}

/// How a question is put.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Manner {
    /// As its flow says it.
    Plain,
    /// After an answer that was not understood, with the reason where there is one.
    Again(Option<String>),
    /// After the person refused what the answer might have meant.
    NotThose,
}

impl Manner {
    fn is_retry(&self) -> bool {
        matches!(self, Self::Again(_))
    }
}

impl Run<'_> {
    /// Asks.
    pub(super) fn ask(&mut self, flow: &Flow, question: &Question, manner: &Manner) -> Result<(), Broken> {
        let misses = self.session.asked.as_ref().map_or(0, |asked| asked.misses);
        let retry = question.retry.as_ref().filter(|_| manner.is_retry() && misses < WAYS_OUT);
        let (text, shown) = self.with_scope(flow, |templates, scope| {
            Ok((templates.text(retry.unwrap_or(&question.ask), scope)?, offered(question, templates, scope)?))
        })?;
        let lang = self.session.lang;
        // Asked again, it is the same question.
        let refused = self.session.asked.as_ref().is_some_and(|asked| asked.refused);
        let text = match (manner, retry) {
            (Manner::Plain, _) => text,
            (Manner::Again(_), Some(_)) if misses < WAYS_OUT => text,
            (Manner::Again(Some(why)), _) if misses < WAYS_OUT => format!("{why} {text}"),
            (Manner::Again(why), _) => {
                let again = Phrase::again(misses).text(lang);
                let why = why.as_deref().map(|why| format!(" {why}")).unwrap_or_default();
                format!("{again}{why} {text}")
            }
            (Manner::NotThose, _) => format!("{} {text}", Phrase::NotThose.text(lang)),
        };
        let shown = self.with_ways_out(flow, shown);
        let refused = refused || *manner == Manner::NotThose;
        self.stand_still(flow);
        let step = self.session.stack.last().map_or("", |frame| frame.step.as_str());
        self.session.questions += 1;
        let id = format!("{}.{step}.{}", flow.info.name, self.session.questions);
        let offers: Vec<Offer> = shown.into_iter().map(|option| option.offer(&id)).collect();
        let asked = Asked { misses, refused, offers: offers.len(), ..Asked::new(id) };
        let slot_type = question.slot_type.as_str().to_owned();
        self.events.push(Event::Ask(Ask { text, offers, slot_type, from: 0 }));
        self.session.asked = Some(asked);
        Ok(())
    }

    /// Asks the open question again, from another option on. The first page comes behind the last.
    pub(super) fn turn_page(&mut self, from: usize) {
        self.ask_again(&Manner::Plain);
        let Some(asked) = &mut self.session.asked else { return };
        asked.from = if from < asked.offers { from } else { 0 };
        let from = asked.from;
        if let Some(Event::Ask(ask)) = self.events.last_mut() {
            ask.from = from;
        }
    }

    /// Asks the open question once more; nothing where none is open.
    pub(super) fn ask_again(&mut self, manner: &Manner) {
        let Some(asked) = &self.session.asked else { return };
        if let Some(aside) = asked.aside {
            return self.ask_aside(aside, manner);
        }
        if !asked.unsure.is_empty() {
            return self.ask_which_again(manner);
        }
        if !asked.clarify.is_empty() {
            return self.clarify_again(Phrase::Clarify, manner);
        }
        let library = self.library;
        let asked = match self.session.stack.last() {
            Some(frame) => {
                library.pinned(frame).and_then(|flow| Some((flow, flow.question(frame.position)?)))
            }
            None => None,
        };
        let result = match asked {
            Some((flow, question)) => self.ask(flow, question, manner),
            None => Err(Broken::new("the open question is not in the loaded flow")),
        };
        if let Err(broken) = result {
            self.session.asked = None;
            self.cut(&broken);
            self.advance();
        }
    }

    /// A question of the engine's own: after an answer that was not understood it says so, each time in other words.
    pub(super) fn after_misses(&self, manner: &Manner, text: String) -> String {
        let misses = self.session.asked.as_ref().map_or(0, |asked| asked.misses);
        if manner.is_retry() && misses > 0 {
            format!("{} {text}", Phrase::again(misses).text(self.session.lang))
        } else {
            text
        }
    }

    /// The options of a question as the person sees them now.
    pub(super) fn shown(&mut self, flow: &Flow, question: &Question) -> Result<Vec<Shown>, Broken> {
        let shown = self.with_scope(flow, |templates, scope| offered(question, templates, scope))?;
        Ok(self.with_ways_out(flow, shown))
    }
}

impl Shown {
    pub(super) fn new(id: &str, label: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned(), description: None, also: Vec::new() }
    }

    pub(super) fn offer(self, question: &str) -> Offer {
        Offer { payload: format!("{question}:{}", self.id), label: self.label, description: self.description }
    }
}

/// What a question offers, the skip option last.
pub(super) fn offered(
    question: &Question,
    templates: &Templates,
    scope: &Arc<Scope>,
) -> Result<Vec<Shown>, minijinja::Error> {
    let mut shown = match (question.slot_type, &question.choices) {
        (SlotType::YesNo, _) => yes_and_no(scope.lang),
        (_, Choices::None) => Vec::new(),
        (_, Choices::Fixed(options)) => {
            options.iter().map(|option| fixed(option, templates, scope)).collect::<Result<_, _>>()?
        }
        (_, Choices::Expr(expr)) => listed(&templates.eval(expr, scope)?, scope.lang)?,
    };
    if let Some(label) = &question.optional {
        shown.push(Shown::new(SKIP, &templates.text(label, scope)?));
    }
    Ok(shown)
}

fn yes_and_no(lang: Lang) -> Vec<Shown> {
    vec![Shown::new(YES, Phrase::Yes.text(lang)), Shown::new(NO, Phrase::No.text(lang))]
}

fn fixed(option: &FixedOption, templates: &Templates, scope: &Arc<Scope>) -> Result<Shown, minijinja::Error> {
    let description = option.description.as_ref().map(|text| templates.text(text, scope)).transpose()?;
    let label = templates.text(&option.label, scope)?;
    Ok(Shown { id: option.id.clone(), label, description, also: option.also.clone() })
}

/// Options of the catalogue: objects with `id` and `label` (or `name`), or plain strings.
fn listed(list: &Mini, lang: Lang) -> Result<Vec<Shown>, minijinja::Error> {
    list.try_iter()?.map(|item| from_catalogue(&item, lang)).collect()
}

fn from_catalogue(item: &Mini, lang: Lang) -> Result<Shown, minijinja::Error> {
    if let Some(text) = item.as_str() {
        return Ok(Shown::new(text, text));
    }
    let part = |key: &str| item.get_attr(key).ok().filter(|part| !part.is_undefined() && !part.is_none());
    let id = part("id").map(|id| id.to_string()).ok_or_else(|| {
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, "an option has no id")
    })?;
    let label =
        part("label").or_else(|| part("name")).map_or_else(|| id.clone(), |label| in_lang(&label, lang));
    let description = part("description").map(|text| in_lang(&text, lang));
    let also = part("also").map(|also| synonyms(&also)).unwrap_or_default();
    Ok(Shown { id, label, description, also })
}

/// A text of the catalogue: a string, or one per language.
fn in_lang(text: &Mini, lang: Lang) -> String {
    let part = |key: &str| text.get_attr(key).ok().and_then(|part| part.as_str().map(str::to_owned));
    part(lang.as_str()).or_else(|| part("es")).unwrap_or_else(|| text.to_string())
}

/// `[hoyo, pozo]`, or such lists per language.
fn synonyms(also: &Mini) -> Vec<String> {
    let Ok(items) = also.try_iter() else { return Vec::new() };
    let mut all = Vec::new();
    for item in items {
        match also.get_item(&item).ok().filter(|list| !list.is_undefined() && list.as_str().is_none()) {
            Some(list) => all.extend(list.try_iter().into_iter().flatten().map(|word| word.to_string())),
            None => all.push(item.to_string()),
        }
    }
    all
}
