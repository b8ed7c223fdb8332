//! What a trainer makes of what colleagues taught: taken, left, put right, and carried to the files of `intents/`.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{ActError, AgentError, By, teach::title};
use crate::{
    app::App,
    staff,
    store::{
        StoreError,
        training::{self, Kind, State},
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExampleKind {
    Means,
    WrongAnswer,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExampleState {
    #[default]
    New,
    Accepted,
    Rejected,
}

impl From<ExampleState> for State {
    fn from(state: ExampleState) -> Self {
        match state {
            ExampleState::New => Self::New,
            ExampleState::Accepted => Self::Accepted,
            ExampleState::Rejected => Self::Rejected,
        }
    }
}

/// Something that the bot is to learn from. Times are Unix milliseconds.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TrainingExample)]
pub struct Example {
    pub id: Uuid,
    pub kind: ExampleKind,
    /// What the citizen, or the bot, said.
    pub text: String,
    pub language: String,
    pub intent: Option<String>,
    /// As people name the intent.
    pub title: Option<String>,
    /// What was wrong.
    pub note: Option<String>,
    pub state: ExampleState,
    /// Who saw it.
    pub by: String,
    pub at: i64,
    /// Who decided.
    pub reviewed_by: Option<String>,
    pub reviewed_at: Option<i64>,
}

/// What people say is theirs.
impl std::fmt::Debug for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Example").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// A page of the examples in a state, the newest first; who looks is written down.
///
/// # Errors
/// When the database fails.
pub async fn examples(
    app: &App,
    by: &By,
    state: ExampleState,
    lang: Lang,
    (limit, offset): (i64, i64),
) -> Result<Vec<Example>, StoreError> {
    let rows = training::page(app.store.read(), state.into(), limit, offset).await?;
    let unit = app.store.unit().await?;
    staff::note(app, &unit, &by.actor(), "training.view", "training", &json!({ "rows": rows.len() })).await?;
    unit.commit().await?;
    Ok(rows.into_iter().map(|row| shown(app, row, lang)).collect())
}

fn shown(app: &App, row: training::Example, lang: Lang) -> Example {
    Example {
        id: row.id,
        kind: match row.kind {
            Kind::Means => ExampleKind::Means,
            Kind::WrongAnswer => ExampleKind::WrongAnswer,
        },
        title: row.intent.as_deref().and_then(|intent| title(app, intent, lang)),
        text: row.text,
        language: row.language,
        intent: row.intent,
        note: row.note,
        state: match row.state {
            State::New => ExampleState::New,
            State::Accepted => ExampleState::Accepted,
            State::Rejected => ExampleState::Rejected,
        },
        by: row.said_by,
        at: row.at,
        reviewed_by: row.reviewed_by,
        reviewed_at: row.reviewed_at,
    }
}

/// Takes or leaves an example; `intent`: what it means after all. `None` when there is no such example.
///
/// # Errors
/// When there is no such intent, or the database fails.
pub async fn review(
    app: &App,
    by: &By,
    id: Uuid,
    state: ExampleState,
    intent: Option<&str>,
) -> Result<Option<Example>, AgentError> {
    let Some(row) = training::by_id(app.store.read(), id).await? else { return Ok(None) };
    let intent = match (row.kind, intent) {
        (Kind::Means, Some(intent)) => {
            title(app, intent, Lang::ES).ok_or(ActError::NoIntent)?;
            Some(intent.to_owned())
        }
        _ => row.intent.clone(),
    };
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    training::review(&unit, id, state.into(), intent.as_deref(), &by.name, now).await?;
    let detail = json!({ "state": State::from(state).as_str() });
    staff::note(app, &unit, &by.actor(), "training.review", &format!("training:{id}"), &detail).await?;
    unit.commit().await?;
    let row = training::by_id(app.store.read(), id).await?;
    Ok(row.map(|row| shown(app, row, Lang::ES)))
}

/// What was accepted, as lines for the files of `intents/`; who takes it along is written down.
///
/// # Errors
/// When the database fails.
pub async fn export(app: &App, by: &By) -> Result<String, StoreError> {
    let rows = training::accepted(app.store.read()).await?;
    let unit = app.store.unit().await?;
    staff::note(app, &unit, &by.actor(), "training.export", "training", &json!({ "rows": rows.len() }))
        .await?;
    unit.commit().await?;
    Ok(yaml(&rows))
}

/// Grouped as the files are: an intent, then its languages.
fn yaml(rows: &[training::Example]) -> String {
    let mut text = String::new();
    let mut before: Option<(&str, &str)> = None;
    for row in rows {
        let intent = row.intent.as_deref().unwrap_or_default();
        let now = (intent, row.language.as_str());
        if before.map(|(intent, _)| intent) != Some(intent) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}# intents/{intent}.yaml\n"));
        }
        if before != Some(now) {
            text.push_str(&format!("{}:\n", row.language));
        }
        before = Some(now);
        let phrase = row.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A string of JSON is one of YAML.
        text.push_str(&format!("  - {}\n", serde_json::Value::from(phrase)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(intent: &str, language: &str, text: &str) -> training::Example {
        training::Example {
            id: Uuid::nil(),
            person: Uuid::nil(),
            line: Uuid::nil(),
            kind: Kind::Means,
            text: text.to_owned(),
            language: language.to_owned(),
            intent: Some(intent.to_owned()),
            note: None,
            state: State::Accepted,
            staff: None,
            said_by: "Rosa".to_owned(),
            at: 0,
            reviewed_by: None,
            reviewed_at: None,
        }
    }

    #[test]
    fn what_was_accepted_reads_as_the_files_do() {
        let rows = [
            example("report.pothole", "en", "big hole"),
            example("report.pothole", "es", "hay un \"hoyo\":\nenorme"),
            example("report.pothole", "es", "- se hundió"),
            example("report.tree", "es", "no"),
        ];
        let text = yaml(&rows);
        assert_eq!(
            text,
            "# intents/report.pothole.yaml\nen:\n  - \"big hole\"\nes:\n  - \"hay un \\\"hoyo\\\": enorme\"\n  - \"- se hundió\"\n\
             \n# intents/report.tree.yaml\nes:\n  - \"no\"\n"
        );
        let pothole = text.split("\n\n").next().unwrap();
        let read: std::collections::BTreeMap<String, Vec<String>> = serde_saphyr::from_str(pothole).unwrap();
        assert_eq!(read["es"], ["hay un \"hoyo\": enorme", "- se hundió"]);
    }
}
