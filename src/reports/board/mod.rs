//! What people of departments see of reports: lists and maps, one report with everything that happened to it, a sheet for
//! the road and a table to take along. Nothing here changes a report.

mod events;
mod export;
mod rows;
mod scope;
mod sheet;
mod view;

pub use events::{AuthorityView, EventView};
pub use export::{MOST_ROWS, csv};
pub use rows::{BoardRow, Names, names, row};
pub use scope::scope;
pub use sheet::{MOST_STOPS, RouteStop, distinct, route_sheet};
pub use view::{Added, Answer, BoardReport, NearReport, NextMove, PhotoView, view};
