//! Calls: what the caller hears, what the town is asked, and every way a call can end.

use std::time::Duration;

use super::support::{Answered, Bench, VOICE, XML, calling, heard, soon};
use crate::simulator::twilio::{Call, CallState, DialOutcome, Fault, HeardKind, NotNow};

const ASK: &str = "<Gather input=\"dtmf speech\" language=\"es-MX\" numDigits=\"1\" action=\"turno?paso=1\" \
                   actionOnEmptyResult=\"true\"><Say language=\"es-MX\">¿Qué necesita?</Say></Gather>";

/// The caller hears an error message, and the call is over.
async fn cut(bench: &Bench, call: &Call, code: u32) {
    let last = soon(call.ended()).await.pop().unwrap();
    assert_eq!(last.text, "An application error has occurred. Goodbye.");
    assert_eq!(bench.twilio.alerts().last().unwrap().code, code);
    assert_eq!(bench.hook("/estado").await.get("CallStatus"), "completed");
}

#[tokio::test]
async fn a_call_is_asked_understood_and_ended() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    bench.script("/turno?paso=1", "<Say language=\"es-MX\">Listo.</Say><Hangup/>");
    let call = bench.twilio.call("5215500000111").unwrap();
    let start = bench.hook("/voz").await;
    assert_eq!(
        (start.get("CallStatus"), start.get("From"), start.get("To"), start.get("CallSid")),
        ("ringing", "+525500000111", VOICE, &**call.sid())
    );
    assert_eq!(heard(&call).await, ["¿Qué necesita?"]);
    assert_eq!((call.state(), call.listens().unwrap().num_digits), (CallState::Listening, Some(1)));
    bench.now.fetch_add(131_000, std::sync::atomic::Ordering::SeqCst);
    call.say("Hay una fuga", Some(0.912_838_7)).unwrap();
    assert_eq!(heard(&call).await, ["Listo."]);
    let turn = bench.hook("/turno?paso=1").await;
    assert!(turn.signed);
    for (name, value) in [
        ("CallStatus", "in-progress"),
        ("SpeechResult", "Hay una fuga"),
        ("Confidence", "0.9128387"),
        ("Language", "es-MX"),
        ("Digits", "-"),
    ] {
        assert_eq!(turn.get(name), value, "{name}");
    }
    let end = bench.hook("/estado").await;
    assert_eq!(
        (end.get("CallStatus"), end.get("CallDuration"), end.get("Duration"), end.get("SequenceNumber")),
        ("completed", "131", "3", "3")
    );
    let kinds: Vec<_> = call.script().iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [HeardKind::Said, HeardKind::Spoke, HeardKind::Said, HeardKind::Ended]);
    assert_eq!(call.hang_up(), Err(NotNow("La llamada ya terminó.")));
}

#[tokio::test]
async fn keys_silence_and_missing_confidence_reach_the_action() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    bench.script("/turno?paso=1", ASK);
    let call = calling(&bench).await;
    type Act = fn(&Call) -> Result<(), NotNow>;
    let acts: [(&str, Act, [&str; 4]); 3] = [
        ("keys", |call| call.press("2"), ["2", "", "-", "-"]),
        ("silence", |call| call.silence(), ["-", "-", "-", "-"]),
        ("speech", |call| call.say("sí", None), ["-", "-", "sí", "-"]),
    ];
    for (name, act, expected) in acts {
        assert_eq!(heard(&call).await, ["¿Qué necesita?"]);
        act(&call).unwrap();
        let turn = bench.hook("/turno?paso=1").await;
        let own = ["Digits", "FinishedOnKey", "SpeechResult", "Confidence"].map(|field| turn.get(field));
        assert_eq!(own, expected, "{name}");
    }
}

#[tokio::test]
async fn silence_falls_through_to_the_next_verb_by_default() {
    let bench = Bench::new().await;
    bench.script(
        "/voz",
        "<Gather input=\"dtmf\" action=\"/no\"><Say>¿Uno?</Say></Gather><Say>No le escuché.</Say>\
         <Redirect>otra?b=1&amp;c=2</Redirect><Say>nunca</Say>",
    );
    bench.script("/otra?b=1&c=2", "<Gather><Say>¿Dos?</Say></Gather>");
    for act in [Call::silence, |call: &Call| call.press("#")] {
        let call = calling(&bench).await;
        assert_eq!(heard(&call).await, ["¿Uno?"]);
        // Only the key that ends is an empty answer, too.
        act(&call).unwrap();
        assert_eq!(heard(&call).await, ["No le escuché.", "¿Dos?"]);
        call.silence().unwrap();
        soon(call.ended()).await;
    }
    assert_eq!(bench.unseen("/no"), 0);
}

#[tokio::test]
async fn keys_that_complete_nothing_wait_for_more_or_for_silence() {
    let bench = Bench::new().await;
    bench.script("/voz", "<Gather action=\"/cuenta\"><Say>Marque su cuenta y gato</Say></Gather>");
    bench.script("/cuenta", "<Gather numDigits=\"1\" action=\"/cuenta\"/>");
    let call = calling(&bench).await;
    heard(&call).await;
    call.press("0411").unwrap();
    assert_eq!((call.state(), heard(&call).await.len()), (CallState::Listening, 0));
    assert!(call.say("hola", None).is_err(), "keys are heard, not speech");
    call.press("8#").unwrap();
    let turn = bench.hook("/cuenta").await;
    assert_eq!((turn.get("Digits"), turn.get("FinishedOnKey")), ("04118", "#"));
    heard(&call).await;
    // What is left over lands in the next question.
    call.press("12").unwrap();
    assert_eq!(bench.hook("/cuenta").await.get("Digits"), "1");
    assert_eq!(bench.hook("/cuenta").await.get("Digits"), "2");
    soon(async {
        while call.state() != CallState::Listening {
            tokio::task::yield_now().await;
        }
    })
    .await;
    call.silence().unwrap();
    soon(call.ended()).await;
    assert_eq!(bench.unseen("/cuenta"), 0);
}

#[tokio::test]
async fn pending_keys_are_the_answer_when_time_runs_out() {
    let bench = Bench::new().await;
    bench.script("/voz", "<Gather action=\"/cuenta\"/>");
    let call = calling(&bench).await;
    heard(&call).await;
    call.press("0411").unwrap();
    call.silence().unwrap();
    let turn = bench.hook("/cuenta").await;
    assert_eq!((turn.get("Digits"), turn.get("FinishedOnKey")), ("0411", ""));
}

#[tokio::test]
async fn acts_out_of_turn_are_refused_in_words() {
    let bench = Bench::new().await;
    bench.later(
        "/voz",
        Answered(
            200,
            XML,
            "<Response><Gather input=\"speech\"/></Response>".into(),
            Duration::from_millis(100),
        ),
    );
    let call = calling(&bench).await;
    assert_eq!(call.state(), CallState::Ringing);
    assert!(call.say("hola", None).is_err());
    heard(&call).await;
    assert_eq!(call.press("1"), Err(NotNow("Ahora solo escucha la voz.")));
    assert_eq!(call.press("x"), Err(NotNow("Las teclas son 0-9, * y #.")));
    assert_eq!(call.say(" ", None), Err(NotNow("Escribe lo que dice la persona, o usa el silencio.")));
    assert_eq!(call.say("a", Some(1.5)), Err(NotNow("La confianza va de 0 a 1.")));
    assert!(call.dial_outcome(DialOutcome::Busy).is_err());
    call.hang_up().unwrap();
    soon(call.ended()).await;
    assert_eq!(call.silence(), Err(NotNow("La llamada ya terminó.")));
}

#[tokio::test]
async fn hanging_up_asks_no_action_and_tells_the_end() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    let call = calling(&bench).await;
    heard(&call).await;
    bench.twilio.arm(Fault::LateInProgress, 1);
    call.hang_up().unwrap();
    assert_eq!((heard(&call).await.len(), call.state()), (0, CallState::Ended));
    assert_eq!(bench.hook("/estado").await.get("CallStatus"), "completed");
    assert_eq!(bench.hook("/estado").await.get("CallStatus"), "in-progress");
    assert_eq!(bench.unseen("/turno?paso=1"), 0);
}

#[tokio::test]
async fn what_twilio_refuses_cuts_the_call_with_its_code() {
    let bench = Bench::new().await;
    for (status, kind, body, code) in [
        (200, XML, "<Response><Say>a & b</Say></Response>", 12_100),
        (200, XML, "<Response><say>a</say></Response>", 12_200),
        (200, "application/json", "{}", 12_300),
        (500, XML, "<Response/>", 11_200),
        (403, XML, "", 11_200),
        (200, XML, "<Response><Redirect>http://[</Redirect></Response>", 11_100),
        (200, XML, "<Response><Redirect>mailto:a@b.example</Redirect></Response>", 11_100),
        (200, XML, "<Response><Gather speechModel=\"default\" speechTimeout=\"auto\"/></Response>", 13_335),
        (200, XML, "<Response><Dial callerId=\"+525512345678\">+525500000400</Dial></Response>", 13_214),
    ] {
        bench.once("/voz", status, kind, body);
        let call = calling(&bench).await;
        cut(&bench, &call, code).await;
    }
}

#[tokio::test]
async fn a_turn_slower_than_its_limit_cuts_the_call() {
    let bench = Bench::with(|config| config.tuning.turn_timeout = Duration::from_millis(100)).await;
    bench.later("/voz", Answered(200, XML, "<Response/>".into(), Duration::from_secs(5)));
    let call = calling(&bench).await;
    cut(&bench, &call, 11_200).await;
}

#[tokio::test]
async fn documents_that_lead_in_a_circle_cut_the_call() {
    let bench = Bench::new().await;
    bench.script("/voz", "<Pause length=\"2\"/><Redirect>/voz</Redirect>");
    let call = calling(&bench).await;
    cut(&bench, &call, 11_215).await;
    assert_eq!(bench.twilio.stats().turns, 20);
}

#[tokio::test]
async fn documents_without_more_and_empty_answers_end_the_call() {
    let bench = Bench::new().await;
    bench.once("/voz", 200, "text/plain; charset=utf-8", "Cerrado");
    let call = calling(&bench).await;
    assert_eq!(heard(&call).await, ["Cerrado"]);
    bench.once("/voz", 200, "audio/mpeg", "...");
    let call = calling(&bench).await;
    assert_eq!(heard(&call).await, ["[/voz]"]);
    let call = calling(&bench).await;
    assert_eq!((heard(&call).await.len(), call.state()), (0, CallState::Ended));
    for (reason, status) in [("busy", "busy"), ("rejected", "failed")] {
        bench.once("/voz", 200, XML, &format!("<Response><Reject reason=\"{reason}\"/></Response>"));
        for _ in 0..bench.unseen("/estado") {
            bench.hook("/estado").await;
        }
        let call = calling(&bench).await;
        soon(call.ended()).await;
        let mut last = bench.hook("/estado").await;
        while last.get("CallSid") != &**call.sid() {
            last = bench.hook("/estado").await;
        }
        assert_eq!(last.get("CallStatus"), status);
    }
}

#[tokio::test]
async fn a_repeated_turn_shows_whether_the_answers_differ() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    bench.twilio.arm(Fault::TurnTwice, 1);
    let call = calling(&bench).await;
    assert_eq!(heard(&call).await, ["¿Qué necesita?"]);
    bench.hook("/voz").await;
    let stats = bench.twilio.stats();
    assert_eq!((stats.turns_repeated, stats.turns_differed), (1, 0));
    bench.once("/voz", 200, XML, "<Response><Gather/></Response>");
    bench.twilio.arm(Fault::TurnTwice, 1);
    let call = calling(&bench).await;
    heard(&call).await;
    let stats = bench.twilio.stats();
    assert_eq!((stats.turns_repeated, stats.turns_differed), (2, 1));
}

#[tokio::test]
async fn completed_can_overtake_the_last_action() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    bench.script("/turno?paso=1", "<Say>Nadie oye esto</Say>");
    let call = calling(&bench).await;
    heard(&call).await;
    bench.twilio.arm(Fault::CompletedEarly, 1);
    call.say("Hay una fuga", None).unwrap();
    let end = bench.hook("/estado").await;
    assert_eq!(end.get("CallStatus"), "completed");
    let turn = bench.hook("/turno?paso=1").await;
    assert_eq!(turn.get("SpeechResult"), "Hay una fuga");
    assert!(soon(call.ended()).await.is_empty());
    let late = bench.hook("/estado").await;
    assert_eq!(
        (late.get("CallStatus"), late.get("SequenceNumber"), late.get("CallDuration")),
        ("in-progress", "2", "-")
    );
}

#[tokio::test]
async fn callers_may_withhold_their_number() {
    let bench = Bench::new().await;
    for (from, told, country) in [
        ("anonymous", "anonymous", ""),
        ("+266696687", "+266696687", ""),
        ("sip:modulo3@municipio.sip.twilio.com", "sip:modulo3@municipio.sip.twilio.com", "MX"),
    ] {
        bench.twilio.call(from).unwrap();
        let start = bench.hook("/voz").await;
        assert_eq!((start.get("From"), start.get("Caller"), start.get("FromCountry")), (told, told, country));
    }
    assert!(bench.twilio.call("911").is_err());
    assert!(bench.twilio.call("sip:a\nb").is_err());
}

#[tokio::test]
async fn the_shutdown_ends_every_call() {
    let bench = Bench::new().await;
    bench.script("/voz", ASK);
    let call = calling(&bench).await;
    heard(&call).await;
    bench.shutdown.cancel();
    soon(call.ended()).await;
    soon(bench.twilio.stopped()).await;
}
