//! Erasing what people said and who they are. Rows that others refer to stay, with nothing of the person in them; files are
//! noted to be removed, see [`files`].
//!
//! What is kept: consents (the proof that the law asks for), private reports (a denuncia is the authority's business), where
//! and what a public report is about, and the audit log, which names nobody.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Body, Channel, Inbound, Message};
use ventanilla_flows::Session;

use super::{Result, Unit, all, conversations, json, one, run, to_json};

/// What stands where the town's words stood.
const GONE: &str = "(borrado)";

/// How much is kept of somebody, by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    pub messages: i64,
    pub photos: i64,
    /// That they filed, private ones included.
    pub reports: i64,
    pub consents: i64,
    /// Of chats with the town's people.
    pub ratings: i64,
    /// Ideas, complaints and reviews.
    pub feedback: i64,
}

/// Counts what is kept of somebody, under each record that is theirs.
///
/// # Errors
/// When the database fails.
pub async fn held(on: &impl ConnectionTrait, person: Uuid) -> Result<Held> {
    let sql = "SELECT \
               (SELECT COUNT(*) FROM inbox WHERE person_id = $1) AS messages, \
               (SELECT COUNT(*) FROM media WHERE person_id = $1) AS photos, \
               (SELECT COUNT(*) FROM reports WHERE person_id = $1) AS reports, \
               (SELECT COUNT(*) FROM consents WHERE person_id = $1) AS consents, \
               (SELECT COUNT(*) FROM handovers WHERE person_id = $1 AND rating IS NOT NULL) AS ratings, \
               (SELECT COUNT(*) FROM feedback WHERE person_id = $1) AS feedback";
    let mut held = Held::default();
    for record in records(on, person).await? {
        let Some(row) = one(on, sql, [record.into()]).await? else { continue };
        held.messages += row.try_get::<i64>("", "messages")?;
        held.photos += row.try_get::<i64>("", "photos")?;
        held.reports += row.try_get::<i64>("", "reports")?;
        held.consents += row.try_get::<i64>("", "consents")?;
        held.ratings += row.try_get::<i64>("", "ratings")?;
        held.feedback += row.try_get::<i64>("", "feedback")?;
    }
    Ok(held)
}

/// Erases the words of a talk, both sides, and its files that no report shows: by one channel, or by all. What is still to
/// be answered or sent stays whole until it is; what was sent says so no more. Gives how many messages of theirs it were.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn talk(unit: &Unit, person: Uuid, channel: Option<Channel>) -> Result<usize> {
    let by = channel.map_or("", Channel::as_str);
    let sql = "SELECT id, inbound_json FROM inbox WHERE person_id = $1 AND ($2 = '' OR channel = $2) AND turn IS NOT NULL";
    let rows = all(&**unit, sql, [person.into(), by.into()]).await?;
    for row in &rows {
        let message: Uuid = row.try_get("", "id")?;
        let text: String = row.try_get("", "inbound_json")?;
        blank(unit, message, json("inbox", message, &text)?).await?;
    }
    for sql in [
        "DELETE FROM training_examples WHERE person_id = $1 AND ($2 = '' OR line_id IN \
         (SELECT id FROM inbox WHERE person_id = $1 AND channel = $2))",
        "UPDATE outbox SET error_json = NULL WHERE person_id = $1 AND ($2 = '' OR channel = $2)",
    ] {
        run(&**unit, sql, [person.into(), by.into()]).await?;
    }
    let gone = to_json(&Message::Text { text: GONE.to_owned() });
    for sql in [
        "UPDATE outbox SET message_json = $3, masked_json = NULL WHERE person_id = $1 AND ($2 = '' OR channel = $2) \
         AND state NOT IN ('queued', 'sending', 'unsure', 'kept')",
        // As with a PIN: this is what stays once it was sent.
        "UPDATE outbox SET masked_json = $3 WHERE person_id = $1 AND ($2 = '' OR channel = $2) \
         AND state IN ('queued', 'sending', 'unsure', 'kept')",
    ] {
        run(&**unit, sql, [person.into(), by.into(), gone.as_str().into()]).await?;
    }
    Ok(rows.len())
}

/// Who wrote, when and by which channel stays; what they said, and how the channel names them, goes.
async fn blank(unit: &Unit, message: Uuid, said: Inbound) -> Result<()> {
    let mut said = Inbound { body: Body::Unsupported { kind: "revoke".to_owned() }, referral: None, ..said };
    said.from.name = None;
    let sql = "UPDATE inbox SET inbound_json = $2, raw_key_id = NULL, raw_sealed = NULL WHERE id = $1";
    run(&**unit, sql, [message.into(), to_json(&said).into()]).await?;
    for sql in [
        "INSERT INTO erased_files (media_id) SELECT id FROM media WHERE inbox_id = $1 \
         AND id NOT IN (SELECT media_id FROM report_photos) ON CONFLICT DO NOTHING",
        "INSERT INTO erased_files (media_id) SELECT media_id FROM transcripts WHERE inbox_id = $1 \
         AND media_id IS NOT NULL ON CONFLICT DO NOTHING",
        "UPDATE transcripts SET state = 'refused', text = NULL, raw_text = NULL, media_id = NULL, reason = 'revoke' \
         WHERE inbox_id = $1",
    ] {
        run(&**unit, sql, [message.into()]).await?;
    }
    forget_files(unit).await
}

/// What leads to the files that are to go.
async fn forget_files(unit: &Unit) -> Result<()> {
    for sql in [
        "DELETE FROM report_photos WHERE media_id IN (SELECT media_id FROM erased_files)",
        "DELETE FROM photo_likeness WHERE media_id IN (SELECT media_id FROM erased_files)",
        "DELETE FROM media WHERE id IN (SELECT media_id FROM erased_files)",
    ] {
        run(&**unit, sql, []).await?;
    }
    Ok(())
}

/// Erases everything of somebody but the addresses, by which they are still to be told: see [`addresses`]. Records that
/// became one with theirs go too.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn person(unit: &Unit, person: Uuid) -> Result<()> {
    for record in records(&**unit, person).await? {
        talk(unit, record, None).await?;
        for sql in PERSON {
            run(&**unit, sql, [record.into()]).await?;
        }
        forget_files(unit).await?;
        begin_anew(unit, record).await?;
    }
    Ok(())
}

/// The talk holds what was told in it; the language stays, for the last word.
async fn begin_anew(unit: &Unit, person: Uuid) -> Result<()> {
    let Some(session) = conversations::load(&**unit, person).await?.session else { return Ok(()) };
    let sql = "UPDATE conversations SET session_json = $2 WHERE person_id = $1";
    run(&**unit, sql, [person.into(), to_json(&Session::new(session.lang)).into()]).await?;
    Ok(())
}

/// In this order: files are noted before the rows that lead to them go. `$1`: the person.
const PERSON: &[&str] = &[
    // What they filed, unless it is private.
    "INSERT INTO erased_files (media_id) SELECT p.media_id FROM report_photos AS p JOIN reports AS r ON r.id = p.report_id \
     WHERE r.person_id = $1 AND NOT r.private ON CONFLICT DO NOTHING",
    "DELETE FROM report_words WHERE kind = 'citizen' AND report_id IN \
     (SELECT id FROM reports WHERE person_id = $1 AND NOT private)",
    "DELETE FROM report_contacts WHERE report_id IN (SELECT id FROM reports WHERE person_id = $1)",
    "DELETE FROM report_fetches WHERE report_id IN (SELECT id FROM reports WHERE person_id = $1)",
    "UPDATE reports SET description = NULL, public_text = NULL, details_json = '{}' \
     WHERE person_id = $1 AND NOT private",
    "UPDATE reports SET person_id = NULL, turn = NULL, idx = NULL WHERE person_id = $1",
    "DELETE FROM report_followers WHERE person_id = $1",
    "DELETE FROM report_notices WHERE person_id = $1",
    // Files that colleagues chose for them, and whatever else they sent.
    "INSERT INTO erased_files (media_id) SELECT media_id FROM desk_uploads WHERE handover_id IN \
     (SELECT id FROM handovers WHERE person_id = $1) ON CONFLICT DO NOTHING",
    "DELETE FROM desk_uploads WHERE handover_id IN (SELECT id FROM handovers WHERE person_id = $1)",
    "INSERT INTO erased_files (media_id) SELECT id FROM media WHERE person_id = $1 \
     AND id NOT IN (SELECT media_id FROM report_photos) ON CONFLICT DO NOTHING",
    // What was said of them, and by them, beside the talk.
    "DELETE FROM lent_chats WHERE person_id = $1",
    "DELETE FROM proposals WHERE handover_id IN (SELECT id FROM handovers WHERE person_id = $1)",
    "UPDATE chat_log SET text = '' WHERE person_id = $1",
    "UPDATE handovers SET call_phone = NULL, rating_comment = NULL WHERE person_id = $1",
    "UPDATE blocks SET reason = '' WHERE person_id = $1",
    "UPDATE feedback SET said = NULL, note = NULL WHERE person_id = $1",
    // Not the window: within it they are still to be told.
    "UPDATE conversations SET parked_json = NULL, pace_json = NULL, remind_at = NULL, erase_at = NULL WHERE person_id = $1",
    "UPDATE persons SET name = NULL, preferred_channel = NULL WHERE id = $1",
];

/// Forgets how somebody is reached, and with it the rows that tell when they wrote: the last step.
///
/// # Errors
/// When the database fails.
pub async fn addresses(unit: &Unit, person: Uuid) -> Result<()> {
    for record in records(&**unit, person).await? {
        talk(unit, record, None).await?;
        for sql in [
            "DELETE FROM transcripts WHERE inbox_id IN (SELECT id FROM inbox WHERE person_id = $1)",
            "DELETE FROM inbox WHERE person_id = $1",
            "DELETE FROM outbox WHERE person_id = $1",
            "DELETE FROM addresses WHERE person_id = $1",
            "UPDATE persons SET name = NULL WHERE id = $1",
        ] {
            run(&**unit, sql, [record.into()]).await?;
        }
    }
    Ok(())
}

/// A person, and the records that became one with theirs.
async fn records(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Uuid>> {
    let sql = "WITH RECURSIVE same (id) AS (SELECT id FROM persons WHERE id = $1 \
               UNION SELECT p.id FROM persons AS p JOIN same ON p.merged_into = same.id) SELECT id FROM same";
    let rows = all(on, sql, [person.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

/// Files that are to be removed, some at a time.
///
/// # Errors
/// When the database fails.
pub async fn files(on: &impl ConnectionTrait, limit: i64) -> Result<Vec<Uuid>> {
    let rows = all(on, "SELECT media_id FROM erased_files LIMIT $1", [limit.into()]).await?;
    rows.iter().map(|row| Ok(row.try_get("", "media_id")?)).collect()
}

/// A file is removed.
///
/// # Errors
/// When the database fails.
pub async fn removed(unit: &Unit, media: Uuid) -> Result<()> {
    run(&**unit, "DELETE FROM erased_files WHERE media_id = $1", [media.into()]).await?;
    Ok(())
}
