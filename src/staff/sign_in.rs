//! Signing in: a password, then the code of the second factor where somebody has one.
//!
//! A wrong password, an e-mail that nobody has and somebody who left are answered alike, after the same time.

use serde_json::json;
use uuid::Uuid;

use super::{
    StaffError, StaffRow, named, note,
    password::{self, Fit},
    second_factor, sessions,
    sessions::{Caller, Opened, Way},
};
use crate::{
    app::App,
    store::{
        self, Unit,
        sessions::{SessionRow, SessionState},
    },
};

/// With e-mail and password. The session is half open where somebody has a second factor.
///
/// # Errors
/// [`StaffError::WrongPassword`], [`StaffError::TooMany`]; else when the database fails.
pub async fn with_password(
    app: &App,
    email: &str,
    password: &str,
    caller: &Caller,
) -> Result<Opened, StaffError> {
    let email = email.trim().to_lowercase();
    attempt(app, &email, &caller.address)?;
    let staff = store::staff::by_email(app.store.read(), &email).await?;
    let hash = staff.as_ref().filter(|staff| staff.active).and_then(|staff| staff.password_hash.as_deref());
    let fit = app.passwords.fits(password, hash).await?;
    let Some(staff) = staff.filter(|_| fit != Fit::Wrong) else {
        refused(app, "session.refused", &email, caller).await?;
        return Err(StaffError::WrongPassword);
    };
    app.sign_ins.right(&email, &caller.address);
    let rehashed = match fit {
        Fit::RightButOld => Some(app.passwords.hash(password, &app.ids).await?),
        Fit::Right | Fit::Wrong => None,
    };
    let unit = app.store.unit().await?;
    if let Some(hash) = rehashed {
        store::staff::set_password(&unit, staff.id, &hash).await?;
    }
    let opened = begin(app, &unit, staff, caller, Way::Password).await?;
    unit.commit().await?;
    Ok(opened)
}

/// Half open where a second factor is still to be shown.
pub(super) async fn begin(
    app: &App,
    unit: &Unit,
    staff: StaffRow,
    caller: &Caller,
    way: Way,
) -> Result<Opened, StaffError> {
    let lacks = staff.totp_since.is_some() && !way.vouches();
    let state = if lacks { SessionState::Half } else { SessionState::Open };
    Ok(sessions::begin(app, unit, staff, caller, state, way).await?)
}

/// Opens a half-open session, under a new token.
///
/// # Errors
/// [`StaffError::WrongCode`], [`StaffError::TooMany`]; else when the database or the keyring fails.
pub async fn with_code(
    app: &App,
    half: &SessionRow,
    staff: StaffRow,
    code: &str,
    caller: &Caller,
) -> Result<Opened, StaffError> {
    let account = format!("code {}", staff.id);
    attempt(app, &account, &caller.address)?;
    let unit = app.store.unit().await?;
    match second_factor::check(app, &unit, &staff, code).await {
        Ok(()) => app.sign_ins.right(&account, &caller.address),
        Err(StaffError::WrongCode) => {
            drop(unit);
            refused(app, "session.refused_code", &staff.email, caller).await?;
            return Err(StaffError::WrongCode);
        }
        Err(err) => return Err(err),
    }
    store::sessions::end(&unit, staff.id, half.id).await?;
    let opened = sessions::begin(app, &unit, staff, caller, SessionState::Open, Way::Password).await?;
    unit.commit().await?;
    Ok(opened)
}

/// Signs out.
///
/// # Errors
/// When the database fails.
pub async fn out(app: &App, session: &SessionRow) -> Result<(), StaffError> {
    match sessions::end(app, session.staff, session.id).await {
        // Somebody else was faster.
        Err(StaffError::NoSuch(_)) => Ok(()),
        ended => ended,
    }
}

/// Chooses another password, with the one that holds. All other devices are signed out.
///
/// # Errors
/// [`StaffError::WrongPassword`], [`StaffError::TooMany`], [`StaffError::Weak`]; else when the database fails.
pub async fn change_password(
    app: &App,
    session: &SessionRow,
    current: &str,
    new: &str,
    caller: &Caller,
) -> Result<(), StaffError> {
    let staff = confirmed(app, session.staff, current, caller).await?;
    password::check(new, &staff.email, &staff.name)?;
    let hash = app.passwords.hash(new, &app.ids).await?;
    let unit = app.store.unit().await?;
    store::staff::set_password(&unit, staff.id, &hash).await?;
    let ended = store::sessions::end_all(&unit, staff.id, Some(session.id)).await?;
    let me = named(staff.id);
    note(app, &unit, &me, "password.change", &me, &json!({ "sessions": ended })).await?;
    Ok(unit.commit().await?)
}

/// Somebody who is signed in and has typed their password again.
///
/// # Errors
/// [`StaffError::WrongPassword`], [`StaffError::TooMany`]; else when the database fails.
pub async fn confirmed(
    app: &App,
    staff: Uuid,
    password: &str,
    caller: &Caller,
) -> Result<StaffRow, StaffError> {
    let staff = store::staff::by_id(app.store.read(), staff).await?.ok_or(StaffError::NoSuch("person"))?;
    let account = format!("password {}", staff.id);
    attempt(app, &account, &caller.address)?;
    if app.passwords.fits(password, staff.password_hash.as_deref()).await? == Fit::Wrong {
        return Err(StaffError::WrongPassword);
    }
    app.sign_ins.right(&account, &caller.address);
    Ok(staff)
}

fn attempt(app: &App, account: &str, address: &str) -> Result<(), StaffError> {
    let allowed = app.sign_ins.attempt(account, address, app.clock.now());
    allowed.map_err(|seconds| StaffError::TooMany { seconds })
}

/// What was typed is not written down: people type their password into the wrong field.
async fn refused(app: &App, action: &str, email: &str, caller: &Caller) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    let whose = store::staff::by_email(&*unit, email).await?;
    let subject = whose.map(|staff| named(staff.id)).unwrap_or_default();
    note(app, &unit, "nobody", action, &subject, &json!({ "address": caller.address })).await?;
    Ok(unit.commit().await?)
}
