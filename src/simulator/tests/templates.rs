use serde_json::{Value, json};

use super::support::{Bench, MARIA, answered, template_to};
use crate::simulator::{Category, Header, StatusScript, Template, TemplateButton, TemplateStatus};

fn texts(texts: &[&str]) -> Value {
    texts.iter().map(|text| json!({"type": "text", "text": text})).collect()
}

fn body(parameters: Value) -> Value {
    json!([{"type": "body", "parameters": parameters}])
}

fn button(kind: &str, index: u8, parameter: Value) -> Value {
    json!([{"type": "button", "sub_type": kind, "index": index.to_string(), "parameters": [parameter]}])
}

async fn office() -> Bench {
    let bench = Bench::new().await;
    let reply = TemplateButton::QuickReply { text: "Confirmar cita".into() };
    let link = |url: &str| TemplateButton::Url { text: "Abrir".into(), url: url.into() };
    bench.sim.set_templates(vec![
        Template {
            buttons: vec![reply.clone()],
            ..Template::new("recordatorio_cita", "es_MX", "Hola, {{nombre}}. Tu cita es el {{fecha}}.")
        },
        Template {
            header: Some(Header::Text { text: "Folio {{1}}".into() }),
            footer: Some("Municipio".into()),
            ..Template::new("folio", "es_MX", "{{1}}: {{2}}. Atentamente, {{1}}.")
        },
        Template { header: Some(Header::Image), ..Template::new("mapa", "es_MX", "Aquí es.") },
        Template {
            buttons: vec![link("https://villa.example/f/{{1}}"), link("https://villa.example")],
            ..Template::new("portal", "es_MX", "Consulta tu folio.")
        },
        Template { category: Category::Authentication, ..Template::new("clave", "es_MX", "Tu clave: {{1}}") },
        Template { status: TemplateStatus::Pending, ..Template::new("nueva", "es_MX", "Hola.") },
    ]);
    bench
}

#[tokio::test]
async fn a_template_reaches_people_whose_window_is_closed() {
    let bench = office().await;
    let mut sample: Value =
        serde_json::from_str(include_str!("../fixtures/out_template_request.json")).unwrap();
    sample["to"] = json!(format!("+{MARIA}"));
    let (status, answer) = bench.sends(sample.clone()).await;
    assert_eq!((status, &answer["messages"][0]["message_status"]), (200, &json!("accepted")));
    let shown = bench.shows(sample).await;
    assert_eq!((&shown["type"], &shown["template"]), (&json!("template"), &json!("recordatorio_cita")));
    assert_eq!(shown["text"], "Hola, José. Tu cita es el 3 de diciembre, 10:30.");
    assert_eq!(shown["buttons"], json!([{"id": "CITA_CONFIRMA_88213", "title": "Confirmar cita"}]));
}

#[tokio::test]
async fn the_phone_shows_what_was_filled_in() {
    let bench = office().await;
    let folio = json!([
        {"type": "header", "parameters": texts(&["2026-1"])},
        {"type": "body", "parameters": texts(&["{{2}}", "bache"])},
    ]);
    let shown = bench.shows(template_to("folio", folio)).await;
    // What a person wrote is no placeholder.
    assert_eq!(shown["text"], "*Folio 2026-1*\n{{2}}: bache. Atentamente, {{2}}.\n_Municipio_");
    let id = bench.uploads("image/png", b"bytes".to_vec()).await;
    let map = json!([{"type": "header", "parameters": [{"type": "image", "image": {"id": id}}]}]);
    assert_eq!(bench.shows(template_to("mapa", map)).await["media_url"], format!("/simulator/media/{id}"));
    let end = button("url", 0, json!({"type": "text", "text": "2026-1"}));
    let shown = bench.shows(template_to("portal", end)).await;
    assert_eq!(shown["link"]["url"], "https://villa.example");
}

#[tokio::test]
async fn templates_that_do_not_fit_are_refused_by_metas_codes() {
    let bench = office().await;
    let named = |name: &str, text: &str| json!({"type": "text", "parameter_name": name, "text": text});
    let two = |first: Value| body(json!([first, named("fecha", "hoy")]));
    let payload = |kind: &str, index: u8| {
        let mut components = two(named("nombre", "José"));
        components.as_array_mut().unwrap().extend(
            button(kind, index, json!({"type": if kind == "url" { "text" } else { "payload" }, (if kind == "url" { "text" } else { "payload" }): "x"}))
                .as_array()
                .unwrap()
                .clone(),
        );
        components
    };
    let cita = |components: Value| template_to("recordatorio_cita", components);
    let header = |parameters: Value| json!([{"type": "header", "parameters": parameters}]);
    let mut english = cita(json!([]));
    english["template"]["language"]["code"] = json!("es");
    let cases = [
        (template_to("nadie", json!([])), 132_001, "nadie"),
        (english, 132_001, "does not exist in es"),
        (template_to("nueva", json!([])), 132_001, "nueva"),
        (cita(json!([])), 132_000, "body: number of localizable_params (0)"),
        (cita(body(json!([named("nombre", "a")]))), 132_000, "expected number of params (2)"),
        (cita(two(named("apellido", "a"))), 132_012, "apellido"),
        (cita(two(named("fecha", "a"))), 132_012, "fecha"),
        (cita(two(json!({"type": "text", "text": "a"}))), 100, "Parameter name is missing"),
        (cita(two(named("nombre", "José\nNúñez"))), 132_018, "new-line"),
        (cita(two(named("nombre", "José     Núñez"))), 132_018, "4 consecutive spaces"),
        (cita(two(named("nombre", " "))), 131_008, "missing text value"),
        (cita(two(named("nombre", &"x".repeat(1025)))), 132_005, "body"),
        (
            cita(two(
                json!({"type": "image", "parameter_name": "nombre", "image": {"link": "https://a.example"}}),
            )),
            132_012,
            "expected TEXT",
        ),
        (cita(payload("url", 0)), 132_018, "quick_reply"),
        (cita(payload("quick_reply", 1)), 132_018, "out of range"),
        (cita(payload("quick_reply", 10)), 131_009, "index"),
        (template_to("mapa", json!([])), 132_000, "header"),
        (template_to("mapa", header(texts(&["a"]))), 132_012, "expected IMAGE, received TEXT"),
        (template_to("mapa", header(json!([{"type": "image", "image": {"id": "7"}}]))), 131_009, "image.id"),
        (template_to("portal", header(texts(&["a"]))), 132_000, "header"),
        (template_to("portal", json!([])), 131_008, "button at index 0"),
        (template_to("portal", json!([{"type": "carousel"}])), 100, "components[0].type"),
        (
            json!({"messaging_product": "whatsapp", "recipient": "MX.13491208655302741918", "type": "template",
                "template": {"name": "clave", "language": {"code": "es_MX"}, "components": body(texts(&["1234"]))}}),
            131_062,
            "phone number",
        ),
    ];
    for (body, code, details) in cases {
        bench.refuses(body, code, details).await;
    }
}

#[tokio::test]
async fn templates_are_priced_by_their_category() {
    let sent_only = StatusScript { sent: Some(0), delivered: None, read: None };
    let bench = Bench::with(sent_only, |_| {}).await;
    bench.sim.set_templates(vec![Template::new("corte", "es_MX", "Mañana no hay agua.")]);
    bench.shows(template_to("corte", json!([]))).await;
    let pricing = bench.hook().await.value()["statuses"][0]["pricing"].clone();
    let wanted = json!({"billable": true, "pricing_model": "PMP", "category": "utility", "type": "regular"});
    assert_eq!(pricing, wanted);
}

#[tokio::test]
async fn the_page_sets_the_templates() {
    let bench = Bench::new().await;
    let url = format!("{}/simulator/api/templates", bench.base);
    let templates = json!([{
        "name": "cita", "language": "es_MX", "status": "PAUSED", "category": "MARKETING",
        "header": {"format": "TEXT", "text": "Cita"}, "body": "Hola, {{1}}.",
        "buttons": [{"type": "url", "text": "Abrir", "url": "https://villa.example/{{1}}"}],
    }]);
    assert_eq!(answered(bench.http.put(&url).json(&templates)).await, (200, templates.clone()));
    assert_eq!(bench.page("templates").await, templates);
    bench.refuses(template_to("cita", json!([])), 132_015, "paused").await;
    let strange = json!([{"name": "cita", "language": "es_MX", "body": "Hola", "color": "rojo"}]);
    assert_eq!(answered(bench.http.put(&url).json(&strange)).await.0, 400);
}
