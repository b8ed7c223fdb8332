//! The simulator has no log-in, so it may only be reached from its own machine.

use std::net::SocketAddr;

use thiserror::Error;

/// The simulator would have been reachable from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "the simulator lets anybody act as any citizen, so it only runs on this machine: {address} can be reached from \
     elsewhere. Listen on 127.0.0.1 or [::1] instead, or switch the simulator off"
)]
pub struct NotLoopback {
    pub address: SocketAddr,
}

/// Whoever composes the simulator asks this before listening.
pub fn loopback_only(address: SocketAddr) -> Result<(), NotLoopback> {
    // An IPv4 address may come written as IPv6.
    if address.ip().to_canonical().is_loopback() { Ok(()) } else { Err(NotLoopback { address }) }
}
