//! What a person is told when an answer was not understood: one sentence in each language.

use ventanilla_values::{
    Age, AgeError, Curp, CurpError, DateError, EmailError, Explain, FolioError, FullName, Lang, Money,
    MoneyError, NameError, Phone, PhoneError, Plate, PlateError, Rfc, RfcError, TimeError,
};

use crate::today;

fn all() -> Vec<Box<dyn Explain>> {
    let mut all: Vec<Box<dyn Explain>> = Vec::new();
    for found in [0, 16, 17, 18, 19] {
        all.push(Box::new(CurpError::Length { found }));
    }
    all.extend(
        [CurpError::Form, CurpError::Date, CurpError::CheckDigit]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [
            RfcError::Length { found: 3 },
            RfcError::Length { found: 14 },
            RfcError::Form,
            RfcError::Date,
            RfcError::CheckDigit,
        ]
        .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.push(Box::new(EmailError));
    all.push(Box::new(PlateError));
    all.extend(
        [MoneyError::NoAmount, MoneyError::Negative, MoneyError::TooMuch]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [NameError::NoName, NameError::NoSurname, NameError::Digits, NameError::TooLong]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [AgeError::NoAge, AgeError::Several, AgeError::TooOld, AgeError::NotBorn]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    use DateError::{Backwards, Future, Impossible, NoDay, Past, Several, Week};
    all.extend(
        [Backwards, Future, Impossible, NoDay, Past, Several, Week]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [
            TimeError::NoTime,
            TimeError::Several,
            TimeError::Part,
            TimeError::Range,
            TimeError::NoRange,
            TimeError::Backwards,
        ]
        .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [
            PhoneError::NoNumber,
            PhoneError::TooShort { digits: 7 },
            PhoneError::TooLong { digits: 18 },
            PhoneError::Several,
            PhoneError::Unassigned,
        ]
        .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all.extend(
        [FolioError::CheckDigit, FolioError::NotEightDigits { found: 3 }]
            .map(|one| Box::new(one) as Box<dyn Explain>),
    );
    all
}

#[test]
fn every_reason_is_one_short_sentence_in_both_languages() {
    for reason in all() {
        let (es, en) = (reason.explain(Lang::ES), reason.explain(Lang::EN));
        assert_ne!(es, en);
        for sentence in [es, en] {
            assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
            assert_eq!(sentence.matches(". ").count(), 0, "one sentence: {sentence}");
            assert!(
                (20..=110).contains(&sentence.chars().count()),
                "{}: {sentence}",
                sentence.chars().count()
            );
            assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
        }
    }
}

#[test]
fn a_reason_is_that_of_the_code_in_the_sentence() {
    let why = |text: &str| Curp::find(text).unwrap_err().explain(Lang::ES);
    assert_eq!(why("mi curp es HEGG560427MVZRRL0"), "La CURP tiene 18 letras y números; falta 1.");
    assert_eq!(why("HEGG560427MVZRRL0499, creo"), "La CURP tiene 18 letras y números; te sobran.");
    assert_eq!(why("no la tengo a la mano"), "La CURP tiene 18 letras y números; escríbela completa.");
    assert_eq!(Curp::find("mi curp es HEGG560427MVZRRL05").unwrap_err(), CurpError::CheckDigit);
    assert_eq!(Rfc::find("mi rfc: gode561231gr9").unwrap_err(), RfcError::CheckDigit);
}

#[test]
fn codes_are_found_in_a_sentence() {
    for text in
        ["mi curp es hegg560427mvzrrl04", "Es HEGG 560427 MVZRRL 04, gracias.", "CURP: HEGG560427MVZRRL04"]
    {
        assert_eq!(Curp::find(text).unwrap().as_str(), "HEGG560427MVZRRL04", "{text}");
    }
    for text in ["mi rfc es gode561231gr8", "GODE-561231-GR8 por favor", "es gode 561231 gr8"] {
        assert_eq!(Rfc::find(text).unwrap().as_str(), "GODE561231GR8", "{text}");
    }
    for text in ["las placas son abc 123 d", "Placa ABC-123-D", "abc123d, es un tsuru"] {
        assert_eq!(Plate::find(text).unwrap().as_str(), "ABC123D", "{text}");
    }
    assert_eq!(Plate::find("no la vi"), Err(PlateError));
}

#[test]
fn amounts_are_read_bare_where_they_are_asked_for() {
    for (text, cents) in [
        ("1250", 125_000),
        ("$1,250.50", 125_050),
        ("mil doscientos cincuenta", 125_000),
        ("como 300 pesos", 30_000),
        ("0", 0),
        ("20 varos", 2_000),
        ("about 40", 4_000),
    ] {
        assert_eq!(Money::answer(text).map(|money| money.cents), Ok(cents), "{text}");
    }
    for (text, error) in [
        ("no sé", MoneyError::NoAmount),
        ("$5 o $6", MoneyError::NoAmount),
        ("-5", MoneyError::Negative),
        ("999999999999999", MoneyError::TooMuch),
    ] {
        assert_eq!(Money::answer(text), Err(error), "{text}");
    }
}

#[test]
fn no_reason_repeats_what_was_written() {
    let secret = "ZZTOP99";
    let told = [
        Curp::find(secret).unwrap_err().explain(Lang::ES),
        Rfc::find(secret).unwrap_err().explain(Lang::ES),
        FullName::parse(secret).unwrap_err().explain(Lang::ES),
        Age::read(&format!("{secret} 1 año o 2 años"), today()).unwrap_err().explain(Lang::ES),
        Phone::parse(secret, true).unwrap_err().explain(Lang::ES),
    ];
    assert!(told.iter().all(|told| !told.contains("ZZ") && !told.contains("99")), "{told:?}");
}
