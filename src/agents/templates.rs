//! Approved templates: the only messages that may go when the citizen wrote more than a day ago.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_adapters::{Channel, Message, Template, TemplateText, capabilities};

use super::{
    ActError, AgentError, By, Replied,
    find::{current, free_for},
    price::{Cost, of_template},
    reply::{Says, Telling, tell, told},
};
use crate::{
    app::App,
    config::AgentTemplate,
    store::{self, StoreError, handovers::HandoverRow},
};

/// Meta: the body of a template with its values.
const LONGEST: usize = 1024;

/// A template that can be sent now.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Sendable {
    pub name: String,
    /// As the provider approved it: `es_MX`.
    pub language: String,
    /// With `{{1}}` or `{{folio}}` where a value stands.
    pub text: String,
    /// What stands in each place, in their order.
    pub places: Vec<Filling>,
    /// Where the town told what it pays for one.
    pub cost: Option<Cost>,
}

/// A place in a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Filling {
    /// As it stands between the braces.
    pub key: String,
    /// What belongs there, for who fills it in.
    pub label: String,
}

/// The town's templates for a channel that the provider lets pass.
///
/// # Errors
/// When the database fails.
pub async fn templates(app: &App, channel: Option<Channel>) -> Result<Vec<Sendable>, StoreError> {
    let Some(channel) = channel.filter(|channel| capabilities(*channel).window.is_some()) else {
        return Ok(Vec::new());
    };
    let mut passing = Vec::new();
    for template in app.config.whatsapp.agent_templates() {
        let name = format!("{}/{}", template.name, template.language);
        if store::templates::usable(app.store.read(), channel, &name).await? {
            passing.push(Sendable {
                places: places(&template),
                cost: of_template(app),
                name: template.name,
                language: template.language,
                text: template.text,
            });
        }
    }
    Ok(passing)
}

fn places(template: &AgentTemplate) -> Vec<Filling> {
    let keys = template.places();
    let label = |(n, key): (usize, String)| {
        let label = template.fields.get(n).cloned().unwrap_or_else(|| key.clone());
        Filling { key, label }
    };
    keys.into_iter().enumerate().map(label).collect()
}

/// Which template, and what stands in its places.
#[derive(Clone, PartialEq, Eq)]
pub struct Chosen {
    pub name: String,
    pub language: String,
    /// In the order of the places.
    pub values: Vec<String>,
}

/// Values name people.
impl std::fmt::Debug for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chosen({}/{})", self.name, self.language)
    }
}

/// Sends a template, and takes the chat.
///
/// # Errors
/// When the provider does not let it pass, a value lacks, somebody else attends the chat, it changed meanwhile, or the
/// database fails.
pub async fn send_template(
    app: &App,
    entry: HandoverRow,
    by: &By,
    chosen: &Chosen,
    undo: i64,
) -> Result<Replied, AgentError> {
    free_for(&entry, by)?;
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    let passing = templates(app, conversation.channel).await?;
    let fits = |one: &&Sendable| one.name == chosen.name && one.language == chosen.language;
    let message = filled(passing.iter().find(fits).ok_or(ActError::NoTemplate)?, &chosen.values)?;
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let says = Says::Template(&message);
    let telling = Telling { says, secrets: &[], private: false, undo, act: "template" };
    let replied = tell(app, &unit, entry, by, &telling).await?;
    told(app, unit, replied).await
}

fn filled(template: &Sendable, values: &[String]) -> Result<Message, ActError> {
    let values: Vec<&str> = values.iter().map(|value| value.trim()).collect();
    // Meta: no line breaks, no tabs and no wide gaps within a value.
    let fits =
        |value: &&str| !value.is_empty() && !value.contains(['\n', '\r', '\t']) && !value.contains("    ");
    if values.len() != template.places.len() || !values.iter().all(fits) {
        return Err(ActError::TemplateValues);
    }
    let pairs = || template.places.iter().zip(&values);
    let text = pairs().fold(template.text.clone(), |text, (place, value)| {
        text.replace(&format!("{{{{{}}}}}", place.key), value)
    });
    if text.chars().count() > LONGEST {
        return Err(ActError::TemplateValues);
    }
    let named = |key: &str| (!key.bytes().all(|byte| byte.is_ascii_digit())).then(|| key.to_owned());
    let body = pairs()
        .map(|(place, value)| TemplateText { name: named(&place.key), value: (*value).to_owned() })
        .collect();
    let (name, language) = (template.name.clone(), template.language.clone());
    let template = Template { name, language, header: None, body, buttons: Vec::new() };
    Ok(Message::Template { text, template })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news() -> Sendable {
        let place = |key: &str| Filling { key: key.to_owned(), label: key.to_owned() };
        Sendable {
            name: "novedad".to_owned(),
            language: "es_MX".to_owned(),
            text: "Hola {{1}}: tu reporte {{2}} ya tiene novedades, {{1}}.".to_owned(),
            places: vec![place("1"), place("2")],
            cost: None,
        }
    }

    #[test]
    fn each_value_stands_in_its_place() {
        let values = ["Lupe".to_owned(), " PC-1234-5670 ".to_owned()];
        let Ok(Message::Template { text, template }) = filled(&news(), &values) else { panic!("not filled") };
        assert_eq!(text, "Hola Lupe: tu reporte PC-1234-5670 ya tiene novedades, Lupe.");
        let sent: Vec<_> =
            template.body.iter().map(|one| (one.name.as_deref(), one.value.as_str())).collect();
        assert_eq!(sent, [(None, "Lupe"), (None, "PC-1234-5670")]);
    }

    #[test]
    fn what_the_provider_would_refuse_is_refused_here() {
        for values in [vec!["Lupe"], vec!["Lupe", " "], vec!["Lupe", "a\nb"], vec!["Lupe", &"x".repeat(1100)]]
        {
            let values: Vec<String> = values.into_iter().map(str::to_owned).collect();
            assert_eq!(filled(&news(), &values), Err(ActError::TemplateValues));
        }
    }
}
