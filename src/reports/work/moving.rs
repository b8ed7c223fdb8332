//! Moving a report: what is said with it is looked at, and its photos are those that were brought for it.

use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use serde_json::json;
use uuid::Uuid;

use super::{Refusal, WorkError, actor, audit, merge, sayings};
use crate::{
    app::App,
    reports::{Authority, Change, State, change},
    staff::{Member, Permission},
    store::{self, Unit, report_events::Words, reports::ReportRow},
};

/// Why a report is not taken up, as codes; what is said with it says more.
pub const REJECTIONS: &[&str] = &[
    "not_ours",
    "private_property",
    "not_found",
    "no_fault",
    "not_possible",
    "not_enough_said",
    "abuse",
    "other",
];
/// Letters of the name, the phone or the folio of another authority.
const LONGEST_NAME: usize = 120;

/// A move, as a page asks for it.
#[derive(Clone)]
pub struct Move {
    pub to: State,
    pub public_text: Option<String>,
    pub private_note: Option<String>,
    /// One of [`REJECTIONS`], where it is not taken up.
    pub reason: Option<String>,
    /// Photos that were brought for this report.
    pub evidence: Vec<Uuid>,
    /// Whether everybody may see them, by the word of who shows them.
    pub show_evidence: bool,
    /// The local day of the work.
    pub day: Option<NaiveDate>,
    pub authority: Option<Authority>,
    pub department: Option<String>,
    pub parent: Option<Uuid>,
}

/// What people write is theirs.
impl std::fmt::Debug for Move {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Move").field("to", &self.to).finish_non_exhaustive()
    }
}

/// Moves a report as somebody of the town. `seen` is the report with the version that they saw. To `duplicate` it is
/// [`merge`]d.
///
/// # Errors
/// When the table has no such move, something lacks or is not right, it changed meanwhile, or the database fails.
pub async fn move_report(
    app: &App,
    member: &Member,
    seen: &ReportRow,
    wanted: Move,
) -> Result<ReportRow, WorkError> {
    if seen.stands() == State::Duplicate {
        return Err(Refusal::Added.into());
    }
    if let (State::Duplicate, Some(parent)) = (wanted.to, wanted.parent) {
        let note = sayings::said(wanted.private_note)?;
        return merge(app, member, seen, parent, note).await;
    }
    let (evidence, shown) = (wanted.evidence.clone(), wanted.show_evidence);
    let wanted = checked(app, member, wanted)?;
    let unit = app.store.unit().await?;
    take(app, &unit, seen, &evidence).await?;
    let moved = change(app, &unit, seen, &wanted).await?;
    if shown && member.may(Permission::ModerateReports) && !moved.private {
        for media in &evidence {
            store::report_photos::moderate(&unit, moved.id, *media, "shown").await?;
        }
    }
    let detail = json!({
        "to": wanted.to, "reason": wanted.reason, "department": wanted.department, "photos": evidence.len(),
    });
    audit(app, &unit, member, "report.move", moved.id, &detail).await?;
    unit.commit().await?;
    Ok(moved)
}

fn checked(app: &App, member: &Member, wanted: Move) -> Result<Change, WorkError> {
    let public = sayings::said(wanted.public_text)?;
    let private = sayings::said(wanted.private_note)?;
    if wanted.to == State::ResolvedClaimed
        && public.as_deref().is_some_and(|text| !sayings::tells_what_was_done(text))
    {
        return Err(Refusal::EmptyWords.into());
    }
    let reason = wanted.reason.filter(|_| wanted.to == State::ClosedRejected);
    if reason.as_deref().is_some_and(|reason| !REJECTIONS.contains(&reason)) {
        return Err(Refusal::NoSuchReason.into());
    }
    let catalogue = &app.contents.active.catalogue;
    // Who passes it on says to whom; everything else leaves it where it is.
    let department = wanted.department.filter(|_| wanted.to == State::Assigned);
    if department.as_deref().is_some_and(|id| catalogue.department(id).is_none()) {
        return Err(Refusal::NoDepartment.into());
    }
    let scheduled_for = match wanted.day.filter(|_| wanted.to == State::Scheduled) {
        Some(day) => Some(noon(app, day)?),
        None => None,
    };
    let authority = wanted.authority.filter(|_| wanted.to == State::Referred).map(authority).transpose()?;
    Ok(Change {
        reason,
        words: Words { public, private, citizen: None },
        evidence: wanted.evidence,
        scheduled_for,
        authority,
        department,
        ..Change::new(wanted.to, actor(member))
    })
}

/// The middle of a local day, Unix ms: so that it is that day in every zone nearby.
fn noon(app: &App, day: NaiveDate) -> Result<i64, Refusal> {
    let zone = app.contents.active.catalogue.town().timezone;
    let now = chrono::DateTime::from_timestamp_millis(app.clock.now()).unwrap_or_default();
    let today = now.with_timezone(&zone).date_naive();
    if day < today {
        return Err(Refusal::DatePast);
    }
    if today.checked_add_days(Days::new(366)).is_some_and(|last| day > last) {
        return Err(Refusal::DateFar);
    }
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default());
    let noon = zone.from_local_datetime(&noon).earliest();
    noon.map(|noon| noon.timestamp_millis()).ok_or(Refusal::DateFar)
}

fn authority(one: Authority) -> Result<Authority, Refusal> {
    let short = |text: &str| text.chars().count() <= LONGEST_NAME;
    let folio = one.folio.map(|folio| folio.trim().to_owned()).filter(|folio| !folio.is_empty());
    let one = Authority { name: one.name.trim().to_owned(), phone: one.phone.trim().to_owned(), folio };
    if !short(&one.name) || !short(&one.phone) || !one.folio.as_deref().is_none_or(short) {
        return Err(Refusal::LongWords);
    }
    // 911, 071 and the like have three digits.
    let digits = one.phone.chars().filter(char::is_ascii_digit).count();
    if !one.phone.is_empty() && digits < 3 { Err(Refusal::AuthorityPhone) } else { Ok(one) }
}

/// The photos are of this report, and no move showed them yet.
async fn take(app: &App, unit: &Unit, seen: &ReportRow, evidence: &[Uuid]) -> Result<(), WorkError> {
    for media in evidence {
        let photo = store::report_evidence::by_media(&**unit, *media).await?;
        let of_this = photo.is_some_and(|photo| photo.report == seen.id);
        if !of_this || !store::report_evidence::mark_used(unit, *media, app.clock.now()).await? {
            return Err(Refusal::NoEvidence.into());
        }
    }
    Ok(())
}
