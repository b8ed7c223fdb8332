//! Whatever comes and whatever is said: no panic, and always a program that Twilio accepts.

use proptest::{collection::vec, prelude::*};

use super::*;

fn any_message() -> impl Strategy<Value = Message> {
    let text =
        prop_oneof![any::<String>(), "[\\x00-\\x1f<>&\"'\\]]{0,20}", Just("]]> & <Hangup/> 🕳️".to_owned())];
    let then = prop_oneof![
        Just(Then::HangUp),
        (any::<String>(), any::<u32>()).prop_map(|(number, seconds)| Then::Dial { number, seconds }),
        (any::<String>(), any::<u8>(), vec(any::<String>(), 0..4), any::<bool>(), any::<usize>()).prop_map(
            |(step, attempt, hints, must_hear, from)| {
                let keys = if must_hear { Keys::One } else { Keys::Many };
                Then::Listen(Listen { step, attempt, hints, keys, from, must_hear })
            }
        ),
    ];
    let lang = prop_oneof![Just("es".to_owned()), Just("en".to_owned()), any::<String>()];
    prop_oneof![
        4 => (text, lang, then).prop_map(|(text, lang, then)| Message::Spoken(Spoken { text, lang, then })),
        1 => any::<String>().prop_map(|text| Message::Text { text }),
    ]
}

fn any_target() -> impl Strategy<Value = String> {
    let path = prop_oneof![Just(PATH), Just(DIAL_PATH), Just(STATUS_PATH), Just(WHISPER_PATH)];
    let query = "(paso=[a-z%0-9+]{0,9}&)?(intento=[0-9a]{0,4}&)?(desde=[0-9-]{0,25}&)?(vacio=1&)?(espera=[0-9]{0,4}&)?\
                 (turno=[0-9]{0,12}&)?(acepta=1)?";
    (path, query).prop_map(|(path, query)| format!("{path}?{query}"))
}

/// Fields that matter with values that should not be there.
fn any_form() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        Just("CallSid"),
        Just("From"),
        Just("Digits"),
        Just("SpeechResult"),
        Just("Confidence"),
        Just("CallStatus"),
        Just("DialCallStatus"),
        Just("DialCallSid"),
        Just("AccountSid"),
        Just("StableSpeechResult"),
    ];
    let value = prop_oneof!["[%0-9a-fA-F+&=.-]{0,20}", Just("completed".to_owned()), any::<String>()];
    vec((name, value), 0..6).prop_map(|fields| {
        let mut form = b"To=%2B525500000300&CallSid=CA1".to_vec();
        for (name, value) in fields {
            form.extend_from_slice(format!("&{name}={value}").as_bytes());
        }
        form
    })
}

proptest! {
    #[test]
    fn any_signed_bytes_are_survived(target in any_target(), body in vec(any::<u8>(), 0..200)) {
        check(&target, body);
    }

    #[test]
    fn any_signed_form_is_survived(target in any_target(), body in any_form()) {
        check(&target, body);
    }

    #[test]
    fn unsigned_bytes_are_refused(body in vec(any::<u8>(), 0..100)) {
        let request = Request::post(PATH).body(Bytes::from(body)).unwrap();
        prop_assert_eq!(voice().receive(&request).unwrap_err().status, 403);
    }

    #[test]
    fn whatever_is_said_is_a_program(target in any_target(), messages in vec(any_message(), 0..4)) {
        let request = post(&target, fixture("gather_speech.form"));
        for answer in [Answer::Said(&messages), Answer::NotYet, Answer::Over, Answer::Broken] {
            let program = program(&request, answer);
            let last = program.last().map(|verb| verb.name.as_str());
            prop_assert!(matches!(last, Some("Hangup" | "Dial" | "Redirect")), "{:?}", program);
        }
    }
}

/// A genuine request: everything in it is either a message, kept for a person to look at, or of no meaning.
fn check(target: &str, body: Vec<u8>) {
    let request = post(target, body);
    let reception = voice().receive(&request).unwrap();
    assert!(reception.events.len() + reception.quarantined.len() <= 1);
    if let (Some((_, awaited)), [Event::Message(message)]) = (&reception.awaits, &reception.events[..]) {
        assert_eq!(*awaited, message.id);
        assert!(message.id.starts_with(message.id.split(':').next().unwrap()) && !message.id.contains('\0'));
    }
    if reception.response.status() == 200 {
        document(&text_of(&reception.response));
    }
}
