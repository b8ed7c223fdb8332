//! The channels of this server, built from its settings. Listed, not registered.

use std::sync::Arc;

use ventanilla_adapters::{
    Adapter, Address, AddressKey, Channel,
    sms::{KannelConfig, Sms, SmsConfig, SmsNumber},
    twilio::TwilioConfig,
    voice::{Voice, VoiceConfig},
    webchat::{Webchat, WebchatConfig},
    whatsapp::{Number, WhatsApp, WhatsAppConfig},
};

use crate::{
    catalogue::Catalogue,
    config::{Config, Secret},
    keyring::Keyring,
};

#[derive(Debug, Clone)]
pub struct Channels {
    pub whatsapp: Option<Arc<WhatsApp>>,
    pub sms: Option<Arc<Sms>>,
    pub voice: Option<Arc<Voice>>,
    pub webchat: Option<Arc<Webchat>>,
}

impl Channels {
    /// What the settings switch on.
    pub fn of(config: &Config, keyring: &Keyring, catalogue: &Catalogue) -> Self {
        let on = |numbers: usize| numbers > 0;
        Self {
            whatsapp: on(config.whatsapp.numbers.len()).then(|| Arc::new(WhatsApp::new(whatsapp(config)))),
            sms: on(config.sms.numbers.len()).then(|| Arc::new(Sms::new(sms(config)))),
            voice: on(config.voice.numbers.len()).then(|| Arc::new(Voice::new(voice(config, catalogue)))),
            webchat: config.webchat.enabled.then(|| Arc::new(Webchat::new(webchat(config, keyring)))),
        }
    }

    pub fn all(&self) -> Vec<Arc<dyn Adapter>> {
        let whatsapp = self.whatsapp.clone().map(|adapter| adapter as Arc<dyn Adapter>);
        let sms = self.sms.clone().map(|adapter| adapter as Arc<dyn Adapter>);
        let voice = self.voice.clone().map(|adapter| adapter as Arc<dyn Adapter>);
        let webchat = self.webchat.clone().map(|adapter| adapter as Arc<dyn Adapter>);
        [whatsapp, sms, voice, webchat].into_iter().flatten().collect()
    }

    pub fn get(&self, channel: Channel) -> Option<&dyn Adapter> {
        match channel {
            Channel::Whatsapp => self.whatsapp.as_deref().map(|adapter| adapter as &dyn Adapter),
            Channel::Sms => self.sms.as_deref().map(|adapter| adapter as &dyn Adapter),
            Channel::Voice => self.voice.as_deref().map(|adapter| adapter as &dyn Adapter),
            Channel::Webchat => self.webchat.as_deref().map(|adapter| adapter as &dyn Adapter),
        }
    }

    /// How a phone (E.164) is written to by SMS, from the town's first number.
    pub fn sms_address(&self, phone: &str) -> Option<Address> {
        let account = self.sms.as_ref()?.accounts().into_iter().next()?;
        let key = AddressKey::Phone(phone.to_owned());
        Some(Address { channel: Channel::Sms, account, key, route: phone.to_owned() })
    }
}

fn whatsapp(config: &Config) -> WhatsAppConfig {
    let whatsapp = &config.whatsapp;
    WhatsAppConfig {
        app_secrets: exposed(&whatsapp.app_secrets),
        verify_token: whatsapp.verify_token.expose().to_owned(),
        numbers: whatsapp
            .numbers
            .iter()
            .map(|number| Number {
                phone_number_id: number.phone_number_id.clone(),
                display_phone: number.display_phone.clone(),
            })
            .collect(),
        access_token: whatsapp.access_token.expose().to_owned(),
        base_url: whatsapp.base_url.clone(),
        version: whatsapp.version.clone(),
        media_hosts: whatsapp.media_hosts.clone(),
    }
}

fn twilio(config: &Config) -> TwilioConfig {
    let twilio = &config.twilio;
    let api_key =
        (!twilio.api_key.is_empty()).then(|| (twilio.api_key.clone(), twilio.api_secret.expose().to_owned()));
    TwilioConfig {
        account_sid: twilio.account_sid.clone(),
        auth_tokens: exposed(&twilio.auth_tokens),
        api_key,
        base_url: twilio.base_url.clone(),
        public_url: config.server.public_url.clone(),
    }
}

fn sms(config: &Config) -> SmsConfig {
    let sms = &config.sms;
    let numbers = sms.numbers.iter();
    let kannel = sms.kannel.as_ref().map(|kannel| KannelConfig {
        send_url: kannel.send_url.clone(),
        username: kannel.username.clone(),
        password: kannel.password.expose().to_owned(),
        secret: kannel.secret.expose().to_owned(),
        smsc: kannel.smsc.clone(),
    });
    SmsConfig {
        numbers: numbers
            .map(|one| SmsNumber {
                number: one.number.clone(),
                provider: one.provider,
                messaging_service: (!one.messaging_service.is_empty()).then(|| one.messaging_service.clone()),
            })
            .collect(),
        twilio: (!config.twilio.account_sid.is_empty()).then(|| twilio(config)),
        kannel,
        http: sms.http.clone(),
        public_url: config.server.public_url.clone(),
        save_accents: sms.save_accents,
    }
}

fn voice(config: &Config, catalogue: &Catalogue) -> VoiceConfig {
    VoiceConfig {
        twilio: twilio(config),
        numbers: config.voice.numbers.clone(),
        emergency: emergency(catalogue),
    }
}

/// Whom a caller is told to call when nothing works here.
pub fn emergency(catalogue: &Catalogue) -> String {
    let line = catalogue.town().lines.iter().find(|line| line.id == "emergency");
    line.map_or_else(|| "911".to_owned(), |line| line.phone.clone())
}

fn webchat(config: &Config, keyring: &Keyring) -> WebchatConfig {
    let set: &Secret = &config.webchat.secret;
    let secret =
        if set.is_empty() { keyring.hash("webchat tokens", "").1 } else { set.expose().as_bytes().to_vec() };
    WebchatConfig { secret, account: "web".to_owned() }
}

fn exposed(secrets: &[Secret]) -> Vec<String> {
    secrets.iter().map(|secret| secret.expose().to_owned()).collect()
}
