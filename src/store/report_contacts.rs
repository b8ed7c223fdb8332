//! How to reach who filed a report through another system. Apart from the report, so that it can be erased alone; no
//! public surface ever shows it.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Result, TOWN, Unit, one, run};

/// What somebody said of themselves; all of it is optional.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// As the app that they used calls their device, and them.
    pub device_id: Option<String>,
    pub account_id: Option<String>,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who it is stays out of logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// Keeps how to reach who filed a report; what was known before is replaced.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, report: Uuid, contact: &Contact) -> Result<()> {
    let sql = "INSERT INTO report_contacts (report_id, town_id, name, phone, email, device_id, account_id) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (report_id) DO UPDATE SET name = $3, phone = $4, \
               email = $5, device_id = $6, account_id = $7";
    let Contact { name, phone, email, device_id, account_id } = contact.clone();
    let values = [
        report.into(),
        TOWN.into(),
        name.into(),
        phone.into(),
        email.into(),
        device_id.into(),
        account_id.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// How to reach who filed a report, where they said so.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Option<Contact>> {
    let row = one(on, "SELECT * FROM report_contacts WHERE report_id = $1", [report.into()]).await?;
    row.map(|row| {
        Ok(Contact {
            name: row.try_get("", "name")?,
            phone: row.try_get("", "phone")?,
            email: row.try_get("", "email")?,
            device_id: row.try_get("", "device_id")?,
            account_id: row.try_get("", "account_id")?,
        })
    })
    .transpose()
}

/// Forgets it. `false` where nothing was known.
///
/// # Errors
/// When the database fails.
pub async fn erase(unit: &Unit, report: Uuid) -> Result<bool> {
    Ok(run(&**unit, "DELETE FROM report_contacts WHERE report_id = $1", [report.into()]).await? > 0)
}
