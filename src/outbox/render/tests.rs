//! What becomes of an answer on each channel.

use ventanilla_adapters::{Channel, capabilities};

use super::*;

fn whatsapp() -> Capabilities {
    capabilities(Channel::Whatsapp).clone()
}

fn sms() -> Capabilities {
    capabilities(Channel::Sms).clone()
}

fn say(text: &str) -> Outbound {
    Outbound { text: text.to_owned(), ..Outbound::default() }
}

fn asked(slot_type: &str, from: usize) -> Question {
    Question { id: "flow.step.1".to_owned(), misses: 0, slot_type: slot_type.to_owned(), from }
}

fn options(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("opción {n}")).collect()
}

fn ask<S: AsRef<str>>(labels: &[S]) -> Outbound {
    let choices = labels.iter().enumerate().map(|(n, label)| Choice {
        payload: format!("q:{n}"),
        label: label.as_ref().to_owned(),
        description: None,
    });
    Outbound {
        text: "¿Cuál?".to_owned(),
        choices: choices.collect(),
        question: Some(asked("choice", 0)),
        ..Outbound::default()
    }
}

fn one(outbounds: &[Outbound]) -> Message {
    let mut bubbles = render(outbounds, &whatsapp(), Lang::ES);
    assert_eq!(bubbles.len(), 1, "{bubbles:?}");
    bubbles.remove(0)
}

#[test]
fn what_one_answer_says_is_one_bubble() {
    let Message::Buttons { text, buttons } = one(&[say("Hola."), say("Soy de aquí."), ask(&["Sí", "No"])])
    else {
        panic!("two short options are buttons")
    };
    assert_eq!(text, "Hola.\n\nSoy de aquí.\n\n¿Cuál?");
    assert_eq!(buttons.len(), 2);
}

#[test]
fn four_options_are_a_list_and_eleven_are_two_pages() {
    assert!(matches!(one(&[ask(&["a", "b", "c", "d"])]), Message::List { rows, .. } if rows.len() == 4));
    let mut many = ask(&options(11));
    let Message::List { rows, .. } = one(std::slice::from_ref(&many)) else { panic!("a page is a list") };
    assert_eq!(rows.len(), 10);
    assert_eq!((rows[9].payload.as_str(), rows[9].label.as_str()), ("more:9", "Más opciones"));
    many.question = Some(asked("choice", 9));
    let Message::List { rows, .. } = one(&[many]) else { panic!("so is the second") };
    let shown: Vec<&str> = rows.iter().map(|row| row.payload.as_str()).collect();
    assert_eq!(shown, ["q:9", "q:10", "more:0"], "the first page comes behind the last");
}

#[test]
fn by_sms_options_are_numbers_and_a_short_answer_is_one_line() {
    let bubbles = render(&[ask(&["Sí", "No"])], &sms(), Lang::ES);
    assert_eq!(bubbles, [Message::Text { text: "¿Cuál?\n1 Sí  2 No".to_owned() }]);
    let bubbles = render(&[ask(&options(11))], &sms(), Lang::ES);
    let text = bubbles.iter().map(Message::text).collect::<Vec<_>>().join("\n");
    assert!(text.contains("8 opción 7") && !text.contains("9 opción 8"), "{text}");
    assert!(text.ends_with("Escribe MAS para ver otras."), "{text}");
}

#[test]
fn by_sms_there_are_no_marks_and_no_emoji_and_long_answers_are_counted() {
    let bubbles = render(&[say("*Bache* 📍 calle 20")], &sms(), Lang::ES);
    assert_eq!(bubbles, [Message::Text { text: "Bache calle 20".to_owned() }]);
    let long = "Esta oración tiene ñandúes. ".repeat(20);
    let bubbles = render(&[say(&long)], &sms(), Lang::ES);
    assert!(bubbles.len() > 1 && bubbles[0].text().starts_with("(1/"), "{bubbles:?} {}", bubbles[0].text());
}

#[test]
fn a_page_is_a_button_and_where_there_are_none_its_address() {
    let link = Link { label: "Ver requisitos".to_owned(), url: "https://town.example/acta".to_owned() };
    let outbound = Outbound { link: Some(link), ..say("Aquí está:") };
    assert!(matches!(one(std::slice::from_ref(&outbound)), Message::Link { .. }));
    let bubbles = render(&[outbound], &sms(), Lang::ES);
    assert_eq!(bubbles[0].text(), "Aquí está:\nVer requisitos: https://town.example/acta");
}

#[test]
fn a_picture_is_sent_and_where_it_cannot_be_it_is_described() {
    let picture = Attachment {
        kind: MediaKind::Image,
        source: ventanilla_adapters::AttachmentSource::Link("https://town.example/a.jpg".to_owned()),
        mime: "image/jpeg".to_owned(),
        filename: None,
        described: "Un recibo con el número marcado.".to_owned(),
    };
    let outbound = Outbound { attachment: Some(picture), ..say("Busca este número:") };
    assert!(matches!(one(std::slice::from_ref(&outbound)), Message::Media { .. }));
    let bubbles = render(&[outbound], &sms(), Lang::ES);
    assert_eq!(bubbles[0].text(), "Busca este número:\nUn recibo con el número marcado.");
}

#[test]
fn text_before_buttons_that_is_too_long_goes_before_them_whole() {
    let long = "Una oración cualquiera. ".repeat(100);
    let mut question = ask(&["Sí", "No"]);
    question.text = long.clone();
    let bubbles = render(&[question], &whatsapp(), Lang::ES);
    assert!(bubbles.len() > 1 && matches!(bubbles.last(), Some(Message::Buttons { .. })));
    let words: usize = bubbles.iter().map(|bubble| bubble.text().split_whitespace().count()).sum();
    assert_eq!(words, long.split_whitespace().count());
}

fn listen(menu: &str) -> End {
    End::Listen { menu: menu.to_owned(), attempt: 0 }
}

fn spoken(outbounds: &[Outbound], end: End) -> ventanilla_adapters::Spoken {
    match speak(outbounds, end, capabilities(Channel::Voice), Lang::ES) {
        Message::Spoken(spoken) => spoken,
        other => panic!("{other:?} is not spoken"),
    }
}

#[test]
fn a_call_hears_what_for_before_the_key_and_at_most_five_options() {
    let said = spoken(&[ask(&options(11))], listen("menu"));
    assert!(said.text.contains("Para opción") && said.text.contains("marca 1."), "{}", said.text);
    assert!(said.text.ends_with("Para otras opciones, marca 9."), "{}", said.text);
    assert_eq!(said.text.matches("marca").count(), 5);
    let ventanilla_adapters::Then::Listen(listen) = said.then else { panic!("it asks") };
    assert_eq!((listen.step.as_str(), listen.from, listen.hints.len()), ("flow.step.1", 0, 11));
}

#[test]
fn a_call_with_nothing_open_listens_and_a_folio_takes_many_keys() {
    let said = spoken(&[say("Listo.")], listen("menu.4"));
    assert_eq!(said.text, "Listo. Te escucho.");
    assert!(matches!(said.then, ventanilla_adapters::Then::Listen(listen) if listen.step == "menu.4"));
    let folio = Outbound { question: Some(asked("folio", 0)), ..say("¿Cuál es tu folio?") };
    let said = spoken(&[folio], listen("menu.5"));
    assert!(
        matches!(said.then, ventanilla_adapters::Then::Listen(listen) if listen.keys == ventanilla_adapters::Keys::Many)
    );
}

#[test]
fn a_secret_is_masked_where_its_digits_stand_apart() {
    let said = Message::Text { text: "Tu PIN es 0 4, 19, 27. Guárdalo.".to_owned() };
    let kept = masked(&said, &["041927".to_owned()]).unwrap();
    assert_eq!(kept.text(), "Tu PIN es ••••••. Guárdalo.");
}

#[test]
fn two_labels_that_begin_alike_stay_two() {
    let message = one(&[ask(&["Report a broken street light", "Report a broken street sign"])]);
    let Message::List { rows, .. } = message else { panic!("too long for buttons") };
    assert_ne!(rows[0].description, rows[1].description);
    assert_ne!(rows[0].payload, rows[1].payload);
    assert!(rows.iter().all(|row| utf16_len(&row.label) <= 24));
}

#[test]
fn what_is_said_about_an_option_is_shown_and_a_label_too_long_for_any_row_is_written_out() {
    let mut described = ask(&["Sí", "No"]);
    described.choices[0].description = Some("Se manda hoy".to_owned());
    assert!(matches!(one(&[described]), Message::List { .. }));
    let endless = "muy ".repeat(25);
    let Message::Text { text } = one(&[ask(&[endless.as_str(), "No"])]) else { panic!("no row holds it") };
    assert!(text.contains(endless.trim()) && text.contains("2. No"), "{text}");
}

#[test]
fn a_place_is_asked_for_with_a_pin() {
    let place = Outbound { wanted: Some(Wanted::Location), ..say("¿Dónde está?") };
    assert!(
        matches!(one(&[say("Va."), place]), Message::LocationRequest { text } if text.starts_with("Va."))
    );
}

#[test]
fn a_long_text_is_cut_between_sentences_and_loses_nothing() {
    let long = "Esta oración tiene ñandúes. ".repeat(400);
    let bubbles = render(&[say(&long)], &whatsapp(), Lang::ES);
    assert!(bubbles.len() > 2);
    for bubble in &bubbles {
        assert!(utf16_len(bubble.text()) <= 4096 && bubble.text().ends_with('.'), "{}", bubble.text());
    }
    let words: usize = bubbles.iter().map(|bubble| bubble.text().split_whitespace().count()).sum();
    assert_eq!(words, long.split_whitespace().count());
}

#[test]
fn a_secret_is_masked_and_nothing_else_is_touched() {
    let said = Message::Text { text: "Tu PIN es 041927.".to_owned() };
    let kept = masked(&said, &["041927".to_owned()]).unwrap();
    assert_eq!(kept.text(), "Tu PIN es ••••••.");
    assert_eq!(masked(&said, &["999999".to_owned()]), None);
}

#[test]
fn one_grapheme_that_is_too_long_does_not_hang() {
    let monster = format!("a{}", "\u{301}".repeat(9000));
    assert!(!split::split(&monster, 4096).is_empty());
}

#[test]
fn a_page_of_options_keeps_its_numbers_where_there_are_no_lists() {
    let mut many = ask(&options(23));
    many.question = Some(asked("choice", 9));
    let list = one(std::slice::from_ref(&many));
    let text = again(&list, &sms(), Lang::ES).iter().map(Message::text).collect::<Vec<_>>().join("\n");
    assert!(text.starts_with("¿Cuál?\n10 opción 9\n"), "{text}");
    assert!(text.contains("18 opción 17") && !text.contains("19 "), "{text}");
    assert!(text.ends_with("Escribe MAS para ver otras."), "the way to the next page is no option: {text}");
}

#[test]
fn a_label_that_was_cut_for_a_list_is_whole_again_by_sms() {
    let long = "Constancia de residencia para menores de edad";
    let list = one(&[ask(&[long, "Acta", "Licencia", "Predial"])]);
    assert!(matches!(list, Message::List { .. }));
    assert!(again(&list, &sms(), Lang::ES)[0].text().contains(long));
}

#[test]
fn the_secrets_of_a_message_are_found_by_its_masked_copy() {
    let message = |text: &str| Message::Text { text: text.to_owned() };
    let said = message("Folio *PC-1*, PIN *482913*. Guárdalo. Otro: 55");
    let hidden = masked(&said, &["482913".to_owned(), "55".to_owned()]).unwrap();
    assert_eq!(secrets(&said, &hidden), ["482913", "55"]);
    assert!(is_masked(&hidden) && !is_masked(&said));
    assert!(secrets(&said, &said).is_empty());
}
