//! What every test stands on: [`TestApp`], a whole server on a loopback port with a simulated Meta beside it.
//!
//! The clock is manual and begins on a Monday at ten in the town; ids are seeded; the data folder goes with the
//! test. Tests act through public doors (webhook, web chat, API) and look into the store only to assert.

pub mod citizen;
pub mod crew;
pub mod ears;
pub mod folder;
pub mod staff;
pub mod wire;

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement, Value};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use ventanilla::{
    agents::{self, AgentError, By, Then, Words},
    app::{App, DATABASE, http_client},
    clock::Clock,
    config::Config,
    demo,
    ids::Ids,
    server,
    simulator::{
        Fault, Limits, Simulator, SimulatorConfig, StatusScript, Template, Tuning,
        twilio::{OptOut, Plan, SmsStatuses, Twilio, TwilioConfig, TwilioTuning},
    },
    store::handovers::HandoverRow,
};

use citizen::Citizen;
use ears::Ears;
use folder::Folder;

/// Monday, 23 November 2026, 10:00 in the town (America/Merida, six hours behind UTC): the office is open.
pub const MONDAY_TEN: &str = "2026-11-23T10:00:00-06:00";
/// The town's own site, where the chat stands.
pub const TOWN_SITE: &str = "https://www.puertoceiba.example";
/// The clock stands still: everybody would seem to write at once, and to answer as fast as a machine.
const SETTINGS: &str =
    "[staff]\nsecond_factor = \"optional\"\n[conversation]\nflood = 10000\nquick_turns = 10000";
/// A test that waits longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Unix milliseconds of an RFC 3339 moment.
pub fn moment(text: &str) -> i64 {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

/// What a test may want otherwise, before the server starts.
pub struct Builder {
    at: i64,
    statuses: StatusScript,
    tuning: Tuning,
    content: PathBuf,
    outbox_timeout: u64,
    faults: Vec<(Fault, u32)>,
    settings: Box<Config>,
    ears: Ears,
}

impl Builder {
    /// Who listens to voice notes. Without it there is nobody, whatever this machine has.
    pub fn hearing(mut self, ears: &Ears) -> Self {
        self.ears = ears.clone();
        self
    }

    /// When it is, RFC 3339.
    pub fn at(mut self, moment_text: &str) -> Self {
        self.at = moment(moment_text);
        self
    }

    pub fn statuses(mut self, statuses: StatusScript) -> Self {
        self.statuses = statuses;
        self
    }

    /// Changes how the simulated Meta behaves.
    pub fn tuning(mut self, change: impl FnOnce(&mut Tuning)) -> Self {
        change(&mut self.tuning);
        self
    }

    pub fn content(mut self, folder: PathBuf) -> Self {
        self.content = folder;
        self
    }

    /// The next sends or webhooks meet this fault.
    pub fn with_faults(mut self, fault: Fault, times: u32) -> Self {
        self.faults.push((fault, times));
        self
    }

    /// Real seconds that the provider may take to answer.
    pub fn provider_patience(mut self, seconds: u64) -> Self {
        self.outbox_timeout = seconds;
        self
    }

    /// Changes the settings, before the demo's are put on top.
    pub fn configure(mut self, change: impl FnOnce(&mut Config) + Send + 'static) -> Self {
        change(&mut self.settings);
        self
    }

    pub async fn start(self) -> TestApp {
        let faults = self.faults.clone();
        let app = TestApp::start(self).await;
        for (fault, times) in faults {
            app.simulator.arm(fault, times);
        }
        app
    }
}

/// A running server and its simulated provider. Dropping it fails the test when something was left undone.
pub struct TestApp {
    pub clock: Clock,
    pub simulator: Simulator,
    pub twilio: Twilio,
    ids: Ids,
    address: SocketAddr,
    provider: SocketAddr,
    provider_stop: CancellationToken,
    content: Mutex<PathBuf>,
    outbox_timeout: u64,
    settings: Box<Config>,
    running: Mutex<Option<Running>>,
    unfinished: Mutex<bool>,
    folder: Folder,
    ears: Ears,
}

struct Running {
    app: Arc<App>,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::builder().start().await
    }

    pub fn builder() -> Builder {
        Builder {
            at: moment(MONDAY_TEN),
            statuses: StatusScript::SENT_AND_DELIVERED,
            // The clock stands still: a rate per second would never recover. Redelivery must not make tests wait.
            tuning: Tuning {
                limits: Limits { throughput: None, ..Limits::default() },
                retry_scale: 0.02,
                ..Tuning::default()
            },
            content: PathBuf::new(),
            outbox_timeout: 10,
            faults: Vec::new(),
            // Admins of tests do their work without a phone, unless the test is about it.
            settings: Box::new(Config::from_toml(SETTINGS).unwrap()),
            ears: Ears::default(),
        }
    }

    async fn start(builder: Builder) -> Self {
        let clock = Clock::manual(builder.at);
        let ids = Ids::seeded(clock.clone(), 7);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, provider_address) = (listener.local_addr().unwrap(), provider.local_addr().unwrap());
        let provider_stop = CancellationToken::new();
        let simulator =
            simulated_meta(&builder, clock.clone(), address, provider_address, provider_stop.clone());
        let twilio = simulated_twilio(clock.clone(), address, provider_address, provider_stop.clone());
        let routes = simulator.router().merge(twilio.router());
        tokio::spawn(async move { axum::serve(provider, routes).await });
        let app = Self {
            clock,
            simulator,
            twilio,
            ids,
            address,
            provider: provider_address,
            provider_stop,
            content: Mutex::new(builder.content),
            outbox_timeout: builder.outbox_timeout,
            settings: builder.settings,
            running: Mutex::new(None),
            unfinished: Mutex::new(false),
            folder: Folder::new(),
            ears: builder.ears,
        };
        app.run(listener).await;
        app
    }

    async fn run(&self, listener: TcpListener) {
        let ears = self.ears.open();
        let built = App::build_with_ears(self.config(), self.clock.clone(), self.ids.clone(), ears).await;
        let app = built.unwrap();
        let serving = tokio::spawn(server::serve(Arc::clone(&app), listener, None, axum::Router::new()));
        *self.running.lock().unwrap() = Some(Running { app, serving });
        // It answers once what the last process left was taken up.
        self.get("/healthz").send().await.unwrap();
    }

    /// The settings that the server runs with.
    pub fn config(&self) -> Config {
        let mut config = Config::clone(&self.settings);
        config.data.folder = self.folder.path().join("data");
        config.data.keyring = self.folder.path().join("ventanilla.keys");
        config.content.folder.clone_from(&self.content.lock().unwrap());
        config.understanding.model = folder::shared_model();
        // Words alone: the same answers on every machine.
        if config.understanding.weights.as_os_str().is_empty() {
            config.understanding.weights = self.folder.path().join("no-weights");
        }
        config.server.shutdown_seconds = 10;
        config.outbox.timeout_seconds = self.outbox_timeout;
        config.outbox.workers = 8;
        config.webchat.origins = vec![TOWN_SITE.to_owned()];
        demo::configure(&mut config, self.address).unwrap();
        // The clock stands still: a rate per second would never recover.
        config.whatsapp.per_second = 100_000;
        config.whatsapp.base_url = format!("http://{}/simulator/graph", self.provider);
        config.twilio.base_url = format!("http://{}/simulator/twilio", self.provider);
        config
    }

    /// The server that runs now.
    pub fn app(&self) -> Arc<App> {
        Arc::clone(&self.running.lock().unwrap().as_ref().expect("the server was stopped").app)
    }

    /// Somebody with WhatsApp.
    pub fn citizen(&self, name: &str) -> Citizen<'_> {
        Citizen::on_whatsapp(self, name)
    }

    /// The same person as a citizen of that name, by SMS.
    pub fn texter(&self, name: &str) -> Citizen<'_> {
        Citizen::by_sms(self, name)
    }

    /// The same person as a citizen of that name, on the phone: the call has begun.
    pub fn caller(&self, name: &str) -> Citizen<'_> {
        Citizen::on_the_phone(self, name)
    }

    /// Somebody on the town's page.
    pub async fn visitor(&self) -> Citizen<'_> {
        Citizen::on_webchat(self).await
    }

    /// Somebody of the town answers from the command line.
    pub async fn agent_says(&self, entry: HandoverRow, name: &str, text: &str) -> Result<(), AgentError> {
        agents::reply(&self.app(), entry, &By::named(name), &Words::now(text), false).await.map(|_| ())
    }

    /// They are done: the bot goes on where it was.
    pub async fn agent_closes(&self, entry: HandoverRow) {
        agents::close(&self.app(), entry, &By::named("Ana"), &Then::Resume).await.unwrap();
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.app().http.get(self.url(path))
    }

    pub fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.app().http.post(self.url(path))
    }

    /// Posts bytes as Meta would; `signature` is the header's value.
    pub async fn post_webhook(&self, body: impl Into<reqwest::Body>, signature: Option<&str>) -> u16 {
        let mut request = self.post("/webhooks/whatsapp").header("content-type", "application/json");
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        request.body(body).send().await.unwrap().status().as_u16()
    }

    /// Posts bytes with the signature that belongs to them.
    pub async fn post_signed(&self, body: &[u8]) -> u16 {
        self.post_webhook(body.to_vec(), Some(&wire::signature(body))).await
    }

    /// Lets everything arrive that was said, turns the clock, and waits until what became due is done.
    pub async fn advance(&self, by: Duration) {
        self.settle().await;
        self.clock.advance(by);
        self.settle().await;
    }

    /// Returns when nothing is due any more: webhooks answered, lanes idle, and neither inbox nor outbox hold
    /// anything whose time has come on the clock.
    pub async fn settle(&self) {
        let app = self.app();
        self.until("everything is settled", async || {
            app.bus.conversations.settled().await;
            app.bus.outbox.settled().await;
            self.simulator.stats().webhooks.waiting == 0
                && app.bus.conversations.is_idle()
                // In this order: a note that was heard wakes the lane before it is no longer being heard.
                && (app.listening.is_idle() || self.ears.are_covered())
                && app.bus.conversations.is_idle()
                && self.due().await == 0
                && app.bus.outbox.is_idle()
                && self.simulator.stats().webhooks.waiting == 0
                && self.twilio.stats().waiting == 0
        })
        .await;
    }

    /// Waits for something that rings no bell.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !is_so().await {
                // Not a guess at how long things take: only how often to look.
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        });
        assert!(waited.await.is_ok(), "waited in vain: {what}");
    }

    /// Waits for a recogniser that takes its time.
    #[cfg(feature = "speech")]
    pub async fn heard_within(&self, patience: Duration) {
        let heard = tokio::time::timeout(patience, async {
            while self.count("SELECT COUNT(*) AS n FROM transcripts WHERE state <> 'waiting'", []).await == 0
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(heard.await.is_ok(), "waited in vain for a transcript");
    }

    /// Messages and replies whose time has come. A reply behind another of the same person and channel is not due.
    async fn due(&self) -> i64 {
        let burst = i64::try_from(self.app().config.conversation.burst_ms).unwrap();
        let now = self.clock.now();
        let inbox = "SELECT COUNT(*) AS n FROM inbox WHERE state = 'new' AND received_at <= $1";
        let outbox = "SELECT COUNT(*) AS n FROM outbox AS o WHERE state IN ('queued', 'sending', 'unsure') \
                      AND channel <> 'voice' AND next_at <= $1 AND NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.person_id = o.person_id \
                      AND p.channel = o.channel AND p.state IN ('queued', 'sending', 'unsure') AND p.channel <> 'voice' AND (p.turn, p.idx) < (o.turn, o.idx))";
        let notices = "SELECT COUNT(*) AS n FROM report_notices WHERE due_at <= $1";
        let timers = "SELECT COUNT(*) AS n FROM report_timers WHERE due_at <= $1";
        let idle = "SELECT COUNT(*) AS n FROM conversations WHERE remind_at <= $1 OR erase_at <= $1";
        // In this order: a timer makes a notice, and a notice a reply; so does a talk in which nobody writes.
        self.count(inbox, [(now - burst).into()]).await
            + self.count(timers, [now.into()]).await
            + self.count(notices, [now.into()]).await
            + self.count(idle, [now.into()]).await
            + self.count(outbox, [now.into()]).await
    }

    /// A number out of the database: the first column, called `n`.
    pub async fn count<const N: usize>(&self, sql: &str, values: [Value; N]) -> i64 {
        self.rows(sql, values).await.first().map_or(0, |row| row.try_get("", "n").unwrap())
    }

    /// Texts out of the database: the column called `t`.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let text = |row: &QueryResult| row.try_get::<Option<String>>("", "t").unwrap().unwrap_or_default();
        self.rows(sql, []).await.iter().map(text).collect()
    }

    async fn rows<const N: usize>(&self, sql: &str, values: [Value; N]) -> Vec<QueryResult> {
        let app = self.app();
        let on = app.store.read();
        on.query_all_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values))
            .await
            .unwrap()
    }

    /// How many messages are in the inbox.
    pub async fn inbox_len(&self) -> i64 {
        self.count("SELECT COUNT(*) AS n FROM inbox", []).await
    }

    /// The state of every reply, in the order they were decided.
    pub async fn outbox_states(&self) -> Vec<String> {
        self.texts("SELECT state AS t FROM outbox ORDER BY id").await
    }

    /// Another connection to the same database, as another process would have it.
    pub async fn other_connection(&self) -> DatabaseConnection {
        connect(&self.folder.path().join("data").join(DATABASE)).await
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Stops the server as SIGTERM does, and waits until it is gone.
    pub async fn stop(&self) {
        let running = self.running.lock().unwrap().take().expect("the server was stopped already");
        running.app.stop.cancel();
        running.serving.await.unwrap().unwrap();
    }

    /// Stops the server and starts it again on the same data and address. The provider goes on meanwhile.
    pub async fn restart(&self) {
        self.stop().await;
        self.start_again().await;
    }

    /// Starts a stopped server on the same data and address.
    pub async fn start_again(&self) {
        self.run(TcpListener::bind(self.address).await.unwrap()).await;
    }

    /// Restarts with another content folder.
    pub async fn restart_with_content(&self, folder: PathBuf) {
        *self.content.lock().unwrap() = folder;
        self.restart().await;
    }

    /// This test ends with something under way on purpose.
    pub fn may_end_unfinished(&self) {
        *self.unfinished.lock().unwrap() = true;
    }
}

async fn connect(file: &std::path::Path) -> DatabaseConnection {
    Database::connect(format!("sqlite://{}", file.display())).await.unwrap()
}

fn simulated_twilio(
    clock: Clock,
    town: SocketAddr,
    provider: SocketAddr,
    shutdown: CancellationToken,
) -> Twilio {
    let at = |path: &str| format!("http://{town}{path}").parse().unwrap();
    Twilio::new(TwilioConfig {
        account_sid: demo::ACCOUNT_SID.to_owned(),
        auth_token: demo::AUTH_TOKEN.to_owned(),
        sms_number: demo::TOWN_PHONE.to_owned(),
        voice_number: demo::TOWN_PHONE.to_owned(),
        messaging_service_sid: None,
        sms_url: at("/webhooks/sms/twilio#rc=5&rp=all"),
        voice_url: at("/webhooks/voice"),
        voice_status_url: at("/webhooks/voice/status"),
        public_url: format!("http://{provider}"),
        statuses: SmsStatuses::default(),
        opt_out: OptOut::Off,
        plan: Plan::QUIET,
        tuning: TwilioTuning::default(),
        clock: Arc::new(move || clock.now()),
        http: http_client(Duration::from_secs(20)).unwrap(),
        shutdown,
    })
}

fn simulated_meta(
    builder: &Builder,
    clock: Clock,
    town: SocketAddr,
    provider: SocketAddr,
    shutdown: CancellationToken,
) -> Simulator {
    let meta = Simulator::new(SimulatorConfig {
        webhook_url: format!("http://{town}/webhooks/whatsapp").parse().unwrap(),
        app_secret: demo::APP_SECRET.to_owned(),
        verify_token: demo::VERIFY_TOKEN.to_owned(),
        access_token: demo::ACCESS_TOKEN.to_owned(),
        phone_number_id: demo::PHONE_NUMBER_ID.to_owned(),
        waba_id: "102290129340398".to_owned(),
        display_phone: "529810000100".to_owned(),
        town_name: "Puerto Ceiba".to_owned(),
        public_url: format!("http://{provider}"),
        statuses: builder.statuses,
        tuning: builder.tuning,
        clock: Arc::new(move || clock.now()),
        http: http_client(Duration::from_secs(10)).unwrap(),
        shutdown,
    });
    let text = "Tenemos una respuesta para ti. Contesta este mensaje para verla.";
    meta.set_templates(vec![Template::new(demo::REMINDER, "es_MX", text)]);
    meta
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Ok(mut running) = self.running.lock()
            && let Some(running) = running.take()
        {
            running.app.stop.cancel();
        }
        self.provider_stop.cancel();
        if std::thread::panicking() || self.unfinished.lock().is_ok_and(|unfinished| *unfinished) {
            return;
        }
        let file = self.folder.path().join("data").join(DATABASE);
        // A thread of its own: this one may be within a runtime, where nothing can be waited for.
        let left = std::thread::spawn(move || left_undone(&file)).join().expect("the data can be read");
        assert_eq!(left, (0, 0), "the test ended with (unread messages, unsent replies)");
    }
}

fn left_undone(file: &std::path::Path) -> (i64, i64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let on = connect(file).await;
        let count = async |sql: &str| {
            let statement = Statement::from_string(on.get_database_backend(), sql);
            let row = on.query_one_raw(statement).await.unwrap().unwrap();
            row.try_get::<i64>("", "n").unwrap()
        };
        let unread = count("SELECT COUNT(*) AS n FROM inbox WHERE state = 'new'").await;
        let unsent =
            count("SELECT COUNT(*) AS n FROM outbox WHERE state IN ('queued', 'sending', 'unsure') AND channel <> 'voice'").await;
        (unread, unsent)
    })
}
