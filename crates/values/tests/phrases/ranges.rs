use ventanilla_values::{Hours, Tense, read_date_range, read_time_range};

use crate::{at, calendar, check, clock, shown};

fn days(text: &str) -> String {
    shown(read_date_range(text, &at(&calendar(), Tense::Ahead)), |days| format!("{} {}", days.from, days.to))
}

fn any(text: &str) -> String {
    shown(read_date_range(text, &at(&calendar(), Tense::Any)), |days| format!("{} {}", days.from, days.to))
}

fn hours(text: &str) -> String {
    shown(read_time_range(text, None), |hours| format!("{}-{}", clock(hours.from), clock(hours.to)))
}

#[test]
fn days_in_spanish() {
    check(
        &[
            ("del 3 al 8 de junio", "2026-06-03 2026-06-08"),
            ("del tres al ocho de junio", "2026-06-03 2026-06-08"),
            ("3 al 8 de junio", "2026-06-03 2026-06-08"),
            ("3-8 de junio", "2026-06-03 2026-06-08"),
            ("entre el 3 y el 8 de junio", "2026-06-03 2026-06-08"),
            ("desde el 3 hasta el 8 de junio", "2026-06-03 2026-06-08"),
            ("del 3 de junio al 8 de julio", "2026-06-03 2026-07-08"),
            ("del 28 al 3 de junio", "2026-05-28 2026-06-03"),
            ("del 20 al 25", "2026-05-20 2026-05-25"),
            ("del 28 al 3", "2026-05-28 2026-06-03"),
            ("del 20/05 al 25/05", "2026-05-20 2026-05-25"),
            ("del 20/05/2026 al 25/05/2026", "2026-05-20 2026-05-25"),
            ("de lunes a viernes", "2026-05-18 2026-05-22"),
            ("del lunes al viernes", "2026-05-18 2026-05-22"),
            ("lunes a miércoles", "2026-05-18 2026-05-20"),
            ("del lunes 18 al viernes 22", "2026-05-18 2026-05-22"),
            ("del lunes 18 al viernes 22 de mayo", "2026-05-18 2026-05-22"),
            ("del lunes 18 de mayo al martes 2 de junio", "2026-05-18 2026-06-02"),
            ("de hoy al lunes", "2026-05-15 2026-05-18"),
            ("desde mañana hasta el miércoles", "2026-05-16 2026-05-20"),
            ("de mañana a pasado mañana", "2026-05-16 2026-05-17"),
            ("la semana que entra", "2026-05-18 2026-05-24"),
            ("la semana que viene", "2026-05-18 2026-05-24"),
            ("la próxima semana", "2026-05-18 2026-05-24"),
            ("toda la semana que entra", "2026-05-18 2026-05-24"),
            ("esta semana", "2026-05-15 2026-05-17"),
            ("este fin de semana", "2026-05-16 2026-05-17"),
            ("el fin de semana que viene", "2026-05-16 2026-05-17"),
            ("el mes que viene", "2026-06-01 2026-06-30"),
            ("este mes", "2026-05-15 2026-05-31"),
            ("en julio", "2026-07-01 2026-07-31"),
            ("en febrero de 2028", "2028-02-01 2028-02-29"),
            ("mañana", "2026-05-16 2026-05-16"),
            ("el lunes", "2026-05-18 2026-05-18"),
            ("15 de junio", "2026-06-15 2026-06-15"),
            ("el próximo día hábil", "2026-05-19 2026-05-19"),
            ("puedo del 3 al 8 de junio, gracias", "2026-06-03 2026-06-08"),
            ("del 20 de diciembre al 6 de enero", "2026-12-20 2027-01-06"),
            ("del 1 al 15 de junio de 2027", "2027-06-01 2027-06-15"),
            ("entre lunes y miércoles", "2026-05-18 2026-05-20"),
        ],
        days,
    );
}

#[test]
fn days_in_english() {
    check(
        &[
            ("from May 20 to May 25", "2026-05-20 2026-05-25"),
            ("May 20 to May 25", "2026-05-20 2026-05-25"),
            ("from the 20th to the 25th", "2026-05-20 2026-05-25"),
            ("between May 20 and May 25", "2026-05-20 2026-05-25"),
            ("from Monday to Friday", "2026-05-18 2026-05-22"),
            ("Monday through Friday", "2026-05-18 2026-05-22"),
            ("from Monday, May 18 to Tuesday, June 2", "2026-05-18 2026-06-02"),
            ("next week", "2026-05-18 2026-05-24"),
            ("this weekend", "2026-05-16 2026-05-17"),
            ("this week", "2026-05-15 2026-05-17"),
            ("next month", "2026-06-01 2026-06-30"),
            ("in July", "2026-07-01 2026-07-31"),
            ("tomorrow", "2026-05-16 2026-05-16"),
            ("from today until Monday", "2026-05-15 2026-05-18"),
            ("May 20", "2026-05-20 2026-05-20"),
        ],
        days,
    );
}

#[test]
fn what_are_no_days_says_why() {
    check(
        &[
            ("", "NoDay"),
            ("no sé", "NoDay"),
            ("de 9 a 1", "NoDay"),
            ("la semana pasada", "Past"),
            ("del 8/06/2026 al 3/06/2026", "Backwards"),
            ("del 31 al 5 de marzo", "Impossible"),
        ],
        days,
    );
    check(
        &[
            ("la semana pasada", "2026-05-04 2026-05-10"),
            ("el año pasado", "2025-01-01 2025-12-31"),
            ("ayer", "2026-05-14 2026-05-14"),
        ],
        any,
    );
}

#[test]
fn hours_in_spanish() {
    check(
        &[
            ("de 9 a 1", "09:00-13:00"),
            ("9 a 1", "09:00-13:00"),
            ("de 9 a 5", "09:00-17:00"),
            ("de 8 a 3", "08:00-15:00"),
            ("de 9:00 a 13:00", "09:00-13:00"),
            ("9:00-13:00", "09:00-13:00"),
            ("9:00 - 13:00 hrs", "09:00-13:00"),
            ("9-13", "09:00-13:00"),
            ("de 9 de la mañana a 1 de la tarde", "09:00-13:00"),
            ("de 9:00 de la mañana a 1:00 de la tarde", "09:00-13:00"),
            ("entre 4 y 6 de la tarde", "16:00-18:00"),
            ("entre las 4 y las 6 de la tarde", "16:00-18:00"),
            ("de 4 a 6 pm", "16:00-18:00"),
            ("de 4 a 6 p.m.", "16:00-18:00"),
            ("de cuatro a seis de la tarde", "16:00-18:00"),
            ("entre 11 y 1", "11:00-13:00"),
            ("de 10 a 12", "10:00-12:00"),
            ("de 9 am a 5 pm", "09:00-17:00"),
            ("de 9 y media a 11 de la mañana", "09:30-11:00"),
            ("en la mañana, de 9 a 11", "09:00-11:00"),
            ("en la tarde de 4 a 6", "16:00-18:00"),
            ("toda la mañana", "06:00-12:00"),
            ("en la mañana", "06:00-12:00"),
            ("por la tarde", "12:00-19:00"),
            ("toda la tarde", "12:00-19:00"),
            ("en la noche", "19:00-23:59"),
            ("temprano", "06:00-12:00"),
            ("todo el día", "00:00-23:59"),
            ("a cualquier hora", "00:00-23:59"),
            ("a partir de las 10 de la mañana", "10:00-23:59"),
            ("después de las 4 de la tarde", "16:00-23:59"),
            ("antes de las 10 de la mañana", "00:00-10:00"),
            ("hasta las 3 de la tarde", "00:00-15:00"),
            ("desde las 16:00", "16:00-23:59"),
            ("de 12 a 3 de la tarde", "12:00-15:00"),
            ("mañana de 9 a 1", "09:00-13:00"),
            ("puedo de 9 a 1, gracias", "09:00-13:00"),
            ("de 20:00 a 22:00", "20:00-22:00"),
            // The half of the day was not said, and both are possible.
            ("de 4 a 6", "16:00-18:00 or 04:00-06:00"),
            ("entre 4 y 6", "16:00-18:00 or 04:00-06:00"),
            ("de 8 a 10", "08:00-10:00 or 20:00-22:00"),
        ],
        hours,
    );
}

#[test]
fn hours_in_english() {
    check(
        &[
            ("from 9 to 1", "09:00-13:00"),
            ("from 9 to 5", "09:00-17:00"),
            ("9 am to 5 pm", "09:00-17:00"),
            ("from 9:00 a.m. to 1:00 p.m.", "09:00-13:00"),
            ("between 4 and 6 pm", "16:00-18:00"),
            ("between 4 and 6 in the afternoon", "16:00-18:00"),
            ("in the morning", "06:00-12:00"),
            ("all morning", "06:00-12:00"),
            ("all afternoon", "12:00-19:00"),
            ("in the evening", "19:00-23:59"),
            ("any time", "00:00-23:59"),
            ("all day", "00:00-23:59"),
            ("after 4 pm", "16:00-23:59"),
            ("before 10 am", "00:00-10:00"),
            ("9:00-13:00", "09:00-13:00"),
        ],
        hours,
    );
}

#[test]
fn what_are_no_hours_says_why() {
    check(
        &[
            ("", "NoTime"),
            ("no sé", "NoTime"),
            ("a las 4 de la tarde", "NoRange"),
            ("de 18:00 a 16:00", "Backwards"),
        ],
        hours,
    );
    let at = |text: &str| text.parse().unwrap();
    let office = Hours { from: at("08:00:00"), to: at("15:00:00") };
    check(
        &[
            ("de 8 a 10", "08:00-10:00"),
            ("a partir de las 10", "10:00-15:00"),
            ("todo el día", "08:00-15:00"),
        ],
        |text| {
            shown(read_time_range(text, Some(office)), |hours| {
                format!("{}-{}", clock(hours.from), clock(hours.to))
            })
        },
    );
}
