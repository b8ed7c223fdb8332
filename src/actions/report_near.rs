//! `report_near`: what somebody else reported already nearby, so that a person may join it instead of telling it again.

use serde::Deserialize;
use serde_json::{Value as Json, json};
use ventanilla_values::{Lang, Place};

use super::{Asker, Done};
use crate::{
    catalogue::{AttributeKind, Catalogue, Category},
    reports::near::{Candidate, Sought, near},
    store::{self, StoreError, Unit, reports::ReportRow},
};

/// A WhatsApp row's label.
const LABEL: usize = 24;
const DAY: i64 = 24 * 3600 * 1000;

#[derive(Deserialize)]
pub(super) struct Args {
    category: String,
    place: Place,
    #[serde(default)]
    description: Option<String>,
    /// Id in the media store.
    #[serde(default)]
    photo: Option<String>,
}

/// Where people are and what they say is theirs.
impl std::fmt::Debug for Args {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Args").field("category", &self.category).finish_non_exhaustive()
    }
}

pub(super) async fn run(unit: &Unit, asker: &Asker<'_>, args: Args) -> Result<Done, StoreError> {
    let Some(category) = asker.catalogue.category(&args.category) else {
        return Ok(Done::fails(format!("the catalogue has no category '{}'", args.category)));
    };
    let point = args.place.lat.zip(args.place.lon).filter(|_| !category.private);
    let Some(point) = point else { return Ok(nothing()) };
    let photo = args.photo.as_deref().and_then(|id| id.parse().ok());
    let likeness = match photo {
        Some(photo) => store::likenesses::of_photo(&**unit, photo).await?,
        None => None,
    };
    let description = args.description.as_deref();
    let sought = Sought { category, point, description, likeness, now: asker.now };
    let found = near(&**unit, &sought).await?;
    let Some(first) = found.first() else { return Ok(nothing()) };
    let shown: Vec<Json> = found.iter().map(|one| shown(asker, one)).collect();
    let options = options(asker, &found);
    let photo = photo_of(unit, &first.row).await?;
    let (count, first) = (found.len(), shown.first());
    Ok(Done::gives(json!({
        "count": count, "first": first, "all": shown, "options": options, "photo": photo,
    })))
}

fn nothing() -> Done {
    Done::gives(json!({ "count": 0, "first": null, "all": [], "options": [], "photo": null }))
}

/// Nothing of what the others wrote: only what the town knows of the place, and the answers to its own questions.
fn shown(asker: &Asker<'_>, one: &Candidate) -> Json {
    let (row, lang) = (&one.row, asker.lang);
    json!({
        "folio": row.folio,
        "what": what(asker.catalogue, row, lang),
        "where": colonia(asker.catalogue, row),
        "metres": rounded(one.metres),
        "ago": ago(asker.now - row.filed_at, lang),
        "state": row.state,
        "state_label": row.stands().label(lang),
        "people": row.people,
        // Said to be done: whoever joins now says that it is not.
        "done": matches!(row.state.as_str(), "resolved_claimed" | "closed_confirmed"),
    })
}

fn options(asker: &Asker<'_>, found: &[Candidate]) -> Vec<Json> {
    let lang = asker.lang;
    let labels: Vec<String> = found.iter().map(|one| label(asker, one)).collect();
    let option = |(one, label): (&Candidate, &String)| {
        // Two that are as far away and as old differ by their folio.
        let alike = labels.iter().filter(|other| *other == label).count() > 1;
        let label = if alike { format!("{}, {}", away(one, lang), one.row.folio) } else { label.clone() };
        json!({
            "id": one.row.folio,
            "label": label.chars().take(LABEL).collect::<String>(),
            "description": format!("{} · {}", what(asker.catalogue, &one.row, lang), one.row.stands().label(lang)),
        })
    };
    found.iter().zip(&labels).map(option).collect()
}

fn label(asker: &Asker<'_>, one: &Candidate) -> String {
    format!("{}, {}", away(one, asker.lang), ago(asker.now - one.row.filed_at, asker.lang))
}

fn away(one: &Candidate, lang: Lang) -> String {
    let metres = rounded(one.metres);
    if lang == Lang::EN { format!("{metres} m away") } else { format!("A {metres} m") }
}

/// "Bache: Grande, cabe un auto": the category, and the first of its questions that was answered by choosing.
fn what(catalogue: &Catalogue, row: &ReportRow, lang: Lang) -> String {
    let Some(category) = catalogue.category(&row.category) else { return String::new() };
    let name = category.name.get(lang);
    detail(category, row, lang).map_or_else(|| name.to_owned(), |detail| format!("{name}: {detail}"))
}

fn detail(category: &Category, row: &ReportRow, lang: Lang) -> Option<String> {
    let details: Json = serde_json::from_str(&row.details_json).ok()?;
    let chosen =
        category.attributes.iter().filter(|one| one.kind == AttributeKind::Choice).find_map(|one| {
            let id = details.get(&one.id)?.as_str()?;
            one.options.iter().find(|option| option.id == id)
        })?;
    Some(chosen.label.get(lang).to_owned())
}

fn colonia(catalogue: &Catalogue, row: &ReportRow) -> Option<String> {
    let id = row.colonia.as_deref()?;
    catalogue.places().colonia(id).map(|colonia| colonia.name.clone())
}

/// As people say distances.
#[expect(clippy::cast_possible_truncation, reason = "metres of a radius")]
fn rounded(metres: f64) -> i64 {
    ((metres / 5.0).round() as i64).max(1) * 5
}

/// "hoy", "ayer", "hace 3 días".
fn ago(millis: i64, lang: Lang) -> String {
    let days = millis.max(0) / DAY;
    match (lang == Lang::EN, days) {
        (false, 0) => "hoy".to_owned(),
        (false, 1) => "ayer".to_owned(),
        (false, 2..=60) => format!("hace {days} días"),
        (false, _) => format!("hace {} meses", days / 30),
        (true, 0) => "today".to_owned(),
        (true, 1) => "yesterday".to_owned(),
        (true, 2..=60) => format!("{days} days ago"),
        (true, _) => format!("{} months ago", days / 30),
    }
}

/// A photo of it that somebody of the town let everybody see, as `image:` of a flow takes it.
async fn photo_of(unit: &Unit, row: &ReportRow) -> Result<Option<String>, StoreError> {
    let photos = store::report_photos::of_report(&**unit, row.id).await?;
    let Some(photo) = photos.into_iter().find(|photo| photo.moderation == "shown") else { return Ok(None) };
    let file = store::media::by_id(&**unit, photo.media).await?;
    let mime = file.map_or_else(|| crate::picture::MIME.to_owned(), |file| file.mime);
    let fit = matches!(mime.as_str(), "image/jpeg" | "image/png");
    Ok(fit.then(|| format!("media:{mime}/{}", photo.media)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_said_as_people_say_it() {
        let said = |days: i64| ago(days * DAY + 5, Lang::ES);
        assert_eq!([said(0), said(1), said(3), said(90)], ["hoy", "ayer", "hace 3 días", "hace 3 meses"]);
        assert_eq!(ago(2 * DAY, Lang::EN), "2 days ago");
    }

    #[test]
    fn distances_are_round() {
        assert_eq!([rounded(0.4), rounded(12.6), rounded(79.0)], [5, 15, 80]);
    }
}
