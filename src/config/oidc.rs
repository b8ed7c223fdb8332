//! Signing in with the account of a state or a town.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// A provider of identities, by OpenID Connect.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Secret,
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    pub name: String,
    pub asks_second_factor: bool,
}

impl Oidc {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        self.client_secret.read_file("oidc.client_secret", self.client_secret_file.as_deref(), wrong);
        if self.issuer.is_empty() {
            return;
        }
        if !is_safe(&self.issuer) {
            wrong.push(format!(
                "oidc.issuer: '{}' must begin with https:// (http:// only for this machine itself)",
                self.issuer
            ));
        }
        if self.client_id.is_empty() {
            wrong.push(
                "oidc.client_id: needed; the provider gives it when you register Ventanilla".to_owned(),
            );
        }
        if self.name.trim().is_empty() {
            wrong.push(
                "oidc.name: what the button on the sign-in page says, for instance \"Llave MX\"".to_owned(),
            );
        }
    }

    /// Whether people may sign in there.
    pub fn is_offered(&self) -> bool {
        !self.issuer.is_empty()
    }
}

/// Nobody on the way can read or change what is said.
pub(super) fn is_safe(issuer: &str) -> bool {
    let here = |host: &str| host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    match issuer.split_once("://") {
        Some(("https", rest)) => !rest.is_empty(),
        Some(("http", rest)) => {
            let authority = rest.split('/').next().unwrap_or_default();
            here(authority.rsplit_once(':').map_or(authority, |(host, _)| host)) || here(authority)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn what_lacks_is_named_key_by_key() {
        let said = Config::from_toml("[oidc]\nissuer = \"http://id.example.mx\"").unwrap_err().to_string();
        for key in ["oidc.issuer", "oidc.client_id", "oidc.name"] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn only_this_machine_is_believed_without_tls() {
        for (issuer, safe) in [
            ("https://id.example.mx/realms/estado", true),
            ("http://127.0.0.1:3000", true),
            ("http://[::1]:3000/", true),
            ("http://localhost", true),
            ("http://localhost.example.mx", false),
            ("http://127.0.0.1.example.mx:80", false),
            ("id.example.mx", false),
            ("https://", false),
        ] {
            assert_eq!(is_safe(issuer), safe, "{issuer}");
        }
    }
}
