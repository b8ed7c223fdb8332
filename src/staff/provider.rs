//! A provider of identities, by OpenID Connect: where it sends people who want in, and whom it says they are.
//!
//! Authorisation code with PKCE. Between going there and coming back, what was asked is in a sealed cookie of the browser
//! that asked: any node can go on with it, and nobody else's browser. Whose account somebody's identity opens is said in
//! `identity.rs`.

use std::{
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims, CoreProviderMetadata,
        CoreTokenResponse, CoreUserInfoClaims,
    },
};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use tracing::warn;
use uuid::Uuid;

use super::{StaffError, token};
use crate::{app::App, keyring::Sealed};

/// Where the provider sends people back to.
pub const CALLBACK: &str = "/api/v1/session/provider/callback";
/// Milliseconds that signing in over there may take.
pub const PATIENCE: i64 = 10 * 60 * 1000;
/// Milliseconds after which the provider is asked again where its doors and keys are.
const FRESH: i64 = 10 * 60 * 1000;
/// Bytes that an answer of the provider may have.
const LARGEST: usize = 1 << 20;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What is known of the provider, for a while.
#[derive(Debug, Default)]
pub struct Provider(Mutex<Option<(i64, CoreProviderMetadata)>>);

/// What somebody goes to the provider for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    SignIn,
    /// The token of an invitation.
    Accept(String),
    /// The session of somebody who links their account.
    Link(Uuid),
}

/// What was asked of the provider; sealed, it waits in the browser.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attempt {
    pub aim: Aim,
    state: String,
    nonce: String,
    verifier: String,
    /// Unix milliseconds.
    expires_at: i64,
}

/// Where to send a browser, and what it keeps meanwhile.
#[derive(Clone)]
pub struct Departure {
    /// The provider's page.
    pub url: String,
    /// An [`Attempt`], sealed, fit for a cookie.
    pub sealed: String,
}

/// With what the provider sent a browser back.
#[derive(Clone, Default)]
pub struct Return {
    pub code: Option<String>,
    pub state: Option<String>,
    /// A word of OAuth, where it let nobody in: `access_denied`.
    pub error: Option<String>,
    /// Who sends them back (RFC 9207).
    pub iss: Option<String>,
}

/// Whom the provider says somebody is.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    /// In small letters; only one that the provider verified.
    pub email: Option<String>,
}

/// Sends somebody to the provider.
///
/// # Errors
/// [`StaffError::NoProvider`], [`StaffError::ProviderDown`]; else when the keyring fails.
pub async fn depart(app: &App, aim: Aim) -> Result<Departure, StaffError> {
    let (client, _) = client(app, false).await?;
    let attempt = Attempt {
        aim,
        state: token::make(&app.ids),
        nonce: token::make(&app.ids),
        verifier: token::make(&app.ids),
        expires_at: app.clock.now() + PATIENCE,
    };
    let challenge =
        PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(attempt.verifier.clone()));
    let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
    let (url, _, _) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new(state),
            || Nonce::new(nonce),
        )
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    Ok(Departure { url: url.into(), sealed: seal(app, &attempt)? })
}

/// What a browser asked for, from its cookie.
///
/// # Errors
/// [`StaffError::AttemptGone`] when the cookie is none of ours, or too old.
pub fn attempt(app: &App, sealed: &str) -> Result<Attempt, StaffError> {
    let attempt = unseal(app, sealed).filter(|attempt| app.clock.now() < attempt.expires_at);
    attempt.ok_or(StaffError::AttemptGone)
}

/// Somebody came back: who they are.
///
/// # Errors
/// [`StaffError::AttemptGone`] for another browser's way back, [`StaffError::ProviderRefused`],
/// [`StaffError::ProviderDown`] also for a token that is not to be believed.
pub async fn arrive(app: &App, attempt: &Attempt, back: &Return) -> Result<Identity, StaffError> {
    let state = back.state.as_deref().unwrap_or_default();
    if !bool::from(state.as_bytes().ct_eq(attempt.state.as_bytes())) {
        return Err(StaffError::AttemptGone);
    }
    if let Some(iss) = &back.iss
        && !same_issuer(iss, &app.config.oidc.issuer)
    {
        return Err(StaffError::AttemptGone);
    }
    let code = match (&back.error, &back.code) {
        (None, Some(code)) => AuthorizationCode::new(code.clone()),
        _ => return Err(StaffError::ProviderRefused),
    };
    let (client, metadata) = client(app, false).await?;
    let http = Line(app.http.clone());
    let asked = client.exchange_code(code).map_err(down)?;
    let answer = asked.set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
    let answer = answer.request_async(&http).await.map_err(down)?;
    let claims = match believed(app, &client, &answer, attempt) {
        Ok(claims) => claims,
        // It may have changed its keys since they were asked for.
        Err(_) => believed(app, &self::client(app, true).await?.0, &answer, attempt)?,
    };
    let mut email =
        claims.email().filter(|_| claims.email_verified() == Some(true)).map(|email| email.to_string());
    if email.is_none() && metadata.userinfo_endpoint().is_some() {
        let told =
            client.user_info(answer.access_token().clone(), Some(claims.subject().clone())).map_err(down)?;
        let told: CoreUserInfoClaims = told.request_async(&http).await.map_err(down)?;
        email = told.email().filter(|_| told.email_verified() == Some(true)).map(|email| email.to_string());
    }
    Ok(Identity {
        issuer: app.config.oidc.issuer.clone(),
        subject: claims.subject().to_string(),
        email: email.map(|email| email.to_lowercase()),
    })
}

/// The claims of an id token that the provider signed for us, now, in answer to this attempt.
fn believed(
    app: &App,
    client: &Client,
    answer: &CoreTokenResponse,
    attempt: &Attempt,
) -> Result<CoreIdTokenClaims, StaffError> {
    let now = app.clock.now();
    let verifier = client
        .id_token_verifier()
        .set_time_fn(move || chrono::DateTime::from_timestamp_millis(now).unwrap_or_default());
    let token = answer.id_token().ok_or_else(|| down("it gave no id token"))?;
    let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone())).map_err(down)?;
    if let Some(expected) = claims.access_token_hash() {
        let (key, algorithm) =
            (token.signing_key(&verifier).map_err(down)?, token.signing_alg().map_err(down)?);
        let hash = AccessTokenHash::from_token(answer.access_token(), algorithm, key).map_err(down)?;
        if hash != *expected {
            return Err(down("the id token belongs to another access token"));
        }
    }
    Ok(claims.clone())
}

/// A client of the provider. `anew`: its doors and keys are asked for again.
async fn client(app: &App, anew: bool) -> Result<(Client, CoreProviderMetadata), StaffError> {
    let config = &app.config.oidc;
    if !config.is_offered() {
        return Err(StaffError::NoProvider);
    }
    let metadata = metadata(app, anew).await?;
    let secret = Some(&config.client_secret).filter(|secret| !secret.is_empty());
    let secret = secret.map(|secret| ClientSecret::new(secret.expose().to_owned()));
    let redirect = format!("{}{CALLBACK}", app.config.server.public_url.trim_end_matches('/'));
    let client =
        CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(config.client_id.clone()), secret)
            .set_redirect_uri(RedirectUrl::new(redirect).map_err(down)?)
            .set_auth_type(shown_as(&metadata));
    Ok((client, metadata))
}

/// How the provider wants our secret: in a header unless it takes it in the body only.
fn shown_as(metadata: &CoreProviderMetadata) -> AuthType {
    let taken = metadata.token_endpoint_auth_methods_supported();
    let basic = taken.is_none_or(|taken| taken.contains(&CoreClientAuthMethod::ClientSecretBasic));
    if basic { AuthType::BasicAuth } else { AuthType::RequestBody }
}

async fn metadata(app: &App, anew: bool) -> Result<CoreProviderMetadata, StaffError> {
    let now = app.clock.now();
    let known = app.provider.known().clone();
    if let Some((asked_at, metadata)) = known
        && !anew
        && now - asked_at < FRESH
    {
        return Ok(metadata);
    }
    let issuer = IssuerUrl::new(app.config.oidc.issuer.clone()).map_err(down)?;
    let http = Line(app.http.clone());
    let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.map_err(down)?;
    *app.provider.known() = Some((now, metadata.clone()));
    Ok(metadata)
}

impl Provider {
    fn known(&self) -> MutexGuard<'_, Option<(i64, CoreProviderMetadata)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, thiserror::Error)]
enum CallError {
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    #[error("its answer is larger than {LARGEST} bytes")]
    TooLarge,
    #[error(transparent)]
    Answer(#[from] http::Error),
}

/// Calls the provider with the server's own client, which follows no redirects.
struct Line(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(call(self.0.clone(), request))
    }
}

async fn call(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, CallError> {
    let mut answer = client.execute(reqwest::Request::try_from(request)?).await?;
    let mut built = http::Response::builder().status(answer.status());
    if let Some(headers) = built.headers_mut() {
        headers.clone_from(answer.headers());
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LARGEST {
            return Err(CallError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(built.body(body)?)
}

/// What went wrong over there is for the log; nothing of who wanted in stands in it.
fn down(err: impl std::fmt::Display) -> StaffError {
    warn!("the provider of identities cannot be used: {err}");
    StaffError::ProviderDown
}

/// With and without a slash at the end are one.
fn same_issuer(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// `<key id>.<hex>`.
fn seal(app: &App, attempt: &Attempt) -> Result<String, StaffError> {
    let plain = serde_json::to_vec(attempt).unwrap_or_default();
    let sealed = app.keyring.seal(&plain, &app.ids)?;
    Ok(format!("{}.{}", sealed.key_id, hex::encode(sealed.bytes)))
}

fn unseal(app: &App, text: &str) -> Option<Attempt> {
    let (key_id, bytes) = text.split_once('.')?;
    let sealed = Sealed { key_id: key_id.to_owned(), bytes: hex::decode(bytes).ok()? };
    serde_json::from_slice(&app.keyring.open(&sealed).ok()?).ok()
}

/// Tokens stay out of logs.
impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Aim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::SignIn => "SignIn",
            Self::Accept(_) => "Accept(…)",
            Self::Link(_) => "Link(…)",
        })
    }
}

impl std::fmt::Debug for Departure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Departure").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Return {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Return").field("error", &self.error).finish_non_exhaustive()
    }
}

/// Who somebody is stays out of logs.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
