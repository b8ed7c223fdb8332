//! People of the town: how they come in, what they may do, how they go, and what stays written of it.

mod accounts;
mod audit;
mod factor;
mod identity;
mod keys;
mod links;
mod sessions;
mod walk;
