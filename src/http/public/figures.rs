//! `/reportes/cifras`: how the town does, without the figure that flatters ("closed").

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode},
    response::Response,
};
use minijinja::{Value, context};
use ventanilla_values::Lang;

use super::{site::Site, view::tone, wanted::Wanted};
use crate::reports::figures::{Figures, Share, StateAge, Sums};

const PATH: &str = "/reportes/cifras";
/// How long somebody waits for the first count; later ones are there already.
const PATIENCE: Duration = Duration::from_secs(3);
/// Units of a bar.
const BAR: i64 = 100;

pub(super) async fn show(State(site): State<Arc<Site>>, wanted: Wanted) -> Response {
    let Some(figures) = site.figures.soon(&site.app, PATIENCE).await else {
        let mut wait = site.message(StatusCode::SERVICE_UNAVAILABLE, PATH, &wanted, "counting");
        wait.headers_mut().insert(HeaderName::from_static("refresh"), HeaderValue::from_static("5"));
        return wait;
    };
    site.page("figures.html", PATH, &wanted, page(&site, &figures, wanted.lang))
}

fn page(site: &Site, figures: &Figures, lang: Lang) -> Value {
    let longest = figures.ages.iter().map(|age| age.p90).max().unwrap_or(0).max(1);
    let named = |name: String, some: &Sums| row(&name, some);
    let mut categories: Vec<_> = figures
        .categories
        .iter()
        .map(|(id, some)| (some.work.reports, site.category_name(id, lang), some))
        .collect();
    categories.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let mut departments: Vec<_> = figures.departments.iter().collect();
    departments.sort_by_key(|(_, some)| -some.work.reports);
    let department = |id: &Option<String>| match id {
        Some(id) => site.department_name(id, lang).unwrap_or_else(|| id.clone()),
        None => site.text(lang, "figures", "nobody"),
    };
    let channel = |id: &str| {
        let known = site.text(lang, "channels", id);
        if known.is_empty() { id.to_owned() } else { known }
    };
    let open = |age: &&StateAge| age.state.is_open();
    context! {
        at => site.moment(figures.at, lang),
        since => site.day(figures.since, lang),
        total => row("", &figures.total),
        open_ages => figures.ages.iter().filter(open).map(|one| age(one, longest, lang)).collect::<Value>(),
        closed_ages => figures.ages.iter().filter(|one| !open(one)).map(|one| age(one, longest, lang)).collect::<Value>(),
        categories => categories.into_iter().map(|(_, name, some)| named(name, some)).collect::<Value>(),
        departments => departments.into_iter().map(|(id, some)| named(department(id), some)).collect::<Value>(),
        channels => figures.channels.iter().map(|(id, some)| named(channel(id), some)).collect::<Value>(),
    }
}

fn age(age: &StateAge, longest: i64, lang: Lang) -> Value {
    context! {
        label => age.state.label(lang),
        tone => tone(age.state),
        reports => age.reports,
        median => span(age.median),
        p90 => span(age.p90),
        median_bar => age.median * BAR / longest,
        p90_bar => age.p90 * BAR / longest,
    }
}

/// "Less than": the next whole hour up to two days, then the next whole day.
fn span(hours: i64) -> Value {
    if hours < 48 {
        context! { n => hours + 1, days => false }
    } else {
        context! { n => hours / 24 + 1, days => true }
    }
}

fn row(name: &str, some: &Sums) -> Value {
    let work = &some.work;
    context! {
        name => name,
        reports => work.reports,
        open => work.open,
        claimed => work.claimed,
        evidence => share(some.with_evidence()),
        reopened => share(some.reopened()),
        confirmed => share(some.confirmed()),
        lapsed => work.lapsed,
        responded => share(some.responded()),
        rejected => work.rejected,
        cancelled => work.cancelled,
        joined => work.joined,
        more_people => work.more_people,
        referred => work.referred,
        not_ours => work.not_ours,
        outside => work.outside,
        by_hand => work.by_hand,
    }
}

fn share(share: Share) -> Value {
    context! { part => share.part, of => share.of, percent => share.percent() }
}
