//! Texts, buttons and lists -> requests.

use super::*;
use crate::{Choice, Fault, Message, Retry};

fn choice(payload: &str, label: &str) -> Choice {
    Choice { payload: payload.to_owned(), label: label.to_owned(), description: None }
}

fn described(payload: &str, label: &str, description: &str) -> Choice {
    Choice { description: Some(description.to_owned()), ..choice(payload, label) }
}

fn text(text: &str) -> Message {
    Message::Text { text: text.to_owned() }
}

fn buttons(buttons: Vec<Choice>) -> Message {
    Message::Buttons { text: "¿La dirección es Av. Juárez 120, Col. Centro?".to_owned(), buttons }
}

fn list(rows: Vec<Choice>) -> Message {
    Message::List {
        text: "Elige el trámite que necesitas:".to_owned(),
        open: "Ver trámites".to_owned(),
        rows,
        from: 0,
    }
}

#[test]
fn a_text_goes_to_the_number_as_received_with_its_plus_sign() {
    let said = "Gracias, María. Registré tu reporte con el folio *2026-004512*. ¿Es correcta la dirección Av. \
                Juárez 120?";
    assert_eq!(body("5215500000111", text(said)), expected("out_text_request.json", &["/context"]));
    let request = request("5215500000111", text(said));
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://graph.facebook.com/v26.0/106540352242922/messages");
    assert_eq!(request.headers()["authorization"], "Bearer EAAG-token-de-prueba");
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[test]
fn buttons_go_to_a_user_id_as_recipient() {
    let message = buttons(vec![
        choice("confirmar:folio:2026-004512", "Sí, confirmar"),
        choice("corregir:folio:2026-004512", "Corregir"),
        choice("agente", "Hablar con persona"),
    ]);
    let expected = expected("out_buttons_request.json", &["/interactive/footer"]);
    assert_eq!(body("MX.90210036547788121004", message), expected);
}

#[test]
fn a_list_is_one_section_without_a_title() {
    let message = list(vec![
        described("tramite:acta_nacimiento", "Acta de nacimiento", "Copia certificada"),
        choice("tramite:acta_matrimonio", "Acta de matrimonio"),
        described("tramite:predial", "Predial", "Consulta y pago"),
    ]);
    let mut expected = expected("out_list_request.json", &["/interactive/header"]);
    let sections = expected["interactive"]["action"]["sections"].take();
    let rows: Vec<&Value> =
        sections.as_array().unwrap().iter().flat_map(|section| section["rows"].as_array().unwrap()).collect();
    expected["interactive"]["action"]["sections"] = json!([{ "rows": rows }]);
    assert_eq!(body("525500000222", message), expected);
}

#[test]
fn a_place_is_asked_for_with_the_button_of_whatsapp() {
    let message = Message::LocationRequest { text: "Comparte la ubicación exacta del bache.".to_owned() };
    assert_eq!(body("5215500000111", message), expected("out_location_request.json", &[]));
}

#[test]
fn what_is_beyond_a_limit_is_refused_in_words_and_counted_in_utf16_units() {
    let four = |label: &str| (0..4).map(|n| choice(&n.to_string(), &format!("{label}{n}"))).collect();
    let table = [
        (
            text(&"á".repeat(4097)),
            "El texto tiene 4097 caracteres y WhatsApp permite 4096: hay que acortarlo.",
        ),
        (
            text(&"👍".repeat(2049)),
            "El texto tiene 4098 caracteres y WhatsApp permite 4096: hay que acortarlo.",
        ),
        (text(" \n"), "El mensaje está vacío: no se envió."),
        (
            Message::LocationRequest { text: "a".repeat(1025) },
            "El texto tiene 1025 caracteres y WhatsApp permite 1024: hay que acortarlo.",
        ),
        (buttons(vec![]), "El mensaje debía llevar botones y no lleva ninguna opción."),
        (buttons(four("Sí")), "El mensaje lleva 4 botones y WhatsApp permite 3."),
        (
            buttons(vec![choice("a", "Hablar con una persona")]),
            "El botón tiene 22 caracteres y WhatsApp permite 20: hay que acortarlo.",
        ),
        (
            buttons(vec![choice("a", "Sí"), choice("b", "Sí")]),
            "Dos opciones del mensaje son iguales y WhatsApp no lo permite.",
        ),
        (
            list(vec![choice("a", "Acta"), choice("a", "Predial")]),
            "Dos opciones del mensaje son iguales y WhatsApp no lo permite.",
        ),
        (
            list(vec![described("a", "Acta", &"ñ".repeat(73))]),
            "La descripción de una opción tiene 73 caracteres y WhatsApp permite 72: hay que acortarlo.",
        ),
        (
            list(vec![choice(&"a".repeat(201), "Acta")]),
            "El identificador de una opción tiene 201 caracteres y WhatsApp permite 200: hay que acortarlo.",
        ),
    ];
    for (message, sentence) in table {
        let error = refused("525500000222", message);
        assert_eq!(
            (error.fault, error.retry, error.sentence.as_str()),
            (Fault::Message, Retry::Never, sentence)
        );
    }
}

#[test]
fn what_just_fits_is_sent() {
    body("525500000222", text(&"á".repeat(4096)));
    body("525500000222", buttons(vec![choice("a", "Veinte caracteres sí")]));
    body(
        "525500000222",
        list((0..10).map(|n| described(&n.to_string(), "Igual", &"ñ".repeat(72))).collect()),
    );
}

#[test]
fn a_route_that_is_not_whatsapps_or_a_number_that_is_not_ours_sends_nothing() {
    assert_eq!(refused("../otra", text("Hola")).fault, Fault::Recipient);
    assert_eq!(refused("", text("Hola")).fault, Fault::Recipient);
    let mut foreign = outgoing("525500000222", text("Hola"));
    foreign.to.account = "999/../1".to_owned();
    assert!(
        matches!(whatsapp().send(&foreign), Delivery::Impossible(error) if error.fault == Fault::Account)
    );
}

#[test]
fn health_asks_for_our_own_number() {
    let request = whatsapp().health().unwrap();
    assert_eq!(request.uri(), "https://graph.facebook.com/v26.0/106540352242922");
    assert_eq!(request.headers()["authorization"], "Bearer EAAG-token-de-prueba");
}
