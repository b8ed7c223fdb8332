//! The demo: the production path with other base URLs and secrets. A simulated Meta and a simulated Twilio stand where
//! the real ones would be.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use axum::Router;
use ventanilla_adapters::sms::SmsProvider;

use crate::{
    app::App,
    config::{Config, ReminderTemplate, Secret, SmsNumber, WhatsAppNumber},
    simulator::{
        self, Simulator, SimulatorConfig, StatusScript, Template, Tuning,
        twilio::{OptOut, Plan, SmsStatuses, Twilio, TwilioConfig, TwilioTuning},
    },
    staff::{
        Abilities, Role,
        invitations::{self, Newcomer},
    },
    store,
};

/// Public on purpose (docs/OPERATIONS.md): the settings refuse them outside the demo.
pub const APP_SECRET: &str = "demo-app-secret";
pub const VERIFY_TOKEN: &str = "demo-verify-token";
pub const ACCESS_TOKEN: &str = "demo-access-token";
pub const AUTH_TOKEN: &str = "demo-auth-token";
pub const PHONE_NUMBER_ID: &str = "106540352242922";
pub const WABA_ID: &str = "102290129340398";
pub const ACCOUNT_SID: &str = "AC00000000000000000000000000000demo";
/// The town's number on every channel.
pub const TOWN_PHONE: &str = "+529810000100";
const DISPLAY_PHONE: &str = "529810000100";
/// Where callers are passed on to.
const OFFICE_PHONE: &str = "+529815550101";
/// Tells somebody outside the window that an answer waits.
pub const REMINDER: &str = "aviso_respuesta";
const REMINDER_TEXT: &str = "Tenemos una respuesta para ti. Contesta este mensaje para verla.";

/// Turns settings into the demo's: the simulated providers are reached at `address`.
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
    config.whatsapp.reminder = Some(ReminderTemplate {
        name: REMINDER.to_owned(),
        language: "es_MX".to_owned(),
        text: REMINDER_TEXT.to_owned(),
        town: false,
    });
    configure_twilio(config, &url);
    Ok(())
}

/// The way to the desk: while nobody has an account, a link that makes the first one, with every role.
///
/// # Errors
/// When the database fails.
pub async fn desk(app: &App) -> anyhow::Result<String> {
    if !store::staff::list(app.store.read()).await?.is_empty() {
        return Ok(format!("{}/console", app.config.server.public_url));
    }
    let first = Newcomer {
        name: "Ana Demo".to_owned(),
        email: "ana@demo.example".to_owned(),
        language: "es".to_owned(),
        roles: Role::ALL.to_vec(),
        departments: Vec::new(),
        abilities: Abilities::default(),
    };
    Ok(invitations::invite(app, "cli:demo", first).await?.link)
}

fn configure_twilio(config: &mut Config, url: &str) {
    config.twilio.account_sid = ACCOUNT_SID.to_owned();
    config.twilio.auth_tokens = vec![Secret::new(AUTH_TOKEN)];
    config.twilio.base_url = format!("{url}/simulator/twilio");
    // What stands in the settings already is wanted so.
    if !config.sms.numbers.is_empty() {
        return;
    }
    config.sms.numbers = vec![SmsNumber {
        number: TOWN_PHONE.to_owned(),
        provider: SmsProvider::Twilio,
        messaging_service: String::new(),
    }];
    config.voice.numbers = vec![TOWN_PHONE.to_owned()];
    config.voice.dial = OFFICE_PHONE.to_owned();
}

/// The simulated providers.
#[derive(Debug, Clone)]
pub struct Simulators {
    pub meta: Simulator,
    pub twilio: Twilio,
}

impl Simulators {
    pub fn router(&self) -> Router {
        self.meta.router().merge(self.twilio.router())
    }
}

/// The simulated providers of an app that was configured for the demo.
///
/// # Errors
/// When the address makes no URL.
pub fn simulators(app: &Arc<App>, statuses: StatusScript, tuning: Tuning) -> anyhow::Result<Simulators> {
    Ok(Simulators { meta: meta(app, statuses, tuning)?, twilio: twilio(app)? })
}

fn meta(app: &Arc<App>, statuses: StatusScript, tuning: Tuning) -> anyhow::Result<Simulator> {
    let url = &app.config.server.public_url;
    let clock = app.clock.clone();
    let meta = Simulator::new(SimulatorConfig {
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
    });
    meta.set_templates(vec![Template::new(REMINDER, "es_MX", REMINDER_TEXT)]);
    Ok(meta)
}

fn twilio(app: &Arc<App>) -> anyhow::Result<Twilio> {
    let url = &app.config.server.public_url;
    let clock = app.clock.clone();
    let at = |path: &str| format!("{url}{path}").parse().context("the server's address makes no URL");
    Ok(Twilio::new(TwilioConfig {
        account_sid: ACCOUNT_SID.to_owned(),
        auth_token: AUTH_TOKEN.to_owned(),
        sms_number: TOWN_PHONE.to_owned(),
        voice_number: TOWN_PHONE.to_owned(),
        messaging_service_sid: None,
        sms_url: at("/webhooks/sms/twilio#rc=5&rp=all")?,
        voice_url: at("/webhooks/voice")?,
        voice_status_url: at("/webhooks/voice/status")?,
        public_url: url.clone(),
        statuses: SmsStatuses::default(),
        opt_out: OptOut::Off,
        plan: Plan::QUIET,
        tuning: TwilioTuning::default(),
        clock: Arc::new(move || clock.now()),
        http: app.http.clone(),
        shutdown: app.stop.child_token(),
    }))
}
