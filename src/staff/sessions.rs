//! Who is signed in: a session is a row in the database, and the cookie holds nothing but a token for it. So it ends the
//! moment somebody ends it, and roles count as they are now (ADR 10).

use std::fmt;

use serde_json::json;
use uuid::Uuid;

use super::{StaffError, named, note, token};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        sessions::{SessionRow, SessionState},
        staff::StaffRow,
    },
};

/// Milliseconds that the code of the second factor may take.
const HALF_OPEN: i64 = 10 * 60 * 1000;
/// Milliseconds after which it is written again that a session is used.
const SEEN_EVERY: i64 = 60 * 1000;

/// Where a request comes from.
#[derive(Clone, PartialEq, Eq)]
pub struct Caller {
    /// IP address.
    pub address: String,
    /// As its owner recognises it: `Firefox, Linux`.
    pub device: String,
}

/// How somebody showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a password, or a code after it.
    Password,
    /// By a provider of identities; `vouches`: it answers for the second factor.
    Provider { vouches: bool },
}

impl Way {
    pub(super) fn vouches(self) -> bool {
        self == Self::Provider { vouches: true }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider { .. } => "provider",
        }
    }
}

/// A session that has just begun.
#[derive(Clone)]
pub struct Opened {
    /// For the cookie; it is nowhere else.
    pub token: String,
    pub session: SessionRow,
    pub staff: StaffRow,
}

/// Begins a session, and forgets those that have expired.
pub(super) async fn begin(
    app: &App,
    unit: &Unit,
    staff: StaffRow,
    caller: &Caller,
    state: SessionState,
    way: Way,
) -> Result<Opened, StoreError> {
    let now = app.clock.now();
    store::sessions::forget(unit, now).await?;
    let lasts = match state {
        SessionState::Half => HALF_OPEN,
        SessionState::Open => app.config.staff.absolute(),
    };
    let session = SessionRow {
        id: app.ids.next(),
        staff: staff.id,
        csrf: token::make(&app.ids),
        device: caller.device.clone(),
        address: caller.address.clone(),
        state,
        vouched: way.vouches(),
        created_at: now,
        last_seen_at: now,
        expires_at: now + lasts,
    };
    let token = token::make(&app.ids);
    store::sessions::insert(unit, &session, &token::hash(&token)).await?;
    if state == SessionState::Open {
        store::staff::seen(unit, staff.id, now).await?;
        let detail = json!({ "address": caller.address, "session": session.id, "way": way.as_str() });
        note(app, unit, &named(staff.id), "session.open", "", &detail).await?;
    }
    Ok(Opened { token, session, staff })
}

/// The session of a cookie and whose it is, as they are now. `None`: it ended, or they are no longer active.
///
/// # Errors
/// When the database fails.
pub async fn of_token(app: &App, token: &str) -> Result<Option<(SessionRow, StaffRow)>, StoreError> {
    let session = store::sessions::by_token(app.store.read(), &token::hash(token)).await?;
    of_active(app, session).await
}

/// The same by its id, for what stays open: a stream of events asks now and then.
///
/// # Errors
/// When the database fails.
pub async fn by_id(app: &App, id: Uuid) -> Result<Option<(SessionRow, StaffRow)>, StoreError> {
    let session = store::sessions::by_id(app.store.read(), id).await?;
    of_active(app, session).await
}

async fn of_active(
    app: &App,
    session: Option<SessionRow>,
) -> Result<Option<(SessionRow, StaffRow)>, StoreError> {
    let Some(session) = session.filter(|session| lasts(app, session)) else { return Ok(None) };
    let staff = store::staff::by_id(app.store.read(), session.staff).await?.filter(|staff| staff.active);
    Ok(staff.map(|staff| (session, staff)))
}

fn lasts(app: &App, session: &SessionRow) -> bool {
    let now = app.clock.now();
    now < session.expires_at && now - session.last_seen_at < app.config.staff.idle()
}

/// Notes that a session is used, once a minute.
///
/// # Errors
/// When the database fails.
pub async fn seen(app: &App, session: &SessionRow) -> Result<(), StoreError> {
    let now = app.clock.now();
    if now - session.last_seen_at < SEEN_EVERY {
        return Ok(());
    }
    let unit = app.store.unit().await?;
    store::sessions::seen(&unit, session.id, now).await?;
    store::staff::seen(&unit, session.staff, now).await?;
    unit.commit().await
}

/// The devices that somebody is signed in on, the last used first.
///
/// # Errors
/// When the database fails.
pub async fn devices(app: &App, staff: Uuid) -> Result<Vec<SessionRow>, StoreError> {
    let now = app.clock.now();
    store::sessions::of_staff(app.store.read(), staff, now - app.config.staff.idle() + 1, now).await
}

/// Signs somebody out of one device of theirs.
///
/// # Errors
/// [`StaffError::NoSuch`] when it is not theirs, or ended before.
pub async fn end(app: &App, staff: Uuid, session: Uuid) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    if !store::sessions::end(&unit, staff, session).await? {
        return Err(StaffError::NoSuch("session"));
    }
    note(app, &unit, &named(staff), "session.close", "", &json!({ "session": session })).await?;
    Ok(unit.commit().await?)
}

/// Signs somebody out everywhere.
///
/// # Errors
/// [`StaffError::NoSuch`] when there is nobody with this id.
pub async fn end_all(app: &App, actor: &str, staff: Uuid) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    store::staff::by_id(&*unit, staff).await?.ok_or(StaffError::NoSuch("person"))?;
    let ended = store::sessions::end_all(&unit, staff, None).await?;
    note(app, &unit, actor, "session.close_all", &named(staff), &json!({ "sessions": ended })).await?;
    Ok(unit.commit().await?)
}

/// Addresses stay out of logs.
impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Caller({})", self.device)
    }
}

/// The token stays out of logs.
impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opened({:?})", self.session)
    }
}
