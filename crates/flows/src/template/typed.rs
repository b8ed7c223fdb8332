//! Days, times, amounts, names and ages in templates: printed whole they are what a person reads, and they have parts.

use std::sync::Arc;

use minijinja::{
    Environment, Error, ErrorKind, State,
    value::{Enumerator, Object, Serde, Value as Mini},
};
use ventanilla_values::{
    Currency, Datelike, Lang, Money, NaiveDate, NaiveTime, Timelike, Value, date_in_words, money_in_words,
    time_in_words,
};

use crate::calendar::{calendar, today};

/// By whom and when a value is looked at.
#[derive(Clone)]
pub(crate) struct Seen {
    pub lang: Lang,
    /// RFC 3339, the town's.
    pub now: Arc<str>,
    pub content: Mini,
}

/// A slot that is more than a text or a number.
pub(crate) struct Typed {
    value: Value,
    seen: Seen,
}

impl Typed {
    pub(crate) fn of(value: Value, seen: Seen) -> Mini {
        Mini::from_object(Self { value, seen })
    }

    pub(crate) fn value(&self) -> &Value {
        &self.value
    }

    fn keys(&self) -> &'static [&'static str] {
        match self.value {
            Value::Date(_) => &["iso", "year", "month", "day", "weekday", "in_days", "working", "holiday"],
            Value::Time(_) => &["iso", "hour", "minute"],
            Value::DateRange(_) | Value::TimeRange(_) => &["from", "to"],
            Value::Money(_) => &["amount", "currency"],
            Value::FullName(_) => &["text", "given", "surnames"],
            Value::Age(_) => &["years", "months"],
            _ => &[],
        }
    }

    fn part(&self, key: &str) -> Option<Mini> {
        let of = |value: Value| Self::of(value, self.seen.clone());
        Some(match (&self.value, key) {
            (Value::Date(day), _) => self.part_of_day(*day, key)?,
            (Value::Time(time), "iso") => Mini::from(time.format("%H:%M").to_string()),
            (Value::DateRange(days), "from") => of(Value::Date(days.from)),
            (Value::DateRange(days), "to") => of(Value::Date(days.to)),
            (Value::TimeRange(hours), "from") => of(Value::Time(hours.from)),
            (Value::TimeRange(hours), "to") => of(Value::Time(hours.to)),
            (Value::Time(time), "hour") => Mini::from(time.hour()),
            (Value::Time(time), "minute") => Mini::from(time.minute()),
            // The rest are as actions see them.
            _ => Mini::from(Serde(self.value.to_json().get(key)?.clone())),
        })
    }

    fn part_of_day(&self, day: NaiveDate, key: &str) -> Option<Mini> {
        let calendar = || calendar(&self.seen.content, self.seen.lang);
        Some(match key {
            "iso" => Mini::from(day.to_string()),
            "year" => Mini::from(day.year()),
            "month" => Mini::from(day.month()),
            "day" => Mini::from(day.day()),
            "weekday" => Mini::from(day.weekday().number_from_monday()),
            "in_days" => Mini::from((day - today(&self.seen.now)).num_days()),
            "working" => Mini::from(calendar().is_working(day)),
            "holiday" => Mini::from(calendar().holiday(day).map(|off| off.name.clone())),
            _ => return None,
        })
    }
}

/// Personal text never reaches a log.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

impl Object for Typed {
    fn get_value(self: &Arc<Self>, key: &Mini) -> Option<Mini> {
        self.part(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Mini> {
        self.part(key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(self.keys())
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.value.written(today(&self.seen.now), self.seen.lang))
    }
}

/// `| date`, `| time`, `| money`: what an action gave, as a person reads it.
pub(super) fn add_filters(env: &mut Environment<'static>) {
    env.add_filter("date", date);
    env.add_filter("time", time);
    env.add_filter("money", money);
}

fn lang(state: &State) -> Lang {
    state.lookup("lang").and_then(|lang| lang.as_str()?.parse().ok()).unwrap_or(Lang::ES)
}

/// `"2027-05-03"`, with or without a time behind it -> "lunes 3 de mayo".
fn date(state: &State, value: Mini) -> Result<String, Error> {
    if let Some(typed) = value.downcast_object_ref::<Typed>() {
        return Ok(typed.value.written(today(&typed.seen.now), typed.seen.lang));
    }
    let day = value.as_str().and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok());
    let now = state.lookup("now").unwrap_or_default();
    let day = day.ok_or_else(|| unfit("a day, like 2027-05-03"))?;
    Ok(date_in_words(day, today(now.as_str().unwrap_or_default()), lang(state)))
}

/// `"16:30"`, or a moment in RFC 3339 -> "4:30 de la tarde".
fn time(state: &State, value: Mini) -> Result<String, Error> {
    if let Some(Value::Time(time)) = value.downcast_object_ref::<Typed>().map(Typed::value) {
        return Ok(time_in_words(*time, lang(state)));
    }
    let text = value.as_str().unwrap_or_default();
    let clock = text.split_once('T').map_or(text, |(_, clock)| clock);
    let time = clock.get(..5).and_then(|clock| NaiveTime::parse_from_str(clock, "%H:%M").ok());
    time.map(|time| time_in_words(time, lang(state))).ok_or_else(|| unfit("a time, like 16:30"))
}

/// `1250.5` -> "$1,250.50".
fn money(value: Mini) -> Result<String, Error> {
    if let Some(Value::Money(money)) = value.downcast_object_ref::<Typed>().map(Typed::value) {
        return Ok(money_in_words(*money));
    }
    let amount = f64::try_from(value).ok().filter(|amount| (0.0..1e13).contains(amount));
    let cents = (amount.ok_or_else(|| unfit("an amount, like 1250.5"))? * 100.0).round();
    Ok(money_in_words(Money { cents: cents as u64, currency: Currency::Mxn }))
}

/// Without the value: it may be a citizen's.
fn unfit(wanted: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("this filter needs {wanted}"))
}
