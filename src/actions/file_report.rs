//! `file_report`: files a citizen's report and gives its folio and PIN.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use ventanilla_values::Place;

use super::{Asker, Done, photo};
use crate::{
    app::App,
    catalogue::Anonymous,
    reports::{self, Actor, Filer, NewReport},
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
    /// They asked to be left out of it.
    #[serde(default)]
    anonymous: Option<bool>,
    /// Whom it is for, where that is somebody else, in words for the crew.
    #[serde(default)]
    for_other: Option<String>,
}

pub(super) async fn run(app: &App, unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let Some(category) = asker.catalogue.category(&args.category) else {
        return Ok(Done::fails(format!("the catalogue has no category '{}'", args.category)));
    };
    // Who is nobody hears nothing of it: folio and PIN are the only key.
    let nameless = match category.anonymous {
        Anonymous::Always => true,
        Anonymous::Allowed => args.anonymous == Some(true),
        Anonymous::No => false,
    };
    let new = NewReport {
        category,
        place: &args.place,
        description: args.description.filter(|text| !text.trim().is_empty()),
        photos: photo(args.photo.as_deref()).into_iter().collect(),
        details: args.details.unwrap_or_default(),
        anonymous: category.private || nameless,
        said: args.for_other.filter(|text| !text.trim().is_empty()),
    };
    let filer = Filer {
        person: (!nameless).then_some(asker.person),
        key: (!nameless).then_some((asker.turn, asker.idx)),
        by: Actor::Citizen,
        channel: asker.address.channel.as_str().to_owned(),
        at: asker.now,
    };
    let filed = reports::file(app, unit, asker.catalogue, &filer, new).await?;
    let department = asker.catalogue.department(&category.department);
    let secret = Some(filed.pin.clone());
    let value = json!({
        "folio": filed.row.folio,
        "pin": filed.pin,
        "category_name": category.name.get(asker.lang),
        "anonymous": nameless,
        "department_name": department.map(|department| department.name.get(asker.lang)),
    });
    Ok(Done { secret, ..Done::gives(value) })
}
