//! Open311, through its public doors: GeoReport v2's conformance, bullet by bullet, `FixMyStreet`'s updates, and the client
//! that talks with other endpoints.

mod client;
mod discovery;
mod filing;
mod limits;
mod other;
mod photos;
mod privacy;
mod reading;
mod services;
mod sloppy;
mod updates;
