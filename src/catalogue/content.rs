//! What templates see of the town. The part that does not change is made once; the hours once a minute.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use minijinja::{Value, context};
use ventanilla_values::Lang;

use super::{
    categories::{Attribute, Category, Group, Stopper},
    departments::Department,
    office::{Office, Status},
    spoken,
    text::Text,
    town::{Line, Phone, Privacy, Town},
};

/// `town` and `catalogue`, and the whole as it was in the last minute asked for.
#[derive(Debug)]
pub(super) struct Content {
    town: Value,
    catalogue: Value,
    /// `(workdays, days_off)`, see [`ventanilla_flows::World`].
    days: (Value, Value),
    latest: Mutex<Option<Arc<(i64, Value)>>>,
}

impl Content {
    pub fn new(
        town: &Town,
        groups: &[Group],
        categories: &[Category],
        departments: &[Department],
        office: &Office,
    ) -> Self {
        Self {
            town: the_town(town),
            catalogue: catalogue(town, groups, categories, departments, office),
            days: (workdays(office), days_off(office)),
            latest: Mutex::new(None),
        }
    }

    /// `live` is what differs from minute to minute: the hours, and what of the services holds.
    pub fn at(&self, now: DateTime<Utc>, live: impl FnOnce() -> (Status, Value)) -> Value {
        let minute = now.timestamp().div_euclid(60);
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = latest.as_deref().filter(|(at, _)| *at == minute) {
            return known.1.clone();
        }
        let (status, services) = live();
        let content = context! {
            town => self.town.clone(),
            catalogue => context! { ..services, ..self.catalogue.clone() },
            office => office(&status, &self.days),
        };
        *latest = Some(Arc::new((minute, content.clone())));
        content
    }
}

fn office(status: &Status, (workdays, days_off): &(Value, Value)) -> Value {
    context! {
        open => status.open,
        hours => &status.hours_text,
        // Read after "Te atendemos …": "hoy hasta las 15:00", "mañana lunes 23 a las 8:00".
        when => &status.when_text,
        until => status.until.map(|at| at.to_string()),
        next_open => status.next_open.map(|_| &status.when_text),
        // "mañana lunes 23 a partir de las 8:00"
        from => &status.from_text,
        closed_because => status.closed_because.as_ref(),
        workdays => workdays.clone(),
        days_off => days_off.clone(),
    }
}

/// The days of the week on which anybody is there, Monday is 1.
fn workdays(office: &Office) -> Value {
    let open = office.hours.0.iter().zip(1_u32..).filter(|(spells, _)| !spells.is_empty());
    open.map(|(_, day)| Value::from(day)).collect()
}

fn days_off(office: &Office) -> Value {
    let off = |from: NaiveDate, to: NaiveDate, name: &Text| {
        context! { from => from.to_string(), to => to.to_string(), name => name }
    };
    let holidays = office.holidays.iter().map(|one| off(one.date, one.date, &one.name));
    holidays.chain(office.closed.iter().map(|one| off(one.from, one.to, &one.notice))).collect()
}

fn the_town(town: &Town) -> Value {
    context! {
        name => town.name.as_str(),
        government => town.government.as_str(),
        state => town.state.as_str(),
        address => town.address.as_str(),
        web => town.web.as_str(),
        folio_prefix => town.folio_prefix.as_str(),
        phones => keyed(&town.phones, |phone| &phone.id, phone),
        lines => keyed(&town.lines, |line| &line.id, line),
        privacy => town.privacy.as_ref().map(privacy),
    }
}

fn phone(phone: &Phone) -> Value {
    context! { name => &phone.name, phone => phone.phone.as_str() }
}

fn line(line: &Line) -> Value {
    context! {
        name => &line.name,
        phone => line.phone.as_str(),
        note => line.note.as_ref(),
        who => line.who.as_str(),
        what => &line.what,
        verified => line.verified.to_string(),
    }
}

fn privacy(privacy: &Privacy) -> Value {
    context! {
        notice => privacy.notice.as_str(),
        contact => privacy.contact.as_str(),
        phone => privacy.phone.as_str(),
        law => privacy.law.as_str(),
        answer_days => privacy.answer_days,
        carry_out_days => privacy.carry_out_days,
        verified => privacy.verified.to_string(),
    }
}

fn catalogue(
    town: &Town,
    groups: &[Group],
    categories: &[Category],
    departments: &[Department],
    office: &Office,
) -> Value {
    let all: Vec<_> = categories.iter().map(|one| (one, category(one, town, departments))).collect();
    let in_group = |group: &Group| -> Value {
        all.iter().filter(|(one, _)| one.group == group.id).map(|(_, value)| value.clone()).collect()
    };
    let by_group = Value::from_pairs(groups.iter().map(|group| (group.id.as_str(), in_group(group))));
    let groups: Value = groups
        .iter()
        .map(|group| {
            context! {
                id => group.id.as_str(),
                label => &group.name,
                description => group.description.as_ref(),
                also => words(&group.also),
            }
        })
        .collect();
    context! {
        groups => groups,
        in_group => by_group,
        categories => all.iter().map(|(_, value)| value.clone()).collect::<Value>(),
        by_id => Value::from_pairs(all.iter().map(|(one, value)| (one.id.as_str(), value.clone()))),
        by_intent => Value::from_pairs(all.iter().map(|(one, value)| (one.intent.as_str(), value.clone()))),
        departments => departments.iter().map(|one| department(one, office)).collect::<Value>(),
    }
}

/// Also an option of a `choice`: id, label, description, also.
fn category(category: &Category, town: &Town, departments: &[Department]) -> Value {
    let department = departments.iter().find(|department| department.id == category.department);
    context! {
        id => category.id.as_str(),
        intent => category.intent.as_str(),
        group => category.group.as_str(),
        name => &category.name,
        label => &category.name,
        also => words(&category.also),
        description => &category.description,
        department => category.department.as_str(),
        department_name => department.map(|department| &department.name),
        photo => category.photo,
        private => category.private,
        anonymous => category.anonymous.name(),
        stopper => category.stopper.as_ref().map(|one| stopper(one, town)),
        attributes => category.attributes.iter().map(attribute).collect::<Value>(),
    }
}

fn stopper(stopper: &Stopper, town: &Town) -> Value {
    let called = town.lines.iter().filter(|line| stopper.call.contains(&line.id));
    context! {
        id => stopper.id.as_str(),
        ask => &stopper.ask,
        danger => &stopper.danger,
        call => called.map(line).collect::<Value>(),
    }
}

fn attribute(attribute: &Attribute) -> Value {
    let options = attribute.options.iter().map(|option| {
        context! { id => option.id.as_str(), label => &option.label, also => words(&option.also) }
    });
    context! {
        id => attribute.id.as_str(),
        ask => &attribute.ask,
        type => attribute.kind.name(),
        required => attribute.required,
        options => options.collect::<Value>(),
    }
}

fn department(department: &Department, office: &Office) -> Value {
    context! {
        id => department.id.as_str(),
        label => &department.name,
        name => &department.name,
        also => words(&department.also),
        phone => department.phone.as_str(),
        address => department.address.as_deref(),
        hours => &spoken::hours(department.hours.as_ref().unwrap_or(&office.hours)),
    }
}

/// `{es: [...], en: [...]}`
pub(super) fn words(words: &[(Lang, Vec<String>)]) -> Value {
    Value::from_pairs(
        words.iter().map(|(lang, words)| (lang.as_str().to_owned(), Value::from(words.clone()))),
    )
}

/// An object with an entry for each.
fn keyed<T>(items: &[T], id: impl Fn(&T) -> &str, value: impl Fn(&T) -> Value) -> Value {
    Value::from_pairs(items.iter().map(|item| (id(item).to_owned(), value(item))))
}

/// `{es: …, en: …}`, for the filter `t`.
impl From<&Text> for Value {
    fn from(text: &Text) -> Self {
        Self::from_pairs(text.iter().map(|(lang, text)| (lang.as_str().to_owned(), text)))
    }
}
