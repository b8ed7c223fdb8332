//! Chats about what is private, a denuncia above all: only those see them whom they are for. Being in charge of colleagues
//! is no reason to read a denuncia, and neither is attending everybody else.

use sea_orm::ConnectionTrait;
use tracing::warn;
use uuid::Uuid;
use ventanilla_flows::Session;

use crate::{
    catalogue::Catalogue,
    conversation::told_category,
    staff::{Member, Permission},
    store::{self, StoreError, Unit},
};

/// Somebody who was telling something private waits for a person of the town: it is kept within the department that
/// attends such, where that has somebody who may read it. Otherwise everybody sees it: nobody may wait unseen.
///
/// # Errors
/// When the database fails.
pub async fn keep_within(
    unit: &Unit,
    catalogue: &Catalogue,
    person: Uuid,
    session: &Session,
) -> Result<(), StoreError> {
    let Some(department) = department(catalogue, session) else { return Ok(()) };
    if is_for_somebody(&**unit, department).await? {
        store::handovers::keep_within(unit, person, department).await?;
    } else {
        warn!(
            "a private talk waits for everybody who attends: give somebody of the department {department} the role department"
        );
    }
    Ok(())
}

/// Whether somebody of a department may read what is private there.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_for_somebody(on: &impl ConnectionTrait, department: &str) -> Result<bool, StoreError> {
    let staff = store::staff::list(on).await?;
    let reads = |member: Member| {
        member.may(Permission::PrivateReports) && member.departments.iter().any(|own| own == department)
    };
    Ok(staff.iter().any(|row| row.active && reads(Member::of(row))))
}

/// Of the private category that they were telling; of the first one where they had not said which.
fn department<'a>(catalogue: &'a Catalogue, session: &Session) -> Option<&'a str> {
    let told = told_category(catalogue, session).filter(|category| category.private);
    let category = told.or_else(|| catalogue.categories().iter().find(|category| category.private))?;
    Some(&category.department)
}
