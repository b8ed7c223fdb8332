//! What the simulator posts, byte for byte what the fixtures hold.

use crate::simulator::twilio::{
    form::{Form, encode, form},
    sms::inbound::Inbound,
    voice::params::{Ended, Line, and, status},
};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

fn text<'a>(sid: &'a str, body: &'a str, media: &'a [(String, String)]) -> String {
    let (service, from, to) = (Some("MG00000000000000000000000000000001"), "+525500000111", "+525500000200");
    encode(&Inbound { account: ACCOUNT, service, sid, from, to, body, media, opt_out: None }.form())
}

#[test]
fn texts_are_posted_as_the_fixtures_show() {
    assert_eq!(
        text("SM00000000000000000000000000abc001", "Hola, quiero reportar un bache en Av Juarez 120", &[]),
        include_str!("../fixtures/sms/in_gsm_simple.form")
    );
    assert_eq!(
        text("SM00000000000000000000000000abc002", "¿Cuánto debo de predial? Cuenta 04-118-022", &[]),
        include_str!("../fixtures/sms/in_accented.form")
    );
    assert_eq!(
        text("SM00000000000000000000000000abc006", "  BAJA ", &[]),
        include_str!("../fixtures/sms/in_baja_spanish.form")
    );
    let long = include_str!("../fixtures/sms/in_long_concatenated.form");
    let pairs = form_urlencoded::parse(long.as_bytes());
    let body = pairs.into_iter().find(|(name, _)| name == "Body").unwrap().1;
    assert_eq!(text("SM00000000000000000000000000abc003", &body, &[]), long);
}

#[test]
fn a_photo_is_posted_as_the_fixture_shows() {
    let url = "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages/MM00000000000000000000000000abc004/Media/ME00000000000000000000000000def001";
    let media = [("image/jpeg".to_owned(), url.to_owned())];
    assert_eq!(
        text("MM00000000000000000000000000abc004", "", &media),
        include_str!("../fixtures/sms/in_mms_photo_empty_body.form")
    );
}

fn line(status: &str, from: &str, call: &str) -> Form {
    Line { account: ACCOUNT, call, from, to: "+525500000300", direction: "inbound" }.form(status)
}

const CALL: &str = "CA000000000000000000000000000000a1";
const MARIA: &str = "+525500000111";

#[test]
fn calls_start_as_the_fixtures_show() {
    assert_eq!(encode(&line("ringing", MARIA, CALL)), include_str!("../fixtures/voice/call_start.form"));
    let sip = "sip:modulo3@municipio.sip.twilio.com";
    assert_eq!(
        encode(&line("ringing", sip, "CA000000000000000000000000000000a3")),
        include_str!("../fixtures/voice/call_start_sip.form")
    );
}

#[test]
fn turns_and_ends_of_calls_are_posted_as_the_fixtures_show() {
    let turn = || line("in-progress", MARIA, CALL);
    assert_eq!(encode(&turn()), include_str!("../fixtures/voice/gather_empty.form"));
    assert_eq!(
        encode(&and(turn(), [("Digits", "2"), ("FinishedOnKey", "")])),
        include_str!("../fixtures/voice/gather_dtmf.form")
    );
    let at = |ms| Ended { sequence: "3", at: ms, seconds: Some(131) };
    assert_eq!(
        encode(&status(line("completed", MARIA, CALL), &at(1_795_200_133_000))),
        include_str!("../fixtures/voice/status_completed.form")
    );
    let late = Ended { sequence: "2", at: 1_795_200_002_000, seconds: None };
    assert_eq!(
        encode(&status(turn(), &late)),
        include_str!("../fixtures/voice/status_in_progress_late.form")
    );
}

#[test]
fn forms_survive_being_written_and_read() {
    let pairs = form([("Body", " ¿ñ? 👩‍👧 a+b=c&d%\u{200b}\n"), ("Empty", "")]);
    let read = crate::simulator::twilio::form::decode(encode(&pairs).as_bytes());
    assert_eq!(read[0].1, pairs[0].1);
    assert_eq!(read[1], ("Empty".to_owned(), String::new()));
}
