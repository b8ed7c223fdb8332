//! What is written -> what is heard.

use proptest::prelude::*;

use super::spoken;
use crate::{Folio, Lang, Pin};

#[track_caller]
fn es(written: &str, heard: &str) {
    assert_eq!(spoken(written, Lang::ES), heard);
    assert_eq!(spoken(heard, Lang::ES), heard, "what is for the ear already stays");
}

#[track_caller]
fn en(written: &str, heard: &str) {
    assert_eq!(spoken(written, Lang::EN), heard);
    assert_eq!(spoken(heard, Lang::EN), heard, "what is for the ear already stays");
}

#[test]
fn marks_and_pictures_are_not_read() {
    es("*Vamos* a _reportar_: ~bache~ `fuga`", "Vamos a reportar: bache fuga");
    es("¡Hola! 👋 Soy el asistente", "¡Hola! Soy el asistente");
    es(
        "Mándame tu ubicación 📍, o escribe «calle 20 por 15».",
        "Mándame tu ubicación, o escribe calle 20 por 15.",
    );
    es("familia 👨‍👩‍👧‍👦 y bandera 🇲🇽", "familia y bandera");
    es("✅ Listo", "Listo");
    es("Menú → Predial", "Menú Predial");
    es("Predial – pago en línea", "Predial, pago en línea");
    es("👍", "");
    en("Don't worry, “it’s” fine ❤️", "Don't worry, it’s fine");
}

#[test]
fn lines_become_sentences() {
    es("Revisa:\n\n• Bache\n- Calle 20\n* Centro\n> cita", "Revisa: Bache. Calle 20. Centro. cita");
    es("¿Qué necesitas?\r\n1. Predial\r\n2) Agua", "¿Qué necesitas? 1, Predial. 2, Agua");
    es("Uno\u{2028}dos\tveces\u{0}", "Uno. dos veces");
    en("First,\nsecond", "First, second");
}

#[test]
fn keys_of_the_phone_keep_their_meaning() {
    es("Marca * para repetir o # al terminar", "Marca asterisco para repetir o gato al terminar");
    es("Calle 8 #5", "Calle 8 número 5");
    en("Press * or #.", "Press star or pound.");
}

#[test]
fn folios_and_pins_are_dictated_in_pairs() {
    es("Tu folio es *PC-4821-3305*. Guárdalo.", "Tu folio es P C. 48, 21. 33, 0 5. Guárdalo.");
    es("Folio:PC-0700-0030", "Folio:P C. 0 7, 0 0. 0 0, 30");
    es("Tu PIN es 120456", "Tu PIN es 12, 0 4, 56");
    en("Folio PC-4821-3305, PIN 004210.", "Folio P C. 48, 21. 33, 0 5, PIN 0 0, 42, 10.");
    es("PC-4821-33057 no es un folio", "PC-4821-33057 no es un folio");
}

#[test]
fn phones_are_said_digit_by_digit_in_their_groups() {
    es("Llama al *982 555 0120*.", "Llama al 9 8 2, 5 5 5, 0 1 2 0.");
    es("Línea de la Vida: 800 911 2000", "Línea de la Vida: 8 0 0, 9 1 1, 2 0 0 0");
    es("(982) 555-0120", "9 8 2, 5 5 5, 0 1 2 0");
    es("9825550120", "9 8 2, 5 5 5, 0 1 2 0");
    es("55 0000 0100", "5 5, 0 0 0 0, 0 1 0 0");
    es("+52 982 555 0120", "más 5 2, 9 8 2, 5 5 5, 0 1 2 0");
    es("01 800 911 2000", "0 1, 8 0 0, 9 1 1, 2 0 0 0");
    es("+529825550120", "más 5 2, 9 8 2, 5 5 5, 0 1 2 0");
    es("cuenta 12345678", "cuenta 1 2 3 4, 5 6 7 8");
    en("Call 800 911 2000 now", "Call 8 0 0, 9 1 1, 2 0 0 0 now");
    en("+1 415 555 2671", "plus 1, 4 1 5, 5 5 5, 2 6 7 1");
}

#[test]
fn short_lines_are_digits_and_quantities_are_not() {
    es("Llama al *911* o al 079; también 089.", "Llama al 9 1 1 o al 0 7 9; también 0 8 9.");
    es("a 200 metros, 120 días, calle 20, C.P. 06700", "a 200 metros, 120 días, calle 20, C.P. 0 6 7 0 0");
    en("call *911*", "call 9 1 1");
    en("within 120 days", "within 120 days");
}

#[test]
fn hours_are_said_as_people_say_them() {
    es("de lunes a viernes de 9:00 a 15:00.", "de lunes a viernes de nueve a tres de la tarde.");
    es(
        "Atendemos 8:00-14:00 y 16:00–18:30",
        "Atendemos ocho a dos de la tarde y cuatro de la tarde a seis y media de la tarde",
    );
    es("hoy hasta las 13:15", "hoy hasta la una y cuarto de la tarde");
    es("a la 1:00 o a las 8:45", "a la una o a las ocho cuarenta y cinco");
    es("a las 20:05 h, 00:00 y 24:00", "a las ocho y cinco de la noche, doce de la noche y doce de la noche");
    es("a las 3:00 p.m. Trae tu INE", "a las tres de la tarde. Trae tu INE");
    es("de 9:00 am a 12:00 pm, gracias", "de nueve de la mañana a doce del día, gracias");
    es("12:00", "doce");
    es("25:00 y 9:75 no son horas; 10:30:15 tampoco", "25:00 y 9:75 no son horas; 10:30:15 tampoco");
    en("from 8:00 to 15:30", "from eight to three thirty p.m.");
    en("at 9:05 a.m. or 12:00 p.m.", "at nine oh five a.m. or twelve p.m.");
    en("8:00-14:00", "eight to two p.m.");
}

#[test]
fn money_is_said_in_words() {
    es("Cuesta $1,650.", "Cuesta mil seiscientos cincuenta pesos.");
    es("$1,650.50 MXN", "mil seiscientos cincuenta pesos con cincuenta centavos");
    es("Son 1,650 pesos o 21 pesos", "Son mil seiscientos cincuenta pesos o veintiún pesos");
    es("$1 y $ 0.01", "un peso y cero pesos con un centavo");
    es("$1,000,000 o $1.5 millones", "un millón de pesos o 1.5 millones de pesos");
    es("$350.00 M.N. y 20 dólares", "trescientos cincuenta pesos y veinte dólares");
    en("R&D: 9:00 a.m.", "R and D: nine a.m.");
    es("descuento del 20%", "descuento del 20 por ciento");
    en("It costs $1,650 & 5%", "It costs one thousand six hundred fifty pesos and 5 percent");
    en("$1 or $20.25 USD", "one peso or twenty dollars and twenty-five cents");
    es("1,650 personas y $12,34", "1,650 personas y $12,34");
}

#[test]
fn pages_are_named_once() {
    es("Entra a https://www.pueblo.gob.mx/predial?x=1.", "Entra a la página pueblo punto gob punto mx.");
    es("(https://a-b.mx/1) y A-B.mx", "(la página a guion b punto mx) y esa página");
    es(
        "Escribe a atencion_1@pueblo.gob.mx.",
        "Escribe a atencion guion bajo 1 arroba pueblo punto gob punto mx.",
    );
    en("See www.town.gob.mx or town.gob.mx/x", "See the page town dot gob dot mx or that page");
    es("etc. a.m. fin.de y 1.5 km", "etc. a.m. fin.de y 1.5 km");
}

#[test]
fn dates_stay() {
    es("21 de noviembre de 2026 a las 10:00", "21 de noviembre de 2026 a las diez");
    es("2026-11-21, 21/11/2026", "2026-11-21, 21/11/2026");
    en("November 21, 2026", "November 21, 2026");
}

#[test]
fn another_language_is_said_in_spanish() {
    assert_eq!(spoken("$2", "yua".parse().unwrap()), "dos pesos");
}

#[test]
fn a_huge_text_takes_no_longer_than_it_is() {
    for piece in ["a:a:", "1,", "😀*", "PC-4821-", "9:00-", "(1 ", "x@"] {
        let text = piece.repeat(40_000);
        assert!(spoken(&text, Lang::ES).len() < 40 * text.len());
    }
}

proptest! {
    #[test]
    fn any_text_is_survived_and_nothing_unspeakable_is_left(text in any::<String>(), english in any::<bool>()) {
        let heard = spoken(&text, if english { Lang::EN } else { Lang::ES });
        prop_assert!(!heard.contains(char::is_control), "{:?}", heard);
        prop_assert!(!heard.contains(['*', '\u{FFFE}', '\u{FFFF}', '\u{200B}']), "{:?}", heard);
        prop_assert!(!heard.contains("  ") && heard.trim_end() == heard, "{:?}", heard);
    }

    #[test]
    fn odd_rows_of_digits_and_marks_are_survived(text in "[0-9$:.,#+()* @a-cPM%h-]{0,40}") {
        let heard = spoken(&text, Lang::ES);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
        prop_assert!(digits(&heard) <= digits(&text));
        prop_assert!(digits(&text) == 0 || !heard.is_empty());
    }

    #[test]
    fn words_stay_as_they_are(text in "[a-zA-ZáéíóúñÑ¿?¡!,; ]{0,60}") {
        let words = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        prop_assert_eq!(words(&spoken(&text, Lang::ES)), words(&text));
    }

    #[test]
    fn a_dictated_folio_or_pin_is_read_back(number in 0_u32..10_000_000) {
        let folio = Folio::new("PC", number).unwrap();
        for lang in [Lang::ES, Lang::EN] {
            let heard = spoken(&format!("Folio {folio}"), lang);
            prop_assert_eq!(&Folio::parse(&heard, "PC"), &Ok(folio.clone()), "{}", heard);
            let pin = Pin::from_random(number);
            prop_assert_eq!(Pin::parse(&spoken(&format!("es {pin}"), lang)), Some(pin));
        }
    }
}
