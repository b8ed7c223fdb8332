//! Signatures and forms: the vectors of Twilio's documents and libraries, and every fixture of SMS and voice.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::Refusal;

const TOKEN: &str = "12345";
const CALL: &str =
    "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212";
const TESTED_CALL: &str =
    "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
const PATH: &str = "/myapp.php?foo=1&bar=2";

fn config(public_url: &str, tokens: &[&str]) -> TwilioConfig {
    TwilioConfig {
        account_sid: "AC00000000000000000000000000000001".to_owned(),
        auth_tokens: tokens.iter().map(|token| (*token).to_owned()).collect(),
        api_key: None,
        base_url: "https://api.twilio.com/".to_owned(),
        public_url: public_url.to_owned(),
    }
}

fn post(path: &str, body: impl Into<Vec<u8>>, signature: &str) -> Request<Bytes> {
    Request::post(path)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .header("X-Twilio-Signature", signature)
        .body(Bytes::from(body.into()))
        .unwrap()
}

/// Whether a form posted to this host is taken for Twilio's.
fn genuine(public_url: &str, body: &str, signature: &str) -> bool {
    verified(&config(public_url, &[TOKEN]), &post(PATH, body, signature)).is_ok()
}

fn refusal(request: &Request<Bytes>) -> Refusal {
    verified(&config("https://mycompany.com", &[TOKEN]), request).unwrap_err()
}

#[test]
fn the_vectors_of_twilio_are_genuine() {
    assert!(genuine("https://example.com", CALL, "L/OH5YylLD5NRKLltdqwSvS0BnU="));
    assert!(genuine("https://mycompany.com", TESTED_CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
    assert!(genuine("http://mycompany.com:1234", TESTED_CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="));
    let repeated = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
    assert!(genuine("https://mycompany.com", repeated, "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
}

#[test]
fn a_port_may_be_signed_or_not_whichever_way_we_wrote_it() {
    for (url, signature) in [
        ("https://mycompany.com", "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("https://mycompany.com:443", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:8443", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("http://mycompany.com", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:80", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
    ] {
        assert!(genuine(url, TESTED_CALL, signature), "{url}");
    }
    assert!(!genuine("https://mycompany.com", TESTED_CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="), "another port");
    assert!(!genuine("http://mycompany.com", TESTED_CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="), "another scheme");
}

#[test]
fn name_password_slash_and_connection_settings_of_our_address_are_not_signed() {
    let url = "https://usuario:secreto@mycompany.com/#rc=5&rp=all";
    assert!(genuine(url, TESTED_CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
}

#[test]
fn only_the_configured_address_counts_and_never_the_host_that_was_asked_for() {
    let mut request = post(PATH, TESTED_CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    request.headers_mut().insert("Host", HeaderValue::from_static("otro.example"));
    assert!(verified(&config("https://mycompany.com", &[TOKEN]), &request).is_ok());
    request.headers_mut().insert("Host", HeaderValue::from_static("mycompany.com"));
    assert!(verified(&config("https://otro.example", &[TOKEN]), &request).is_err());
}

#[test]
fn a_json_body_is_signed_through_its_hash() {
    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    let path = format!("{PATH}&bodySHA256={hash}");
    let json = |body: &'static str| {
        Request::post(&path)
            .header("Content-Type", "application/json")
            .header("X-Twilio-Signature", "a9nBmqA0ju/hNViExpshrM61xv4=")
            .body(Bytes::from_static(body.as_bytes()))
            .unwrap()
    };
    let config = config("https://mycompany.com", &[TOKEN]);
    assert!(verified(&config, &json(r#"{"property": "value", "boolean": true}"#)).is_ok());
    let changed = verified(&config, &json(r#"{"property": "value", "boolean": false}"#)).unwrap_err();
    assert_eq!(changed.reason, "the body is not the one that was signed");
}

#[test]
fn a_get_is_signed_by_its_address_alone() {
    let get = |path: &str, signature: &str| {
        Request::get(path).header("X-Twilio-Signature", signature).body(Bytes::new()).unwrap()
    };
    let config = config("https://mycompany.com", &[TOKEN]);
    let signature = signature::tests_sign(TOKEN, "https://mycompany.com/sms?Body=Hola%20vecina");
    let form = verified(&config, &get("/sms?Body=Hola%20vecina", &signature)).unwrap();
    assert_eq!(form.phrase("Body").unwrap(), "Hola vecina");
    assert!(verified(&config, &get("/sms?Body=Hola+vecina", &signature)).is_err(), "as it was spelled");
}

#[test]
fn every_token_is_accepted_and_an_empty_one_never() {
    let request = post(PATH, TESTED_CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assert!(verified(&config("https://mycompany.com", &["el nuevo", TOKEN]), &request).is_ok());
    assert!(verified(&config("https://mycompany.com", &["el nuevo"]), &request).is_err());
    let unsigned = post("/", "", &signature::tests_sign("", "https://mycompany.com/"));
    assert!(verified(&config("https://mycompany.com", &["", TOKEN]), &unsigned).is_err());
    assert!(verified(&config("https://mycompany.com", &[]), &unsigned).is_err());
}

#[test]
fn what_is_not_signed_is_refused_with_403() {
    let mut unsigned = post(PATH, TESTED_CALL, "");
    unsigned.headers_mut().remove("X-Twilio-Signature");
    assert_eq!(refusal(&unsigned).status, 403);
    for signature in ["", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "RSOYDt4T1cUTdK1PDd93/VVr8B9=", "no es base64 ñ"] {
        let refusal = refusal(&post(PATH, TESTED_CALL, signature));
        assert_eq!(
            (refusal.status.as_u16(), refusal.reason),
            (403, "X-Twilio-Signature fits none of the auth tokens")
        );
    }
    let other = post(PATH, TESTED_CALL.replace("1234&", "1235&"), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    assert_eq!(refusal(&other).status, 403);
}

#[test]
fn every_fixture_of_sms_and_voice_is_genuine_and_no_longer_so_after_one_change() {
    for channel in ["sms", "voice"] {
        let folder = format!("{}/src/{channel}/fixtures", env!("CARGO_MANIFEST_DIR"));
        let read = |name: &str| std::fs::read(format!("{folder}/{name}")).unwrap();
        let told: Value = serde_json::from_slice(&read("signatures.json")).unwrap();
        let config = config("https://bot.municipio.example", &[told["auth_token"].as_str().unwrap()]);
        let files = told["files"].as_object().unwrap();
        assert!(files.len() >= 10, "{channel}");
        for (name, signed) in files {
            let path = signed["url"].as_str().unwrap().strip_prefix("https://bot.municipio.example").unwrap();
            let signature = signed["x_twilio_signature"].as_str().unwrap();
            assert!(verified(&config, &post(path, read(name), signature)).is_ok(), "{name}");
            let spoiled = [read(name), b"x".to_vec()].concat();
            assert!(verified(&config, &post(path, spoiled, signature)).is_err(), "{name}");
        }
    }
}

#[test]
fn invalid_utf8_is_genuine_whether_bytes_or_text_were_signed() {
    let config = config("https://mycompany.com", &[TOKEN]);
    for signed in [
        &b"https://mycompany.com/smsBodytel\xE9fono"[..],
        "https://mycompany.com/smsBodytel\u{FFFD}fono".as_bytes(),
    ] {
        let request = post("/sms", "Body=tel%E9fono", &signature::tests_sign(TOKEN, signed));
        assert_eq!(verified(&config, &request).unwrap().phrase("Body").unwrap(), "tel\u{FFFD}fono");
    }
}

#[test]
fn a_spoiled_form_is_read_as_far_as_it_goes() {
    let form =
        Form::read(b"&&=vacio&Body=primero&Body=segundo&solo&%zz=%&pct=100%25+%4&nul=a%00b&sp=++BAJA+")
            .unwrap();
    assert_eq!(form.phrase("Body").unwrap(), "primero", "the first value is the content");
    assert_eq!(form.phrase("").unwrap(), "vacio");
    assert_eq!((form.phrase("solo").unwrap().as_str(), form.word("solo")), ("", None));
    assert_eq!(form.phrase("%zz").unwrap(), "%");
    assert_eq!(form.phrase("pct").unwrap(), "100% %4");
    assert_eq!(form.phrase("nul").unwrap(), "a\u{FFFD}b");
    assert_eq!((form.phrase("sp").unwrap().as_str(), form.word("sp").unwrap().as_str()), ("  BAJA ", "BAJA"));
    assert_eq!(form.phrase("body"), None, "names keep their case");
}

#[test]
fn more_than_twilio_ever_sends_is_not_read() {
    assert!(Form::read("a=1&".repeat(500).as_bytes()).is_ok());
    assert_eq!(Form::read("a=1&".repeat(501).as_bytes()).unwrap_err().status, 413);
    assert!(Form::read(&vec![b'a'; MAX_BODY]).is_ok());
    assert_eq!(Form::read(&vec![b'a'; MAX_BODY + 1]).unwrap_err().status, 413);
}

#[test]
fn neither_token_nor_form_shows_in_debug() {
    let config = config("https://mycompany.com", &[TOKEN]);
    assert!(!format!("{config:?} {:?}", config.get("https://api.twilio.com").unwrap()).contains(TOKEN));
    assert_eq!(format!("{:?}", Form::read(b"Body=hola&From=%2B52").unwrap()), "Form(2 pairs)");
}

#[test]
fn requests_are_signed_with_the_api_key_where_there_is_one() {
    let mut config = config("https://mycompany.com", &["token", "viejo"]);
    assert_eq!(
        config.authorization().unwrap(),
        "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0b2tlbg=="
    );
    config.api_key = Some(("SK1".to_owned(), "s".to_owned()));
    assert_eq!(config.authorization().unwrap(), "Basic U0sxOnM=");
    config.api_key = None;
    config.auth_tokens.clear();
    assert_eq!(config.authorization(), None);
}

proptest! {
    #![proptest_config(crate::fuzz::cases(200))]

    #[test]
    fn no_body_is_too_strange(body in prop::collection::vec(any::<u8>(), 0..200), path in "/[a-z]{0,5}(\\?[a-z=&%]{0,20})?") {
        let config = config("https://mycompany.com", &[TOKEN]);
        prop_assert!(verified(&config, &post(&path, body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")).is_err());
    }

    #[test]
    fn what_is_encoded_is_decoded(text in "\\PC{0,40}") {
        let body = format!("Body={}", form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
        prop_assert_eq!(Form::read(body.as_bytes()).unwrap().phrase("Body").unwrap(), text);
    }
}
