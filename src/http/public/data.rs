//! `/datos`: open data. All public reports as CSV, GeoJSON and JSON, sent while they are read, and a page that explains
//! every field.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat};
use futures::{Stream, stream};
use minijinja::{Value, context};
use serde_json::{Map, Value as Json, json};
use tokio::sync::OwnedSemaphorePermit;
use ventanilla_values::Lang;

use super::{
    map::GEOJSON,
    places,
    site::Site,
    wanted::{Wanted, address},
};
use crate::{
    http::ApiError,
    reports::{public::PublicReport, spreadsheet::line},
    store::{
        self, StoreError,
        public_reports::{PublicFilter, PublicRow},
    },
};

const PATH: &str = "/datos";
/// Reports that are read at a time.
const CHUNK: u64 = 1000;
/// What every report says of itself, in this order.
const FIELDS: [&str; 19] = [
    "folio",
    "categoria",
    "categoria_nombre",
    "estado",
    "estado_nombre",
    "abierto",
    "colonia",
    "colonia_nombre",
    "latitud",
    "longitud",
    "area",
    "area_nombre",
    "personas",
    "recibido",
    "actualizado",
    "cerrado",
    "programado",
    "sumado_a",
    "texto",
];

pub(super) async fn show(State(site): State<Arc<Site>>, wanted: Wanted) -> Response {
    let (lang, config) = (wanted.lang, &site.app.config.public);
    let texts = |key: &str| site.text(lang, "fields", key);
    let fields = FIELDS.iter().map(|field| context! { name => *field, what => texts(field) });
    let files =
        Form::ALL.map(|form| context! { name => form.file(), url => address(&form.path(), &[], lang) });
    let said = context! {
        fields => fields.collect::<Value>(),
        files => files.to_vec(),
        places => places::FILES.map(|name| context! { name, url => format!("{PATH}/{name}") }).to_vec(),
        filters => site.filters(&wanted),
        licence => config.licence.as_str(),
        licence_url => config.licence_url.as_str(),
        server => site.app.config.server.public_url.as_str(),
    };
    site.page("data.html", PATH, &wanted, said)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    GeoJson,
    Json,
}

impl Form {
    const ALL: [Self; 3] = [Self::Csv, Self::GeoJson, Self::Json];

    fn file(self) -> &'static str {
        match self {
            Self::Csv => "reportes.csv",
            Self::GeoJson => "reportes.geojson",
            Self::Json => "reportes.json",
        }
    }

    fn path(self) -> String {
        format!("{PATH}/{}", self.file())
    }

    fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::GeoJson => GEOJSON,
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// Before the first report, between two, and after the last.
    fn around(self) -> (String, &'static str, &'static str) {
        match self {
            // Excel takes a file for UTF-8 by its mark.
            Self::Csv => (format!("\u{feff}{}\r\n", FIELDS.join(",")), "", ""),
            Self::GeoJson => ("{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned(), ",\n", "\n]}\n"),
            Self::Json => ("[\n".to_owned(), ",\n", "\n]\n"),
        }
    }

    fn write(self, fields: Fields) -> String {
        match self {
            Self::Csv => fields.csv(),
            Self::GeoJson => fields.geojson().to_string(),
            Self::Json => Json::Object(fields.0).to_string(),
        }
    }
}

/// All reports that the filters find, the newest first.
pub(super) async fn download(
    State(site): State<Arc<Site>>,
    Path(file): Path<String>,
    wanted: Wanted,
) -> Result<Response, ApiError> {
    let form = Form::ALL.into_iter().find(|form| form.file() == file);
    let form = form.ok_or(ApiError::NotFound(
        "there are reportes.csv, reportes.geojson and reportes.json: see /datos",
    ))?;
    let wanted = wanted.checked(site.catalogue());
    if !wanted.mistakes.is_empty() {
        let why = format!("this cannot be: {}; see {PATH}", wanted.mistakes.join(", "));
        return Err(ApiError::invalid("filter", why));
    }
    let Ok(turn) = Arc::clone(&site.downloads).try_acquire_owned() else {
        return Ok(busy());
    };
    let named = format!("attachment; filename=\"{}\"", form.file());
    let headers = [
        (header::CONTENT_TYPE, form.mime().to_owned()),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, "public, max-age=60".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin".to_owned()),
    ];
    let reader = Reader::new(site, form, &wanted, turn);
    Ok((headers, Body::from_stream(reader.read())).into_response())
}

fn busy() -> Response {
    let why = ApiError::Refused {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: "busy",
        why: "others are downloading everything: try again in half a minute".to_owned(),
    };
    let mut response = why.into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    response
}

/// A download under way.
struct Reader {
    site: Arc<Site>,
    form: Form,
    lang: Lang,
    filter: PublicFilter,
    after: Option<(i64, String)>,
    began: bool,
    /// Something was written already.
    some: bool,
    ended: bool,
    _turn: OwnedSemaphorePermit,
}

impl Reader {
    fn new(site: Arc<Site>, form: Form, wanted: &Wanted, turn: OwnedSemaphorePermit) -> Self {
        let filter = wanted.filter(site.catalogue().town().timezone, true);
        let (lang, after) = (wanted.lang, None);
        Self { site, form, lang, filter, after, began: false, some: false, ended: false, _turn: turn }
    }

    fn read(self) -> impl Stream<Item = Result<Bytes, StoreError>> + Send {
        stream::try_unfold(self, |mut reader| async move {
            if reader.ended {
                return Ok(None);
            }
            let chunk = reader.chunk().await?;
            Ok(Some((Bytes::from(chunk), reader)))
        })
    }

    async fn chunk(&mut self) -> Result<String, StoreError> {
        let (before, between, behind) = self.form.around();
        let mut text = if self.began { String::new() } else { before };
        self.began = true;
        let after = self.after.as_ref().map(|(at, folio)| (*at, folio.as_str()));
        let read = self.site.app.store.read();
        let rows: Vec<PublicRow> = store::public_reports::page(read, &self.filter, after, CHUNK).await?;
        self.ended = (rows.len() as u64) < CHUNK;
        self.after = rows.last().map(|row| (row.filed_at, row.folio.clone())).or(self.after.take());
        for report in rows.into_iter().filter_map(|row| PublicReport::new(row, self.site.catalogue())) {
            if self.some {
                text.push_str(between);
            }
            self.some = true;
            text.push_str(&self.form.write(Fields::of(&self.site, &report, self.lang)));
        }
        if self.ended {
            text.push_str(behind);
        }
        Ok(text)
    }
}

/// A report as its [`FIELDS`], in their order.
struct Fields(Map<String, Json>);

impl Fields {
    fn of(site: &Site, report: &PublicReport, lang: Lang) -> Self {
        let timezone = site.catalogue().town().timezone;
        let moment = |at: i64| {
            let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
            at.with_timezone(&timezone).to_rfc3339_opts(SecondsFormat::Secs, false)
        };
        let day = |at: i64| moment(at).chars().take(10).collect::<String>();
        let values = [
            json!(report.folio),
            json!(report.category),
            json!(site.category_name(&report.category, lang)),
            json!(report.state.as_str()),
            json!(report.state.label(lang)),
            json!(report.state.is_open()),
            json!(report.colonia),
            json!(report.colonia.as_deref().and_then(|id| site.colonia_name(id))),
            json!(report.point.map(|point| point.lat)),
            json!(report.point.map(|point| point.lon)),
            json!(report.department),
            json!(report.department.as_deref().and_then(|id| site.department_name(id, lang))),
            json!(report.people),
            json!(moment(report.filed_at)),
            json!(moment(report.updated_at)),
            json!(report.closed_at.map(moment)),
            json!(report.scheduled_for.map(day)),
            json!(report.parent),
            json!(report.text),
        ];
        Self(FIELDS.iter().map(|name| (*name).to_owned()).zip(values).collect())
    }

    fn geojson(mut self) -> Json {
        let (lat, lon) = (self.0.shift_remove("latitud"), self.0.shift_remove("longitud"));
        let geometry = match (lat, lon) {
            (Some(Json::Number(lat)), Some(Json::Number(lon))) => {
                json!({ "type": "Point", "coordinates": [lon, lat] })
            }
            _ => Json::Null,
        };
        json!({ "type": "Feature", "id": self.0["folio"], "geometry": geometry, "properties": self.0 })
    }

    fn csv(&self) -> String {
        line(self.0.values().map(|value| match value {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }))
    }
}
