//! What a turn's steps look at: the session, the flows it began with, and the world.

use std::sync::Arc;

use chrono::DateTime;
use minijinja::context;
use ventanilla_adapters::{Address, AddressKey, Channel, capabilities};
use ventanilla_flows::{Command, Library, Session, World};
use ventanilla_intents::{Safety, Understanding};
use ventanilla_values::{Lang, Value};

use super::{
    crossing::is_private_flow,
    policy::{Situation, Waits},
};
use crate::{
    app::App,
    catalogue::{Catalogue, Category},
    reports::{self, Citizen, State},
    store::{
        self, StoreError,
        blocks::Block,
        consents::Purpose,
        conversations::{Conversation, Owner, Parked, Window},
    },
};

/// Reports of a person that are looked through.
const REMEMBERED: i64 = 20;

/// Everything that a turn's steps look at.
pub(super) struct Context<'a> {
    pub app: &'a Arc<App>,
    pub conversation: &'a Conversation,
    pub session: Session,
    /// The release that the session's flows began with.
    pub release: String,
    pub library: Arc<Library>,
    /// Where the answer goes.
    pub address: Address,
    pub trace: &'a str,
    pub now: i64,
    /// The window of the person's channel after this turn's messages.
    pub window: Option<Window>,
    /// They were blocked, and are in danger now: it ends with this turn.
    pub unblock: Option<Block>,
    asked_of: AskedOf,
    /// Why a person was called in a crisis: the intent of the danger.
    in_danger_of: Option<String>,
    local: String,
    content: minijinja::Value,
}

impl<'a> Context<'a> {
    pub async fn new(
        app: &'a Arc<App>,
        conversation: &'a Conversation,
        address: Address,
        trace: &'a str,
    ) -> Result<Self, StoreError> {
        let default = app.contents.active.catalogue.town().languages.first().copied().unwrap_or(Lang::ES);
        let session = conversation.session.clone().unwrap_or_else(|| Session::new(default));
        let person = person(app, conversation, &address).await?;
        // A talk that is over begins the next with what is active now.
        let pinned = conversation.release.as_deref().filter(|_| !session.stack.is_empty());
        let now = app.clock.now();
        let Kept { session, library, release } = kept(app, session, pinned).await?;
        Ok(Self {
            release,
            library,
            local: local_time(app, now),
            asked_of: asked_of(app, conversation, &address, now).await?,
            in_danger_of: in_danger_of(app, conversation).await?,
            content: content(app, &address, person, now),
            window: conversation.window.clone(),
            unblock: None,
            app,
            conversation,
            session,
            address,
            trace,
            now,
        })
    }

    pub fn world(&self) -> World<'_> {
        World { now: &self.local, content: &self.content, gazetteer: &self.app.contents.active.catalogue }
    }

    pub fn situation<'s>(
        &'s self,
        world: &'s World<'s>,
        understood: Option<&'s Understanding>,
        photo: Option<&'s str>,
    ) -> Situation<'s> {
        Situation {
            session: &self.session,
            library: &self.library,
            phrases: &self.app.contents.active.phrases,
            catalogue: &self.app.contents.active.catalogue,
            world,
            understood,
            photo,
            waits: match self.conversation.owner {
                Owner::Queue => Some(Waits::ForAPerson),
                Owner::Danger if self.in_danger_here() => Some(Waits::InDanger),
                Owner::Danger => None,
                Owner::Bot | Owner::Agent => None,
            },
            in_danger_of: self.in_danger_of.as_deref().filter(|_| self.in_danger_here()),
            abilities: capabilities(self.address.channel),
            claimed: &self.asked_of.claimed,
            wanted: &self.asked_of.wanted,
            kept: self.conversation.kept,
            spoken: &self.app.contents.active.catalogue.town().languages,
            folio_prefix: &self.app.contents.active.catalogue.town().folio_prefix,
        }
    }

    /// Nothing is open any more; what is begun now is begun with the newest texts.
    pub fn begin_anew(&mut self) {
        self.session = Session::new(self.session.lang);
        self.library = Arc::clone(&self.app.contents.active.library);
        self.release.clone_from(&self.app.contents.active.hash);
    }

    /// A talk that was set aside goes on, with the texts that it began with.
    pub async fn take_up(&mut self, parked: &Parked) -> Result<(), StoreError> {
        let kept = kept(self.app, parked.session.clone(), parked.release.as_deref()).await?;
        (self.session, self.library, self.release) = (kept.session, kept.library, kept.release);
        Ok(())
    }

    /// The talk goes on at another address of the person.
    pub async fn move_to(&mut self, address: Address) -> Result<(), StoreError> {
        let person = person(self.app, self.conversation, &address).await?;
        self.content = content(self.app, &address, person, self.now);
        self.window = None;
        self.address = address;
        Ok(())
    }

    /// What the open talk is about, as the person would call it: the report's category, else the flow.
    pub fn subject(&self) -> Option<String> {
        let lang = self.session.lang;
        let category = told_category(&self.app.contents.active.catalogue, &self.session);
        let flow = self.session.stack.first().and_then(|frame| self.library.flow(&frame.flow));
        category
            .map(|category| category.name.get(lang).to_lowercase())
            .or_else(|| flow.map(|flow| flow.title(lang).to_lowercase()))
    }

    /// Whoever else has this phone must not learn of it on another channel.
    fn in_danger_here(&self) -> bool {
        self.conversation.danger_channel.is_none_or(|channel| channel == self.address.channel)
    }

    /// A talk that is begun anew is begun with the newest texts: safety's above all.
    pub fn renew_if_reset(&mut self, commands: &[Command]) {
        if commands.first() == Some(&Command::Reset) {
            self.library = Arc::clone(&self.app.contents.active.library);
            self.release.clone_from(&self.app.contents.active.hash);
        }
    }

    /// The first words decide the language; later it changes only when asked to.
    pub fn greet_in_their_language(&mut self, understood: Option<&Understanding>) {
        let spoken = &self.app.contents.active.catalogue.town().languages;
        if self.conversation.heard_at.is_none()
            && let Some(lang) = understood.and_then(|understood| understood.language)
            && spoken.contains(&lang)
        {
            self.session.lang = lang;
        }
    }

    /// While a person of the town attends, the bot holds its tongue: from the moment somebody took the chat. Until
    /// then nobody is left without an answer. Danger is answered here too, once it is said in so many words or is as likely as
    /// not: what only might be one is read by the person who attends. So is a call: silence on the phone is a dead line.
    pub fn bot_is_silent(&self, understood: Option<&Understanding>) -> bool {
        self.conversation.owner == Owner::Agent
            && self.address.channel != Channel::Voice
            && !(self.is_danger(understood) && understood.is_some_and(is_likely))
    }

    /// What was said is a danger: it comes before everything, in every state.
    pub fn is_danger(&self, understood: Option<&Understanding>) -> bool {
        let world = self.world();
        self.situation(&world, understood, None).danger().is_some()
    }

    /// What is said now must not be told on another channel: a private flow runs, or ran a moment ago.
    pub fn is_private(&self, owner: Owner, flows: &[&str]) -> bool {
        let running = self.session.stack.iter().map(|frame| frame.flow.as_str());
        owner == Owner::Danger
            || self.conversation.owner == Owner::Danger
            || running.chain(flows.iter().copied()).any(|flow| is_private_flow(flow, &self.library))
    }

    /// Until when free text may go to the person here.
    pub fn window_until(&self) -> Option<i64> {
        crate::outbox::window_until(self.address.channel, &self.address.account, self.window.as_ref())
    }
}

/// A talk and the flows that it goes on with.
struct Kept {
    session: Session,
    library: Arc<Library>,
    release: String,
}

/// A talk keeps the release that it began with, unless its flows let it move to the newest.
async fn kept(app: &App, session: Session, pinned: Option<&str>) -> Result<Kept, StoreError> {
    let active = &app.contents.active;
    let library = app.contents.library(pinned, &app.store).await?;
    if let Some(session) = active.library.adopt(&session, &library) {
        return Ok(Kept { session, library: Arc::clone(&active.library), release: active.hash.clone() });
    }
    Ok(Kept { session, library, release: pinned.unwrap_or(&active.hash).to_owned() })
}

fn is_likely(understood: &Understanding) -> bool {
    understood.safety.as_ref().is_some_and(Safety::is_likely)
}

/// What is asked of a person about their reports, by folios: see [`Situation`].
#[derive(Default)]
struct AskedOf {
    claimed: Vec<String>,
    wanted: Vec<String>,
}

/// What they are asked about that waits for its answer. Who has not been shown yet what was kept for them is asked nothing:
/// their "sí" means that they want to see it.
async fn asked_of(
    app: &App,
    conversation: &Conversation,
    address: &Address,
    now: i64,
) -> Result<AskedOf, StoreError> {
    if conversation.kept {
        return Ok(AskedOf::default());
    }
    let who = Citizen { person: conversation.person, channel: address.channel, at: now };
    let rows = reports::theirs(app.store.read(), &who, REMEMBERED).await?;
    let that =
        |state: State| rows.iter().filter(|row| row.stands() == state).map(|row| row.folio.clone()).collect();
    Ok(AskedOf { claimed: that(State::ResolvedClaimed), wanted: that(State::WaitingCitizen) })
}

/// The danger that the town was told of and has not closed.
async fn in_danger_of(app: &App, conversation: &Conversation) -> Result<Option<String>, StoreError> {
    if conversation.owner != Owner::Danger {
        return Ok(None);
    }
    let open = store::handovers::open_of(app.store.read(), conversation.person).await?;
    Ok(open.map(|row| row.reason))
}

/// What templates may know of the person. On the phone they are asked once whether they may be written to.
async fn person(
    app: &App,
    conversation: &Conversation,
    address: &Address,
) -> Result<minijinja::Value, StoreError> {
    let phone_known = matches!(address.key, AddressKey::Phone(_));
    let asked = address.channel == Channel::Voice
        && phone_known
        && app.channels.sms.is_some()
        && store::consents::state(
            app.store.read(),
            conversation.person,
            Purpose::ContinueBySms,
            Channel::Sms,
        )
        .await?
        .is_none();
    let begun_elsewhere = conversation.begun_elsewhere;
    Ok(context! { sms_asked => !asked, phone_known, begun_elsewhere })
}

/// The town's time, RFC 3339.
fn local_time(app: &App, now: i64) -> String {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    now.with_timezone(&app.contents.active.catalogue.town().timezone).to_rfc3339()
}

/// What templates see: the town's facts, and what the person's channel can do.
fn content(app: &App, address: &Address, person: minijinja::Value, now: i64) -> minijinja::Value {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    context! {
        channel => crate::content::channel(address.channel),
        person,
        ..app.contents.active.catalogue.content(now)
    }
}

/// The category of the report that is being told in a talk, the innermost first.
pub fn told_category<'a>(catalogue: &'a Catalogue, session: &Session) -> Option<&'a Category> {
    let id = session.stack.iter().rev().find_map(|frame| match frame.get("category")? {
        Value::Json(value) => value.get("id")?.as_str().map(str::to_owned),
        _ => None,
    })?;
    catalogue.category(&id)
}
