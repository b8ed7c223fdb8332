//! What Twilio gets from us, and its answers.

use std::time::Duration;

use super::*;

fn form(request: &Request<Bytes>) -> Vec<(String, String)> {
    form_urlencoded::parse(request.body()).into_owned().collect()
}

fn body_of(sms: &Sms, text: &str) -> String {
    let request = call(sms, &outgoing(NUMBER, text));
    form(&request).into_iter().find(|(name, _)| name == "Body").unwrap().1
}

#[test]
fn a_text_is_a_form_with_our_number_and_where_to_report() {
    let request = call(&sms(), &outgoing(NUMBER, "Tu folio es 2026-004512."));
    let url = "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json";
    assert_eq!(request.uri(), url);
    let credentials = STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    assert_eq!(request.headers()["authorization"], format!("Basic {credentials}"));
    insta::assert_json_snapshot!(form(&request), @r#"
        [
          [
            "To",
            "+525500000111"
          ],
          [
            "From",
            "+525500000200"
          ],
          [
            "Body",
            "Tu folio es 2026-004512."
          ],
          [
            "StatusCallback",
            "https://bot.municipio.example/webhooks/sms/twilio/status?ref=0199a4e2-6d3c-7c11-9a3e-2f1d5b7c9e01"
          ],
          [
            "ValidityPeriod",
            "14400"
          ]
        ]
    "#);
}

#[test]
fn a_messaging_service_sends_as_in_twilios_example() {
    let mut config = config();
    config.numbers[0].messaging_service = Some("MG00000000000000000000000000000001".to_owned());
    let text = "Municipio: tu folio es 2026-004512. Consulta el avance respondiendo FOLIO.";
    let request = call(&Sms::new(config), &outgoing(NUMBER, text));
    let expected = String::from_utf8(fixture("out_create_request.form")).unwrap();
    let expected = expected.replace(
        "%2Fsms%2Fstatus%3Fm%3D98fe12",
        &format!("%2Fwebhooks%2Fsms%2Ftwilio%2Fstatus%3Fref%3D{REFERENCE}"),
    );
    assert_eq!(request.body(), expected.as_bytes());
}

#[test]
fn a_text_leaves_composed_and_loses_its_accents_only_where_that_was_asked_for() {
    let notice =
        "Tu cita sera\u{301} el lunes 23 a las 10:30 en el Módulo Centro. Trae tu identificación del año.";
    assert_eq!(body_of(&sms(), notice), notice.replace("a\u{301}", "á"));
    let thrifty = Sms::new(SmsConfig { save_accents: true, ..config() });
    let saved = "Tu cita sera el lunes 23 a las 10:30 en el Modulo Centro. Trae tu identificacion del año.";
    assert_eq!(body_of(&thrifty, notice), saved);
    assert_eq!(body_of(&thrifty, "¿Sí?"), "¿Sí?", "one segment stays one");
}

#[test]
fn what_cannot_be_sent_is_said_in_words_before_it_is_tried() {
    let sms = sms();
    let sentence = |outgoing: &Outgoing| {
        let error = impossible(&sms, outgoing);
        assert_eq!(error.retry, Retry::Never);
        (error.fault, error.sentence)
    };
    let with = |change: fn(&mut Outgoing)| {
        let mut outgoing = outgoing(NUMBER, "Hola");
        change(&mut outgoing);
        sentence(&outgoing)
    };
    assert_eq!(with(|it| it.to.account = "+1".to_owned()).0, Fault::Account);
    assert_eq!(with(|it| it.to.route = "BANCO".to_owned()).0, Fault::Recipient);
    assert_eq!(with(|it| it.to.route = "+5255 0000".to_owned()).0, Fault::Recipient);
    assert_eq!(sentence(&outgoing(NUMBER, " \n")).1, "El mensaje está vacío: no se envió.");
    assert!(matches!(sms.send(&outgoing(NUMBER, &"a".repeat(1600))), Delivery::Call(_)));
    let long = "El mensaje tiene 1601 caracteres y un SMS permite 1600: hay que acortarlo.";
    assert_eq!(sentence(&outgoing(NUMBER, &"a".repeat(1601))).1, long);
    let buttons = with(|it| it.message = Message::LocationRequest { text: "¿Dónde?".to_owned() });
    assert_eq!(buttons, (Fault::Message, "Este tipo de mensaje no sale por SMS: solo texto.".to_owned()));
}

#[test]
fn taken_is_taken_with_twilios_id() {
    let id = "SM00000000000000000000000000fed001";
    assert_eq!(outcome(NUMBER, 201, fixture("out_create_201.json")), taken(id));
    assert_eq!(outcome(NUMBER, 200, fixture("out_fetch_delivered.json")), taken(id));
}

#[test]
fn refusals_say_whose_fault_it_is() {
    let read = |status, name| {
        let error = failure(outcome(NUMBER, status, fixture(name)));
        (error.code.unwrap(), error.fault, error.retry)
    };
    assert_eq!(read(401, "out_error_20003.json"), (20_003, Fault::Account, Retry::Never));
    assert_eq!(read(429, "out_error_20429.json"), (20_429, Fault::Provider, Retry::Backoff));
    assert_eq!(read(400, "out_error_21211.json"), (21_211, Fault::Recipient, Retry::Never));
    assert_eq!(read(400, "out_error_21610.json"), (21_610, Fault::OptedOut, Retry::Never));
}

#[test]
fn what_may_have_been_sent_is_never_called_failed() {
    for (status, body) in [
        (201, "{}"),
        (201, "<html>"),
        (200, ""),
        (500, r#"{"code": 20500}"#),
        (503, "<html>"),
        (302, ""),
        (400, "<html>"),
    ] {
        assert_eq!(outcome(NUMBER, status, body), Outcome::Unsure, "{status} {body}");
    }
    assert_eq!(sms().outcome(Err(CallFailure::NoAnswer)), Outcome::Unsure);
    let lost = failure(sms().outcome(Err(CallFailure::NotConnected)));
    assert_eq!((lost.fault, lost.retry), (Fault::Provider, Retry::Backoff));
    let forgotten = Response::new(Bytes::from(fixture("out_create_201.json")));
    assert_eq!(
        sms().outcome(Ok(&forgotten)),
        Outcome::Unsure,
        "without memory nobody knows whose answer it is"
    );
}

#[test]
fn a_code_of_the_future_is_judged_by_its_status() {
    let fault = |status, code: i64| failure(outcome(NUMBER, status, json!({"code": code}).to_string())).fault;
    assert_eq!(fault(401, 29_999), Fault::Account);
    assert_eq!(fault(429, 29_999), Fault::Provider);
    assert_eq!(fault(400, 29_999), Fault::Message);
    assert_eq!(failure(outcome(NUMBER, 429, "<html>")).retry, Retry::Backoff);
    assert_eq!(failure(outcome(NUMBER, 401, "")).fault, Fault::Account);
}

#[test]
fn twilio_is_asked_again_when_it_says_so_but_never_for_what_will_not_go() {
    let request = call(&sms(), &outgoing(NUMBER, "Hola"));
    let waited = |status, name, seconds: &str| {
        let mut answer = answer(&request, status, fixture(name));
        answer.headers_mut().insert("retry-after", seconds.parse().unwrap());
        failure(sms().outcome(Ok(&answer))).retry
    };
    assert_eq!(waited(429, "out_error_20429.json", "30"), Retry::After(Duration::from_secs(30)));
    assert_eq!(waited(429, "out_error_20429.json", "99999999"), Retry::After(Duration::from_secs(86_400)));
    assert_eq!(waited(429, "out_error_20429.json", "mañana"), Retry::Backoff);
    assert_eq!(waited(400, "out_error_21610.json", "30"), Retry::Never);
}

#[test]
fn health_asks_for_our_own_numbers_and_for_no_person() {
    let request = sms().health().unwrap();
    assert!(request.uri().path().ends_with("/IncomingPhoneNumbers.json"));
    assert!(request.headers().contains_key("authorization"));
}
