//! How our account at Meta is doing -> [`AccountNews`]. Called by `payload`; it translates into words for the town's
//! staff and decides nothing: who is told, and how loudly, is the server's.

pub(super) mod table;

use serde_json::Value;

use super::{Number, errors};
use crate::{AccountKind, AccountNews, Fault, Severity, lenient::word, text::storable};

/// The fields of a change that are news of the account.
pub(super) const FIELDS: [&str; 10] = [
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "message_template_quality_update",
    "message_template_status_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "template_category_update",
];

const LONGEST_STATE: usize = 64;
const LONGEST_ABOUT: usize = 560;

/// One change of one of the [`FIELDS`]; empty where it says nothing readable. `waba` names the account where no
/// number of ours is named.
pub(super) fn news(field: &str, value: &Value, waba: &str, numbers: &[Number]) -> Vec<AccountNews> {
    let about = about(field, value);
    let account = ours(value, numbers).unwrap_or(waba);
    states(field, value)
        .into_iter()
        .map(|state| {
            let row = table::find(field, &state);
            AccountNews {
                account: account.to_owned(),
                kind: row.kind,
                severity: severity(field, value).unwrap_or(row.severity),
                sentence: table::sentence(row, about.as_deref(), &state),
                about: about.clone(),
                state,
            }
        })
        .collect()
}

/// An error that Meta reports beside the messages: it belongs to none of them. `None` without a code.
pub(super) fn error(error: &Value, account: &str) -> Option<AccountNews> {
    let code: i64 = word(error.get("code"))?.parse().ok()?;
    let row = errors::find(code);
    let sentence = match row {
        Some(row) => row.sentence.to_owned(),
        None => format!("WhatsApp avisó de una falla que no conocemos ({code}): avisa a soporte."),
    };
    let stops = row.is_some_and(|row| row.fault == Fault::Account);
    Some(AccountNews {
        account: account.to_owned(),
        kind: if errors::is_access(code) { AccountKind::Access } else { AccountKind::Account },
        severity: if stops { Severity::Critical } else { Severity::Warning },
        about: None,
        state: code.to_string(),
        sentence,
    })
}

/// What Meta decided, in its own words. An account may be restricted in several ways at once.
fn states(field: &str, value: &Value) -> Vec<String> {
    let at = |pointer: &str| state(value.pointer(pointer));
    match field {
        "message_template_quality_update" => at("/new_quality_score").into_iter().collect(),
        "template_category_update" => at("/new_category").into_iter().collect(),
        "phone_number_name_update" | "account_review_update" => at("/decision").into_iter().collect(),
        "account_alerts" => at("/alert_info/alert_type").or_else(|| at("/alert_type")).into_iter().collect(),
        "business_capability_update" => {
            let limit = at("/max_daily_conversations_per_business");
            limit.or_else(|| at("/max_daily_conversation_per_phone")).into_iter().collect()
        }
        "account_update" => account_states(value),
        _ => at("/event").into_iter().collect(),
    }
}

fn account_states(value: &Value) -> Vec<String> {
    let restrictions: Vec<String> = value
        .get("restriction_info")
        .and_then(Value::as_array)
        .map(|all| all.iter().filter_map(|one| state(one.get("restriction_type"))).collect())
        .unwrap_or_default();
    let ban = state(value.pointer("/ban_info/waba_ban_state"));
    match (restrictions.is_empty(), ban) {
        (false, _) => restrictions,
        (true, Some(ban)) => vec![ban],
        (true, None) => state(value.get("event")).into_iter().collect(),
    }
}

/// Safe to store, to compare and to log.
fn state(value: Option<&Value>) -> Option<String> {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_uppercase() } else { '_' };
    Some(word(value)?.chars().take(LONGEST_STATE).map(safe).collect())
}

/// `name/language` of a template, or the number as Meta writes it.
fn about(field: &str, value: &Value) -> Option<String> {
    let said = |key: &str| word(value.get(key));
    let about = if field.contains("template") {
        let name = said("message_template_name")?;
        said("message_template_language").map_or(name.clone(), |language| format!("{name}/{language}"))
    } else {
        ["display_phone_number", "phone_number", "entity_id"].into_iter().find_map(said)?
    };
    let plain = |c: &char| c.is_alphanumeric() || "/_-+.() ".contains(*c);
    Some(storable(&about).chars().filter(plain).take(LONGEST_ABOUT).collect())
}

/// The number of ours that is meant, however Meta spells it.
fn ours<'n>(value: &Value, numbers: &'n [Number]) -> Option<&'n str> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let told = word(value.get("display_phone_number")).or_else(|| word(value.get("phone_number")));
    let told = told.map(|told| digits(&told)).unwrap_or_default();
    let entity = word(value.get("entity_id"));
    let is_it = |number: &&Number| {
        entity.as_deref() == Some(&number.phone_number_id)
            || !told.is_empty() && digits(&number.display_phone) == told
    };
    numbers.iter().find(is_it).map(|number| number.phone_number_id.as_str())
}

/// Alerts say themselves how grave they are; one that is over is only news.
fn severity(field: &str, value: &Value) -> Option<Severity> {
    let alert = value.get("alert_info").unwrap_or(value);
    if field != "account_alerts" {
        return None;
    }
    if state(alert.get("alert_status")).as_deref() == Some("NONE") {
        return Some(Severity::Info);
    }
    match state(alert.get("alert_severity")).as_deref() {
        Some("CRITICAL") => Some(Severity::Critical),
        Some("INFORMATIONAL") => Some(Severity::Info),
        _ => Some(Severity::Warning),
    }
}
