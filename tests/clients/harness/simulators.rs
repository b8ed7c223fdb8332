//! The simulated providers, as strict as they are in the demo, on the system's clock.

use std::{future::IntoFuture, sync::Arc, time::Duration};

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use ventanilla::{
    app::http_client,
    clock::Clock,
    demo,
    simulator::{
        Simulator, SimulatorConfig, StatusScript, Tuning,
        twilio::{OptOut, Plan, SmsStatuses, Twilio, TwilioConfig, TwilioTuning},
    },
};

use super::adapters::{ACCOUNT, SMS_NUMBER, TOKEN, VOICE_NUMBER};

const WABA_ID: &str = "102290129340398";

/// Starts both on one port, and tells what a client must know of them.
pub async fn start(webhooks: &str, stop: &CancellationToken) -> anyhow::Result<Value> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let meta = Simulator::new(meta(webhooks, &url, stop)?);
    let twilio = Twilio::new(twilio(webhooks, &url, stop)?);
    let told = json!({
        "url": url,
        "graph": format!("{url}/simulator/graph"),
        "app_secret": demo::APP_SECRET,
        "verify_token": demo::VERIFY_TOKEN,
        "access_token": demo::ACCESS_TOKEN,
        "phone_number_id": demo::PHONE_NUMBER_ID,
        "waba_id": WABA_ID,
        "twilio": twilio.api_url(),
        "account_sid": ACCOUNT,
        "auth_token": TOKEN,
        "sms_number": SMS_NUMBER,
        "voice_number": VOICE_NUMBER,
    });
    let routes = meta.router().merge(twilio.router());
    tokio::spawn(axum::serve(listener, routes).into_future());
    Ok(told)
}

fn meta(webhooks: &str, url: &str, stop: &CancellationToken) -> anyhow::Result<SimulatorConfig> {
    let clock = Clock::system();
    Ok(SimulatorConfig {
        webhook_url: format!("{webhooks}/whatsapp").parse()?,
        app_secret: demo::APP_SECRET.to_owned(),
        verify_token: demo::VERIFY_TOKEN.to_owned(),
        access_token: demo::ACCESS_TOKEN.to_owned(),
        phone_number_id: demo::PHONE_NUMBER_ID.to_owned(),
        waba_id: WABA_ID.to_owned(),
        display_phone: "529810000100".to_owned(),
        town_name: "Puerto Ceiba".to_owned(),
        public_url: url.to_owned(),
        statuses: StatusScript::default(),
        tuning: Tuning::default(),
        clock: Arc::new(move || clock.now()),
        http: http_client(Duration::from_secs(10))?,
        shutdown: stop.clone(),
    })
}

fn twilio(webhooks: &str, url: &str, stop: &CancellationToken) -> anyhow::Result<TwilioConfig> {
    let clock = Clock::system();
    Ok(TwilioConfig {
        account_sid: ACCOUNT.to_owned(),
        auth_token: TOKEN.to_owned(),
        sms_number: SMS_NUMBER.to_owned(),
        voice_number: VOICE_NUMBER.to_owned(),
        messaging_service_sid: None,
        sms_url: format!("{webhooks}/twilio/sms?town=1").parse()?,
        voice_url: format!("{webhooks}/twilio/voice").parse()?,
        voice_status_url: format!("{webhooks}/twilio/voice/status").parse()?,
        public_url: url.to_owned(),
        statuses: SmsStatuses::default(),
        opt_out: OptOut::default(),
        plan: Plan::QUIET,
        tuning: TwilioTuning::default(),
        clock: Arc::new(move || clock.now()),
        http: http_client(Duration::from_secs(20))?,
        shutdown: stop.clone(),
    })
}
