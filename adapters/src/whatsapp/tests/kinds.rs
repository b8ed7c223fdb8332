//! Links, requests, files and reactions -> requests; what WhatsApp cannot say is refused in words.

use super::*;
use crate::{Attachment, AttachmentSource, Fault, Link, MediaKind, Retry, Spoken, Then};

const MARIA: &str = "5215500000111";
const UPLOADED: &str = "4490709327384033";
const WAMID: &str = "wamid.HBgNNTIxNTUwMDAwMDExMRUCABIYFDNBMDAwMDAwMDAwMDAwMDAwMDAxAA==";

fn link(label: &str, url: &str) -> Message {
    let link = Link { label: label.to_owned(), url: url.to_owned() };
    Message::Link { text: "Consulta tu adeudo en el portal.".to_owned(), link }
}

fn file(kind: MediaKind, mime: &str, source: AttachmentSource) -> Attachment {
    Attachment { kind, source, mime: mime.to_owned(), filename: None, described: "…".to_owned() }
}

fn uploaded(kind: MediaKind, mime: &str) -> Attachment {
    file(kind, mime, AttachmentSource::Uploaded(UPLOADED.to_owned()))
}

fn media(text: &str, attachment: Attachment) -> Message {
    Message::Media { text: text.to_owned(), attachment }
}

fn sentence(message: Message) -> String {
    let error = refused(MARIA, message);
    assert_eq!((error.fault, error.retry), (Fault::Message, Retry::Never));
    error.sentence
}

#[test]
fn a_page_is_a_button_that_opens_it() {
    let message = link("Abrir portal", "https://predial.municipio.example/consulta?c=04118022");
    assert_eq!(body(MARIA, message), expected("out_cta_url_request.json", &[]));
}

#[test]
fn an_address_may_hold_accents_and_places_in_a_page() {
    for url in ["https://a.mx/trámites?año=2027#pago", "http://127.0.0.1:8080/r/1", "https://ñandú.mx"] {
        assert_eq!(body(MARIA, link("Abrir", url))["interactive"]["action"]["parameters"]["url"], url);
    }
}

#[test]
fn a_page_that_no_phone_can_open_is_refused() {
    let wrong = "El mensaje lleva una dirección de internet que no es válida: corrígela.";
    for url in [
        "",
        "portal",
        "javascript:alert(1)",
        "https://",
        "https://:80",
        "https://a@b.mx",
        "ftp://a.mx/x",
        "https://a.mx/con espacio",
    ] {
        assert_eq!(sentence(link("Abrir", url)), wrong, "{url}");
    }
    assert_eq!(
        sentence(link("Consultar mi adeudo ya", "https://a.mx")),
        "El botón tiene 22 caracteres y WhatsApp permite 20: hay que acortarlo."
    );
    assert_eq!(sentence(link(" ", "https://a.mx")), "El botón está vacío: no se envió.");
}

#[test]
fn the_persons_number_is_asked_for_with_the_button_of_whatsapp() {
    let text = "¿Me compartes tu número para avisarte por SMS?".to_owned();
    let message = Message::ContactRequest { text };
    assert_eq!(body("MX.90210036547788121004", message), expected("out_contact_request.json", &[]));
}

#[test]
fn a_picture_goes_by_its_uploaded_id_with_a_caption() {
    let message = media("Así quedó **tu calle**", uploaded(MediaKind::Image, "image/jpeg"));
    assert_eq!(body(MARIA, message), expected("out_image_request.json", &[]));
}

#[test]
fn a_document_goes_by_its_address_with_a_name_that_is_no_path() {
    let source = || AttachmentSource::Link("https://municipio.example/recibo.pdf".to_owned());
    let named = |name: &str| Attachment {
        filename: Some(name.to_owned()),
        ..file(MediaKind::Document, "application/pdf", source())
    };
    let sent = body(MARIA, media("Tu recibo", named("Recibo de agua.pdf")));
    assert_eq!(sent, expected("out_document_request.json", &[]));
    let odd = body(MARIA, media("", named("../../etc/pass\nwd")));
    assert_eq!(odd["document"]["filename"], ".._.._etc_pass_wd");
    assert_eq!(body(MARIA, media("", named("  "))).pointer("/document/filename"), None);
}

#[test]
fn a_voice_note_is_sent_as_one_and_other_sound_is_not() {
    let sent = body(MARIA, media("", uploaded(MediaKind::Audio, "audio/ogg; codecs=opus")));
    assert_eq!(sent, expected("out_voice_request.json", &[]));
    let song = body(MARIA, media("", uploaded(MediaKind::Audio, "audio/mpeg")));
    assert_eq!(song["audio"], json!({"id": UPLOADED}));
}

#[test]
fn every_kind_of_file_has_metas_name_for_it() {
    for (kind, mime, name) in [
        (MediaKind::Image, "image/png", "image"),
        (MediaKind::Audio, "audio/mp4", "audio"),
        (MediaKind::Video, "video/mp4", "video"),
        (MediaKind::Document, "text/csv", "document"),
        (MediaKind::Sticker, "image/webp", "sticker"),
    ] {
        let sent = body(MARIA, media("", uploaded(kind, mime)));
        assert_eq!((&sent["type"], &sent[name]), (&json!(name), &json!({"id": UPLOADED})));
    }
}

#[test]
fn a_file_that_cannot_go_is_refused_in_words() {
    let ours = AttachmentSource::File("0199".to_owned());
    let table = [
        (
            media("", file(MediaKind::Image, "image/jpeg", ours)),
            "El archivo todavía no se ha subido a WhatsApp: es una falla nuestra, avisa a soporte.",
        ),
        (
            media("Escucha", uploaded(MediaKind::Audio, "audio/mpeg")),
            "WhatsApp no permite texto junto a un audio o un sticker: hay que mandarlo aparte.",
        ),
        (
            media("", uploaded(MediaKind::Image, "image/gif")),
            "WhatsApp no acepta archivos de este tipo: conviértelo a JPG, PNG, PDF, MP3 o MP4.",
        ),
        (
            media("", file(MediaKind::Image, "image/png", AttachmentSource::Uploaded("../me".to_owned()))),
            "El archivo tiene un identificador que no es de WhatsApp: súbelo otra vez.",
        ),
        (
            media(
                "",
                file(MediaKind::Image, "image/png", AttachmentSource::Link("file:///etc/x".to_owned())),
            ),
            "El mensaje lleva una dirección de internet que no es válida: corrígela.",
        ),
        (
            media(&"ñ".repeat(1025), uploaded(MediaKind::Image, "image/png")),
            "El texto de la imagen o del documento tiene 1025 caracteres y WhatsApp permite 1024: hay que acortarlo.",
        ),
    ];
    for (message, told) in table {
        assert_eq!(sentence(message), told);
    }
}

#[test]
fn an_emoji_is_put_on_a_message_and_taken_back() {
    let reaction = |target: &str, emoji: Option<&str>| Message::Reaction {
        target: target.to_owned(),
        emoji: emoji.map(str::to_owned),
    };
    assert_eq!(body(MARIA, reaction(WAMID, Some("👍🏽"))), expected("out_reaction_request.json", &[]));
    assert_eq!(body(MARIA, reaction(WAMID, None))["reaction"], json!({"message_id": WAMID, "emoji": ""}));
    assert_eq!(sentence(reaction(" ", None)), "La reacción no dice a qué mensaje va: no se envió.");
    assert_eq!(
        sentence(reaction(WAMID, Some(&"👍".repeat(17)))),
        "El emoji tiene 34 caracteres y WhatsApp permite 32: hay que acortarlo."
    );
}

#[test]
fn what_is_spoken_is_not_written() {
    let spoken = Spoken { text: "Marque uno".to_owned(), lang: "es".to_owned(), then: Then::HangUp };
    assert_eq!(
        sentence(Message::Spoken(spoken)),
        "Esto se dice por teléfono y no se puede mandar por WhatsApp."
    );
}

#[test]
fn the_card_of_a_page_is_shown_only_where_there_is_a_page() {
    let preview = |text: &str| body(MARIA, Message::Text { text: text.to_owned() })["text"].clone();
    assert_eq!(
        preview("Paga en [el portal](https://a.mx/pago)"),
        json!({"preview_url": true, "body": "Paga en el portal: https://a.mx/pago"})
    );
    for without in ["Hola", "http://a.mx", "empieza con https:// y sigue"] {
        assert_eq!(preview(without)["preview_url"], false, "{without}");
    }
}

#[test]
fn a_message_is_marked_as_read_while_the_answer_is_being_written() {
    let to = outgoing(MARIA, Message::Text { text: "…".to_owned() }).to;
    let request = whatsapp().seen(&to, WAMID).unwrap();
    assert_eq!(request.uri(), "https://graph.facebook.com/v26.0/106540352242922/messages");
    let sent: Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(sent, fixture_json("out_mark_read_typing_request.json"));
    assert!(whatsapp().seen(&to, " ").is_none());
    assert!(whatsapp().seen(&Address { account: "1/../2".to_owned(), ..to }, WAMID).is_none());
    // Its answer is nothing that could be taken for a message of ours.
    let answer = Response::new(Bytes::from(fixture("out_mark_read_response.json")));
    assert_eq!(whatsapp().outcome(Ok(&answer)), Outcome::Unsure);
}

#[test]
fn an_argentine_mobile_is_tried_without_its_nine_in_test_mode_only() {
    let text = || Message::Text { text: "…".to_owned() };
    let respell = |route: &str, code: i64| {
        whatsapp().respell(
            &outgoing(route, text()).to,
            &whatsapp().explain(&ProviderError { code, title: "".into() }),
        )
    };
    let again = respell("5491155550142", 131_030).unwrap();
    assert_eq!(again.route, "541155550142");
    assert_eq!(again.key, outgoing("5491155550142", text()).to.key, "the person stays who they are");
    assert_eq!(respell("+5491155550142", 131_030).unwrap().route, "541155550142");
    for (route, code) in [
        ("5491155550142", 131_026),
        ("541155550142", 131_030),
        ("549115555014", 131_030),
        ("549115555014x", 131_030),
        ("5215500000111", 131_030),
        ("MX.549", 131_030),
    ] {
        assert!(respell(route, code).is_none(), "{route} {code}");
    }
}
