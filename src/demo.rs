//! The demo: the production path with other base URLs and secrets. A simulated Meta stands where Meta would be.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;

use crate::{
    app::App,
    config::{Config, Secret, WhatsAppNumber},
    simulator::{self, Simulator, SimulatorConfig, StatusScript, Tuning},
};

/// Public on purpose (docs/OPERATIONS.md): the settings refuse them outside the demo.
pub const APP_SECRET: &str = "demo-app-secret";
pub const VERIFY_TOKEN: &str = "demo-verify-token";
pub const ACCESS_TOKEN: &str = "demo-access-token";
pub const PHONE_NUMBER_ID: &str = "106540352242922";
const DISPLAY_PHONE: &str = "529810000100";
const WABA_ID: &str = "102290129340398";

/// Turns settings into the demo's: the simulated provider is reached at `address`.
///
/// # Errors
/// When the address can be reached from another machine.
pub fn configure(config: &mut Config, address: SocketAddr) -> anyhow::Result<()> {
    simulator::loopback_only(address)?;
    let url = format!("http://{address}");
    config.server.public_url.clone_from(&url);
    config.whatsapp.numbers = vec![WhatsAppNumber {
        phone_number_id: PHONE_NUMBER_ID.to_owned(),
        display_phone: DISPLAY_PHONE.to_owned(),
    }];
    config.whatsapp.app_secrets = vec![Secret::new(APP_SECRET)];
    config.whatsapp.verify_token = Secret::new(VERIFY_TOKEN);
    config.whatsapp.access_token = Secret::new(ACCESS_TOKEN);
    config.whatsapp.base_url = format!("{url}/simulator/graph");
    Ok(())
}

/// The simulated provider of an app that was configured for the demo.
///
/// # Errors
/// When the address makes no URL.
pub fn simulator(app: &Arc<App>, statuses: StatusScript, tuning: Tuning) -> anyhow::Result<Simulator> {
    let url = &app.config.server.public_url;
    let clock = app.clock.clone();
    Ok(Simulator::new(SimulatorConfig {
        webhook_url: format!("{url}/webhooks/whatsapp")
            .parse()
            .context("the server's address makes no URL")?,
        app_secret: APP_SECRET.to_owned(),
        verify_token: VERIFY_TOKEN.to_owned(),
        access_token: ACCESS_TOKEN.to_owned(),
        phone_number_id: PHONE_NUMBER_ID.to_owned(),
        waba_id: WABA_ID.to_owned(),
        display_phone: DISPLAY_PHONE.to_owned(),
        town_name: app.contents.active.catalogue.town().name.clone(),
        public_url: url.clone(),
        statuses,
        tuning,
        clock: Arc::new(move || clock.now()),
        http: app.http.clone(),
        shutdown: app.stop.child_token(),
    }))
}
