//! What a message costs, and how it is made cheaper or shorter.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{super::segments::spelled, *};

fn vectors() -> Vec<Value> {
    let told: Value = serde_json::from_slice(&fixture("segment_vectors.json")).unwrap();
    told["segments"].as_array().unwrap().clone()
}

fn counted(segments: &Segments) -> Value {
    let encoding = match segments.encoding {
        Encoding::Gsm7 => "GSM-7",
        Encoding::Ucs2 => "UCS-2",
    };
    json!([encoding, segments.units, segments.count, segments.lengths()])
}

#[test]
fn the_vectors_of_the_reference_are_counted_as_it_says() {
    let vectors = vectors();
    assert!(vectors.len() >= 20);
    for vector in vectors {
        let expected =
            json!([vector["encoding"], vector["units"], vector["segments"], vector["units_per_segment"]]);
        let text = vector["text"].as_str().unwrap();
        assert_eq!(counted(&spelled(text)), expected, "{}", vector["name"]);
        if text.nfc().eq(text.chars()) {
            assert_eq!(segments(text), spelled(text), "{}", vector["name"]);
        }
    }
}

#[test]
fn an_accent_written_apart_is_joined_before_it_is_counted() {
    assert_eq!(counted(&segments("sen\u{303}al")), json!(["GSM-7", 5, 1, [5]]));
}

#[test]
fn a_family_of_emoji_is_never_cut_in_two() {
    let text = format!("{}👨‍👩‍👧‍👦🇲🇽", "á".repeat(60));
    let cut = segments(&text);
    assert_eq!(cut.lengths(), [60, 15]);
    assert_eq!(cut.parts[1], "👨‍👩‍👧‍👦🇲🇽");
}

#[test]
fn what_is_longer_than_a_segment_is_cut_between_its_marks() {
    let tower = format!("q{}", "\u{335}".repeat(200));
    assert_eq!(segments(&tower).parts.concat(), tower);
    assert!(segments(&tower).lengths().iter().all(|length| *length <= 67));
}

#[test]
fn accents_are_saved_only_where_that_saves_money() {
    let text = |text: &str| saved(text).map(|saved| saved.text);
    let long = "a".repeat(80);
    assert_eq!(text("¿Qué día será?"), None, "one segment stays one");
    assert_eq!(text(&format!("{long} año")), None, "it is GSM-7 already");
    assert_eq!(text(&format!("{long}ó")).unwrap(), format!("{long}o"));
    assert_eq!(
        text(&format!("{long} «¡Sí!» – ‘así’… 25° 3×2\u{A0}kg")).unwrap(),
        format!("{long} \"¡Si!\" - 'asi'... 25o 3x2 kg")
    );
    assert_eq!(text(&format!("¡Listo 🎉! {long} 👍🏽")).unwrap(), format!("¡Listo ! {long}"));
    assert_eq!(text(&format!("Hola 👋 vecina, {long}")).unwrap(), format!("Hola vecina, {long}"));
    assert_eq!(text(&format!("1️⃣ Bache {long}")).unwrap(), format!("1 Bache {long}"));
    assert_eq!(text(&format!("{long} Ελλάδα")), None, "other alphabets would be lost");
    assert_eq!(text(&"🎉".repeat(80)), None, "nothing would be left");
    assert_eq!(text(&format!("{long}{long} á")).map(|text| text.len()), None.or(Some(162)));
}

#[test]
fn a_cheaper_text_says_what_it_saved() {
    let saved = saved(&format!("Mañana será la sesión. {}", "a".repeat(60))).unwrap();
    assert_eq!((saved.before.count, saved.after.count), (2, 1));
    assert!(saved.text.starts_with("Mañana sera la sesion."));
}

#[test]
fn a_long_answer_is_cut_after_its_sentences() {
    let text = "Para tu acta de nacimiento necesitas tu CURP y una identificación. El costo es de 95 pesos. \
        Puedes pagar en la caja 3 o en línea. La oficina abre de lunes a viernes de 8 a 15 horas.";
    insta::assert_snapshot!(parts(text, 1).join("\n"), @"
        (1/4) Para tu acta de nacimiento necesitas tu CURP y una
        (2/4) identificación. El costo es de 95 pesos.
        (3/4) Puedes pagar en la caja 3 o en línea.
        (4/4) La oficina abre de lunes a viernes de 8 a 15 horas.
    ");
    insta::assert_snapshot!(parts(text, 2).join("\n"), @"
        (1/2) Para tu acta de nacimiento necesitas tu CURP y una identificación. El costo es de 95 pesos.
        (2/2) Puedes pagar en la caja 3 o en línea. La oficina abre de lunes a viernes de 8 a 15 horas.
    ");
    assert_eq!(parts(text, 3), [text]);
    assert_eq!(parts(text, 0), parts(text, 1));
}

#[test]
fn ten_parts_and_more_are_numbered_with_two_digits() {
    let text = "Esta es una de muchas oraciones. ".repeat(60);
    let parts = parts(&text, 1);
    assert!(parts.len() > 10);
    assert!(parts[0].starts_with(&format!("(1/{}) Esta", parts.len())));
    assert!(parts.iter().all(|part| segments(part).count == 1));
}

#[test]
fn a_word_without_an_end_is_cut_where_it_must_be() {
    let pieces = parts(&"a".repeat(400), 1);
    assert_eq!(pieces.iter().map(String::len).collect::<Vec<_>>(), [160, 160, 98]);
}

#[test]
fn no_part_is_longer_than_what_twilio_takes() {
    let pieces = parts(&"palabra ".repeat(600), 100);
    assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 1600));
}

/// Texts of the letters that make trouble.
fn text() -> impl Strategy<Value = String> {
    let letter = prop::sample::select(vec![
        "a",
        "b",
        " ",
        ". ",
        "\n",
        "\r\n",
        "ñ",
        "Ñ",
        "á",
        "é",
        "€",
        "[",
        "n\u{303}",
        "ç",
        "👍🏽",
        "🇲🇽",
        "👨‍👩‍👧",
        "\u{200D}",
        "\u{301}",
        "…",
        "“",
        "\u{A0}",
        "1️⃣",
        "palabra ",
        "\u{FFFD}",
        "漢",
    ]);
    let pieces = prop::collection::vec(letter, 0..260).prop_map(|letters| letters.concat());
    prop_oneof![4 => pieces, 1 => "\\PC{0,200}"]
}

fn enyes(text: &str) -> usize {
    text.nfc().filter(|letter| matches!(letter, 'ñ' | 'Ñ')).count()
}

fn solid(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// What stands before the text of a part.
fn body(part: &str) -> &str {
    part.split_once(") ").unwrap().1
}

/// Whether pieces end where letters end; what is longer than a piece may be cut.
fn whole_letters(text: &str, pieces: &[String]) -> bool {
    let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, letter)| at + letter.len()).collect();
    let giant = text.graphemes(true).any(|letter| letter.encode_utf16().count() > 60);
    let mut at = 0;
    giant
        || pieces.iter().all(|piece| {
            at += piece.len();
            piece.is_empty() || ends.contains(&at)
        })
}

proptest! {
    #![proptest_config(crate::fuzz::cases(64))]

    #[test]
    fn segments_are_the_text_and_each_fits(text in text()) {
        let cut = segments(&text);
        let composed: String = text.nfc().collect();
        prop_assert_eq!(cut.parts.concat(), composed.clone());
        let limit = if cut.count == 1 { cut.encoding.single() } else { cut.encoding.joined() };
        prop_assert!(cut.lengths().iter().all(|length| *length <= limit));
        prop_assert_eq!(cut.lengths().iter().sum::<usize>(), cut.units);
        prop_assert!(cut.count == 1 || cut.parts.iter().all(|part| !part.is_empty()));
        prop_assert!(whole_letters(&composed, &cut.parts));
    }

    #[test]
    fn saving_accents_never_loses_an_enye_and_always_pays(text in text()) {
        if let Some(saved) = saved(&text) {
            prop_assert_eq!(enyes(&saved.text), enyes(&text));
            prop_assert_eq!(saved.after.encoding, Encoding::Gsm7);
            prop_assert!(saved.after.count < saved.before.count);
        }
    }

    #[test]
    fn parts_lose_nothing_and_each_fits(text in text(), max in 1_usize..4) {
        let composed: String = text.nfc().collect();
        let pieces = parts(&text, max);
        for piece in &pieces {
            prop_assert!(segments(piece).count <= max);
        }
        if pieces.len() == 1 {
            prop_assert_eq!(&pieces[0], &composed);
        } else {
            let said: String = pieces.iter().map(|piece| body(piece)).collect();
            prop_assert_eq!(solid(&said), solid(&composed));
        }
    }
}
