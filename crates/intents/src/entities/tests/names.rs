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
