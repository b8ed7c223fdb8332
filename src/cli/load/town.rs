//! The server under load: a process of its own, and the simulated Meta in this one.

use std::{net::SocketAddr, path::PathBuf, process::Stdio, sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use tokio::{
    net::TcpListener,
    process::{Child, Command},
};
use tokio_util::sync::CancellationToken;

use super::LoadArgs;
use crate::{
    app::http_client,
    clock::Clock,
    simulator::{Simulator, SimulatorConfig, StatusScript, Tuning},
};

const NUMBER: &str = "106540352242922";

pub struct Town {
    pub simulator: Simulator,
    pub url: String,
    pub http: reqwest::Client,
    pub data: PathBuf,
    /// Seconds from start to ready.
    pub ready_after: f64,
    server: Child,
    shutdown: CancellationToken,
}

impl Town {
    pub async fn start(args: &LoadArgs) -> anyhow::Result<Self> {
        let provider = TcpListener::bind("127.0.0.1:0").await?;
        let address = free_port().await?;
        let data = args.data.clone().unwrap_or_else(std::env::temp_dir);
        let data = data.join(format!("ventanilla-load-{}", std::process::id()));
        std::fs::create_dir_all(&data)?;
        let (url, http, shutdown) =
            (format!("http://{address}"), http_client(Duration::from_secs(30))?, CancellationToken::new());
        let simulator = simulator(&url, &format!("http://{}", provider.local_addr()?), &http, &shutdown)?;
        tokio::spawn(axum::serve(provider, simulator.router()).into_future());
        let settings = data.join("ventanilla.toml");
        std::fs::write(&settings, settings_text(&simulator, args))?;
        // Once to train and save the model, so that what is timed is a start and not a training.
        let trained = std::process::Command::new(std::env::current_exe()?)
            .args(["intents", "train", "--out"])
            .arg(data.join("intents.model"))
            .stdout(Stdio::null())
            .status()?;
        if !trained.success() {
            bail!("the model could not be trained");
        }
        let begin = std::time::Instant::now();
        let server = Command::new(std::env::current_exe()?)
            .args(["serve", "--listen", &address.to_string(), "--config"])
            .arg(&settings)
            .arg("--data")
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(data.join("server.log"))?)
            .kill_on_drop(true)
            .spawn()?;
        let mut town = Self { simulator, url, http, data, ready_after: 0.0, server, shutdown };
        town.wait_until_ready().await?;
        town.ready_after = begin.elapsed().as_secs_f64();
        Ok(town)
    }

    async fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        for _ in 0..2000 {
            let answer = self.http.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!("the server ended at once ({status}); see {}/server.log", self.data.display());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the server is not ready after 10 s; see {}/server.log", self.data.display())
    }

    /// Resident memory of the server in megabytes, where the system tells.
    pub fn memory_mb(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id()?)).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kb: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kb / 1024.0)
    }

    /// A figure of the server's own metrics.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        let text = self.http.get(format!("{}/metrics", self.url)).send().await.ok()?.text().await.ok()?;
        let lines = text
            .lines()
            .filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '{'])));
        Some(lines.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum())
    }

    pub async fn stop(mut self) {
        self.server.start_kill().ok();
        self.server.wait().await.ok();
        self.shutdown.cancel();
        std::fs::remove_dir_all(&self.data).ok();
        std::fs::remove_file(self.data.with_extension("keys")).ok();
    }
}

async fn free_port() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}

fn simulator(
    server: &str,
    provider: &str,
    http: &reqwest::Client,
    shutdown: &CancellationToken,
) -> anyhow::Result<Simulator> {
    let clock = Clock::system();
    Ok(Simulator::new(SimulatorConfig {
        webhook_url: format!("{server}/webhooks/whatsapp").parse().context("the server's address")?,
        app_secret: "load-app-secret".to_owned(),
        verify_token: "load-verify-token".to_owned(),
        access_token: "load-access-token".to_owned(),
        phone_number_id: NUMBER.to_owned(),
        waba_id: "102290129340398".to_owned(),
        display_phone: "529810000100".to_owned(),
        town_name: "Load".to_owned(),
        public_url: provider.to_owned(),
        statuses: StatusScript::default(),
        tuning: Tuning::for_load(),
        clock: Arc::new(move || clock.now()),
        http: http.clone(),
        shutdown: shutdown.clone(),
    }))
}

fn settings_text(simulator: &Simulator, args: &LoadArgs) -> String {
    format!(
        r#"
[data]
commit_delay_ms = {}
[log]
level = "warn"
# The people of a load run answer at once, and come back until it is over.
[conversation]
flood = 1000000
repeats = 1000000
quick_turns = 1000000
[whatsapp]
numbers = [{{ phone_number_id = "{NUMBER}", display_phone = "529810000100" }}]
app_secrets = ["load-app-secret"]
verify_token = "load-verify-token"
access_token = "load-access-token"
base_url = "{}/simulator/graph"
per_second = 1000
pair_seconds = 0
"#,
        args.commit_delay_ms,
        simulator.public_url(),
    )
}
