//! Persons and their addresses.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Channel, Sender};

use super::{Result, TOWN, Unit, all, json, one, run};
use crate::ids::Ids;

/// The person behind a sender: known by this address, by the same phone on another channel, or by another key that
/// the same message showed; else new. All keys of the sender lead to the person from now on: where they led to two,
/// those are one, and the younger record goes on under the older.
///
/// # Errors
/// When the database fails.
pub async fn resolve(unit: &Unit, sender: &Sender, ids: &Ids, now: i64) -> Result<Uuid> {
    Ok(resolve_noting(unit, sender, ids, now).await?.0)
}

/// As [`resolve`], and whether two records became one: then nobody's cached look-ups hold any more.
///
/// # Errors
/// When the database fails.
pub async fn resolve_noting(unit: &Unit, sender: &Sender, ids: &Ids, now: i64) -> Result<(Uuid, bool)> {
    let keys: Vec<&AddressKey> = std::iter::once(&sender.address.key).chain(&sender.also).collect();
    let known = known(unit, &keys).await?;
    let person = match known.first() {
        Some(person) => *person,
        None => create(unit, sender, ids, now).await?,
    };
    for other in known.iter().skip(1) {
        merge(unit, *other, person, now).await?;
    }
    for key in keys {
        add_address(unit, person, &sender.address, key, ids, now).await?;
    }
    Ok((person, known.len() > 1))
}

/// Everybody whom the keys lead to, the oldest record first.
async fn known(unit: &Unit, keys: &[&AddressKey]) -> Result<Vec<Uuid>> {
    let mut people = Vec::new();
    for key in keys {
        let sql = "SELECT DISTINCT person_id FROM addresses WHERE town_id = $1 AND key = $2";
        for row in all(&**unit, sql, [TOWN.into(), key.to_string().into()]).await? {
            people.push(row.try_get("", "person_id")?);
        }
    }
    people.sort();
    people.dedup();
    Ok(people)
}

/// One person was on record twice. What they said and filed stays where it is, under the record that it was said
/// under; whatever comes from now on goes to `into`.
async fn merge(unit: &Unit, from: Uuid, into: Uuid, now: i64) -> Result<()> {
    run(&**unit, "UPDATE persons SET merged_into = $2 WHERE id = $1", [from.into(), into.into()]).await?;
    run(&**unit, "UPDATE addresses SET person_id = $2 WHERE person_id = $1", [from.into(), into.into()])
        .await?;
    // What they allowed holds for the one person; the same word of the same message is there once.
    let consents = "UPDATE consents SET person_id = $2 WHERE person_id = $1 AND NOT EXISTS (SELECT 1 FROM consents AS c \
                    WHERE c.person_id = $2 AND c.purpose = consents.purpose AND c.state = consents.state \
                    AND c.evidence = consents.evidence AND COALESCE(c.channel, '') = COALESCE(consents.channel, ''))";
    run(&**unit, consents, [from.into(), into.into()]).await?;
    run(&**unit, "UPDATE blocks SET person_id = $2 WHERE person_id = $1", [from.into(), into.into()]).await?;
    super::report_followers::merge(unit, from, into).await?;
    super::handovers::merge(unit, from, into, now).await?;
    super::conversations::merge(unit, from, into, now).await
}

/// A person has a new key: the old one leads to nobody any more (numbers are handed on), and nothing that was proved
/// under it holds. `None` when nobody is known by the old key.
///
/// # Errors
/// When the database fails.
pub async fn move_to(
    unit: &Unit,
    was: &AddressKey,
    sender: &Sender,
    ids: &Ids,
    now: i64,
) -> Result<Option<Uuid>> {
    let sql = "DELETE FROM addresses WHERE town_id = $1 AND key = $2 RETURNING person_id";
    let Some(row) = all(&**unit, sql, [TOWN.into(), was.to_string().into()]).await?.into_iter().next() else {
        return Ok(None);
    };
    let person: Uuid = row.try_get("", "person_id")?;
    for key in std::iter::once(&sender.address.key).chain(&sender.also) {
        let taken = "DELETE FROM addresses WHERE town_id = $1 AND key = $2";
        run(&**unit, taken, [TOWN.into(), key.to_string().into()]).await?;
        add_address(unit, person, &sender.address, key, ids, now).await?;
    }
    super::conversations::forget(unit, person).await?;
    Ok(Some(person))
}

/// The phones of a person, in E.164.
///
/// # Errors
/// When the database fails.
pub async fn phones(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT key FROM addresses WHERE person_id = $1 AND key LIKE 'phone:%' ORDER BY key";
    let rows = all(on, sql, [person.into()]).await?;
    let keys = rows.iter().map(|row| Ok(row.try_get::<String>("", "key")?)).collect::<Result<Vec<_>>>()?;
    Ok(keys.into_iter().filter_map(|key| key.strip_prefix("phone:").map(str::to_owned)).collect())
}

/// Who has this phone (E.164).
///
/// # Errors
/// When the database fails.
pub async fn by_phone(on: &impl ConnectionTrait, phone: &str) -> Result<Option<Uuid>> {
    let sql = "SELECT person_id FROM addresses WHERE town_id = $1 AND key = $2 ORDER BY id LIMIT 1";
    let row = one(on, sql, [TOWN.into(), format!("phone:{phone}").into()]).await?;
    row.map(|row| Ok(row.try_get("", "person_id")?)).transpose()
}

/// How the person is spelled on a channel, newest first: (account, route).
///
/// # Errors
/// When the database fails.
pub async fn route_on(
    on: &impl ConnectionTrait,
    person: Uuid,
    channel: Channel,
) -> Result<Option<(String, String)>> {
    let sql =
        "SELECT account, route FROM addresses WHERE person_id = $1 AND channel = $2 ORDER BY id DESC LIMIT 1";
    let row = one(on, sql, [person.into(), channel.as_str().into()]).await?;
    row.map(|row| Ok((row.try_get("", "account")?, row.try_get("", "route")?))).transpose()
}

/// The channel that a person wants to be written to by, where they said so.
///
/// # Errors
/// When the database fails.
pub async fn preferred(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<Channel>> {
    let row = one(on, "SELECT preferred_channel FROM persons WHERE id = $1", [person.into()]).await?;
    let name: Option<String> = row.map(|row| row.try_get("", "preferred_channel")).transpose()?.flatten();
    Ok(name.and_then(|name| name.parse().ok()))
}

/// Notes by which channel a person wants to be written to.
///
/// # Errors
/// When the database fails.
pub async fn prefer(unit: &Unit, person: Uuid, channel: Channel) -> Result<()> {
    let sql = "UPDATE persons SET preferred_channel = $2 WHERE id = $1";
    run(&**unit, sql, [person.into(), channel.as_str().into()]).await?;
    Ok(())
}

async fn create(unit: &Unit, sender: &Sender, ids: &Ids, now: i64) -> Result<Uuid> {
    let person = ids.next();
    let sql = "INSERT INTO persons (id, town_id, name, created_at, last_seen_at) VALUES ($1, $2, $3, $4, $4)";
    run(&**unit, sql, [person.into(), TOWN.into(), sender.name.clone().into(), now.into()]).await?;
    Ok(person)
}

async fn add_address(
    unit: &Unit,
    person: Uuid,
    address: &Address,
    key: &AddressKey,
    ids: &Ids,
    now: i64,
) -> Result<()> {
    let sql = "INSERT INTO addresses (id, town_id, person_id, channel, account, key, route, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (town_id, channel, account, key) DO UPDATE SET route = excluded.route, person_id = excluded.person_id";
    let values = [
        ids.next().into(),
        TOWN.into(),
        person.into(),
        address.channel.as_str().into(),
        address.account.clone().into(),
        key.to_string().into(),
        address.route.clone().into(),
        now.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Where this person last wrote from: where a person of the town answers them.
///
/// # Errors
/// When the database fails.
pub async fn last_address(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<Address>> {
    let sql =
        "SELECT inbound_json FROM inbox WHERE person_id = $1 ORDER BY received_at DESC, id DESC LIMIT 1";
    let Some(row) = one(on, sql, [person.into()]).await? else { return Ok(None) };
    let text: String = row.try_get("", "inbound_json")?;
    let inbound: ventanilla_adapters::Inbound = json("inbox", person, &text)?;
    Ok(Some(inbound.from.address))
}
