//! What providers tell of people's wishes: written into the consent ledger as they are told.
//!
//! A person's own words (BAJA, ALTA) go the way of a conversation, see the flows `opt_out` and `opt_in`. Here is what
//! reaches us around it: a stop word that the provider answered itself, a switch in the person's app, a message that
//! was refused because they had opted out.

use uuid::Uuid;
use ventanilla_adapters::{Channel, ConsentNews, ConsentScope, Wish};

use crate::{
    app::App,
    store::{
        StoreError, Unit,
        consents::{self, ConsentSource, ConsentState, NewConsent, Purpose},
        outbox::Pending,
    },
};

/// What a stop ends on the channel where it was said. Emergencies are never touched, and answers need no consent.
const HERE: [Purpose; 2] = [Purpose::CaseUpdates, Purpose::ContinueBySms];
/// What a stop ends on every channel, and the switch against promotion on its own.
const PROMOTION: [Purpose; 3] = [Purpose::Suggestions, Purpose::Surveys, Purpose::News];
/// What a start brings back: offers are asked for one by one, in words that say what they are.
const STARTED: [Purpose; 1] = [Purpose::CaseUpdates];

/// Meta's code for a person who stopped promotion, and nothing else.
const PROMOTION_ONLY: i64 = 131_050;

/// A provider's own words for the evidence.
const TOLD: &str = "El proveedor del canal atendió la petición.";
const REFUSED: &str = "El proveedor no dejó pasar el mensaje: la persona había pedido no recibir más.";

/// The provider answered a stop word itself, or the person used its switch.
///
/// # Errors
/// When the database fails.
pub async fn provider_told(
    app: &App,
    unit: &Unit,
    person: Uuid,
    news: &ConsentNews,
    now: i64,
) -> Result<(), StoreError> {
    let state = match news.wish {
        Wish::OptOut => ConsentState::Withdrawn,
        Wish::OptIn => ConsentState::Granted,
    };
    metrics::counter!("ventanilla_consents_total", "state" => state.as_str(), "source" => "provider")
        .increment(1);
    let at = news.at.unwrap_or(now).min(now);
    let told = Told { channel: news.from.address.channel, state, evidence: &news.id, shown: TOLD, at };
    match (news.scope, news.wish) {
        (ConsentScope::Channel, Wish::OptOut) => told.stop(app, unit, person).await,
        (ConsentScope::Channel, Wish::OptIn) => told.record(app, unit, person, &STARTED, true).await,
        (ConsentScope::Marketing, _) => told.record(app, unit, person, &PROMOTION, true).await,
    }
}

/// The provider refused a reply: the person opted out there, and we did not know.
///
/// # Errors
/// When the database fails.
pub async fn provider_refused(
    app: &App,
    unit: &Unit,
    person: Uuid,
    reply: &Pending,
    code: Option<i64>,
    now: i64,
) -> Result<(), StoreError> {
    let evidence = format!("reply:{}", reply.id);
    let channel = reply.address.channel;
    let told = Told { channel, state: ConsentState::Withdrawn, evidence: &evidence, shown: REFUSED, at: now };
    if code == Some(PROMOTION_ONLY) {
        return told.record(app, unit, person, &PROMOTION, true).await;
    }
    told.stop(app, unit, person).await
}

struct Told<'a> {
    channel: Channel,
    state: ConsentState,
    evidence: &'a str,
    shown: &'a str,
    /// Unix ms.
    at: i64,
}

impl Told<'_> {
    async fn stop(&self, app: &App, unit: &Unit, person: Uuid) -> Result<(), StoreError> {
        self.record(app, unit, person, &HERE, true).await?;
        self.record(app, unit, person, &PROMOTION, false).await
    }

    /// `here`: on the channel where it was said, else on every one.
    async fn record(
        &self,
        app: &App,
        unit: &Unit,
        person: Uuid,
        purposes: &[Purpose],
        here: bool,
    ) -> Result<(), StoreError> {
        for purpose in purposes {
            let row = NewConsent {
                id: app.ids.next(),
                person,
                purpose: *purpose,
                channel: here.then_some(self.channel),
                state: self.state,
                text_shown: self.shown,
                evidence: self.evidence,
                source: ConsentSource::Provider,
                at: self.at,
            };
            consents::record(unit, &row).await?;
        }
        Ok(())
    }
}
