//! AudioSocket told in bytes: what Asterisk sends -> what is understood, what is said -> what goes out.

use proptest::prelude::*;

use super::*;
use crate::{AddressKey, Body, Keys, Listen, Message, Spoken, Then, fuzz::cases};

const ID: [u8; 16] =
    [0x40, 0x32, 0x5e, 0xc2, 0x5e, 0xfd, 0x4b, 0xd3, 0x80, 0x5f, 0x53, 0x57, 0x6e, 0x58, 0x1d, 0x13];

fn whole(bytes: &[u8]) -> Vec<Frame> {
    Decoder::default().push(bytes)
}

fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[kind], &length[..], payload].concat()
}

#[test]
fn each_kind_of_frame_is_read_as_the_protocol_says() {
    assert_eq!(whole(&frame(0x01, &ID)), [Frame::Id(ID)]);
    assert_eq!(whole(&[0x03, 0x00, 0x01, b'#']), [Frame::Key('#')]);
    assert_eq!(
        whole(&[0x10, 0x00, 0x04, 0x01, 0x00, 0xff, 0x7f]),
        [Frame::Audio(vec![1, i16::MAX])],
        "little-endian"
    );
    assert_eq!(whole(&[0x00, 0x00, 0x00]), [Frame::HangUp]);
    assert_eq!(whole(&[0xff, 0x00, 0x01, 0x02]), [Frame::Failed(Some(2))]);
    assert_eq!(whole(&[0xff, 0x00, 0x00]), [Frame::Failed(None)]);
}

#[test]
fn kinds_of_the_future_are_skipped_by_their_length() {
    let bytes = [frame(0x12, &[7; 960]), frame(0x77, &[]), frame(0x03, b"5")].concat();
    assert_eq!(whole(&bytes), [Frame::Other(0x12), Frame::Other(0x77), Frame::Key('5')]);
}

#[test]
fn an_id_or_key_of_the_wrong_length_is_none() {
    assert_eq!(whole(&frame(0x01, &ID[..15])), [Frame::Other(0x01)]);
    assert_eq!(whole(&frame(0x03, b"12")), [Frame::Other(0x03)]);
    assert_eq!(whole(&frame(0x03, b"x")), [Frame::Other(0x03)]);
    assert_eq!(whole(&frame(0x10, &[1, 0, 9])), [Frame::Audio(vec![1])], "half a sample is dropped");
}

#[test]
fn a_frame_of_ours_is_323_bytes_and_never_empty() {
    let mut samples = SILENCE;
    samples[1] = -2;
    let bytes = audio(&samples);
    assert_eq!(bytes.len(), 323);
    assert_eq!(bytes[..7], [0x10, 0x01, 0x40, 0x00, 0x00, 0xfe, 0xff]);
    assert_eq!(whole(&bytes), [Frame::Audio(samples.to_vec())]);
    assert_eq!(HANG_UP, [0, 0, 0]);
}

/// Nasty case 87.
#[test]
fn byte_by_byte_and_all_at_once_are_the_same() {
    let bytes =
        [frame(0x01, &ID), audio(&[3; SAMPLES]).to_vec(), frame(0x03, b"1"), audio(&SILENCE).to_vec()]
            .concat();
    let mut decoder = Decoder::default();
    let slow: Vec<Frame> = bytes.iter().flat_map(|byte| decoder.push(&[*byte])).collect();
    assert_eq!(slow, whole(&bytes));
    assert_eq!(slow.len(), 4);
    assert!(decoder.is_between_frames());
    decoder.push(&[0x10, 0x01]);
    assert!(!decoder.is_between_frames());
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn however_bytes_are_cut_the_frames_are_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..2000), cuts in proptest::collection::vec(1_usize..400, 0..30)) {
        let mut decoder = Decoder::default();
        let (mut frames, mut rest) = (Vec::new(), bytes.as_slice());
        for cut in cuts {
            let (head, tail) = rest.split_at(cut.min(rest.len()));
            frames.extend(decoder.push(head));
            rest = tail;
        }
        frames.extend(decoder.push(rest));
        prop_assert_eq!(frames, whole(&bytes));
    }

    #[test]
    fn any_sound_comes_back_as_it_went_out(samples in proptest::collection::vec(any::<i16>(), SAMPLES)) {
        let samples: [i16; SAMPLES] = samples.try_into().unwrap();
        prop_assert_eq!(whole(&audio(&samples)), [Frame::Audio(samples.to_vec())]);
    }

    #[test]
    fn no_announcement_is_too_strange(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        Outcome::read(&body);
        if let Some(announced) = Announcement::read(&body) {
            Call::new(&exchange(), "a1".to_owned(), &announced).ok();
        }
    }
}

fn exchange() -> Exchange {
    Exchange { numbers: vec!["+529810000100".to_owned(), "+529810000200".to_owned()] }
}

fn call(form: &str) -> Result<Call, NotOurs> {
    Call::new(&exchange(), "a1".to_owned(), &Announcement::read(form.as_bytes()).unwrap())
}

#[test]
fn a_caller_is_known_by_the_number_that_the_network_shows() {
    for (from, key) in [
        ("%2B529811234567", AddressKey::Phone("+529811234567".to_owned())),
        ("9811234567", AddressKey::Phone("+529811234567".to_owned())),
        ("5219811234567", AddressKey::Phone("+529811234567".to_owned())),
        ("", AddressKey::Call("a1".to_owned())),
        ("anonymous", AddressKey::Call("a1".to_owned())),
        ("7378742833", AddressKey::Call("a1".to_owned())),
        ("204", AddressKey::Call("a1".to_owned())),
    ] {
        let started = call(&format!("from={from}&to=")).unwrap().started();
        assert_eq!(started.from.address.key, key, "{from}");
        assert_eq!((started.id.as_str(), started.body.kind()), ("a1:start", "call"));
    }
}

#[test]
fn our_number_is_known_by_its_last_digits_and_no_other_is_ours() {
    let account = |to: &str| call(&format!("from=&to={to}")).map(|call| call.account().to_owned());
    assert_eq!(account("").unwrap(), "+529810000100");
    assert_eq!(account("9810000200").unwrap(), "+529810000200");
    assert_eq!(account("0200").unwrap(), "+529810000200");
    assert_eq!(account("5219810000100").unwrap(), "+529810000100");
    for other in ["00", "9810000300", "s"] {
        assert_eq!(account(other), Err(NotOurs), "{other}");
    }
}

#[test]
fn every_answer_of_a_call_has_an_id_of_its_own() {
    let mut call = call("from=9811234567").unwrap();
    let said =
        |text: &str| Body::Speech { text: text.to_owned(), confidence: None, raw: None, unsure: false };
    call.advance();
    assert_eq!(call.answered("report.size", 0, said("grande")).id, "a1:report.size:0:1");
    call.advance();
    let again = call.answered("report.size", 0, said("grande")).id;
    assert_eq!(again, "a1:report.size:0:2", "asked again, answered again");
    call.advance();
    assert_eq!(call.passed_on(false).id, "a1:dial:3");
    assert_eq!(call.ended().id, "a1:ended");
}

#[test]
fn outcomes_are_words() {
    assert_eq!(Outcome::read(b"outcome=attended"), Some(Outcome::Attended));
    assert_eq!(Outcome::read(b"outcome=unattended"), Some(Outcome::Unattended));
    assert_eq!(Outcome::read(b"outcome=ended"), Some(Outcome::Ended));
    assert_eq!(Outcome::read(b"outcome=gone"), None);
    assert_eq!(Outcome::read(b""), None);
}

#[test]
fn neither_caller_nor_words_show_in_debug() {
    let announced = Announcement::read(b"from=9811234567&to=").unwrap();
    let call = Call::new(&exchange(), "a1".to_owned(), &announced).unwrap();
    let script = Script::of(&[spoken("Tu PIN es 1 2 3 4.", false)], false);
    let shown = format!("{announced:?} {call:?} {script:?} {:?}", Frame::Key('4'));
    assert!(!shown.contains("981123") && !shown.contains("PIN") && !shown.contains('4'), "{shown}");
}

fn spoken(text: &str, must_hear: bool) -> Message {
    let listen =
        Listen { step: "s".to_owned(), attempt: 0, hints: Vec::new(), keys: Keys::One, from: 0, must_hear };
    Message::Spoken(Spoken { text: text.to_owned(), lang: "es".to_owned(), then: Then::Listen(listen) })
}

#[test]
fn words_are_cut_into_sentences_and_long_ones_behind_a_word() {
    let script =
        Script::of(&[spoken("Vamos a reportar: Bache. ¿Hay alguien herido? Di sí o no.", false)], false);
    let texts: Vec<&str> = script.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["Vamos a reportar: Bache.", "¿Hay alguien herido?", "Di sí o no."]);
    assert!(script.pieces.iter().all(|piece| !piece.must_hear));
    let long = "muy ".repeat(200);
    let script = Script::of(&[spoken(&long, true)], false);
    assert!(
        script.pieces.len() > 2
            && script.pieces.iter().all(|piece| piece.must_hear && piece.text.chars().count() <= 240)
    );
    let said: String = script.pieces.iter().map(|piece| format!("{} ", piece.text)).collect();
    assert_eq!(said, long, "nothing is lost");
}

#[test]
fn a_turn_that_says_nothing_listens() {
    let script = Script::of(&[], true);
    assert_eq!(script.pieces[0].text, "I am listening.");
    assert!(matches!(script.then, Then::Listen(Listen { step, .. }) if step == "menu"));
}

#[test]
fn when_nothing_works_whom_to_call_is_said_and_not_cut_short() {
    let script = Script::sorry("911", false);
    let said: Vec<&str> = script.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(said.join(" ").contains("llama al"), "{said:?}");
    assert!(script.pieces.iter().all(|piece| piece.must_hear) && script.then == Then::HangUp);
    assert_eq!(Script::filler(0, false)[0].text, "Un momento, por favor.");
}
