//! Templates -> requests.

use super::*;
use crate::{
    Attachment, AttachmentSource, Fault, MediaKind, Template, TemplateButton, TemplateHeader, TemplateText,
};

fn value(name: Option<&str>, value: &str) -> TemplateText {
    TemplateText { name: name.map(str::to_owned), value: value.to_owned() }
}

fn template(name: &str, body: Vec<TemplateText>) -> Template {
    Template { name: name.to_owned(), language: "es_MX".to_owned(), header: None, body, buttons: Vec::new() }
}

fn receipt(kind: MediaKind, source: AttachmentSource) -> Option<TemplateHeader> {
    let mime = if kind == MediaKind::Audio { "audio/ogg" } else { "application/pdf" };
    let attachment = Attachment {
        kind,
        source,
        mime: mime.to_owned(),
        filename: Some("Recibo.pdf".to_owned()),
        described: "Tu recibo".to_owned(),
    };
    Some(TemplateHeader::Media { attachment })
}

fn at(url: &str) -> AttachmentSource {
    AttachmentSource::Link(url.to_owned())
}

fn send(template: Template) -> Value {
    body("525500000222", Message::Template { text: "Hola, José".to_owned(), template })
}

fn sentence(template: Template) -> String {
    let error = refused("525500000222", Message::Template { text: String::new(), template });
    assert_eq!(error.fault, Fault::Message);
    error.sentence
}

#[test]
fn places_with_names_are_filled_by_name() {
    let quick = TemplateButton::QuickReply { index: 0, payload: "CITA_CONFIRMA_88213".to_owned() };
    let body = vec![value(Some("nombre"), "  José\n"), value(Some("fecha"), "3 de\tdiciembre,     10:30")];
    let sent = send(Template { buttons: vec![quick], ..template("recordatorio_cita", body) });
    assert_eq!(sent, expected("out_template_request.json", &[]));
}

#[test]
fn places_without_names_are_filled_in_order_and_the_head_may_be_a_document() {
    let url = TemplateButton::Url { index: 1, suffix: "pago?c=04118022".to_owned() };
    let sent = send(Template {
        header: receipt(MediaKind::Document, at("https://municipio.example/recibo.pdf")),
        buttons: vec![url],
        ..template("recibo_predial", vec![value(None, "José"), value(None, "$1,204.00")])
    });
    assert_eq!(sent, expected("out_template_media_request.json", &[]));
}

#[test]
fn a_template_without_places_and_one_with_a_head_of_text() {
    assert_eq!(
        send(template("aviso", Vec::new()))["template"],
        json!({"name": "aviso", "language": {"code": "es_MX"}, "components": []})
    );
    let header = Some(TemplateHeader::Text { value: value(None, "Folio\n12") });
    assert_eq!(
        send(Template { header, ..template("aviso", Vec::new()) })["template"]["components"],
        json!([{"type": "header", "parameters": [{"type": "text", "text": "Folio 12"}]}])
    );
}

#[test]
fn blanks_in_an_address_are_written_as_the_web_does() {
    let url = TemplateButton::Url { index: 0, suffix: " folio 12 ".to_owned() };
    let sent = send(Template { buttons: vec![url], ..template("aviso", Vec::new()) });
    assert_eq!(sent["template"]["components"][0]["parameters"][0]["text"], "folio%2012");
}

#[test]
fn what_meta_would_refuse_is_refused_before() {
    let bare = || template("aviso", Vec::new());
    let button = |index: u8, payload: &str| {
        let quick = TemplateButton::QuickReply { index, payload: payload.to_owned() };
        Template { buttons: vec![quick], ..bare() }
    };
    let head = |kind, source| Template { header: receipt(kind, source), ..bare() };
    let table = [
        (
            template("aviso", vec![value(None, " \n\t\u{0}")]),
            "Un dato de la plantilla está vacío: no se envió.",
        ),
        (
            template("aviso", vec![value(None, &"a".repeat(1025))]),
            "Un dato de la plantilla tiene 1025 caracteres y WhatsApp permite 1024: hay que acortarlo.",
        ),
        (template(" ", Vec::new()), "El nombre de la plantilla está vacío: no se envió."),
        (
            Template { language: String::new(), ..bare() },
            "El idioma de la plantilla está vacío: no se envió.",
        ),
        (button(0, ""), "El identificador de un botón está vacío: no se envió."),
        (button(10, "a"), "La plantilla no tiene un botón número 11."),
        (button(255, "a"), "La plantilla no tiene un botón número 256."),
        (
            head(MediaKind::Audio, at("https://a.mx/a.ogg")),
            "Una plantilla solo puede empezar con texto, una imagen, un video o un documento.",
        ),
        (
            head(MediaKind::Document, AttachmentSource::File("1".to_owned())),
            "El archivo todavía no se ha subido a WhatsApp: es una falla nuestra, avisa a soporte.",
        ),
    ];
    for (template, told) in table {
        assert_eq!(sentence(template), told);
    }
}
