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

/// What a channel-wide stop ends. Emergencies are never touched, and answers need no consent.
const ALL: [Purpose; 5] =
    [Purpose::CaseUpdates, Purpose::Suggestions, Purpose::Surveys, Purpose::News, Purpose::ContinueBySms];
/// What the switch against promotion ends.
const PROMOTION: [Purpose; 3] = [Purpose::Suggestions, Purpose::Surveys, Purpose::News];

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
    let purposes: &[Purpose] = if news.scope == ConsentScope::Channel { &ALL } else { &PROMOTION };
    let state = match news.wish {
        Wish::OptOut => ConsentState::Withdrawn,
        Wish::OptIn => ConsentState::Granted,
    };
    metrics::counter!("ventanilla_consents_total", "state" => state.as_str(), "source" => "provider")
        .increment(1);
    let told = Told { channel: news.from.address.channel, state, evidence: &news.id, shown: TOLD };
    told.record(app, unit, person, purposes, news.at.unwrap_or(now).min(now)).await
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
    let purposes: &[Purpose] = if code == Some(PROMOTION_ONLY) { &PROMOTION } else { &ALL };
    let told = Told { channel, state: ConsentState::Withdrawn, evidence: &evidence, shown: REFUSED };
    told.record(app, unit, person, purposes, now).await
}

struct Told<'a> {
    channel: Channel,
    state: ConsentState,
    evidence: &'a str,
    shown: &'a str,
}

impl Told<'_> {
    async fn record(
        &self,
        app: &App,
        unit: &Unit,
        person: Uuid,
        purposes: &[Purpose],
        at: i64,
    ) -> Result<(), StoreError> {
        for purpose in purposes {
            let row = NewConsent {
                id: app.ids.next(),
                person,
                purpose: *purpose,
                channel: Some(self.channel),
                state: self.state,
                text_shown: self.shown,
                evidence: self.evidence,
                source: ConsentSource::Provider,
                at,
            };
            consents::record(unit, &row).await?;
        }
        Ok(())
    }
}
