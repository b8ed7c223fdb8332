//! What was told of reports, as `FixMyStreet`'s extension lists it.

use chrono_tz::Tz;
use ventanilla_values::Lang;

use super::{
    node::{Fields, Node},
    times,
};
use crate::store::open_requests::Told;

/// The id of an update of ours.
pub(super) fn id(told: &Told) -> String {
    format!("{}-{}", told.folio, told.seq)
}

/// What somebody reads: the town's words, or where it stands now.
pub(super) fn words(told: &Told) -> String {
    told.public.clone().unwrap_or_else(|| told.to.label(Lang::ES).to_owned())
}

/// The list.
pub fn told_updates(told: &[Told], zone: Tz) -> Node {
    let one = |told: &Told| {
        Fields::new()
            .text("update_id", Some(id(told)))
            .text("service_request_id", Some(told.folio.as_str()))
            .text("status", Some(told.to.fixmystreet()))
            .text("external_status_code", Some(told.to.as_str()))
            .text("updated_datetime", Some(times::text(told.at, zone)))
            .text("description", Some(words(told)))
            .done()
    };
    Node::List("request_update", told.iter().map(one).collect())
}
