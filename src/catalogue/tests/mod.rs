//! The demo town's catalogue, and what happens to one with mistakes.

mod answer_within;
mod anything;
mod calendar;
mod content;
mod conversations;
mod demo;
mod look_up;
mod mistakes;
mod places;
mod services;
mod within;

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use ventanilla_values::{Problem, SourceFile};

use super::Catalogue;

const FILES: [&str; 5] =
    ["town.yaml", "categories.yaml", "departments.yaml", "calendar.yaml", "places.geojson"];

/// The files of the demo town.
fn demo_sources() -> Vec<SourceFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue");
    let read = |name: &str| SourceFile {
        path: format!("catalogue/{name}"),
        text: std::fs::read_to_string(format!("{folder}/{name}")).unwrap(),
    };
    let mut services: Vec<String> = std::fs::read_dir(format!("{folder}/services"))
        .unwrap()
        .map(|entry| format!("services/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    services.sort();
    FILES.into_iter().map(str::to_owned).chain(services).map(|name| read(&name)).collect()
}

/// Read once: it never changes.
static DEMO: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(&demo_sources()).0.unwrap());

fn demo() -> &'static Catalogue {
    &DEMO
}

/// The demo town with one file replaced.
fn with(name: &str, text: &str) -> (Option<Catalogue>, Vec<Problem>) {
    let mut sources = demo_sources();
    let file = sources.iter_mut().find(|file| file.path.ends_with(name)).unwrap();
    text.clone_into(&mut file.text);
    Catalogue::load(&sources)
}

/// The demo town with a few words of one file replaced.
fn with_change(name: &str, from: &str, to: &str) -> (Option<Catalogue>, Vec<Problem>) {
    let sources = demo_sources();
    let file = sources.iter().find(|file| file.path.ends_with(name)).unwrap();
    assert!(file.text.contains(from), "{name} does not say {from}");
    with(name, &file.text.replacen(from, to, 1))
}

fn at(date: &str, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::parse_from_str(date, "%Y-%m-%d").unwrap().and_hms_opt(hour, minute, 0).unwrap()
}
