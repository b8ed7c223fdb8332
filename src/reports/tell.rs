//! Telling the news: one message to each follower about everything that happened since the last, in the words of
//! `flows/report_news.yaml`.
//!
//! A worker comes by and takes what is due (`src/workers.rs`). Taking the notice, the replies and the turn that they
//! belong to are one unit: what was told is told once, whatever dies.

use std::sync::Arc;

use tracing::{info, warn};
use uuid::Uuid;
use ventanilla_adapters::{Address, Outbound, capabilities};
use ventanilla_flows::Session;
use ventanilla_values::{Lang, Value};

use super::{
    news::{News, news, words},
    reach,
    telling::{Told, question_of, telling},
};
use crate::{
    app::App,
    bus::DeskNews,
    conversation::told,
    outbox::{render::render, window_until},
    store::{
        self, StoreError, Unit,
        conversations::{Conversation, Owner},
        outbox::{Author, NewReply},
        report_followers::Follower,
        report_notices::Notice,
        reports::ReportRow,
    },
};

/// The flow with the words.
const FLOW: &str = "report_news";
/// Notices that are read at a time.
const BATCH: i64 = 200;
/// Milliseconds that news wait for who is in danger: nothing else is spoken of meanwhile.
const DANGER: i64 = 3600 * 1000;

/// Tells what is due.
///
/// # Errors
/// When what is due cannot be read; what cannot be told now is told when somebody comes again.
pub async fn tell_due(app: &Arc<App>) -> Result<(), StoreError> {
    let due = store::report_notices::due(app.store.read(), app.clock.now(), BATCH).await?;
    for notice in due {
        match tell(app, &notice).await {
            // The person wrote this very moment: after their turn.
            Ok(()) | Err(StoreError::Conflict(_)) => {}
            Err(err) => warn!(report.id = %notice.report, "news of a report wait: {err}"),
        }
    }
    Ok(())
}

async fn tell(app: &Arc<App>, notice: &Notice) -> Result<(), StoreError> {
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    if !store::report_notices::take(&unit, notice.report, notice.person).await? {
        return Ok(());
    }
    let conversation = store::conversations::load(&*unit, notice.person).await?;
    if conversation.owner == Owner::Danger {
        let later = Notice { due_at: now + DANGER, ..notice.clone() };
        store::report_notices::put(&unit, &later).await?;
        return unit.commit().await;
    }
    let Some(message) = message(app, &unit, notice, &conversation).await? else { return unit.commit().await };
    let bubbles = say(app, &unit, &conversation, &message, now).await?;
    unit.commit().await?;
    app.bus.outbox.wake(notice.person);
    app.bus.announce_desk(DeskNews::Person(notice.person));
    metrics::counter!("ventanilla_report_news_total", "kind" => message.kind).increment(1);
    info!(report.id = %notice.report, bubbles, "a follower is told {} in {bubbles} messages", message.kind);
    Ok(())
}

/// What is said, and where.
struct Saying {
    kind: &'static str,
    words: Vec<Outbound>,
    address: Address,
    private: bool,
}

/// `None`: there is nothing to tell, or nowhere.
async fn message(
    app: &Arc<App>,
    unit: &Unit,
    notice: &Notice,
    conversation: &Conversation,
) -> Result<Option<Saying>, StoreError> {
    let Some(row) = store::reports::by_id(&**unit, notice.report).await? else { return Ok(None) };
    let Some(follower) = follower(unit, &row, notice.person).await? else { return Ok(None) };
    let events = store::report_events::of_report(&**unit, row.id).await?;
    let Some(News { kind, event, before }) = news(&events, notice.since_seq) else { return Ok(None) };
    let place = reach::address(app, unit, notice.person, follower.channel, row.private).await?;
    let (Some(address), Some(_)) = (place, app.contents.active.library.flow(FLOW)) else { return Ok(None) };
    let lang = lang(conversation);
    let told_of = Told {
        kind,
        event,
        before: &before,
        words: words(&events, event),
        row: &row,
        own: folio_of(unit, follower.through).await?,
        parent: folio_of(unit, row.parent_id).await?,
        busy: is_busy(app, conversation),
    };
    let slots = vec![("news".to_owned(), Value::Json(telling(app, &told_of, lang)))];
    let mut words = told(app, conversation, address.clone(), FLOW, slots).await?;
    question_of(&mut words, &row.folio);
    Ok(Some(Saying { kind, words, address, private: row.private }))
}

/// Whoever follows the report, or the one that it was added to meanwhile.
async fn follower(unit: &Unit, row: &ReportRow, person: Uuid) -> Result<Option<Follower>, StoreError> {
    for report in [Some(row.id), row.parent_id].into_iter().flatten() {
        let followers = store::report_followers::of_report(&**unit, report).await?;
        if let Some(found) = followers.into_iter().find(|follower| follower.person == person) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether another question is open, which a bare "sí" would answer.
fn is_busy(app: &App, conversation: &Conversation) -> bool {
    let Some(session) = conversation.session.as_ref().filter(|session| session.is_waiting()) else {
        return false;
    };
    let with_bot = matches!(conversation.owner, Owner::Bot | Owner::Queue);
    with_bot && !is_passing(app, session)
}

/// Whether nothing is open but a menu or an offer, which is left for good when something else is said.
fn is_passing(app: &App, session: &Session) -> bool {
    let library = &app.contents.active.library;
    session.stack.iter().all(|frame| library.flow(&frame.flow).is_some_and(|flow| flow.passing))
}

async fn folio_of(unit: &Unit, report: Option<Uuid>) -> Result<Option<String>, StoreError> {
    let Some(report) = report else { return Ok(None) };
    Ok(store::reports::by_id(&**unit, report).await?.map(|row| row.folio))
}

fn lang(conversation: &Conversation) -> Lang {
    conversation.session.as_ref().map_or(Lang::ES, |session| session.lang)
}

/// Stores the bubbles as a turn of their own; what is being talked about stays as it is, but for a menu.
async fn say(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    saying: &Saying,
    now: i64,
) -> Result<usize, StoreError> {
    let address = &saying.address;
    let bubbles = render(&saying.words, capabilities(address.channel), lang(conversation));
    for (idx, message) in (0..).zip(&bubbles) {
        let reply = NewReply {
            id: app.ids.next(),
            person: conversation.person,
            turn: conversation.turn + 1,
            idx,
            author: Author::Bot,
            address,
            message,
            masked: None,
            private: saying.private,
            window_until: window_until(address.channel, &address.account, conversation.window.as_ref()),
            said_by: None,
            not_before: None,
            trace: "report",
        };
        store::outbox::insert(unit, &reply, now).await?;
    }
    // A menu is left: what they say next answers what they were just told.
    let open = conversation.session.clone().filter(|session| !is_passing(app, session));
    let session = open.unwrap_or_else(|| Session::new(lang(conversation)));
    let next = Conversation { turn: conversation.turn + 1, session: None, ..conversation.clone() };
    store::conversations::save(unit, &next, &session, now).await?;
    Ok(bubbles.len())
}
