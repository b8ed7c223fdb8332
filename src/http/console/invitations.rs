//! Invitations: for who makes them, and for who follows the link.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::me::{self, SignIn};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, SameSite, may::ManageStaff},
        problem::Problem,
    },
    staff::{
        self, Abilities, Role,
        invitations::{self, Newcomer},
        sessions::Caller,
    },
    store::{
        self, StoreError,
        invitations::{InvitationKind, InvitationRow},
    },
};

/// Somebody who was invited and has not come yet.
#[derive(Serialize, ToSchema)]
pub struct Invitation {
    id: Uuid,
    name: String,
    email: String,
    roles: Vec<Role>,
    departments: Vec<String>,
    /// Unix milliseconds.
    created_at: i64,
    /// Unix milliseconds.
    expires_at: i64,
    /// Name of who invited them; `cli:…` when it was done on the machine of the server.
    invited_by: String,
}

impl Invitation {
    fn new(row: InvitationRow, names: &HashMap<String, String>) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            roles: row.roles,
            departments: row.departments,
            created_at: row.created_at,
            expires_at: row.expires_at,
            invited_by: names.get(&row.invited_by).cloned().unwrap_or(row.invited_by),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct InvitationList {
    invitations: Vec<Invitation>,
}

/// Invitations that can still be used.
#[utoipa::path(
    get, path = "/api/v1/staff/invitations", tag = "staff", operation_id = "invitations",
    security(("session" = ["staff.manage"])),
    responses((status = 200, body = InvitationList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<ManageStaff>,
) -> Result<Json<InvitationList>, ApiError> {
    let rows = store::invitations::open(app.store.read(), app.clock.now()).await?;
    let names = names(&app).await?;
    let invitations = rows.into_iter().map(|row| Invitation::new(row, &names)).collect();
    Ok(Json(InvitationList { invitations }))
}

/// The names of actors, as lists show them.
pub(super) async fn names(app: &App) -> Result<HashMap<String, String>, StoreError> {
    let staff = store::staff::list(app.store.read()).await?;
    Ok(staff.into_iter().map(|row| (staff::named(row.id), row.name)).collect())
}

#[derive(Deserialize, ToSchema)]
pub struct NewInvitation {
    name: String,
    email: String,
    roles: Vec<Role>,
    #[serde(default)]
    departments: Vec<String>,
    /// In which they will answer at the desk; empty: those of the town.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    languages: Vec<Lang>,
    #[serde(default)]
    skills: Vec<String>,
    /// What they write will await approval.
    #[serde(default)]
    supervised: bool,
    /// `es` or `en`; without it, Spanish.
    language: Option<String>,
}

/// An invitation with its link, which is shown once.
#[derive(Serialize, ToSchema)]
pub struct MadeInvitation {
    invitation: Invitation,
    link: String,
}

/// Invite somebody new. An older invitation to the same e-mail is void.
#[utoipa::path(
    post, path = "/api/v1/staff/invitations", tag = "staff", operation_id = "invite",
    security(("session" = ["staff.manage"])),
    request_body = NewInvitation,
    responses(
        (status = 200, body = MadeInvitation),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "somebody has this e-mail"),
    )
)]
pub async fn invite(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Body(body): Body<NewInvitation>,
) -> Result<Json<MadeInvitation>, ApiError> {
    let NewInvitation { name, email, roles, departments, languages, skills, supervised, language } = body;
    let abilities = Abilities { languages, skills, supervised };
    let language = language.unwrap_or_else(|| "es".to_owned());
    let newcomer = Newcomer { name, email, language, roles, departments, abilities };
    let made = invitations::invite(&app, &by.actor(), newcomer).await?;
    let names = HashMap::from([(by.actor(), by.member.name)]);
    Ok(Json(MadeInvitation { invitation: Invitation::new(made.invitation, &names), link: made.link }))
}

/// Take an invitation back.
#[utoipa::path(
    delete, path = "/api/v1/staff/invitations/{id}", tag = "staff", operation_id = "take_invitation_back",
    security(("session" = ["staff.manage"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn take_back(
    State(app): State<Arc<App>>,
    by: Permit<ManageStaff>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    invitations::take_back(&app, &by.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a link is for, to who holds it.
#[derive(Serialize, ToSchema)]
pub struct Invited {
    name: String,
    email: String,
    /// Name of the town.
    town: String,
    kind: InvitationKind,
}

/// Look at a link.
#[utoipa::path(
    get, path = "/api/v1/invitations/{token}", tag = "account", operation_id = "look_at_invitation",
    security(()),
    params(("token" = String, Path)),
    responses(
        (status = 200, body = Invited),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "used, taken back or expired"),
    )
)]
pub async fn look(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Json<Invited>, ApiError> {
    let found = invitations::look(&app, &token).await?;
    let town = app.contents.active.catalogue.town().name.clone();
    Ok(Json(Invited { name: found.name, email: found.email, town, kind: found.kind }))
}

#[derive(Deserialize, ToSchema)]
pub struct Acceptance {
    /// At least 12 letters.
    password: String,
    /// Where the invitation misspelt it.
    name: Option<String>,
}

/// Choose the password, and sign in. Who has a second factor must show it as always.
#[utoipa::path(
    post, path = "/api/v1/invitations/{token}", tag = "account", operation_id = "accept_invitation",
    security(()),
    params(("token" = String, Path)),
    request_body = Acceptance,
    responses(
        (status = 200, body = SignIn, description = "sets the cookie"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "used, taken back or expired"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "the password is weak"),
    )
)]
pub async fn accept(
    State(app): State<Arc<App>>,
    _: SameSite,
    caller: Caller,
    Path(token): Path<String>,
    Body(body): Body<Acceptance>,
) -> Result<Response, ApiError> {
    let name = body.name.as_deref();
    let opened = invitations::accept(&app, &token, &body.password, name, &caller).await?;
    Ok(me::signed_in(&app, &opened))
}
