//! Source -> something that runs: a plain text is kept as it is, a bare slot is copied, the rest is minijinja's.

use std::{collections::HashSet, sync::Arc};

use minijinja::{Environment, Error, State, UndefinedBehavior, Value as Mini, escape_formatter};
use serde_json::Value as Json;
use ventanilla_values::{Lang, Value};

use super::{
    convert::{from_template, to_json},
    scope::{Names, Scope},
    typed,
};
use crate::definition::Text;

/// Where an expression leaves its value: minijinja's compiled expressions borrow their environment, templates live
/// in it, so an expression is a template that sets this name.
const RESULT: &str = "__result";

/// The templates of a library.
#[derive(Debug, Clone)]
pub(crate) struct Templates {
    env: Environment<'static>,
    count: usize,
}

/// A text in one language.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    Plain(Arc<str>),
    Template(Arc<str>),
}

/// A compiled condition or value.
#[derive(Debug, Clone)]
pub(crate) struct Expr(Arc<str>);

/// A text in all its languages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiled(Vec<(Lang, Source)>);

/// What `set` sets and `with` gives.
#[derive(Debug, Clone)]
pub(crate) enum ValueSource {
    Constant(Json),
    /// `"{{ place }}"`: the slot as it is.
    Slot(String),
    /// `"{{ … }}"` alone keeps its type.
    Expr(Expr),
    Text(Source),
    List(Vec<ValueSource>),
    Map(Vec<(String, ValueSource)>),
}

/// Names a template uses that it does not define itself.
pub(crate) type Uses = HashSet<String>;

impl Templates {
    pub(crate) fn new(fuel: u64) -> Self {
        let mut env = Environment::new();
        env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        // A key that the catalogue leaves out is false in a condition; printing it is a mistake.
        env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        env.set_fuel(Some(fuel));
        env.set_recursion_limit(50);
        // An optional slot that was skipped leaves no "none" in a sentence.
        env.set_formatter(
            |out, state, value| {
                if value.is_none() { Ok(()) } else { escape_formatter(out, state, value) }
            },
        );
        env.add_filter("t", translate);
        typed::add_filters(&mut env);
        Self { env, count: 0 }
    }

    /// Compiles a text in all its languages; every language that does not compile is an error
    /// with its line.
    pub(crate) fn add_text(&mut self, text: &Text, uses: &mut Uses) -> Result<Compiled, Vec<(u32, Error)>> {
        let (mut all, mut errors) = (Vec::new(), Vec::new());
        for (lang, source) in text.lines() {
            match self.add_source(source, uses) {
                Ok(compiled) => all.push((lang, compiled)),
                Err(error) => errors.push((source.line, error)),
            }
        }
        if errors.is_empty() { Ok(Compiled(all)) } else { Err(errors) }
    }

    pub(crate) fn add_source(&mut self, source: &str, uses: &mut Uses) -> Result<Source, Error> {
        if !is_template(source) {
            return Ok(Source::Plain(source.into()));
        }
        self.add(source.to_owned(), uses).map(Source::Template)
    }

    pub(crate) fn add_expr(&mut self, source: &str, uses: &mut Uses) -> Result<Expr, Error> {
        // Alone first: what is not one expression must not pass as the rest of a template.
        self.env.compile_expression_owned(source.to_owned())?;
        self.add(format!("{{% set {RESULT} = ({source}) %}}"), uses).map(Expr)
    }

    /// Compiles a value of `set` or `with`; a bare slot among `slots` is copied without a template.
    pub(crate) fn add_value(
        &mut self,
        json: &Json,
        slots: &Names,
        uses: &mut Uses,
    ) -> Result<ValueSource, Error> {
        match json {
            Json::String(text) => match expression_in(text) {
                Some(name) if slots.contains(name) => Ok(ValueSource::Slot(name.to_owned())),
                Some(expr) => self.add_expr(expr, uses).map(ValueSource::Expr),
                None => self.add_source(text, uses).map(ValueSource::Text),
            },
            Json::Array(items) => {
                let items = items.iter().map(|item| self.add_value(item, slots, uses));
                items.collect::<Result<_, _>>().map(ValueSource::List)
            }
            Json::Object(entries) => {
                let entries =
                    entries.iter().map(|(key, value)| Ok((key.clone(), self.add_value(value, slots, uses)?)));
                entries.collect::<Result<_, Error>>().map(ValueSource::Map)
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => Ok(ValueSource::Constant(json.clone())),
        }
    }

    fn add(&mut self, source: String, uses: &mut Uses) -> Result<Arc<str>, Error> {
        let name: Arc<str> = self.count.to_string().into();
        self.count += 1;
        self.env.add_template_owned(name.to_string(), source)?;
        let used = self.env.get_template(&name)?.undeclared_variables(false);
        uses.extend(used.into_iter().filter(|used| !self.env.globals().any(|(global, _)| global == used)));
        Ok(name)
    }

    /// A text in the person's language, in Spanish where it has no other.
    pub(crate) fn text(&self, text: &Compiled, scope: &Arc<Scope>) -> Result<String, Error> {
        let find = |wanted| text.0.iter().find(|(lang, _)| *lang == wanted);
        match find(scope.lang).or_else(|| find(Lang::ES)) {
            Some((_, source)) => self.source(source, scope),
            None => Ok(String::new()),
        }
    }

    pub(crate) fn source(&self, source: &Source, scope: &Arc<Scope>) -> Result<String, Error> {
        match source {
            Source::Plain(text) => Ok(text.to_string()),
            Source::Template(name) => self.env.get_template(name)?.render(scope.value()),
        }
    }

    /// The value of an expression.
    pub(crate) fn eval(&self, expr: &Expr, scope: &Arc<Scope>) -> Result<Mini, Error> {
        let captured = self.env.get_template(&expr.0)?.render_captured(scope.value())?;
        Ok(captured.state().lookup(RESULT).unwrap_or_default())
    }

    pub(crate) fn is_true(&self, expr: &Expr, scope: &Arc<Scope>) -> Result<bool, Error> {
        self.eval(expr, scope).map(|value| value.is_true())
    }

    /// A value as a slot.
    pub(crate) fn value(&self, source: &ValueSource, scope: &Arc<Scope>) -> Result<Value, Error> {
        match source {
            ValueSource::Slot(name) => Ok(scope.slot(name).cloned().unwrap_or(Value::None)),
            ValueSource::Expr(expr) => from_template(&self.eval(expr, scope)?),
            ValueSource::Text(text) => self.source(text, scope).map(Value::Text),
            _ => self.json(source, scope).map(super::from_json),
        }
    }

    /// A value as an argument of an action.
    pub(crate) fn json(&self, source: &ValueSource, scope: &Arc<Scope>) -> Result<Json, Error> {
        match source {
            ValueSource::Constant(json) => Ok(json.clone()),
            ValueSource::Slot(name) => Ok(scope.slot(name).map_or(Json::Null, Value::to_json)),
            ValueSource::Expr(expr) => to_json(&self.eval(expr, scope)?),
            ValueSource::Text(text) => self.source(text, scope).map(Json::String),
            ValueSource::List(items) => items.iter().map(|item| self.json(item, scope)).collect(),
            ValueSource::Map(entries) => self.object(entries, scope),
        }
    }

    /// Named values as the arguments of an action.
    pub(crate) fn object(
        &self,
        entries: &[(String, ValueSource)],
        scope: &Arc<Scope>,
    ) -> Result<Json, Error> {
        entries.iter().map(|(key, value)| Ok((key.clone(), self.json(value, scope)?))).collect()
    }
}

/// `{{ category.name | t }}`: the person's language of a text of the catalogue, Spanish where it has no other.
fn translate(state: &State, value: Mini) -> Mini {
    if value.as_object().is_none() {
        return value;
    }
    let in_lang =
        |lang: &str| value.get_attr(lang).ok().filter(|text| !text.is_undefined() && !text.is_none());
    let lang = state.lookup("lang");
    lang.and_then(|lang| in_lang(lang.as_str()?)).or_else(|| in_lang("es")).unwrap_or_default()
}

fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("{#")
}

/// The expression of a text that is exactly one `{{ … }}`.
pub(crate) fn expression_in(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("{{")?.strip_suffix("}}")?;
    let inner = inner.strip_prefix('-').unwrap_or(inner);
    let inner = inner.strip_suffix('-').unwrap_or(inner);
    (!inner.contains("{{") && !inner.contains("}}") && !inner.contains("{%")).then_some(inner.trim())
}
