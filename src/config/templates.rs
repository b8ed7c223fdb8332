//! Templates that agents may send, and what messages cost.

use serde::Deserialize;

use super::WhatsApp;

/// An approved template.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentTemplate {
    pub name: String,
    /// As approved: `es_MX` is not `es`.
    pub language: String,
    /// Its body, with `{{1}}` or `{{folio}}` where values stand.
    pub text: String,
    /// What belongs into each place, for the agent; in their order.
    #[serde(default)]
    pub fields: Vec<String>,
}

impl AgentTemplate {
    /// What stands between the braces, each once, in the order in which they first come.
    pub fn places(&self) -> Vec<String> {
        let pieces = self.text.split("{{").skip(1);
        let keys = pieces.filter_map(|piece| piece.split_once("}}")).map(|(key, _)| key.to_owned());
        let mut places: Vec<String> = Vec::new();
        for key in keys {
            if !places.contains(&key) {
                places.push(key);
            }
        }
        places
    }

    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if [&self.name, &self.language, &self.text].into_iter().any(|text| text.trim().is_empty()) {
            wrong.push(
                "whatsapp.templates: each needs name, language and text as Meta approved them".to_owned(),
            );
        }
        if self.fields.len() != self.places().len() {
            wrong.push(format!(
                "whatsapp.templates: '{}' has {} places and {} fields: name each once",
                self.name,
                self.places().len(),
                self.fields.len()
            ));
        }
    }
}

impl WhatsApp {
    /// What agents may send: the town's templates, and the reminder where it needs no value.
    pub fn agent_templates(&self) -> Vec<AgentTemplate> {
        let reminder = self.reminder.iter().filter(|reminder| !reminder.town).map(|reminder| AgentTemplate {
            name: reminder.name.clone(),
            language: reminder.language.clone(),
            text: reminder.text.clone(),
            fields: Vec::new(),
        });
        self.templates.iter().cloned().chain(reminder).collect()
    }
}

/// Whether it can be what something costs.
pub(super) fn is_price(price: f64) -> bool {
    price.is_finite() && price >= 0.0
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    const ON: &str = "[whatsapp]\nnumbers = [{ phone_number_id = \"1\", display_phone = \"+52\" }]\n\
                      app_secrets = [\"a\"]\nverify_token = \"b\"\naccess_token = \"c\"\n";

    #[test]
    fn places_are_named_once_and_in_order() {
        let with = |fields: &str| {
            let text = "Hola {{1}}: {{2}}. Adiós, {{1}}.";
            let key = format!(
                "templates = [{{ name = \"x\", language = \"es_MX\", text = \"{text}\", fields = {fields} }}]"
            );
            Config::from_toml(&format!("{ON}{key}"))
        };
        let known = with("[\"Nombre\", \"Asunto\"]").unwrap();
        assert_eq!(known.whatsapp.templates[0].places(), ["1", "2"]);
        let said = with("[\"Nombre\"]").unwrap_err().to_string();
        assert!(said.contains("whatsapp.templates: 'x' has 2 places and 1 fields"), "{said}");
    }

    #[test]
    fn nothing_costs_less_than_nothing() {
        let said = Config::from_toml(&format!("{ON}price_per_template = -1")).unwrap_err().to_string();
        assert!(said.contains("whatsapp.price_per_template"), "{said}");
    }
}
