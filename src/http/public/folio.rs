//! `/folio`: "¿cómo va mi reporte?", as a form that any browser knows.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::context;
use ventanilla_values::Folio;

use super::{site::Site, wanted::Wanted};
use crate::store;

const PATH: &str = "/folio";

pub(super) async fn show(State(site): State<Arc<Site>>, wanted: Wanted) -> Response {
    let asked = wanted.rest.iter().any(|(key, _)| key == "folio");
    let typed = wanted.rest("folio").unwrap_or_default();
    if !asked {
        return form(&site, &wanted, StatusCode::OK, "", None);
    }
    let Ok(folio) = Folio::parse(typed, &site.catalogue().town().folio_prefix) else {
        return form(&site, &wanted, StatusCode::NOT_FOUND, typed, Some("misspelt"));
    };
    match store::reports::by_folio(site.app.store.read(), &folio.to_string()).await {
        Ok(Some(row)) => Redirect::to(&site.report_url(&row.folio, wanted.lang)).into_response(),
        Ok(None) => form(&site, &wanted, StatusCode::NOT_FOUND, typed, Some("unknown")),
        Err(err) => site.failed(PATH, &wanted, &err),
    }
}

pub(super) fn form(
    site: &Site,
    wanted: &Wanted,
    status: StatusCode,
    typed: &str,
    wrong: Option<&str>,
) -> Response {
    site.page_with(status, "folio.html", PATH, wanted, context! { typed => typed, wrong => wrong })
}
