use serde_json::{Value, json};

use super::support::{Bench, MARIA, but, buttons_to, interactive};

fn link() -> Value {
    let parameters = json!({"display_text": "Abrir portal", "url": "https://villa.example/predial"});
    interactive("cta_url", &json!({"name": "cta_url", "parameters": parameters}))
}

fn flow() -> Value {
    let parameters = json!({
        "flow_message_version": "3", "flow_id": "1", "flow_token": "cita-88213", "flow_cta": "Agendar",
        "flow_action": "navigate", "flow_action_payload": {"screen": "INICIO", "data": {"a": 1}},
    });
    interactive("flow", &json!({"name": "flow", "parameters": parameters}))
}

fn framed(body: Value, header: Value) -> Value {
    but(but(body, "/interactive/header", header), "/interactive/footer", json!({"text": "Municipio"}))
}

#[tokio::test]
async fn headers_and_footers_surround_the_words() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let shown = bench.shows(framed(buttons_to(&["Sí"]), json!({"type": "text", "text": "Trámites"}))).await;
    assert_eq!(shown["text"], "*Trámites*\n¿La dirección es correcta?\n_Municipio_");
    let id = bench.uploads("image/png", b"bytes".to_vec()).await;
    let picture = json!({"type": "image", "image": {"id": id}});
    let shown = bench.shows(framed(link(), picture)).await;
    assert_eq!(shown["media_url"], format!("/simulator/media/{id}"));
    assert_eq!(shown["link"], json!({"title": "Abrir portal", "url": "https://villa.example/predial"}));
    // Whoever only reads texts finds the address as well.
    assert!(shown["text"].as_str().unwrap().ends_with("Abrir portal: https://villa.example/predial"));
    let shown = bench.shows(flow()).await;
    assert_eq!(
        (&shown["type"], &shown["buttons"]),
        (&json!("flow"), &json!([{"id": "cita-88213", "title": "Agendar"}]))
    );
}

#[tokio::test]
async fn interactive_messages_out_of_limits_are_refused() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let words = |length: usize| json!({"type": "text", "text": "x".repeat(length)});
    let rows = json!({"button": "Ver", "sections": [{"rows": [{"id": "1", "title": "Predial"}]}]});
    let list = interactive("list", &rows);
    let place = interactive("location_request_message", &json!({"name": "send_location"}));
    let number = |kind: &str| interactive(kind, &json!({"name": "request_contact_info"}));
    let parameters = "/interactive/action/parameters";
    let picture = json!({"type": "image", "image": {"id": "7"}});
    let cases = [
        (framed(buttons_to(&["Sí"]), words(61)), 131_009, "interactive.header.text"),
        (framed(buttons_to(&["Sí"]), picture.clone()), 131_009, "interactive.header.image.id"),
        (framed(buttons_to(&["Sí"]), json!({"type": "sticker"})), 100, "interactive.header.type"),
        (framed(list, picture), 100, "interactive.header.type"),
        (
            but(link(), "/interactive/footer", json!({"text": "x".repeat(61)})),
            131_009,
            "interactive.footer.text",
        ),
        (but(link(), "/interactive/body/text", json!("x".repeat(1025))), 131_009, "interactive.body.text"),
        (framed(place, words(5)), 100, "interactive.header"),
        // What Meta's page of May 2026 printed.
        (number("contact_request"), 100, "contact_request"),
        (
            but(number("request_contact_info"), "/interactive/action/name", json!("send")),
            131_009,
            "interactive.action.name",
        ),
        (but(link(), &format!("{parameters}/url"), json!("villa.example")), 131_009, "parameters.url"),
        (
            but(link(), &format!("{parameters}/display_text"), json!("Abrir el portal ahora")),
            131_009,
            "parameters.display_text",
        ),
        (
            but(flow(), &format!("{parameters}/flow_message_version"), json!("2")),
            131_009,
            "flow_message_version",
        ),
        (but(flow(), &format!("{parameters}/flow_id"), Value::Null), 131_008, "flow_id"),
        (but(flow(), &format!("{parameters}/flow_action"), json!("volar")), 100, "flow_action"),
        (but(flow(), &format!("{parameters}/flow_action_payload"), json!({"data": {}})), 131_008, "screen"),
        (
            json!({"messaging_product": "whatsapp", "to": MARIA, "type": "order", "order": {}}),
            131_051,
            "order",
        ),
    ];
    for (body, code, details) in cases {
        bench.refuses(body, code, details).await;
    }
}
