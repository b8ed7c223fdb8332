//! The second factor: a code of an authenticator app (TOTP, RFC 6238), or one of ten recovery codes.
//!
//! The app's secret is sealed by the keyring, and a code opens a door once. It is asked for from the first code on that
//! was typed: a secret that never reached a phone locks nobody out.

use qrcode::{QrCode, render::svg};
use serde_json::json;
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Totp};
use uuid::Uuid;

use super::{Role, StaffError, StaffRow, named, note};
use crate::{
    app::App,
    config::SecondFactor,
    store::{self, Unit, recovery_codes::HashedCode},
};

/// Bytes of a secret: as many as SHA-1 gives (RFC 4226, 4).
const SECRET: usize = 20;
const CODES: usize = 10;
/// Signs that nobody takes for another, ten of them: 49 bits.
const SIGNS: [char; 31] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x',
    'y', 'z', '2', '3', '4', '5', '6', '7', '8', '9',
];
const HALF: usize = 5;

/// What an authenticator app needs, in three forms of which a person uses one.
#[derive(Clone)]
pub struct Begun {
    /// Base32, to type.
    pub secret: String,
    /// `otpauth://…`, to open.
    pub uri: String,
    /// The same as a picture, to photograph.
    pub qr_svg: String,
}

/// Whether the town demands a second factor of somebody with these roles.
pub fn is_demanded(policy: SecondFactor, roles: &[Role]) -> bool {
    match policy {
        SecondFactor::Optional => false,
        SecondFactor::Admins => roles.iter().any(|role| matches!(role, Role::Admin | Role::Privacy)),
        SecondFactor::Required => true,
    }
}

/// Makes a secret, which waits for its first code.
///
/// # Errors
/// [`StaffError::SecondFactorThere`]; else when the database or the keyring fails.
pub async fn begin(app: &App, id: Uuid) -> Result<Begun, StaffError> {
    let unit = app.store.unit().await?;
    let staff = by_id(&unit, id).await?;
    if staff.totp_since.is_some() {
        return Err(StaffError::SecondFactorThere);
    }
    let secret = app.ids.bytes::<SECRET>();
    let totp = totp(&secret, &app.contents.active.catalogue.town().name, &staff.email)?;
    store::staff::set_totp(&unit, id, Some(app.keyring.seal(&secret, &app.ids)?)).await?;
    note(app, &unit, &named(id), "second_factor.begin", &named(id), &json!({})).await?;
    unit.commit().await?;
    let uri = totp.to_url().map_err(unusable)?;
    let picture = QrCode::new(&uri).map_err(unusable)?;
    let qr_svg = picture.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(Begun { secret: totp.secret().to_base32(), uri, qr_svg })
}

/// The first code was typed: from now on one is asked for. Gives recovery codes, which are shown once.
///
/// # Errors
/// [`StaffError::WrongCode`], [`StaffError::SecondFactorThere`], [`StaffError::SecondFactorMissing`]; else when the
/// database or the keyring fails.
pub async fn confirm(app: &App, id: Uuid, code: &str) -> Result<Vec<String>, StaffError> {
    let unit = app.store.unit().await?;
    let staff = by_id(&unit, id).await?;
    if staff.totp_since.is_some() {
        return Err(StaffError::SecondFactorThere);
    }
    let step = step_of(app, &staff, code)?.ok_or(StaffError::WrongCode)?;
    store::staff::confirm_totp(&unit, id, app.clock.now()).await?;
    store::staff::use_totp_step(&unit, id, step).await?;
    let codes = new_codes(app, &unit, id).await?;
    note(app, &unit, &named(id), "second_factor.confirm", &named(id), &json!({})).await?;
    unit.commit().await?;
    Ok(codes)
}

/// New recovery codes, in place of those that are left.
///
/// # Errors
/// [`StaffError::SecondFactorMissing`]; else when the database fails.
pub async fn renew_codes(app: &App, id: Uuid) -> Result<Vec<String>, StaffError> {
    let unit = app.store.unit().await?;
    if by_id(&unit, id).await?.totp_since.is_none() {
        return Err(StaffError::SecondFactorMissing);
    }
    let codes = new_codes(app, &unit, id).await?;
    note(app, &unit, &named(id), "second_factor.codes", &named(id), &json!({})).await?;
    unit.commit().await?;
    Ok(codes)
}

/// Takes the second factor of somebody away, with their recovery codes.
///
/// # Errors
/// [`StaffError::NoSuch`]; else when the database fails.
pub async fn remove(app: &App, actor: &str, id: Uuid) -> Result<(), StaffError> {
    let unit = app.store.unit().await?;
    by_id(&unit, id).await?;
    store::staff::set_totp(&unit, id, None).await?;
    store::recovery_codes::replace(&unit, id, &[]).await?;
    note(app, &unit, actor, "second_factor.remove", &named(id), &json!({})).await?;
    Ok(unit.commit().await?)
}

/// Uses a code up: of the app, or a recovery code.
///
/// # Errors
/// [`StaffError::WrongCode`], also for one that was used before; else when the database or the keyring fails.
pub(super) async fn check(app: &App, unit: &Unit, staff: &StaffRow, code: &str) -> Result<(), StaffError> {
    if let Some(step) = step_of(app, staff, code)? {
        let fresh = store::staff::use_totp_step(unit, staff.id, step).await?;
        return if fresh { Ok(()) } else { Err(StaffError::WrongCode) };
    }
    let wanted = bare(code);
    for known in store::recovery_codes::left(&**unit, staff.id).await? {
        let hash = app.keyring.hash_with(&known.key_id, &purpose(staff.id), &wanted)?;
        if bool::from(hash.ct_eq(&known.hash)) && store::recovery_codes::use_up(unit, staff.id, &hash).await?
        {
            let detail = json!({ "left": store::recovery_codes::left(&**unit, staff.id).await?.len() });
            note(app, unit, &named(staff.id), "second_factor.recovery", &named(staff.id), &detail).await?;
            return Ok(());
        }
    }
    Err(StaffError::WrongCode)
}

async fn by_id(unit: &Unit, id: Uuid) -> Result<StaffRow, StaffError> {
    store::staff::by_id(&**unit, id).await?.ok_or(StaffError::NoSuch("person"))
}

/// The number of the 30 seconds whose code this is: now, the ones before or the ones after (RFC 6238, 5.2).
fn step_of(app: &App, staff: &StaffRow, code: &str) -> Result<Option<i64>, StaffError> {
    let sealed = staff.totp.as_ref().ok_or(StaffError::SecondFactorMissing)?;
    let totp = totp(&app.keyring.open(sealed)?, "", &staff.email)?;
    let seconds = u64::try_from(app.clock.now() / 1000).unwrap_or(0);
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    Ok(totp.check(&code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// Colons part the name of the town from that of the account, so neither has one.
fn totp(secret: &[u8], town: &str, email: &str) -> Result<Totp, StaffError> {
    let issuer = format!("Ventanilla {}", town.replace(':', " "));
    let builder = Builder::new().with_secret(secret.to_vec()).with_account_name(email.replace(':', " "));
    builder.with_issuer(Some(issuer.trim())).build().map_err(unusable)
}

fn unusable(err: impl std::fmt::Display) -> StaffError {
    StaffError::SecondFactor(err.to_string())
}

async fn new_codes(app: &App, unit: &Unit, id: Uuid) -> Result<Vec<String>, StaffError> {
    let codes: Vec<String> = (0..CODES).map(|_| new_code(app)).collect();
    let hashed = codes.iter().map(|code| {
        let (key_id, hash) = app.keyring.hash(&purpose(id), &bare(code));
        HashedCode { key_id, hash }
    });
    store::recovery_codes::replace(unit, id, &hashed.collect::<Vec<_>>()).await?;
    Ok(codes)
}

/// `k3m7p-xw2qd`
fn new_code(app: &App) -> String {
    let sign = || SIGNS.get(app.ids.number(31) as usize).copied().unwrap_or('a');
    let half = || (0..HALF).map(|_| sign()).collect::<String>();
    format!("{}-{}", half(), half())
}

/// However it was typed.
fn bare(code: &str) -> String {
    code.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A hash is good for one person only.
fn purpose(id: Uuid) -> String {
    format!("recovery {id}")
}

/// The secret stays out of logs.
impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Begun")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_town_says_who_needs_a_second_factor() {
        use SecondFactor as S;
        for (policy, agent, admin) in
            [(S::Optional, false, false), (S::Admins, false, true), (S::Required, true, true)]
        {
            assert_eq!(is_demanded(policy, &[Role::Agent]), agent, "{policy:?}");
            assert_eq!(is_demanded(policy, &[Role::Agent, Role::Admin]), admin, "{policy:?}");
            assert_eq!(is_demanded(policy, &[Role::Privacy]), admin, "{policy:?}");
        }
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        for typed in ["k3m7p-xw2qd", "K3M7P XW2QD", " k3m7pxw2qd "] {
            assert_eq!(bare(typed), "k3m7pxw2qd");
        }
    }

    /// RFC 6238, appendix B: the secret is the digits, the code of 59 seconds is 94287082.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = totp(b"12345678901234567890", "Puerto: Ceiba", "ana@example.mx").unwrap();
        assert_eq!(totp.generate(59).to_string(), "287082");
        let uri = totp.to_url().unwrap();
        assert!(uri.starts_with("otpauth://totp/Ventanilla%20Puerto"), "{uri}");
    }
}
