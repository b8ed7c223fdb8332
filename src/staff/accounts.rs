//! Changing accounts: names, roles, departments, and whether somebody still works here.

use serde_json::json;
use uuid::Uuid;
use ventanilla_values::{Email, Lang};

use super::{Abilities, Member, Permission, Role, StaffError, StaffRow, named, note};
use crate::{
    agents,
    app::App,
    bus::DeskNews,
    store::{self, Unit},
};

/// Letters that a name may have.
const LONGEST_NAME: usize = 100;
/// What the pages are written in.
const LANGUAGES: [&str; 2] = ["es", "en"];

/// What an admin changes; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub roles: Option<Vec<Role>>,
    pub departments: Option<Vec<String>>,
    /// Languages and skills.
    pub languages: Option<Vec<Lang>>,
    pub skills: Option<Vec<String>>,
    /// Whether what they write awaits approval.
    pub supervised: Option<bool>,
    pub active: Option<bool>,
}

/// Changes somebody's account. It holds from their next request on.
///
/// # Errors
/// With the sentence to show, when it cannot be so; else when the database fails.
pub async fn change(app: &App, actor: &str, id: Uuid, change: Change) -> Result<StaffRow, StaffError> {
    let unit = app.store.unit().await?;
    let before = store::staff::by_id(&*unit, id).await?.ok_or(StaffError::NoSuch("person"))?;
    let after = changed(app, &before, change)?;
    if before.active && !after.active && actor == named(id) {
        return Err(StaffError::Yourself);
    }
    store::staff::update(&unit, &after).await?;
    if is_admin(&before) && !is_admin(&after) {
        somebody_is_admin(&unit).await?;
    }
    note_changes(app, &unit, actor, &before, &after).await?;
    if before.active && !after.active {
        end_access(app, &unit, &after).await?;
    }
    let left = leave_chats(app, &unit, &before, &after).await?;
    unit.commit().await?;
    for person in left {
        app.bus.announce_desk(DeskNews::Person(person));
    }
    Ok(after)
}

fn changed(app: &App, before: &StaffRow, change: Change) -> Result<StaffRow, StaffError> {
    let mut after = before.clone();
    if let Some(name) = change.name {
        after.name = name_of(&name)?;
    }
    if let Some(roles) = change.roles {
        after.roles = roles_of(roles)?;
    }
    if let Some(departments) = change.departments {
        after.departments = departments_of(app, departments)?;
    }
    after.abilities = Abilities {
        languages: change.languages.unwrap_or(after.abilities.languages),
        skills: change.skills.unwrap_or(after.abilities.skills),
        supervised: change.supervised.unwrap_or(after.abilities.supervised),
    }
    .tidy()?;
    after.active = change.active.unwrap_or(before.active);
    Ok(after)
}

/// A row for each thing that changed. Names and addresses are told by the account, not by the log.
async fn note_changes(
    app: &App,
    unit: &Unit,
    actor: &str,
    before: &StaffRow,
    after: &StaffRow,
) -> Result<(), StaffError> {
    let subject = named(after.id);
    if before.name != after.name {
        note(app, unit, actor, "staff.name", &subject, &json!({})).await?;
    }
    if before.roles != after.roles {
        let detail = json!({ "from": before.roles, "to": after.roles });
        note(app, unit, actor, "staff.roles", &subject, &detail).await?;
    }
    if before.departments != after.departments {
        let detail = json!({ "from": before.departments, "to": after.departments });
        note(app, unit, actor, "staff.departments", &subject, &detail).await?;
    }
    if before.abilities != after.abilities {
        let detail = json!({ "from": before.abilities, "to": after.abilities });
        note(app, unit, actor, "staff.abilities", &subject, &detail).await?;
    }
    if before.active != after.active {
        let action = if after.active { "staff.activate" } else { "staff.deactivate" };
        note(app, unit, actor, action, &subject, &json!({})).await?;
    }
    Ok(())
}

/// Whoever leaves is out at once: their sessions end, and links that they were given are void.
async fn end_access(app: &App, unit: &Unit, staff: &StaffRow) -> Result<(), StaffError> {
    store::sessions::end_all(unit, staff.id, None).await?;
    store::invitations::close_for(unit, &staff.email, app.clock.now()).await?;
    Ok(())
}

/// The chats of who attends none any more wait for a colleague. Gives whose chats they are.
async fn leave_chats(
    app: &App,
    unit: &Unit,
    before: &StaffRow,
    after: &StaffRow,
) -> Result<Vec<Uuid>, StaffError> {
    let attends = |row: &StaffRow| row.active && Member::of(row).may(Permission::AttendChats);
    if attends(before) && !attends(after) {
        return Ok(agents::drain(app, unit, after.id).await?);
    }
    Ok(Vec::new())
}

fn is_admin(staff: &StaffRow) -> bool {
    staff.active && staff.roles.contains(&Role::Admin)
}

/// Somebody must be able to give accounts.
async fn somebody_is_admin(unit: &Unit) -> Result<(), StaffError> {
    let staff = store::staff::list(&**unit).await?;
    if staff.iter().any(is_admin) { Ok(()) } else { Err(StaffError::LastAdmin) }
}

/// What somebody changes about themselves.
///
/// # Errors
/// [`StaffError::NoName`], [`StaffError::NoLanguage`]; else when the database fails.
pub async fn change_self(
    app: &App,
    id: Uuid,
    name: Option<String>,
    language: Option<String>,
) -> Result<StaffRow, StaffError> {
    let unit = app.store.unit().await?;
    let before = store::staff::by_id(&*unit, id).await?.ok_or(StaffError::NoSuch("person"))?;
    let mut after = before.clone();
    if let Some(name) = name {
        after.name = name_of(&name)?;
    }
    if let Some(language) = language {
        after.language = language_of(&language)?;
    }
    store::staff::update(&unit, &after).await?;
    note_changes(app, &unit, &named(id), &before, &after).await?;
    unit.commit().await?;
    Ok(after)
}

pub(super) fn name_of(text: &str) -> Result<String, StaffError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(StaffError::NoName) }
}

pub(super) fn email_of(text: &str) -> Result<String, StaffError> {
    let typed = text.trim().to_lowercase();
    let email = Email::parse(&typed).map_err(|_| StaffError::NoEmail)?;
    if email.as_str() == typed { Ok(typed) } else { Err(StaffError::NoEmail) }
}

pub(super) fn language_of(text: &str) -> Result<String, StaffError> {
    let known = LANGUAGES.into_iter().find(|known| *known == text);
    known.map(str::to_owned).ok_or(StaffError::NoLanguage)
}

pub(super) fn roles_of(mut roles: Vec<Role>) -> Result<Vec<Role>, StaffError> {
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() { Err(StaffError::NoRole) } else { Ok(roles) }
}

pub(super) fn departments_of(app: &App, mut departments: Vec<String>) -> Result<Vec<String>, StaffError> {
    departments.sort_unstable();
    departments.dedup();
    let catalogue = &app.contents.active.catalogue;
    match departments.iter().find(|id| catalogue.department(id).is_none()) {
        Some(unknown) => Err(StaffError::NoDepartment(unknown.clone())),
        None => Ok(departments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_one_and_nothing_else() {
        assert_eq!(email_of(" Ana.Lopez@Example.mx ").unwrap(), "ana.lopez@example.mx");
        for wrong in ["", "ana", "ana@example", "mi correo es ana@example.mx", "ana@example.mx, b@example.mx"]
        {
            assert!(email_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(name_of("  Ana   López\n").unwrap(), "Ana López");
        assert!(name_of(" ").is_err());
        assert!(name_of("a\u{7}").is_err());
        assert!(name_of(&"ñ".repeat(101)).is_err());
    }
}
