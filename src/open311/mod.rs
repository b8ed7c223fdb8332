//! Open311 (GeoReport v2), both ways: public reports for other systems and reports that they file with a key of ours
//! (`http/open311` is the door), and the [`client`] that sends reports of some categories to other systems and follows them.
//!
//! What is shown is what anybody may see: no name, no words of a citizen that nobody looked at, no exact point, and
//! nothing at all of private categories. docs/OPEN311.md is the guide.

pub mod client;
mod fault;
pub mod filing;
mod limits;
pub mod node;
mod outside;
mod params;
pub mod photos;
pub mod services;
pub mod times;
pub mod update;
mod update_view;
pub mod view;

pub use fault::Fault;
pub use limits::{Limits, Visitor};
pub use outside::{OutsideOnly, may_be_fetched};
pub use params::Params;
pub use update_view::told_updates;
