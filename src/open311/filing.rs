//! A report that another system files with a key of ours: what it says is read whole, so that every mistake is told at
//! once, and then filed like any other.

use bytes::Bytes;
use serde_json::{Map, Value as Json};
use uuid::Uuid;
use ventanilla_flows::Gazetteer as _;
use ventanilla_values::Place;

use super::{Fault, Params, may_be_fetched, photos, services};
use crate::{
    app::App,
    catalogue::{Attribute, AttributeKind, Catalogue, Category},
    reports::{self, Actor, Filed, Filer, NewReport},
    store::{self, media::MediaFile, report_contacts::Contact, report_fetches::Fetch},
};

/// Characters of a description, as GeoReport v2 has it.
const LONGEST_DESCRIPTION: usize = 4_000;
/// Characters of an address, or of an answer in words.
const LONGEST_TEXT: usize = 500;
/// Characters of a name, a phone …
const LONGEST_CONTACT: usize = 200;
/// Where a report came from.
pub const CHANNEL: &str = "open311";

/// What somebody wants to file, without a mistake.
#[derive(Debug)]
pub struct Filing<'a> {
    category: &'a Category,
    place: Place,
    description: Option<String>,
    details: Map<String, Json>,
    contact: Contact,
    photo: Option<String>,
}

/// Reads what is to be filed.
///
/// # Errors
/// 404 for an unknown service; 400 with everything else that is wrong.
pub fn read<'a>(app: &App, catalogue: &'a Catalogue, params: &Params) -> Result<Filing<'a>, Fault> {
    let Some(code) = params.get("service_code") else {
        return Err(Fault::bad("Falta service_code. La lista de servicios está en services.xml."));
    };
    let category = services::known(catalogue, code)?;
    let mut wrong = Vec::new();
    let place = place(catalogue, params).unwrap_or_else(|why| {
        wrong.push(why);
        Place::default()
    });
    let description = params.owned("description");
    if description.as_ref().is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION) {
        wrong.push(format!("description: puede tener {LONGEST_DESCRIPTION} caracteres como máximo."));
    }
    let photo = params.owned("media_url");
    if photo.as_ref().is_some_and(|url| !may_be_fetched(&app.config.open311.photo_hosts, url)) {
        wrong.push("media_url: debe ser una dirección pública que empiece con https://.".to_owned());
    }
    let details = details(category, params, &mut wrong);
    let contact = contact(params, &mut wrong);
    if wrong.is_empty() {
        Ok(Filing { category, place, description, details, contact, photo })
    } else {
        Err(Fault::all_bad(wrong))
    }
}

/// Files it. `pictures` came with the request: those that are none are noted, and lose nothing else.
///
/// # Errors
/// 503 when the database fails.
pub async fn file(
    app: &App,
    catalogue: &Catalogue,
    key: Uuid,
    filing: Filing<'_>,
    pictures: Vec<Bytes>,
) -> Result<Filed, Fault> {
    let (now, by) = (app.clock.now(), Actor::Key(key));
    let (mut taken, mut refused): (Vec<MediaFile>, Vec<photos::NotTaken>) = Default::default();
    for picture in pictures {
        match photos::keep(app, picture).await {
            Ok(file) => taken.push(file),
            Err(why) => refused.push(why),
        }
    }
    let new = NewReport {
        category: filing.category,
        place: &filing.place,
        description: filing.description,
        photos: taken.iter().map(|file| file.id).collect(),
        details: filing.details,
        anonymous: filing.contact.name.is_none(),
        said: None,
    };
    let filer = Filer { person: None, key: None, by: by.clone(), channel: CHANNEL.to_owned(), at: now };
    let unit = app.store.unit().await?;
    for file in &taken {
        store::media::insert(&unit, file, now).await?;
    }
    let mut filed = reports::file(app, &unit, catalogue, &filer, new).await?;
    let report = filed.row.id;
    if !filing.contact.is_empty() {
        store::report_contacts::put(&unit, report, &filing.contact).await?;
    }
    if let Some(url) = filing.photo {
        let kind = "citizen".to_owned();
        let fetch = Fetch { id: app.ids.next(), report, kind, url, tries: 0, next_at: now };
        store::report_fetches::put(&unit, &fetch).await?;
    }
    for why in refused {
        filed.row = photos::note_not_taken(app, &unit, filed.row, why, &by).await?;
    }
    unit.commit().await?;
    Ok(filed)
}

/// Where it is, by one of the three ways that GeoReport v2 knows.
fn place(catalogue: &Catalogue, params: &Params) -> Result<Place, String> {
    let address = params.get("address_string");
    if address.is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(format!("address_string: puede tener {LONGEST_TEXT} caracteres como máximo."));
    }
    match (params.get("lat"), params.get("long")) {
        (Some(lat), Some(long)) => Ok(point(catalogue, lat, long)?.called(address)),
        (Some(_), None) => Err("Falta long: lat y long van juntas.".to_owned()),
        (None, Some(_)) => Err("Falta lat: lat y long van juntas.".to_owned()),
        (None, None) => match (params.get("address_id"), address) {
            (Some(id), _) => known_place(catalogue, id),
            (None, Some(address)) => catalogue.find(address).ok_or_else(|| {
                "address_string: no parece un lugar. Escribe calle y número, cruce o colonia.".to_owned()
            }),
            (None, None) => Err("Falta el lugar: lat y long, address_string o address_id.".to_owned()),
        },
    }
}

/// A colonia or a landmark of the town, by its id.
fn known_place(catalogue: &Catalogue, id: &str) -> Result<Place, String> {
    let places = catalogue.places();
    if let Some(colonia) = places.colonia(id) {
        let (text, colonia) = (format!("Col. {}", colonia.name), Some(colonia.id.clone()));
        return Ok(Place { text, colonia, inside: Some(true), ..Place::default() });
    }
    let mark = places.landmarks.iter().find(|mark| mark.id == id);
    let mark = mark.ok_or_else(|| "address_id: no hay un lugar con ese identificador.".to_owned())?;
    Ok(places.locate(mark.lat, mark.lon).called(Some(&mark.name)))
}

fn point(catalogue: &Catalogue, lat: &str, long: &str) -> Result<Place, String> {
    let degrees = |name: &str, text: &str| {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| format!("{name}: escribe grados decimales, como 18.9263."))
    };
    let (lat, long) = (degrees("lat", lat)?, degrees("long", long)?);
    let on_earth = |lat: f64, long: f64| lat.abs() <= 90.0 && long.abs() <= 180.0;
    let place = on_earth(lat, long).then(|| catalogue.locate(lat, long));
    if let Some(place) = place.as_ref().filter(|place| place.inside != Some(false)) {
        return Ok(place.clone());
    }
    if on_earth(long, lat) && catalogue.locate(long, lat).inside == Some(true) {
        return Err(
            "lat y long parecen estar intercambiadas: lat es la latitud y long la longitud.".to_owned()
        );
    }
    let town = catalogue.town();
    Err(match place {
        None => {
            "lat y long no son un punto de la Tierra: lat va de -90 a 90 y long de -180 a 180.".to_owned()
        }
        Some(_) => format!(
            "El punto está fuera de {name}, que solo atiende su territorio. Repórtalo al ayuntamiento de ese lugar.",
            name = town.name
        ),
    })
}

fn details(category: &Category, params: &Params, wrong: &mut Vec<String>) -> Map<String, Json> {
    let given = params.attributes();
    let mut details = Map::new();
    for attribute in &category.attributes {
        let code = attribute.id.as_str();
        match given.get(code) {
            Some(values) => match answer(attribute, values) {
                Ok(answer) => {
                    details.insert(code.to_owned(), answer);
                }
                Err(why) => wrong.push(format!("attribute[{code}]: {why}")),
            },
            None if attribute.required => wrong.push(format!("Falta attribute[{code}], que es obligatorio.")),
            None => {}
        }
    }
    details
}

/// What is kept of the values of an attribute: the id of an option (or several), a number or a text.
fn answer(attribute: &Attribute, values: &[&str]) -> Result<Json, String> {
    let [first, more @ ..] = values else { return Err("no tiene valor.".to_owned()) };
    if !more.is_empty() && !attribute.multiple {
        return Err("solo puede tener un valor.".to_owned());
    }
    match attribute.kind {
        AttributeKind::Choice => {
            let option = |value: &&str| attribute.options.iter().any(|option| option.id == **value);
            if let Some(unknown) = values.iter().find(|value| !option(value)) {
                let unknown: String = unknown.chars().take(40).collect();
                let known: Vec<&str> = attribute.options.iter().map(|option| option.id.as_str()).collect();
                return Err(format!("'{unknown}' no es una de las opciones: {}.", known.join(", ")));
            }
            Ok(if attribute.multiple { Json::from(values) } else { Json::from(*first) })
        }
        AttributeKind::Number => {
            let number = first.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
            number
                .map(|number| ventanilla_values::Value::Number(number).to_json())
                .ok_or_else(|| "debe ser un número.".to_owned())
        }
        AttributeKind::Text if first.chars().count() > LONGEST_TEXT => {
            Err(format!("puede tener {LONGEST_TEXT} caracteres como máximo."))
        }
        AttributeKind::Text => Ok(Json::from(*first)),
    }
}

fn contact(params: &Params, wrong: &mut Vec<String>) -> Contact {
    for name in ["first_name", "last_name", "phone", "email", "device_id", "account_id"] {
        if params.get(name).is_some_and(|text| text.chars().count() > LONGEST_CONTACT) {
            wrong.push(format!("{name}: puede tener {LONGEST_CONTACT} caracteres como máximo."));
        }
    }
    let names: Vec<&str> =
        ["first_name", "last_name"].into_iter().filter_map(|name| params.get(name)).collect();
    Contact {
        name: (!names.is_empty()).then(|| names.join(" ")),
        phone: params.owned("phone"),
        email: params.owned("email"),
        device_id: params.owned("device_id"),
        account_id: params.owned("account_id"),
    }
}
