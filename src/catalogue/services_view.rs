//! What templates see of the services, on a day: `catalogue.services` and `catalogue.life_events`.

use chrono::{NaiveDate, NaiveDateTime};
use minijinja::{Value, context};

use super::{Catalogue, content::words, spoken, text::Text};
use crate::services::{Cost, Elsewhere, Part, Service, Stretch, Venue, Window};

impl Catalogue {
    /// Every service that the files hold, in their order: those of past and future too.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Those that may be told as true on a day.
    pub fn services_on(&self, day: NaiveDate) -> Vec<&Service> {
        self.services.iter().filter(|service| service.holds_on(day)).collect()
    }

    /// When somebody comes by in a colonia, and what is said of it.
    pub fn round(&self, service: &str, colonia: &str) -> Option<(Option<Text>, Option<&Text>)> {
        let service = self.services.iter().find(|one| one.id == service)?;
        let round = service.rounds.iter().find(|round| round.colonias.iter().any(|id| id == colonia))?;
        Some((spoken::rounds(&round.hours), round.note.as_ref()))
    }

    /// Landmarks that people may rate, as options of a choice.
    pub(super) fn rated_view(&self) -> Value {
        let rated = self.places.landmarks.iter().filter(|landmark| landmark.rated);
        rated.map(|one| context! { id => one.id.as_str(), label => one.name.as_str() }).collect()
    }

    /// `services` by id; `life_events` by intent and `rated_places`: options for a choice.
    pub(super) fn services_view(&self, now: NaiveDateTime) -> Value {
        let there = self.services_on(now.date());
        let services =
            Value::from_pairs(there.iter().map(|one| (one.id.as_str(), self.service_view(one, &there, now))));
        let mut events: Vec<&str> =
            there.iter().flat_map(|one| one.life_events.iter().map(String::as_str)).collect();
        events.sort_unstable();
        events.dedup();
        let of = |event: &str| -> Value {
            let of = there.iter().filter(|one| one.life_events.iter().any(|name| name == event));
            of.map(|one| option(one)).collect()
        };
        let life_events = Value::from_pairs(events.iter().map(|event| (*event, of(event))));
        context! { services, life_events, rated_places => self.rated_view() }
    }

    /// A service, among those that hold.
    fn service_view(&self, service: &Service, there: &[&Service], now: NaiveDateTime) -> Value {
        let today = now.date();
        let named = |ids: &[String]| -> Value {
            let there = ids.iter().filter_map(|id| there.iter().find(|one| one.id == *id));
            there.map(|one| option(one)).collect()
        };
        context! {
            id => service.id.as_str(),
            name => &service.name,
            summary => &service.summary,
            authority => service.authority.name(),
            given_by => &service.given_by,
            for => service.audience.as_ref(),
            requirements => texts(&service.requirements),
            documents => texts(&service.documents),
            cost => service.cost.as_ref().map(cost),
            steps => texts(&service.steps),
            takes => service.takes.as_ref(),
            where => self.venue_view(service, now),
            windows => windows(&service.windows, today),
            legal_basis => service.legal_basis.as_deref(),
            link => service.link.as_deref(),
            related => named(&service.related),
            next => named(&service.next),
            parts => service.parts().into_iter().map(Part::name).collect::<Value>(),
            verified => &spoken::day(service.last_verified, today),
            old => service.is_old_on(today),
        }
    }

    /// Where nothing is said, the department that keeps the entry tells more.
    fn venue_view(&self, service: &Service, now: NaiveDateTime) -> Value {
        match &service.venue {
            Some(Venue::Elsewhere(office)) => elsewhere(office),
            Some(Venue::Department { id, note }) => self.department_now(id, note.as_ref(), now),
            None => self.department_now(&service.owner, None, now),
        }
    }

    /// A department as it is at a moment.
    pub(super) fn department_now(&self, id: &str, note: Option<&Text>, now: NaiveDateTime) -> Value {
        let Some(department) = self.department(id) else { return Value::from(()) };
        let office = self.office_of(Some(id));
        let status = office.status(now);
        context! {
            town => true,
            name => &department.name,
            phone => department.phone.as_str(),
            address => department.address.as_deref(),
            hours => &status.hours_text,
            open => status.open,
            when => &status.when_text,
            closed_because => status.closed_because.as_ref(),
            note,
        }
    }
}

/// For a choice.
fn option(service: &Service) -> Value {
    context! {
        id => service.id.as_str(),
        name => &service.name,
        label => &service.name,
        description => &service.summary,
        also => words(&service.also),
    }
}

fn texts(texts: &[Text]) -> Value {
    texts.iter().map(Value::from).collect()
}

fn cost(cost: &Cost) -> Value {
    context! {
        free => cost.pesos == Some(0),
        pesos => cost.pesos.filter(|pesos| *pesos > 0).map(amount),
        note => cost.note.as_ref(),
    }
}

/// 1650 -> "1,650"
fn amount(pesos: u32) -> String {
    let digits = pesos.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn elsewhere(office: &Elsewhere) -> Value {
    context! {
        town => false,
        name => &office.name,
        phone => office.phone.as_deref(),
        address => office.address.as_deref(),
        hours => office.hours.as_ref().and_then(spoken::their_hours).as_ref(),
        map => office.point.map(|(lat, lon)| format!("https://www.openstreetmap.org/?mlat={lat:.5}&mlon={lon:.5}")),
        note => office.note.as_ref(),
    }
}

/// Those that hold or are to come, in the order in which they come.
fn windows(windows: &[Window], today: NaiveDate) -> Value {
    let mut there: Vec<(Stretch, &Window)> =
        windows.iter().filter_map(|one| Some((one.on(today)?, one))).collect();
    there.sort_by_key(|(stretch, _)| stretch.from);
    let shown = there.into_iter().map(|(stretch, window)| {
        context! {
            what => &window.what,
            open => stretch.open,
            from => &spoken::day(stretch.from, today),
            until => &spoken::day(stretch.until, today),
        }
    });
    shown.collect()
}
