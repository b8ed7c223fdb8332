//! The departments of the catalogue, to choose from.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_values::Lang;

use crate::{
    app::App,
    http::{input::Params, permit::SignedIn, reports::Language},
};

#[derive(Serialize, ToSchema)]
pub struct DepartmentName {
    id: String,
    name: String,
}

#[derive(Serialize, ToSchema)]
pub struct DepartmentList {
    departments: Vec<DepartmentName>,
}

/// The departments of the town, in its catalogue's order.
#[utoipa::path(
    get, path = "/api/v1/departments", tag = "staff", operation_id = "departments",
    security(("session" = [])),
    params(Language),
    responses((status = 200, body = DepartmentList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: SignedIn,
    Params(language): Params<Language>,
) -> Json<DepartmentList> {
    let lang = language.lang.unwrap_or(Lang::ES);
    let departments = app.contents.active.catalogue.departments().iter();
    let named = departments.map(|department| DepartmentName {
        id: department.id.clone(),
        name: department.name.get(lang).to_owned(),
    });
    Json(DepartmentList { departments: named.collect() })
}
