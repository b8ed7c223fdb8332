//! The town's own facts: who it is, what can be reported, who attends it, when, and where its places are.
//!
//! [`Catalogue::load`] reads the files of `catalogue/` (already in memory) and names every mistake with file, line
//! and hint. The conversation uses it as [`ventanilla_flows::Gazetteer`] and, through [`Catalogue::content`], as
//! what templates see; reports and the console look up categories and departments. It reads no clock, no disk and no
//! database, and it knows nothing of channels or sessions.

mod answer_within;
mod calendar_file;
mod categories;
mod checks;
mod content;
mod corner;
mod departments;
pub(crate) mod fold;
mod look_up;
mod node;
mod office;
mod place_text;
mod place_words;
mod places;
mod places_file;
mod reader;
mod routing_file;
mod service_fields;
mod services_file;
mod services_view;
mod spoken;
mod streets;
#[cfg(test)]
mod tests;
mod text;
mod town;
mod within;

use std::cell::RefCell;

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use ventanilla_flows::{Gazetteer, PlaceFound};
use ventanilla_values::{Place, Problem, SourceFile};

use crate::services::Service;

pub use answer_within::{AnswerWithin, Due, Promised, Waiting};
pub use categories::{Anonymous, Attribute, AttributeKind, AttributeOption, Category, Group, Stopper};
pub use departments::Department;
pub use office::{Closed, Holiday, Hours, Office, Spell, Status};
pub use places::{Colonia, Landmark, Places, Zone};
pub use routing_file::RoutingRule;
pub use streets::Street;
pub use text::Text;
pub use town::{Line, Neighbour, Phone, Privacy, Town};
pub use within::{Span, Within};

use reader::Reader;

/// Where the files are, relative to the content folder.
const TOWN: &str = "catalogue/town.yaml";
const CATEGORIES: &str = "catalogue/categories.yaml";
const DEPARTMENTS: &str = "catalogue/departments.yaml";
const CALENDAR: &str = "catalogue/calendar.yaml";
const PLACES: &str = "catalogue/places.geojson";
/// A town may begin without any.
const SERVICES: &str = "catalogue/services/";
/// A town may do without it.
const ROUTING: &str = "catalogue/routing.yaml";

/// Everything in `catalogue/`, checked. Immutable: share it in an `Arc`.
#[derive(Debug)]
pub struct Catalogue {
    town: Town,
    groups: Vec<Group>,
    categories: Vec<Category>,
    departments: Vec<Department>,
    office: Office,
    answer_within: AnswerWithin,
    places: Places,
    routing: Vec<RoutingRule>,
    services: Vec<Service>,
    content: content::Content,
}

impl Catalogue {
    /// Reads the files of `catalogue/` among `sources`; others are passed over.
    ///
    /// What holds a mistake is left out and named. There is no catalogue at all where the town, its time zone, its
    /// help lines or its hours cannot be read.
    pub fn load(sources: &[SourceFile]) -> (Option<Self>, Vec<Problem>) {
        let problems = RefCell::new(Vec::new());
        let catalogue = Self::read(sources, &problems);
        let mut problems = problems.into_inner();
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        (catalogue, problems)
    }

    fn read(sources: &[SourceFile], problems: &RefCell<Vec<Problem>>) -> Option<Self> {
        let town = find(sources, TOWN, problems).and_then(|file| {
            let langs = town::languages(file);
            town::read(&Reader::new(TOWN, &langs, problems), file)
        });
        let langs = town.as_ref().map(|town| town.languages.clone()).unwrap_or_default();
        let reader = |path| Reader::new(path, &langs, problems);

        let office =
            find(sources, CALENDAR, problems).and_then(|file| calendar_file::read(&reader(CALENDAR), file));
        let departments = find(sources, DEPARTMENTS, problems)
            .map(|file| departments::read(&reader(DEPARTMENTS), file))
            .unwrap_or_default();
        let (groups, categories) = find(sources, CATEGORIES, problems)
            .map(|file| {
                let mut read = categories::read(&reader(CATEGORIES), file);
                checks::categories(&reader(CATEGORIES), &mut read, &departments, town.as_ref());
                read.finish()
            })
            .unwrap_or_default();
        let places = find(sources, PLACES, problems)
            .map(|file| places_file::read(&reader(PLACES), file))
            .unwrap_or_default();

        let known = routing_file::Known {
            groups: &groups,
            categories: &categories,
            departments: &departments,
            places: &places,
        };
        let routing = sources.iter().find(|source| source.path == ROUTING);
        let routing =
            routing.map(|file| routing_file::read(&reader(ROUTING), file, &known)).unwrap_or_default();

        let known = services_file::Known { departments: &departments, places: &places };
        let mut services = services_file::Read::default();
        for file in sources.iter().filter(|source| source.path.starts_with(SERVICES)) {
            services_file::read(&Reader::new(&file.path, &langs, problems), file, &known, &mut services);
        }
        let services = services.finish(problems);

        let (town, (office, answer_within)) = (town?, office?);
        let content = content::Content::new(&town, &groups, &categories, &departments, &office);
        Some(Self {
            town,
            groups,
            categories,
            departments,
            office,
            answer_within,
            places,
            routing,
            services,
            content,
        })
    }

    pub fn town(&self) -> &Town {
        &self.town
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// The line that tells what an intent is about from what resembles it: of the report's category, or of the service.
    pub fn told_apart(&self, intent: &str) -> Option<&Text> {
        let category = self.categories.iter().find(|category| category.intent == intent);
        let service = || self.services.iter().find(|service| service.intents.iter().any(|own| own == intent));
        category.map(|category| &category.description).or_else(|| service().map(|service| &service.summary))
    }

    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == id)
    }

    pub fn places(&self) -> &Places {
        &self.places
    }

    pub fn office(&self) -> &Office {
        &self.office
    }

    /// Whether a person attends at this moment, and when next.
    pub fn office_status(&self, now: DateTime<Utc>) -> Status {
        self.office.status(now.with_timezone(&self.town.timezone).naive_local())
    }

    /// The last moment of the day that lies so many working days of the town hall after another.
    pub fn end_of_workday(&self, at: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let from = at.with_timezone(&self.town.timezone).date_naive();
        let end = self.office.workdays_after(from, days).and_time(NaiveTime::MIN) + TimeDelta::minutes(1439);
        // An hour that does not exist, where clocks are put forward, is no last moment of a day.
        let local = self.town.timezone.from_local_datetime(&end).latest();
        local.map_or_else(|| end.and_utc(), |end| end.with_timezone(&Utc))
    }

    /// A moment as people say it at another: "hoy a las 16:00", "mañana lunes 23 a las 10:00".
    pub fn moment_in_words(&self, now: DateTime<Utc>, at: DateTime<Utc>) -> Text {
        let local = |moment: DateTime<Utc>| moment.with_timezone(&self.town.timezone).naive_local();
        spoken::next_open(local(now), local(at))
    }

    /// The town's day at a moment, in words: "21 de noviembre de 2026".
    pub fn day_in_words(&self, at: DateTime<Utc>) -> Text {
        spoken::whole_day(at.with_timezone(&self.town.timezone).date_naive())
    }

    /// What templates see of the town: an object with `town`, `catalogue` and `office`. Made once a minute at most;
    /// cloning it is cheap.
    pub fn content(&self, now: DateTime<Utc>) -> minijinja::Value {
        let local = now.with_timezone(&self.town.timezone).naive_local();
        self.content.at(now, || (self.office_status(now), self.services_view(local)))
    }
}

impl Gazetteer for Catalogue {
    fn locate(&self, lat: f64, lon: f64) -> Place {
        self.places.locate(lat, lon)
    }

    fn find(&self, text: &str) -> Option<Place> {
        self.places.find(text)
    }

    fn look_up(&self, text: &str) -> Option<PlaceFound> {
        self.places.look_up(text)
    }
}

fn find<'a>(
    sources: &'a [SourceFile],
    path: &str,
    problems: &RefCell<Vec<Problem>>,
) -> Option<&'a SourceFile> {
    let file = sources.iter().find(|source| source.path == path);
    if file.is_none() {
        let hint = "copy it from the demo town, or let `ventanilla init` write one";
        problems.borrow_mut().push(Problem::error(path, 0, "this file is missing", hint));
    }
    file
}
