//! Links that let somebody choose their password: whoever gives accounts never knows one. A link works once.

use std::fmt;

use serde_json::json;
use uuid::Uuid;

use super::{
    Abilities, Role, StaffError, StaffRow, accounts, named, note, password,
    sessions::{Caller, Opened, Way},
    sign_in, token,
};
use crate::{
    app::App,
    store::{
        self, Unit,
        invitations::{InvitationKind, InvitationRow},
    },
};

/// The page that opens a link. The token stands behind `#`, so that it is in no log of a proxy.
const PAGE: &str = "/console/welcome#";

/// Whom to invite.
#[derive(Clone)]
pub struct Newcomer {
    pub name: String,
    pub email: String,
    /// `es` or `en`.
    pub language: String,
    pub roles: Vec<Role>,
    pub departments: Vec<String>,
    pub abilities: Abilities,
}

/// A link that was made. It is shown once.
#[derive(Clone)]
pub struct Link {
    pub invitation: InvitationRow,
    pub link: String,
}

/// Invites somebody new. An older invitation of theirs is void.
///
/// # Errors
/// With the sentence to show, when it cannot be so; else when the database fails.
pub async fn invite(app: &App, actor: &str, newcomer: Newcomer) -> Result<Link, StaffError> {
    let now = app.clock.now();
    let invitation = InvitationRow {
        id: app.ids.next(),
        kind: InvitationKind::Invitation,
        staff: None,
        email: accounts::email_of(&newcomer.email)?,
        name: accounts::name_of(&newcomer.name)?,
        language: accounts::language_of(&newcomer.language)?,
        roles: accounts::roles_of(newcomer.roles)?,
        departments: accounts::departments_of(app, newcomer.departments)?,
        abilities: newcomer.abilities.tidy()?,
        invited_by: actor.to_owned(),
        created_at: now,
        expires_at: now + app.config.staff.invitation(),
    };
    let unit = app.store.unit().await?;
    if store::staff::by_email(&*unit, &invitation.email).await?.is_some() {
        return Err(StaffError::EmailTaken);
    }
    let detail = json!({ "roles": invitation.roles, "departments": invitation.departments });
    let subject = format!("invitation:{}", invitation.id);
    note(app, &unit, actor, "staff.invite", &subject, &detail).await?;
    give_out(app, unit, invitation).await
}

/// A link for somebody who forgot their password. The old one holds until the link is used.
///
/// # Errors
/// [`StaffError::NoSuch`], also for somebody who left; else when the database fails.
pub async fn password_link(app: &App, actor: &str, id: Uuid) -> Result<Link, StaffError> {
    let unit = app.store.unit().await?;
    let staff = store::staff::by_id(&*unit, id).await?.filter(|staff| staff.active);
    let staff = staff.ok_or(StaffError::NoSuch("active person"))?;
    let now = app.clock.now();
    let invitation = InvitationRow {
        id: app.ids.next(),
        kind: InvitationKind::Password,
        staff: Some(staff.id),
        email: staff.email,
        name: staff.name,
        language: staff.language,
        roles: staff.roles,
        departments: staff.departments,
        abilities: staff.abilities,
        invited_by: actor.to_owned(),
        created_at: now,
        expires_at: now + app.config.staff.invitation(),
    };
    note(app, &unit, actor, "password.link", &named(id), &json!({})).await?;
    give_out(app, unit, invitation).await
}

async fn give_out(app: &App, unit: Unit, invitation: InvitationRow) -> Result<Link, StaffError> {
    let token = token::make(&app.ids);
    store::invitations::insert(&unit, &invitation, &token::hash(&token)).await?;
    unit.commit().await?;
    Ok(Link { invitation, link: format!("{}{PAGE}{token}", app.config.server.public_url) })
}

/// Takes an invitation back.
///
/// # Errors
/// [`StaffError::NoSuch`]; else when the database fails.
pub async fn take_back(app: &App, actor: &str, id: Uuid) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    if !store::invitations::close(&unit, id, app.clock.now()).await? {
        return Err(StaffError::NoSuch("invitation"));
    }
    note(app, &unit, actor, "staff.uninvite", &format!("invitation:{id}"), &json!({})).await?;
    Ok(unit.commit().await?)
}

/// What a link is for.
///
/// # Errors
/// [`StaffError::LinkGone`]; else when the database fails.
pub async fn look(app: &App, token: &str) -> Result<InvitationRow, StaffError> {
    let now = app.clock.now();
    let found = store::invitations::by_token(app.store.read(), &token::hash(token), now).await?;
    found.ok_or(StaffError::LinkGone)
}

/// Chooses the password, and signs in; half way where somebody has a second factor.
///
/// # Errors
/// [`StaffError::LinkGone`], [`StaffError::Weak`], [`StaffError::NoName`]; else when the database fails.
pub async fn accept(
    app: &App,
    token: &str,
    password: &str,
    name: Option<&str>,
    caller: &Caller,
) -> Result<Opened, StaffError> {
    let mut invitation = look(app, token).await?;
    if let Some(name) = name.filter(|_| invitation.kind == InvitationKind::Invitation) {
        invitation.name = accounts::name_of(name)?;
    }
    password::check(password, &invitation.email, &invitation.name)?;
    let hash = app.passwords.hash(password, &app.ids).await?;
    let unit = app.store.unit().await?;
    if !store::invitations::close(&unit, invitation.id, app.clock.now()).await? {
        return Err(StaffError::LinkGone);
    }
    let staff = match invitation.staff {
        Some(id) => with_new_password(app, &unit, id, &hash).await?,
        None => newcomer(app, &unit, invitation, Some(hash)).await?,
    };
    let opened = sign_in::begin(app, &unit, staff, caller, Way::Password).await?;
    unit.commit().await?;
    Ok(opened)
}

/// Makes the account of somebody who signs in elsewhere, within the unit that says where.
pub(super) async fn accept_without_password(
    app: &App,
    unit: &Unit,
    token: &str,
) -> Result<StaffRow, StaffError> {
    let invitation = look(app, token).await?;
    let new = invitation.kind == InvitationKind::Invitation;
    if !new || !store::invitations::close(unit, invitation.id, app.clock.now()).await? {
        return Err(StaffError::LinkGone);
    }
    newcomer(app, unit, invitation, None).await
}

async fn with_new_password(app: &App, unit: &Unit, id: Uuid, hash: &str) -> Result<StaffRow, StaffError> {
    let staff = store::staff::by_id(&**unit, id).await?.filter(|staff| staff.active);
    let staff = staff.ok_or(StaffError::LinkGone)?;
    store::staff::set_password(unit, id, hash).await?;
    let ended = store::sessions::end_all(unit, id, None).await?;
    let detail = json!({ "sessions": ended });
    note(app, unit, &named(id), "password.reset", &named(id), &detail).await?;
    Ok(staff)
}

async fn newcomer(
    app: &App,
    unit: &Unit,
    invitation: InvitationRow,
    password_hash: Option<String>,
) -> Result<StaffRow, StaffError> {
    let staff = StaffRow {
        id: app.ids.next(),
        email: invitation.email,
        name: invitation.name,
        language: invitation.language,
        password_hash,
        totp: None,
        totp_since: None,
        totp_step: 0,
        roles: invitation.roles,
        departments: invitation.departments,
        abilities: invitation.abilities,
        active: true,
        created_at: app.clock.now(),
        last_seen_at: None,
    };
    match store::staff::insert(unit, &staff).await {
        Err(err) if err.is_duplicate() => return Err(StaffError::EmailTaken),
        inserted => inserted?,
    }
    let detail = json!({ "invitation": invitation.id, "roles": staff.roles });
    note(app, unit, &named(staff.id), "staff.join", &named(staff.id), &detail).await?;
    Ok(staff)
}

/// Names and addresses stay out of logs.
impl fmt::Debug for Newcomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Newcomer({:?})", self.roles)
    }
}

/// The token stays out of logs.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({:?})", self.invitation)
    }
}
