//! Who is told of what at the desk, as it happens.
//!
//! One task ([`distribute`]) hears the bus of all nodes and tells the open pages: the one who attends a chat and those
//! who look at it hear of every change, everybody else hears at most once a second that the queue is another. An event
//! says what changed and never what was said: the page fetches it, with its own permission.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde::Serialize;
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tracing::warn;
use utoipa::ToSchema;
use uuid::Uuid;

use super::assign;
use crate::{
    app::App,
    bus::{DeskNews, Looking},
    staff::{Member, Permission},
    store::{self, StoreError, handovers::HandoverRow},
};

/// Who looks at a chat says so again before this time (milliseconds) is over.
pub const PATIENCE: i64 = 45_000;
/// How often a page is told at most that the queue is another.
const QUEUE_NEWS: Duration = Duration::from_secs(1);
/// How often chats are looked for that nobody attends any more.
const ROUNDS: Duration = Duration::from_secs(10);
/// Events that a slow page may lag behind; then it is told to fetch everything.
const LAG: usize = 256;

/// Somebody who looks at a chat.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Looker {
    pub id: Uuid,
    pub name: String,
    pub typing: bool,
}

/// Names stay out of logs.
impl std::fmt::Debug for Looker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looker").field("id", &self.id).field("typing", &self.typing).finish_non_exhaustive()
    }
}

/// What a page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskEvent {
    /// A chat that they attend or look at changed.
    Chat { id: Uuid, version: i64 },
    /// Somebody joined the queue.
    New { id: Uuid, crisis: bool },
    /// The queues are others.
    Queue,
    /// Talks of the bot changed: of these people.
    Talks { people: Vec<Uuid> },
    /// A supervisor whispers to them in a chat that they attend.
    Whisper { chat: Uuid },
    /// Who looks at a chat that they look at too.
    Presence { chat: Uuid, viewers: Vec<Looker> },
    /// Reports are others.
    Reports,
}

/// The open pages of this node, and who looks at what.
#[derive(Debug, Default)]
pub struct Desk {
    next: AtomicU64,
    pages: Mutex<HashMap<u64, Page>>,
    /// By chat, then by colleague.
    looking: Mutex<HashMap<Uuid, HashMap<Uuid, Looking>>>,
    /// Open chats, by person.
    known: Mutex<HashMap<Uuid, Known>>,
    away: Mutex<HashMap<Uuid, bool>>,
    /// People whose talk with the bot changed since it was last told.
    talks: Mutex<HashSet<Uuid>>,
    reports: Mutex<ReportNews>,
}

/// News of reports are said before they are committed: they are told with the second tick that follows.
#[derive(Debug, Clone, Copy, Default)]
struct ReportNews {
    /// Heard since the last tick.
    fresh: bool,
    /// Heard before it.
    ripe: bool,
}

#[derive(Debug)]
struct Page {
    staff: Uuid,
    /// Only chats of these departments; `None`: all.
    departments: Option<Vec<String>>,
    /// Also chats about what is private.
    sensitive: bool,
    /// Sees the talks of the bot.
    supervises: bool,
    tell: mpsc::Sender<DeskEvent>,
}

impl Page {
    fn sees(&self, known: &Known) -> bool {
        if known.holder == Some(self.staff) {
            return true;
        }
        if known.sensitive && !self.sensitive {
            return false;
        }
        let Some(own) = &self.departments else { return true };
        known.department.as_ref().is_some_and(|one| own.contains(one))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    chat: Uuid,
    version: i64,
    holder: Option<Uuid>,
    department: Option<String>,
    sensitive: bool,
    crisis: bool,
}

impl Known {
    fn of(entry: &HandoverRow) -> Self {
        Self {
            chat: entry.id,
            version: entry.version,
            holder: entry.staff_id,
            department: entry.department.clone(),
            sensitive: entry.sensitive,
            crisis: entry.priority == "crisis",
        }
    }
}

/// An open page. It hears no more once this is dropped.
#[derive(Debug)]
pub struct Listening {
    app: Arc<App>,
    page: u64,
    pub events: mpsc::Receiver<DeskEvent>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        lock(&self.app.desk.pages).remove(&self.page);
    }
}

impl Desk {
    /// Opens a page's ear.
    pub fn listen(app: &Arc<App>, member: &Member) -> Listening {
        let (tell, events) = mpsc::channel(LAG);
        let page = app.desk.next.fetch_add(1, Ordering::Relaxed);
        let departments = (!member.sees_all_teams()).then(|| member.departments.clone());
        let supervises = member.may(Permission::SuperviseChats);
        let sensitive = member.may(Permission::PrivateReports);
        let opened = Page { staff: member.id, departments, sensitive, supervises, tell };
        lock(&app.desk.pages).insert(page, opened);
        // Colleagues see them come, and the queue may be waiting for them.
        let available = !app.desk.is_away(member.id);
        app.bus.announce_desk(DeskNews::Status { staff: member.id, available });
        Listening { app: Arc::clone(app), page, events }
    }

    /// Who looks at a chat at `now` (Unix ms).
    pub fn lookers(&self, chat: Uuid, now: i64) -> Vec<Looker> {
        let mut looking = lock(&self.looking);
        let Some(there) = looking.get_mut(&chat) else { return Vec::new() };
        there.retain(|_, one| one.until > now);
        let mut lookers: Vec<Looker> = there
            .values()
            .map(|one| Looker { id: one.staff, name: one.name.to_string(), typing: one.typing })
            .collect();
        lookers.sort_by_key(|one| one.id);
        lookers
    }

    /// Whether a colleague has a page open here.
    pub fn is_here(&self, staff: Uuid) -> bool {
        lock(&self.pages).values().any(|page| page.staff == staff)
    }

    /// Whether a colleague said that they take no chats now.
    pub fn is_away(&self, staff: Uuid) -> bool {
        lock(&self.away).get(&staff).copied().unwrap_or(false)
    }

    /// Whether this person's chat is with the desk: then news of their replies are news for the desk.
    fn concerns(&self, person: Uuid) -> bool {
        lock(&self.known).contains_key(&person)
    }

    fn tell(&self, event: &DeskEvent, whom: impl Fn(&Page) -> bool) {
        for page in lock(&self.pages).values().filter(|page| whom(page)) {
            // A page that does not keep up hears of the queue again, and then fetches everything that it shows.
            page.tell.try_send(event.clone()).ok();
        }
    }

    /// Forgets who looked at what.
    fn tidy(&self, now: i64) {
        lock(&self.looking).retain(|_, there| {
            there.retain(|_, one| one.until > now);
            !there.is_empty()
        });
    }

    /// Tells boards that reports are others, if any are and that is committed.
    fn tell_reports(&self) {
        let mut news = lock(&self.reports);
        let told = news.ripe;
        *news = ReportNews { fresh: false, ripe: news.fresh };
        drop(news);
        if told {
            self.tell(&DeskEvent::Reports, |_| true);
        }
    }

    /// Tells supervisors which talks of the bot changed, if any did.
    fn tell_talks(&self) {
        let people: Vec<Uuid> = lock(&self.talks).drain().collect();
        if !people.is_empty() {
            self.tell(&DeskEvent::Talks { people }, |page| page.supervises);
        }
    }

    fn looks(&self, chat: Uuid, staff: Uuid) -> bool {
        lock(&self.looking).get(&chat).is_some_and(|there| there.contains_key(&staff))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A colleague looks at a chat, or writes there; `gone`: not any more. Tells whether they were not there before.
pub fn look(app: &App, chat: Uuid, member: &Member, typing: bool, gone: bool) -> bool {
    let now = app.clock.now();
    let was = app.desk.lookers(chat, now).iter().any(|one| one.id == member.id);
    let until = if gone { now } else { now + PATIENCE };
    let looking = Looking { chat, staff: member.id, name: member.name.as_str().into(), typing, until };
    remember(&app.desk, &looking);
    app.bus.announce_desk(DeskNews::Looking(looking));
    !was
}

/// A colleague says whether they take chats.
pub fn set_status(app: &App, staff: Uuid, available: bool) {
    lock(&app.desk.away).insert(staff, !available);
    app.bus.announce_desk(DeskNews::Status { staff, available });
}

fn remember(desk: &Desk, looking: &Looking) {
    let mut all = lock(&desk.looking);
    let there = all.entry(looking.chat).or_default();
    there.insert(looking.staff, looking.clone());
}

/// Tells the pages of this node, until the server stops.
pub async fn distribute(app: Arc<App>) {
    let (mut desk, mut mailboxes) = (app.bus.desk(), app.bus.mailboxes());
    let mut queue_is_another = true;
    let mut ticks = tokio::time::interval(QUEUE_NEWS);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rounds = tokio::time::interval(ROUNDS);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    if let Err(err) = load(&app).await {
        warn!("the open chats could not be read: {err}");
    }
    loop {
        tokio::select! {
            news = desk.recv() => match news {
                Ok(news) => queue_is_another |= hear(&app, news).await,
                Err(RecvError::Lagged(_)) => queue_is_another |= load(&app).await.is_ok(),
                Err(RecvError::Closed) => return,
            },
            // A slow ear misses some: the page shows the state of a reply a moment later.
            person = mailboxes.recv() => if let Ok(person) = person && app.desk.concerns(person) {
                changed(&app, person).await;
            },
            _ = ticks.tick() => {
                app.desk.tell_talks();
                app.desk.tell_reports();
                if std::mem::take(&mut queue_is_another) {
                    app.desk.tell(&DeskEvent::Queue, |_| true);
                    assign::deal(&app).await;
                }
            },
            // Nothing happens when somebody goes: what they leave is looked for.
            _ = rounds.tick() => {
                app.desk.tidy(app.clock.now());
                assign::go_round(&app).await;
            },
            () = app.stop.cancelled() => return,
        }
    }
}

/// Whether the queue is another for it.
async fn hear(app: &App, news: DeskNews) -> bool {
    match news {
        DeskNews::Person(person) => {
            changed(app, person).await;
            true
        }
        DeskNews::Talk(person) => {
            lock(&app.desk.talks).insert(person);
            false
        }
        DeskNews::Whisper { chat, to } => {
            app.desk.tell(&DeskEvent::Whisper { chat }, |page| page.staff == to);
            false
        }
        DeskNews::Looking(looking) => {
            remember(&app.desk, &looking);
            let (chat, viewers) = (looking.chat, app.desk.lookers(looking.chat, app.clock.now()));
            app.desk.tell(&DeskEvent::Presence { chat, viewers }, |page| app.desk.looks(chat, page.staff));
            false
        }
        DeskNews::Reports => {
            lock(&app.desk.reports).fresh = true;
            false
        }
        DeskNews::Status { staff, available } => {
            lock(&app.desk.away).insert(staff, !available);
            true
        }
    }
}

/// The open chats, as they are now.
async fn load(app: &App) -> Result<(), StoreError> {
    let open = store::handovers::list_open(app.store.read()).await?;
    *lock(&app.desk.known) = open.iter().map(|entry| (entry.person_id, Known::of(entry))).collect();
    Ok(())
}

/// Looks at the chat of a person and tells those who are concerned what became of it.
async fn changed(app: &App, person: Uuid) {
    let entry = match store::handovers::open_of(app.store.read(), person).await {
        Ok(entry) => entry,
        Err(err) => return warn!(person.id = %person, "news of a chat could not be told: {err}"),
    };
    let now = entry.as_ref().map(Known::of);
    let before = {
        let mut known = lock(&app.desk.known);
        match now.clone() {
            Some(now) => known.insert(person, now),
            None => known.remove(&person),
        }
    };
    let desk = &app.desk;
    if let Some(known) = now.as_ref().or(before.as_ref()) {
        let event = DeskEvent::Chat { id: known.chat, version: known.version };
        let held = [&before, &now].into_iter().flatten().filter_map(|known| known.holder).collect::<Vec<_>>();
        desk.tell(&event, |page| held.contains(&page.staff) || desk.looks(known.chat, page.staff));
    }
    if let Some(now) = now.filter(|now| is_news(before.as_ref(), now)) {
        desk.tell(&DeskEvent::New { id: now.chat, crisis: now.crisis }, |page| page.sees(&now));
    }
}

/// Somebody waits who did not before, or who is in danger now.
fn is_news(before: Option<&Known>, now: &Known) -> bool {
    let waits = now.holder.is_none();
    match before {
        Some(before) => waits && (before.holder.is_some() || (now.crisis && !before.crisis)),
        None => waits,
    }
}
