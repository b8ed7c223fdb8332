use proptest::prelude::*;

use super::*;

fn read(text: &str) -> String {
    seen(text).text.into_owned()
}

#[test]
fn letters_of_other_scripts_are_read_as_what_they_look_like() {
    for (written, meant) in [
        ("quiеrо mоrir", "quiero morir"),
        ("quiero mοrir", "quiero morir"),
        ("αyudα", "ayuda"),
        ("ᴍᴇ ǫᴜɪᴇʀᴏ ᴍᴀᴛᴀʀ", "me quiero matar"),
        ("ａｙｕｄａ", "ayuda"),
        ("𝓺𝓾𝓲𝓮𝓻𝓸", "quiero"),
        ("🅼🅴 🅼🅰🆃🅾", "ME MATO"),
        ("quıero mørir", "quiero morir"),
        ("есо у más", "eco y más"),
        ("ẽẽ Nguyễn", "ee Nguyen"),
    ] {
        assert_eq!(read(written), meant);
    }
}

#[test]
fn marks_and_what_is_not_seen_go() {
    let zalgo: String = "matar".chars().flat_map(|c| [c, '\u{337}', '\u{352}']).collect();
    assert_eq!(read(&zalgo), "matar");
    assert_eq!(read("mo\u{200d}rir ma\u{ad}t\u{2063}ar qu\u{34f}e"), "morir matar que");
    assert_eq!(read(&"m\u{301}".repeat(3)), "mmm");
}

#[test]
fn letters_that_stand_apart_are_words() {
    for (written, meant) in [
        ("a y u d a", "ayuda"),
        ("q u i e r o  m o r i r", "quiero morir"),
        ("q u i e r o m o r i r", "quieromorir"),
        ("q.u.i.e.r.o m.o.r.i.r", "quiero morir"),
        ("me quiero m-a-t-a-r, ya", "me quiero matar, ya"),
        ("а y u d а!", "ayuda!"),
        ("hay f u e g o aquí", "hay fuego aquí"),
        ("el I M S S y el D I F", "el IMSS y el D I F"),
        ("j a j a j a", "jajaja"),
    ] {
        assert_eq!(read(written), meant);
    }
}

#[test]
fn ordinary_texts_stay_as_they_are() {
    for text in [
        "¿Qué pasó, señor? Ñandú, pingüino",
        "el recibo de la c f e y el d i f",
        "C.F.E.",
        "placas Y A B 1 2 3",
        "calle 5 A x 12 B, mza. 3 lt. 4",
        "k tal, q onda x favor",
        "maʼalob k’iin, k'áat",
        "👨‍👩‍👧 👍🏽 🇲🇽 ❤️ 2️⃣ 🅿️ 🆘",
        "помогите, мой сын пропал. сор и рот",
        "Καλημέρα, έχω ένα πρόβλημα και θέλω",
        "你好 مرحبا\u{200c}ی",
        "https://example.org/a/b/c/d/e y j.p.m.e@correo.mx",
        "1ª y 2º piso, 3 m², 5½",
        "a o e u",
        "b c d f",
        "",
    ] {
        let read = seen(text);
        assert!(matches!(read.text, Cow::Borrowed(_)), "{text}: {}", read.text);
    }
}

#[test]
fn a_span_is_told_where_it_was_written() {
    let text = "ya m o r i r y quiеrо hoy";
    let read = seen(text);
    let of = |word: &str| {
        let from = read.text.find(word).unwrap();
        text.get(read.written(from..from + word.len())).unwrap()
    };
    assert_eq!(read.text, "ya moriry quiero hoy");
    assert_eq!((of("ya"), of("quiero"), of("hoy")), ("ya", "quiеrо", "hoy"));
    assert_eq!(of("morir"), "m o r i r y");
}

#[test]
fn a_very_long_text_takes_no_longer_than_its_length() {
    for part in ["a y ", "m\u{301}\u{337}", "о", "🅰", "q.u.i ", "a\u{200b}"] {
        let long = part.repeat(200_000);
        assert!(read(&long).len() <= long.len());
    }
}

const DISGUISED: &[&str] = &[
    "m o r i r",
    "q.u.i",
    "quiеrо",
    "а",
    "ο",
    "α",
    "🅼🅴",
    "🅿️",
    "ｍｅ",
    "ᴍ",
    "m4t4r",
    "\u{200d}",
    "\u{337}",
    "\u{34f}",
    "ñ",
    "помогите",
    "c f e",
    "Y A B 1 2 3",
    "ayudaaaa",
    "👍🏽",
    "ﷺ",
    "ǅ",
    "ß",
    "İ",
    "\u{3164}",
    "@",
    "/",
    "\n",
    "  ",
    "-",
    ".",
];

proptest! {
    #[test]
    fn any_disguise_is_borne_and_seen_through_once(
        pieces in prop::collection::vec(prop::sample::select(DISGUISED), 0..40),
        between in prop::sample::select(vec![" ", "", "  ", ".", "\n"]),
    ) {
        check(&pieces.join(between))?;
    }

    #[test]
    fn any_text_is_borne(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn plain_words_stay(text in "[a-zñáéíóú]{2,9}( [a-zñáéíóú]{2,9}){0,9}") {
        prop_assert_eq!(read(&text), text);
    }
}

/// Every place of what is seen has a place in what was written, in the same order.
fn check(text: &str) -> Result<(), TestCaseError> {
    let read = seen(text);
    let mut last = 0;
    for (at, c) in read.text.char_indices() {
        let span = read.written(at..at + c.len_utf8());
        prop_assert!(text.get(span.clone()).is_some_and(|written| !written.is_empty()), "{span:?}");
        prop_assert!(span.start >= last);
        last = span.start;
    }
    Ok(())
}
