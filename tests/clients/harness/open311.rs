//! The real server, as clients of Open311 meet it.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use ventanilla::{
    app::App,
    clock::Clock,
    config::Config,
    ids::Ids,
    server,
    staff::{Permission, keys},
};

/// A server that runs.
pub struct Server {
    /// Where it is, and a key.
    pub facts: Value,
    app: Arc<App>,
    serving: JoinHandle<anyhow::Result<()>>,
}

/// Starts it on a free port of this machine.
pub async fn start(folder: &Path) -> anyhow::Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let mut config = Config::from_toml("").context("the default settings")?;
    config.data.folder = folder.join("data");
    config.understanding.weights = folder.join("no-weights");
    config.server.public_url.clone_from(&url);
    config.open311.jurisdiction = vec!["puertoceiba.gob.mx".to_owned()];
    let clock = Clock::system();
    let app = App::build(config, clock.clone(), Ids::new(clock)).await?;
    let scopes = vec![Permission::FileReports, Permission::UpdateReports];
    let key = keys::make(&app, "cli:clients", "clients", scopes).await?.secret;
    let serving = tokio::spawn(server::serve(Arc::clone(&app), listener, None, axum::Router::new()));
    let facts = json!({ "url": url, "key": key, "jurisdiction": "puertoceiba.gob.mx" });
    Ok(Server { facts, app, serving })
}

impl Server {
    pub async fn stop(self) -> anyhow::Result<()> {
        self.app.stop.cancel();
        self.serving.await?
    }
}
