//! What is written is read back as the same value; no text makes a reader panic.

use chrono::{Days, NaiveDate, NaiveTime};
use proptest::prelude::*;
use ventanilla_values::{
    Age, Calendar, Curp, Currency, DateContext, DateRange, FullName, Hours, Lang, Money, Plate, Reading, Rfc,
    Tense, Value, age_in_words, date_in_words, days_in_words, hours_in_words, money_in_words, read_date,
    read_date_range, read_time, read_time_range, spoken, time_in_words,
};

use crate::today;

const LANGS: [Lang; 2] = [Lang::ES, Lang::EN];

fn anywhere(calendar: &Calendar) -> DateContext<'_> {
    DateContext { today: today(), tense: Tense::Any, calendar }
}

fn day(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

fn minute(of_day: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(of_day * 60, 0).expect("a minute of the day")
}

proptest! {
    #[test]
    fn days_are_read_back(days in 0_u64..1_200) {
        let calendar = Calendar::default();
        for lang in LANGS {
            let text = date_in_words(day(days), today(), lang);
            prop_assert_eq!(read_date(&text, &anywhere(&calendar)), Ok(Reading::One(day(days))), "{}", text);
        }
    }

    #[test]
    fn ranges_of_days_are_read_back(first in 0_u64..400, length in 0_u64..200) {
        let calendar = Calendar::default();
        let range = DateRange { from: day(first), to: day(first + length) };
        for lang in LANGS {
            let text = days_in_words(range, today(), lang);
            prop_assert_eq!(read_date_range(&text, &anywhere(&calendar)), Ok(Reading::One(range)), "{}", text);
        }
    }

    #[test]
    fn times_are_read_back(of_day in 0_u32..1_440) {
        for lang in LANGS {
            let text = time_in_words(minute(of_day), lang);
            prop_assert_eq!(read_time(&text, None), Ok(Reading::One(minute(of_day))), "{}", text);
        }
    }

    #[test]
    fn ranges_of_hours_are_read_back(from in 0_u32..1_400, length in 1_u32..1_440) {
        prop_assume!(from + length < 1_440);
        let hours = Hours { from: minute(from), to: minute(from + length) };
        for lang in LANGS {
            let text = hours_in_words(hours, lang);
            prop_assert_eq!(read_time_range(&text, None), Ok(Reading::One(hours)), "{}", text);
        }
    }

    #[test]
    fn amounts_are_read_back(cents in 0_u64..100_000_000_000, usd in any::<bool>()) {
        let money = Money { cents, currency: if usd { Currency::Usd } else { Currency::Mxn } };
        let text = money_in_words(money);
        prop_assert_eq!(Money::answer(&text), Ok(money), "{}", text);
    }

    #[test]
    fn ages_are_read_back(years in 0_u32..122, months in 0_u32..12) {
        let age = Age { years, months: if years < 3 { months } else { 0 } };
        for lang in LANGS {
            let text = age_in_words(age, lang);
            prop_assert_eq!(Age::read(&text, today()), Ok(Reading::One(age)), "{}", text);
        }
    }

    #[test]
    fn names_are_read_back(given in "[A-Z][a-z]{3,8}", first in "(de la |del )?[A-Z][a-z]{4,8}", second in "[A-Z][a-z]{4,8}") {
        let text = format!("{given} {first} {second}");
        if let Ok(name) = FullName::parse(&text) {
            prop_assert_eq!(FullName::parse(&name.to_string()), Ok(name.clone()));
            prop_assert!(text.starts_with(&name.given));
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        survived(&text);
    }

    #[test]
    fn text_that_looks_like_an_answer_is_survived(
        text in "((del?|al?|entre|y|las?|el|lunes|mayo|enero|hoy|semana|fin|en|ocho|años?|meses|cumplo|nací|pm|media|tarde|[0-9]{1,4}|[:/.,-]|Ana|Ma\\.) ?){0,10}"
    ) {
        survived(&text);
    }
}

fn survived(text: &str) {
    let calendar = Calendar::default();
    for today in [today(), NaiveDate::MIN, NaiveDate::MAX] {
        for tense in [Tense::Any, Tense::Ahead, Tense::Behind] {
            let at = DateContext { today, tense, calendar: &calendar };
            let _ = (read_date(text, &at), read_date_range(text, &at));
        }
        let _ = Age::read(text, today);
    }
    let _ = (read_time(text, None), read_time_range(text, None), FullName::parse(text));
    let _ = (Curp::find(text), Rfc::find(text), Plate::find(text), Money::answer(text));
}

#[test]
fn four_megabytes_are_survived() {
    for piece in ["del 3 al ", "Ana de la ", "1 año y ", "HEGG ", "a las 4 "] {
        survived(&piece.repeat(400_000));
    }
}

#[test]
fn what_is_written_can_be_said() {
    let written = |value: Value| spoken(&value.written(today(), Lang::ES), Lang::ES);
    assert_eq!(written(Value::Time(minute(990))), "cuatro y media de la tarde");
    assert_eq!(written(Value::Time(minute(750))), "doce y media del día");
    assert_eq!(
        written(Value::Money(Money { cents: 125_000, currency: Currency::Mxn })),
        "mil doscientos cincuenta pesos"
    );
    assert_eq!(written(Value::Date(day(3))), "lunes 18 de mayo");
    let curp = Value::Curp("HEGG560427MVZRRL04".parse().unwrap());
    assert_eq!(written(curp), "H E G G. 56, 0 4, 27. M V Z R R L. 0 4");
    assert_eq!(written(Value::Rfc("GODE561231GR8".parse().unwrap())), "G O D E. 56, 12, 31. G R. 8");
    assert_eq!(written(Value::Plate("ABC123D".parse().unwrap())), "A B C. 12, 3. D");
    let email = Value::Email("ana.lopez@example.mx".parse().unwrap());
    assert_eq!(written(email), "ana punto lopez arroba example punto mx");
}
