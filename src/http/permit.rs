//! Who may do what: a route of the console takes a [`Permit`] of the one permission it needs, and is reached by nobody
//! else. Roles are read with every request, so what an admin takes away is gone at once.
//!
//! A person shows the cookie of a session, and with everything that changes something the session's `x-csrf-token`. A
//! system shows a key, where [`Permission::FOR_SYSTEMS`] lets it.

use std::{marker::PhantomData, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::ApiError;
use crate::{
    app::App,
    staff::{self, Member, Permission, keys, second_factor, sessions},
    store::{
        sessions::{SessionRow, SessionState},
        staff::StaffRow,
    },
};

/// The cookie of a session.
pub const COOKIE: &str = "ventanilla_session";
/// The header that shows that our own page sent a request.
pub const CSRF: &str = "x-csrf-token";

/// What a route needs, as a type: `Permit<may::AttendChats>`.
pub trait Needs: Send + Sync + 'static {
    const PERMISSION: Permission;
}

/// The permissions, as types.
pub mod may {
    use super::{Needs, Permission};

    macro_rules! markers {
        ($($name:ident),* $(,)?) => {$(
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl Needs for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )*};
    }

    markers!(
        AttendChats,
        SuperviseChats,
        ReadReplies,
        EditReplies,
        ReadStats,
        ManageStaff,
        ReadAudit,
        ManageKeys,
        ReviewTraining,
        WorkReports,
        ModerateReports,
        WorkPrivacy,
        WorkFeedback
    );
}

/// Somebody who may.
#[derive(Debug)]
pub struct Permit<P> {
    /// Of a key, its id and name, without roles.
    pub member: Member,
    /// `None`: it is a key.
    pub session: Option<SessionRow>,
    permission: PhantomData<P>,
}

impl<P> Permit<P> {
    /// How the audit log spells them.
    pub fn actor(&self) -> String {
        match self.session {
            Some(_) => staff::named(self.member.id),
            None => keys::named(self.member.id),
        }
    }
}

impl<P: Needs> Permit<P> {
    /// Whether they still may, for what stays open. Counts as being seen.
    pub async fn still_holds(&self, app: &App) -> bool {
        let Some(session) = &self.session else { return true };
        let Ok(Some((session, staff))) = sessions::by_id(app, session.id).await else { return false };
        of_session(app, P::PERMISSION, &session, &staff).await.is_ok()
    }
}

impl<P: Needs> FromRequestParts<Arc<App>> for Permit<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (member, session) = match bearer(&parts.headers) {
            Some(key) => (of_key(app, P::PERMISSION, key).await?, None),
            None => {
                let (session, staff) = of_cookie(app, parts, SessionState::Open).await?;
                (of_session(app, P::PERMISSION, &session, &staff).await?, Some(session))
            }
        };
        Ok(Self { member, session, permission: PhantomData })
    }
}

/// Somebody who is signed in, about their own account; also when the town still waits for their second factor.
#[derive(Debug)]
pub struct SignedIn {
    pub session: SessionRow,
    pub staff: StaffRow,
}

impl SignedIn {
    pub fn id(&self) -> Uuid {
        self.staff.id
    }

    pub fn member(&self) -> Member {
        Member::of(&self.staff)
    }
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (session, staff) = of_cookie(app, parts, SessionState::Open).await?;
        sessions::seen(app, &session).await?;
        Ok(Self { session, staff })
    }
}

/// Somebody whose password was right, and whose code lacks.
#[derive(Debug)]
pub struct HalfSignedIn {
    pub session: SessionRow,
    pub staff: StaffRow,
}

impl FromRequestParts<Arc<App>> for HalfSignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let (session, staff) = of_cookie(app, parts, SessionState::Half).await?;
        Ok(Self { session, staff })
    }
}

/// No page of another site sent this: what a log-in asks for, which has no session to prove it with.
#[derive(Debug)]
pub struct SameSite;

impl<S: Send + Sync> FromRequestParts<S> for SameSite {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let strange = parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
        if strange { Err(ApiError::Csrf) } else { Ok(Self) }
    }
}

async fn of_cookie(
    app: &App,
    parts: &Parts,
    state: SessionState,
) -> Result<(SessionRow, StaffRow), ApiError> {
    let token = cookie_named(&parts.headers, COOKIE).ok_or(ApiError::SignedOut)?;
    let (session, staff) = sessions::of_token(app, token).await?.ok_or(ApiError::SignedOut)?;
    match (session.state, state) {
        (SessionState::Half, SessionState::Open) => return Err(ApiError::SecondFactor),
        (SessionState::Open, SessionState::Half) => return Err(ApiError::SignedOut),
        _ => {}
    }
    if changes_something(&parts.method) && !shows(&parts.headers, &session.csrf) {
        return Err(ApiError::Csrf);
    }
    Ok((session, staff))
}

async fn of_session(
    app: &App,
    needed: Permission,
    session: &SessionRow,
    staff: &StaffRow,
) -> Result<Member, ApiError> {
    let member = Member::of(staff);
    let demanded = second_factor::is_demanded(app.config.staff.second_factor, &staff.roles);
    if demanded && staff.totp_since.is_none() && !session.vouched {
        return Err(ApiError::SecondFactorWanted);
    }
    if !member.may(needed) {
        return Err(ApiError::Forbidden("none of your roles may do this: ask an admin"));
    }
    sessions::seen(app, session).await?;
    Ok(member)
}

async fn of_key(app: &App, needed: Permission, secret: &str) -> Result<Member, ApiError> {
    let key = keys::of_secret(app, secret).await?.ok_or(ApiError::SignedOut)?;
    if !Permission::FOR_SYSTEMS.contains(&needed) || !key.scopes.contains(&needed) {
        return Err(ApiError::Forbidden("this key has no scope for it"));
    }
    Ok(Member { id: key.id, name: key.name, roles: Vec::new(), departments: Vec::new() })
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

fn shows(headers: &HeaderMap, csrf: &str) -> bool {
    headers.get(CSRF).is_some_and(|shown| shown.as_bytes().ct_eq(csrf.as_bytes()).into())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The value of a cookie.
pub(super) fn cookie_named<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let lists = headers.get_all(header::COOKIE).iter().filter_map(|list| list.to_str().ok());
    let mut pairs = lists.flat_map(|list| list.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let with = |list: &'static str| HeaderMap::from_iter([(header::COOKIE, list.parse().unwrap())]);
        let cookie = |headers: &HeaderMap| cookie_named(headers, COOKIE).map(str::to_owned);
        assert_eq!(cookie(&with("a=b; ventanilla_session=xyz; c=d")).as_deref(), Some("xyz"));
        assert_eq!(cookie(&with("xventanilla_session=xyz")), None);
        assert_eq!(cookie(&HeaderMap::new()), None);
    }

    #[test]
    fn the_token_of_a_session_fits_no_other() {
        let headers = HeaderMap::from_iter([(CSRF.parse().unwrap(), "abc".parse().unwrap())]);
        assert!(shows(&headers, "abc"));
        assert!(!shows(&headers, "abd"));
        assert!(!shows(&HeaderMap::new(), ""));
    }
}
