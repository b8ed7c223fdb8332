//! Making the calls, and going on to the next where nobody answers.

use std::{sync::Arc, time::Duration};

use tracing::{error, info, warn};

use super::{
    means::call,
    page::{call_level, on_call},
};
use crate::{
    agents,
    app::App,
    store::{
        self, StoreError,
        pages::{Page, PageCall},
    },
};

/// How often somebody looks.
const NET: Duration = Duration::from_secs(1);
/// Milliseconds until a call that failed is made again; then it has failed.
const AGAIN: [i64; 3] = [10_000, 30_000, 60_000];

/// Looks after open pages until the server stops.
pub async fn watch(app: Arc<App>) {
    loop {
        if let Err(err) = go_round(&app).await {
            error!(alert = true, "people on call could not be looked after: {err}");
        }
        tokio::select! {
            () = tokio::time::sleep(NET) => {}
            () = app.stop.cancelled() => return,
        }
    }
}

async fn go_round(app: &Arc<App>) -> Result<(), StoreError> {
    for (page, agent) in store::pages::attended(app.store.read()).await? {
        let unit = app.store.unit().await?;
        store::pages::answer(&unit, page, &agent, app.clock.now()).await?;
        unit.commit().await?;
    }
    let calls = store::pages::calls_due(app.store.read(), app.clock.now()).await?;
    // Beside each other: one server that does not answer holds up nobody else.
    for outcome in futures::future::join_all(calls.iter().map(|one| make(app, one))).await {
        outcome?;
    }
    for page in store::pages::due(app.store.read(), app.clock.now()).await? {
        go_on(app, &page).await?;
    }
    Ok(())
}

async fn make(app: &App, due: &PageCall) -> Result<(), StoreError> {
    let outcome = match app.config.notify.people.iter().find(|one| one.id == due.who) {
        Some(who) => call(app, due, who).await,
        None => Err("is not in notify.people any more".to_owned()),
    };
    let made = after(due, outcome, app.clock.now());
    match (made.state.as_str(), &made.error) {
        ("sent", _) => info!(page.id = %due.page, who = due.who, "{} is called by {}", due.who, due.means),
        (_, error) => {
            let why = error.as_deref().unwrap_or_default();
            warn!(page.id = %due.page, who = due.who, alert = made.state == "failed", "{} is not reached by {}: {why}", due.who, due.means);
        }
    }
    let unit = app.store.unit().await?;
    store::pages::called(&unit, &made).await?;
    unit.commit().await
}

fn after(due: &PageCall, outcome: Result<(), String>, now: i64) -> PageCall {
    let attempts = due.attempts + 1;
    let again = usize::try_from(due.attempts).ok().and_then(|made| AGAIN.get(made));
    let (state, next_at, error) = match (outcome, again) {
        (Ok(()), _) => ("sent", due.next_at, None),
        (Err(why), Some(wait)) => ("waiting", now + wait, Some(why)),
        (Err(why), None) => ("failed", due.next_at, Some(why)),
    };
    PageCall { state: state.to_owned(), attempts, next_at, error, ..due.clone() }
}

/// The next level; behind the last the citizen is told, and the rota begins again.
async fn go_on(app: &Arc<App>, page: &Page) -> Result<(), StoreError> {
    let now = app.clock.now();
    let catalogue = &app.contents.active.catalogue;
    let levels = on_call(app, catalogue, now);
    let at = usize::try_from(page.level + 1).unwrap_or(usize::MAX);
    let next_at = now + app.config.notify.escalate();
    let over = at >= levels.len();
    let rounds = i64::from(app.config.notify.rounds);
    let next = match over {
        false => Page { level: page.level + 1, next_at, ..page.clone() },
        true if page.round >= rounds => Page { state: "given_up".to_owned(), ..page.clone() },
        true => Page { level: 0, round: page.round + 1, next_at, ..page.clone() },
    };
    let tells = over && page.told_at.is_none();
    let next = Page { told_at: page.told_at.or(tells.then_some(now)), ..next };
    let unit = app.store.unit().await?;
    if !store::pages::go_on(&unit, page, &next).await? {
        return Ok(());
    }
    if next.state == "waiting"
        && let Some(level) = usize::try_from(next.level).ok().and_then(|at| levels.get(at))
    {
        call_level(app, &unit, page.id, level, now).await?;
    }
    unit.commit().await?;
    if next.state == "given_up" {
        error!(page.id = %page.id, alert = true, "nobody answered for conversation {}", page.handover);
    }
    if tells {
        tell(app, page).await?;
    }
    Ok(())
}

/// That nobody answers yet, and the lines again.
async fn tell(app: &Arc<App>, page: &Page) -> Result<(), StoreError> {
    let Some(entry) = store::handovers::by_id(app.store.read(), page.handover).await? else { return Ok(()) };
    warn!(page.id = %page.id, alert = true, "the whole rota was called for conversation {} and nobody answered", page.handover);
    agents::nobody_came(app, &entry).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn due(attempts: i64) -> PageCall {
        PageCall {
            id: Uuid::nil(),
            page: Uuid::nil(),
            who: "rosa".to_owned(),
            means: "sms".to_owned(),
            key_id: "k".to_owned(),
            state: "waiting".to_owned(),
            attempts,
            next_at: 0,
            error: None,
        }
    }

    #[test]
    fn a_call_that_fails_is_made_again_and_not_for_ever() {
        let failed = |attempts| after(&due(attempts), Err("no".to_owned()), 1000);
        assert_eq!((failed(0).state.as_str(), failed(0).next_at), ("waiting", 11_000));
        assert_eq!(failed(2).state, "waiting");
        assert_eq!(failed(3).state, "failed");
        assert_eq!(after(&due(1), Ok(()), 1000).state, "sent");
    }
}
