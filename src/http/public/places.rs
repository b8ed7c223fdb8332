//! `/datos/lugares.csv` and `.json`: what people think of places of the town, month by month. Numbers only: what they wrote
//! is read by the town, and who they are is nowhere in it.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::site::Site;
use crate::{
    http::ApiError,
    store::{self, feedback::PlaceMonth},
};

pub(super) const FILES: [&str; 2] = ["lugares.csv", "lugares.json"];
const COLUMNS: &str = "lugar,lugar_nombre,mes,evaluaciones,promedio,con_1,con_2,con_3,con_4,con_5";

pub(super) async fn csv(State(site): State<Arc<Site>>) -> Result<Response, ApiError> {
    let mut text = format!("\u{feff}{COLUMNS}\r\n");
    for row in rows(&site).await? {
        let cells = COLUMNS.split(',').map(|column| match row.get(column) {
            Some(Value::String(text)) if text.contains([',', '"']) => {
                format!("\"{}\"", text.replace('"', "\"\""))
            }
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    }
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present")];
    Ok((open(), kind, text).into_response())
}

pub(super) async fn json(State(site): State<Arc<Site>>) -> Result<Response, ApiError> {
    Ok((open(), Json(rows(&site).await?)).into_response())
}

/// May be read from any page.
fn open() -> [(HeaderName, &'static str); 3] {
    [
        (header::CACHE_CONTROL, "public, max-age=60"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ]
}

async fn rows(site: &Site) -> Result<Vec<Value>, ApiError> {
    let months = store::feedback::by_place(site.app.store.read()).await?;
    Ok(months.iter().map(|month| row(site, month)).collect())
}

fn row(site: &Site, month: &PlaceMonth) -> Value {
    let landmarks = &site.catalogue().places().landmarks;
    let name = landmarks.iter().find(|one| one.id == month.place).map(|one| one.name.as_str());
    let people: i64 = month.scores.iter().sum();
    let sum: i64 = (1..).zip(month.scores).map(|(score, people): (i64, i64)| score * people).sum();
    let mean = (people > 0).then(|| (sum as f64 / people as f64 * 100.0).round() / 100.0);
    let [one, two, three, four, five] = month.scores;
    json!({
        "lugar": month.place,
        "lugar_nombre": name.unwrap_or(&month.place),
        "mes": month.month,
        "evaluaciones": people,
        "promedio": mean,
        "con_1": one,
        "con_2": two,
        "con_3": three,
        "con_4": four,
        "con_5": five,
    })
}
