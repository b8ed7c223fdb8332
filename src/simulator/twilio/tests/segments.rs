//! The vectors of the segmenter.

use serde_json::Value;

use crate::simulator::twilio::{Encoding, sms::gsm::Segments};

#[test]
fn every_vector_is_cut_as_its_table_says() {
    let vectors: Value = serde_json::from_str(include_str!("../fixtures/sms/segment_vectors.json")).unwrap();
    let vectors = vectors["segments"].as_array().unwrap();
    assert!(vectors.len() > 20);
    for vector in vectors {
        let cut = Segments::of(vector["text"].as_str().unwrap());
        let name = &vector["name"];
        let encoding = match vector["encoding"].as_str().unwrap() {
            "GSM-7" => Encoding::Gsm7,
            _ => Encoding::Ucs2,
        };
        let expected: Vec<usize> = serde_json::from_value(vector["units_per_segment"].clone()).unwrap();
        assert_eq!((cut.encoding, cut.parts), (encoding, expected), "{name}");
    }
}

#[test]
fn a_family_is_not_torn_apart_but_a_monster_is() {
    let family = "👨‍👩‍👧‍👦";
    let text = format!("{}{family}", "á".repeat(60));
    assert_eq!(Segments::of(&text).parts, [60, 11]);
    let monster = format!("a{}", "\u{301}".repeat(100));
    assert_eq!(Segments::of(&monster).parts, [67, 34]);
}
