//! Where a request of somebody of the town comes from: what the list of their devices shows, and what tries to sign in are
//! counted by.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};

use crate::staff::sessions::Caller;

/// Names that tell browsers apart; the first that is found, for they all call themselves Mozilla and Safari too.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
        Ok(Self { address: address(peer, &parts.headers), device: device(agent.unwrap_or_default()) })
    }
}

/// The peer's address; behind a proxy of this machine, the one that the proxy saw. What stands before it in the header
/// was written by whoever wanted to.
fn address(peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        last.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let from = peer.filter(|peer| !peer.is_loopback()).or_else(forwarded).or(peer);
    from.map(|from| from.to_canonical().to_string()).unwrap_or_default()
}

fn device(agent: &str) -> String {
    let named = |list: &[(&str, &'static str)]| {
        list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_as_its_owner_knows_it() {
        for (agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0",
                "Edge, Windows",
            ),
            ("curl/8.1", ""),
        ] {
            assert_eq!(device(agent), name);
        }
    }

    #[test]
    fn only_a_proxy_of_this_machine_is_believed() {
        let headers = HeaderMap::from_iter([(
            "x-forwarded-for".parse().unwrap(),
            "1.2.3.4, 203.0.113.9".parse().unwrap(),
        )]);
        let from = |peer: &str| address(Some(peer.parse().unwrap()), &headers);
        assert_eq!(from("127.0.0.1"), "203.0.113.9");
        assert_eq!(from("198.51.100.7"), "198.51.100.7");
        assert_eq!(address(Some("::1".parse().unwrap()), &HeaderMap::new()), "::1");
    }
}
