//! Persons and their addresses.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Sender};

use super::{Result, TOWN, Unit, json, one, run};
use crate::ids::Ids;

/// The person behind a sender: known by this address, by the same phone on another channel, or by another key that
/// the same message showed; else new. All keys of the sender lead to the person from now on.
///
/// # Errors
/// When the database fails.
pub async fn resolve(unit: &Unit, sender: &Sender, ids: &Ids, now: i64) -> Result<Uuid> {
    let keys: Vec<&AddressKey> = std::iter::once(&sender.address.key).chain(&sender.also).collect();
    let person = match known(unit, &keys).await? {
        Some(person) => person,
        None => create(unit, sender, ids, now).await?,
    };
    for key in keys {
        add_address(unit, person, &sender.address, key, ids, now).await?;
    }
    Ok(person)
}

async fn known(unit: &Unit, keys: &[&AddressKey]) -> Result<Option<Uuid>> {
    for key in keys {
        let sql = "SELECT person_id FROM addresses WHERE town_id = $1 AND key = $2 ORDER BY id LIMIT 1";
        if let Some(row) = one(&**unit, sql, [TOWN.into(), key.to_string().into()]).await? {
            return Ok(Some(row.try_get("", "person_id")?));
        }
    }
    Ok(None)
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
               ON CONFLICT (town_id, channel, account, key) DO UPDATE SET route = excluded.route";
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
