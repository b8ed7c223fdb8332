//! What strangers name by an address: fetched from where anybody may look, and never from networks of our own. Without
//! this, a report could make the server ask machines of the town hall.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::LOCATION,
};
use tracing::warn;

use super::photos::NotTaken;
use crate::app::App;

/// A file that was moved is looked for there, so often.
const REDIRECTS: usize = 3;

/// Whether an address may be asked at all. Whether its name leads into a network of ours shows when it is looked up.
pub fn may_be_fetched(own_hosts: &[String], url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| is_own(own_hosts, &url) || is_outside(&url))
}

fn is_own(own_hosts: &[String], url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let full = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    matches!(url.scheme(), "http" | "https") && own_hosts.contains(&full)
}

fn is_outside(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let named = host.contains('.') && !host.ends_with('.');
    let safe = literal.map_or(named, is_public);
    url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && safe
}

/// Fetches it, no larger than a photo may be.
pub(super) async fn get(app: &App, url: &str) -> Result<Bytes, NotTaken> {
    let mut url = Url::parse(url).map_err(|_| NotTaken::Forbidden)?;
    for _ in 0..=REDIRECTS {
        let own = is_own(&app.config.open311.photo_hosts, &url);
        if !own && !is_outside(&url) {
            return Err(NotTaken::Forbidden);
        }
        let client = if own { &app.http } else { &app.outside };
        let answer = client
            .get(url.clone())
            .send()
            .await
            .map_err(|err| if is_refused(&err) { NotTaken::Forbidden } else { NotTaken::Unreachable })?;
        if answer.status().is_redirection() {
            let next = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            url = next.and_then(|next| url.join(next).ok()).ok_or(NotTaken::Missing)?;
            continue;
        }
        return read(app, answer).await;
    }
    Err(NotTaken::Missing)
}

async fn read(app: &App, mut answer: reqwest::Response) -> Result<Bytes, NotTaken> {
    let status = answer.status();
    if !status.is_success() {
        warn!(status = status.as_u16(), "a photo could not be fetched: {status}");
        return Err(if status.is_client_error() { NotTaken::Missing } else { NotTaken::Unreachable });
    }
    let most = app.config.open311.photo_bytes();
    let mut bytes = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| NotTaken::Unreachable)? {
        if bytes.len() + chunk.len() > most {
            return Err(NotTaken::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// Finds names, and only where anybody may look: nobody makes this server ask machines of the town hall.
#[derive(Debug, Clone, Copy)]
pub struct OutsideOnly;

/// A name leads to nothing but networks of our own.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
struct Refused;

impl Resolve for OutsideOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<_> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<_> = found.into_iter().filter(|at| is_public(at.ip())).collect();
            if public.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

fn is_refused(err: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(err);
    while let Some(why) = cause {
        if why.is::<Refused>() {
            return true;
        }
        cause = why.source();
    }
    false
}

fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        // RFC 6598 (of providers), 6890, 2544; what was never given out.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        || a == 0
        || a >= 240;
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // Global unicast; without documentation, and without the tunnels that lead to an IPv4 address.
    let [first, second, ..] = ip.segments();
    let tunnel = first == 0x2002 || (first == 0x2001 && second == 0);
    first & 0xE000 == 0x2000 && !tunnel && !(first == 0x2001 && second == 0xDB8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_of_our_own_are_nobodys_to_look_at() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "ff02::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["8.8.8.8", "189.203.1.1", "2606:4700::1111"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn only_safe_addresses_may_be_fetched() {
        let own = ["files.town.local".to_owned(), "10.0.0.5:8080".to_owned()];
        for (url, may) in [
            ("https://example.org/a.jpg", true),
            ("https://8.8.8.8/a.jpg", true),
            ("http://files.town.local/a.jpg", true),
            ("http://10.0.0.5:8080/a.jpg", true),
            ("http://10.0.0.5/a.jpg", false),
            ("http://example.org/a.jpg", false),
            ("https://127.0.0.1/a.jpg", false),
            ("https://2130706433/a.jpg", false),
            ("https://0x7f.1/a.jpg", false),
            ("https://[::1]/a.jpg", false),
            ("https://[::ffff:10.0.0.1]/a.jpg", false),
            ("https://localhost/a.jpg", false),
            ("https://user@example.org/a.jpg", false),
            ("ftp://example.org/a.jpg", false),
            ("file:///etc/passwd", false),
            ("a.jpg", false),
        ] {
            assert_eq!(may_be_fetched(&own, url), may, "{url}");
        }
    }
}
