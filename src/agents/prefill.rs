//! What the form of a report knows before anybody writes into it: from what the bot learnt, and from the talk.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_flows::{Gazetteer, Session};
use ventanilla_values::{Lang, Value};

use super::{
    append::{OpenReport, open_reports},
    lines::{Line, LineKind, Who, lines},
};
use crate::{
    app::App,
    catalogue::Category,
    store::{self, StoreError, handovers::HandoverRow},
};

/// Lines that are looked through.
const LINES: i64 = 60;
/// Words from which on a message tells what it is about.
const STORY: usize = 4;

/// A form that is half filled in.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct Prefilled {
    pub categories: Vec<Reportable>,
    /// Id of the likely category.
    pub category: Option<String>,
    /// The citizen's own words.
    pub description: String,
    pub place: PlaceKnown,
    /// Theirs that something can be added to, the newest first.
    pub open: Vec<OpenReport>,
    /// Photos that the citizen sent, the newest first.
    pub photos: Vec<Uuid>,
    /// Answers to the category's questions that the bot got.
    #[schema(value_type = Object)]
    pub details: serde_json::Map<String, serde_json::Value>,
}

/// What citizens say and where they are is theirs.
impl std::fmt::Debug for Prefilled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prefilled").field("category", &self.category).finish_non_exhaustive()
    }
}

/// What can be reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reportable {
    pub id: String,
    pub name: String,
    pub group: String,
    pub private: bool,
    pub questions: Vec<Question>,
}

/// Something that the crew wants to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportQuestion)]
pub struct Question {
    pub id: String,
    pub ask: String,
    /// `choice`, `text` or `number`
    pub kind: String,
    pub options: Vec<Answer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportAnswer)]
pub struct Answer {
    pub id: String,
    pub label: String,
}

/// Where it is, as far as it is known.
#[derive(Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct PlaceKnown {
    pub text: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

/// Where people are is theirs.
impl std::fmt::Debug for PlaceKnown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlaceKnown(…)")
    }
}

/// What is known for a report from this chat. `lang` is of who reads the form.
///
/// # Errors
/// When the database fails.
pub async fn prefill(app: &App, entry: &HandoverRow, lang: Lang) -> Result<Prefilled, StoreError> {
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    let lent = store::lent::of_person(app.store.read(), entry.person_id).await?;
    let session = lent.map(|lent| lent.session).or(conversation.session);
    let talk = lines(app, entry.person_id, LINES).await?;
    let theirs: Vec<&Line> = talk.iter().rev().filter(|line| line.who == Who::Citizen).collect();
    let story = story(app, &theirs);
    let description = session.as_ref().and_then(|session| text_slot(session, "description"));
    let category = session.as_ref().and_then(|session| category_slot(app, session));
    let category = category.or_else(|| meant(app, story.as_deref()?));
    Ok(Prefilled {
        categories: app
            .contents
            .active
            .catalogue
            .categories()
            .iter()
            .map(|one| shown(app, one, lang))
            .collect(),
        details: session
            .as_ref()
            .zip(category)
            .map(|(session, one)| details(session, one))
            .unwrap_or_default(),
        category: category.map(|one| one.id.clone()),
        description: description.or(story).unwrap_or_default(),
        place: place(app, session.as_ref(), &theirs),
        open: open_reports(app, entry.person_id, lang).await?,
        photos: theirs
            .iter()
            .filter(|line| line.kind == LineKind::Image)
            .filter_map(|line| line.media.as_ref().map(|media| media.id))
            .collect(),
    })
}

fn shown(app: &App, category: &Category, lang: Lang) -> Reportable {
    let groups = app.contents.active.catalogue.groups();
    let group = groups.iter().find(|group| group.id == category.group);
    let question = |asked: &crate::catalogue::Attribute| Question {
        id: asked.id.clone(),
        ask: asked.ask.get(lang).to_owned(),
        kind: asked.kind.name().to_owned(),
        options: asked
            .options
            .iter()
            .map(|option| Answer { id: option.id.clone(), label: option.label.get(lang).to_owned() })
            .collect(),
    };
    Reportable {
        id: category.id.clone(),
        name: category.name.get(lang).to_owned(),
        group: group.map(|group| group.name.get(lang).to_owned()).unwrap_or_default(),
        private: category.private,
        questions: category.attributes.iter().map(question).collect(),
    }
}

/// The newest value of a slot in what is open.
fn slot<'s>(session: &'s Session, name: &str) -> Option<&'s Value> {
    session.stack.iter().rev().find_map(|frame| frame.get(name))
}

fn text_slot(session: &Session, name: &str) -> Option<String> {
    match slot(session, name)? {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn category_slot<'a>(app: &'a App, session: &Session) -> Option<&'a Category> {
    let value = slot(session, "category")?.to_json();
    app.contents.active.catalogue.category(value["id"].as_str()?)
}

/// The category of what a text means most likely, where that is a report.
fn meant<'a>(app: &'a App, text: &str) -> Option<&'a Category> {
    let understood = app.understanding.understand(text);
    let top = understood.ranked.first()?;
    app.contents.active.catalogue.categories().iter().find(|category| *category.intent == *top.intent)
}

/// The bot asks a category's first two questions, and keeps the answers under these names.
fn details(session: &Session, category: &Category) -> serde_json::Map<String, serde_json::Value> {
    let asked = category.attributes.iter().zip(["first", "second"]);
    let known = asked.filter_map(|(attribute, name)| {
        let value = slot(session, name).map(Value::to_json).filter(|value| !value.is_null())?;
        Some((attribute.id.clone(), value))
    });
    known.collect()
}

/// What they wrote that tells most, and is about more than the talk itself ("quiero hablar con una persona").
fn story(app: &App, theirs: &[&Line]) -> Option<String> {
    // What was chosen are our words.
    let own = theirs.iter().filter(|line| line.kind != LineKind::Choice);
    let texts = own.filter_map(|line| line.text.as_ref().or(line.transcript.as_ref()));
    let mut told: Vec<&String> = texts.filter(|text| text.split_whitespace().count() >= STORY).collect();
    told.sort_by_key(|text| std::cmp::Reverse(text.chars().count()));
    let about_the_talk = |text: &str| {
        let understood = app.understanding.understand(text);
        understood.ranked.first().is_some_and(|top| top.intent.starts_with("chat."))
    };
    told.into_iter().find(|text| !about_the_talk(text)).cloned()
}

/// What the bot was told, else the newest pin.
fn place(app: &App, session: Option<&Session>, theirs: &[&Line]) -> PlaceKnown {
    let told = session.and_then(|session| match slot(session, "place")? {
        Value::Place(place) => Some(place.clone()),
        _ => None,
    });
    let pin = || theirs.iter().find_map(|line| line.place);
    let place = told.or_else(|| pin().map(|pin| app.contents.active.catalogue.locate(pin.lat, pin.lon)));
    place.map(|place| PlaceKnown { text: place.text, lat: place.lat, lon: place.lon }).unwrap_or_default()
}
