//! `/reportes/{folio}`: one report, what happened to it, and how to join.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ventanilla_values::Lang;

use super::{folio, locator, site::Site, view::tone, wanted::Wanted};
use crate::reports::{
    self,
    public::{Known, PublicEvent, PublicKind, PublicReport, Told},
};

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Path(typed): Path<String>,
    wanted: Wanted,
) -> Response {
    let known = reports::public::known(site.app.store.read(), site.catalogue(), &typed).await;
    let (folio, status) = match &known {
        Ok(Some(Known::Public(told))) => (told.report.folio.clone(), StatusCode::OK),
        Ok(Some(Known::Private { folio, .. })) => (folio.clone(), StatusCode::OK),
        Ok(None) => return folio::form(&site, &wanted, StatusCode::NOT_FOUND, &typed, Some("unknown")),
        Err(err) => return site.failed("/folio", &wanted, err),
    };
    if folio != typed {
        return Redirect::permanent(&site.report_url(&folio, wanted.lang)).into_response();
    }
    let path = format!("/reportes/{folio}");
    match known {
        Ok(Some(Known::Public(told))) => {
            site.page_with(status, "report.html", &path, &wanted, page(&site, &told, wanted.lang))
        }
        Ok(Some(Known::Private { folio, state, filed_at })) => {
            let said = context! {
                private => true,
                report => context! {
                    folio => folio,
                    state => state.as_str(),
                    label => state.label(wanted.lang),
                    tone => tone(state),
                    filed => site.day(filed_at, wanted.lang),
                },
            };
            let mut response = site.page_with(status, "report.html", &path, &wanted, said);
            response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
            response
        }
        Ok(None) | Err(_) => site.message(StatusCode::NOT_FOUND, &path, &wanted, "not_found"),
    }
}

fn page(site: &Site, told: &Told, lang: Lang) -> Value {
    let report = &told.report;
    let photos = told.photos.iter().map(|photo| {
        let url = format!("/reportes/foto/{}", photo.media);
        context! {
            small => format!("{url}?s=1"),
            large => url,
            evidence => photo.evidence,
            day => site.day(photo.added_at, lang),
        }
    });
    context! {
        private => false,
        report => site.report(report, lang),
        photos => photos.collect::<Value>(),
        // The newest first: what happened last is what they came for.
        events => told.events.iter().rev().map(|event| happened(site, event, lang)).collect::<Value>(),
        locator => locator::drawing(site.catalogue().places(), report.colonia.as_deref(), report.point),
        join => report.state.is_open().then(|| join(site, report, lang)),
    }
}

fn happened(site: &Site, event: &PublicEvent, lang: Lang) -> Value {
    let kind = match event.kind {
        PublicKind::Filed => "filed",
        PublicKind::Moved => "moved",
        PublicKind::Lapsed => "lapsed",
        PublicKind::Joined => "joined",
        PublicKind::Said => "said",
    };
    context! {
        kind => kind,
        label => event.state.label(lang),
        tone => tone(event.state),
        day => site.day(event.at, lang),
        words => event.words.as_deref(),
        department => event.department.as_deref().and_then(|id| site.department_name(id, lang)),
        authority => event.authority.as_ref().map(|one| context! {
            name => one.name.as_str(), phone => one.phone.as_str(), folio => one.folio.as_deref(),
        }),
        scheduled => event.scheduled_for.map(|at| site.day(at, lang)),
    }
}

/// Where somebody says that they have it too: the words are written for them.
fn join(site: &Site, report: &PublicReport, lang: Lang) -> Value {
    let words = format!("{} {}", site.text(lang, "report", "join_words"), report.folio);
    let typed = utf8_percent_encode(&words, NON_ALPHANUMERIC).to_string();
    let config = &site.app.config;
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let whatsapp = config.whatsapp.numbers.first().map(|number| digits(&number.display_phone));
    let sms = config.sms.numbers.first().map(|number| digits(&number.number));
    let link = |phone: Option<String>, before: &str, between: &str| {
        phone.filter(|phone| !phone.is_empty()).map(|phone| format!("{before}{phone}{between}{typed}"))
    };
    context! {
        words => words,
        whatsapp => link(whatsapp, "https://wa.me/", "?text="),
        sms => link(sms, "sms:+", "?body="),
        webchat => site.app.channels.webchat.is_some(),
    }
}
