use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::support::{Bench, MARIA, buttons_to, template_to};
use crate::simulator::{BadSaid, Said, StatusScript, Template, TemplateButton};

const JOSE: &str = "525500000222";

fn file(mime: &str) -> Value {
    json!({"mime_type": mime, "data": BASE64_STANDARD.encode(b"bytes")})
}

/// What only the simulator's own run decides is taken from what came.
fn settle(wanted: &mut Value, came: &Value) {
    match wanted {
        Value::Object(map) => {
            for (key, value) in map {
                match key.as_str() {
                    "sha256" | "url" => *value = came[key].clone(),
                    // The ids of files and messages; those that a message refers to are kept.
                    "id" if came.get("mime_type").is_some() || came.get("timestamp").is_some() => {
                        assert!(came[key].is_string());
                        *value = came[key].clone();
                    }
                    _ => settle(value, &came[key]),
                }
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter_mut().enumerate() {
                settle(item, &came[i]);
            }
        }
        _ => {}
    }
}

/// What people do, as Meta's own samples show it, but for the ids.
#[tokio::test]
async fn every_kind_looks_like_metas() {
    let bench = Bench::new().await;
    bench.profile(JOSE, json!({"name": "José Núñez 🏡", "user_id": "MX.90210036547788121004"})).await;
    let ours = |fixture: &str| {
        let value = &serde_json::from_str::<Value>(fixture).unwrap()["entry"][0]["changes"][0]["value"];
        let message = &value["messages"][0];
        (message["context"]["id"].clone(), message["reaction"]["message_id"].clone())
    };
    let mut image = file("image/jpeg");
    image["type"] = json!("image");
    image["caption"] = json!("Así está el bache");
    let mut voice = file("audio/ogg; codecs=opus");
    voice["type"] = json!("voice");
    let button = include_str!("../fixtures/in_button_template_quick_reply.json");
    let form = include_str!("../fixtures/in_interactive_nfm_reply.json");
    let filled: Value = serde_json::from_str(form).unwrap();
    let filled = &filled["entry"][0]["changes"][0]["value"]["messages"][0]["interactive"]["nfm_reply"];
    let added = include_str!("../fixtures/in_reaction_add.json");
    let removed = include_str!("../fixtures/in_reaction_removed.json");
    let quoted = include_str!("../fixtures/in_text_reply_context.json");
    let from_ad = include_str!("../fixtures/in_text_referral_ad.json");
    let ad: Value = serde_json::from_str(from_ad).unwrap();
    let ad = &ad["entry"][0]["changes"][0]["value"]["messages"][0];
    let cases = [
        (MARIA, include_str!("../fixtures/in_image.json"), image),
        (MARIA, include_str!("../fixtures/in_audio_voice.json"), voice),
        (
            JOSE,
            button,
            json!({"type": "template_button", "text": "Confirmar cita", "payload": "CITA_CONFIRMA_88213", "message_id": ours(button).0}),
        ),
        (
            MARIA,
            form,
            json!({"type": "nfm_reply", "response_json": filled["response_json"], "message_id": ours(form).0}),
        ),
        (
            JOSE,
            include_str!("../fixtures/in_order.json"),
            json!({"type": "order", "catalog_id": "194836987003835", "text": "Dos constancias por favor",
                "items": [{"product_retailer_id": "CONST-RES-01", "quantity": 2, "item_price": 87.5, "currency": "MXN"}]}),
        ),
        (MARIA, added, json!({"type": "reaction", "message_id": ours(added).1, "emoji": "👍🏽"})),
        (MARIA, removed, json!({"type": "reaction", "message_id": ours(removed).1})),
        (
            JOSE,
            quoted,
            json!({"type": "reply", "message_id": ours(quoted).0, "said": {"type": "text", "text": "Sí, esa misma dirección"}}),
        ),
        (
            MARIA,
            from_ad,
            json!({"type": "referred", "referral": ad["referral"], "said": {"type": "text", "text": ad["text"]["body"]}}),
        ),
        (MARIA, include_str!("../fixtures/in_unsupported_131060.json"), json!({"type": "unreadable"})),
        (
            MARIA,
            include_str!("../fixtures/smb_message_echo.json"),
            json!({"type": "echo", "said": {"type": "text", "text": "Le contesta Ventanilla desde el celular: pase mañana a las 9."}}),
        ),
        (
            MARIA,
            include_str!("../fixtures/user_preferences_stop.json"),
            json!({"type": "preferences", "marketing": "stop"}),
        ),
    ];
    for (phone, fixture, said) in cases {
        let mut wanted: Value = serde_json::from_str(fixture).unwrap();
        let at = fixture.split(['"', ':', ' ', ',', '\n']).find(|word| word.starts_with("17952000"));
        bench.at(at.unwrap().parse().unwrap());
        let (_, hook) = bench.does(phone, said).await;
        assert!(hook.is_signed());
        settle(&mut wanted, &hook.json());
        assert_eq!(hook.json(), wanted);
    }
}

/// Kinds of which no sample is at hand, by the documents.
#[tokio::test]
async fn kinds_without_a_sample_follow_the_documents() {
    let bench = Bench::new().await;
    let earlier = bench.writes(MARIA, "hola").await;
    let text = || json!({"type": "text", "text": "mire esto"});
    let mut film = file("video/mp4");
    film["type"] = json!("video");
    let mut song = file("audio/mpeg");
    song["type"] = json!("audio");
    let cases = [
        (film, "video", "/video/mime_type", json!("video/mp4")),
        (song, "audio", "/audio/voice", json!(false)),
        (json!({"type": "forwarded", "said": text()}), "text", "/context", json!({"forwarded": true})),
        (
            json!({"type": "forwarded", "often": true, "said": text()}),
            "text",
            "/context",
            json!({"frequently_forwarded": true}),
        ),
        (
            json!({"type": "reply", "message_id": earlier, "said": text()}),
            "text",
            "/context",
            json!({"from": MARIA, "id": earlier}),
        ),
        (
            json!({"type": "about_product", "catalog_id": "1", "product_retailer_id": "C-1", "said": text()}),
            "text",
            "/context/referred_product",
            json!({"catalog_id": "1", "product_retailer_id": "C-1"}),
        ),
        (
            json!({"type": "edit", "original_message_id": earlier, "text": "buenas"}),
            "edit",
            "/edit",
            json!({"original_message_id": earlier, "message": {"type": "text", "text": {"body": "buenas"}}}),
        ),
        (
            json!({"type": "revoke", "original_message_id": earlier}),
            "revoke",
            "/revoke",
            json!({"original_message_id": earlier}),
        ),
        (
            json!({"type": "nfm_reply", "response_json": "no es JSON", "name": "address_message"}),
            "interactive",
            "/interactive/nfm_reply",
            json!({"name": "address_message", "body": "Sent", "response_json": "no es JSON"}),
        ),
        (json!({"type": "unreadable", "code": 131_052}), "unsupported", "/errors/0/code", json!(131_052)),
        (json!({"type": "broken_interactive"}), "interactive", "/errors/0/code", json!(131_000)),
        (
            json!({"type": "unknown", "kind": "holograma", "body": {"metros": 3}}),
            "holograma",
            "/holograma",
            json!({"metros": 3}),
        ),
        (
            json!({"type": "template_button", "text": "Sí", "payload": "SI"}),
            "button",
            "/button",
            json!({"payload": "SI", "text": "Sí"}),
        ),
    ];
    for (said, kind, pointer, wanted) in cases {
        let (id, hook) = bench.does(MARIA, said).await;
        let message = hook.value()["messages"][0].clone();
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!(kind)));
        assert_eq!(message.pointer(pointer), Some(&wanted), "{message}");
    }
}

#[tokio::test]
async fn a_sticker_says_whether_it_moves() {
    let bench = Bench::new().await;
    for (flags, moves) in [(0x02_u8, true), (0x10, false)] {
        let webp = [b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".as_slice(), &[flags]].concat();
        let data = BASE64_STANDARD.encode(webp);
        let sticker = json!({"type": "sticker", "mime_type": "image/webp", "data": data});
        let (_, hook) = bench.does(MARIA, sticker).await;
        assert_eq!(hook.value()["messages"][0]["sticker"]["animated"], moves);
    }
}

/// Meta only lately began to put the address into the webhook.
#[tokio::test]
async fn files_may_come_without_their_address() {
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.media_urls = false).await;
    bench.profile(JOSE, json!({"name": "José Núñez 🏡", "user_id": "MX.90210036547788121004"})).await;
    let mut paper = file("application/pdf");
    paper["type"] = json!("document");
    paper["filename"] = json!("Recibo_agua_octubre 2026 (ñ).pdf");
    let mut wanted: Value =
        serde_json::from_str(include_str!("../fixtures/in_document_no_caption.json")).unwrap();
    let (_, hook) = bench.does(JOSE, paper).await;
    settle(&mut wanted, &hook.json());
    assert_eq!(hook.json(), wanted);
}

#[tokio::test]
async fn pressing_a_template_is_not_pressing_a_button() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let button = TemplateButton::QuickReply { text: "Confirmar".into() };
    bench.sim.set_templates(vec![Template {
        buttons: vec![button],
        ..Template::new("cita", "es_MX", "Tienes una cita.")
    }]);
    for (body, kind) in
        [(template_to("cita", json!([])), "button"), (buttons_to(&["Confirmar"]), "interactive")]
    {
        let shown = bench.shows(body).await;
        let press = json!({"type": "button", "id": shown["buttons"][0]["id"], "title": "Confirmar", "message_id": shown["id"]});
        let (_, hook) = bench.does(MARIA, press).await;
        let message = hook.value()["messages"][0].clone();
        assert_eq!((&message["type"], &message["context"]["id"]), (&json!(kind), &shown["id"]));
    }
}

#[tokio::test]
async fn what_is_no_message_cannot_be_quoted() {
    let bench = Bench::new().await;
    let number = Said::ChangeNumber { new_wa_id: "5215500000999".into() };
    let quoted = Said::Reply { message_id: "wamid.1".into(), said: Box::new(number) };
    assert_eq!(bench.sim.say(MARIA, quoted), Err(BadSaid::NotAMessage));
    let cases = [
        (json!({"type": "change_number", "new_wa_id": "+52"}), "8 to 15 digits"),
        (json!({"type": "change_user_id", "user_id": "maria"}), "MX.1349"),
        (json!({"type": "unreadable", "code": 7}), "7 is not among"),
        (
            json!({"type": "echo", "said": {"type": "echo", "said": {"type": "text", "text": "a"}}}),
            "by itself",
        ),
        (json!({"type": "image", "mime_type": "image/png", "data": "¡no!"}), "base64"),
    ];
    for (said, sentence) in cases {
        let (status, answer) = bench.posts(&format!("phones/{MARIA}/messages"), &said).await;
        assert_eq!(status, 400);
        assert!(answer["error"].as_str().unwrap().contains(sentence), "{answer}");
    }
    assert_eq!(bench.sim.bubbles(MARIA, 0).len(), 0);
}

#[tokio::test]
async fn changing_or_deleting_words_opens_no_window_but_a_reaction_does() {
    let bench = Bench::with(StatusScript::NONE, |_| {}).await;
    for said in [
        json!({"type": "edit", "original_message_id": "wamid.1", "text": "buenas"}),
        json!({"type": "revoke", "original_message_id": "wamid.1"}),
        json!({"type": "preferences", "marketing": "stop"}),
        json!({"type": "echo", "said": {"type": "text", "text": "Buenas"}}),
    ] {
        bench.does(MARIA, said).await;
        assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_047);
    }
    bench.does(MARIA, json!({"type": "reaction", "message_id": "wamid.1", "emoji": "👍"})).await;
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}
