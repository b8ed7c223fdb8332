//! Names of persons.

use super::*;

#[test]
fn names_are_found_behind_what_announces_them() {
    check(&[
        ("me llamo Juan Pérez", &["person_name «Juan Pérez» Juan Pérez"]),
        ("me llamo juan perez lopez y vivo lejos", &["person_name «juan perez lopez» Juan Perez Lopez"]),
        (
            "mi nombre es María de la Cruz Hernández",
            &["person_name «María de la Cruz Hernández» María de la Cruz Hernández"],
        ),
        ("soy Lupita", &["person_name «Lupita» Lupita"]),
        ("soy lupita y quiero reportar", &["person_name «lupita» Lupita"]),
        ("a nombre de José Luis Pech Can", &["person_name «José Luis Pech» José Luis Pech"]),
        ("my name is John Smith and I live here", &["person_name «John Smith» John Smith"]),
        ("this is Sarah", &["person_name «Sarah» Sarah"]),
        ("soy Xóchitl Balam", &["person_name «Xóchitl Balam» Xóchitl Balam"]),
        ("soy la señora Martínez", &["person_name «Martínez» Martínez"]),
        ("se llama Pedro Gómez", &["person_name «Pedro Gómez» Pedro Gómez"]),
        ("mi nombre es xochitl", &["person_name «xochitl» Xochitl"]),
        ("me llamo Rosa", &["person_name «Rosa» Rosa"]),
        ("nombre: Ana López", &["person_name «Ana López» Ana López"]),
    ]);
}

#[test]
fn names_are_found_behind_what_announces_them_and_nothing_where_there_is_none() {
    nothing(&[
        "soy de la colonia",
        "soy maestra",
        "soy yo",
        "soy vecino de aqui",
        "soy Maestra",
        "se llama La Esperanza",
        "this is urgent",
        "I am a teacher",
        "el perro se llama firulais",
        "soy mexicano",
        "me llamo la atencion",
        "SOY VECINA",
        "me llaman al rato",
    ]);
}

#[test]
fn names_that_are_days_months_and_devotions_are_names() {
    check(&[
        ("soy Domingo Hernández", &["person_name «Domingo Hernández» Domingo Hernández"]),
        ("me llamo Julio Mayo", &["person_name «Julio Mayo» Julio Mayo"]),
        ("me llamo maria del carmen", &["person_name «maria del carmen» Maria del Carmen"]),
        ("me llamo Ma. del Carmen Uc", &["person_name «Ma. del Carmen Uc» Ma. del Carmen Uc"]),
        ("soy Ana de Guadalupe", &["person_name «Ana» Ana"]),
        (
            "cita a nombre de Ana Pérez domingo a las 5",
            &[
                "person_name «Ana Pérez» Ana Pérez",
                "date «domingo» weekday=day=Sun which=plain",
                "time «a las 5» at=hour=5",
            ],
        ),
    ]);
}

#[test]
fn names_may_have_an_apostrophe_or_a_dash() {
    check(&[
        ("my name is Peter O'Brien", &["person_name «Peter O'Brien» Peter O'Brien"]),
        ("my name is peter o'brien", &["person_name «peter o'brien» Peter O'Brien"]),
        ("me llamo José Luis García-Luna", &["person_name «José Luis García-Luna» José Luis García-Luna"]),
        ("me llamo José. Vivo lejos", &["person_name «José» José"]),
        ("this is John's house", &["person_name «John» John"]),
        ("soy Juan-vecino", &["person_name «Juan» Juan"]),
    ]);
}

#[test]
fn letters_are_signed_and_nicknames_told() {
    check(&[
        ("Atte. Ing. Carlos Slim", &["person_name «Carlos Slim» Carlos Slim"]),
        ("Atentamente, Rosa Uc", &["person_name «Rosa Uc» Rosa Uc"]),
        ("firma: Rosa Uc", &["person_name «Rosa Uc» Rosa Uc"]),
        ("soy el vecino Juan Pérez", &["person_name «Juan Pérez» Juan Pérez"]),
        ("me dicen Beto", &["person_name «Beto» Beto"]),
        ("no, me llamo Juan", &["person_name «Juan» Juan"]),
        ("no me llamo Juan, me llamo Pedro", &["person_name «Pedro» Pedro"]),
        ("soy Cruz Hernández", &["person_name «Cruz Hernández» Cruz Hernández"]),
        ("my name is alfredo", &["person_name «alfredo» Alfredo"]),
    ]);
    nothing(&[
        "no me llamo Juan",
        "soy Cruz Roja",
        "me dicen que no",
        "firma: pendiente",
        "atentamente los vecinos",
        "atte: su vecina",
        "my name is misspelled on my birth certificate",
        "my name's painted on my gate",
        "my name is missing from the list",
        "mi nombre es correcto",
    ]);
}
