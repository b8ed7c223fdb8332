//! People write: the town is told as Twilio tells it, and its answers arrive.

use std::time::Duration;

use bytes::Bytes;

use super::support::{ACCOUNT, Answered, Bench, MARIA, SERVICE, SMS, TOKEN, XML, soon};
use crate::simulator::twilio::{CannotWrite, Fault, OptOut, SmsStatuses, TextStatus};

async fn settled(bench: &Bench) {
    soon(async {
        while bench.twilio.stats().waiting > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_is_told_signed_and_complete() {
    let bench = Bench::new().await;
    let sid = bench.twilio.sms("5215500000111", "¿Cuánto debo?").unwrap();
    let hook = bench.hook("/sms").await;
    assert!(hook.signed);
    for (name, value) in [
        ("MessageSid", &*sid),
        ("From", "+525500000111"),
        ("To", SMS),
        ("Body", "¿Cuánto debo?"),
        ("NumSegments", "1"),
        ("AccountSid", ACCOUNT),
        ("MessagingServiceSid", SERVICE),
        ("OptOutType", "-"),
    ] {
        assert_eq!(hook.get(name), value);
    }
    settled(&bench).await;
    let texts = bench.twilio.texts(MARIA, 0);
    assert!(!texts[0].from_town);
    assert_eq!((&texts[0].sid, texts[0].status), (&sid, TextStatus::Received));
}

#[tokio::test]
async fn what_nobody_could_send_is_refused() {
    let bench = Bench::new().await;
    assert!(matches!(bench.twilio.sms("911", "x"), Err(CannotWrite::Phone(_))));
    assert_eq!(bench.twilio.sms(MARIA, " "), Err(CannotWrite::Empty));
    assert_eq!(bench.twilio.sms(MARIA, &"a".repeat(1_601)), Err(CannotWrite::TooLong));
}

#[tokio::test]
async fn answers_in_twiml_arrive() {
    let bench = Bench::with(|config| config.statuses = SmsStatuses::SENT_ONLY).await;
    bench.once("/sms", 200, XML, include_str!("../fixtures/sms/reply_message.xml"));
    bench.twilio.sms(MARIA, "Hay un bache").unwrap();
    let answers = soon(bench.twilio.answers(MARIA, 1)).await;
    assert_eq!(answers[0].text, "Recibimos tu reporte. Folio 2026-004512 & seguimiento por este medio.");
    bench.once("/sms", 200, XML, include_str!("../fixtures/sms/reply_empty.xml"));
    bench.script("/otra?n=1", "<Message statusCallback=\"/estado-twiml\"><Body>Aquí</Body></Message>");
    bench.once("/sms", 200, XML, "<Response><Message>Uno</Message><Redirect>/otra?n=1</Redirect></Response>");
    bench.twilio.sms(MARIA, "nada").unwrap();
    settled(&bench).await;
    bench.twilio.sms(MARIA, "dos").unwrap();
    assert_eq!(bench.hook("/estado-twiml").await.get("MessageStatus"), "sent");
    let said: Vec<_> = bench.twilio.texts(MARIA, 3).into_iter().filter(|text| text.from_town).collect();
    assert_eq!(said.iter().map(|text| &*text.text).collect::<Vec<_>>(), ["Uno", "Aquí"]);
    assert_eq!(bench.twilio.alerts(), []);
}

#[tokio::test]
async fn answers_that_are_not_twiml_raise_alerts_and_send_nothing() {
    let bench = Bench::new().await;
    let long = format!("<Response><Message>{}</Message></Response>", "a".repeat(1_601));
    let huge = format!("<Response><!--{}--></Response>", "a".repeat(66_000));
    let cases = [
        (200, "application/json", "{}", 12_300),
        (200, XML, "<Response><Message>a & b</Message></Response>", 12_100),
        (200, XML, "<Response><Say>Hola</Say></Response>", 12_200),
        (200, XML, "<Response><Message body=\"x\"/></Response>", 12_200),
        (200, XML, "<Response><Message/></Response>", 14_103),
        (200, XML, "<Response><Message>a<Body>b</Body></Message></Response>", 14_103),
        (200, XML, &long, 21_617),
        (200, XML, &huge, 11_750),
        (200, XML, "<Response><Message method=\"post\">a</Message></Response>", 14_104),
        (500, XML, "<Response><Message>a</Message></Response>", 11_200),
        (403, XML, "", 11_200),
    ];
    for (status, kind, body, expected) in cases {
        bench.once("/sms", status, kind, body);
        bench.twilio.sms(MARIA, "x").unwrap();
        settled(&bench).await;
        let alerts = bench.twilio.alerts();
        assert_eq!(alerts.last().unwrap().code, expected, "{body:.80}");
    }
    assert_eq!(bench.twilio.alerts().len(), cases.len());
    assert!(bench.twilio.texts(MARIA, 0).iter().all(|text| !text.from_town));
    bench.script("/sms", "<Redirect>/sms</Redirect>");
    bench.twilio.sms(MARIA, "x").unwrap();
    settled(&bench).await;
    assert_eq!(bench.twilio.alerts().last().unwrap().code, 14_106);
}

#[tokio::test]
async fn a_failed_webhook_is_lost_unless_the_address_asks_for_retries() {
    let bench = Bench::new().await;
    bench.once("/sms", 500, XML, "");
    bench.twilio.sms(MARIA, "x").unwrap();
    settled(&bench).await;
    assert_eq!(bench.twilio.texts(MARIA, 0)[0].status, TextStatus::Failed);
    bench.hook("/sms").await;
    assert_eq!(bench.unseen("/sms"), 0);
    let bench = Bench::with(|config| config.sms_url.set_fragment(Some("rc=5&rp=5xx,ct"))).await;
    bench.once("/sms", 500, XML, "");
    bench.once("/sms", 503, XML, "");
    let sid = bench.twilio.sms(MARIA, "x").unwrap();
    let (first, _, third) = (bench.hook("/sms").await, bench.hook("/sms").await, bench.hook("/sms").await);
    settled(&bench).await;
    assert!(first.signed);
    assert_eq!((first.raw, first.token), (third.raw, third.token), "retries carry the same token");
    assert_eq!((&bench.twilio.texts(MARIA, 0)[0].sid, bench.twilio.stats().posts_retried), (&sid, 2));
    assert_eq!(bench.twilio.texts(MARIA, 0)[0].status, TextStatus::Received);
}

#[tokio::test]
async fn without_a_connection_one_retry_is_made_by_default() {
    let bench = Bench::with(|config| config.sms_url = "http://127.0.0.1:9/sms".parse().unwrap()).await;
    bench.twilio.sms(MARIA, "x").unwrap();
    settled(&bench).await;
    assert_eq!(bench.twilio.stats().posts_retried, 1);
    assert_eq!(bench.twilio.alerts()[0].code, 11_205);
}

#[tokio::test]
async fn a_webhook_slower_than_its_fragment_allows_is_lost() {
    let bench = Bench::with(|config| config.sms_url.set_fragment(Some("rt=100&rc=1&rp=rt"))).await;
    let slow = || Answered(204, XML, String::new(), Duration::from_secs(5));
    bench.later("/sms", slow());
    bench.later("/sms", slow());
    bench.twilio.sms(MARIA, "x").unwrap();
    settled(&bench).await;
    assert_eq!((bench.twilio.stats().posts_retried, bench.twilio.alerts()[0].code), (1, 11_200));
}

#[tokio::test]
async fn stop_blocks_and_start_unblocks() {
    let bench = Bench::new().await;
    bench.twilio.sms(MARIA, " Stop ").unwrap();
    assert_eq!(bench.hook("/sms").await.get("OptOutType"), "-");
    assert_eq!(bench.writes("x").await.1["code"], 21_610);
    bench.once("/sms", 200, XML, "<Response><Message>Adiós</Message></Response>");
    bench.twilio.sms(MARIA, "quiero stop ya").unwrap();
    settled(&bench).await;
    assert!(bench.twilio.texts(MARIA, 0).iter().all(|text| !text.from_town), "answers are blocked too");
    bench.twilio.sms(MARIA, "START").unwrap();
    assert_eq!(bench.writes("x").await.0, 201);
    // Twilio has no Spanish words of its own.
    bench.twilio.sms(MARIA, "BAJA").unwrap();
    assert_eq!(bench.writes("x").await.0, 201);
}

#[tokio::test]
async fn advanced_opt_out_answers_itself_and_says_so() {
    let bench = Bench::with(|config| config.opt_out = OptOut::Advanced(Box::default())).await;
    for (word, kind, stopped) in
        [("baja", "STOP", true), ("AYUDA", "HELP", true), ("Alta", "START", false), ("stop", "STOP", true)]
    {
        let seen = bench.twilio.texts(MARIA, 0).len() as u64;
        bench.twilio.sms(MARIA, word).unwrap();
        assert_eq!(bench.hook("/sms").await.get("OptOutType"), kind);
        assert_eq!(soon(bench.twilio.answers(MARIA, seen)).await.len(), 1);
        assert_eq!(bench.twilio.stopped_texts(MARIA), stopped);
    }
    bench.twilio.sms(MARIA, "quiero dar de baja mi toma de agua").unwrap();
    assert_eq!(bench.hook("/sms").await.get("OptOutType"), "-");
}

#[tokio::test]
async fn a_short_code_leaves_words_to_the_town() {
    let bench = Bench::with(|config| config.opt_out = OptOut::Off).await;
    bench.twilio.sms(MARIA, "STOP").unwrap();
    assert_eq!(bench.writes("x").await.0, 201);
}

#[tokio::test]
async fn a_picture_is_behind_the_password_and_a_redirect() {
    let bench = Bench::new().await;
    let sid = bench.twilio.sms_media(MARIA, "", "image/png", Bytes::from_static(b"png")).unwrap();
    let hook = bench.hook("/sms").await;
    assert!(sid.starts_with("MM") && hook.signed);
    assert_eq!(
        (hook.get("NumMedia"), hook.get("MediaContentType0"), hook.get("Body")),
        ("1", "image/png", "")
    );
    let url = hook.get("MediaUrl0");
    assert_eq!(bench.http.get(url).send().await.unwrap().status(), 401);
    let with_password = || bench.http.get(url).basic_auth(ACCOUNT, Some(TOKEN));
    let redirect = with_password().send().await.unwrap();
    assert_eq!(redirect.status(), 307);
    let storage = redirect.headers()["location"].to_str().unwrap();
    let file = bench.http.get(storage).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "image/png");
    assert_eq!(&file.bytes().await.unwrap()[..], b"png");
    assert_eq!(bench.twilio.stats().passwords_leaked, 0);
    bench.http.get(storage).basic_auth(ACCOUNT, Some(TOKEN)).send().await.unwrap();
    assert_eq!(bench.twilio.stats().passwords_leaked, 1);
    let gone = bench.http.delete(url).basic_auth(ACCOUNT, Some(TOKEN)).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(with_password().send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn webhooks_can_come_twice_or_signed_by_somebody_else() {
    let bench = Bench::new().await;
    bench.twilio.arm(Fault::TextTwice, 1);
    bench.twilio.sms(MARIA, "x").unwrap();
    let (first, second) = (bench.hook("/sms").await, bench.hook("/sms").await);
    assert_eq!((first.raw, first.token), (second.raw, second.token));
    bench.twilio.arm(Fault::BadSignature, 1);
    bench.twilio.sms(MARIA, "y").unwrap();
    assert!(!bench.hook("/sms").await.signed);
    bench.twilio.sms(MARIA, "z").unwrap();
    assert!(bench.hook("/sms").await.signed);
}
