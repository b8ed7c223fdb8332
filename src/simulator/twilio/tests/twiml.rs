//! The strict parser: what the fixtures hold is taken, a list of broken documents is refused with Twilio's codes, and
//! no bytes make it panic.

use crate::simulator::twilio::voice::twiml::{Verb, parse};

const FIXTURES: [&str; 5] = [
    include_str!("../fixtures/voice/twiml_greeting.xml"),
    include_str!("../fixtures/voice/twiml_reprompt.xml"),
    include_str!("../fixtures/voice/twiml_to_agent.xml"),
    include_str!("../fixtures/voice/twiml_voicemail.xml"),
    include_str!("../fixtures/voice/twiml_hangup.xml"),
];

fn taken(document: &str) -> Vec<Verb> {
    parse(document.as_bytes()).unwrap_or_else(|broken| panic!("{}", broken.sentence))
}

/// 0 if the document was taken.
fn refused(document: impl AsRef<[u8]>) -> u32 {
    parse(document.as_ref()).map_or_else(|broken| broken.code, |_| 0)
}

#[test]
fn the_fixtures_documents_are_taken() {
    for document in FIXTURES {
        let verbs = taken(document);
        assert!(!verbs.is_empty());
    }
    let greeting = taken(FIXTURES[0]);
    let [Verb::Gather(gather), Verb::Redirect(redirect)] = &greeting[..] else {
        panic!("a gather and a redirect expected")
    };
    assert_eq!(gather.listens.input, ["dtmf", "speech"]);
    assert_eq!(gather.listens.num_digits, Some(1));
    assert_eq!(gather.listens.hints[1], "fuga de agua");
    assert!(gather.action_on_empty);
    let Verb::Say(say) = &gather.prompts[0] else { panic!("a prompt expected") };
    assert!(say.text.starts_with("Hola, habla el asistente"));
    assert_eq!(
        redirect.url.as_deref(),
        Some("https://bot.municipio.example/voz/turno?paso=motivo&intento=1&vacio=1")
    );
}

fn code(verbs: &str) -> u32 {
    refused(format!("<Response>{verbs}</Response>"))
}

#[test]
fn what_is_allowed_is_taken() {
    for verbs in [
        "",
        "<!-- nada --><Say>Hola</Say>",
        "<Say><![CDATA[a < b & c]]></Say>",
        "<Say>&#225;rbol &quot;uno&quot; &lt;dos&gt; &amp; &apos;tres&apos;</Say>",
        "<Say voice=\"Polly.Mia\" language=\"es-MX\">Su folio <break time=\"300ms\"/><say-as interpret-as=\"digits\">4512</say-as></Say>",
        "<Gather input=\"speech\" speechTimeout=\"auto\"/>",
        "<Gather finishOnKey=\"\" numDigits=\"4\"/>",
        "<Gather input=\"speech\" speechModel=\"deepgram_nova-2\" language=\"es-419\" speechTimeout=\"2\"/>",
        "<Play>https://x.example/a.wav</Play><Pause length=\"2\"/><Hangup/>",
        "<Reject reason=\"busy\"/>",
        "<Dial>+525500000400</Dial>",
        "<Dial><Sip>sip:agente@x.example</Sip></Dial>",
    ] {
        assert_eq!(code(verbs), 0, "{verbs}");
    }
}

#[test]
fn what_cannot_be_parsed_is_12100() {
    for document in [
        "",
        "hola",
        "<Response>",
        "<Response></response>",
        "<Response><Say>a & b</Say></Response>",
        "<Response><Say>&nbsp;</Say></Response>",
        "<Response><Say>&#0;</Say></Response>",
        "<Response><Say>&#x8;</Say></Response>",
        "<Response><Say>\u{8}</Say></Response>",
        "<Response><Say>\u{ffff}</Say></Response>",
        "<Response><Gather action=x></Gather></Response>",
        "<Response><Gather action=\"/a?b=1&c=2\"/></Response>",
        "<Response><Gather input=\"dtmf\" input=\"speech\"/></Response>",
        "<Response><Gather hints=\"a<b\"/></Response>",
        "<Response/><Response/>",
        "<Response/>hola",
        "<!DOCTYPE Response><Response/>",
        "<?xml version=\"1.1\"?><Response/>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Response/>",
        " <?xml version=\"1.0\"?><Response/>",
        "<?php?><Response/>",
        "<Response><!-- a -- b --></Response>",
        "<a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a>",
    ] {
        assert_eq!(refused(document), 12_100, "{document}");
    }
    assert_eq!(refused(b"<Response><Say>\xff</Say></Response>"), 12_100);
}

#[test]
fn what_the_schema_does_not_know_is_refused_with_its_code() {
    assert_eq!(refused(b"<response/>"), 12_200);
    assert_eq!(refused(b"<html><body>500</body></html>"), 12_200);
    let long = "a".repeat(3_001);
    let hints = vec!["bache"; 501].join(",");
    for (verbs, expected) in [
        ("<say>Hola</say>", 12_200),
        ("<Speak>Hola</Speak>", 12_200),
        ("<Enqueue>cola</Enqueue>", 12_200),
        ("Hola", 12_200),
        ("<Say Language=\"es-MX\">Hola</Say>", 12_200),
        ("<Say lang=\"es-MX\">Hola</Say>", 12_200),
        ("<Hangup>ya</Hangup>", 12_200),
        ("<Redirect></Redirect>", 12_200),
        ("<Redirect method=\"post\">/a</Redirect>", 13_710),
        ("<Say>Hola<Pause/></Say>", 12_200),
        ("<Say></Say>", 13_520),
        (&format!("<Say>{long}</Say>"), 13_521),
        ("<Say language=\"es-CO\">Hola</Say>", 13_512),
        ("<Say language=\"es-US\" voice=\"Polly.Mia\">Hola</Say>", 13_511),
        ("<Say voice=\"Polly.Juana\">Hola</Say>", 13_511),
        ("<Say>Hola <break/></Say>", 13_520),
        ("<Say loop=\"-1\">Hola</Say>", 13_510),
        ("<Pause length=\"0\"/>", 13_910),
        ("<Gather><Redirect>/a</Redirect></Gather>", 13_320),
        ("<Gather input=\"voice\"/>", 13_326),
        ("<Gather input=\"dtmf,speech\"/>", 13_326),
        ("<Gather timeout=\"auto\"/>", 13_313),
        ("<Gather numDigits=\"0\"/>", 13_314),
        ("<Gather finishOnKey=\"##\"/>", 13_310),
        ("<Gather method=\"PUT\"/>", 13_312),
        ("<Gather actionOnEmptyResult=\"yes\"/>", 13_338),
        ("<Gather action=\"\"/>", 12_200),
        ("<Gather language=\"español\"/>", 13_331),
        ("<Gather speechModel=\"phone_call\" language=\"es-MX\"/>", 13_331),
        ("<Gather speechModel=\"mejor\"/>", 13_334),
        ("<Gather speechModel=\"default\" speechTimeout=\"auto\"/>", 13_335),
        ("<Gather speechTimeout=\"pronto\"/>", 13_327),
        (&format!("<Gather hints=\"{hints}\"/>"), 13_330),
        (&format!("<Gather hints=\"{}\"/>", "a".repeat(101)), 13_330),
        ("<Dial/>", 13_223),
        ("<Dial>911</Dial>", 13_223),
        ("<Dial><Number>5500000400</Number></Dial>", 13_223),
        ("<Dial timeout=\"25s\">+525500000400</Dial>", 13_212),
        ("<Dial><Number statusCallbackEvent=\"answered busy\">+525500000400</Number></Dial>", 12_200),
        ("<Dial><Number>+525500000400</Number><Number>+525500000401</Number></Dial>", 12_200),
        ("<Record transcribe=\"true\"/>", 13_614),
        ("<Reject reason=\"no\"/>", 13_810),
        ("<Say>Hola</Say><Reject/>", 12_200),
    ] {
        assert_eq!(code(verbs), expected, "{verbs}");
    }
}

#[test]
fn no_bytes_make_it_panic() {
    let mut seed = 7_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap()
    };
    let mut refused = 0;
    for round in 0..3_000 {
        let mut bytes = FIXTURES[round % FIXTURES.len()].as_bytes().to_vec();
        for _ in 0..=next() % 3 {
            let at = next() % bytes.len();
            match next() % 3 {
                0 => bytes[at] = u8::try_from(next() % 256).unwrap(),
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, b"<>&\"'/=# "[next() % 9]),
            }
        }
        refused += usize::from(parse(&bytes).is_err());
    }
    assert!(refused > 1_000, "only {refused} were refused");
}
