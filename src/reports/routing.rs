//! Whose a report is: by what it is about, where it lies and when it comes.

use chrono::DateTime;
use ventanilla_values::Place;

use crate::catalogue::{Catalogue, Category};

/// Where a report goes, and what sent it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// Id of the catalogue; `None`: somebody must say whose it is.
    pub department: Option<String>,
    /// `category:pothole`, `rule:sewage_guard`, `triage:outside` …
    pub rule: String,
}

/// The first rule of `routing.yaml` that fits, else the department of the category; what lies outside the town is
/// somebody's to look at first. Private reports go to their category's own department and to nobody else. `at`: Unix ms.
pub fn route(catalogue: &Catalogue, category: &Category, place: &Place, at: i64) -> Routed {
    let own = || Routed {
        department: Some(category.department.clone()),
        rule: format!("category:{}", category.id),
    };
    if category.private {
        return own();
    }
    if place.inside == Some(false) {
        return Routed { department: None, rule: "triage:outside".to_owned() };
    }
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    let rule = catalogue.routing_rule(category, place, at);
    rule.map_or_else(own, |rule| Routed {
        department: Some(rule.department.clone()),
        rule: format!("rule:{}", rule.id),
    })
}
