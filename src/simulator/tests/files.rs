use serde_json::{Value, json};

use super::support::{Bench, MARIA, answered, message};
use crate::simulator::StatusScript;

const KINDS: [(&str, &str); 5] = [
    ("image", "image/png"),
    ("video", "video/mp4"),
    ("audio", "audio/mpeg"),
    ("document", "application/pdf"),
    ("sticker", "image/webp"),
];

#[tokio::test]
async fn every_kind_of_file_goes_by_id_and_by_link() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    for (kind, mime) in KINDS {
        let id = bench.uploads(mime, b"bytes".to_vec()).await;
        let shown = bench.shows(message(kind, json!({"id": id}))).await;
        assert_eq!(shown["type"], kind);
        assert_eq!(shown["media_url"], format!("/simulator/media/{id}"));
        let link = "https://villa.example/archivo";
        assert_eq!(bench.shows(message(kind, json!({"link": link}))).await["media_url"], link);
    }
    let id = bench.uploads("application/pdf", b"%PDF".to_vec()).await;
    let paper = json!({"id": id, "caption": "Tu recibo", "filename": "recibo.pdf"});
    let shown = bench.shows(message("document", paper)).await;
    assert_eq!((&shown["text"], &shown["file"]["filename"]), (&json!("Tu recibo"), &json!("recibo.pdf")));
}

#[tokio::test]
async fn files_that_do_not_fit_are_refused() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let song = bench.uploads("audio/mpeg", b"bytes".to_vec()).await;
    let still = bench.uploads("image/webp", vec![0; 101 << 10]).await;
    let too_long = "x".repeat(1025);
    let cases: [(&str, Value, i32, &str); 12] = [
        ("image", json!({}), 131_008, "image.id"),
        ("image", json!({"id": "7"}), 131_009, "image.id"),
        ("image", json!({"id": song}), 131_053, "cannot be sent as image"),
        ("image", json!({"id": song, "link": "https://villa.example"}), 100, "not both"),
        ("image", json!({"link": "villa.example/foto.png"}), 131_009, "image.link"),
        ("image", json!({"id": song, "caption": too_long}), 131_009, "image.caption"),
        ("image", json!({"id": song, "filename": "a.png"}), 100, "image.filename"),
        ("audio", json!({"id": song, "caption": "oye"}), 100, "audio.caption"),
        ("audio", json!({"id": song, "voice": "sí"}), 100, "audio.voice"),
        ("audio", json!({"id": song, "voice": true}), 131_053, "audio/ogg"),
        ("sticker", json!({"id": still, "caption": "oye"}), 100, "sticker.caption"),
        // A sticker that stands still may measure 100 KB only.
        ("sticker", json!({"id": still}), 131_053, "sticker"),
    ];
    for (kind, body, code, details) in cases {
        bench.refuses(message(kind, body), code, details).await;
    }
    bench.shows(message("document", json!({"id": song}))).await;
}

#[tokio::test]
async fn a_voice_note_is_played_after_it_was_read() {
    let all_at_once = StatusScript { sent: Some(0), delivered: Some(0), read: Some(0) };
    let bench = Bench::with(all_at_once, |_| {}).await;
    bench.writes(MARIA, "hola").await;
    let id = bench.uploads("audio/ogg; codecs=opus", b"OggS".to_vec()).await;
    let shown = bench.shows(message("audio", json!({"id": id, "voice": true}))).await;
    assert_eq!(shown["file"]["voice"], true);
    let mut came = Vec::new();
    for _ in 0..4 {
        came.push(bench.hook().await.statuses()[0].1.clone());
    }
    assert_eq!(came, ["sent", "delivered", "read", "played"]);
}

#[tokio::test]
async fn the_page_sends_any_file_as_it_is() {
    let bench = Bench::new().await;
    let send = |kind: &str, mime: &'static str| {
        let url = format!("{}/simulator/api/phones/{MARIA}/media?kind={kind}&filename=a.bin", bench.base);
        answered(bench.http.post(url).header("content-type", mime).body("bytes"))
    };
    for (kind, key) in [("voice", "audio"), ("video", "video"), ("document", "document")] {
        let (status, answer) = send(kind, "application/octet-stream").await;
        assert_eq!(status, 202);
        let told = bench.hook().await.value()["messages"][0].clone();
        assert_eq!((&told["id"], &told["type"]), (&answer["id"], &json!(key)));
        assert_eq!(told[key]["mime_type"], "application/octet-stream");
    }
    assert_eq!(send("fax", "image/png").await.0, 400);
}
