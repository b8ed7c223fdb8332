//! Which reports are meant: what lists, map, counts and tables ask for alike.

use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use ventanilla_values::Lang;

use crate::{
    http::ApiError,
    reports::State,
    staff::Member,
    store::board::{Bounds, Filter, Pressing, Queue, Sort},
};

/// Degrees of a metre from south to north.
const DEGREE_M: f64 = 111_195.0;

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardTab {
    #[default]
    Open,
    Triage,
    Mine,
    Department,
    Due,
    Confirming,
    Reopened,
    Escalated,
    Waiting,
    Moderation,
    Closed,
    All,
}

impl From<BoardTab> for Queue {
    fn from(tab: BoardTab) -> Self {
        match tab {
            BoardTab::Open => Self::Open,
            BoardTab::Triage => Self::Triage,
            BoardTab::Mine => Self::Mine,
            BoardTab::Department => Self::Department,
            BoardTab::Due => Self::Due,
            BoardTab::Confirming => Self::Confirming,
            BoardTab::Reopened => Self::Reopened,
            BoardTab::Escalated => Self::Escalated,
            BoardTab::Waiting => Self::Waiting,
            BoardTab::Moderation => Self::Moderation,
            BoardTab::Closed => Self::Closed,
            BoardTab::All => Self::All,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    AtRisk,
    Late,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardOrder {
    #[default]
    Due,
    Newest,
}

/// Which reports. Lists are separated by commas.
#[derive(Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    #[serde(default)]
    #[param(inline)]
    queue: BoardTab,
    /// States.
    state: Option<String>,
    /// Ids of departments.
    department: Option<String>,
    /// Ids of categories.
    category: Option<String>,
    /// Ids of colonias.
    colonia: Option<String>,
    assignee: Option<Uuid>,
    #[param(inline)]
    urgency: Option<Urgency>,
    /// A part of the folio, of what was said or of the place.
    q: Option<String>,
    /// With `lon` and `metres`: near a point. Degrees.
    lat: Option<f64>,
    lon: Option<f64>,
    metres: Option<f64>,
    #[serde(default)]
    #[param(inline)]
    order: BoardOrder,
    /// `es` or `en`
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
}

/// What people type is theirs.
impl std::fmt::Debug for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Which").field("queue", &self.queue).finish_non_exhaustive()
    }
}

impl Which {
    pub(super) fn lang(&self) -> Lang {
        self.lang.unwrap_or(Lang::ES)
    }

    /// # Errors
    /// When a state is none, or the point is not on the globe.
    pub(super) fn filter(self, member: &Member) -> Result<Filter, ApiError> {
        let states = listed(self.state.as_deref());
        if states.iter().any(|state| state.parse::<State>().is_err()) {
            return Err(ApiError::BadRequest("there is no such state: see /api/v1/openapi.json"));
        }
        let within = match (self.lat, self.lon) {
            (Some(lat), Some(lon)) => Some(around(lat, lon, self.metres.unwrap_or(1000.0))?),
            _ => None,
        };
        Ok(Filter {
            queue: self.queue.into(),
            own_departments: member.departments.clone(),
            states,
            departments: listed(self.department.as_deref()),
            categories: listed(self.category.as_deref()),
            colonias: listed(self.colonia.as_deref()),
            assignee: self.assignee,
            pressing: self.urgency.map(|urgency| match urgency {
                Urgency::AtRisk => Pressing::AtRisk,
                Urgency::Late => Pressing::Late,
            }),
            text: self.q.unwrap_or_default().chars().take(100).collect(),
            within,
            sort: match self.order {
                BoardOrder::Due => Sort::Due,
                BoardOrder::Newest => Sort::Newest,
            },
            ..Filter::default()
        })
    }
}

fn listed(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).take(50).map(str::to_owned).collect()
}

fn around(lat: f64, lon: f64, metres: f64) -> Result<Bounds, ApiError> {
    let sane = lat.abs() <= 85.0 && lon.abs() <= 180.0 && (1.0..=50_000.0).contains(&metres);
    if !sane {
        return Err(ApiError::BadRequest("lat and lon are degrees (WGS84), metres 1 to 50,000"));
    }
    let high = metres / DEGREE_M;
    let wide = high / lat.to_radians().cos();
    Ok(Bounds { south: lat - high, north: lat + high, west: lon - wide, east: lon + wide })
}
