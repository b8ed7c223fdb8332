//! Teaching the bot: what a citizen's message meant, and which of its answers were wrong.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{
    ActError, AgentError, By,
    lines::{Who, lines},
};
use crate::{
    app::App,
    staff,
    store::{
        self,
        handovers::HandoverRow,
        training::{self, Kind, State},
    },
};

/// Lines of a talk among which the message is looked for: those that the desk shows.
const LINES: i64 = 200;
const LONGEST_NOTE: usize = 500;

/// What a colleague says about a message.
#[derive(Clone, PartialEq, Eq)]
pub enum Lesson {
    /// It means this intent.
    Means(String),
    /// The bot's answer was wrong, for this reason.
    Wrong(String),
}

/// Reasons are about people.
impl std::fmt::Debug for Lesson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Means(_) => "Means(…)",
            Self::Wrong(_) => "Wrong(…)",
        })
    }
}

/// Puts a message of a chat into the training inbox. Everybody who sees the chat may.
///
/// # Errors
/// When the chat has no such message, there is no such intent, no reason is given, or the database fails.
pub async fn teach(
    app: &App,
    entry: &HandoverRow,
    by: &By,
    line: Uuid,
    lesson: &Lesson,
) -> Result<(), AgentError> {
    let talk = lines(app, entry.person_id, LINES).await?;
    let said = talk.into_iter().find(|one| one.id == line).ok_or(ActError::NoLine)?;
    let text =
        said.text.or(said.transcript).filter(|text| !text.trim().is_empty()).ok_or(ActError::NoLine)?;
    let (kind, intent, note) = match (said.who, lesson) {
        (Who::Citizen, Lesson::Means(intent)) => {
            title(app, intent, Lang::ES).ok_or(ActError::NoIntent)?;
            (Kind::Means, Some(intent.clone()), None)
        }
        (Who::Bot, Lesson::Wrong(note)) => (Kind::WrongAnswer, None, Some(reason(note)?)),
        _ => return Err(ActError::NoLine.into()),
    };
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    let language = conversation.session.map_or(Lang::ES, |session| session.lang).to_string();
    let example = training::Example {
        id: app.ids.next(),
        person: entry.person_id,
        line,
        kind,
        text,
        language,
        intent,
        note,
        state: State::New,
        staff: by.staff,
        said_by: by.name.clone(),
        at: app.clock.now(),
        reviewed_by: None,
        reviewed_at: None,
    };
    let unit = app.store.unit().await?;
    training::put(&unit, &example).await?;
    let detail = json!({ "kind": kind.as_str() });
    staff::note(app, &unit, &by.actor(), "chat.teach", &format!("chat:{}", entry.id), &detail).await?;
    Ok(unit.commit().await?)
}

fn reason(note: &str) -> Result<String, AgentError> {
    let note = note.trim();
    if note.is_empty() {
        return Err(ActError::NoTeachNote.into());
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(AgentError::TooLong(LONGEST_NOTE));
    }
    Ok(note.to_owned())
}

/// How an intent is named to people; `None` where the town has no such intent.
pub(super) fn title(app: &App, intent: &str, lang: Lang) -> Option<String> {
    let intents = &app.contents.active.phrases.intents;
    let found = intents.iter().find(|one| &*one.name == intent)?;
    let title = found.title.get(&lang).or_else(|| found.title.get(&Lang::ES));
    Some(title.cloned().unwrap_or_else(|| intent.to_owned()))
}

/// An intent, by what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntentName {
    pub id: String,
    pub title: String,
}

/// Every intent of the town, by title.
pub fn intents(app: &App, lang: Lang) -> Vec<IntentName> {
    let all = app.contents.active.phrases.intents.iter();
    let mut found: Vec<IntentName> = all.map(|one| named(app, &one.name, lang)).collect();
    found.sort_by(|a, b| a.title.cmp(&b.title));
    found
}

/// An intent by its title; one that the town does not have by its id.
pub(super) fn named(app: &App, intent: &str, lang: Lang) -> IntentName {
    let title = title(app, intent, lang).unwrap_or_else(|| intent.to_owned());
    IntentName { id: intent.to_owned(), title }
}
