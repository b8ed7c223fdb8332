//! One call to one person, by e-mail, SMS, WhatsApp or the webhook of another system.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use serde_json::json;
use ventanilla_adapters::{
    Address, AddressKey, Channel, Delivery, Message, Outcome, Outgoing, Template, TemplateText,
};

use super::link;
use crate::{app::App, config::OnCall, outbox, store::pages::PageCall};

const PATIENCE: Duration = Duration::from_secs(20);

/// Makes a call.
///
/// # Errors
/// With a sentence for the log and the desk, without anything of a person.
pub(super) async fn call(app: &App, call: &PageCall, who: &OnCall) -> Result<(), String> {
    let link = link::url(app, call).ok_or("the key of its link is not in the keyring any more")?;
    match call.means.as_str() {
        "email" => email(app, who, &link).await,
        "sms" => sms(app, call, who, &link).await,
        "whatsapp" => whatsapp(app, call, who, &link).await,
        "webhook" => webhook(app, call, who, &link).await,
        other => Err(format!("'{other}' is nothing to call by")),
    }
}

/// In letters of GSM-7 only, so that it is one SMS or two.
fn text(app: &App, link: &str) -> String {
    let town = &app.contents.active.catalogue.town().name;
    format!("Ventanilla {town}: alguien en peligro espera respuesta. Confirma que lo atiendes: {link}")
}

async fn email(app: &App, who: &OnCall, link: &str) -> Result<(), String> {
    let notify = &app.config.notify;
    let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|_| "the address is none".to_owned());
    let mail = Mail::builder()
        .from(mailbox(&notify.from)?)
        .to(mailbox(&who.email)?)
        .subject("Alguien en peligro espera respuesta")
        .header(ContentType::TEXT_PLAIN)
        .body(format!("{}\n\nSi nadie confirma, se llama a la siguiente persona.\n", text(app, link)))
        .map_err(|err| format!("the e-mail cannot be written: {err}"))?;
    let sender = AsyncSmtpTransport::<Tokio1Executor>::from_url(notify.smtp_url.expose())
        .map_err(|_| "notify.smtp_url cannot be read".to_owned())?
        .timeout(Some(PATIENCE))
        .build();
    // The server's words may repeat the address.
    let code = |err: lettre::transport::smtp::Error| match err.status() {
        Some(code) => format!("the mail server answered {code}"),
        None => "the mail server does not answer".to_owned(),
    };
    sender.send(mail).await.map(drop).map_err(code)
}

async fn sms(app: &App, call: &PageCall, who: &OnCall, link: &str) -> Result<(), String> {
    let address = app.channels.sms_address(&who.sms).ok_or("no number for SMS is set up")?;
    send(app, call, address, Message::Text { text: text(app, link) }).await
}

async fn whatsapp(app: &App, call: &PageCall, who: &OnCall, link: &str) -> Result<(), String> {
    let number = app.config.whatsapp.numbers.first().ok_or("no number for WhatsApp is set up")?;
    let address = Address {
        channel: Channel::Whatsapp,
        account: number.phone_number_id.clone(),
        key: AddressKey::Phone(who.whatsapp.clone()),
        route: who.whatsapp.trim_start_matches('+').to_owned(),
    };
    let notify = &app.config.notify;
    let template = Template {
        name: notify.whatsapp_template.clone(),
        language: notify.whatsapp_language.clone(),
        header: None,
        body: vec![TemplateText { name: None, value: link.to_owned() }],
        buttons: Vec::new(),
    };
    send(app, call, address, Message::Template { text: text(app, link), template }).await
}

/// By one of the town's channels, past the outbox: it is for nobody that we talk with.
async fn send(app: &App, call: &PageCall, to: Address, message: Message) -> Result<(), String> {
    let adapter = app.channels.get(to.channel).ok_or("the channel is switched off")?;
    let outgoing = Outgoing { reference: call.id.to_string(), to, message };
    let outcome = match adapter.send(&outgoing) {
        Delivery::Call(request) => {
            let answer = outbox::call(&app.http, request).await;
            adapter.outcome(answer.as_ref().map_err(|failure| *failure))
        }
        Delivery::Impossible(error) => Outcome::Failed(error),
        Delivery::Pull(_) => return Err("this channel calls nobody".to_owned()),
    };
    match outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Failed(error) => Err(error.sentence),
        Outcome::Unsure => Err("the provider did not answer".to_owned()),
    }
}

async fn webhook(app: &App, call: &PageCall, who: &OnCall, link: &str) -> Result<(), String> {
    let body = json!({
        "type": "crisis",
        "id": call.page,
        "text": text(app, link),
        "link": link,
    });
    let answer = app.http.post(who.webhook.expose()).timeout(PATIENCE).json(&body).send().await;
    // The address itself is a secret.
    let answer = answer.map_err(|err| format!("the webhook does not answer: {}", err.without_url()))?;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(format!("the webhook answered {}", answer.status().as_u16()))
    }
}
