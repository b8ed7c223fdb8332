//! A folder, files as their makers publish them, and a server that answers what it was told to.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::{Map, Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use ventanilla_encoder::{import::Vocabulary, testing::tiny};

use super::super::import::Importer;

/// Goes when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ventanilla-models-{}-{n}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.0.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        file
    }

    /// Everything in it, below it too.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                names.push(path.strip_prefix(&self.0).unwrap().to_str().unwrap().to_owned());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        names.sort();
        names
    }

    /// One that makes weights in the folder `models`, of tiny models too.
    pub fn importer(&self, allow_other: bool) -> Importer {
        Importer { folder: self.0.join("models"), allow_other, vocabulary: Vocabulary::Whole }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A weights file of ours.
pub fn ours() -> Vec<u8> {
    tiny(1).write().unwrap()
}

/// A file of the hub with these tensors in it.
pub fn safetensors(tensors: &[(String, Vec<usize>)]) -> Vec<u8> {
    let (mut list, mut numbers) = (Map::new(), Vec::<u8>::new());
    for (name, shape) in tensors {
        let begin = numbers.len();
        let count = shape.iter().product::<usize>();
        numbers.extend((0..count).flat_map(|i| ((i % 7) as f32 * 0.01 + 0.01).to_le_bytes()));
        list.insert(
            name.clone(),
            json!({"dtype": "F32", "shape": shape, "data_offsets": [begin, numbers.len()]}),
        );
    }
    let list = Value::Object(list).to_string();
    [&(list.len() as u64).to_le_bytes()[..], list.as_bytes(), &numbers].concat()
}

/// `model.safetensors` and `tokenizer.json` of a tiny encoder.
pub fn hub_encoder() -> (Vec<u8>, Vec<u8>) {
    let pieces = tiny(1).pieces;
    let mut tensors = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![pieces.len(), 64]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![16, 64]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, 64]),
    ];
    let mut both = |name: &str, weight: &[usize], bias: usize| {
        tensors.push((format!("{name}.weight"), weight.to_vec()));
        tensors.push((format!("{name}.bias"), vec![bias]));
    };
    both("embeddings.LayerNorm", &[64], 64);
    for (name, outputs, inputs) in [
        ("attention.self.query", 64, 64),
        ("attention.self.key", 64, 64),
        ("attention.self.value", 64, 64),
        ("attention.output.dense", 64, 64),
        ("intermediate.dense", 96, 64),
        ("output.dense", 64, 96),
    ] {
        both(&format!("encoder.layer.0.{name}"), &[outputs, inputs], outputs);
    }
    both("encoder.layer.0.attention.output.LayerNorm", &[64], 64);
    both("encoder.layer.0.output.LayerNorm", &[64], 64);
    let tokenizer = json!({"model": {"type": "Unigram", "unk_id": 3, "vocab": pieces}});
    (safetensors(&tensors), tokenizer.to_string().into_bytes())
}

pub fn zipped(name: &str, inside: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(inside).unwrap();
    archive.finish().unwrap().into_inner()
}

/// A whole HTTP answer.
pub fn answer(body: &[u8]) -> Vec<u8> {
    answer_saying(body.len(), body)
}

/// One whose header says another length.
pub fn answer_saying(length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    [head.as_bytes(), body].concat()
}

pub fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .into_bytes()
}

/// A server on loopback. `answers` is told its address and gives paths and answers; other paths are 404.
pub async fn serve(answers: impl FnOnce(&str) -> Vec<(String, Vec<u8>)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let answers = answers(&base);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = vec![0; 4096];
            let length = stream.read(&mut asked).await.unwrap();
            let asked = String::from_utf8_lossy(&asked[..length]).into_owned();
            let path = asked.split(' ').nth(1).unwrap_or_default();
            let missing =
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
            let found = answers.iter().find(|(each, _)| each == path);
            stream.write_all(found.map_or(&missing, |(_, answer)| answer)).await.ok();
        }
    });
    base
}
