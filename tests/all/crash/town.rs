//! The town that is killed: a simulated Meta in this process, and the real server in a process of its own, on a
//! throw-away data folder and always on the same port.

use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    future::IntoFuture,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::TcpListener,
    process::{Child, Command},
    time::{Instant, sleep},
};
use tokio_util::sync::{CancellationToken, DropGuard};
use ventanilla::{
    app::{DATABASE, http_client},
    clock::Clock,
    content,
    simulator::{Limits, Simulator, SimulatorConfig, StatusScript, Tuning},
};

use super::ledger::Ledger;

const SERVER: &str = env!("CARGO_BIN_EXE_ventanilla");
const NUMBER: &str = "106540352242922";
/// Whatever takes longer than this is broken, on any machine.
pub const DEADLINE: Duration = Duration::from_secs(60);
/// Between two looks at something that tells nobody when it changes.
const LOOK: Duration = Duration::from_millis(20);

/// Flows whose every answer tells which message it answers; they take the place of the demo town's.
const FLOWS: [(&str, &str); 2] =
    [("status.yaml", include_str!("flows/status.yaml")), ("report.yaml", include_str!("flows/report.yaml"))];

pub struct Town {
    pub simulator: Simulator,
    folder: PathBuf,
    address: SocketAddr,
    server: Option<Child>,
    http: reqwest::Client,
    /// Ends the simulated Meta, also when the test fails.
    _shutdown: DropGuard,
}

impl Town {
    /// Everything but a running server.
    pub async fn found() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", std::process::id()));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(folder.join("data")).unwrap();
        write_content(&folder.join("content"));
        let address = free_address();
        let provider = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let public_url = format!("http://{}", provider.local_addr().unwrap());
        fs::write(folder.join("ventanilla.toml"), settings(&public_url)).unwrap();
        let http = http_client(Duration::from_secs(5)).unwrap();
        let shutdown = CancellationToken::new();
        let simulator = simulator(address, public_url, &http, &shutdown);
        tokio::spawn(axum::serve(provider, simulator.router()).into_future());
        let town = Self { simulator, folder, address, server: None, http, _shutdown: shutdown.drop_guard() };
        town.train().await;
        town
    }

    /// Starts the server on the data that is there, and returns when it is ready.
    pub async fn start(&mut self) {
        let log = OpenOptions::new().create(true).append(true).open(self.log()).unwrap();
        let server = self
            .command(&["serve", "--listen", &self.address.to_string(), "--config"])
            .arg(self.folder.join("ventanilla.toml"))
            .arg("--data")
            .arg(self.folder.join("data"))
            .stderr(log)
            .spawn()
            .unwrap();
        self.server = Some(server);
        let until = Instant::now() + DEADLINE;
        while !self.is_ready().await {
            let ended = self.server.as_mut().and_then(|server| server.try_wait().unwrap());
            assert_eq!(ended, None, "the server ended by itself: {}", self.log_text());
            assert!(Instant::now() < until, "the server does not become ready: {}", self.log_text());
            sleep(LOOK).await;
        }
    }

    /// Kills the server with SIGKILL; returns the replies that were on their way at that moment.
    pub async fn kill(&mut self) -> HashSet<String> {
        let mut server = self.server.take().unwrap();
        assert_eq!(server.try_wait().unwrap(), None, "the server ended by itself: {}", self.log_text());
        server.kill().await.unwrap();
        let ledger = self.ledger().await;
        let on_their_way = ledger.on_their_way().await;
        ledger.close().await;
        on_their_way
    }

    /// Waits until nothing is under way any more, anywhere: every webhook was answered with 200, the server has
    /// nothing left to do, and nobody says anything to what they heard. What was lost before that stays lost.
    pub async fn settled(&self, mut somebody_speaks: impl FnMut() -> bool) {
        let until = Instant::now() + DEADLINE;
        let ledger = self.ledger().await;
        loop {
            let untold = self.simulator.stats().webhooks.waiting;
            let pending = ledger.pending().await;
            if !somebody_speaks() && untold == 0 && pending.is_empty() {
                return ledger.close().await;
            }
            assert!(
                Instant::now() < until,
                "the town never comes to rest: {untold} updates without a 200, pending: {pending:?}; {}",
                self.log_text()
            );
            sleep(LOOK).await;
        }
    }

    /// Waits until it is known what became of the replies that were on their way at these kills.
    pub async fn sure_of(&self, kills: &[HashSet<String>]) {
        let until = Instant::now() + DEADLINE;
        let ledger = self.ledger().await;
        loop {
            let open = ledger.open_replies().await;
            let unsure: Vec<_> = kills.iter().flatten().filter(|id| open.contains(*id)).collect();
            if unsure.is_empty() {
                return ledger.close().await;
            }
            assert!(Instant::now() < until, "replies stay unsure for ever: {unsure:?}; {}", self.log_text());
            sleep(LOOK).await;
        }
    }

    pub async fn ledger(&self) -> Ledger {
        Ledger::open(&self.database()).await
    }

    /// Only after a test that held: what a failed one leaves behind is kept.
    pub fn forget(self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }

    async fn train(&self) {
        let done = self
            .command(&["intents", "train", "--words-alone", "--content"])
            .arg(self.folder.join("content"))
            .arg("--out")
            .arg(self.folder.join("data/intents.model"))
            .stderr(File::create(self.log()).unwrap())
            .status()
            .await
            .unwrap();
        assert!(done.success(), "the model was not trained: {}", self.log_text());
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(SERVER);
        command
            .args(words)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true);
        command
    }

    async fn is_ready(&self) -> bool {
        let answer = self.http.get(format!("http://{}/readyz", self.address)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    fn database(&self) -> PathBuf {
        self.folder.join("data").join(DATABASE)
    }

    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn log_text(&self) -> String {
        format!("{}\n{}", self.log().display(), fs::read_to_string(self.log()).unwrap_or_default())
    }
}

/// The demo town with the flows of this test.
fn write_content(folder: &Path) {
    for file in content::builtin() {
        if file.path.ends_with(".test.yaml") {
            continue;
        }
        let ours = FLOWS.iter().find(|(name, _)| file.path == format!("flows/{name}"));
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, ours.map_or(file.text.as_str(), |(_, text)| text)).unwrap();
    }
}

/// Below the ports that systems give to outgoing connections: while the server is dead nobody else comes by its port.
fn free_address() -> SocketAddr {
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).unwrap();
    (first..32_000)
        .map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
        .find(|address| std::net::TcpListener::bind(address).is_ok())
        .unwrap()
}

fn simulator(
    server: SocketAddr,
    public_url: String,
    http: &reqwest::Client,
    shutdown: &CancellationToken,
) -> Simulator {
    let clock = Clock::system();
    Simulator::new(SimulatorConfig {
        webhook_url: format!("http://{server}/webhooks/whatsapp").parse().unwrap(),
        app_secret: "crash-app-secret".to_owned(),
        verify_token: "crash-verify-token".to_owned(),
        access_token: "crash-access-token".to_owned(),
        phone_number_id: NUMBER.to_owned(),
        waba_id: "102290129340398".to_owned(),
        display_phone: "529810000100".to_owned(),
        town_name: "Crash".to_owned(),
        public_url,
        statuses: StatusScript::default(),
        tuning: Tuning { limits: Limits::OFF, retry_scale: 0.05, history: 10_000, ..Tuning::for_load() },
        clock: Arc::new(move || clock.now()),
        http: http.clone(),
        shutdown: shutdown.clone(),
    })
}

/// Every message is a turn of its own, however fast they come; a send that hangs does so until the server dies.
fn settings(provider: &str) -> String {
    format!(
        r#"
[content]
folder = "content"
[conversation]
burst_ms = 0
flood = 1000000
repeats = 1000000
quick_turns = 1000000
[outbox]
unsure_seconds = 1
timeout_seconds = 600
[log]
level = "warn"
[understanding]
weights = "no-weights"
[whatsapp]
numbers = [{{ phone_number_id = "{NUMBER}", display_phone = "529810000100" }}]
app_secrets = ["crash-app-secret"]
verify_token = "crash-verify-token"
access_token = "crash-access-token"
base_url = "{provider}/simulator/graph"
per_second = 100000
pair_seconds = 0
"#
    )
}
