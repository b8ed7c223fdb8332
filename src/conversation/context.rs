//! What a turn's steps look at: the session, the flows it began with, and the world.

use std::sync::Arc;

use chrono::DateTime;
use minijinja::context;
use ventanilla_adapters::{Address, capabilities};
use ventanilla_flows::{Command, Library, Session, World};
use ventanilla_intents::Understanding;
use ventanilla_values::Lang;

use super::policy::{Situation, Waits};
use crate::{
    app::App,
    store::{
        StoreError,
        conversations::{Conversation, Owner},
    },
};

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
        // A talk that is over begins the next with what is active now.
        let pinned = conversation.release.as_deref().filter(|_| !session.stack.is_empty());
        let now = app.clock.now();
        Ok(Self {
            release: pinned.unwrap_or(&app.contents.active.hash).to_owned(),
            library: app.contents.library(pinned, &app.store).await?,
            local: local_time(app, now),
            content: content(app, &address, now),
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
            world,
            understood,
            photo,
            waits: match self.conversation.owner {
                Owner::Queue => Some(Waits::ForAPerson),
                Owner::Danger => Some(Waits::InDanger),
                Owner::Bot | Owner::Agent => None,
            },
            folio_prefix: &self.app.contents.active.catalogue.town().folio_prefix,
        }
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
        if self.conversation.session.is_none()
            && let Some(lang) = understood.and_then(|understood| understood.language)
            && spoken.contains(&lang)
        {
            self.session.lang = lang;
        }
    }

    /// While a person of the town attends, the bot holds its tongue: from the moment somebody took the chat. Until
    /// then nobody is left without an answer. Safety is answered always.
    pub fn bot_is_silent(&self, understood: Option<&Understanding>) -> bool {
        let world = self.world();
        self.conversation.owner == Owner::Agent && self.situation(&world, understood, None).safety().is_none()
    }
}

/// The town's time, RFC 3339.
fn local_time(app: &App, now: i64) -> String {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    now.with_timezone(&app.contents.active.catalogue.town().timezone).to_rfc3339()
}

/// What templates see: the town's facts, and what the person's channel can do.
fn content(app: &App, address: &Address, now: i64) -> minijinja::Value {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    let location = capabilities(address.channel).location_request;
    context! {
        channel => context! { name => address.channel.as_str(), location => location },
        person => context! {},
        ..app.contents.active.catalogue.content(now)
    }
}
