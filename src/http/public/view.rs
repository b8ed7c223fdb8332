//! A public report as templates see it: words, days and links.

use chrono::DateTime;
use minijinja::{Value, context};
use ventanilla_values::Lang;

use super::{
    site::Site,
    wanted::{Standing, Wanted, address},
};
use crate::{
    catalogue::Category,
    reports::{State, public::PublicReport},
};

/// How a state is painted; its words are always there too.
pub(super) fn tone(state: State) -> &'static str {
    match state {
        State::ResolvedClaimed => "claimed",
        State::ClosedConfirmed => "done",
        State::ClosedRejected | State::Duplicate | State::Cancelled => "ended",
        _ => "open",
    }
}

impl Site {
    /// The address of a report's page.
    pub fn report_url(&self, folio: &str, lang: Lang) -> String {
        address(&format!("/reportes/{folio}"), &[], lang)
    }

    pub fn category_name(&self, id: &str, lang: Lang) -> String {
        let known = self.catalogue().category(id);
        known.map_or_else(|| id.replace('_', " "), |category| category.name.get(lang).to_owned())
    }

    pub fn colonia_name(&self, id: &str) -> Option<String> {
        self.catalogue().places().colonia(id).map(|colonia| colonia.name.clone())
    }

    pub fn department_name(&self, id: &str, lang: Lang) -> Option<String> {
        self.catalogue().department(id).map(|department| department.name.get(lang).to_owned())
    }

    /// A day in words and as machines read it.
    pub fn day(&self, at: i64, lang: Lang) -> Value {
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
        let local = at.with_timezone(&self.catalogue().town().timezone);
        context! {
            words => self.catalogue().day_in_words(at).get(lang),
            iso => local.format("%Y-%m-%d").to_string(),
        }
    }

    /// A day with its time: "23 de noviembre de 2026, 10:04".
    pub fn moment(&self, at: i64, lang: Lang) -> String {
        let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
        let local = at.with_timezone(&self.catalogue().town().timezone);
        format!("{}, {}", self.catalogue().day_in_words(at).get(lang), local.format("%H:%M"))
    }

    pub fn report(&self, report: &PublicReport, lang: Lang) -> Value {
        context! {
            folio => report.folio.as_str(),
            url => self.report_url(&report.folio, lang),
            category => self.category_name(&report.category, lang),
            state => report.state.as_str(),
            label => report.state.label(lang),
            tone => tone(report.state),
            colonia => report.colonia.as_deref().and_then(|id| self.colonia_name(id)),
            department => report.department.as_deref().and_then(|id| self.department_name(id, lang)),
            people => report.people,
            text => report.text.as_deref(),
            filed => self.day(report.filed_at, lang),
            updated => self.day(report.updated_at, lang),
            closed => report.closed_at.map(|at| self.day(at, lang)),
            scheduled => report.scheduled_for.map(|at| self.day(at, lang)),
            parent => report.parent.as_deref(),
            parent_url => report.parent.as_deref().map(|folio| self.report_url(folio, lang)),
        }
    }

    fn mistake(&self, key: &str, lang: Lang) -> Value {
        let names = self.texts(lang).get_attr("filters").and_then(|texts| texts.get_attr("mistakes"));
        names.and_then(|names| names.get_attr(key)).unwrap_or_default()
    }

    /// What can be chosen in the filters, and what is.
    pub fn filters(&self, wanted: &Wanted) -> Value {
        let (lang, catalogue) = (wanted.lang, self.catalogue());
        let of = |group: &str| -> Value {
            let own = |category: &&Category| category.group == group && !category.private;
            catalogue
                .categories()
                .iter()
                .filter(own)
                .map(|one| context! { id => one.id.as_str(), name => one.name.get(lang) })
                .collect()
        };
        let groups: Value = catalogue
            .groups()
            .iter()
            .map(|group| context! { name => group.name.get(lang), categories => of(&group.id) })
            .filter(|group| group.get_attr("categories").is_ok_and(|own| own.is_true()))
            .collect();
        let mut colonias: Vec<_> =
            catalogue.places().colonias.iter().map(|one| (&one.name, &one.id)).collect();
        colonias.sort_unstable();
        context! {
            groups => groups,
            colonias => colonias.iter().map(|(name, id)| context! { id => id.as_str(), name => name.as_str() }).collect::<Value>(),
            states => State::ALL.iter()
                .map(|state| context! { id => state.as_str(), name => state.label(lang) })
                .collect::<Value>(),
            category => wanted.category.as_deref().unwrap_or_default(),
            colonia => wanted.colonia.as_deref().unwrap_or_default(),
            state => wanted.standing.map(|one| one.to_string()).unwrap_or_default(),
            open => Standing::Open.to_string(),
            from => wanted.from.map(|day| day.to_string()).unwrap_or_default(),
            until => wanted.until.map(|day| day.to_string()).unwrap_or_default(),
            any => !wanted.filters().is_empty(),
            mistakes => wanted.mistakes.iter().map(|key| self.mistake(key, lang)).collect::<Value>(),
        }
    }
}
