//! The whole way with a model: a tiny one with random weights, made here, and the real one where it is installed.
#![cfg(feature = "whisper")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use candle_core::{Device, Tensor};
use serde_json::json;
use ventanilla_speech::decode::{Limits, decode};
use ventanilla_speech::import::{self, ImportError};
use ventanilla_speech::voice::{Heard, trim};
use ventanilla_speech::whisper::{
    Ask, CONFIG, Config, HintUse, Language, MANIFEST, TOKENIZER, TranscribeError, WEIGHTS, WeightsError,
    Whisper,
};
use ventanilla_speech::{Pcm, RATE};

const OPUS: &[u8] = include_bytes!("fixtures/bache.ogg");
const SPECIAL: [&str; 8] = [
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|es|>",
    "<|en|>",
    "<|transcribe|>",
    "<|startofprev|>",
    "<|nocaptions|>",
    "<|notimestamps|>",
];

fn config() -> Config {
    Config {
        num_mel_bins: 80,
        max_source_positions: 1_500,
        d_model: 32,
        encoder_attention_heads: 2,
        encoder_layers: 1,
        vocab_size: 32,
        max_target_positions: 64,
        decoder_attention_heads: 2,
        decoder_layers: 2,
        suppress_tokens: Some(vec![3]),
        begin_suppress_tokens: Some(vec![20]),
    }
}

/// Twenty letters and the special tokens, as the hub writes a tokenizer down.
fn tokenizer() -> Vec<u8> {
    let vocabulary: HashMap<String, u32> = ('a'..='s').chain(['Ġ']).map(String::from).zip(0..).collect();
    let added: Vec<_> = SPECIAL
        .iter()
        .zip(20u32..)
        .map(|(content, id)| {
            json!({"id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true})
        })
        .collect();
    let bytes =
        json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true});
    let tokenizer = json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added, "normalizer": null,
        "pre_tokenizer": bytes, "post_processor": null, "decoder": bytes,
        "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "",
                  "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
                  "vocab": vocabulary, "merges": []},
    });
    serde_json::to_vec(&tokenizer).unwrap()
}

/// Always the same numbers, between -0.5 and 0.5.
fn tensors(config: &Config) -> HashMap<String, Tensor> {
    let mut seed = 1u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    let mut tensor = |dims: &[usize]| {
        let numbers: Vec<f32> = (0..dims.iter().product()).map(|_| next()).collect();
        Tensor::from_vec(numbers, dims, &Device::Cpu).unwrap()
    };
    config.tensors().into_iter().map(|(name, dims)| (name, tensor(&dims))).collect()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The hub's three files, with random weights.
fn hub(name: &str, config: &Config, tensors: &HashMap<String, Tensor>) -> PathBuf {
    let hub = folder(name);
    candle_core::safetensors::save(tensors, hub.join("model.safetensors")).unwrap();
    std::fs::write(hub.join("tokenizer.json"), tokenizer()).unwrap();
    std::fs::write(hub.join("config.json"), serde_json::to_vec(config).unwrap()).unwrap();
    hub
}

fn tiny(name: &str) -> PathBuf {
    let from = hub(&format!("{name}-hub"), &config(), &tensors(&config()));
    let into = folder(name);
    import::whisper_from_hub(&from, &into).unwrap();
    into
}

fn sound(seconds: usize) -> Pcm {
    Pcm::new((0..seconds * RATE as usize).map(|at| (at as f32 * 0.03).sin() * 0.3).collect())
}

#[test]
fn what_is_imported_can_be_opened_and_says_the_same_every_time() {
    let whisper = Whisper::open(&tiny("same")).unwrap();
    let first = whisper.transcribe(&sound(2), &Ask::default(), &|| false).unwrap();
    let second = whisper.transcribe(&sound(2), &Ask::default(), &|| false).unwrap();
    assert_eq!(first, second);
    assert!((0.0..=1.0).contains(&first.confidence));
    assert!(!first.text.contains("<|"), "special tokens are no words");
    assert!(!first.text.contains('d'), "token 3 is suppressed");
}

#[test]
fn hints_and_languages_change_what_a_model_hears() {
    let whisper = Whisper::open(&tiny("hints")).unwrap();
    let hints = ["abc".to_owned(), "fff".to_owned()];
    for hint_use in [HintUse::Off, HintUse::Before, HintUse::Likelier, HintUse::Both] {
        for language in [Language::Es, Language::En] {
            let ask = Ask { language, hints: &hints, hint_use };
            whisper.transcribe(&sound(1), &ask, &|| false).unwrap();
        }
    }
}

#[test]
fn a_minute_is_heard_in_pieces() {
    let whisper = Whisper::open(&tiny("minute")).unwrap();
    let heard = whisper.transcribe(&sound(60), &Ask::default(), &|| false).unwrap();
    assert!((heard.seconds - 60.0).abs() < 0.01);
}

#[test]
fn a_job_stops_when_it_is_told_to() {
    let whisper = Whisper::open(&tiny("stop")).unwrap();
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let error = whisper.transcribe(&sound(2), &Ask::default(), &stop).unwrap_err();
    assert!(matches!(error, TranscribeError::Stopped));
}

#[test]
fn a_damaged_or_missing_file_is_named() {
    for name in [WEIGHTS, TOKENIZER, CONFIG, MANIFEST] {
        let into = tiny("damaged");
        let mut bytes = std::fs::read(into.join(name)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        std::fs::write(into.join(name), bytes).unwrap();
        let error = Whisper::open(&into).unwrap_err();
        let (WeightsError::Damaged { file } | WeightsError::Missing { file }) = &error else {
            panic!("{error}")
        };
        assert!(file.ends_with(name) || name == MANIFEST, "{name}: {error}");
        std::fs::remove_file(into.join(name)).unwrap();
        let error = Whisper::open(&into).unwrap_err();
        assert!(matches!(&error, WeightsError::Missing { file } if file.ends_with(name)), "{name}: {error}");
    }
}

#[test]
fn weights_of_another_shape_are_not_imported() {
    let mut wrong = tensors(&config());
    wrong.insert(
        "model.encoder.conv1.bias".into(),
        Tensor::zeros(5, candle_core::DType::F32, &Device::Cpu).unwrap(),
    );
    let error = import::whisper_from_hub(&hub("wrong-hub", &config(), &wrong), &folder("wrong")).unwrap_err();
    assert!(matches!(&error, ImportError::Shape { what } if what == "model.encoder.conv1.bias"), "{error}");
    wrong.remove("model.encoder.conv1.bias");
    let error = import::whisper_from_hub(&hub("less-hub", &config(), &wrong), &folder("less")).unwrap_err();
    assert!(matches!(&error, ImportError::Missing { what } if what == "model.encoder.conv1.bias"), "{error}");
}

#[test]
fn wheels_that_are_something_else_are_refused() {
    let wheel = folder("wheels").join("no.whl");
    std::fs::write(&wheel, b"PK\x05\x06 not a zip").unwrap();
    assert!(matches!(import::whisper(&[wheel], &folder("none")), Err(ImportError::Damaged { .. })));
    assert!(matches!(import::whisper(&[], &folder("none")), Err(ImportError::Missing { .. })));
    assert!(matches!(
        import::whisper(&["/nowhere.whl".into()], &folder("none")),
        Err(ImportError::Io { .. })
    ));
}

/// The installed model, or a loud word that there is none.
fn real() -> Option<Whisper> {
    let models = std::env::var_os("VENTANILLA_MODELS")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/ventanilla/models")));
    let folder = models?.join("whisper-base");
    if !folder.exists() {
        eprintln!("SKIPPED: no speech model at {}; import one to test what is understood", folder.display());
        return None;
    }
    Some(Whisper::open(&folder).unwrap())
}

#[test]
fn a_voice_note_about_a_pothole_is_heard_or_doubted() {
    let Some(whisper) = real() else { return };
    let Heard::Speech(pcm) = trim(&decode(OPUS, &Limits::default()).unwrap()) else {
        panic!("somebody speaks")
    };
    let heard = whisper.transcribe(&pcm, &Ask::default(), &|| false).unwrap();
    let text = heard.text.to_lowercase();
    assert!(text.contains("calle"), "{text}");
    // A synthetic voice is hard to make out. What was not made out must be doubted, so that the citizen is asked.
    assert!(text.contains("bache") || heard.confidence < 0.5, "{text}: {}", heard.confidence);
    assert!(heard.words.iter().all(|word| (0.0..=1.0).contains(&word.probability)));
    assert_eq!(heard.words.iter().map(|word| &*word.text).collect::<Vec<_>>().join(" "), heard.text);
}
