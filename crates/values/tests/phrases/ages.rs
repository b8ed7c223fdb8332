use ventanilla_values::Age;

use crate::{check, shown, today};

fn age(text: &str) -> String {
    shown(Age::read(text, today()), |age| match age.months {
        0 => age.years.to_string(),
        months => format!("{}y{months}m", age.years),
    })
}

#[test]
fn ages_in_spanish() {
    check(
        &[
            ("34", "34"),
            ("tengo 34 años", "34"),
            ("Tengo treinta y cuatro años cumplidos", "34"),
            ("34 años", "34"),
            ("sesenta y dos", "62"),
            ("62 añitos", "62"),
            ("ando en los 50", "50"),
            ("mi mamá tiene 81 años", "81"),
            ("cumplo 60 en marzo", "59"),
            ("voy a cumplir 60", "59"),
            ("ya casi cumplo 18", "17"),
            ("casi 60", "59"),
            ("hoy cumplo 60", "60"),
            ("cumplo 60 hoy", "60"),
            ("acabo de cumplir 18", "18"),
            ("ya cumplí 65", "65"),
            ("ocho meses", "0y8m"),
            ("tiene 8 meses", "0y8m"),
            ("1 año y 6 meses", "1y6m"),
            ("año y medio", "1y6m"),
            ("un año", "1"),
            ("2 años 3 meses", "2y3m"),
            ("18 meses", "1y6m"),
            ("3 semanas", "0"),
            ("recién nacido", "0"),
            ("nací el 3 de mayo de 1964", "62"),
            ("nací el 3 de junio de 1964", "61"),
            ("nací en 1964", "62 or 61"),
            ("1964", "62 or 61"),
            ("nació el 1 de enero de 2026", "0y4m"),
            ("5 años y medio", "5"),
        ],
        age,
    );
}

#[test]
fn ages_in_english() {
    check(
        &[
            ("I'm 34", "34"),
            ("34 years old", "34"),
            ("34-year-old", "34"),
            ("thirty-four", "34"),
            ("turning 60 in March", "59"),
            ("almost 60", "59"),
            ("just turned 18", "18"),
            ("eight months", "0y8m"),
            ("a year and a half", "1y6m"),
            ("newborn", "0"),
            ("born on May 3rd, 1964", "62"),
            ("born in 1964", "62 or 61"),
            ("my mother is 81", "81"),
            ("2 years and 3 months", "2y3m"),
            ("sixty two", "62"),
        ],
        age,
    );
}

#[test]
fn what_is_no_age_says_why() {
    check(
        &[
            ("", "NoAge"),
            ("no te digo", "NoAge"),
            ("👵", "NoAge"),
            ("-3", "NoAge"),
            ("150", "TooOld"),
            ("tengo 200 años", "TooOld"),
            ("34 años y mi hijo 8 años", "Several"),
            ("nací en 2030", "NotBorn"),
            ("ya", "NoAge"),
        ],
        age,
    );
}
