//! Values as people read them. What is written here is read back as the same value, and a voice can say it: the words
//! of an hour are "4:30 de la tarde" and not "16:30".

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::{Age, Currency, DateRange, Hours, Lang, Money};

/// Names of the days, Monday first, in Spanish.
pub const DAYS_ES: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
/// Names of the days, Monday first, in English.
pub const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Names of the months, in Spanish.
pub const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
/// Names of the months, in English.
pub const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day; its year is told where it is another than today's.
///
/// ```
/// use chrono::NaiveDate;
/// use ventanilla_values::{Lang, date_in_words};
/// let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
/// assert_eq!(date_in_words(day(5, 3), day(1, 1), Lang::ES), "lunes 3 de mayo");
/// let before = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
/// assert_eq!(date_in_words(day(5, 3), before, Lang::EN), "Monday, May 3, 2027");
/// ```
pub fn date_in_words(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let year = (day.year() != today.year()).then_some(day.year());
    let (weekday, month) = (weekday(day, lang), month(day, lang));
    match (lang == Lang::EN, year) {
        (true, None) => format!("{weekday}, {month} {}", day.day()),
        (true, Some(year)) => format!("{weekday}, {month} {}, {year}", day.day()),
        (false, None) => format!("{weekday} {} de {month}", day.day()),
        (false, Some(year)) => format!("{weekday} {} de {month} de {year}", day.day()),
    }
}

/// "del lunes 3 al sábado 8 de mayo"; a single day as [`date_in_words`] says it.
pub fn days_in_words(days: DateRange, today: NaiveDate, lang: Lang) -> String {
    let DateRange { from, to } = days;
    let (first, last) = (date_in_words(from, today, lang), date_in_words(to, today, lang));
    let same_month = (from.year(), from.month()) == (to.year(), to.month());
    match lang == Lang::EN {
        _ if from == to => first,
        true => format!("from {first} to {last}"),
        false if same_month => format!("del {} {} al {last}", weekday(from, lang), from.day()),
        false => format!("del {first} al {last}"),
    }
}

/// "4:30 de la tarde", "4:30 p.m."
///
/// ```
/// use chrono::NaiveTime;
/// use ventanilla_values::{Lang, time_in_words};
/// let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
/// assert_eq!(time_in_words(at(16, 30), Lang::ES), "4:30 de la tarde");
/// assert_eq!(time_in_words(at(0, 5), Lang::EN), "12:05 a.m.");
/// ```
pub fn time_in_words(time: NaiveTime, lang: Lang) -> String {
    let (after_noon, hour) = time.hour12();
    let part = match (lang == Lang::EN, time.hour()) {
        (true, _) if after_noon => "p.m.",
        (true, _) => "a.m.",
        (false, 0) => "de la noche",
        (false, 1..=5) => "de la madrugada",
        (false, 6..=11) => "de la mañana",
        (false, 12) => "del día",
        (false, 13..=18) => "de la tarde",
        (false, _) => "de la noche",
    };
    format!("{hour}:{:02} {part}", time.minute())
}

/// "de 9:00 de la mañana a 1:00 de la tarde"
pub fn hours_in_words(hours: Hours, lang: Lang) -> String {
    let (from, to) = (time_in_words(hours.from, lang), time_in_words(hours.to, lang));
    if lang == Lang::EN { format!("from {from} to {to}") } else { format!("de {from} a {to}") }
}

/// "$1,250", "$1,250.50", "US$50"
pub fn money_in_words(money: Money) -> String {
    let (whole, cents) = (money.cents / 100, money.cents % 100);
    let sign = match money.currency {
        Currency::Mxn => "$",
        Currency::Usd => "US$",
    };
    let cents = if cents == 0 { String::new() } else { format!(".{cents:02}") };
    format!("{sign}{}{cents}", grouped(whole))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "34 años", "8 meses", "1 año y 6 meses"
pub fn age_in_words(age: Age, lang: Lang) -> String {
    let (one_year, years, one_month, months, and, newborn) = if lang == Lang::EN {
        ("year", "years", "month", "months", "and", "less than 1 month")
    } else {
        ("año", "años", "mes", "meses", "y", "menos de 1 mes")
    };
    let counted =
        |count: u32, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    match (age.years, age.months) {
        (0, 0) => newborn.to_owned(),
        (0, count) => counted(count, one_month, months),
        (count, 0) => counted(count, one_year, years),
        (y, m) => format!("{} {and} {}", counted(y, one_year, years), counted(m, one_month, months)),
    }
}

fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    let names = if lang == Lang::EN { DAYS_EN } else { DAYS_ES };
    names.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
}

fn month(day: NaiveDate, lang: Lang) -> &'static str {
    let names = if lang == Lang::EN { MONTHS_EN } else { MONTHS_ES };
    names.get(day.month0() as usize).copied().unwrap_or_default()
}
