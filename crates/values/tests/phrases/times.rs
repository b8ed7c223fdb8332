use ventanilla_values::{Hours, read_time};

use crate::{check, clock, shown};

fn time(text: &str) -> String {
    shown(read_time(text, None), |time| clock(*time))
}

#[test]
fn times_in_spanish() {
    check(
        &[
            ("a las 4 y media de la tarde", "16:30"),
            ("mañana a las 4 de la tarde", "16:00"),
            ("a las cuatro y cuarto de la tarde", "16:15"),
            ("4 pm", "16:00"),
            ("4 p.m.", "16:00"),
            ("4:30 p. m.", "16:30"),
            ("4:30pm", "16:30"),
            ("16:30", "16:30"),
            ("16:30 hrs", "16:30"),
            ("16 hrs", "16:00"),
            ("a las 16 horas", "16:00"),
            ("1630", "16:30"),
            ("0430", "04:30"),
            ("a las 10 de la mañana", "10:00"),
            ("10 am", "10:00"),
            ("diez de la mañana", "10:00"),
            ("en la mañana, a las 9", "09:00"),
            ("a las 9 por la mañana", "09:00"),
            ("las 8 de la noche", "20:00"),
            ("8 y media de la noche", "20:30"),
            ("a las 2 de la madrugada", "02:00"),
            ("al mediodía", "12:00"),
            ("a medio día", "12:00"),
            ("a medianoche", "00:00"),
            ("12 del día", "12:00"),
            ("12 de la noche", "00:00"),
            ("12:30 del día", "12:30"),
            ("cuarto para las 5 de la tarde", "16:45"),
            ("diez para las cinco de la tarde", "16:50"),
            ("a las 5 menos cuarto de la tarde", "16:45"),
            ("a las cuatro y veinticinco de la tarde", "16:25"),
            ("como a las 5 de la tarde", "17:00"),
            ("tipo 5 pm", "17:00"),
            ("a eso de las 6 de la tarde", "18:00"),
            ("5 en punto de la tarde", "17:00"),
            ("a la 1 de la tarde", "13:00"),
            ("a la una y media de la tarde", "13:30"),
            ("15.30", "15:30"),
            // The half of the day was not said.
            ("a las 4", "16:00 or 04:00"),
            ("4", "16:00 or 04:00"),
            ("4 y media", "16:30 or 04:30"),
            ("cuatro", "16:00 or 04:00"),
            ("las 9", "09:00 or 21:00"),
            ("430", "16:30 or 04:30"),
            ("4.30", "16:30 or 04:30"),
            ("a las 12", "12:00 or 00:00"),
            ("a las 9 de la mañana o a las 4 de la tarde", "09:00 or 16:00"),
        ],
        time,
    );
}

#[test]
fn times_in_english() {
    check(
        &[
            ("at 4 pm", "16:00"),
            ("4:30 p.m.", "16:30"),
            ("at 4 in the afternoon", "16:00"),
            ("10 in the morning", "10:00"),
            ("10 AM", "10:00"),
            ("at noon", "12:00"),
            ("midnight", "00:00"),
            ("half past four pm", "16:30"),
            ("quarter to five pm", "16:45"),
            ("quarter past 4 in the afternoon", "16:15"),
            ("8 at night", "20:00"),
            ("12:05 a.m.", "00:05"),
            ("16:00", "16:00"),
            ("four o'clock", "16:00 or 04:00"),
            ("around 5 pm", "17:00"),
            ("at nine", "09:00 or 21:00"),
        ],
        time,
    );
}

#[test]
fn the_hours_of_the_office_decide_where_only_one_half_lies_in_them() {
    let at = |text: &str| text.parse().unwrap();
    let office = Hours { from: at("08:00:00"), to: at("15:00:00") };
    check(
        &[
            ("a las 9", "09:00"),
            ("a las 2", "14:00"),
            ("a las 12", "12:00"),
            ("a las 3", "15:00"),
            ("a las 5", "17:00 or 05:00"),
            ("a las 8 de la noche", "20:00"),
        ],
        |text| shown(read_time(text, Some(office)), |time| clock(*time)),
    );
}

#[test]
fn what_is_no_time_says_why() {
    check(
        &[
            ("", "NoTime"),
            ("no sé", "NoTime"),
            ("👍", "NoTime"),
            ("25:00", "NoTime"),
            ("4:75", "NoTime"),
            ("99", "NoTime"),
            ("mañana", "NoTime"),
            ("en la tarde", "Part"),
            ("temprano", "Part"),
            ("de 9 a 1", "Range"),
            ("entre 4 y 5 de la tarde", "Range"),
            ("a las 4 o a las 5 o a las 6", "Several"),
        ],
        time,
    );
}
