use serde_json::{Value, json};

use super::support::{Bench, MARIA, but, buttons_to as buttons, interactive, text_to};

fn list(sections: &[usize]) -> Value {
    let row =
        |section: usize, i: usize| json!({"id": format!("{section}-{i}"), "title": format!("Trámite {i}")});
    let section = |(s, rows): (usize, &usize)| json!({"title": format!("Sección {s}"), "rows": (0..*rows).map(|i| row(s, i)).collect::<Vec<_>>()});
    let sections: Vec<Value> = sections.iter().enumerate().map(section).collect();
    interactive("list", &json!({"button": "Ver trámites", "sections": sections}))
}

#[tokio::test]
async fn bodies_out_of_limits_are_refused_by_code_and_field() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let text = || text_to(MARIA, "Buenas tardes");
    let reply = "/interactive/action/buttons/0/reply";
    let row = "/interactive/action/sections/0/rows/0";
    let two = || buttons(&["Sí", "No"]);
    let cases = [
        (but(text(), "/messaging_product", Value::Null), 100, "messaging_product"),
        (but(text(), "/messaging_product", json!("sms")), 100, "messaging_product"),
        (but(text(), "/recipient_type", json!("group")), 131_009, "recipient_type"),
        (but(text(), "/to", Value::Null), 100, "to"),
        (but(text(), "/to", json!("+52 55 1234")), 131_009, "to"),
        (but(text(), "/type", json!("hsm")), 100, "text"),
        (but(text(), "/text", Value::Null), 131_008, "text"),
        (but(text(), "/text/body", Value::Null), 131_008, "text.body"),
        (but(text(), "/text/body", json!(7)), 100, "text.body"),
        (but(text(), "/text/body", json!(" ")), 131_009, "text.body"),
        // 2049 houses are 4098 UTF-16 units.
        (but(text(), "/text/body", json!("🏡".repeat(2049))), 131_009, "text.body"),
        (buttons(&[]), 131_009, "interactive.action.buttons"),
        (buttons(&["a", "b", "c", "d"]), 131_009, "interactive.action.buttons"),
        (buttons(&["Hablar con una persona"]), 131_009, "interactive.action.buttons[0].reply.title"),
        (buttons(&["Sí", "Sí"]), 131_009, "interactive.action.buttons[1].reply.title"),
        (but(two(), &format!("{reply}/id"), json!("b1")), 131_009, "interactive.action.buttons[1].reply.id"),
        (but(two(), &format!("{reply}/id"), json!(" b")), 131_009, "interactive.action.buttons[0].reply.id"),
        (
            but(two(), &format!("{reply}/id"), json!("x".repeat(257))),
            131_009,
            "interactive.action.buttons[0].reply.id",
        ),
        (
            but(two(), reply, json!({"id": "b", "title": "Sí", "emoji": "x"})),
            100,
            "interactive.action.buttons[0].reply.emoji",
        ),
        (but(two(), "/interactive/body/text", json!("x".repeat(1025))), 131_009, "interactive.body.text"),
        (but(two(), "/interactive/type", json!("carrusel")), 100, "interactive.type"),
        (list(&[6, 5]), 131_009, "interactive.action.sections"),
        (list(&[11]), 131_009, "interactive.action.sections[0].rows"),
        (list(&[]), 131_009, "interactive.action.sections"),
        (
            but(list(&[1, 1]), "/interactive/action/sections/1/title", Value::Null),
            131_008,
            "interactive.action.sections[1].title",
        ),
        (
            but(list(&[1]), "/interactive/action/button", json!("Ver todos los trámites")),
            131_009,
            "interactive.action.button",
        ),
        (
            but(list(&[1]), &format!("{row}/title"), json!("Constancia de residencia.")),
            131_009,
            "interactive.action.sections[0].rows[0].title",
        ),
        (
            but(list(&[1]), &format!("{row}/id"), json!("x".repeat(201))),
            131_009,
            "interactive.action.sections[0].rows[0].id",
        ),
        (
            interactive("location_request_message", &json!({"name": "send"})),
            131_009,
            "interactive.action.name",
        ),
        (
            interactive("cta_url", &json!({"name": "cta_url", "parameters": {"display_text": "Abrir"}})),
            131_008,
            "interactive.action.parameters.url",
        ),
        (
            json!({"messaging_product": "whatsapp", "to": MARIA, "type": "image", "image": {"id": "7"}}),
            131_009,
            "id",
        ),
        (
            json!({"messaging_product": "whatsapp", "to": MARIA, "text": {"body": "a"}, "biz_opaque_callback_data": "x".repeat(513)}),
            131_009,
            "biz_opaque_callback_data",
        ),
        (
            json!({"messaging_product": "whatsapp", "to": MARIA, "type": "template", "template": {"name": "cita", "language": {"code": "es_MX"}}}),
            132_001,
            "cita",
        ),
        (
            json!({"messaging_product": "whatsapp", "to": "+5215599999999", "text": {"body": "a"}}),
            131_026,
            "",
        ),
        (json!({"messaging_product": "whatsapp", "recipient": "MX.77", "text": {"body": "a"}}), 131_026, ""),
    ];
    for (body, code, field) in cases {
        let (status, answer) = bench.sends(body.clone()).await;
        let error = &answer["error"];
        assert_eq!(error["code"], code, "{answer} for {body}");
        assert_eq!(status, if code == 132_001 { 404 } else { 400 });
        let details = error["error_data"]["details"].as_str().unwrap();
        assert!(details.contains(field), "{details} should name {field}");
    }
    // None of these reached the phone.
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 0);
}

#[tokio::test]
async fn what_is_within_limits_shows_on_the_phone() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let bodies = [
        text_to(MARIA, &"🏡".repeat(2048)),
        buttons(&["Sí, confirmar", "Corregir", "Hablar con alguien"]),
        list(&[5, 5]),
        interactive("location_request_message", &json!({"name": "send_location"})),
        interactive(
            "cta_url",
            &json!({"name": "cta_url", "parameters": {"display_text": "Abrir", "url": "https://villa.example"}}),
        ),
    ];
    for body in bodies {
        let (status, answer) = bench.sends(body).await;
        assert_eq!(status, 200, "{answer}");
    }
    let shown = bench.page(&format!("phones/{MARIA}/messages?after=1")).await["messages"].clone();
    let kinds: Vec<&str> =
        shown.as_array().unwrap().iter().map(|bubble| bubble["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text", "buttons", "list", "location_request", "text"]);
    assert_eq!(shown[1]["buttons"][1], json!({"id": "b1", "title": "Corregir"}));
    assert_eq!(shown[2]["list"]["rows"].as_array().unwrap().len(), 10);
    assert_eq!(shown[0]["from"], "town");
    assert_eq!(bench.sim.stats().accepted, 5);
}
