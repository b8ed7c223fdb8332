//! Reports that only the citizen concludes: where each stands, everything that happened to it, its photos, who follows it,
//! whom to tell, and what is due.
//!
//! What somebody said or wrote stands in `report_words`, from where it can be erased; the events are never changed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // Made anew: who files through another system or stands in an old list is nobody that we talked with.
    // `cell`: see `src/reports/cell.rs`. `department` is empty while nobody knows whose it is; `rule` says what sent it
    // there. `version` is the number of its last event. `people`: who reported it or joined. `parent_id`: the report that
    // it was added to. `moderation` of the description: `waiting`, `shown` (`public_text`) or `hidden`.
    "CREATE TABLE reports_anew (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        folio TEXT NOT NULL,
        person_id BLOB REFERENCES persons (id),
        turn BIGINT,
        idx BIGINT,
        channel TEXT NOT NULL,
        category TEXT NOT NULL,
        category_group TEXT NOT NULL,
        private BOOLEAN NOT NULL,
        anonymous BOOLEAN NOT NULL,
        place_json TEXT NOT NULL,
        lat DOUBLE PRECISION,
        lon DOUBLE PRECISION,
        cell BIGINT,
        colonia TEXT,
        description TEXT,
        details_json TEXT NOT NULL,
        moderation TEXT NOT NULL,
        public_text TEXT,
        state TEXT NOT NULL,
        version BIGINT NOT NULL,
        department TEXT,
        rule TEXT NOT NULL,
        assignee BLOB REFERENCES staff (id),
        people BIGINT NOT NULL,
        parent_id BLOB,
        reopened BIGINT NOT NULL,
        outcome TEXT,
        scheduled_for BIGINT,
        filed_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        responded_at BIGINT,
        claimed_at BIGINT,
        closed_at BIGINT,
        paused_at BIGINT,
        respond_risk BIGINT,
        respond_due BIGINT,
        resolve_risk BIGINT,
        resolve_due BIGINT,
        pin_key_id TEXT NOT NULL,
        pin_hash BLOB NOT NULL)",
    "INSERT INTO reports_anew (id, town_id, folio, person_id, turn, idx, channel, category, category_group, private, \
        anonymous, place_json, description, details_json, moderation, state, version, rule, people, reopened, filed_at, \
        updated_at, pin_key_id, pin_hash) \
        SELECT id, town_id, folio, person_id, turn, idx, channel, category, '', private, FALSE, place_json, description, \
        details_json, 'waiting', state, 1, 'before', 1, 0, filed_at, updated_at, pin_key_id, pin_hash FROM reports",
    "CREATE TABLE report_photos (
        media_id BLOB PRIMARY KEY NOT NULL,
        report_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        moderation TEXT NOT NULL,
        added_at BIGINT NOT NULL)",
    "CREATE INDEX report_photos_of ON report_photos (report_id, added_at)",
    "INSERT INTO report_photos (media_id, report_id, kind, moderation, added_at) \
        SELECT photo_id, id, 'citizen', 'waiting', filed_at FROM reports WHERE photo_id IS NOT NULL",
    "CREATE TABLE report_events (
        report_id BLOB NOT NULL,
        seq BIGINT NOT NULL,
        town_id BIGINT NOT NULL,
        at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        channel TEXT,
        kind TEXT NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        reason TEXT,
        detail_json TEXT NOT NULL,
        PRIMARY KEY (report_id, seq))",
    "CREATE INDEX report_events_by_time ON report_events (town_id, at)",
    "INSERT INTO report_events (report_id, seq, town_id, at, actor, channel, kind, to_state, detail_json) \
        SELECT id, 1, town_id, filed_at, 'citizen', channel, 'filed', state, '{}' FROM reports",
    // `kind`: `public` (the town, to everybody), `private` (among colleagues) or `citizen`.
    "CREATE TABLE report_words (
        report_id BLOB NOT NULL,
        seq BIGINT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (report_id, seq, kind))",
    // Who hears of it. `through`: the report that they filed themselves, where that was added to this one.
    "CREATE TABLE report_followers (
        report_id BLOB NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        channel TEXT NOT NULL,
        through BLOB,
        since BIGINT NOT NULL,
        PRIMARY KEY (report_id, person_id))",
    "CREATE INDEX report_followers_of ON report_followers (person_id, since)",
    "INSERT INTO report_followers (report_id, person_id, channel, since) \
        SELECT id, person_id, channel, filed_at FROM reports",
    // News that wait a while, so that several become one message. `since_seq`: the first event that they have not heard of.
    "CREATE TABLE report_notices (
        report_id BLOB NOT NULL,
        person_id BLOB NOT NULL,
        town_id BIGINT NOT NULL,
        since_seq BIGINT NOT NULL,
        due_at BIGINT NOT NULL,
        PRIMARY KEY (report_id, person_id))",
    "CREATE INDEX report_notices_due ON report_notices (town_id, due_at)",
    // What happens by itself, unless something else happens first.
    "CREATE TABLE report_timers (
        report_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        town_id BIGINT NOT NULL,
        due_at BIGINT NOT NULL,
        PRIMARY KEY (report_id, kind))",
    "CREATE INDEX report_timers_due ON report_timers (town_id, due_at)",
    "DROP TABLE reports",
    "ALTER TABLE reports_anew RENAME TO reports",
    "CREATE UNIQUE INDEX reports_by_folio ON reports (town_id, folio)",
    "CREATE UNIQUE INDEX reports_once ON reports (person_id, turn, idx)",
    "CREATE INDEX reports_by_time ON reports (town_id, filed_at)",
    "CREATE INDEX reports_by_change ON reports (town_id, updated_at)",
    // What is near: everything that the search asks for is in the index, so that only hits are read.
    "CREATE INDEX reports_near ON reports (town_id, category_group, cell, closed_at, private)",
    "CREATE INDEX reports_open ON reports (town_id, department, resolve_due) WHERE closed_at IS NULL",
    "CREATE INDEX reports_added ON reports (parent_id) WHERE parent_id IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
