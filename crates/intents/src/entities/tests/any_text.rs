//! No text does harm: what is found always lies in the text, in order, and it takes its time by its length.

use proptest::prelude::*;

use super::*;

fn check_spans(text: &str) {
    let mut end = 0;
    for entity in entities(text) {
        assert!(entity.span.start >= end && entity.span.end <= text.len() && !entity.span.is_empty());
        assert_eq!(text.get(entity.span.clone()), Some(entity.text.as_str()));
        assert_eq!(entity.kind, entity.value.kind());
        end = entity.span.end;
    }
}

proptest! {
    #[test]
    fn spans_lie_in_any_text(text in any::<String>()) {
        check_spans(&text);
    }

    #[test]
    fn spans_lie_in_any_mixture_of_what_is_looked_for(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        space in proptest::sample::select(vec![" ", "", "\u{200b}", ", ", "-", "\n"]),
    ) {
        check_spans(&pieces.join(space));
    }
}

const PIECES: &[&str] = &[
    "calle",
    "Juárez",
    "12",
    "y",
    "x",
    "60",
    "entre",
    "esquina con",
    "col.",
    "5 de mayo",
    "el lunes",
    "a las 4",
    "y media",
    "desde hace",
    "dos semanas",
    "$",
    "1,250.50",
    "pesos",
    "998 123 4567",
    "+52",
    "PC-4827-1361",
    "folio",
    "me llamo",
    "María",
    "de la",
    "HEGG560427MVZRRL04",
    "GODE561231GR8",
    "placas",
    "ABC-123-D",
    "ana@x.mx",
    "frente a",
    "la primaria",
    "km",
    "30 cm",
    "del tamaño de",
    "no es",
    "peligroso",
    "se cayó",
    "mil",
    "/",
    ":",
    "é\u{301}",
    "👍🏽",
    "ש",
    "\u{202e}",
    "１２",
    "ﬀ",
    "İ",
    "ß",
    "٣",
    "4️⃣",
];

#[test]
fn ten_thousand_hostile_characters_are_read_to_their_end() {
    let pieces = ["a ", "1 ", "A1-", "desde hace ya ", "@a", "mil ", "entre 60 y "];
    for piece in pieces {
        check_spans(&piece.chars().cycle().take(10_000).collect::<String>());
    }
    check_spans(&"9".repeat(10_000));
    check_spans(&"ñ".repeat(10_000));
}

#[test]
fn what_is_not_letters_is_nothing() {
    nothing(&[
        "",
        " ",
        "\u{200b}\u{202e}",
        "🙂🙂🙂",
        "¿?¡!...",
        "שלום עולם",
        "你好世界",
        "\u{301}\u{301}",
        "\n\n\n",
    ]);
}

#[test]
fn marks_that_draw_nothing_do_not_hide_a_thing() {
    let found = entities("\u{202e}ca\u{200b}lle Jua\u{301}rez 14\u{2069}");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, EntityKind::Place);
}

#[test]
fn logs_do_not_show_what_was_said() {
    let found = entities("me llamo Ana López, vivo en calle Juárez 14, cel 998 123 4567, desde el lunes");
    assert_eq!(found.len(), 4);
    let logged = format!("{found:?} {:?}", found.iter().map(|e| &e.value).collect::<Vec<_>>());
    for said in ["Ana", "Juárez", "998", "4567"] {
        assert!(!logged.contains(said), "{said}");
    }
}

#[test]
fn it_is_written_as_json() {
    let json = serde_json::to_value(entities("cerca de la escuela")).unwrap();
    assert_eq!(json[0]["kind"], "danger");
    assert_eq!(json[0]["value"]["danger"]["danger"], "children");
    assert_eq!(json[0]["value"]["danger"]["place"]["landmark"]["relation"], "near");
}
