//! Signatures as Standard Webhooks has them: HMAC-SHA256 of id, moment and body, so that a receiver knows who sent it and
//! that it is neither changed nor old.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The value of the header `webhook-signature`. `at` is in Unix seconds.
///
/// ```
/// let key = b"an example of 24 bytes..";
/// let signature = ventanilla::webhooks::signature(key, "msg_1", 1_795_449_600, "{}");
/// assert!(signature.starts_with("v1,"));
/// ```
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
pub fn signature(key: &[u8], id: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_signs_as_the_standard_shows() {
        // The example of the specification's reference libraries.
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let made = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(made, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
