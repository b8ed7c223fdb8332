//! The composition root: everything the server is made of is built here and handed down. No statics, so two servers
//! live in one test process.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use anyhow::{Context as _, bail};
use chrono::DateTime;
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::info;
use ventanilla_intents::Model;

use crate::{
    agents::Desk,
    bus::Bus,
    channels::Channels,
    clock::Clock,
    config::Config,
    content::{self, Content, Contents},
    ids::Ids,
    inbox::KnownSenders,
    keyring::Keyring,
    listening::{self, Listening, OpenEars},
    media::MediaStore,
    open311,
    outbox::{Paces, Stops, WaitingReplies},
    outgoing,
    reports::PinAttempts,
    staff::{Passwords, Throttle, provider::Provider},
    store::Store,
    tape::Tape,
    telephony::Calls,
    understanding::{self, Understander, Weights},
};

/// Calls at a time that tell people that they were read.
const SEEN_CALLS: usize = 4;

/// In the data folder.
pub const DATABASE: &str = "ventanilla.sqlite";

/// What every stage and handler is given. Always behind an [`Arc`].
#[derive(Debug)]
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub ids: Ids,
    pub keyring: Keyring,
    pub store: Store,
    pub bus: Bus,
    /// Open pages of the desk.
    pub desk: Desk,
    pub contents: Contents,
    pub understanding: Arc<Understander>,
    pub listening: Listening,
    pub channels: Channels,
    pub media: MediaStore,
    pub http: reqwest::Client,
    /// For what strangers name: it reaches nothing of our own networks.
    pub outside: reqwest::Client,
    pub known_senders: KnownSenders,
    pub waiting_replies: WaitingReplies,
    /// Calls of the town's own telephone exchange.
    pub calls: Calls,
    pub paces: Paces,
    /// Room for calls that tell people that they were read.
    pub seen_calls: Arc<Semaphore>,
    pub stops: Stops,
    /// Some status came before the answer to its send, and waits for it.
    pub held_statuses: AtomicBool,
    pub pin_attempts: PinAttempts,
    /// Of the talk at the terminal, where it is recorded.
    pub tape: Tape,
    /// How often other systems may ask.
    pub open311: open311::Limits,
    /// Work for other systems, one pass of each at a time.
    pub passes: outgoing::Passes,
    /// Of people of the town.
    pub passwords: Passwords,
    /// Tries to sign in.
    pub sign_ins: Throttle,
    /// Of their identities, where they may sign in elsewhere.
    pub provider: Provider,
    /// Cancelled when the server is to stop.
    pub stop: CancellationToken,
    /// Tasks that shutdown waits for.
    pub tasks: TaskTracker,
}

impl App {
    /// Opens the data folder, loads the content and builds everything; starts nothing.
    ///
    /// # Errors
    /// With the sentence that says what to do: an unreadable folder, a keyring that does not belong to the data, no
    /// town in the content.
    pub async fn build(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Arc<Self>> {
        let ears = listening::of_this_machine(&config.understanding.weights());
        Self::build_with_ears(config, clock, ids, ears).await
    }

    /// The same, with somebody else who listens to voice notes.
    ///
    /// # Errors
    /// As [`App::build`].
    pub async fn build_with_ears(
        config: Config,
        clock: Clock,
        ids: Ids,
        ears: OpenEars,
    ) -> anyhow::Result<Arc<Self>> {
        let content = load_content(&config.content.folder)?;
        // The settings are large, and a future carries them all its way.
        Box::pin(Self::assemble(config, clock, ids, Some(content), ears)).await
    }

    /// For a command beside a running server: the same, with the content that is active there.
    ///
    /// # Errors
    /// As [`App::build`], and when no server ever ran on this data.
    pub async fn attach(config: Config, clock: Clock, ids: Ids) -> anyhow::Result<Arc<Self>> {
        let file = config.data.folder.join(DATABASE);
        if !file.is_file() {
            bail!(
                "there is no data in {}: start a server first, or name its folder with --data",
                file.display()
            );
        }
        let ears = listening::of_this_machine(&config.understanding.weights());
        Box::pin(Self::assemble(config, clock, ids, None, ears)).await
    }

    async fn assemble(
        config: Config,
        clock: Clock,
        ids: Ids,
        content: Option<Content>,
        ears: OpenEars,
    ) -> anyhow::Result<Arc<Self>> {
        let folder = config.data.folder.clone();
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
        if folder.join(DATABASE).is_file() && !config.keyring_file().is_file() {
            bail!(
                "there is data in {} but no keyring at {}: put the keyring that belongs to this data in its place (it is \
                 kept apart from backups of the data on purpose), or name it in [data] keyring",
                folder.display(),
                config.keyring_file().display()
            );
        }
        let keyring = Keyring::open_or_make(&config.keyring_file(), &ids)?;
        let delay = Duration::from_millis(config.data.commit_delay_ms);
        let store = Store::open(&folder.join(DATABASE), delay).await?;
        crate::store::check_keyring(&store, &keyring).await?;
        // A command beside a server reads no messages.
        let serves = content.is_some();
        let contents = match content {
            Some(content) => {
                content.report_problems(DateTime::from_timestamp_millis(clock.now()).unwrap_or_default());
                Contents::activate(content, &store, clock.now()).await?
            }
            None => Contents::attach(&store).await?,
        };
        let (model, unfinished) =
            if serves { model_of(&config, &contents) } else { (Model::knows_nothing(), None) };
        let understanding = &config.understanding;
        let understander = Understander::new(model, understanding.remembered, understanding.hasty_after);
        let channels = Channels::of(&config, &keyring, &contents.active.catalogue);
        let active = &contents.active;
        let listening = Listening::new(&config.speech, &active.catalogue, &active.phrases, ears);
        info!(channels = channels.all().len(), "the server is built");
        let app = Arc::new(Self {
            http: http_client(Duration::from_secs(config.outbox.timeout_seconds))?,
            outside: outside_client(Duration::from_secs(config.outbox.timeout_seconds))?,
            media: MediaStore::open(&folder.join("media"))?,
            bus: Bus::default(),
            desk: Desk::default(),
            known_senders: KnownSenders::default(),
            waiting_replies: WaitingReplies::default(),
            calls: Calls::default(),
            paces: Paces::new(&clock, &config),
            stops: Stops::default(),
            seen_calls: Arc::new(Semaphore::new(SEEN_CALLS)),
            held_statuses: AtomicBool::new(false),
            pin_attempts: PinAttempts::default(),
            tape: Tape::default(),
            open311: open311::Limits::new(&clock, &config),
            passes: outgoing::Passes::default(),
            passwords: Passwords::default(),
            sign_ins: Throttle::default(),
            provider: Provider::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            config,
            clock,
            ids,
            keyring,
            store,
            contents,
            understanding: Arc::new(understander),
            listening,
            channels,
        });
        if let Some(unfinished) = unfinished {
            unfinished.go_on(&app);
        }
        Ok(app)
    }
}

fn model_of(config: &Config, contents: &Contents) -> (Model, Option<understanding::Unfinished>) {
    let weights = Weights::find(&config.understanding.weights());
    let options = config.understanding.options();
    understanding::saved_or_quick(&contents.active.phrases, model_file(config), weights, options)
}

/// The content of a folder, or the demo town where none is named.
///
/// # Errors
/// When the folder cannot be read or holds no town.
pub fn load_content(folder: &Path) -> anyhow::Result<Content> {
    let files =
        if folder.as_os_str().is_empty() { content::builtin() } else { content::read_folder(folder)? };
    Ok(Content::compile(files)?)
}

fn model_file(config: &Config) -> std::path::PathBuf {
    if config.understanding.model.as_os_str().is_empty() {
        config.data.folder.join("intents.model")
    } else {
        config.understanding.model.clone()
    }
}

/// The client for calls to providers: with a time-out, and without following redirects to other hosts.
///
/// # Errors
/// When TLS cannot be set up.
pub fn http_client(timeout: Duration) -> anyhow::Result<reqwest::Client> {
    built(client(timeout))
}

/// The client for what strangers name: the same, and names lead out of our own networks only.
fn outside_client(timeout: Duration) -> anyhow::Result<reqwest::Client> {
    built(client(timeout).no_proxy().dns_resolver(open311::OutsideOnly))
}

fn client(timeout: Duration) -> reqwest::ClientBuilder {
    // Another part of the process may have installed it already; any is good.
    rustls::crypto::ring::default_provider().install_default().ok();
    reqwest::Client::builder()
        .timeout(timeout)
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .redirect(reqwest::redirect::Policy::none())
        .pool_max_idle_per_host(64)
        .user_agent(concat!("ventanilla/", env!("CARGO_PKG_VERSION")))
}

fn built(client: reqwest::ClientBuilder) -> anyhow::Result<reqwest::Client> {
    client.build().map_err(|err| anyhow::anyhow!("the HTTP client cannot be built: {err}"))
}
