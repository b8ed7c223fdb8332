//! What the database file says, read from beside the server with SQL of this test's own.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    time::Duration,
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement,
};
use ventanilla_adapters::Message;

pub struct Ledger(DatabaseConnection);

/// A row of the inbox.
#[derive(Debug)]
pub struct Inbound {
    pub provider_id: String,
    pub person: String,
    pub state: String,
    pub turn: Option<i64>,
}

/// A row of the outbox.
#[derive(Debug)]
pub struct Reply {
    pub id: String,
    pub person: String,
    pub turn: i64,
    pub idx: i64,
    pub text: String,
    pub state: String,
    pub doubtful: bool,
    pub provider_id: Option<String>,
}

#[derive(Debug)]
pub struct Report {
    pub person: String,
    pub turn: i64,
    pub folio: String,
}

impl Ledger {
    pub async fn open(file: &Path) -> Self {
        let mut options = ConnectOptions::new(format!("sqlite://{}?mode=ro", file.display()));
        options
            .max_connections(1)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|sqlite| sqlite.busy_timeout(Duration::from_secs(30)));
        Self(Database::connect(options).await.unwrap())
    }

    pub async fn close(self) {
        self.0.close().await.unwrap();
    }

    /// Ids of the replies for which a call to the provider was begun and no end of it noted.
    pub async fn on_their_way(&self) -> HashSet<String> {
        let rows = self.all("SELECT hex(id) AS id FROM outbox WHERE state = 'sending'").await;
        rows.iter().map(|row| get(row, "id")).collect()
    }

    /// Ids of the replies that the provider did not take yet, as far as the server knows.
    pub async fn open_replies(&self) -> HashSet<String> {
        let sql = "SELECT hex(id) AS id FROM outbox WHERE state IN ('queued', 'sending', 'unsure')";
        self.all(sql).await.iter().map(|row| get(row, "id")).collect()
    }

    /// What the server still has to do.
    pub async fn pending(&self) -> BTreeMap<String, i64> {
        let sql = "SELECT 'inbox ' || state AS what, COUNT(*) AS n FROM inbox WHERE state = 'new' GROUP BY state \
                   UNION ALL SELECT 'outbox ' || state, COUNT(*) FROM outbox \
                   WHERE state IN ('queued', 'sending', 'unsure') GROUP BY state";
        self.all(sql).await.iter().map(|row| (get(row, "what"), row.try_get("", "n").unwrap())).collect()
    }

    /// In the order they were stored.
    pub async fn inbox(&self) -> Vec<Inbound> {
        let rows = self
            .all("SELECT provider_id, hex(person_id) AS person, state, turn FROM inbox ORDER BY id")
            .await;
        rows.iter()
            .map(|row| Inbound {
                provider_id: get(row, "provider_id"),
                person: get(row, "person"),
                state: get(row, "state"),
                turn: row.try_get("", "turn").unwrap(),
            })
            .collect()
    }

    /// In the order they are to be sent.
    pub async fn outbox(&self) -> Vec<Reply> {
        let sql = "SELECT hex(id) AS id, hex(person_id) AS person, turn, idx, message_json, state, doubtful, \
                   provider_id FROM outbox ORDER BY person_id, turn, idx, id";
        self.all(sql).await.iter().map(reply).collect()
    }

    /// In the order they were filed.
    pub async fn reports(&self) -> Vec<Report> {
        let rows =
            self.all("SELECT hex(person_id) AS person, turn, folio FROM reports ORDER BY turn, idx").await;
        rows.iter()
            .map(|row| Report {
                person: get(row, "person"),
                turn: row.try_get("", "turn").unwrap(),
                folio: get(row, "folio"),
            })
            .collect()
    }

    /// Turns done, by person.
    pub async fn turns(&self) -> BTreeMap<String, i64> {
        let rows = self.all("SELECT hex(person_id) AS person, turn FROM conversations").await;
        rows.iter().map(|row| (get(row, "person"), row.try_get("", "turn").unwrap())).collect()
    }

    async fn all(&self, sql: &str) -> Vec<QueryResult> {
        self.0.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap()
    }
}

fn reply(row: &QueryResult) -> Reply {
    let message: Message = serde_json::from_str(&get(row, "message_json")).unwrap();
    Reply {
        id: get(row, "id"),
        person: get(row, "person"),
        turn: row.try_get("", "turn").unwrap(),
        idx: row.try_get("", "idx").unwrap(),
        text: message.text().to_owned(),
        state: get(row, "state"),
        doubtful: row.try_get("", "doubtful").unwrap(),
        provider_id: row.try_get("", "provider_id").unwrap(),
    }
}

fn get(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}
