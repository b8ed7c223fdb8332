//! `service_round`: when somebody comes by where the person lives: the truck for garbage, a brigade.

use serde::Deserialize;
use serde_json::json;
use ventanilla_values::Place;

use super::{Asker, Done};

#[derive(Deserialize)]
pub(super) struct Args {
    service: String,
    /// Words that may name the colonia.
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    place: Option<Place>,
}

/// Where people are is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("service", &self.service).finish_non_exhaustive()
    }
}

pub(super) fn run(asker: &Asker<'_>, args: &Args) -> Done {
    let places = asker.catalogue.places();
    let by_place = args.place.as_ref().and_then(|place| place.colonia.as_deref());
    let colonia = by_place.map(str::to_owned).or_else(|| {
        let words = args.words.as_deref().or(args.place.as_ref().map(|place| place.text.as_str()))?;
        places.colonia_in(words).map(|colonia| colonia.id.clone())
    });
    let Some(colonia) = colonia.as_deref().and_then(|id| places.colonia(id)) else {
        return Done::gives(json!({ "colonia": null, "known": false }));
    };
    let round = asker.catalogue.round(&args.service, &colonia.id);
    Done::gives(json!({
        "colonia": colonia.name,
        "known": round.is_some(),
        "when": round.as_ref().and_then(|(when, _)| when.as_ref()).map(|when| when.get(asker.lang)),
        "note": round.as_ref().and_then(|(_, note)| *note).map(|note| note.get(asker.lang)),
    }))
}
