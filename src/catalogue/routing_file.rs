//! `routing.yaml`, which a town may leave out: reports that go elsewhere than to the department of their category, by
//! what they are about, where they lie and when they come.

use chrono::{DateTime, Datelike, Utc};
use geo::{Coord, InteriorPoint, Intersects};
use ventanilla_values::{Place, SourceFile};

use super::{
    Catalogue,
    calendar_file::DAYS,
    categories::{Category, Group},
    departments::Department,
    places::Places,
    reader::{Fields, Reader},
};

/// A rule: where all that it says fits, its department attends the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoutingRule {
    /// Kept on the reports that it sent somewhere.
    pub id: String,
    /// Ids; with `groups` empty too: whatever it is about.
    pub categories: Vec<String>,
    pub groups: Vec<String>,
    /// Ids; with `zones` empty too: wherever it lies.
    pub colonias: Vec<String>,
    pub zones: Vec<String>,
    /// Whether the category's own department is open; `None`: at any hour.
    pub open: Option<bool>,
    /// Days from Monday (0); empty: on any day.
    pub days: Vec<usize>,
    pub department: String,
}

/// What rules may name.
pub(super) struct Known<'a> {
    pub groups: &'a [Group],
    pub categories: &'a [Category],
    pub departments: &'a [Department],
    pub places: &'a Places,
}

pub(super) fn read(reader: &Reader<'_>, source: &SourceFile, known: &Known<'_>) -> Vec<RoutingRule> {
    let Some(node) = reader.parse(source) else { return Vec::new() };
    let Some(file) = reader.fields(&node, "the file") else { return Vec::new() };
    file.only(&["rules"]);
    let mut rules: Vec<RoutingRule> = Vec::new();
    for node in file.list("rules") {
        let Some(fields) = reader.fields(node, "the rule") else { continue };
        let Some(rule) = rule(&fields, known) else { continue };
        if rules.iter().any(|other| other.id == rule.id) {
            let message = format!("there are two rules '{}'", rule.id);
            reader.error(node.line, message, "give one of them another id");
        } else if let Some(all) = rules.iter().find(|other| other.fits_everything()) {
            let message = format!("no report comes as far as '{}': '{}' takes all", rule.id, all.id);
            reader.warning(node.line, message, "put the rule that takes all last");
        } else {
            rules.push(rule);
        }
    }
    rules
}

fn rule(fields: &Fields<'_>, known: &Known<'_>) -> Option<RoutingRule> {
    fields.only(&["id", "categories", "groups", "colonias", "zones", "when", "days", "department"]);
    let (id, department) = (fields.id("id"), fields.id("department"));
    let listed = |key: &str, what: &str, ids: Vec<&str>| {
        let words = fields.words(key);
        let strange = words.iter().filter(|word| !ids.contains(&word.as_str())).count();
        for word in words.iter().filter(|word| !ids.contains(&word.as_str())) {
            unknown(fields, key, what, word, &ids);
        }
        (strange == 0).then_some(words)
    };
    let categories =
        listed("categories", "category", known.categories.iter().map(|one| one.id.as_str()).collect());
    let groups = listed("groups", "group", known.groups.iter().map(|one| one.id.as_str()).collect());
    let colonias =
        listed("colonias", "colonia", known.places.colonias.iter().map(|one| one.id.as_str()).collect());
    let zones = listed("zones", "zone", known.places.zones.iter().map(|one| one.id.as_str()).collect());
    let (open, days) = (when(fields), days(fields));
    let ids: Vec<&str> = known.departments.iter().map(|one| one.id.as_str()).collect();
    let department = department?;
    if !ids.contains(&department.as_str()) {
        unknown(fields, "department", "department", &department, &ids);
        return None;
    }
    Some(RoutingRule {
        id: id?,
        categories: categories?,
        groups: groups?,
        colonias: colonias?,
        zones: zones?,
        open: open?,
        days: days?,
        department,
    })
}

fn unknown(fields: &Fields<'_>, key: &str, what: &str, word: &str, ids: &[&str]) {
    let hint = if ids.is_empty() {
        format!("the catalogue has no {what} at all: places.geojson has zones where you draw them")
    } else {
        format!("there is: {}", ids.join(", "))
    };
    fields.reader.error(fields.line_of(key), format!("there is no {what} '{word}'"), hint);
}

/// `None` where it cannot be read.
#[expect(clippy::option_option, reason = "a mistake, nothing said, or what was said")]
fn when(fields: &Fields<'_>) -> Option<Option<bool>> {
    match fields.text_or_none("when").as_deref() {
        None if fields.node("when").is_some() => None,
        None => Some(None),
        Some("open") => Some(Some(true)),
        Some("closed") => Some(Some(false)),
        Some(other) => {
            let hint = "write open or closed: whether the category's own department works at that moment";
            fields.reader.error(fields.line_of("when"), format!("there is no '{other}'"), hint);
            None
        }
    }
}

fn days(fields: &Fields<'_>) -> Option<Vec<usize>> {
    let words = fields.words("days");
    let known = |word: &String| DAYS.iter().position(|day| *day == word.trim().to_lowercase());
    let days: Option<Vec<usize>> = words.iter().map(known).collect();
    if days.is_none() {
        let hint = "write days in English: days: [saturday, sunday]";
        fields.reader.error(fields.line_of("days"), "one of them is no day", hint);
    }
    days
}

impl RoutingRule {
    fn fits_everything(&self) -> bool {
        self.categories.is_empty()
            && self.groups.is_empty()
            && self.colonias.is_empty()
            && self.zones.is_empty()
            && self.open.is_none()
            && self.days.is_empty()
    }

    fn is_about(&self, category: &Category) -> bool {
        (self.categories.is_empty() && self.groups.is_empty())
            || self.categories.contains(&category.id)
            || self.groups.contains(&category.group)
    }

    fn lies_there(&self, places: &Places, place: &Place) -> bool {
        if self.colonias.is_empty() && self.zones.is_empty() {
            return true;
        }
        let in_colonia = place.colonia.as_ref().is_some_and(|colonia| self.colonias.contains(colonia));
        in_colonia || places.zones_of(place).any(|zone| self.zones.contains(&zone.id))
    }
}

impl Catalogue {
    /// The first rule that fits a report which comes at a moment; `None`: the department of its category attends it.
    pub fn routing_rule(
        &self,
        category: &Category,
        place: &Place,
        at: DateTime<Utc>,
    ) -> Option<&RoutingRule> {
        let local = at.with_timezone(&self.town().timezone).naive_local();
        let today = local.weekday().num_days_from_monday() as usize;
        let open = self.office_of(Some(&category.department)).status(local).open;
        self.routing.iter().find(|rule| {
            rule.is_about(category)
                && rule.lies_there(self.places(), place)
                && rule.open.is_none_or(|wanted| wanted == open)
                && (rule.days.is_empty() || rule.days.contains(&today))
        })
    }
}

impl Places {
    /// The zones that a place lies in: its pin, or the middle of its colonia where only words are known.
    fn zones_of(&self, place: &Place) -> impl Iterator<Item = &super::places::Zone> {
        let pin = place.lat.zip(place.lon).map(|(lat, lon)| Coord { x: lon, y: lat });
        let colonia = place.colonia.as_deref().and_then(|id| self.colonia(id));
        let middle = || colonia.and_then(|colonia| colonia.area.interior_point()).map(Coord::from);
        let point = pin.or_else(middle);
        self.zones.iter().filter(move |zone| point.is_some_and(|point| zone.area.intersects(&point)))
    }
}
