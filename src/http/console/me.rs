//! Who somebody is, as their own pages need it; and the answers of everything that signs in.

use axum::{
    Json,
    http::{HeaderName, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    http::permit::COOKIE,
    staff::{Permission, Role, second_factor, sessions::Opened},
    store::{
        sessions::{SessionRow, SessionState},
        staff::StaffRow,
    },
};

/// Somebody who is signed in.
#[derive(Serialize, ToSchema)]
pub struct Me {
    id: Uuid,
    name: String,
    email: String,
    roles: Vec<Role>,
    /// What the roles permit together.
    permissions: Vec<Permission>,
    /// Ids of the departments whose chats they attend.
    departments: Vec<String>,
    /// Of the pages: `es` or `en`.
    language: String,
    /// Whether a code is asked for when they sign in.
    second_factor: bool,
    /// The town demands a second factor of them, and they have none: only their own account is open.
    second_factor_wanted: bool,
    /// For the header `x-csrf-token` of everything that changes something.
    csrf: String,
    /// Name of the town.
    town: String,
    /// Its time zone, by which the pages say the hour: `America/Merida`.
    timezone: String,
}

impl Me {
    pub(super) fn new(app: &App, staff: &StaffRow, session: &SessionRow) -> Self {
        let second_factor = staff.totp_since.is_some();
        let demanded = second_factor::is_demanded(app.config.staff.second_factor, &staff.roles);
        let town = app.contents.active.catalogue.town();
        Self {
            id: staff.id,
            name: staff.name.clone(),
            email: staff.email.clone(),
            roles: staff.roles.clone(),
            permissions: permissions(&staff.roles),
            departments: staff.departments.clone(),
            language: staff.language.clone(),
            second_factor,
            second_factor_wanted: demanded && !second_factor && !session.vouched,
            csrf: session.csrf.clone(),
            town: town.name.clone(),
            timezone: town.timezone.name().to_owned(),
        }
    }
}

fn permissions(roles: &[Role]) -> Vec<Permission> {
    let held = |permission: &Permission| roles.iter().any(|role| role.permissions().contains(permission));
    Permission::ALL.into_iter().filter(held).collect()
}

/// How far somebody got.
#[derive(Serialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignIn {
    SignedIn {
        me: Box<Me>,
    },
    /// The code lacks: `POST /session/second-factor`.
    SecondFactor {
        csrf: String,
    },
}

/// The answer to whoever has just shown who they are, with the cookie.
pub(super) fn signed_in(app: &App, opened: &Opened) -> Response {
    let answer = match opened.session.state {
        SessionState::Open => SignIn::SignedIn { me: Box::new(Me::new(app, &opened.staff, &opened.session)) },
        SessionState::Half => SignIn::SecondFactor { csrf: opened.session.csrf.clone() },
    };
    (session_cookie(app, opened), Json(answer)).into_response()
}

/// The cookie of a session that has just begun.
pub(super) fn session_cookie(app: &App, opened: &Opened) -> AppendHeaders<[(HeaderName, String); 1]> {
    let seconds = (opened.session.expires_at - opened.session.created_at) / 1000;
    cookie(app, &opened.token, seconds)
}

/// Takes the cookie away.
pub(super) fn no_cookie(app: &App) -> AppendHeaders<[(HeaderName, String); 1]> {
    cookie(app, "", 0)
}

fn cookie(app: &App, token: &str, seconds: i64) -> AppendHeaders<[(HeaderName, String); 1]> {
    AppendHeaders([(header::SET_COOKIE, cookie_text(&app.config.server.public_url, token, seconds))])
}

fn cookie_text(public_url: &str, token: &str, seconds: i64) -> String {
    let secure = if public_url.starts_with("https://") { "; Secure" } else { "" };
    format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_goes_over_https_alone_where_there_is_https() {
        let plain = "ventanilla_session=t; HttpOnly; SameSite=Strict; Path=/; Max-Age=60";
        assert_eq!(cookie_text("http://127.0.0.1:8080", "t", 60), plain);
        assert_eq!(cookie_text("https://chat.example.mx", "t", 60), format!("{plain}; Secure"));
    }
}
