//! `who_attends`: who is responsible for a place outside the town, as far as the town knows.

use serde::Deserialize;
use serde_json::json;
use ventanilla_values::Place;

use super::{Asker, Done};

#[derive(Deserialize)]
pub(super) struct Args {
    place: Place,
}

/// Where people are is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Args(…)")
    }
}

pub(super) fn run(asker: &Asker<'_>, args: &Args) -> Done {
    let point = args.place.lat.zip(args.place.lon);
    let neighbour = point.and_then(|point| asker.catalogue.town().neighbour(point));
    Done::gives(json!({
        "known": neighbour.is_some(),
        "name": neighbour.map(|one| one.name.as_str()),
        "phone": neighbour.map(|one| one.phone.as_str()),
    }))
}
