//! The handshake Meta makes when somebody saves the callback address: a GET with a challenge that must come back.

use thiserror::Error;

use super::Inner;

/// Why the town's webhook address was not accepted, and what to look at.
#[derive(Debug, Error)]
pub enum VerifyError {
    #[error("no answer from the webhook address {url}: is the server listening there? ({source})")]
    Unreachable { url: String, source: reqwest::Error },
    #[error(
        "the webhook address {url} answered {status} to the handshake, not 200: give the server and the simulator the \
         same verify token"
    )]
    Refused { url: String, status: u16 },
    #[error("the webhook address {url} answered 200 but did not send the challenge back as it was")]
    NoEcho { url: String },
}

impl Inner {
    pub(super) async fn verify(&self) -> Result<(), VerifyError> {
        let challenge = format!("{}", 1_000_000_000 + rand::random::<u64>() % 1_000_000_000);
        let mut asked = self.webhook_url.clone();
        asked
            .query_pairs_mut()
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", &challenge)
            .append_pair("hub.verify_token", &self.verify_token);
        // Without the query: it holds the token.
        let url = self.webhook_url.to_string();
        let unreachable = |error: reqwest::Error| error.without_url();
        let request = self.http.get(asked).timeout(self.tuning.post_timeout);
        let answer = match request.send().await.map_err(unreachable) {
            Ok(answer) => answer,
            Err(source) => return Err(VerifyError::Unreachable { url, source }),
        };
        let status = answer.status();
        if status != reqwest::StatusCode::OK {
            return Err(VerifyError::Refused { url, status: status.as_u16() });
        }
        match answer.text().await.map_err(unreachable) {
            Ok(echo) if echo == challenge => Ok(()),
            Ok(_) => Err(VerifyError::NoEcho { url }),
            Err(source) => Err(VerifyError::Unreachable { url, source }),
        }
    }
}
