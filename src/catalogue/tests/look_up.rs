//! Places in words against the map of the demo town: how sure each is, what is known of it, and what is asked back.

use std::fmt::Write as _;

use proptest::prelude::*;
use ventanilla_flows::{Confidence, Gazetteer, PlaceFound};

use super::{demo, with_change};

/// `certain centro`, `unsure -: Primaria A | Primaria B`, `no place`.
fn shown(found: Option<PlaceFound>) -> String {
    let Some(found) = found else { return "no place".to_owned() };
    let confidence = match found.confidence {
        Confidence::Certain => "certain",
        Confidence::Likely => "likely",
        Confidence::Unsure => "unsure",
    };
    let mut shown = format!("{confidence} {}", found.place.colonia.as_deref().unwrap_or("-"));
    let texts: Vec<&str> = found.alternatives.iter().map(|place| place.text.as_str()).collect();
    if !texts.is_empty() {
        write!(shown, ": {}", texts.join(" | ")).unwrap();
    }
    shown
}

#[track_caller]
fn check(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, shown(demo().look_up(text))))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: {expected}, but read {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn corners_are_found_however_they_are_written() {
    check(&[
        ("calle 20 por 15", "certain guadalupe"),
        ("Calle 20 x 15", "certain guadalupe"),
        ("20 x 15", "certain guadalupe"),
        ("20x15", "certain guadalupe"),
        ("c. 20 x 15", "certain guadalupe"),
        ("c/ 20 con 15", "certain guadalupe"),
        ("calle 20 con calle 15", "certain guadalupe"),
        ("calle 20 y 15", "certain guadalupe"),
        ("20 esq 15", "certain guadalupe"),
        ("calle 20 esquina con 15", "certain guadalupe"),
        ("calle 20 esq. con la 15", "certain guadalupe"),
        ("esquina de la 20 con la 15", "certain guadalupe"),
        ("calle veinte por quince", "certain guadalupe"),
        ("la veinte con quince", "certain guadalupe"),
        ("calle 20 #105 x 15 y 13", "certain guadalupe"),
        ("20 x 15 y 13", "certain guadalupe"),
        ("20 entre 15 y 13", "certain guadalupe"),
        ("calle 20 e/ 15 y 13", "certain guadalupe"),
        ("entre 15 y 13, sobre la 20", "certain guadalupe"),
        ("C.20 X 15 Y 13", "certain guadalupe"),
        ("calle 20 por 15, Guadalupe", "certain guadalupe"),
        ("12 con 31", "certain laguna-azul"),
        ("calle 12 con 15, centro", "certain centro"),
        ("Juárez y 12", "certain centro"),
        ("juarez con 12", "certain centro"),
        ("av. juarez x 12", "certain centro"),
        ("Avenida Juárez esquina con calle 12", "certain centro"),
        ("calle Benito Juárez esquina con 12", "certain centro"),
        ("Benito Juárez y 12", "certain centro"),
        ("Hidalgo y Morelos", "certain centro"),
        ("entre Hidalgo y Morelos", "certain centro"),
        ("hidalgo esq morelos, hay un poste", "certain centro"),
        ("Morelos entre Juárez e Hidalgo", "certain centro"),
        ("corner of 12 and Juarez", "certain centro"),
        ("12th street", "likely -"),
        ("20th street and 15th", "certain guadalupe"),
        ("20th and 15th", "certain guadalupe"),
        ("av revolución con 21", "certain la-ceiba"),
        ("boulevard costero x 11", "certain centro"),
        ("blvd costero y 11", "certain centro"),
        ("morelso con hidalgo", "likely centro"),
    ]);
}

#[test]
fn what_the_map_does_not_know_is_kept_as_it_is_written() {
    check(&[
        ("60 x 57 y 59", "likely -"),
        ("calle 60 x 57", "likely -"),
        ("20 x 99", "likely -"),
        ("calle 20 con 16", "likely -"),
        ("Hidalgo 45", "likely -"),
        ("calle 20 número 105", "likely -"),
        ("frente a la tienda de don Beto", "likely -"),
        ("km 3 carretera a Sabancuy", "likely -"),
        ("priv. Los Cocos 4", "likely -"),
        ("and. 5 mz 3 lt 8", "likely -"),
        ("entre la ceiba y guadalupe", "likely -"),
    ]);
}

#[test]
fn colonias_and_landmarks_are_found() {
    check(&[
        ("centro", "certain centro"),
        ("col. centro", "certain centro"),
        ("colonia Guadalupe", "certain guadalupe"),
        ("guadalpe, junto a la cancha", "likely guadalupe"),
        ("fracc laguna azul mz 3 lt 5", "certain laguna-azul"),
        ("frac. Laguna Azul", "certain laguna-azul"),
        ("BENITO JUAREZ", "certain benito-juarez"),
        ("calle 12 en la emiliano sapata", "likely emiliano-zapata"),
        ("infonavit las palmas, edificio 4", "certain las-palmas"),
        ("atras del mercado", "certain centro"),
        ("enfrente del palacio municipal", "certain centro"),
        ("a un lado del merc mpal", "certain centro"),
        ("enfrente de la primaria Benito Juárez", "certain revolucion"),
        ("esc. benito juarez", "certain revolucion"),
        ("primaria vicente guerrero", "certain la-ceiba"),
        ("la primaria de la ceiba", "certain la-ceiba"),
        ("atrás de la primaria, colonia Revolución", "certain revolucion"),
        ("atrás de la primaria, colonia Centro", "certain centro"),
        ("junto al panteon", "certain benito-juarez"),
    ]);
}

#[test]
fn where_the_map_is_unsure_the_person_is_asked() {
    check(&[
        (
            "enfrente de la primaria",
            "unsure -: Primaria Vicente Guerrero, La Ceiba | Primaria Benito Juárez, Revolución",
        ),
        ("la primaria", "unsure -: Primaria Vicente Guerrero, La Ceiba | Primaria Benito Juárez, Revolución"),
        ("calle 20 por 15, Centro", "unsure -: Calle 20 con 15, Guadalupe"),
        ("morelso con hidaglo", "unsure -: Calle Morelos con Hidalgo, Centro"),
        ("juares y morelso", "unsure -: Avenida Juárez con Morelos, Centro"),
    ]);
}

#[test]
fn what_is_no_place_is_none() {
    check(&[
        ("", "no place"),
        ("no sé", "no place"),
        ("12", "no place"),
        ("👍", "no place"),
        ("¿cuánto tarda?", "no place"),
        ("¿qué está en el centro?", "no place"),
        ("quiero hablar con una persona", "no place"),
        ("gracias", "no place"),
        ("es muy peligroso", "no place"),
        ("hay mucho lodo", "no place"),
        ("ya tiene tiempo así", "no place"),
        ("por donde vivo", "no place"),
        ("no sé cómo se llama la calle", "no place"),
        ("no sé la calle", "no place"),
    ]);
}

#[test]
fn who_does_not_know_the_street_may_know_what_is_beside_it() {
    check(&[
        ("no sé la calle pero es frente a la iglesia", "likely -"),
        ("no sé cómo se llama, es a un lado de la tortillería", "likely -"),
        ("no recuerdo, creo que calle 45", "likely -"),
    ]);
}

#[test]
fn words_never_become_a_pin() {
    for text in ["calle 20 por 15", "la primaria", "col. centro"] {
        let found = demo().look_up(text).unwrap();
        let all = found.alternatives.iter().chain([&found.place]);
        assert!(all.clone().all(|place| (place.lat, place.lon) == (None, None)), "{text}");
        assert_eq!(found.place.text, text);
    }
}

#[test]
fn a_street_is_a_line_with_a_length() {
    let (catalogue, problems) = with_change(
        "places.geojson",
        r#""id": "calle-10", "name": "Calle 10", "also": []},
      "geometry": {"type": "LineString""#,
        r#""id": "calle-10", "name": "Calle 10", "also": []},
      "geometry": {"type": "MultiPoint""#,
    );
    assert!(problems.iter().any(|problem| problem.message == "this is no line"), "{problems:?}");
    assert_eq!(
        shown(catalogue.unwrap().look_up("calle 10 por 15")),
        "likely -",
        "the others are still there"
    );
    let (_, problems) = with_change("places.geojson", r#""id": "calle-10""#, r#""id": "calle-12""#);
    assert!(problems.iter().any(|problem| problem.message == "there are two 'calle-12'"), "{problems:?}");
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let _ = demo().look_up(&text);
    }

    #[test]
    fn what_looks_like_a_place_is_survived(
        text in "((calle|c\\.|av|col|esq|entre|y|x|con|por|la|de|primaria|juarez|centro|guadalupe|hidalgo|[0-9]{1,3}|#|,|-|/|veinte) ?){0,12}"
    ) {
        let found = demo().look_up(&text);
        prop_assert!(found.is_none_or(|found| found.alternatives.len() <= 3));
    }
}

#[test]
fn a_long_text_is_survived() {
    let text = "calle 20 por 15 y la primaria de la colonia centro ".repeat(200);
    assert!(demo().look_up(&text).is_some());
}
