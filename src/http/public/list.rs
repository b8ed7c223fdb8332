//! `/reportes`: the newest first, a page at a time.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use minijinja::{Value, context};

use super::{
    site::Site,
    wanted::{After, Wanted, address},
};
use crate::{
    reports::public::PublicReport,
    store::{self, StoreError},
};

const PATH: &str = "/reportes";
/// Reports of a page.
const PAGE: usize = 25;

pub(super) async fn show(State(site): State<Arc<Site>>, wanted: Wanted) -> Response {
    let wanted = wanted.checked(site.catalogue());
    match page(&site, &wanted).await {
        Ok(said) => site.page("list.html", PATH, &wanted, said),
        Err(err) => site.failed(PATH, &wanted, &err),
    }
}

async fn page(site: &Site, wanted: &Wanted) -> Result<Value, StoreError> {
    let (lang, filter) = (wanted.lang, wanted.filter(site.catalogue().town().timezone, false));
    let after = wanted.after.as_ref().map(|after| (after.filed_at, after.folio.as_str()));
    let mut rows =
        store::public_reports::page(site.app.store.read(), &filter, after, PAGE as u64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().map(|row| After { filed_at: row.filed_at, folio: row.folio.clone() });
    let reports: Vec<_> =
        rows.into_iter().filter_map(|row| PublicReport::new(row, site.catalogue())).collect();
    let next = last.filter(|_| more).map(|last| {
        let asked = Wanted { after: Some(last), ..wanted.clone() }.asked();
        address(PATH, &asked, lang)
    });
    let figures = site.figures.get(&site.app);
    Ok(context! {
        reports => reports.iter().map(|report| site.report(report, lang)).collect::<Value>(),
        next => next,
        first => wanted.after.is_some().then(|| address(PATH, &wanted.filters(), lang)),
        total => figures.and_then(|figures| figures.how_many(&filter)),
        filters => site.filters(wanted),
        on_map => address("/reportes/mapa", &wanted.filters(), lang),
        as_csv => address("/datos/reportes.csv", &wanted.filters(), lang),
        all => address(PATH, &[], lang),
    })
}
