//! What everybody may see of a report: its words, as somebody of the town put them, and its photos, one by one.

use serde_json::json;
use uuid::Uuid;

use super::{Refusal, WorkError, actor, audit, current, sayings};
use crate::{
    app::App,
    reports::{Happened, happen},
    staff::Member,
    store::{self, reports::ReportRow},
};

/// Says whether the description is shown, and in which words: names and phones are left out by who reads it.
///
/// # Errors
/// When it is shown without words, the report is private or changed meanwhile, or the database fails.
pub async fn moderate_text(
    app: &App,
    member: &Member,
    seen: &ReportRow,
    text: String,
    shown: bool,
) -> Result<ReportRow, WorkError> {
    let text = sayings::said(Some(text))?;
    if shown && text.is_none() {
        return Err(Refusal::NothingSaid.into());
    }
    if seen.private {
        return Err(Refusal::PrivateApart.into());
    }
    let unit = app.store.unit().await?;
    let row = current(&unit, seen).await?;
    let moderation = if shown { "shown" } else { "hidden" };
    let row = ReportRow { moderation: moderation.to_owned(), public_text: text.filter(|_| shown), ..row };
    let detail = json!({ "what": "description", "moderation": moderation });
    let by = actor(member);
    let happened = Happened { detail: detail.clone(), ..Happened::new("moderated", &by) };
    let row = happen(app, &unit, row, happened).await?;
    audit(app, &unit, member, "report.moderate", row.id, &detail).await?;
    unit.commit().await?;
    Ok(row)
}

/// Says whether everybody may see a photo.
///
/// # Errors
/// When the report has no such photo, is private or changed meanwhile, or the database fails.
pub async fn moderate_photo(
    app: &App,
    member: &Member,
    seen: &ReportRow,
    media: Uuid,
    shown: bool,
) -> Result<ReportRow, WorkError> {
    if seen.private && shown {
        return Err(Refusal::PrivateApart.into());
    }
    let unit = app.store.unit().await?;
    let row = current(&unit, seen).await?;
    let moderation = if shown { "shown" } else { "hidden" };
    if !store::report_photos::moderate(&unit, row.id, media, moderation).await? {
        return Err(Refusal::NoPhoto.into());
    }
    let detail = json!({ "what": "photo", "photo": media, "moderation": moderation });
    let by = actor(member);
    let happened = Happened { detail: detail.clone(), ..Happened::new("moderated", &by) };
    let row = happen(app, &unit, row, happened).await?;
    audit(app, &unit, member, "report.moderate", row.id, &detail).await?;
    unit.commit().await?;
    Ok(row)
}
