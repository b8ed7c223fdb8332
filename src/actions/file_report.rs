//! `file_report`: files a citizen's report and gives its folio and PIN.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ventanilla_values::Place;

use super::{Asker, Done};
use crate::{
    app::App,
    reports::{self, NewReport},
    store::{StoreError, Unit},
};

#[derive(Debug, Deserialize)]
pub(super) struct Args {
    category: String,
    place: Place,
    #[serde(default)]
    description: Option<String>,
    /// Id in the media store.
    #[serde(default)]
    photo: Option<String>,
    /// Answers to the category's own questions, by attribute.
    #[serde(default)]
    details: Option<Map<String, Value>>,
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let Some(category) = asker.catalogue.category(&args.category) else {
        return Ok(Done::fails(format!("the catalogue has no category '{}'", args.category)));
    };
    let new = NewReport {
        category: &args.category,
        private: category.private,
        place: &args.place,
        description: args.description.filter(|text| !text.trim().is_empty()),
        photo: args.photo.as_deref().and_then(|id| id.parse().ok()),
        details: args.details.unwrap_or_default(),
    };
    let filed = reports::file(app, unit, asker, new).await?;
    let department = asker.catalogue.department(&category.department);
    let secret = Some(filed.pin.clone());
    let value = json!({
        "folio": filed.folio,
        "pin": filed.pin,
        "category_name": category.name.get(asker.lang),
        "department_name": department.map(|department| department.name.get(asker.lang)),
    });
    Ok(Done { secret, ..Done::gives(value) })
}
