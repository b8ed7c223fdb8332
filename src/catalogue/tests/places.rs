use ventanilla_flows::Gazetteer;

use super::{demo, with_change};

#[test]
fn a_pin_knows_its_colonia() {
    let catalogue = demo();
    for colonia in &catalogue.places().colonias {
        let centre = geo::InteriorPoint::interior_point(&colonia.area).unwrap();
        let place = catalogue.locate(centre.y(), centre.x());
        assert_eq!(place.colonia.as_deref(), Some(colonia.id.as_str()));
        assert_eq!(place.text, format!("Col. {}", colonia.name));
        assert_eq!(place.inside, Some(true));
    }
    assert_eq!(catalogue.places().colonias.len(), 12);
}

#[test]
fn landmarks_stand_in_a_colonia() {
    let catalogue = demo();
    for landmark in &catalogue.places().landmarks {
        let place = catalogue.locate(landmark.lat, landmark.lon);
        assert!(place.colonia.is_some(), "{} stands in no colonia", landmark.id);
    }
    let palace = catalogue.find("enfrente del palacio municipal").unwrap();
    assert_eq!(palace.colonia.as_deref(), Some("centro"));
}

#[test]
fn a_pin_in_the_country_is_inside_and_one_at_sea_is_not() {
    let catalogue = demo();
    let country = catalogue.locate(18.88, -91.08);
    assert_eq!((country.inside, country.colonia), (Some(true), None));
    assert_eq!(country.text, "18.88000, -91.08000");
    assert_eq!(catalogue.locate(18.96, -91.14).inside, Some(false));
    assert_eq!(catalogue.locate(18.91, -91.12).inside, Some(true));
}

#[test]
fn a_point_that_is_typed_is_a_pin() {
    let catalogue = demo();
    assert_eq!(catalogue.find("18.8800, -91.0800"), Some(catalogue.locate(18.88, -91.08)));
    let described = catalogue.find("frente al Oxxo, 18.8800, -91.0800").unwrap();
    assert_eq!((described.text.as_str(), described.lat), ("frente al Oxxo, 18.8800, -91.0800", Some(18.88)));
    assert_eq!(catalogue.find("calle 20 por 15").unwrap().lat, None);
}

#[test]
fn without_limits_nothing_is_known_to_be_outside() {
    let (catalogue, problems) = with_change("places.geojson", "\"municipality\"", "\"landmark\"");
    assert!(problems.iter().any(|problem| problem.message.contains("limits of the municipality")));
    assert_eq!(catalogue.unwrap().locate(0.0, 0.0).inside, None);
}

#[test]
fn a_colonia_is_recognised_with_slips_and_nicknames() {
    let catalogue = demo();
    for (text, colonia) in [
        ("en la colonia Guadalupe", "guadalupe"),
        ("guadalpe, junto a la cancha", "guadalupe"),
        ("BENITO JUAREZ", "benito-juarez"),
        ("por la benito", "benito-juarez"),
        ("calle 12 en la emiliano sapata", "emiliano-zapata"),
        ("av juarez, col. las palmas", "las-palmas"),
        ("fracc laguna azul mz 3 lt 5", "laguna-azul"),
        ("atras del mercado", "centro"),
        ("centro", "centro"),
    ] {
        let place = catalogue.find(text).unwrap_or_else(|| panic!("{text} is a place"));
        assert_eq!(place.colonia.as_deref(), Some(colonia), "{text}");
        assert_eq!((place.inside, place.text.as_str()), (Some(true), text));
    }
}

#[test]
fn a_street_with_the_name_of_a_colonia_is_a_street() {
    let catalogue = demo();
    for text in
        ["calle Benito Juárez esquina con 99", "av. de la Revolución #40", "entre la ceiba y guadalupe"]
    {
        assert_eq!(catalogue.find(text).unwrap().colonia, None, "{text}");
    }
}

#[test]
fn a_place_in_words_is_kept_as_it_was_written() {
    let catalogue = demo();
    for text in [
        "Calle 20 x 15 y 17",
        "20 por 15",
        "Juárez y Morelos",
        "Hidalgo 45",
        "frente a la tienda de don Beto",
        "km 3 carretera a Sabancuy",
        "esq. con Morelos",
        "a dos cuadras del campo",
        "tienda Lupita",
        "donde está la gasolinera, por la calle 5",
        "no sé bien, por la calle 12",
        "corner of 12 and Juarez",
        "next to the church",
    ] {
        let place = catalogue.find(text).unwrap_or_else(|| panic!("{text} is a place"));
        assert_eq!(place.text, text);
        assert_eq!((place.lat, place.lon), (None, None), "words are no pin");
    }
    assert_eq!(catalogue.find("  calle 12\n por   15 ").unwrap().text, "calle 12 por 15");
}

#[test]
fn what_is_no_place_is_asked_again() {
    let catalogue = demo();
    for text in [
        "",
        "???",
        "12",
        "👍",
        "no sé",
        "No lo sé",
        "quién sabe",
        "¿cuánto tarda?",
        "¿cómo mando mi ubicación?",
        "hola",
        "gracias",
        "sí",
        "no",
        "ok",
        "aquí",
        "quiero hablar con una persona",
        "no quiero decir",
        "¿En qué calle está la oficina?",
        "cómo le hago para mandarla",
        "me puedes ayudar con otra cosa",
        "I don't know",
        "what do you mean",
        "por favor ayuda",
        "ya te dije",
        "I'm not sure",
    ] {
        assert!(catalogue.find(text).is_none(), "'{text}' is no place");
    }
}

#[test]
fn places_do_not_tell_themselves_to_logs() {
    let place = demo().find("calle 12 por 15").unwrap();
    assert_eq!(format!("{place:?}"), "Place(…)");
}
