//! What we say -> the program of the call.

use super::{document::names, *};

fn said(messages: &[Message]) -> Vec<Tag> {
    program(&turn(), Answer::Said(messages))
}

/// An address of ours as the next request has it.
fn target(address: &str) -> String {
    address.strip_prefix(PUBLIC).unwrap().to_owned()
}

#[test]
fn a_question_is_asked_as_in_the_example_program() {
    let hints = ["bache", "fuga de agua", "predial", "acta de nacimiento", "luminaria", "agente"];
    let listen = Listen {
        step: "motivo".to_owned(),
        attempt: 1,
        hints: hints.map(str::to_owned).to_vec(),
        ..listen()
    };
    let text = "Hola, habla el asistente del municipio. Dígame en pocas palabras qué necesita, o marque cero para \
                hablar con una persona.";
    let ours =
        program(&post(PATH, fixture("call_start.form")), Answer::Said(&[spoken(text, Then::Listen(listen))]));
    let example = document(&String::from_utf8(fixture("twiml_greeting.xml")).unwrap());
    assert_eq!(names(&ours), names(&example));
    assert_eq!(ours[0].inside, example[0].inside, "the words and the voice");
    for (name, value) in &example[0].attributes {
        let expected = value.replace("/voz/turno", PATH).replace("intento=1", "intento=1&turno=1");
        assert_eq!(ours[0].get(name), expected, "{name}");
    }
    assert_eq!(ours[1].text, format!("{PUBLIC}{PATH}?paso=motivo&intento=1&turno=1&vacio=1"));
    assert_eq!(ours[0].get("bargeIn"), "true");
}

#[test]
fn farewell_and_agent_are_as_in_the_example_programs() {
    let ours =
        voice().respond(&turn(), Answer::Said(&[spoken("Gracias por llamar. Hasta luego.", Then::HangUp)]));
    let example = String::from_utf8(fixture("twiml_hangup.xml")).unwrap();
    assert_eq!(text_of(&ours), example.lines().collect::<String>());

    let then = Then::Dial { number: "+525500000400".to_owned(), seconds: 25 };
    let ours = said(&[spoken("Le comunico con una persona. Su folio es 4 5 1 2.", then)]);
    let example = document(&String::from_utf8(fixture("twiml_to_agent.xml")).unwrap());
    assert_eq!((names(&ours), &ours[0]), (names(&example), &example[0]));
    for name in ["timeout", "answerOnBridge", "callerId", "method"] {
        assert_eq!(ours[1].get(name), example[1].get(name), "{name}");
    }
    assert_eq!(ours[1].get("action"), format!("{PUBLIC}{DIAL_PATH}?turno=1"));
    assert_eq!(ours[1].inside[0].text, "+525500000400");
    assert_eq!(
        ours[1].inside[0].get("url"),
        format!("{PUBLIC}{WHISPER_PATH}"),
        "a voicemail must not be taken for a person"
    );
}

#[test]
fn every_address_we_hand_out_leads_back_to_its_question() {
    let listen = Listen { step: "a b&c=d%/ñ.1".to_owned(), attempt: 2, from: 5, ..listen() };
    let program = said(&[spoken("¿Cuál?", Then::Listen(listen))]);
    for address in [program[0].get("action"), &program[1].text] {
        let request = post(&target(address), fixture("gather_dtmf.form"));
        let reception = voice().receive(&request).unwrap();
        assert_eq!(reception.awaits.unwrap().1, format!("{CALL}:a b&c=d%/ñ.1:2:1"));
    }
    let again = post(&target(program[0].get("action")), fixture("gather_dtmf.form"));
    let next = super::program(&again, Answer::Said(&[]));
    assert_eq!(
        target(next[0].get("action")),
        format!("{PATH}?paso=menu&intento=0&turno=2"),
        "turns are counted"
    );
}

#[test]
fn one_key_or_a_row_of_them() {
    let keys = |keys| said(&[spoken("Marca.", Then::Listen(Listen { keys, ..listen() }))]).swap_remove(0);
    let one = keys(Keys::One);
    assert_eq!((one.find("numDigits"), one.find("finishOnKey")), (Some("1"), None));
    let many = keys(Keys::Many);
    assert_eq!((many.find("numDigits"), many.find("finishOnKey")), (None, Some("#")));
    for gather in [one, many] {
        assert!(gather.get("speechTimeout").parse::<u8>().is_ok(), "`auto` is refused with 13335");
    }
}

#[test]
fn what_must_be_heard_stands_before_the_question() {
    let must = Listen { must_hear: true, ..listen() };
    let crisis = spoken("Cuelga y llama al 9 1 1.", Then::Listen(must));
    let program = said(std::slice::from_ref(&crisis));
    assert_eq!(names(&program), ["Say", "Gather", "Redirect"]);
    assert!(program[1].inside.is_empty() && program[1].find("bargeIn").is_none());
    let program = said(&[crisis, spoken("¿Qué más?", Then::Listen(listen()))]);
    assert_eq!(names(&program), ["Say", "Gather", "Redirect"]);
    assert_eq!(program[1].inside[0].text, "¿Qué más?");
}

#[test]
fn what_a_turn_says_is_joined_and_its_last_word_decides() {
    let program = said(&[
        spoken("Anotado", Then::HangUp),
        Message::Text { text: "*Calle 20* a las 15:00 👍".to_owned() },
        Message::Reaction { target: "x".to_owned(), emoji: None },
        spoken("¿Algo más?", Then::Listen(listen())),
    ]);
    assert_eq!(program[0].inside[0].text, "Anotado. Calle 20 a las tres de la tarde. ¿Algo más?");
    assert!(program[0].get("action").contains("paso=reporte.lugar.2&intento=0"));
}

#[test]
fn each_language_has_its_voice() {
    let english = |text: &str| {
        Message::Spoken(Spoken { text: text.to_owned(), lang: "en".to_owned(), then: Then::Listen(listen()) })
    };
    let program = said(&[spoken("Va en inglés.", Then::HangUp), english("What do you need?")]);
    let voices: Vec<_> =
        program[0].inside.iter().map(|say| (say.get("language"), say.get("voice"))).collect();
    assert_eq!(voices, [("es-MX", "Polly.Mia-Neural"), ("en-US", "Polly.Joanna-Neural")]);
    assert_eq!(program[0].get("language"), "en-US");
    let next = post(&target(program[0].get("action")), fixture("gather_speech.form"));
    assert_eq!(
        super::program(&next, Answer::NotYet)[0].text,
        "One moment, please.",
        "fillers keep the language"
    );
    assert_eq!(super::program(&next, Answer::Said(&[]))[0].inside[0].text, "I am listening.");
}

#[test]
fn a_turn_that_said_nothing_listens() {
    let program = said(&[]);
    assert_eq!(program[0].inside[0].text, "Te escucho.");
    assert_eq!(target(program[0].get("action")), format!("{PATH}?paso=menu&intento=0&turno=1"));
    let text = said(&[Message::Text { text: "Hola".to_owned() }]);
    assert_eq!((text[0].name.as_str(), text[0].inside[0].text.as_str()), ("Gather", "Hola"));
}

#[test]
fn a_turn_that_is_not_ready_says_so_six_times_and_then_gives_up() {
    for (first, body) in [
        (TURN.to_owned(), "gather_speech.form"),
        (PATH.to_owned(), "call_start.form"),
        (format!("{DIAL_PATH}?turno=2"), "dial_action_no_answer.form"),
    ] {
        let mut request = post(&first, fixture(body));
        let awaits = voice().receive(&request).unwrap().awaits;
        for _ in 0..6 {
            let filler = program(&request, Answer::NotYet);
            assert_eq!(names(&filler), ["Say", "Pause", "Redirect"]);
            // Twilio sends neither digits nor speech nor the result of the call again.
            request = post(&target(&filler[2].text), fixture("gather_empty.form"));
            assert_eq!(voice().receive(&request).unwrap().awaits, awaits);
        }
        let last = program(&request, Answer::NotYet);
        assert_eq!(names(&last), ["Say", "Hangup"]);
        assert!(last[0].text.contains("llama al 9 1 1"), "{}", last[0].text);
    }
}

#[test]
fn an_answer_after_a_filler_is_the_same_answer() {
    let answer = [spoken("Listo.", Then::Listen(listen()))];
    let waited = post(&format!("{TURN}&espera=3"), fixture("gather_empty.form"));
    let (now, later) =
        (voice().respond(&turn(), Answer::Said(&answer)), voice().respond(&waited, Answer::Said(&answer)));
    assert_eq!(text_of(&now), text_of(&later));
    assert_eq!(
        text_of(&now),
        text_of(&voice().respond(&turn(), Answer::Said(&answer))),
        "and so for a retry"
    );
}

#[test]
fn a_call_that_is_over_is_ended_and_a_broken_server_says_whom_to_call() {
    assert_eq!(names(&program(&turn(), Answer::Over)), ["Hangup"]);
    let broken = program(&turn(), Answer::Broken);
    assert_eq!(names(&broken), ["Say", "Hangup"]);
    assert_eq!(
        broken[0].text,
        "Perdón, en este momento no te podemos atender por aquí. Si es una emergencia, llama al 9 1 1. Llama más \
         tarde, por favor. Gracias."
    );
}

#[test]
fn without_an_emergency_line_none_is_named() {
    let nowhere = Voice::new(VoiceConfig { emergency: String::new(), ..voice().config });
    let response = nowhere.respond(&turn(), Answer::Broken);
    let said = &document(&text_of(&response))[0].text;
    assert!(said.contains("por aquí. Llama más tarde") && !said.contains("emergencia"), "{said}");
}

#[test]
fn a_long_text_is_said_in_parts_and_no_word_is_lost() {
    let text = "Una frase que dice algo. ".repeat(300);
    let program = said(&[spoken(&text, Then::HangUp)]);
    let parts: Vec<&str> =
        program.iter().filter(|tag| tag.name == "Say").map(|say| say.text.as_str()).collect();
    assert_eq!(parts.len(), 3);
    assert!(parts.iter().all(|part| part.chars().count() <= 3000 && part.ends_with('.')));
    assert_eq!(parts.join(" "), text.trim());
    let without_gap = said(&[spoken(&"ñ".repeat(7000), Then::HangUp)]);
    assert_eq!(
        without_gap.iter().map(|say| say.text.chars().count()).collect::<Vec<_>>(),
        [3000, 3000, 1000, 0]
    );
}

#[test]
fn hints_are_as_many_and_as_long_as_twilio_takes_and_hold_no_commas() {
    let mut hints = vec!["calle 20, Centro".to_owned(), " ,\n".to_owned(), "x".repeat(300)];
    hints.extend((0..600).map(|n| format!("palabra {n}")));
    let program = said(&[spoken("¿Dónde?", Then::Listen(Listen { hints, ..listen() }))]);
    let told: Vec<&str> = program[0].get("hints").split(", ").collect();
    assert_eq!((told.len(), told[0], told[1].len(), told[2]), (500, "calle 20 Centro", 100, "palabra 0"));
}

#[test]
fn a_person_who_cannot_be_dialled_is_one_who_did_not_answer() {
    let program = said(&[spoken("Te comunico.", Then::Dial { number: "conmutador".to_owned(), seconds: 0 })]);
    assert_eq!(names(&program), ["Say", "Redirect"]);
    let back = message(&target(&program[1].text), fixture("gather_empty.form"));
    assert_eq!(back.body, crate::Body::Call { event: crate::CallEvent::Unattended });
}

#[test]
fn nothing_is_sent_to_a_phone_after_the_call() {
    let to = message(PATH, fixture("call_start.form")).from.address;
    let outgoing =
        Outgoing { reference: "1".to_owned(), to, message: Message::Text { text: "Hola".to_owned() } };
    let Delivery::Impossible(error) = voice().send(&outgoing) else { panic!("there is nobody to call") };
    assert_eq!((error.retry, error.fault), (Retry::Never, Fault::Message));
    assert!(matches!(voice().outcome(Err(CallFailure::NoAnswer)), Outcome::Failed(_)));
    let health = voice().health().unwrap();
    assert_eq!(
        health.uri(),
        "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001.json"
    );
    assert!(health.headers()["authorization"].is_sensitive());
    assert!(!format!("{:?}", voice()).contains(TOKEN));
}
