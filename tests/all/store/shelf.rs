//! An empty database, and what the promises are tried with.

use std::time::Duration;

use uuid::Uuid;
use ventanilla::{
    clock::Clock,
    ids::Ids,
    keyring::Keyring,
    store::{
        self, Store, StoreError, TOWN, Unit,
        conversations::Conversation,
        handovers::HandoverRow,
        outbox::{Author, NewReply},
        reports::ReportRow,
        statuses::Applied,
    },
};
use ventanilla_adapters::{
    Address, AddressKey, Body, Channel, DeliveryState, Fault, Inbound, Message, Retry, SendError, Sender,
    StatusUpdate,
};
use ventanilla_flows::Session;
use ventanilla_values::{Lang, SourceFile};

use crate::support::folder::Folder;

/// An empty database, and what is needed to fill it.
pub struct Shelf {
    pub store: Store,
    pub ids: Ids,
    pub folder: Folder,
}

pub const NOW: i64 = 1_795_449_600_000;

impl Shelf {
    pub async fn open() -> Self {
        let folder = Folder::new();
        let store = Store::open(&folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
        Self { store, ids: Ids::seeded(Clock::manual(NOW), 3), folder }
    }

    pub async fn unit(&self) -> Unit {
        self.store.unit().await.unwrap()
    }

    pub async fn person(&self, phone: &str) -> Uuid {
        let unit = self.unit().await;
        let person = store::people::resolve(&unit, &sender(Channel::Whatsapp, phone), &self.ids, NOW).await;
        unit.commit().await.unwrap();
        person.unwrap()
    }

    /// Puts a message into the inbox; gives its row's id.
    pub async fn message(&self, person: Uuid, id: &str, now: i64) -> Uuid {
        self.message_with(person, id, now, false).await
    }

    /// The same, with the bytes that brought it.
    pub async fn message_with(&self, person: Uuid, id: &str, now: i64, raw: bool) -> Uuid {
        let (row, unit) = (self.ids.next(), self.unit().await);
        let raw = raw.then(|| Keyring::ephemeral(&self.ids).seal(b"bytes", &self.ids).unwrap());
        assert!(store::inbox::insert(&*unit, row, person, &inbound(id), raw, "trace", now).await.unwrap());
        unit.commit().await.unwrap();
        row
    }

    /// Puts a reply into the outbox; gives its id.
    pub async fn reply(&self, person: Uuid, turn: i64, channel: Channel) -> Uuid {
        self.reply_with(person, turn, channel, None).await
    }

    /// The same, with what stays of it once it was said.
    pub async fn reply_with(&self, person: Uuid, turn: i64, channel: Channel, masked: Option<&str>) -> Uuid {
        self.written(person, turn, channel, masked, None).await
    }

    /// An agent's, who may take it back until then.
    pub async fn undoable(&self, person: Uuid, turn: i64, until: i64) -> Uuid {
        self.written(person, turn, Channel::Whatsapp, None, Some(until)).await
    }

    async fn written(
        &self,
        person: Uuid,
        turn: i64,
        channel: Channel,
        masked: Option<&str>,
        undo_until: Option<i64>,
    ) -> Uuid {
        let masked = masked.map(words);
        let (id, unit) = (self.ids.next(), self.unit().await);
        let (address, message) =
            (sender(channel, "+520000000001").address, words(&format!("respuesta {turn}")));
        let reply = NewReply {
            id,
            person,
            turn,
            idx: 0,
            author: if undo_until.is_some() { Author::Agent } else { Author::Bot },
            address: &address,
            message: &message,
            masked: masked.as_ref(),
            private: false,
            window_until: None,
            said_by: None,
            not_before: undo_until,
            trace: "trace",
        };
        store::outbox::insert(&unit, &reply, NOW).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    /// One turn of somebody's conversation; gives its number.
    pub async fn talked(&self, person: Uuid) -> i64 {
        let (unit, session) = (self.unit().await, Session::new(Lang::ES));
        let next = Conversation { turn: 1, ..Conversation::new(person) };
        store::conversations::save(&unit, &next, &session, NOW).await.unwrap();
        unit.commit().await.unwrap();
        next.turn
    }

    /// Sends a reply as far as the provider's acceptance.
    pub async fn accepted(&self, person: Uuid, provider_id: &str) -> Uuid {
        let id = self.reply(person, 1, Channel::Whatsapp).await;
        let unit = self.unit().await;
        assert!(store::outbox::claim(&*unit, id, false, NOW).await.unwrap());
        assert!(store::outbox::accepted(&*unit, id, Channel::Whatsapp, provider_id, NOW).await.unwrap());
        unit.commit().await.unwrap();
        id
    }

    pub async fn next(&self, person: Uuid) -> Option<store::outbox::Pending> {
        store::outbox::pending(self.store.read(), person, 1).await.unwrap().pop()
    }

    pub async fn depth(&self) -> i64 {
        store::outbox::depth(self.store.read()).await.unwrap()
    }

    pub async fn queue(&self, person: Uuid, turn: i64, priority: &str, opened_at: i64) -> HandoverRow {
        let row = HandoverRow {
            priority: priority.to_owned(),
            ..HandoverRow::new(self.ids.next(), person, (turn, 0), "asked".to_owned(), opened_at)
        };
        let unit = self.unit().await;
        let row = store::handovers::open(&unit, row).await.unwrap();
        unit.commit().await.unwrap();
        row
    }

    pub async fn report(&self, person: Uuid, turn: i64, folio: &str) -> Result<ReportRow, StoreError> {
        let row = ReportRow {
            id: self.ids.next(),
            folio: folio.to_owned(),
            person_id: Some(person),
            turn: Some(turn),
            idx: Some(0),
            ..blank_report()
        };
        let unit = self.unit().await;
        let filed = store::reports::file(&unit, row).await?;
        unit.commit().await?;
        Ok(filed)
    }

    pub async fn release(&self, hash: &str) {
        let unit = self.unit().await;
        let files = [SourceFile { path: "flows/x.yaml".to_owned(), text: hash.to_owned() }];
        store::releases::activate(&unit, hash, &files, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }

    pub async fn raw(&self, quarantine: &str, now: i64) -> Uuid {
        let (id, unit) = (self.ids.next(), self.unit().await);
        let sealed = Keyring::ephemeral(&self.ids).seal(b"bytes", &self.ids).unwrap();
        store::raws::insert(&unit, id, Channel::Whatsapp, quarantine, sealed, now).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    pub async fn apply(&self, status: &StatusUpdate) -> Applied {
        let unit = self.unit().await;
        let applied = store::statuses::apply(&unit, status, None, self.ids.next(), NOW).await.unwrap();
        unit.commit().await.unwrap();
        applied
    }
}

pub fn sender(channel: Channel, phone: &str) -> Sender {
    let (key, route) = (AddressKey::Phone(phone.to_owned()), phone.trim_start_matches('+').to_owned());
    let address = Address { channel, account: "1".to_owned(), key, route };
    Sender { address, also: Vec::new(), name: Some("Lupe".to_owned()) }
}

pub fn inbound(id: &str) -> Inbound {
    Inbound {
        id: id.to_owned(),
        channel: Channel::Whatsapp,
        account: "1".to_owned(),
        from: sender(Channel::Whatsapp, "+520000000001"),
        sent_at: None,
        body: Body::Text { text: id.to_owned() },
        reply_to: None,
        referral: None,
        forwarded: false,
    }
}

pub fn words(text: &str) -> Message {
    Message::Text { text: text.to_owned() }
}

pub fn busy() -> SendError {
    SendError {
        retry: Retry::Backoff,
        fault: Fault::Provider,
        code: Some(1),
        sentence: "Ocupado.".to_owned(),
    }
}

pub fn news(provider_id: &str, state: DeliveryState) -> StatusUpdate {
    StatusUpdate {
        channel: Channel::Whatsapp,
        account: "1".to_owned(),
        provider_id: provider_id.to_owned(),
        reference: None,
        state,
        at: None,
        error: None,
    }
}

/// A report of nobody, with nothing said.
pub fn blank_report() -> ReportRow {
    ReportRow {
        id: Uuid::nil(),
        town_id: TOWN,
        folio: String::new(),
        person_id: None,
        turn: None,
        idx: None,
        channel: "whatsapp".to_owned(),
        category: "pothole".to_owned(),
        category_group: "streets".to_owned(),
        private: false,
        anonymous: false,
        place_json: "{}".to_owned(),
        lat: None,
        lon: None,
        cell: None,
        colonia: None,
        description: None,
        details_json: "{}".to_owned(),
        moderation: "waiting".to_owned(),
        public_text: None,
        state: "received".to_owned(),
        version: 1,
        department: Some("public_works".to_owned()),
        rule: "category:pothole".to_owned(),
        assignee: None,
        people: 1,
        parent_id: None,
        reopened: 0,
        outcome: None,
        scheduled_for: None,
        filed_at: NOW,
        updated_at: NOW,
        responded_at: None,
        claimed_at: None,
        closed_at: None,
        paused_at: None,
        respond_risk: None,
        respond_due: None,
        resolve_risk: None,
        resolve_due: None,
        pin_key_id: "k".to_owned(),
        pin_hash: vec![1, 2, 3],
    }
}
