//! How phones are named inside the simulator: digits without a plus, Mexican mobiles without the old 1.

use crate::simulator::BadPhone;

/// 8 to 15 digits. `521` and ten digits is the old spelling of `52` and the same ten: one phone.
pub(super) fn key(digits: &str) -> Result<String, BadPhone> {
    if !(8..=15).contains(&digits.len())
        || digits.starts_with('0')
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Err(BadPhone);
    }
    match digits.strip_prefix("521") {
        Some(national) if national.len() == 10 => Ok(format!("52{national}")),
        _ => Ok(digits.to_owned()),
    }
}
