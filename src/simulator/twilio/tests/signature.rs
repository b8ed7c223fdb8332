//! The vectors of Twilio's documents and SDKs, and those of the fixtures.

use serde_json::Value;

use crate::simulator::twilio::{
    form::decode,
    signature::{signature, signed_url},
};

fn call(caller: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", caller),
        ("Digits", "1234"),
        ("From", caller),
        ("To", "+18005551212"),
    ]
}

#[test]
fn the_documents_vectors_come_out() {
    let own = |url: &str, pairs: &[(&str, &str)]| signature("12345", url, pairs);
    let docs = call("+14158675310");
    let sdk = call("+14158675309");
    assert_eq!(own("https://example.com/myapp.php?foo=1&bar=2", &docs), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
    for (url, expected) in [
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
    ] {
        assert_eq!(own(url, &sdk), expected, "{url}");
    }
}

#[test]
fn a_repeated_parameter_counts_once_for_each_value() {
    let pairs = [
        ("Sid", "CA123"),
        ("SidAccount", "AC123"),
        ("Digits", "5678"),
        ("Digits", "1234"),
        ("Digits", "1234"),
    ];
    let own = signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", &pairs);
    assert_eq!(own, "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
}

#[test]
fn a_request_without_a_form_signs_its_address() {
    let url = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    assert_eq!(signature::<&str, &str>("12345", url, &[]), "a9nBmqA0ju/hNViExpshrM61xv4=");
}

fn fixtures(signatures: &str, folder: &str) -> usize {
    let listed: Value = serde_json::from_str(signatures).unwrap();
    let token = listed["auth_token"].as_str().unwrap();
    let files = listed["files"].as_object().unwrap();
    for (file, entry) in files {
        let path = format!("{}/src/simulator/twilio/fixtures/{folder}/{file}", env!("CARGO_MANIFEST_DIR"));
        let pairs = decode(&std::fs::read(path).unwrap());
        let own = signature(token, entry["url"].as_str().unwrap(), &pairs);
        assert_eq!(own, entry["x_twilio_signature"].as_str().unwrap(), "{file}");
    }
    files.len()
}

#[test]
fn the_fixtures_signatures_come_out() {
    assert_eq!(fixtures(include_str!("../fixtures/sms/signatures.json"), "sms"), 12);
    assert_eq!(fixtures(include_str!("../fixtures/voice/signatures.json"), "voice"), 15);
}

#[test]
fn fragments_and_passwords_are_not_signed_and_voice_over_https_drops_its_port() {
    let url = "https://ana:secreta@bot.example:8443/voz?paso=1#rc=5&rp=all".parse().unwrap();
    assert_eq!(signed_url(&url, false), "https://bot.example:8443/voz?paso=1");
    assert_eq!(signed_url(&url, true), "https://bot.example/voz?paso=1");
    let plain = "http://127.0.0.1:8080/voz".parse().unwrap();
    assert_eq!(signed_url(&plain, true), "http://127.0.0.1:8080/voz");
}
