//! What a slot holds.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::{
    Age, Curp, DateRange, Email, FullName, Hours, Lang, Money, Plate, Rfc, age_in_words, date_in_words,
    days_in_words, hours_in_words, money_in_words, time_in_words,
};

/// A typed value. Its JSON is part of the stored session: variants are added, never renamed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Value {
    /// Asked and left out ("omitir"), or unset.
    None,
    Text(String),
    /// The id of the chosen option.
    Choice(String),
    YesNo(bool),
    Number(f64),
    Place(Place),
    /// Ids in the media store.
    Photo(String),
    /// E.164 with plus sign.
    Phone(String),
    /// In its canonical spelling.
    Folio(String),
    /// Of the calendar, in the town's time zone.
    Date(NaiveDate),
    Time(NaiveTime),
    DateRange(DateRange),
    TimeRange(Hours),
    Email(Email),
    Curp(Curp),
    Rfc(Rfc),
    Plate(Plate),
    Money(Money),
    FullName(FullName),
    Age(Age),
    /// Anything a template or an action made.
    Json(Json),
}

impl Value {
    /// How templates and actions see it: a place is an object with all its keys, a choice its option's id, none null.
    ///
    /// ```
    /// use ventanilla_values::Value;
    /// assert_eq!(Value::Number(3.0).to_json(), serde_json::json!(3));
    /// assert_eq!(Value::Choice("pothole".into()).to_json(), serde_json::json!("pothole"));
    /// ```
    pub fn to_json(&self) -> Json {
        match self {
            Self::None => Json::Null,
            Self::Text(text)
            | Self::Choice(text)
            | Self::Photo(text)
            | Self::Phone(text)
            | Self::Folio(text) => Json::from(text.as_str()),
            Self::YesNo(yes) => Json::from(*yes),
            Self::Number(number) => number_to_json(*number),
            Self::Place(place) => place.to_json(),
            Self::Date(day) => Json::from(day.to_string()),
            Self::Time(time) => Json::from(clock(*time)),
            Self::DateRange(days) => json!({"from": days.from.to_string(), "to": days.to.to_string()}),
            Self::TimeRange(hours) => json!({"from": clock(hours.from), "to": clock(hours.to)}),
            Self::Email(email) => Json::from(email.as_str()),
            Self::Curp(curp) => Json::from(curp.as_str()),
            Self::Rfc(rfc) => Json::from(rfc.as_str()),
            Self::Plate(plate) => Json::from(plate.as_str()),
            Self::Money(money) => {
                json!({"amount": number_to_json(money.amount()), "currency": money.currency})
            }
            Self::FullName(name) => {
                json!({"text": name.to_string(), "given": name.given, "surnames": name.surnames})
            }
            Self::Age(age) => json!({"years": age.years, "months": age.months}),
            Self::Json(json) => json.clone(),
        }
    }

    /// As a person reads it: "lunes 3 de mayo", "$1,250", "34 años". Yes, no and what templates made are left to the
    /// template.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use ventanilla_values::{Lang, Money, Value};
    /// let today = NaiveDate::from_ymd_opt(2027, 5, 1).unwrap();
    /// let money = Value::Money(Money::parse("mil pesos").unwrap());
    /// assert_eq!(money.written(today, Lang::ES), "$1,000");
    /// assert_eq!(Value::Date(today).written(today, Lang::EN), "Saturday, May 1");
    /// ```
    pub fn written(&self, today: NaiveDate, lang: Lang) -> String {
        match self {
            Self::Date(day) => date_in_words(*day, today, lang),
            Self::Time(time) => time_in_words(*time, lang),
            Self::DateRange(days) => days_in_words(*days, today, lang),
            Self::TimeRange(hours) => hours_in_words(*hours, lang),
            Self::Money(money) => money_in_words(*money),
            Self::FullName(name) => name.to_string(),
            Self::Age(age) => age_in_words(*age, lang),
            Self::Place(place) => place.text.clone(),
            Self::None => String::new(),
            _ => match self.to_json() {
                Json::String(text) => text,
                other => other.to_string(),
            },
        }
    }

    /// The name of its type, as flows write it; `none` and `json` for what no flow asks for.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Text(_) => "text",
            Self::Choice(_) => "choice",
            Self::YesNo(_) => "yes_no",
            Self::Number(_) => "number",
            Self::Place(_) => "place",
            Self::Photo(_) => "photo",
            Self::Phone(_) => "phone",
            Self::Folio(_) => "folio",
            Self::Date(_) => "date",
            Self::Time(_) => "time",
            Self::DateRange(_) => "date_range",
            Self::TimeRange(_) => "time_range",
            Self::Email(_) => "email",
            Self::Curp(_) => "curp",
            Self::Rfc(_) => "rfc",
            Self::Plate(_) => "plate",
            Self::Money(_) => "money",
            Self::FullName(_) => "full_name",
            Self::Age(_) => "age",
            Self::Json(_) => "json",
        }
    }
}

/// "16:30"
fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// Whole numbers without ".0", so that a text says "3 lámparas".
fn number_to_json(number: f64) -> Json {
    /// Above it an `f64` skips whole numbers.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT { Json::from(number as i64) } else { Json::from(number) }
}

/// Personal text never reaches a log by `{:?}`.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(…)", self.type_name())
    }
}

/// Where something is: words, a pin, or both.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// As the person said it, or the pin's own name; what people read.
    pub text: String,
    /// Degrees, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Id of the colonia in `catalogue/places.geojson`, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colonia: Option<String>,
    /// `false` when the pin lies outside the municipality; `None` when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<bool>,
}

impl Place {
    /// The same place, called by the name that came with its pin ("Mercado Municipal, Col. Centro").
    #[must_use]
    pub fn called(self, name: Option<&str>) -> Self {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else { return self };
        let known = !self.text.is_empty() && self.colonia.is_some() && !name.contains(&self.text);
        let text = if known { format!("{name}, {}", self.text) } else { name.to_owned() };
        Self { text, ..self }
    }

    /// All keys, also the unknown ones (null): a template may ask for any of them.
    pub fn to_json(&self) -> Json {
        json!({
            "text": self.text,
            "lat": self.lat,
            "lon": self.lon,
            "colonia": self.colonia,
            "inside": self.inside,
        })
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_keeps_its_own_name_beside_the_colonia() {
        let centro = Place { text: "Col. Centro".into(), colonia: Some("centro".into()), ..Place::default() };
        assert_eq!(centro.clone().called(Some("Mercado")).text, "Mercado, Col. Centro");
        assert_eq!(centro.clone().called(None).text, "Col. Centro");
        let nowhere = Place { text: "18.90, -91.12".into(), ..Place::default() };
        assert_eq!(nowhere.called(Some(" Mercado ")).text, "Mercado");
    }

    #[test]
    fn templates_see_plain_values() {
        assert_eq!(Value::None.to_json(), Json::Null);
        assert_eq!(Value::YesNo(true).to_json(), json!(true));
        assert_eq!(Value::Number(3.0).to_json().to_string(), "3");
        assert_eq!(Value::Number(-2.5).to_json().to_string(), "-2.5");
        assert_eq!(Value::Number(f64::NAN).to_json(), Json::Null);
        assert_eq!(Value::Number(1e300).to_json(), json!(1e300));
        assert_eq!(Value::Folio("PC-4827-1365".into()).to_json(), json!("PC-4827-1365"));
    }

    #[test]
    fn a_place_has_all_its_keys() {
        let place = Place { text: "Calle 12".into(), lat: Some(18.9), ..Place::default() };
        let seen = Value::Place(place).to_json();
        assert_eq!(
            seen,
            json!({"text": "Calle 12", "lat": 18.9, "lon": null, "colonia": null, "inside": null})
        );
    }

    #[test]
    fn a_value_is_stored_and_read_again() {
        let values = [
            Value::None,
            Value::Text("hola".into()),
            Value::YesNo(false),
            Value::Number(2.5),
            Value::Place(Place { inside: Some(false), ..Place::default() }),
            Value::Json(json!({"a": [1]})),
        ];
        for value in values {
            let stored = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&stored).unwrap(), value, "{}", value.type_name());
        }
    }

    #[test]
    fn debug_shows_no_personal_text() {
        for private in [
            Value::Text("secreto".into()),
            Value::Curp("HEGG560427MVZRRL04".parse().unwrap()),
            Value::Email("ana@example.mx".parse().unwrap()),
            Value::FullName(FullName::parse("Ana Secreto").unwrap()),
        ] {
            assert_eq!(format!("{private:?}"), format!("{}(…)", private.type_name()));
        }
    }
}
