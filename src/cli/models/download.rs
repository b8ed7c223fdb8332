//! One file over the network: never longer than it should be, never kept when its checksum is wrong.

use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use reqwest::{Client, Response, StatusCode, Url, header::LOCATION};
use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt as _};

use super::pins::Pin;
use crate::app::http_client;

/// The longest download. Half a gigabyte over a line of a town hall may take long.
const WHOLE: Duration = Duration::from_secs(6 * 3600);
/// Nothing came for so long: the line is dead.
const SILENCE: Duration = Duration::from_secs(60);
/// The hub sends on to its store, and that may send on once more.
const REDIRECTS: usize = 5;
/// PyPI's page of one version has some 5 kB.
const LONGEST_PAGE: usize = 1 << 20;

/// Why there is no file. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    #[error(
        "{0} does not answer: {1}. Is this machine connected? What was downloaded elsewhere can be imported"
    )]
    Unreachable(String, String),
    #[error("{0} answers {1}")]
    Status(String, StatusCode),
    #[error("{0} sends on to an address that is not safe, or too often")]
    Redirected(String),
    #[error("{0} does not list {1}")]
    NotListed(String, &'static str),
    #[error("{file}: the download broke off after {got} of {expected} bytes; try again")]
    CutOff { file: &'static str, got: u64, expected: u64 },
    #[error("{file} is longer than the {expected} bytes that it should have; the rest was not read")]
    TooLarge { file: &'static str, expected: u64 },
    #[error("{file} is not what we tried: SHA-256 is {found}, expected {expected}; nothing of it was kept")]
    Checksum { file: &'static str, found: String, expected: &'static str },
    #[error("{0} cannot be written: {1}")]
    Disk(PathBuf, #[source] std::io::Error),
}

/// How the network is asked.
#[derive(Debug, Clone)]
pub struct Web {
    client: Client,
    /// Addresses need not be safe: tests, on loopback.
    trusting: bool,
}

impl Web {
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(trusting: bool) -> anyhow::Result<Self> {
        Ok(Self { client: http_client(WHOLE)?, trusting })
    }

    /// A page of JSON.
    ///
    /// # Errors
    /// When there is none.
    pub async fn page(&self, address: &str) -> Result<serde_json::Value, DownloadError> {
        let mut response = self.open(address).await?;
        let mut page = Vec::new();
        while let Some(part) = next(&mut response).await.map_err(|why| unreachable(address, why))? {
            page.extend_from_slice(&part);
            if page.len() > LONGEST_PAGE {
                return Err(unreachable(address, "its answer is too long"));
            }
        }
        serde_json::from_slice(&page).map_err(|err| unreachable(address, err))
    }

    /// Fetches what is pinned into `folder`, where it has its own name. It is named so only when it is whole and right.
    ///
    /// # Errors
    /// When it is not.
    pub async fn fetch(&self, address: &str, pin: &Pin, folder: &Path) -> Result<(), DownloadError> {
        let unfinished = folder.join(format!("{}.part", pin.file));
        let fetched = self.fetch_to(address, pin, &unfinished).await;
        let kept = match fetched {
            Ok(()) => tokio::fs::rename(&unfinished, folder.join(pin.file)).await.map_err(disk(&unfinished)),
            Err(why) => Err(why),
        };
        if kept.is_err() {
            tokio::fs::remove_file(&unfinished).await.ok();
        }
        kept
    }

    async fn fetch_to(&self, address: &str, pin: &Pin, path: &Path) -> Result<(), DownloadError> {
        let mut response = self.open(address).await?;
        let mut file = File::create(path).await.map_err(disk(path))?;
        let mut tally = Tally::new(pin);
        tally.expect(response.content_length().unwrap_or_default())?;
        // A line that breaks is a file that is too short.
        while let Ok(Some(part)) = next(&mut response).await {
            tally.add(&part)?;
            file.write_all(&part).await.map_err(disk(path))?;
        }
        tally.check()?;
        file.sync_all().await.map_err(disk(path))
    }

    /// The client follows no redirects by itself, so that none leads from https to http.
    async fn open(&self, address: &str) -> Result<Response, DownloadError> {
        let mut url = Url::parse(address).map_err(|err| unreachable(address, err))?;
        for _ in 0..=REDIRECTS {
            if url.scheme() != "https" && !self.trusting {
                break;
            }
            let response =
                self.client.get(url.clone()).send().await.map_err(|err| unreachable(address, chain(&err)))?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            let onwards = response.headers().get(LOCATION).and_then(|to| url.join(to.to_str().ok()?).ok());
            url = match onwards {
                Some(onwards) if status.is_redirection() => onwards,
                _ => return Err(DownloadError::Status(address.to_owned(), status)),
            };
        }
        Err(DownloadError::Redirected(address.to_owned()))
    }
}

async fn next(response: &mut Response) -> Result<Option<bytes::Bytes>, String> {
    match tokio::time::timeout(SILENCE, response.chunk()).await {
        Ok(part) => part.map_err(|err| chain(&err)),
        Err(_) => Err("nothing came for a minute".to_owned()),
    }
}

/// Counts and hashes what comes, and says on stderr how far it is.
struct Tally<'a> {
    pin: &'a Pin,
    hash: Sha256,
    got: u64,
    /// Steps that were said, see [`Tally::say`].
    said: u64,
}

impl<'a> Tally<'a> {
    fn new(pin: &'a Pin) -> Self {
        Self { pin, hash: Sha256::new(), got: 0, said: 0 }
    }

    fn expect(&self, bytes: u64) -> Result<(), DownloadError> {
        let Pin { file, bytes: expected, .. } = *self.pin;
        if bytes > expected { Err(DownloadError::TooLarge { file, expected }) } else { Ok(()) }
    }

    fn add(&mut self, part: &[u8]) -> Result<(), DownloadError> {
        self.got += part.len() as u64;
        self.expect(self.got)?;
        self.hash.update(part);
        self.say();
        Ok(())
    }

    fn check(self) -> Result<(), DownloadError> {
        let Pin { file, bytes: expected, sha256, .. } = *self.pin;
        if self.got < expected {
            return Err(DownloadError::CutOff { file, got: self.got, expected });
        }
        let found = hex::encode(self.hash.finalize());
        if found != sha256 {
            return Err(DownloadError::Checksum { file, found, expected: sha256 });
        }
        Ok(())
    }

    /// Every hundredth on a terminal, on one line; elsewhere (a log) every quarter.
    fn say(&mut self) {
        let mut stderr = std::io::stderr();
        let (steps, start, end) = if stderr.is_terminal() { (100, "\r", "") } else { (4, "", "\n") };
        let step = self.got * steps / self.pin.bytes.max(1);
        if step == self.said {
            return;
        }
        self.said = step;
        let end = if step == steps { "\n" } else { end };
        // Progress that nobody can see is no reason to stop.
        write!(stderr, "{start}{}  {} %{end}", self.pin.file, step * 100 / steps).ok();
    }
}

fn unreachable(address: &str, why: impl std::fmt::Display) -> DownloadError {
    DownloadError::Unreachable(address.to_owned(), why.to_string())
}

/// reqwest says the reason only in the sources of its errors.
fn chain(err: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = err;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> DownloadError {
    let path = path.to_owned();
    move |err| DownloadError::Disk(path, err)
}
