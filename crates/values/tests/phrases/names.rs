use ventanilla_values::FullName;

use crate::check;

fn name(text: &str) -> String {
    match FullName::parse(text) {
        Ok(name) => format!("{}|{}", name.given, name.surnames),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn names_are_read_as_people_of_mexico_write_them() {
    check(
        &[
            ("Juan Pérez López", "Juan|Pérez López"),
            ("juan perez lopez", "Juan|Perez Lopez"),
            ("JUAN PÉREZ LÓPEZ", "Juan|Pérez López"),
            ("Juan Pérez", "Juan|Pérez"),
            ("José Luis Hernández", "José Luis|Hernández"),
            ("José Luis Hernández Canul", "José Luis|Hernández Canul"),
            ("María del Carmen Pérez López", "María del Carmen|Pérez López"),
            ("maria del carmen perez", "Maria del Carmen|Perez"),
            ("Ma. del Carmen Pérez López", "Ma. del Carmen|Pérez López"),
            ("MA. DE LOS ANGELES UC CHI", "Ma. de los Angeles|Uc Chi"),
            ("J. Jesús Ramírez Soto", "J. Jesús|Ramírez Soto"),
            ("Juan Pérez de la Cruz", "Juan|Pérez de la Cruz"),
            ("Rosa de la Cruz Hernández", "Rosa|de la Cruz Hernández"),
            ("ana maría de la o gómez", "Ana María|de la O Gómez"),
            ("Guadalupe del Río y Montes", "Guadalupe|del Río y Montes"),
            ("José Ortega y Gasset", "José|Ortega y Gasset"),
            ("Ana García-Luna Ruiz", "Ana|García-Luna Ruiz"),
            ("Patricio O'Farrill Díaz", "Patricio|O'Farrill Díaz"),
            ("me llamo Ana Pech Ku", "Ana|Pech Ku"),
            ("Hola, me llamo Ana Pech Ku", "Ana|Pech Ku"),
            ("mi nombre es ana pech, gracias", "Ana|Pech"),
            ("Mi nombre completo es: Ana Pech Ku", "Ana|Pech Ku"),
            ("soy la sra. Ana Pech", "Ana|Pech"),
            ("Sra. Ana Pech Ku", "Ana|Pech Ku"),
            ("Lic. Mario Couoh Dzul", "Mario|Couoh Dzul"),
            ("Ana Pech y vivo en el centro", "Ana|Pech"),
            ("Ana Pech para servirle", "Ana|Pech"),
            ("a nombre de Ana Pech Ku", "Ana|Pech Ku"),
            ("my name is John Smith", "John|Smith"),
            ("I'm Mary Jane Watson", "Mary Jane|Watson"),
            ("Ronald McDonald", "Ronald|McDonald"),
            ("Ñuflo Ñáñez", "Ñuflo|Ñáñez"),
            ("Luis Fernando Carlos de la Vega Pérez", "Luis Fernando Carlos|de la Vega Pérez"),
        ],
        name,
    );
}

#[test]
fn what_is_no_name_says_why() {
    check(
        &[
            ("", "NoName"),
            ("no quiero decir", "NoName"),
            ("¿para qué?", "NoName"),
            ("anónimo", "NoName"),
            ("👍", "NoName"),
            ("Rosa", "NoSurname"),
            ("me llamo Rosa", "NoSurname"),
            ("María del Carmen", "NoSurname"),
            ("Rosa 123", "Digits"),
            ("9815550142", "Digits"),
            ("Ana4 Pech", "Digits"),
            ("a b c d", "NoName"),
            ("Ana Luz Sol Mar Paz Flor Rosa Lila Vera Nora Cora Lola Sara", "TooLong"),
        ],
        name,
    );
}
