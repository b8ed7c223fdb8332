use ventanilla_values::{Tense, read_date};

use crate::{at, calendar, check, shown};

fn ahead(text: &str) -> String {
    shown(read_date(text, &at(&calendar(), Tense::Ahead)), ToString::to_string)
}

fn behind(text: &str) -> String {
    shown(read_date(text, &at(&calendar(), Tense::Behind)), ToString::to_string)
}

#[test]
fn days_in_spanish() {
    check(
        &[
            ("hoy", "2026-05-15"),
            ("hoy mismo", "2026-05-15"),
            ("mañana", "2026-05-16"),
            ("mañana por la mañana", "2026-05-16"),
            ("mañana a las 4 y media", "2026-05-16"),
            ("mañana sábado", "2026-05-16"),
            ("pasado mañana", "2026-05-17"),
            ("el lunes", "2026-05-18"),
            ("el lunes que viene", "2026-05-18"),
            ("el lunes en ocho", "2026-05-25"),
            ("este domingo", "2026-05-17"),
            ("el viernes", "2026-05-22"),
            ("este viernes", "2026-05-15"),
            ("el próximo miércoles", "2026-05-20"),
            ("miercoles", "2026-05-20"),
            ("el juebes porfa", "2026-05-21"),
            ("15 de mayo", "2026-05-15"),
            ("el 15 de junio", "2026-06-15"),
            ("quince de junio", "2026-06-15"),
            ("1ro de junio", "2026-06-01"),
            ("el primero de junio", "2026-06-01"),
            ("el 3 de enero", "2027-01-03"),
            ("3 de enero de 2028", "2028-01-03"),
            ("lunes 25 de mayo", "2026-05-25"),
            ("el lunes 25", "2026-05-25"),
            ("viernes 22", "2026-05-22"),
            ("el 20", "2026-05-20"),
            ("el día 3", "2026-06-03"),
            ("20/05", "2026-05-20"),
            ("20/5/2026", "2026-05-20"),
            ("20-05-26", "2026-05-20"),
            ("20 mayo", "2026-05-20"),
            ("en quince días", "2026-05-30"),
            ("dentro de dos semanas", "2026-05-29"),
            ("de hoy en ocho", "2026-05-22"),
            ("de mañana en ocho", "2026-05-23"),
            ("en un mes", "2026-06-15"),
            ("a fin de mes", "2026-05-31"),
            ("el próximo día hábil", "2026-05-19"),
            ("el siguiente día hábil por favor", "2026-05-19"),
            ("el día del puerto", "2026-05-18"),
            ("29 de febrero", "2028-02-29"),
            ("puedo el martes, gracias", "2026-05-19"),
            ("2005", "2026-05-20"),
            ("20052026", "2026-05-20"),
            ("20", "2026-05-20"),
            // Two days: nobody guesses.
            ("martes 25 de mayo", "2026-05-19 or 2026-05-25"),
            ("hoy o mañana", "2026-05-15 or 2026-05-16"),
            ("lunes o martes", "2026-05-18 or 2026-05-19"),
        ],
        ahead,
    );
}

#[test]
fn days_in_english() {
    check(
        &[
            ("today", "2026-05-15"),
            ("tomorrow", "2026-05-16"),
            ("tomorrow at 4", "2026-05-16"),
            ("the day after tomorrow", "2026-05-17"),
            ("Monday", "2026-05-18"),
            ("next Monday", "2026-05-18"),
            ("on friday", "2026-05-22"),
            ("this Sunday please", "2026-05-17"),
            ("May 20", "2026-05-20"),
            ("May 20th, 2026", "2026-05-20"),
            ("the 20th of May", "2026-05-20"),
            ("Wednesday, May 20", "2026-05-20"),
            ("in two weeks", "2026-05-29"),
            ("in fifteen days", "2026-05-30"),
            ("the next business day", "2026-05-19"),
            ("end of the month", "2026-05-31"),
            ("today or tomorrow", "2026-05-15 or 2026-05-16"),
        ],
        ahead,
    );
}

#[test]
fn days_that_have_been() {
    check(
        &[
            ("ayer", "2026-05-14"),
            ("antier", "2026-05-13"),
            ("el lunes", "2026-05-11"),
            ("el lunes pasado", "2026-05-11"),
            ("hace tres días", "2026-05-12"),
            ("3 de mayo de 1964", "1964-05-03"),
            ("03/05/1964", "1964-05-03"),
            ("03051964", "1964-05-03"),
            ("030585", "1985-05-03"),
            ("el 20 de mayo", "2025-05-20"),
            ("last Friday", "2026-05-08"),
            ("born on May 3rd, 1985", "1985-05-03"),
            ("mañana", "Future"),
            ("3 de mayo de 2030", "Future"),
        ],
        behind,
    );
}

#[test]
fn what_is_no_day_says_why() {
    check(
        &[
            ("", "NoDay"),
            ("no sé", "NoDay"),
            ("👍", "NoDay"),
            ("cuando sea", "NoDay"),
            ("31 de febrero", "Impossible"),
            ("31/02", "Impossible"),
            ("32 de mayo", "Impossible"),
            ("3102", "NoDay"),
            ("la semana que entra", "Week"),
            ("en mayo", "Week"),
            ("el mes que viene", "Week"),
            ("next week", "Week"),
            ("ayer", "Past"),
            ("14 de mayo de 2026", "Past"),
            ("hoy, mañana, el lunes o el martes", "Several"),
        ],
        ahead,
    );
}
