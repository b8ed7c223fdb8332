//! Whose account an identity opens. Nobody gets an account by having an identity: somebody here invited them.
//!
//! The first time, an account is found by the e-mail that the provider verified, or the invitation that was followed;
//! from then on by the provider's own id alone, for e-mails pass on to other people.

use serde_json::json;
use uuid::Uuid;

use super::{
    StaffError, StaffRow, invitations, named, note,
    provider::Identity,
    sessions::{self, Caller, Opened, Way},
    sign_in,
};
use crate::{
    app::App,
    store::{self, Unit, identities::IdentityRow},
};

/// Signs somebody in whom the provider knows; half way where our own second factor is still to be shown.
///
/// # Errors
/// [`StaffError::UnknownIdentity`], also for somebody who left; else when the database fails.
pub async fn sign_in(app: &App, who: &Identity, caller: &Caller) -> Result<Opened, StaffError> {
    let unit = app.store.unit().await?;
    let Some(staff) = account_of(app, &unit, who).await?.filter(|staff| staff.active) else {
        note(app, &unit, "nobody", "session.refused_identity", "", &json!({ "address": caller.address }))
            .await?;
        unit.commit().await?;
        return Err(StaffError::UnknownIdentity);
    };
    let opened = sign_in::begin(app, &unit, staff, caller, way(app)).await?;
    unit.commit().await?;
    Ok(opened)
}

async fn account_of(app: &App, unit: &Unit, who: &Identity) -> Result<Option<StaffRow>, StaffError> {
    if let Some(known) = store::identities::by_subject(&**unit, &who.issuer, &who.subject).await? {
        return Ok(store::staff::by_id(&**unit, known.staff).await?);
    }
    let Some(email) = &who.email else { return Ok(None) };
    let Some(staff) = store::staff::by_email(&**unit, email).await?.filter(|staff| staff.active) else {
        return Ok(None);
    };
    // Somebody else has this e-mail now.
    if store::identities::of_staff(&**unit, staff.id, &who.issuer).await?.is_some() {
        return Ok(None);
    }
    put(app, unit, staff.id, who).await?;
    Ok(Some(staff))
}

/// Accepts an invitation: the new account has no password.
///
/// # Errors
/// [`StaffError::LinkGone`], also for a link to a new password; [`StaffError::IdentityTaken`]; else when the database
/// fails.
pub async fn accept(app: &App, token: &str, who: &Identity, caller: &Caller) -> Result<Opened, StaffError> {
    let unit = app.store.unit().await?;
    let staff = invitations::accept_without_password(app, &unit, token).await?;
    put(app, &unit, staff.id, who).await?;
    let opened = sign_in::begin(app, &unit, staff, caller, way(app)).await?;
    unit.commit().await?;
    Ok(opened)
}

/// Links the account of somebody who is signed in.
///
/// # Errors
/// [`StaffError::AttemptGone`] when their session ended meanwhile, [`StaffError::IdentityTaken`]; else when the database
/// fails.
pub async fn link(app: &App, session: Uuid, who: &Identity) -> Result<(), StaffError> {
    let (_, staff) = sessions::by_id(app, session).await?.ok_or(StaffError::AttemptGone)?;
    let unit = app.store.unit().await?;
    put(app, &unit, staff.id, who).await?;
    Ok(unit.commit().await?)
}

/// Takes the link away: the account is opened by its password alone.
///
/// # Errors
/// [`StaffError::LastWayIn`] for an account without a password, [`StaffError::NoSuch`]; else when the database fails.
pub async fn unlink(app: &App, staff: &StaffRow) -> Result<(), StaffError> {
    if staff.password_hash.is_none() {
        return Err(StaffError::LastWayIn);
    }
    let unit = app.store.unit().await?;
    if !store::identities::remove(&unit, staff.id, &app.config.oidc.issuer).await? {
        return Err(StaffError::NoSuch("identity"));
    }
    let me = named(staff.id);
    note(app, &unit, &me, "identity.unlink", &me, &json!({})).await?;
    Ok(unit.commit().await?)
}

/// Since when an account is linked (Unix ms); `None`: it is not.
///
/// # Errors
/// When the database fails.
pub async fn linked_since(app: &App, staff: Uuid) -> Result<Option<i64>, StaffError> {
    let found = store::identities::of_staff(app.store.read(), staff, &app.config.oidc.issuer).await?;
    Ok(found.map(|identity| identity.created_at))
}

async fn put(app: &App, unit: &Unit, staff: Uuid, who: &Identity) -> Result<(), StaffError> {
    let row = IdentityRow {
        issuer: who.issuer.clone(),
        subject: who.subject.clone(),
        staff,
        created_at: app.clock.now(),
    };
    match store::identities::insert(unit, &row).await {
        Err(err) if err.is_duplicate() => return Err(StaffError::IdentityTaken),
        inserted => inserted?,
    }
    let me = named(staff);
    note(app, unit, &me, "identity.link", &me, &json!({ "issuer": who.issuer })).await?;
    Ok(())
}

fn way(app: &App) -> Way {
    Way::Provider { vouches: app.config.oidc.asks_second_factor }
}
