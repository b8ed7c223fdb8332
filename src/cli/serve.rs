//! `ventanilla serve`

use std::{
    fs::{File, TryLockError},
    net::SocketAddr,
    path::Path,
    sync::Arc,
};

use anyhow::{Context as _, bail};
use axum::Router;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tracing::warn;

use super::{Setup, logs};
use crate::{
    app::App,
    clock::Clock,
    config::SecondFactor,
    demo::{self, Simulators},
    ids::Ids,
    server,
    simulator::{StatusScript, Tuning},
    telephony::Telephone,
};

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    setup: Setup,
    /// Address and port [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// With simulated WhatsApp, SMS and calls and public secrets, on this machine only
    #[arg(long)]
    demo: bool,
}

pub async fn run(args: ServeArgs) -> anyhow::Result<()> {
    let mut config = args.setup.load()?;
    if let Some(listen) = args.listen {
        config.server.listen = listen;
    }
    logs::start(&config.log);
    let listen = config.server.listen;
    if args.demo {
        crate::simulator::loopback_only(listen)?;
    }
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}: is another server running? choose another with --listen 127.0.0.1:PORT")
    })?;
    if args.demo {
        demo::configure(&mut config, listener.local_addr()?)?;
        // Who tries it has no authenticator at hand. Who wants to try that too says "required".
        if config.staff.second_factor == SecondFactor::Admins {
            config.staff.second_factor = SecondFactor::Optional;
        }
    }
    let _lock = lock(&config.data.folder)?;
    if !args.demo && config.content.folder.as_os_str().is_empty() {
        warn!(
            alert = true,
            "this is the demo town with its invented phones: give your own with --content DIR"
        );
    }
    let metrics = metrics()?;
    let clock = Clock::system();
    let app = App::build(config, clock.clone(), Ids::new(clock)).await?;
    let telephone = Telephone::open(&app).await?;
    server::stop_on_signals(&app)?;
    let simulated = if args.demo { Some(simulators(&app)?) } else { None };
    announce(&app, listener.local_addr()?, args.demo).await?;
    let beside = simulated.as_ref().map_or_else(Router::new, Simulators::router);
    if let Some(telephone) = telephone {
        app.tasks.spawn(telephone.serve(Arc::clone(&app)));
    }
    server::serve(Arc::clone(&app), listener, Some(metrics), beside).await
}

/// Starts the simulated providers, and lets Meta shake hands with the webhook as the real one does.
fn simulators(app: &Arc<App>) -> anyhow::Result<Simulators> {
    let simulators = demo::simulators(app, StatusScript::default(), Tuning::default())?;
    tokio::spawn({
        let meta = simulators.meta.clone();
        async move {
            if let Err(err) = meta.verify().await {
                warn!("the simulated Meta could not verify the webhook: {err}");
            }
        }
    });
    Ok(simulators)
}

/// One server a data folder.
fn lock(folder: &Path) -> anyhow::Result<File> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
    let path = folder.join("server.lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another server works on {}: stop it, or choose another folder with --data",
                folder.display()
            )
        }
        Err(TryLockError::Error(err)) => bail!("{} cannot be locked: {err}", path.display()),
    }
}

fn metrics() -> anyhow::Result<PrometheusHandle> {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder).context("the metrics were set up twice")?;
    Ok(handle)
}

async fn announce(app: &App, address: SocketAddr, demo: bool) -> anyhow::Result<()> {
    let url = format!("http://{address}");
    out!("Ventanilla runs at {url}");
    if demo {
        out!("  talk with the town:  {url}/simulator");
        out!("  the agents' desk:    {}", demo::desk(app).await?);
    } else {
        out!("  the agents' desk:    {url}/console");
    }
    out!("  public page:         {url}/");
    out!("  API:                 {url}/api/v1/openapi.json");
    out!("  health and metrics:  {url}/readyz  {url}/metrics");
    out!("  data:                {}", app.config.data.folder.display());
    Ok(())
}
